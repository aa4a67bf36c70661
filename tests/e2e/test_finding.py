"""Finding a métier in a real browser: by suggestions, by facets, without script."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import STATEMENTS
from tests.e2e.steps import answer_by_keys, expect_step


@pytest.fixture
def without_script(browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def field(page):
    return page.get_by_label("Chercher un métier")


def options(page):
    return page.locator("#suggestions").get_by_role("option")


def active(page):
    """The option that a screen reader is told of."""
    return page.locator(f"#{field(page).get_attribute('aria-activedescendant')}")


def entries(page):
    return page.locator(".entry").get_by_role("heading")


def count(page):
    return page.locator(".results-count")


@pytest.mark.parametrize("path", ["/", "/metiers/"])
def test_suggestions_by_keyboard(page, path):
    page.goto(path)
    box = page.get_by_role("combobox", name="Chercher un métier")
    box.focus()
    expect(box).to_have_attribute("aria-expanded", "false")

    with page.expect_response(re.compile("q=infirmiere$")):
        page.keyboard.type("infirmiere")
    expect(options(page).first).to_contain_text("Infirmier, infirmière")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(active(page)).to_have_attribute("aria-selected", "true")
    expect(active(page)).to_contain_text("infirmière")
    page.keyboard.press("ArrowUp")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Infirmier")
    assert page.url.endswith("/metiers/infirmier/")


def test_escape_closes_the_suggestions_and_enter_searches(page):
    page.goto("/metiers/")
    field(page).focus()
    with page.expect_response(re.compile("q=comptable$")):
        page.keyboard.type("comptable")
    expect(options(page).first).to_be_visible()

    page.keyboard.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(field(page)).to_have_value("comptable")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/metiers/\?q=comptable$"))
    expect(entries(page).first).to_have_text("Comptable")


def test_the_text_typed_stays_while_suggestions_come(page):
    page.goto("/metiers/")
    field(page).press_sequentially("électricienne", delay=20)

    expect(options(page).first).to_contain_text("Électricien")
    expect(field(page)).to_have_value("électricienne")
    expect(field(page)).to_be_focused()


def test_a_facet_on_off_and_back(page):
    page.goto("/metiers/")
    whole = count(page).inner_text()
    night = page.get_by_role("checkbox", name=re.compile("La nuit"))

    night.check()
    expect(page).to_have_url(re.compile(r"\?critere=nuit$"))
    expect(count(page)).to_contain_text("sur")
    fewer = count(page).inner_text()
    expect(page.locator("#annonce")).to_contain_text(fewer)
    expect(night).to_be_focused()

    night.uncheck()
    expect(page).to_have_url(re.compile(r"/metiers/$"))
    expect(count(page)).to_have_text(whole)

    page.go_back()
    expect(count(page)).to_have_text(fewer)
    expect(page.get_by_role("checkbox", name=re.compile("La nuit"))).to_be_checked()
    page.go_back()
    expect(count(page)).to_have_text(whole)


def test_a_chip_takes_a_facet_away(page):
    page.goto("/metiers/?critere=nuit&etudes=4")

    page.get_by_role("link", name=re.compile("La nuit")).click()

    expect(page).to_have_url(re.compile(r"\?etudes=4$"))


def test_a_reload_gives_the_page_that_the_swap_made(page):
    page.goto("/metiers/")
    page.get_by_role("checkbox", name=re.compile("La nuit")).check()
    expect(page).to_have_url(re.compile("critere=nuit"))
    page.get_by_label("Trier par").select_option("salaire")
    expect(page).to_have_url(re.compile("tri=salaire"))
    swapped = page.locator("#catalogue").inner_text()

    page.reload()

    assert page.locator("#catalogue").inner_text() == swapped


def test_finding_without_script(without_script):
    page = without_script
    page.goto("/")
    field(page).fill("enfirmiere")
    field(page).press("Enter")
    expect(page.get_by_text("Tu voulais dire")).to_be_visible()
    expect(entries(page).first).to_contain_text("Infirmier")

    page.goto("/metiers/")
    page.get_by_role("checkbox", name=re.compile("La nuit")).check()
    page.get_by_role("button", name="Appliquer les filtres").click()
    expect(page).to_have_url(re.compile("critere=nuit"))
    expect(count(page)).to_contain_text("sur")
    page.get_by_role("link", name="Tout effacer").click()
    expect(page).to_have_url(re.compile(r"/metiers/$"))


def test_the_answers_follow_through_the_guide(page):
    page.goto("/quiz/question/1/")
    answer_by_keys(page, range(1, STATEMENTS + 1))
    expect_step(page, STATEMENTS + 1)
    page.keyboard.press("4")
    page.get_by_role("link", name="Voir mon profil").click()
    expect(page).to_have_title(re.compile("Mon profil"))

    page.get_by_role("link", name="Métiers", exact=True).click()
    expect(page.locator(".entry .band").first).to_be_visible()
    entries(page).first.get_by_role("link").click()
    expect(page.locator(".band").first).to_be_visible()
    page.get_by_role("link", name="Voir mon profil").first.click()
    expect(page).to_have_title(re.compile("Mon profil"))
