"""An import is taken back row by row; what was done since stays, and is named."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from careerguide.content import yaml_files
from careerguide.content.registry import document_of
from desk import merging, undoing, workflow
from desk.models import ImportBatch, Revision
from metiers.content import METIER
from metiers.models import Area, Demand, Metier, School, Source
from quiz.models import QuestionSet
from tests.desk.bringing import (
    BATCHES,
    SCHOOLS,
    bring_and_write,
    csv,
    undo,
)
from tests.desk.test_importing import confirm, fiche
from tests.desk_editor import messages_of
from tests.factories import create_school, create_source

SCHOOL_HEADERS = ["slug", "name", "kind", "place"]


def schools(*rows):
    return csv(*[(*row, "university", "Liège") for row in rows], headers=SCHOOL_HEADERS)


def bring_schools(client, *rows):
    return bring_and_write(client, schools(*rows), address=SCHOOLS)


def said(response):
    return [text for _, text in messages_of(response)]


def note(text, **names):
    names = {"metier": "infirmier", "region": "wallonia"} | names
    return csv([*names.values(), text], headers=[*names, "note"])


def demand(region="wallonia"):
    return Demand.objects.get(metier__slug="infirmier", metier__draft_of=None, region=region)


def test_two_imports_of_one_file_name_do_not_mix(signed_in):
    before = demand().note
    for text in ("Une", "Deux"):
        bring_and_write(signed_in, note(text), name="penuries.csv")
    first, second = ImportBatch.objects.order_by("pk")

    refused = undo(signed_in, first)
    still = demand().note
    undo(signed_in, second)
    after = demand().note
    undo(signed_in, first)

    assert said(refused) == [
        "Changé depuis, donc laissé tel quel\u00a0: "
        "infirmier, infirmière\u00a0: Wallonie : Souvent cité."
    ]
    assert (still, after, demand().note) == ("Deux", "Une", before)


def test_a_row_renamed_since_is_named_and_its_double_left_alone(signed_in):
    create_school(name="Une")
    bring_schools(signed_in, ("une", "Importée"))
    School.objects.filter(slug="une").update(slug="autre")
    School.objects.create(slug="une", name="Venue après", kind="university", place="Mons")

    response = undo(signed_in)

    names = dict(School.objects.filter(slug__in=["une", "autre"]).values_list("slug", "name"))
    assert said(response) == ["Changé depuis, donc laissé tel quel\u00a0: Importée."]
    assert names == {"autre": "Importée", "une": "Venue après"}
    assert ImportBatch.objects.get().undone_at is None


def test_what_is_undone_and_what_is_left_are_both_told(signed_in):
    for slug in ("une", "deux"):
        create_school(name=slug)
    bring_schools(signed_in, ("une", "Une importée"), ("deux", "Deux importée"))
    School.objects.filter(slug="une").update(place="Namur")

    response = undo(signed_in)

    assert said(response) == [
        "«\u00a0penuries.csv\u00a0» est défait en partie.",
        "Changé depuis, donc laissé tel quel\u00a0: Une importée.",
    ]
    assert School.objects.get(slug="une").name == "Une importée"
    assert School.objects.get(slug="deux").name == "deux"
    assert ImportBatch.objects.get().left == ["Une importée (changé depuis)"]
    assert "Une importée (changé depuis)" in response.content.decode()


def test_a_row_merged_away_since_is_named(signed_in, reviewer):
    create_school(name="Double")
    create_school(name="Gardée")
    bring_schools(signed_in, ("double", "Importée"), ("gardee", "Gardée"))
    double, kept = (School.objects.get(slug=slug) for slug in ("double", "gardee"))
    merging.merge(kept, [double], reviewer)

    response = undo(signed_in)

    assert response.status_code == 200
    assert "Supprimé depuis, donc laissé tel quel\u00a0: Importée." in said(response)


def test_a_source_merged_away_since_is_not_cited_again(signed_in, reviewer):
    row = demand("brussels")
    old, new, kept = (create_source(slug=slug) for slug in ("vieille", "neuve", "gardee"))
    Demand.objects.filter(pk=row.pk).update(source=old, year=2024)
    data = csv(("infirmier", "brussels", "neuve"), headers=["metier", "region", "source"])
    bring_and_write(signed_in, data)
    merging.merge(kept, [old], reviewer)

    response = undo(signed_in)

    assert said(response)[0].startswith("Citait ce qui n’existe plus, donc laissé tel quel")
    assert demand("brussels").source == new


def test_a_fiche_whose_file_cited_a_source_merged_away_is_left(signed_in, reviewer):
    metier = Metier.objects.get(slug="infirmier")
    old, kept = create_source(slug="vieille"), create_source(slug="gardee")
    metier.sources.add(old)
    with_old = sorted({source.slug for source in metier.sources.all()} - {"vieille"})
    confirm(signed_in, ("infirmier.yaml", fiche(sources=with_old, catch_line="Autre")))
    merging.merge(kept, [old], reviewer)

    response = undo(signed_in)

    assert said(response)[0].startswith("Citait ce qui n’existe plus")
    assert Metier.objects.get(slug="infirmier").catch_line == "Autre"


def test_a_school_that_an_import_made_and_a_fiche_uses_stays(signed_in):
    bring_schools(signed_in, ("neuve", "Neuve"), ("seule", "Seule"))
    metier = Metier.objects.get(slug="infirmier")
    metier.offers.create(school=School.objects.get(slug="neuve"), programme="Bachelier")

    response = undo(signed_in)

    assert said(response)[1] == "Utilisé depuis, donc laissé tel quel\u00a0: Neuve."
    assert School.objects.filter(slug="neuve").exists()
    assert not School.objects.filter(slug="seule").exists()
    assert Revision.objects.filter(key="seule", action="deleted").exists()


def test_an_area_that_an_import_made_and_a_fiche_uses_stays(signed_in):
    document = document_of(Area)
    rows = [document.dump(area) for area in Area.objects.order_by("pk")]
    rows.append({"slug": "neuve", "name": "Neuve", "region": "wallonia"})
    confirm(signed_in, ("areas.yaml", yaml_files.dump(rows).encode()))
    Metier.objects.get(slug="infirmier").areas.add(Area.objects.get(slug="neuve"))

    response = undo(signed_in)

    assert said(response) == ["Utilisé depuis, donc laissé tel quel\u00a0: Neuve."]
    assert Area.objects.filter(slug="neuve").exists()


def test_a_draft_that_copied_what_a_file_wrote_is_named(signed_in, reviewer):
    metier = Metier.objects.get(slug="infirmier")
    confirm(signed_in, ("infirmier.yaml", fiche(catch_line="Autre")))
    workflow.start_draft(metier, reviewer)

    response = undo(signed_in)

    lines = Metier.with_drafts.filter(slug="infirmier").order_by("pk")
    assert [one.catch_line for one in lines] == [metier.catch_line, "Autre"]
    assert said(response)[1:] == [
        "Copié depuis, donc laissé tel quel\u00a0: infirmier, infirmière (brouillon)."
    ]


def test_a_draft_opened_before_a_file_came_says_nothing_of_it(signed_in, reviewer):
    workflow.start_draft(Metier.objects.get(slug="infirmier"), reviewer)
    confirm(signed_in, ("infirmier.yaml", fiche(catch_line="Autre")))

    assert said(undo(signed_in)) == ["«\u00a0infirmier.yaml\u00a0» est défait."]


def made(slug, **changes):
    """The file of a fiche that is not there yet."""
    changes |= {"slug": slug, "status": "draft", "published_at": None, "reviewed_date": None}
    data = METIER.dump(Metier.objects.get(slug="infirmier"))
    return f"{slug}.yaml", yaml_files.dump(data | changes).encode()


def test_fiches_that_cite_each_other_go_together(signed_in):
    confirm(signed_in, made("un", similar=["deux"]), made("deux", similar=["un"]))
    count = Metier.objects.count()

    undo(signed_in)

    assert Metier.objects.count() == count - 2


def test_a_fiche_that_another_cites_since_stays_with_what_it_cites(signed_in):
    confirm(signed_in, made("un", similar=["deux"]), made("deux"))
    metier = Metier.objects.get(slug="infirmier")
    metier.similar_rows.create(other=Metier.objects.get(slug="un"), position=9)

    undo(signed_in)

    assert Metier.objects.filter(slug__in=["un", "deux"]).count() == 2
    assert METIER.dump(Metier.objects.get(slug="un"))["similar"] == ["deux"]


def test_a_published_set_stays_and_the_rest_of_its_import_goes(signed_in):
    a_set = QuestionSet.objects.get(number=1)
    as_draft = {"number": 7, "status": "draft", "published_at": None}
    data = document_of(QuestionSet).dump(a_set) | as_draft
    confirm(signed_in, ("7.yaml", yaml_files.dump(data).encode()), made("un"))
    QuestionSet.objects.filter(number=7).update(status="published", published_at=a_set.published_at)

    response = undo(signed_in)

    assert said(response)[1:] == ["Changé depuis, donc laissé tel quel\u00a0: Jeu 7."]
    assert QuestionSet.objects.filter(number=7).exists()
    assert not Metier.objects.filter(slug="un").exists()


@pytest.mark.parametrize("refusal", [ValidationError("Non"), IntegrityError("Non")])
def test_what_the_rules_refuse_stays_and_is_named(signed_in, monkeypatch, refusal):
    confirm(signed_in, ("infirmier.yaml", fiche(catch_line="Autre")), made("un"))

    def refused(*args):
        raise refusal

    monkeypatch.setattr(undoing, "apply", refused)
    response = undo(signed_in)

    assert said(response)[1:] == [
        "Refusé par les règles, donc laissé tel quel\u00a0: infirmier, infirmière."
    ]
    assert Metier.objects.get(slug="infirmier").catch_line == "Autre"
    assert not Metier.objects.filter(slug="un").exists()


def test_an_import_of_before_rows_were_kept_says_that_it_stays(signed_in, reviewer):
    old = ImportBatch.objects.create(name="vieux.yaml", user=reviewer)

    page = signed_in.get(BATCHES)
    response = undo(signed_in, old)

    assert "trop ancien pour être défait" in page.content.decode()
    assert said(response)[0].startswith("Cet import date d’avant que chaque ligne soit retenue")
    assert Metier.objects.filter(slug="infirmier").exists()


def test_an_import_is_undone_once(signed_in):
    bring_and_write(signed_in, note("Une"))
    undo(signed_in)

    assert said(undo(signed_in)) == ["Cet import est déjà défait."]


def test_what_changes_nothing_is_no_import(signed_in):
    confirm(signed_in, ("infirmier.yaml", fiche()))

    assert not ImportBatch.objects.exists()
    assert Source.objects.exists()


def test_the_state_before_the_first_import_is_in_the_history(signed_in):
    before = demand().note
    bring_and_write(signed_in, note("Une"))

    newest, first = Revision.objects.of(demand().metier)
    notes = [one.data["demands"][0]["note"] for one in (newest, first)]

    assert (newest.action, first.user) == ("imported", None)
    assert set(notes) <= {"Une", before, demand("brussels").note, demand("flanders").note}


@pytest.mark.parametrize("rows", [2, 60])
def test_undo_asks_as_much_for_sixty_rows_as_for_two(
    signed_in, django_assert_max_num_queries, rows
):
    for n in range(rows):
        create_school(name=f"École {n}")
    changed = [(f"ecole-{n}", f"Importée {n}") for n in range(rows)]
    bring_schools(signed_in, *changed, *[(f"neuve-{n}", f"Neuve {n}") for n in range(rows)])

    with django_assert_max_num_queries(40):
        undo(signed_in)

    assert not School.objects.filter(name__startswith="Importée").exists()
    assert not School.objects.filter(slug__startswith="neuve").exists()


def test_what_an_import_made_and_somebody_removed_since_is_undone_already(signed_in):
    bring_schools(signed_in, ("neuve", "Neuve"))
    School.objects.get(slug="neuve").delete()

    response = undo(signed_in)

    assert said(response) == ["«\u00a0penuries.csv\u00a0» est défait."]
    assert ImportBatch.objects.get().undone_at
