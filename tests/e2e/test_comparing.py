"""Choosing métiers and reading them side by side: by keyboard, without script, on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import ADDRESSES, OPINIONS, code


@pytest.fixture
def without_script(browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def names(page):
    return page.locator(".comparison-name").all_inner_texts()


def box(page, name):
    return page.get_by_role("checkbox", name=name, exact=True)


def tab_to(page, target):
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")


def test_a_second_metier_is_chosen_by_keyboard(page):
    page.goto("/metiers/infirmier/")
    tab_to(page, page.get_by_role("link", name="Comparer avec un autre métier"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Avec quel autre métier ?")
    expect(box(page, "Infirmier, infirmière")).to_be_checked()

    tab_to(page, box(page, "Kinésithérapeute"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Comparer"))
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/comparer/\?m=infirmier&m=kinesitherapeute$"))
    assert names(page) == ["Infirmier, infirmière", "Kinésithérapeute"]


def test_what_a_key_reaches_is_not_under_the_button_that_stays(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/comparer/")
    last = page.get_by_role("checkbox").last
    for target in (page.get_by_role("checkbox").nth(12), last):
        target.focus()

        covered = page.locator(".choosing-send").bounding_box()["y"]
        place = target.bounding_box()
        assert place["y"] + place["height"] <= covered


def test_choosing_replacing_and_taking_away_without_script(without_script):
    page = without_script
    page.goto("/comparer/")
    box(page, "Graphiste").check()
    page.get_by_label("Chercher un métier").fill("boulangre")
    page.get_by_label("Chercher un métier").press("Enter")
    expect(box(page, "Graphiste")).to_be_checked()
    box(page, "Boulanger-pâtissier, boulangère-pâtissière").check()
    page.get_by_role("button", name="Comparer").click()
    expect(page).to_have_url(re.compile(r"\?m=graphiste&m=boulanger-patissier$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Deux métiers côte à côte")

    neighbour = page.locator(".choosing input[type=checkbox]:not(:checked)").first
    slug = neighbour.get_attribute("value")
    neighbour.check()
    box(page, "Graphiste").uncheck()
    page.get_by_role("button", name="Comparer").click()
    expect(page).to_have_url(re.compile(rf"\?m=boulanger-patissier&m={slug}$"))

    page.get_by_role("link", name=re.compile("Retirer boulanger")).click()
    expect(page).to_have_url(re.compile(rf"\?m={slug}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Avec quel autre métier ?")


def test_more_than_four_are_said_to_be_too_many(without_script):
    page = without_script
    page.goto("/comparer/")
    for i in range(5):
        page.get_by_role("checkbox").nth(i).check()
    page.get_by_role("button", name="Comparer").click()

    expect(page.locator(".warning")).to_contain_text("Quatre métiers au plus")
    assert len(names(page)) == 4


def test_answers_are_carried_from_the_fiche_to_the_comparison_and_back(page):
    said = code(OPINIONS, level=3)
    page.goto(f"/metiers/infirmier/?r={said}")
    page.get_by_role("link", name=re.compile("Comparer avec ces voisins")).click()
    expect(page.locator(".comparison-heads .band")).to_have_count(4)
    page.get_by_role("link", name=re.compile("^Infirmier·ère : les études")).click()

    expect(page).to_have_url(re.compile(rf"/metiers/infirmier/\?r={said}#formation$"))
    expect(page.locator(".fiche-head .band")).to_be_visible()


@pytest.mark.parametrize("name", ["comparison", "comparison with answers"])
def test_on_a_phone_each_value_bears_the_name_of_its_metier(page, name):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(ADDRESSES[name])

    cells = page.locator(".comparison-row dl > div")
    assert cells.count() > 20
    bare = cells.evaluate_all(
        "cells => cells.filter((cell) => cell.querySelector('dt').offsetWidth < 20).length"
    )
    lefts = cells.evaluate_all("cells => [...new Set(cells.map((c) => c.offsetLeft))]")
    assert bare == 0
    assert len(lefts) == 1  # one under the other


def test_on_a_desk_the_values_stand_under_their_metier(page):
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto(ADDRESSES["comparison with answers"])

    def left(locator):
        return [round(e.bounding_box()["x"]) for e in locator.all()]

    heads = left(page.locator(".comparison-heads li[data-line]"))
    assert len(set(heads)) == 4
    for row in page.locator(".comparison-row dl").all():
        assert left(row.locator("> div")) == heads


def test_on_a_desk_the_names_stay_in_view(page):
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto(ADDRESSES["comparison"])

    page.locator("#pour-et-contre dl").last.scroll_into_view_if_needed()

    ways = page.locator("#pour-et-contre .comparison-ways a")
    expect(ways).to_have_text([re.compile("Infirmier"), re.compile("Graphiste")])
    for way in ways.all():
        expect(way).to_be_in_viewport()


def test_what_all_share_spans_their_lines(page):
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto("/comparer/?m=infirmier&m=educateur-specialise")

    shared = page.locator("#etudes .comparison-shared").first
    tracks = page.locator("#etudes .comparison-tracks i")
    first, last = (track.bounding_box() for track in (tracks.first, tracks.last))
    capsule = shared.bounding_box()

    assert capsule["x"] < first["x"]
    assert capsule["x"] + capsule["width"] > last["x"]
