"""The whole path of a visitor: a fiche, the questionnaire, the result; with and without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import OPINIONS, STATEMENTS
from tests.e2e.steps import answer_by_keys, answered, chosen, expect_step, opinions, statement

BACHELIER = "4"  # the key of the longest studies accepted


@pytest.fixture
def without_script(browser, browser_context_args):
    """A page of a browser that never came here, and that runs no JavaScript."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def tab_to(page, name):
    """Press Tab until the link or button of that name has the focus."""
    target = page.get_by_role("link", name=name).first
    for _ in range(30):
        page.keyboard.press("Tab")
        if target.evaluate("(link) => link === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to « {name} »")


def test_the_path_by_keyboard(page, without_script):
    page.goto("/")
    page.get_by_role("link", name="Infirmier·ère").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Infirmier")
    tab_to(page, "Comparer avec mes goûts")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Est-ce que ça te ressemble ?")
    tab_to(page, "Commencer")
    page.keyboard.press("Enter")
    answer_by_keys(page, range(1, 9))

    expect_step(page, 9)
    tab_to(page, "Entre les deux")
    page.keyboard.press("Enter")
    expect_step(page, 10)
    page.keyboard.press("ArrowLeft")
    expect_step(page, 9)
    expect(chosen(page)).to_contain_text("Entre les deux")
    answer_by_keys(page, range(9, STATEMENTS + 1))

    expect_step(page, STATEMENTS + 1)
    assert answered(page.url) == opinions(*OPINIONS)
    page.keyboard.press(BACHELIER)
    expect(page).to_have_title(re.compile("Surtout pas"))
    tab_to(page, "La nuit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="La nuit (refusé : retirer)")).to_be_visible()
    tab_to(page, "Voir mon profil")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("Mon profil"))
    expect(page.get_by_text("Le métier d’où tu viens")).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="Infirmier, infirmière")).to_be_visible()

    without_script.goto(page.url)
    assert words(without_script) == words(page)


def words(page):
    """What the page says, without the buttons that only one of script and no script can use."""
    lines = page.locator("main").inner_text().splitlines()
    return [line.strip() for line in lines if line.strip() not in ("", "Imprimer", "Filtrer")]


def test_the_path_without_script(without_script):
    page = without_script
    page.goto("/")
    page.get_by_role("link", name="Électricien·ne").click()
    page.get_by_role("link", name="Comparer avec mes goûts").click()
    page.get_by_role("link", name="Commencer").click()
    for number, opinion in opinions(*OPINIONS[:3]):
        expect_step(page, number)
        page.locator(f".answer-{opinion}").click()
    page.get_by_role("link", name="Revenir").click()
    expect_step(page, 3)
    expect(chosen(page)).to_have_class(f"answer answer-{OPINIONS[2]}")

    for number, opinion in opinions(*OPINIONS)[2:]:
        expect_step(page, number)
        page.locator(f".answer-{opinion}").click()
    page.get_by_role("link", name="Passer cette question").click()
    page.get_by_role("link", name="Voir mon profil").click()

    expect(page.get_by_role("heading", level=2, name="Électricien, électricienne")).to_be_visible()
    expect(page.locator(".arguments mark").first).to_be_visible()


def test_a_refresh_keeps_the_answers(page):
    page.goto("/quiz/question/1/")
    answer_by_keys(page, range(1, 5))
    expect_step(page, 5)
    said = statement(page).inner_text()

    page.reload()

    expect(statement(page)).to_have_text(said)
    assert answered(page.url) == opinions(*OPINIONS[:4])
    answer_by_keys(page, [5])
    expect_step(page, 6)
    assert answered(page.url) == opinions(*OPINIONS[:5])


def test_the_back_button_leads_to_the_statement_before(page):
    page.goto("/quiz/question/1/")
    answer_by_keys(page, range(1, 5))
    expect_step(page, 5)
    page.keyboard.press("ArrowLeft")
    expect_step(page, 4)
    page.keyboard.press("ArrowLeft")
    expect_step(page, 3)

    page.go_back()
    expect_step(page, 4)

    expect(chosen(page)).to_have_attribute("data-key", str(OPINIONS[3]))
    page.keyboard.press("1")
    expect_step(page, 5)
    assert answered(page.url) == opinions(*OPINIONS[:3], 1)


def test_the_back_button_undoes_an_answer(page):
    page.goto("/quiz/question/1/")
    answer_by_keys(page, range(1, 5))
    expect_step(page, 5)

    page.go_back()

    expect_step(page, 4)
    assert answered(page.url) == opinions(*OPINIONS[:3])


def test_two_tabs_keep_their_own_answers(page, context):
    other = context.new_page()
    for tab, key in ((page, "5"), (other, "1")):
        tab.goto("/quiz/question/1/")
        expect_step(tab, 1)
        tab.keyboard.press(key)
    for tab in (page, other):
        expect_step(tab, 2)
        tab.get_by_role("link", name="Revenir").click()
        expect_step(tab, 1)

    expect(chosen(page)).to_have_attribute("data-key", "5")
    expect(chosen(other)).to_have_attribute("data-key", "1")
