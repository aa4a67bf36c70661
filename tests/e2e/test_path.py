"""The whole path of a visitor: a fiche, the questionnaire, the result; with and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import OPINIONS, STATEMENTS, step

WITHOUT_SCRIPT = {"java_script_enabled": False, "locale": "fr-BE"}


@pytest.fixture
def fresh_page(browser, base_url):
    """A page of a browser that never came here, without JavaScript."""
    context = browser.new_context(base_url=base_url, **WITHOUT_SCRIPT)
    yield context.new_page()
    context.close()


def statement(page):
    return page.locator("#step h1")


def answer_by_key(page, number, value):
    """Press the key, and wait until the next screen says where it is."""
    expect(statement(page)).to_be_focused()
    page.keyboard.press(str(value))
    arrived = "Dernière question" if number == STATEMENTS else f"Phrase {number + 1} sur"
    expect(page.locator(".progress")).to_contain_text(arrived)


def test_the_path_by_keyboard_survives_a_refresh_and_a_step_back(page, fresh_page):
    page.goto("/")
    page.get_by_role("link", name="Infirmier·ère").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Infirmier")
    page.get_by_role("link", name="Comparer avec mes goûts").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Commencer").focus()
    page.keyboard.press("Enter")

    for number in range(1, 10):
        answer_by_key(page, number, OPINIONS[number - 1])
    said = statement(page).inner_text()
    page.reload()
    expect(statement(page)).to_have_text(said)
    expect(page).to_have_title(re.compile("^Phrase 10 sur 18"))

    page.go_back()
    expect(page.locator(".progress")).to_contain_text("Phrase 9 sur")
    page.goto(page.url)
    answer_by_key(page, 9, OPINIONS[8])
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".progress")).to_contain_text("Phrase 9 sur")
    expect(page.locator(".answer[aria-current]")).to_have_attribute("data-key", str(OPINIONS[8]))

    for number in range(9, STATEMENTS + 1):
        answer_by_key(page, number, OPINIONS[number - 1])
    page.keyboard.press("4")
    expect(page.get_by_role("heading", name="Infirmier, infirmière", level=2)).to_be_visible()
    expect(page.get_by_text("Le métier d’où tu viens")).to_be_visible()
    fresh_page.goto(page.url)
    assert fresh_page.locator("main").inner_text() == without_print_button(page)


def without_print_button(page):
    page.evaluate("document.querySelector('[data-print]').hidden = true")
    return page.locator("main").inner_text()


def test_the_path_without_script(fresh_page):
    page = fresh_page
    page.goto("/metiers/electricien/")
    page.get_by_role("link", name="Comparer avec mes goûts").click()
    page.get_by_role("link", name="Commencer").click()

    for opinion in OPINIONS:
        page.locator(f".answer-{opinion}").click()
    page.locator(".answer-2").click()

    expect(page.get_by_role("heading", name="Électricien, électricienne", level=2)).to_be_visible()
    expect(page.locator(".arguments mark").first).to_be_visible()


def test_keys_answer_only_while_the_question_has_the_focus(page):
    page.goto("/quiz/question/1/")
    page.get_by_role("link", name="Méthode").first.focus()

    page.keyboard.press("5")
    page.keyboard.press("Shift+Tab")

    expect(page.locator(".progress")).to_contain_text("Phrase 1 sur")


def test_each_new_statement_has_the_focus_and_the_title(page):
    page.goto("/quiz/question/1/")

    page.locator(".answer-3").click()

    expect(page).to_have_title(re.compile("^Phrase 2 sur 18"))
    expect(statement(page)).to_be_focused()
    assert page.locator("body title").count() == 0


def test_a_double_tap_answers_once(page):
    page.goto("/quiz/question/1/")

    page.locator(".answer-5").dblclick()

    expect(page.locator(".progress")).to_contain_text("Phrase 2 sur")
    expect(page.locator(".answer[aria-current]")).to_have_count(0)


def test_two_tabs_keep_their_own_answers(page, context):
    other = context.new_page()
    page.goto("/quiz/question/1/")
    other.goto("/quiz/question/1/")

    page.locator(".answer-5").click()
    other.locator(".answer-1").click()
    expect(page.locator(".progress")).to_contain_text("Phrase 2 sur")
    expect(other.locator(".progress")).to_contain_text("Phrase 2 sur")
    page.get_by_role("link", name="Revenir").click()
    other.get_by_role("link", name="Revenir").click()

    expect(page.locator(".answer[aria-current]")).to_have_attribute("data-key", "5")
    expect(other.locator(".answer[aria-current]")).to_have_attribute("data-key", "1")


def test_a_swap_that_fails_follows_the_link(page):
    page.goto(step(3, OPINIONS[:2]))
    page.route("**/quiz/question/4/**", refuse_swaps)

    page.locator(".answer-4").click()

    expect(page.locator(".progress")).to_contain_text("Phrase 4 sur")


def refuse_swaps(route):
    if "hx-request" in route.request.headers:
        route.abort()
    else:
        route.continue_()
