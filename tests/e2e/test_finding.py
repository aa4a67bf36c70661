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
    expect(options(page).first).to_be_hidden()
    expect(field(page)).to_have_value("comptable")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/metiers/\?q=comptable$"))
    expect(entries(page).first).to_have_text("Comptable")


def test_the_list_of_suggestions_is_walked_opened_again_and_left(page):
    page.goto("/metiers/")
    box = page.get_by_role("combobox", name="Chercher un métier")
    box.press_sequentially("soin")
    expect(options(page).first).to_be_visible()
    expect(page.locator(f"#{box.get_attribute('aria-controls')}")).to_have_role("listbox")
    expect(page.locator("#suggestions-annonce")).to_contain_text("suggestions, flèche")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)

    page.keyboard.press("Escape")
    expect(options(page).first).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Chercher")).to_be_focused()
    expect(options(page).first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")


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


def test_chips_are_taken_away_one_by_one_by_keyboard(page):
    page.goto("/metiers/?q=infirmier&critere=nuit&etudes=4")
    page.get_by_role("link", name=re.compile("La nuit")).focus()

    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=infirmier&etudes=4$"))
    expect(page.get_by_role("link", name=re.compile("Bachelier"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=infirmier$"))
    expect(page.get_by_role("link", name="Tout effacer")).to_be_focused()
    expect(field(page)).to_have_value("infirmier")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/metiers/$"))

    expect(count(page)).to_be_focused()
    expect(field(page)).to_have_value("")


def test_leaving_the_search_field_asks_for_no_list(page):
    page.goto("/metiers/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    field(page).press_sequentially("comptable")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(options(page).first).to_be_hidden()

    assert [url for url in asked if "/metiers/" in url] == []


def test_what_is_typed_while_the_list_comes_stays(page):
    page.goto("/metiers/")
    held = []
    page.route(re.compile("critere=nuit"), lambda route: held.append(route))
    with page.expect_request(re.compile("critere=nuit")):
        page.get_by_role("checkbox", name=re.compile("La nuit")).check()

    field(page).press_sequentially("compt")
    held[0].continue_()

    expect(count(page)).to_contain_text("sur")
    expect(field(page)).to_have_value("compt")
    expect(field(page)).to_be_focused()


def test_the_same_search_again_takes_no_other_place_in_the_history(page):
    page.goto("/metiers/")
    field(page).fill("infirmier")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=infirmier$"))
    places = page.evaluate("history.length")

    with page.expect_response(re.compile("q=infirmier&")):
        page.keyboard.press("Enter")
    page.get_by_role("checkbox", name=re.compile("La nuit")).check()
    expect(page).to_have_url(re.compile("critere=nuit$"))

    assert page.evaluate("history.length") == places + 1
    expect(field(page)).to_have_value("infirmier")


def test_the_drawer_of_a_phone_stays_where_it_is_and_leads_to_what_it_leaves(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/metiers/")
    page.get_by_text("Affiner la liste").click()
    night = page.get_by_role("checkbox", name=re.compile("La nuit"))
    night.scroll_into_view_if_needed()
    place = night.bounding_box()["y"]

    night.check()
    show = page.get_by_role("link", name=re.compile(r"Voir les \d métiers"))
    expect(show).to_be_in_viewport()
    expect(night).to_be_focused()
    assert night.bounding_box()["y"] == place
    show.click()

    expect(night).to_be_hidden()
    expect(count(page)).to_be_in_viewport()
    expect(count(page)).to_be_focused()
    expect(page).to_have_url(re.compile(r"critere=nuit$"))


def test_a_lost_connection_is_said_and_the_list_stays(page):
    page.goto("/metiers/")
    whole = count(page).inner_text()
    page.context.set_offline(True)

    page.get_by_role("checkbox", name=re.compile("La nuit")).check()
    said = page.get_by_role("alert")
    expect(said).to_contain_text("La connexion a manqué")
    expect(count(page)).to_have_text(whole)
    page.context.set_offline(False)
    said.get_by_role("link", name="Réessayer").click()

    expect(count(page)).to_contain_text("sur")
    expect(page.get_by_role("checkbox", name=re.compile("La nuit"))).to_be_checked()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_reload_gives_the_page_that_the_swap_made(page):
    page.goto("/metiers/")
    page.get_by_role("checkbox", name=re.compile("La nuit")).check()
    expect(page).to_have_url(re.compile("critere=nuit"))
    page.get_by_label("Trier par").select_option("salaire")
    expect(page).to_have_url(re.compile("tri=salaire"))
    swapped = page.locator("form.catalogue").inner_text()

    page.reload()

    assert page.locator("form.catalogue").inner_text() == swapped


def test_finding_without_script(without_script):
    page = without_script
    page.goto("/")
    field(page).fill("enfirmiere")
    field(page).press("Enter")
    expect(page.get_by_text("Tu voulais dire")).to_be_visible()
    expect(entries(page).first).to_contain_text("Infirmier")

    page.goto("/metiers/")
    page.get_by_role("checkbox", name=re.compile("La nuit")).check()
    page.get_by_role("button", name="Appliquer les filtres").first.click()
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
