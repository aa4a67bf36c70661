"""One statement, one answer: by key, by click, however fast and whatever the server does."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import OPINIONS, step
from tests.e2e.steps import (
    answered,
    expect_armed,
    expect_step,
    opinions,
    statement,
    step_number,
    time_stopped,
)


@pytest.fixture
def swapped(page):
    """The steps that the page asked for, one entry a request, with the answers they came with."""
    asked = []

    def note(request):
        if "hx-request" in request.headers:
            asked.append((step_number(request.url), answered(request.url)))

    page.on("request", note)
    return asked


def test_keys_answer_where_a_tap_beside_the_answers_left_the_focus(page, swapped):
    page.goto("/quiz/question/1/")
    page.locator("main").click(position={"x": 2, "y": 2})
    assert page.evaluate("document.activeElement.matches('body, main')")

    page.keyboard.press("2")

    expect_step(page, 2)
    assert swapped == [(2, opinions(2))]


def test_keys_answer_only_while_the_question_has_the_focus(page, swapped):
    page.goto("/quiz/question/1/")
    page.get_by_role("link", name="Questionnaire").focus()
    page.keyboard.press("5")
    page.keyboard.press("ArrowLeft")

    statement(page).focus()
    page.keyboard.press("2")

    expect_step(page, 2)
    assert swapped == [(2, opinions(2))]


@pytest.mark.parametrize("keys", ["Control+4", "Alt+4", "Meta+4"])
def test_keys_leave_shortcuts_to_the_browser(page, swapped, keys):
    page.goto("/quiz/question/1/")
    expect_step(page, 1)
    page.keyboard.press(keys)

    page.keyboard.press("2")

    expect_step(page, 2)
    assert swapped == [(2, opinions(2))]


def test_a_key_held_down_answers_once(page, swapped):
    page.goto("/quiz/question/1/")
    expect_step(page, 1)
    page.keyboard.down("4")
    expect_step(page, 2)
    page.keyboard.down("4")  # what the keyboard repeats
    page.keyboard.up("4")

    page.keyboard.press("1")

    expect_step(page, 3)
    assert swapped == [(2, opinions(4)), (3, opinions(4, 1))]


def test_a_key_pressed_twice_answers_once(page, swapped):
    page.goto("/quiz/question/1/")
    expect_step(page, 1)
    expect_armed(page)
    with time_stopped(page):
        page.keyboard.press("4")
        expect_step(page, 2)
        page.keyboard.press("4")

    expect_armed(page)
    page.keyboard.press("4")

    expect_step(page, 3)
    assert swapped == [(2, opinions(4)), (3, opinions(4, 4))]


def test_each_new_statement_has_the_focus_and_the_title(page):
    page.goto("/quiz/question/1/")

    page.locator(".answer-3").click()

    expect(page).to_have_title(re.compile("^Phrase 2 sur 18"))
    expect(statement(page)).to_be_focused()
    assert page.locator("body title").count() == 0


def test_a_double_click_answers_once(page):
    page.goto("/quiz/question/1/")
    expect_step(page, 1)
    expect_armed(page)

    with time_stopped(page):
        page.locator(".answer-5").dblclick()
        expect_step(page, 2)

    page.keyboard.press("1")
    expect_step(page, 3)
    assert answered(page.url) == opinions(5, 1)


def test_a_second_tap_that_meets_the_next_statement_does_nothing(page, swapped):
    page.goto("/quiz/question/1/")
    expect_step(page, 1)
    with time_stopped(page):
        page.keyboard.press("5")
        expect_step(page, 2)
        box = page.locator(".answer-5").bounding_box()

        page.mouse.click(box["x"] + 20, box["y"] + 20)

    page.locator(".answer-1").click()
    expect_step(page, 3)
    assert swapped == [(2, opinions(5)), (3, opinions(5, 1))]


def test_a_swap_that_fails_follows_the_link(page):
    page.goto(step(3, OPINIONS[:2]))
    page.route("**/quiz/question/4/**", refuse_swaps)

    page.locator(".answer-4").click()

    expect_step(page, 4)
    assert answered(page.url) == opinions(*OPINIONS[:2], 4)


def refuse_swaps(route):
    if "hx-request" in route.request.headers:
        route.abort()
    else:
        route.continue_()
