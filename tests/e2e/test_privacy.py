"""Nothing is asked of others, and nothing is left in the visitor's browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.addresses import ADDRESSES, STATEMENTS
from tests.e2e.steps import answer_by_keys, expect_step

# Pages with htmx refuse the session's storage: what is refused holds nothing.
STORED = """() => {
  let session = {};
  try {
    session = {...sessionStorage};
  } catch (error) {
    if (error.name !== "SecurityError") throw error;
  }
  return [{...localStorage}, session, document.cookie];
}"""
NOTHING = [{}, {}, ""]
# What Chromium itself says of a page that answers 404 or 400.
OF_THE_STATUS = "Failed to load resource: the server responded with a status of 40"


@pytest.fixture
def asked(page):
    """The origins of all requests."""
    origins = set()
    page.on("request", lambda request: origins.add(re.match(r"\w+:(//[^/]*)?", request.url)[0]))
    return origins


@pytest.fixture
def complaints(page):
    """What the console says: errors, warnings, refusals of the policy."""
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.parametrize("name", ADDRESSES)
def test_page_asks_nobody_else_and_leaves_nothing(page, base_url, asked, complaints, name):
    response = page.goto(ADDRESSES[name])
    page.evaluate("document.fonts.ready.then(() => null)")

    allowed = [OF_THE_STATUS] if response.status in (400, 404) else []
    assert asked == {base_url}
    assert [text for text in complaints if not text.startswith(tuple(allowed))] == []
    assert page.context.cookies() == []


def test_the_path_asks_nobody_else_and_leaves_nothing(page, base_url, asked, complaints):
    page.goto("/")
    page.get_by_role("link", name="Graphiste").click()
    page.get_by_role("link", name="Comparer avec mes goûts").click()
    page.get_by_role("link", name="Commencer").click()
    answer_by_keys(page, range(1, STATEMENTS + 1))
    expect_step(page, STATEMENTS + 1)
    page.keyboard.press("3")
    page.get_by_role("link", name="Voir mon profil").click()
    expect(page).to_have_title(re.compile("Mon profil"))

    assert page.evaluate(STORED) == NOTHING
    assert page.context.cookies() == []
    assert asked == {base_url}
    assert complaints == []


def test_steps_store_nothing_even_for_a_while(page):
    page.add_init_script("""
        Storage.prototype.setItem = (key) => { throw new Error(`stores ${key}`); };
    """)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    page.goto("/quiz/question/1/")
    answer_by_keys(page, [1, 2])
    expect_step(page, 3)

    assert errors == []
    page.goto("/vie-privee/")
    assert page.evaluate(STORED) == NOTHING


@pytest.mark.parametrize(
    "script, directive",
    [
        ("new Image().src = 'http://127.0.0.1:9/pixel.png'", "img-src"),
        ("fetch('http://127.0.0.1:9/')", "connect-src"),
        ("load('script', {src: 'http://127.0.0.1:9/a.js'})", "script-src-elem"),
        ("load('link', {rel: 'stylesheet', href: 'http://127.0.0.1:9/a.css'})", "style-src-elem"),
        ("load('script', {textContent: 'let a;'})", "script-src-elem"),
        ("load('style', {textContent: 'p {}'})", "style-src-elem"),
        ("document.body.setAttribute('style', 'color: red')", "style-src-attr"),
        ("document.body.setAttribute('onclick', 'a()')", "script-src-attr"),
        ("load('iframe', {src: 'http://127.0.0.1:9/'})", "frame-src"),
    ],
)
@pytest.mark.parametrize("name", ["fiche of a regulated metier", "first step"])
def test_policy_refuses_what_no_page_asks_for(page, name, script, directive):
    page.goto(ADDRESSES[name])

    refused = page.evaluate("""(script) => new Promise((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => {
            resolve(event.effectiveDirective);
        });
        const load = (tag, attributes) => {
            document.head.append(Object.assign(document.createElement(tag), attributes));
        };
        new Function("load", script)(load);
    })""", script)  # fmt: skip

    assert refused == directive
