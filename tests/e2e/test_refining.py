"""Past the core: refining on a phone, refusing, trying another answer, asking why."""

import re

import pytest
from playwright.sync_api import expect

from quiz.token import decode
from tests.e2e.addresses import OPINIONS, SAME_EVERYWHERE, STATEMENTS, result, step
from tests.e2e.steps import (
    answer_by_keys,
    answered,
    expect_armed,
    expect_step,
    opinions,
    time_stopped,
)

ROUND = 6


@pytest.fixture
def phone(browser, browser_context_args):
    """A page on a phone, with touch."""
    context = browser.new_context(
        **browser_context_args,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def without_script(browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


def expect_phrase(page, number):
    expect(page.locator(".progress")).to_contain_text(f"Affiner : phrase {number} sur {ROUND}")


def shown(page):
    """The code in the address of a profile."""
    return decode(page.url.split("/resultat/")[1].split("/")[0])


def begin(page):
    page.goto(result(OPINIONS))
    page.get_by_role("link", name=re.compile("Affiner")).click()
    expect_phrase(page, 1)


def settle(page):
    """Wait for the letters, whose coming moves lines once, for the focus, for the answers."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    expect(page.locator("#step h1")).to_be_focused()
    expect_armed(page)


def top(locator):
    """From the top of the page: a tap that has to wait may scroll first, which moves nothing."""
    return locator.evaluate("(element) => element.getBoundingClientRect().top + scrollY")


def test_refining_by_touch_with_refresh_back_and_forward(phone):
    begin(phone)
    for number in range(1, ROUND + 1):
        expect_phrase(phone, number)
        phone.reload()
        expect_phrase(phone, number)
        said = phone.locator("#step h1").inner_text()
        phone.locator(".answer-4").tap()
        if number < ROUND:
            expect_phrase(phone, number + 1)
            phone.go_back()
            expect(phone.locator("#step h1")).to_have_text(said)
            phone.go_forward()
            expect_phrase(phone, number + 1)

    expect(phone).to_have_title(re.compile("Mon profil"))
    assert len(shown(phone).answered) == STATEMENTS + ROUND
    expect(
        phone.get_by_role("heading", name="Ce que les dernières phrases ont changé")
    ).to_be_visible()


def test_the_core_by_touch_one_tap_a_statement(phone):
    phone.goto("/quiz/question/1/")
    for number in range(1, STATEMENTS + 1):
        expect(phone.locator(".progress")).to_contain_text(f"Phrase {number} sur")
        phone.locator(f".answer-{OPINIONS[number - 1]}").tap()

    expect(phone.locator(".progress")).to_contain_text("Dernière question")
    assert answered(phone.url) == opinions(*OPINIONS)


def test_a_double_tap_answers_once(phone):
    phone.goto(step(3, OPINIONS[:2]))
    settle(phone)
    box = phone.locator(".answer-5").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    with time_stopped(phone):
        phone.touchscreen.tap(x, y)
        phone.touchscreen.tap(x, y)
        expect(phone.locator(".progress")).to_contain_text("Phrase 4 sur")
        phone.wait_for_load_state("networkidle")

    expect(phone.locator(".progress")).to_contain_text("Phrase 4 sur")
    assert answered(phone.url) == opinions(*OPINIONS[:2], 5)


def test_no_statement_moves_what_stands_around_it(phone):
    phone.goto(step(1))
    settle(phone)
    phone.evaluate("""() => {
        window.shift = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({type: "layout-shift"});
    }""")
    answers = phone.locator("ol.answers")
    before = top(answers)
    for number in range(1, 6):
        phone.locator(".answer-3").tap()
        expect(phone.locator(".progress")).to_contain_text(f"Phrase {number + 1} sur")
        assert top(answers) == pytest.approx(before, abs=1)

    assert phone.evaluate("window.shift") < 0.01


def test_refining_without_script(without_script):
    page = without_script
    begin(page)
    for number in range(1, ROUND + 1):
        expect_phrase(page, number)
        page.locator(".answer-2").click()

    expect(page).to_have_title(re.compile("Mon profil"))
    assert len(shown(page).answered) == STATEMENTS + ROUND


def test_a_second_tab_refines_on_its_own(page, context):
    other = context.new_page()
    for tab, value in ((page, 1), (other, 5)):
        begin(tab)
        tab.locator(f".answer-{value}").click()
    for tab, value in ((page, 1), (other, 5)):
        expect_phrase(tab, 2)
        tab.get_by_role("link", name="Revenir").click()
        expect(tab.locator(".answer[aria-current]")).to_have_attribute("data-key", str(value))


def test_refusing_by_keyboard_flags_metiers(page):
    page.goto(result(OPINIONS))
    page.get_by_role("link", name="Dire ce que je refuse").click()
    chip = page.get_by_role("link", name="La nuit")
    chip.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="La nuit (refusé : retirer)")).to_be_visible()
    page.get_by_role("link", name="Retour à mon profil").click()

    expect(page.locator(".result-ranking .flags").first).to_contain_text("la nuit")
    page.get_by_label("Sans mes « surtout pas »").check()
    expect(page).to_have_url(re.compile("sans=1"))
    expect(page.locator(".result-ranking .flags")).to_have_count(0)
    page.reload()
    expect(page.locator(".result-ranking .flags")).to_have_count(0)


def test_why_and_what_if_without_script(without_script):
    page = without_script
    page.goto(result(OPINIONS))
    page.locator(".result-ranking").get_by_role("link", name=re.compile("Pourquoi")).first.click()
    expect(page.get_by_role("heading", name="Comment c’est calculé")).to_be_visible()
    page.get_by_role("link", name="Mon profil").first.click()
    page.get_by_role("link", name="Essaie « et si »").click()
    page.get_by_label("La phrase").select_option(index=0)
    page.get_by_label("Pas du tout").check()
    page.get_by_role("button", name="Voir ce qui bouge").click()

    expect(page.locator("#essai")).to_contain_text(re.compile("de bande|Rien ne bouge"))
    page.get_by_role("link", name="Garder cette réponse").click()
    expect(page).to_have_title(re.compile("Mon profil"))
    assert shown(page).values[0] == 1


def test_a_self_assessment_by_keyboard(page):
    page.goto("/metiers/infirmier/")
    box = page.locator("#oui-1")
    box.focus()
    page.keyboard.press("Space")
    page.locator("#oui-4").check()
    page.get_by_role("button", name="Faire le point").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Deux phrases sur huit")
    page.get_by_role("link", name="Comparer ce métier avec mes goûts").click()
    expect(page).to_have_url(re.compile("/quiz/infirmier/$"))
    page.go_back()
    expect(page.locator("#oui-4")).to_be_checked()


def test_a_self_assessment_without_script_goes_back_and_forth(without_script):
    page = without_script
    page.goto("/metiers/infirmier/")
    page.locator("#oui-2").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Faire le point").focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Une phrase sur huit te ressemble.")

    page.locator("#oui-5").check()
    page.get_by_role("button", name="Faire le point").click()
    expect(heading).to_have_text("Deux phrases sur huit te ressemblent.")
    page.go_back()
    expect(heading).to_have_text("Une phrase sur huit te ressemble.")
    expect(page.locator("#oui-2")).to_be_checked()
    page.go_forward()
    page.reload()
    expect(page).to_have_url(re.compile(r"\?oui=2&oui=5$"))
    expect(page.locator("#oui-5")).to_be_checked()
    page.get_by_role("link", name="Retour à la fiche").click()
    expect(page).to_have_url(re.compile("/metiers/infirmier/#auto-evaluation$"))


def test_back_forward_back_loses_nothing(page):
    page.goto("/quiz/question/1/")
    answer_by_keys(page, range(1, 6))
    expect_step(page, 6)

    for go, number in ((page.go_back, 5), (page.go_forward, 6), (page.go_back, 5)):
        go()
        expect_step(page, number)
        assert answered(page.url) == opinions(*OPINIONS[: number - 1])


def test_an_address_that_changes_before_the_scripts_run_still_has_its_statement(page):
    """Who goes back three times in a tenth of a second does that; no test is so fast each time."""
    there, elsewhere = step(5, OPINIONS[:4]), step(3, OPINIONS[:2])
    page.goto(elsewhere)
    said = page.locator("#step h1").inner_text()
    page.add_init_script(
        f"""if (location.href.includes({there!r})) {{
            document.addEventListener("readystatechange", () => {{
                if (document.readyState === "interactive")
                    history.replaceState(null, "", {elsewhere!r});
            }});
        }}"""
    )

    page.goto(there)

    expect(page.locator("#step h1")).to_have_text(said)


def test_a_review_by_keys_keeps_each_answer_and_changes_one(page):
    page.goto(result(SAME_EVERYWHERE))
    page.get_by_role("link", name=re.compile("Nuancer mes réponses")).click()
    expect_step(page, 1)
    page.wait_for_load_state()  # its keys are heard from then on
    for number in range(1, STATEMENTS + 1):
        expect_step(page, number)
        page.keyboard.press("5" if number == 4 else "ArrowRight")
    expect_step(page, STATEMENTS + 1)

    assert answered(page.url) == opinions(*SAME_EVERYWHERE[:3], 5, *SAME_EVERYWHERE[4:])
