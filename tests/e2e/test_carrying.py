"""The links around a step carry what was said since the page came."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.e2e.addresses import OPINIONS, code, result


def ways(page):
    return [
        link.get_attribute("href")
        for link in page.locator("header a, footer a").all()
        if "r=" in link.get_attribute("href") or "resultat" in link.get_attribute("href")
    ]


def test_an_answer_of_a_refinement_goes_along_at_once(page):
    page.goto(result(OPINIONS))
    page.get_by_role("link", name=re.compile("Affiner")).click()
    expect(page.locator(".progress")).to_contain_text("Affiner : phrase 1")
    before = ways(page)
    assert len(before) == 8

    page.locator(".answer-5").click()
    expect(page.locator(".progress")).to_contain_text("Affiner : phrase 2")

    now = urlsplit(page.url).query.removeprefix("r=")
    expect(page.get_by_role("link", name="Mon profil", exact=True)).to_have_attribute(
        "href", f"/quiz/resultat/{now}/"
    )
    assert ways(page) == [way.replace(code(OPINIONS, level=3), now) for way in before]


def test_a_refusal_goes_along_at_once(page):
    page.goto(f"/quiz/surtout-pas/?r={code(OPINIONS, level=3)}")

    page.locator(".chip").first.click()
    expect(page.locator(".chip-on")).to_have_count(1)

    now = urlsplit(page.url).query.removeprefix("r=")
    assert len(now) == 34
    assert [way for way in ways(page) if now not in way] == []
