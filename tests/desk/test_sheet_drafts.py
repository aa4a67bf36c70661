"""What a sheet does to the drafts of the fiches that it changes, and to who writes in one."""

import pytest

from desk import workflow
from desk.history import newest_of
from metiers.models import Demand, Figure, Metier
from tests.desk.bringing import FIGURES, bring, bring_and_write, csv, undo
from tests.desk_editor import Editor, change_page, messages_of, shown_fields

FIGURE_HEADERS = ["metier", "label", "scope", "value"]


@pytest.fixture
def draft(infirmier, writer):
    return workflow.start_draft(infirmier, writer)


def note_of(metier, region="wallonia"):
    return metier.demands.get(region=region).note


def notes(*changes):
    """A sheet that changes the notes of the infirmier: (region, note)."""
    rows = [("infirmier", region, note) for region, note in changes]
    return csv(*rows, headers=["metier", "region", "note"])


def edit(draft, region, note):
    Demand.objects.filter(metier=draft, region=region).update(note=note)


def test_a_draft_keeps_what_was_written_in_it_and_the_rest_follows(signed_in, infirmier, draft):
    edit(draft, "wallonia", "Écrit à la main")

    bring_and_write(signed_in, notes(("wallonia", "Feuille"), ("brussels", "Feuille")))

    assert [note_of(infirmier, region) for region in ("wallonia", "brussels")] == ["Feuille"] * 2
    assert note_of(draft, "wallonia") == "Écrit à la main"
    assert note_of(draft, "brussels") == "Feuille"


def test_the_report_names_the_drafts_that_do_not_follow(signed_in, draft):
    edit(draft, "wallonia", "Écrit à la main")
    data = notes(("wallonia", "Feuille"), ("brussels", "Feuille"))
    kept = ["infirmier, infirmière\u00a0: Wallonie"]

    told = bring(signed_in, data)
    done = bring_and_write(signed_in, data)

    assert told.context["plan"].kept_names == kept
    assert "ils le gardent" in told.content.decode()
    assert kept[0] in messages_of(done)[1][1]


def test_a_row_that_the_draft_has_lost_stays_lost(signed_in, draft):
    draft.demands.filter(region="wallonia").delete()

    bring_and_write(signed_in, notes(("wallonia", "Feuille")))

    assert not draft.demands.filter(region="wallonia").exists()


def test_an_untouched_draft_follows_though_its_fiche_was_changed_otherwise(
    signed_in, infirmier, draft
):
    edit(infirmier, "wallonia", "Venu d’un fichier")

    bring_and_write(signed_in, notes(("wallonia", "Feuille")))

    assert note_of(draft) == "Feuille"


def test_a_draft_set_back_by_hand_after_an_import_is_not_untouched(signed_in, infirmier, draft):
    first = note_of(draft)
    bring_and_write(signed_in, notes(("wallonia", "Feuille")))
    edit(draft, "wallonia", first)

    bring_and_write(signed_in, notes(("wallonia", "Autre feuille")))

    assert (note_of(infirmier), note_of(draft)) == ("Autre feuille", first)


def test_a_new_row_comes_last_in_the_fiche_and_in_its_draft(signed_in, infirmier, draft):
    for metier in (infirmier, draft):
        metier.demands.filter(region="brussels").delete()
    row = ("infirmier", "brussels", "recurring", "")

    bring_and_write(signed_in, csv(row, headers=["metier", "region", "status", "note"]))

    for metier in (infirmier, draft):
        assert [row.region for row in metier.demands.order_by("position")][-1] == "brussels"


def test_undo_gives_a_draft_back_what_the_import_changed_in_it(signed_in, infirmier, draft):
    before = [note_of(one, region) for one in (infirmier, draft) for region in ("brussels",)]
    edit(draft, "wallonia", "Écrit à la main")
    bring_and_write(signed_in, notes(("wallonia", "Feuille"), ("brussels", "Feuille")))

    undo(signed_in)

    assert [note_of(one, "brussels") for one in (infirmier, draft)] == before
    assert note_of(draft, "wallonia") == "Écrit à la main"


def test_undo_leaves_what_was_written_in_the_draft_since(signed_in, infirmier, draft):
    before = note_of(infirmier)
    bring_and_write(signed_in, notes(("wallonia", "Feuille")))
    edit(draft, "wallonia", "Écrit depuis")

    response = undo(signed_in)

    assert (note_of(infirmier), note_of(draft)) == (before, "Écrit depuis")
    assert "infirmier, infirmière (brouillon)\u00a0: Wallonie" in messages_of(response)[1][1]


def test_undo_names_the_draft_that_has_copied_the_import_since(signed_in, infirmier, writer):
    bring_and_write(signed_in, notes(("wallonia", "Feuille"), ("brussels", "Feuille")))
    workflow.start_draft(infirmier, writer)

    response = undo(signed_in)

    told = messages_of(response)[1][1]
    assert told.startswith("Copié depuis, donc laissé tel quel")
    assert ("Wallonie" in told, "Bruxelles" in told) == (True, True)


def test_a_draft_that_follows_has_it_in_its_story(signed_in, draft):
    bring_and_write(signed_in, notes(("wallonia", "Feuille")))
    imported = newest_of(draft)
    undo(signed_in)

    assert (imported.action, imported.is_draft) == ("imported", True)
    assert newest_of(draft).action == "restored"


@pytest.fixture
def figure(infirmier):
    return infirmier.figures.order_by("position")[0]


def figures(figure, value="12345"):
    row = ("infirmier", figure.label, figure.scope, value)
    return csv(row, headers=FIGURE_HEADERS)


@pytest.fixture
def opened(client, draft, figure):
    """The form of a draft, open; a sheet is imported before it is saved."""
    editor = Editor(client)
    address = change_page(draft)
    fields = shown_fields(editor.open(address).content.decode())
    bring_and_write(client, figures(figure), address=FIGURES)
    return address, fields


def test_a_form_that_was_open_while_a_sheet_came_is_told(client, opened, draft, figure):
    address, fields = opened
    count = draft.figures.count()

    response = client.post(address, fields | {"catch_line": "Tapé pendant ce temps"})

    assert [change.label for change in response.context["changes"]] == ["chiffres"]
    assert "Tapé pendant ce temps" in response.content.decode()
    assert draft.figures.count() == count
    assert draft.figures.get(label=figure.label).value == 12345


def test_saved_after_that_it_doubles_no_figure_and_loses_nothing(client, opened, draft):
    address, fields = opened
    count = draft.figures.count()
    told = client.post(address, fields | {"catch_line": "Tapé"})

    response = client.post(address, shown_fields(told.content.decode()), follow=True)

    draft.refresh_from_db()
    assert response.status_code == 200
    assert draft.catch_line == "Tapé"
    assert draft.figures.count() == count


def test_a_new_figure_of_a_sheet_is_not_doubled_by_an_open_form(client, draft, source_slug):
    editor = Editor(client)
    address = change_page(draft)
    fields = shown_fields(editor.open(address).content.decode())
    headers = ["metier", "label", "scope", "value", "unit", "year", "source", "is_estimate"]
    row = ("infirmier", "Tout neuf", "belgium", "3", "personnes", "2025", source_slug, "non")
    bring_and_write(client, csv([*row], headers=headers), address=FIGURES)

    response = client.post(address, fields)

    assert response.context["overtaken"]
    assert Figure.objects.filter(metier=draft, label="Tout neuf").count() == 1


@pytest.fixture
def source_slug(content):
    return Figure.objects.filter(source__isnull=False).order_by("pk")[0].source.slug


def test_a_fiche_that_was_never_published_overtakes_its_form_too(client, infirmier, figure):
    Metier.objects.filter(pk=infirmier.pk).update(status="draft")
    editor = Editor(client)
    address = change_page(infirmier)
    fields = shown_fields(editor.open(address).content.decode())
    bring_and_write(client, figures(figure), address=FIGURES)

    response = client.post(address, fields)

    assert [change.label for change in response.context["changes"]] == ["chiffres"]
