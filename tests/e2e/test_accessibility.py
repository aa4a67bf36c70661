"""axe finds nothing to say, on each kind of page, by day and by night, on a phone and on a desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.e2e.addresses import ADDRESSES
from tests.e2e.layout import unfold

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "resultTypes": ["violations", "incomplete"],
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # WCAG 2.2 AA, yet off unless asked for
    # Lines and stops are pseudo-elements beside the text, never under it; near them axe would
    # judge no contrast at all.
    "checks": {"color-contrast": {"options": {"ignorePseudo": True}}},
}
COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
LOOKS = [
    (scheme, width, options)
    for scheme, options in (("light", OPTIONS), ("dark", COLOURS))  # night changes colours alone
    for width in (360, 1280)
]
WITH_DETAILS = (
    "fiche of a regulated metier",
    "fiche of a free metier",
    "filtered list",
    "result",
    "flat result",
)

by_day_and_by_night = pytest.mark.parametrize("scheme", ["light", "dark"])


def findings(page, context=None, options=OPTIONS):
    """(rule, element, why) of what is wrong or beyond axe's judgement, in one element or in all.

    The letters and figures in drawings are beyond it, whatever they are drawn on: each drawing is
    hidden from assistive technology and has its text beside it.
    """
    response = Axe().run(page, context=context, options=options).response
    return [
        (rule["id"], node["target"][-1], node["failureSummary"])
        for rule in response["violations"] + response["incomplete"]
        for node in rule["nodes"]
        if not (rule in response["incomplete"] and node["html"].startswith("<text "))
    ]


def check(page):
    for scheme, width, options in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 740})
        assert (scheme, width, findings(page, options=options)) == (scheme, width, [])


@pytest.mark.parametrize("name", ADDRESSES)
def test_page_is_accessible(page, name):
    page.goto(ADDRESSES[name])

    check(page)


@pytest.mark.parametrize("name", WITH_DETAILS)
def test_page_is_accessible_unfolded(page, name):
    page.goto(ADDRESSES[name])
    unfold(page)

    check(page)


@pytest.mark.parametrize(
    "markup, rule",
    [
        ('<img src="/static/img/favicon.svg">', "image-alt"),
        ('<p style="color: #999">Pâle sur presque blanc.</p>', "color-contrast"),
        ("<h1>Un second titre</h1><h4>Un titre qui saute</h4>", "heading-order"),
        ('<a href="/a/" style="float: left">a</a><a href="/b/">b</a>', "target-size"),
    ],
    ids=["image", "contrast", "headings", "targets"],
)
@pytest.mark.parametrize("name", ["privacy", "fiche of a free metier"])
def test_axe_sees_what_it_is_asked_to_see(new_context, name, markup, rule):
    page = new_context(bypass_csp=True).new_page()
    page.goto(ADDRESSES[name])
    page.locator("h2").last.evaluate(
        "(h2, markup) => h2.insertAdjacentHTML('afterend', markup)", markup
    )

    assert rule in [found for found, _, _ in findings(page)]


@by_day_and_by_night
@pytest.mark.parametrize("path", ["/", "/metiers/"])
def test_suggestions_are_accessible(page, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    page.get_by_label("Chercher un métier").press_sequentially("soin")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")

    # What stands under them is beyond axe's judgement, and beyond the reader's eyes.
    assert Axe().run(page, options=OPTIONS).response["violations"] == []
