"""Answers gone through again one by one, from where they can't rank or from a profile."""

import pytest

from quiz.questionnaire import read_questionnaire
from quiz.token import Answers, encode
from tests.factories import create_metier, create_question_set
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db

CORE = 18
GIVEN = (5, 1, 2, 1, 3, 2) * 3
COMPLETE = Answers(1, GIVEN + (None,) * 18, level=3)
FLAT = Answers(1, (3,) * CORE + (None,) * 18, level=2)
PASSED = 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18
SKIPPING = Answers(1, (5, 1, 0, 4, 2) + (0,) * 13 + (None,) * 18, level=3)


@pytest.fixture(autouse=True)
def guide():
    create_question_set()
    create_metier()


def result(answers):
    return f"/quiz/resultat/{encode(answers)}/"


def step(number, answers, review):
    return f"/quiz/question/{number}/?r={encode(answers)}&revoir={review}"


def page(client, address):
    return tree(client.get(address))


def way(root, label):
    [address] = {address for name, address in links(root) if name.startswith(label)}
    return address


def choice(root, value):
    return find_all(find(root, css="answers"), tag="a")[value - 1].get("href")


@pytest.mark.parametrize(
    "answers, label",
    [(COMPLETE, "Les revoir une par une"), (FLAT, "Nuancer mes réponses, une par une")],
)
def test_a_review_goes_through_every_step_and_keeps_what_was_answered(client, answers, label):
    address = way(page(client, result(answers)), label)
    for number in range(1, CORE + 1):
        assert address == step(number, answers, "tout")
        root = page(client, address)
        assert "relecture" in text(find(root, css="progress"))
        address = way(root, "Garder")

    assert address == step(CORE + 1, answers, "tout")
    root = page(client, address)
    assert choice(root, answers.level) == result(answers)
    assert "Garder" not in text(root), "to keep the last one is to go back to the profile"
    assert way(root, "Retour à mon profil") == result(answers)


def test_what_is_changed_in_a_review_leads_on(client):
    changed = FLAT.with_answer(1, 5)

    root = page(client, step(1, FLAT, "tout"))

    assert choice(root, 5) == step(2, changed, "tout")
    assert way(root, "Revenir") == result(FLAT)
    assert way(page(client, step(2, changed, "tout")), "Revenir") == step(1, changed, "tout")


def test_a_review_of_what_was_passed_goes_through_it_alone(client):
    answers = SKIPPING
    address = way(page(client, result(answers)), "Reprendre la première phrase passée")
    for number in PASSED:
        assert address == step(number, answers, "passees")
        answers = answers.with_answer(number, 4)
        address = choice(page(client, address), 4)

    assert address == result(answers)


def test_what_a_refinement_asked_is_reviewed_too(client):
    answers = COMPLETE.with_answer(21, 4)
    asked = read_questionnaire(1).step_of(21)

    last = page(client, step(CORE + 1, answers, "tout"))

    assert choice(last, 1) == step(asked, answers.with_level(1), "tout")
    assert choice(page(client, step(asked, answers, "tout")), 2) == result(
        answers.with_answer(21, 2)
    )


def test_a_refinement_is_reviewed_in_the_order_in_which_it_was_asked(client):
    answers, questionnaire = COMPLETE, read_questionnaire(1)
    positions = questionnaire.rounds(answers)[0].positions
    for position in positions:
        answers = answers.with_answer(position, 4)
    asked = [questionnaire.step_of(position) for position in positions]
    assert asked != sorted(asked)

    before = CORE + 1
    for number in asked:
        assert way(page(client, step(before, answers, "tout")), "Garder") == step(
            number, answers, "tout"
        )
        assert way(page(client, step(number, answers, "tout")), "Revenir") == step(
            before, answers, "tout"
        )
        before = number


def test_back_in_a_review_of_what_was_passed_is_what_was_passed(client):
    assert way(page(client, step(6, SKIPPING, "passees")), "Revenir") == step(
        3, SKIPPING, "passees"
    )
    assert way(page(client, step(3, SKIPPING, "passees")), "Revenir") == result(SKIPPING)


@pytest.mark.parametrize("review", ["tout", "passees"])
def test_answers_under_way_are_in_no_review(client, review):
    begun = Answers(1, GIVEN[:4] + (None,) * 32)

    root = page(client, step(3, begun, review))

    assert "revoir" not in choice(root, 2)
    assert "relecture" not in text(root)


def test_an_unknown_review_is_none(client):
    root = page(client, step(3, COMPLETE, "rien"))

    assert choice(root, 2) == result(COMPLETE.with_answer(3, 2))


def test_going_on_after_going_back_keeps_what_was_answered(client):
    begun = Answers(1, GIVEN[:4] + (None,) * 32)

    root = page(client, f"/quiz/question/3/?r={encode(begun)}")

    assert way(root, "Garder") == f"/quiz/question/4/?r={encode(begun)}"
    assert "Passer" not in text(find(root, css="step-ways"))
    erased = f"/quiz/question/4/?r={encode(begun.with_answer(3, 0))}"
    assert way(root, "Effacer ma réponse") == erased


@pytest.mark.parametrize("number", [1, 9, 18])
def test_a_review_swapped_in_is_the_page_reloaded(htmx, number):
    here, there = step(number, FLAT, "tout"), step(number + 1, FLAT, "tout")

    assert htmx.swapped(here, there) == htmx.loaded(there)
