"""The questionnaire as a visitor goes through it, and the answers that its addresses carry."""

import re
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from quiz.token import decode
from tests.e2e.addresses import OPINIONS, STATEMENTS


def step_number(address):
    return int(re.search(r"/question/(\d+)/", address)[1])


def answered(address):
    return decode(parse_qs(urlsplit(address).query)["r"][0]).answered


def opinions(*values):
    return tuple(enumerate(values, start=1))


def statement(page):
    return page.locator("#step h1")


def chosen(page):
    return page.locator(".answer[aria-current]")


def expect_step(page, number):
    words = f"Phrase {number} sur" if number <= STATEMENTS else "Dernière question"
    expect(page.locator(".progress")).to_contain_text(words)
    expect(statement(page)).to_be_focused()


def expect_armed(page):
    """Answers take no tap for the first third of a second; wait until they do."""
    expect(page.locator("ol.answers")).to_have_css("pointer-events", "auto")


@contextmanager
def time_stopped(page):
    """Each statement has just come, however slow the machine: its answers take no tap yet."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Animation.enable")
    cdp.send("Animation.setPlaybackRate", {"playbackRate": 0})
    yield
    cdp.send("Animation.setPlaybackRate", {"playbackRate": 1})


def answer_by_keys(page, numbers):
    for number in numbers:
        expect_step(page, number)
        if OPINIONS[number - 1] == OPINIONS[number - 2]:
            expect_armed(page)  # or else it is the same press
        page.keyboard.press(str(OPINIONS[number - 1]))
