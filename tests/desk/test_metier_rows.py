"""The rows of a fiche in its form."""

import pytest

from desk import workflow
from metiers.models import Metier, School
from tests.desk.conftest import member
from tests.desk_editor import change_page, errors_of, formsets_of, messages_of, shown_fields
from tests.factories import (
    create_demand,
    create_metier,
    create_whole_metier,
)


@pytest.fixture
def draft(editor, content):
    """The copy of a whole public fiche."""
    return workflow.start_draft(Metier.objects.get(slug="comptable"), member("Rédaction"))


def test_rows_are_refused_in_french(editor):
    metier = create_whole_metier(published=False)

    response = editor.save(
        change_page(metier),
        **{"salary-0-junior_low": "2600", "salary-0-mid_low": "2500", "salary-0-is_estimate": "on"},
    )

    assert errors_of(response) == ["Le salaire ne baisse pas avec l’expérience."]


def test_a_figure_without_its_source_says_so_there(editor):
    metier = create_whole_metier(published=False)

    response = editor.save(change_page(metier), **{"figures-0-source": ""})

    figures = next(rows for rows in formsets_of(response) if rows.prefix == "figures")
    said = "Il faut la source et l’année, ou cocher «\u202festimation\u202f»."
    assert figures.errors[0] == {"source": [said]}


def test_a_metier_is_never_its_own_neighbour(editor):
    metier = create_metier(published=False)

    response = editor.save(change_page(metier), **neighbours(metier))

    assert errors_of(response) == ["Un métier n’est pas son propre voisin."]


def test_a_draft_is_never_a_neighbour_of_its_fiche(editor, draft):
    response = editor.save(change_page(draft), **neighbours(draft.draft_of))

    assert errors_of(response) == ["Un métier n’est pas son propre voisin."]


def neighbours(*metiers):
    data = {"similar_rows-TOTAL_FORMS": str(len(metiers)), "similar_rows-INITIAL_FORMS": "0"}
    return data | {f"similar_rows-{i}-other": str(m.pk) for i, m in enumerate(metiers)}


def test_the_same_neighbour_twice_is_refused(editor):
    metier, other = create_metier(published=False), create_metier(title="Tourneur")

    response = editor.save(change_page(metier), **neighbours(other, other))

    assert errors_of(response) == ["Une autre ligne dit déjà «\u00a0Métier voisin\u00a0»."]


def test_rows_may_take_each_other_s_place(editor):
    """Where the database would see two rows of one region in between."""
    metier = create_metier(published=False)
    create_demand(metier, region="wallonia", note="A", position=1)
    create_demand(metier, region="brussels", note="B", position=2)

    editor.save(
        change_page(metier),
        **{"demands-0-region": "brussels", "demands-1-region": "wallonia"},
    )

    rows = metier.demands.order_by("position").values_list("region", "note")
    assert list(rows) == [("brussels", "A"), ("wallonia", "B")]


def test_rows_stand_in_the_order_sent(editor):
    metier = create_whole_metier(published=False, rows=3)

    editor.save(
        change_page(metier),
        **{"hours-0-position": "", "hours-1-position": "7", "hours-2-position": "2"},
    )

    rows = metier.hours.order_by("position").values_list("position", "title")
    assert list(rows) == [(1, "Heure 2"), (2, "Heure 1"), (3, "Heure 0")]


def test_a_place_alone_makes_no_row(editor):
    metier = create_metier(published=False)

    response = editor.save(
        change_page(metier), **{"hours-TOTAL_FORMS": "1", "hours-0-position": "1"}
    )

    assert messages_of(response)[0][0] == "success"
    assert metier.hours.count() == 0


def test_a_row_that_is_gone_meanwhile_comes_back(editor):
    metier = create_whole_metier(published=False)
    data = shown_fields(editor.open(change_page(metier)).content.decode())
    metier.hours.all().delete()

    editor.client.post(change_page(metier), data)

    assert [hour.title for hour in metier.hours.all()] == ["Heure 0"]


def test_evidence_left_empty_is_none(editor):
    metier = create_whole_metier(published=False)

    editor.save(change_page(metier), **{"evidence-1-evidence": "", "evidence-5-evidence": "Autre"})

    rows = metier.evidence.order_by("position").values_list("position", "dimension", "evidence")
    assert list(rows)[:2] == [(1, "R", "La preuve R."), (3, "A", "La preuve A.")]
    assert list(rows)[-1] == (6, "C", "Autre")


def test_evidence_has_its_six_lines_from_the_start(editor):
    metier = create_metier(published=False)
    sent = {"evidence-3-evidence": "On écoute.", "evidence-3-block": "missions"}

    editor.save(change_page(metier), **sent)

    assert [(row.dimension, row.evidence) for row in metier.evidence.all()] == [("S", "On écoute.")]


def test_evidence_has_the_place_of_its_letter_as_in_the_files(editor):
    metier = create_metier(published=False)
    sent = {f"evidence-{row}-evidence": "On le voit." for row in (2, 5)}
    blocks = {f"evidence-{row}-block": "missions" for row in (2, 5)}

    editor.save(change_page(metier), **sent, **blocks)

    places = list(metier.evidence.values_list("position", "dimension").order_by("position"))
    assert places == [(3, "A"), (6, "C")]


@pytest.mark.parametrize("typed", ["08:30:45", "08:30:00.5"])
def test_an_hour_has_no_seconds_which_no_file_would_keep(editor, draft, typed):
    response = editor.save(change_page(draft), **{"hours-0-starts_at": typed})

    assert errors_of(response) == ["Une heure s’écrit sans secondes, comme 08:30."]


def test_evidence_says_whether_it_is_of_what_is_missing(editor):
    metier = create_whole_metier(published=False)

    editor.save(change_page(metier), **{"evidence-0-is_low": "on"})
    editor.save(change_page(metier), **{"evidence-2-is_low": "on"})

    assert list(metier.evidence.filter(is_low=True).values_list("dimension", flat=True)) == [
        "R",
        "A",
    ]


def test_a_school_that_is_not_there_is_refused(editor):
    metier = create_whole_metier(published=False)
    gone = School.objects.order_by("-pk").first().pk + 1

    response = editor.save(change_page(metier), **{"offers-0-school": str(gone)})

    assert len(errors_of(response)) == 1
    assert metier.offers.count() == 1


@pytest.mark.parametrize("key", ["x", "9" * 30, "-1"])
def test_a_key_that_is_none_is_refused(editor, key):
    metier = create_whole_metier(published=False)

    response = editor.save(change_page(metier), **{"offers-0-school": key, "sector": key})

    assert len(errors_of(response)) == 2


def test_blank_rows_come_without_javascript(editor):
    metier = create_metier(published=False)
    data = shown_fields(editor.open(change_page(metier)).content.decode())

    response = editor.client.post(change_page(metier), data | {"_rows": "1"}, follow=True)

    hours = next(formset for formset in formsets_of(response) if formset.prefix == "hours")
    assert len(hours.forms) == 3
    assert messages_of(response)[0][0] == "success"
