"""What the server tells of the drafts that a browser keeps: whose they are, and which are saved."""

import pytest

from desk import workflow
from desk.question_sets import duplicate
from metiers.models import Metier
from quiz.models import QuestionSet
from tests.desk_editor import change_page, shown_fields
from tests.factories import create_metier, create_term
from tests.html import tree

KEY = "0a1b2c3d-1"


def mark(editor, address):
    """What the page tells `drafts.js`."""
    [found] = [e for e in tree(editor.open(address)).iter("input") if e.get("data-draft")]
    return found


def saved(response):
    return response.cookies["saved_forms"].value if "saved_forms" in response.cookies else None


def question_set_page(question_set):
    return f"/gestion/quiz/questionset/{question_set.pk}/change/"


@pytest.fixture
def term(editor):
    return create_term(term="CPMS")


def test_a_list_s_form_is_kept_until_it_is_saved(editor, term):
    page = change_page(term)
    data = shown_fields(editor.open(page).content.decode()) | {"draft_key": KEY}

    refused = editor.client.post(page, data | {"forms": ""})
    done = editor.client.post(page, data)

    assert (saved(refused), saved(done)) == (None, f".{KEY}")
    assert (
        mark(editor, page).get("data-draft") == f"{editor.user.pk}:metiers.glossaryterm:{term.pk}"
    )


def test_what_is_added_in_a_pop_up_is_saved(editor, term):
    data = shown_fields(editor.open("/gestion/metiers/area/add/?_popup=1").content.decode())
    data |= {"slug": "liege", "name": "Liège", "region": "wallonia", "draft_key": KEY}

    assert saved(editor.client.post("/gestion/metiers/area/add/?_popup=1", data)) == f".{KEY}"


def test_a_set_of_questions_is_kept_too(editor, content):
    page = question_set_page(duplicate(QuestionSet.objects.get()))
    data = shown_fields(editor.open(page).content.decode()) | {"draft_key": KEY}

    assert "desk/drafts.js" in editor.open(page).content.decode()
    assert saved(editor.client.post(page, data)) == f".{KEY}"


def test_a_frozen_set_has_nothing_to_keep(editor, content):
    root = tree(editor.open(question_set_page(QuestionSet.objects.get())))

    assert [e for e in root.iter("input") if e.get("data-draft")] == []


@pytest.mark.parametrize("button", ["_save", "_ask", "_publish", "_typeset", "_rows"])
def test_every_button_that_saves_says_so(editor, button):
    page = change_page(create_metier(published=False))
    data = shown_fields(editor.open(page).content.decode()) | {"draft_key": KEY}

    assert saved(editor.client.post(page, data | {button: "1"})) == f".{KEY}"


def test_a_draft_is_kept_by_its_fiche(editor, content):
    """The next draft of the fiche has another number."""
    public = Metier.objects.get(slug="infirmier")
    kept = []
    for _ in range(2):
        draft = workflow.start_draft(public, editor.user)
        found = mark(editor, change_page(draft))
        kept.append((found.get("data-draft"), found.get("data-row")))
        workflow.discard(draft, editor.user)

    assert {name for name, _ in kept} == {f"{editor.user.pk}:metiers.metier:{public.pk}"}
    assert len({row for _, row in kept}) == 2
