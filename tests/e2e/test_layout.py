"""Nothing is cut, nothing slides aside, and a thumb finds what it looks for."""

import pytest

from tests.e2e.addresses import (
    ADDRESSES,
    LEVEL_STEP,
    METIERS,
    OPINIONS,
    step,
)
from tests.e2e.layout import (
    bottom,
    count_of_pages,
    double_text,
    lost_words,
    resize,
    scrolled_aside,
    small_targets,
    unfold,
)

PHONE = 360
WIDTHS = (320, PHONE, 768, 1280)
STAND_ALONE = """
    .site-home, .site-nav a, .site-footer a, .button, .chip, summary, .checks label,
    .answer, .step-ways a, .actions a, .actions button, .network-stops a,
    .contents-bar a, .report a, .arguments p + p > a, .comparison-contents a, .comparison-ways a,
    .comparison-drop a, .choice
"""
A4 = {"format": "A4", "prefer_css_page_size": True}

each_page = pytest.mark.parametrize("name", ADDRESSES)


@each_page
def test_page_keeps_its_words_in_the_window_and_its_targets_fit_a_thumb(page, name):
    page.goto(ADDRESSES[name])
    unfold(page)

    for width in WIDTHS:
        resize(page, width)
        assert (width, lost_words(page), scrolled_aside(page)) == (width, [], 0)
    for width in (1280, PHONE):
        resize(page, width)
        assert (width, small_targets(page, 24)) == (width, [])
    assert small_targets(page, 44, STAND_ALONE) == []


@each_page
def test_page_keeps_its_words_in_the_window_with_doubled_text(page, name):
    resize(page, 320)
    double_text(page)
    page.goto(ADDRESSES[name])
    unfold(page)

    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert lost_words(page) == []
    assert scrolled_aside(page) == 0


@pytest.mark.parametrize(
    "style, lost",
    [
        ("margin-left: 300px; white-space: nowrap", True),
        ("height: 1em; overflow: hidden; width: 4em", True),
        ("white-space: nowrap; overflow: auto", False),
        ("width: 4em", False),
    ],
)
def test_measure_of_words_sees_those_that_are_cut(new_context, style, lost):
    page = new_context(bypass_csp=True).new_page()
    resize(page, PHONE)
    page.goto(ADDRESSES["privacy"])
    words = "Des mots que la page cache ou montre"
    page.locator("h1").evaluate(
        "(h1, html) => h1.insertAdjacentHTML('afterend', html)", f'<p style="{style}">{words}</p>'
    )

    assert (words in lost_words(page)) == lost


def test_list_shows_a_metier_at_once(page):
    resize(page, PHONE)
    page.goto("/metiers/")

    assert bottom(page.locator(".entry-name").first) < 600


def test_home_shows_both_ways_at_once(page):
    resize(page, PHONE)
    page.goto("/")

    assert bottom(page.get_by_role("heading", name="Je veux lire un métier")) < 740
    assert bottom(page.get_by_role("heading", name="Je ne sais pas encore")) < 740


def test_steps_fit_a_phone(page):
    resize(page, PHONE)
    for number in range(1, LEVEL_STEP + 1):
        page.goto(step(number, OPINIONS[: number - 1]))

        assert bottom(page.locator("#step")) <= 740, f"step {number}"


@pytest.mark.parametrize("number", [1, 10, LEVEL_STEP])
def test_step_fits_a_phone_with_the_way_back_to_the_result(page, number):
    resize(page, PHONE)
    page.goto(step(number, OPINIONS, level=3))

    assert page.get_by_role("link", name="Retour à mon profil").is_visible()
    assert bottom(page.locator("#step")) <= 740


@pytest.mark.parametrize("slug", METIERS)
def test_fiche_prints_on_three_pages(page, slug):
    page.goto(f"/metiers/{slug}/")

    assert 1 < count_of_pages(page.pdf(**A4)) <= 3


def test_printed_fiche_answers_its_questions(page):
    page.goto("/metiers/infirmier/")
    page.emulate_media(media="print")

    answers = page.locator(".faq details p").all()
    assert len(answers) == page.locator(".faq summary").count() > 0
    assert all(answer.is_visible() for answer in answers)


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name.startswith("comparison")])
def test_comparison_prints_on_two_pages_with_its_address(page, name):
    page.goto(ADDRESSES[name])

    assert count_of_pages(page.pdf(**A4)) <= 2
    page.emulate_media(media="print")
    address, _, _ = ADDRESSES[name].partition("&r=")
    assert address in page.locator(".print-only").inner_text()
    assert page.get_by_role("button", name="Comparer").count() == 0


@pytest.mark.parametrize(
    "name", ["result", "result from a metier", "calculation", "questions to ask"]
)
def test_profile_prints_on_one_page(page, name):
    page.goto(ADDRESSES[name])

    assert count_of_pages(page.pdf(**A4)) == 1


def test_printed_reasons_keep_what_is_refused(page):
    page.goto(ADDRESSES["calculation"])
    page.emulate_media(media="print")

    flags = page.locator(".result-focus .flags")
    assert flags.is_visible()
    assert "Surtout pas" in flags.inner_text()
