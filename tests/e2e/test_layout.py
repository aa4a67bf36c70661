"""Pages fit: no sideways scrolling, what matters first, a fiche on three sheets."""

import re

import pytest

from tests.e2e.addresses import ADDRESSES, METIERS, OPINIONS, step

WIDTHS = (320, 360, 768, 1280)
SHEET = re.compile(rb"/Type\s*/Page[^s]")


@pytest.mark.parametrize("name", ADDRESSES)
def test_page_never_scrolls_sideways(page, name):
    page.goto(ADDRESSES[name])
    wider = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        wider[width] = page.evaluate("document.documentElement.scrollWidth") > width

    assert wider == dict.fromkeys(WIDTHS, False)


@pytest.fixture
def large_text_page(browser, base_url):
    """A page whose text is twice as large; the policy is set aside to make it so from here."""
    context = browser.new_context(base_url=base_url, bypass_csp=True, locale="fr-BE")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ADDRESSES)
def test_page_never_scrolls_sideways_with_text_twice_as_large(large_text_page, name):
    page = large_text_page
    page.goto(ADDRESSES[name])
    page.add_style_tag(content="html { font-size: 200% !important }")
    wider = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        wider[width] = page.evaluate("document.documentElement.scrollWidth") > width

    assert wider == dict.fromkeys(WIDTHS, False)


@pytest.mark.parametrize("number", [1, 4, 18])
def test_a_step_fits_a_phone_without_scrolling(page, number):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(step(number, OPINIONS[: number - 1]))

    box = page.locator("#step").bounding_box()

    assert box["y"] + box["height"] <= 740


def test_the_first_metier_of_the_list_shows_on_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/metiers/")

    assert page.locator(".entry-name").first.bounding_box()["y"] < 600


def test_both_ways_in_show_on_a_phone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")

    box = page.get_by_role("heading", name="Je ne sais pas encore").bounding_box()

    assert box["y"] + box["height"] < 740


@pytest.mark.parametrize("slug", METIERS)
def test_a_fiche_prints_on_three_sheets_at_most(page, slug):
    page.goto(f"/metiers/{slug}/")

    printed = page.pdf(prefer_css_page_size=True, print_background=True)

    assert 1 <= len(SHEET.findall(printed)) <= 3
