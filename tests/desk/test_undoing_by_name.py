"""What stands under another primary key by now is found by its name, and undone as well."""

import pytest

from desk import history, wastebasket, workflow
from desk.models import ImportBatch, ImportedRow
from metiers.models import Figure, Metier, School
from tests.desk.bringing import FIGURES, bring_and_write, csv, undo
from tests.desk.test_importing import confirm
from tests.desk.test_undoing import bring_schools, demand, made, note, said

DEMAND = ["metier", "region", "status", "year", "source", "note"]


def publish_anew(metier, reviewer, draft=None, **changes):
    """Through a draft, in which the demand for Wallonia takes the changes."""
    draft = draft or workflow.start_draft(metier, reviewer)
    if changes:
        draft.demands.filter(region="wallonia").update(**changes)
    workflow.publish(draft, reviewer)


def notes_of(metier):
    return dict(metier.demands.values_list("region", "note"))


def test_a_new_row_of_a_fiche_published_anew_goes(signed_in, infirmier, reviewer):
    source = demand("flanders").source.slug
    infirmier.demands.filter(region="flanders").delete()
    row = ("infirmier", "flanders", "shortage", "2026", source, "Importé")
    bring_and_write(signed_in, csv(row, headers=DEMAND))
    publish_anew(infirmier, reviewer)

    response = undo(signed_in)

    assert said(response) == ["«\u00a0penuries.csv\u00a0» est défait."]
    assert set(notes_of(infirmier)) == {"wallonia", "brussels"}


def test_a_changed_row_of_a_fiche_published_anew_says_again_what_it_said(
    signed_in, infirmier, reviewer
):
    before = notes_of(infirmier)
    bring_and_write(signed_in, note("Importé"))
    publish_anew(infirmier, reviewer)

    response = undo(signed_in)

    assert said(response) == ["«\u00a0penuries.csv\u00a0» est défait."]
    assert notes_of(infirmier) == before


def test_a_row_that_was_changed_and_published_since_is_named(signed_in, infirmier, reviewer):
    bring_and_write(signed_in, note("Importé"))
    publish_anew(infirmier, reviewer, note="Autre")

    response = undo(signed_in)

    assert said(response)[0].startswith("Changé depuis, donc laissé tel quel")
    assert notes_of(infirmier)["wallonia"] == "Autre"


def test_a_draft_that_followed_and_is_public_since_is_not_told_of(signed_in, infirmier, reviewer):
    before = notes_of(infirmier)
    draft = workflow.start_draft(infirmier, reviewer)
    bring_and_write(signed_in, note("Importé"))
    publish_anew(infirmier, reviewer, draft)

    response = undo(signed_in)

    assert said(response) == ["«\u00a0penuries.csv\u00a0» est défait."]
    assert notes_of(infirmier) == before


def test_a_row_taken_out_of_its_draft_is_named(signed_in, infirmier, reviewer):
    draft = workflow.start_draft(infirmier, reviewer)
    bring_and_write(signed_in, note("Importé"))
    draft.demands.filter(region="wallonia").delete()

    response = undo(signed_in)

    assert said(response)[1].startswith("Supprimé depuis, donc laissé tel quel\u00a0: infirmier")
    assert demand().note != "Importé"


def test_two_figures_of_one_name_are_left_and_named(signed_in, infirmier, reviewer):
    figure = infirmier.figures.order_by("position")[0]
    headers = ["metier", "label", "scope", "value"]
    row = ("infirmier", figure.label, figure.scope, "77")
    bring_and_write(signed_in, csv(row, headers=headers), address=FIGURES)
    draft = workflow.start_draft(infirmier, reviewer)
    double = draft.figures.get(label=figure.label)
    double.pk, double.position = None, 99
    double.save(force_insert=True)
    workflow.publish(draft, reviewer)

    response = undo(signed_in)

    assert said(response)[0].startswith("Publié à nouveau depuis, en double, donc laissé tel quel")
    assert Figure.objects.filter(metier=infirmier, label=figure.label, value=77).count() == 2


@pytest.mark.parametrize("is_new", [True, False])
def test_a_school_from_the_wastebasket_is_undone(signed_in, reviewer, is_new):
    if not is_new:
        School.objects.create(slug="neuve", name="Ancienne", kind="university", place="Liège")
    bring_schools(signed_in, ("neuve", "Importée"))
    school = School.objects.get(slug="neuve")
    deleted = history.record(school, "deleted", reviewer)
    school.delete()
    wastebasket.put_back(deleted, reviewer)

    response = undo(signed_in)

    names = list(School.objects.filter(slug="neuve").values_list("name", flat=True))
    assert said(response) == ["«\u00a0penuries.csv\u00a0» est défait."]
    assert names == ([] if is_new else ["Ancienne"])


def test_a_fiche_from_the_wastebasket_is_undone(signed_in, reviewer):
    confirm(signed_in, made("un"))
    metier = Metier.objects.get(slug="un")
    deleted = history.record(metier, "deleted", reviewer)
    metier.delete()
    wastebasket.put_back(deleted, reviewer)

    response = undo(signed_in)

    assert said(response) == ["«\u00a0un.yaml\u00a0» est défait."]
    assert not Metier.objects.filter(slug="un").exists()


def test_a_fiche_renamed_and_published_since_is_found(signed_in, infirmier, reviewer):
    bring_and_write(signed_in, note("Importé"))
    infirmier.slug = "infirmiere"
    infirmier.save()
    history.rename(Metier, "infirmier", "infirmiere")
    publish_anew(infirmier, reviewer)

    undo(signed_in)

    assert "Importé" not in notes_of(infirmier).values()


def test_what_an_older_import_made_and_is_gone_is_named(signed_in):
    bring_schools(signed_in, ("neuve", "Neuve"), ("autre", "Autre"))
    ImportedRow.objects.update(owner="", key="")
    School.objects.get(slug="neuve").delete()

    response = undo(signed_in)

    assert said(response)[1:] == ["Supprimé depuis, donc laissé tel quel\u00a0: Neuve."]
    assert ImportBatch.objects.get().left == ["Neuve (supprimé depuis)"]
