"""HTMX leads exactly where a reload would."""

import pytest

from quiz.questionnaire import read_questionnaire
from quiz.steps import refine_address
from quiz.token import Answers, encode
from tests.factories import create_question_set
from tests.html import find_all, tree

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def question_set():
    return create_question_set()


def step(number, answers):
    return f"/quiz/question/{number}/?r={encode(answers)}"


def up_to(number):
    return Answers(1, tuple((3 + i) % 5 + 1 for i in range(number - 1)) + (None,) * (37 - number))


@pytest.mark.parametrize("number", range(1, 18))
def test_an_answer_swapped_in_is_the_next_page_reloaded(htmx, number):
    here, there = (
        step(number, up_to(number)),
        step(number + 1, up_to(number).with_answer(number, 4)),
    )

    assert htmx.swapped(here, there) == htmx.loaded(there)


def test_the_last_statement_leads_to_the_studies_like_a_reload(htmx):
    here, there = step(18, up_to(18)), step(19, up_to(18).with_answer(18, 4))

    assert htmx.swapped(here, there) == htmx.loaded(there)


@pytest.mark.parametrize("number", range(2, 20))
def test_going_back_is_the_page_before_reloaded(htmx, number):
    here, there = step(number, up_to(number)), step(number - 1, up_to(number))

    assert htmx.swapped(here, there) == htmx.loaded(there)


@pytest.mark.parametrize("number", range(1, 19))
def test_skipping_is_the_next_page_reloaded(htmx, number):
    here, there = (
        step(number, up_to(number)),
        step(number + 1, up_to(number).with_answer(number, 0)),
    )

    assert htmx.swapped(here, there) == htmx.loaded(there)


FINISHED = Answers(1, (5, 1, 2, 1, 3, 2) * 3 + (None,) * 18, level=3)


def followed_by_htmx(page):
    return [link.get("hx-get") for link in find_all(page, tag="a") if link.get("hx-get")]


def test_a_refinement_swapped_in_has_the_links_around_it_of_a_reload(htmx, client):
    """Header and footer carry the answers, of which there is one more."""
    here = refine_address(read_questionnaire(1), FINISHED)
    there = followed_by_htmx(tree(client.get(here)))[1]

    assert htmx.swapped(here, there) == htmx.loaded(there)
    assert htmx.get(there).content.count(b"hx-swap-oob") == 2


def test_a_refusal_swapped_in_has_the_links_around_it_of_a_reload(htmx, client):
    here = f"/quiz/surtout-pas/?r={encode(FINISHED)}"
    there = followed_by_htmx(tree(client.get(here)))[0]

    assert htmx.swapped(here, there) == htmx.loaded(there)
    assert htmx.get(there).content.count(b"hx-swap-oob") == 2


def test_a_fragment_is_the_step_alone(htmx):
    html = htmx.get("/quiz/question/1/").content.decode()

    assert html.count('id="step"') == 1
    assert "<main" not in html
    assert "<head" not in html


def test_a_restored_page_is_whole(htmx, client):
    response = htmx.get("/quiz/question/1/", **{"HX-History-Restore-Request": "true"})

    assert response.content == client.get("/quiz/question/1/").content


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_caches_keep_page_and_fragment_apart(client, headers):
    response = client.get("/quiz/question/1/", headers=headers)

    assert "HX-Request" in response["Vary"]


def test_only_links_to_steps_are_followed_by_htmx(client):
    """The result is another page, with another head: it is loaded."""
    root = tree(client.get(step(19, up_to(19))))

    assert followed_by_htmx(root) == [step(18, up_to(19))]
