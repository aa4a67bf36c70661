"""The whole life of a fiche, in the browsers of an editor, of a reviewer and of visitors."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from careerguide.content.reading import apply
from metiers.content import METIER
from metiers.models import Metier
from tests.desk.conftest import member
from tests.e2e.addresses import OPINIONS, code

pytestmark = pytest.mark.django_db(transaction=True)

SLUG = "infirmier-de-bord"
LIST = "/gestion/metiers/metier/"


@pytest.fixture
def at_desk(browser, browser_context_args, base_url):
    """A page of somebody's own browser, logged in as a member of a group."""
    contexts = []

    def open_desk(group):
        client = Client()
        client.force_login(member(group))
        context = browser.new_context(**browser_context_args)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])
        contexts.append(context)
        return context.new_page()

    yield open_desk
    for context in contexts:
        context.close()


@pytest.fixture
def seen(browser, browser_context_args):
    """What a visitor who comes for the first time finds: nothing is in their browser's cache."""

    def visit(title):
        context = browser.new_context(**browser_context_args)
        page = context.new_page()
        found = {}
        page.goto("/metiers/?secteur=sante")
        found["catalogue"] = page.get_by_role("link", name=title, exact=True).count() > 0
        page.goto("/metiers/?q=infirmier+de+bord")
        found["search"] = page.get_by_role("link", name=title, exact=True).count() > 0
        found["start"] = page.goto(f"/quiz/{SLUG}/").status == 200
        found["answer"] = page.goto(f"/metiers/{SLUG}/?r={code(OPINIONS, level=5)}").status == 200
        status = page.goto(f"/metiers/{SLUG}/").status
        found["fiche"] = page.locator(".lead").first.inner_text() if status == 200 else None
        context.close()
        return found

    return visit


def press(page, name):
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


def publish(page):
    press(page, "Enregistrer et publier…")
    expect(page.get_by_role("heading", name="Ce qui change pour les visiteurs")).to_be_visible()
    press(page, "Publier")
    expect(page.locator(".messagelist")).to_contain_text("En ligne depuis le")


def import_long_parts():
    """The new fiche with what an editor would take from a document: all but its first words."""
    data = METIER.dump(Metier.objects.get(slug="infirmier"))
    data |= {"slug": SLUG, "status": "draft", "published_at": None, "reviewed_date": None}
    data |= {"name_masculine": "infirmier de bord", "name_feminine": "infirmière de bord"}
    metier = Metier()
    apply(METIER, metier, data | {"teaser": ""})
    return metier


def test_a_fiche_from_its_first_words_to_its_withdrawal(at_desk, seen):
    lea, rachid = at_desk("Rédaction"), at_desk("Relecture")
    title = "Infirmier de bord, infirmière de bord"
    nowhere = {"catalogue": False, "search": False, "start": False, "answer": False, "fiche": None}
    everywhere = dict.fromkeys(("catalogue", "search", "start", "answer"), True)

    # Léa writes, looks, and asks.
    lea.goto(f"{LIST}{import_long_parts().pk}/change/")
    lea.get_by_label("Chapeau").fill("Tu soignes en mer.")
    with lea.context.expect_page() as opened:
        lea.get_by_role("button", name="Aperçu de ce qui est écrit").click()
    framed = opened.value.frame_locator("#page")
    expect(framed.locator(".lead").first).to_have_text("Tu soignes en mer.")
    assert framed.locator("body").evaluate("() => innerWidth") == 360
    opened.value.get_by_label("Écran (1 280)").check()
    assert framed.locator("body").evaluate("() => innerWidth") == 1280
    framed.locator(".contents a", has_text="Missions").first.click()
    expect(framed.locator("#missions")).to_be_in_viewport()
    opened.value.frames[1].evaluate("() => { window.print = () => { document.title = 'papier' } }")
    opened.value.get_by_role("button", name="Voir l’impression").click()
    assert opened.value.frames[1].title() == "papier"
    opened.value.close()
    lea.get_by_label("Pourquoi").fill("Première version")
    press(lea, "Enregistrer et demander la relecture")
    assert seen(title) == nowhere

    # Rachid finds it, compares and publishes.
    rachid.goto(f"{LIST}?travail=a-relire")
    rachid.get_by_role("link", name="infirmier de bord, infirmière de bord").first.click()
    expect(rachid.get_by_text("Première version")).to_be_visible()
    publish(rachid)
    assert seen(title) == everywhere | {"fiche": "Tu soignes en mer."}

    # An edit: the old fiche stays until the new one is published.
    address = rachid.url
    lea.goto(address)
    press(lea, "Modifier dans un brouillon")
    lea.get_by_label("Chapeau").fill("Tu soignes loin du port.")
    press(lea, "Enregistrer et demander la relecture")
    assert seen(title)["fiche"] == "Tu soignes en mer."
    rachid.goto(lea.url)
    publish(rachid)
    assert seen(title) == everywhere | {"fiche": "Tu soignes loin du port."}

    # The older version again, through a draft.
    rachid.goto(address.replace("/change/", "/history/"))
    rachid.get_by_role("row", name="Publié").last.get_by_role("button").click()
    expect(rachid.locator(".messagelist")).to_contain_text("est rétablie")
    publish(rachid)
    assert seen(title)["fiche"] == "Tu soignes en mer."

    # Withdrawn: gone everywhere.
    rachid.get_by_role("link", name="Retirer…").click()
    press(rachid, "Retirer")
    expect(rachid.locator(".messagelist")).to_contain_text("Retirée depuis le")
    assert seen(title) == nowhere
