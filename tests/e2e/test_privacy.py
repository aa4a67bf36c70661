"""Nothing is asked of others, and nothing is left in the visitor's browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import ADDRESSES, OPINIONS, step

STORED = "[localStorage.length, sessionStorage.length, document.cookie.length]"


@pytest.mark.parametrize("name", ADDRESSES)
def test_page_asks_nobody_else_and_complains_of_nothing(page, base_url, name):
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(ADDRESSES[name], wait_until="networkidle")

    assert [url for url in asked if not url.startswith(base_url)] == []
    assert [text for text in complaints if "Failed to load resource" not in text] == []
    assert page.context.cookies() == []


def test_the_questionnaire_stores_nothing(page):
    page.goto(step(1))
    for number, opinion in enumerate(OPINIONS[:4], start=1):
        page.locator(f".answer-{opinion}").click()
        expect(page.locator(".progress")).to_contain_text(f"Phrase {number + 1} sur")

    page.goto("/vie-privee/")
    assert page.evaluate(STORED) == [0, 0, 0]
    assert page.context.cookies() == []
