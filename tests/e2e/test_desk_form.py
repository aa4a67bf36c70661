"""The form of a métier under an editor's hands."""

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from desk import workflow
from metiers.content import METIER
from metiers.models import Metier
from tests.e2e.test_accessibility import by_day_and_by_night, findings

pytestmark = pytest.mark.django_db(transaction=True)

LOGIN = "/gestion/login/"


@pytest.fixture
def writer(content):
    user = User.objects.create_user("claire", password="secret", is_staff=True)
    user.groups.add(Group.objects.get(name="Rédaction"))
    return user


@pytest.fixture
def draft(writer):
    return workflow.start_draft(Metier.objects.get(slug="infirmier"), writer)


@pytest.fixture
def address(draft):
    return f"/gestion/metiers/metier/{draft.pk}/change/"


@pytest.fixture
def form(page, address):
    """The page of the draft, opened by its writer."""
    log_in(page, address)
    return page


def log_in(page, address):
    page.goto(f"{LOGIN}?next={address}")
    fill_login(page)


def fill_login(page):
    page.get_by_label("Nom d’utilisateur").or_(page.locator("#id_username")).fill("claire")
    page.locator("#id_password").fill("secret")
    page.locator("[type=submit]").click()
    expect(page.locator("#metier_form")).to_be_visible()
    page.wait_for_load_state()  # the page's modules have run: what is typed now is heard


def save(page):
    page.get_by_role("button", name="Enregistrer et continuer").first.click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.wait_for_load_state()  # the page's modules have run


def fresh(draft):
    return Metier.with_drafts.get(pk=draft.pk)


def row(page, name):
    return page.get_by_role("listitem").filter(has=page.locator("summary", has_text=name))


def kept_drafts(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('desk:draft:'))")


def wait_until_kept(page):
    """Looks again at each frame; a draft that never comes is a failure, not a wait without end.

    Not `wait_for_function`: it evaluates text, which the policy of the page refuses.
    """
    page.evaluate("""() => new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error("no draft was kept")), 15_000);
        const look = () => {
            const isKept = Object.keys(localStorage).some((key) => key.startsWith("desk:draft:"));
            if (isKept) resolve();
            else requestAnimationFrame(look);
        };
        look();
    })""")


def test_it_is_saved_whole_with_and_without_script(new_context, base_url, draft, address):
    before = METIER.dump(draft)
    for java_script in (True, False):
        page = new_context(java_script_enabled=java_script).new_page()
        log_in(page, address)
        page.locator("#id_catch_line").fill(f"Avec script : {java_script}")
        save(page)
        after = METIER.dump(fresh(draft))
        assert after == before | {"catch_line": f"Avec script : {java_script}"}


def test_rows_are_added_without_script(new_context, draft, address):
    page = new_context(java_script_enabled=False).new_page()
    log_in(page, address)
    page.get_by_role("button", name="Enregistrer et ajouter des lignes").click()
    count = draft.faq.count()
    page.locator(f"#id_faq-{count}-question").fill("Et le soir ?")
    page.locator(f"#id_faq-{count}-answer").fill("Une semaine sur trois.")
    save(page)

    assert fresh(draft).faq.order_by("-position")[0].question == "Et le soir ?"


def test_nothing_complains(page, address):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    log_in(page, address)
    page.get_by_role("button", name="Ajouter une ligne : Faits belges").click()

    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []


def test_rows_move_by_the_keyboard(form, draft):
    first, second, *others = draft.hours.order_by("position").values_list("title", flat=True)

    form.get_by_role("button", name=f"Descendre «\u00a0{first}\u00a0»").focus()
    form.keyboard.press("Enter")

    expect(form.get_by_role("status")).to_have_text(f"Ligne 2 sur {len(others) + 2}.")
    expect(form.get_by_role("button", name=f"Descendre «\u00a0{first}\u00a0»")).to_be_focused()
    save(form)
    rows = fresh(draft).hours.order_by("position").values_list("title", flat=True)
    assert list(rows) == [second, first, *others]


def test_rows_move_by_dragging(form, draft):
    first, second, *others = draft.hours.order_by("position").values_list("title", flat=True)

    handle = row(form, second).locator("[data-tool=drag]")
    handle.drag_to(row(form, first), target_position={"x": 20, "y": 2})

    save(form)
    rows = fresh(draft).hours.order_by("position").values_list("title", flat=True)
    assert list(rows) == [second, first, *others]


def test_a_row_is_added_and_another_taken_away(form, draft):
    first, *others = draft.belgian_facts.order_by("position").values_list("text", flat=True)

    row(form, first).get_by_label("Enlever").check()
    form.get_by_role("button", name="Ajouter une ligne : Faits belges").click()
    form.keyboard.type("Le titre est protégé.")
    save(form)

    rows = fresh(draft).belgian_facts.order_by("position").values_list("text", flat=True)
    assert list(rows) == [*others, "Le titre est protégé."]


def test_a_school_is_found_by_typing(form, draft):
    block = form.locator("#bloc-offers")
    form.get_by_role("button", name="Ajouter une ligne : Établissements").click()
    new = block.locator("[data-row]").last

    new.locator(".select2-selection").click()
    form.keyboard.type("HELMo")
    form.locator(".select2-results__option", has_text="HELMo").first.click()
    new.get_by_label("Formation").fill("Un bachelier")
    save(form)

    offer = fresh(draft).offers.order_by("-position")[0]
    assert (offer.school.name, offer.programme) == ("HELMo", "Un bachelier")


def test_lines_move_and_pasted_bullets_go(form, draft):
    area = form.locator("#id_tips")
    area.fill("Un\nDeux\nTrois")
    area.press("Control+Home")
    area.press("Alt+ArrowDown")
    moved = area.input_value()
    form.get_by_role("button", name="Monter la ligne de « Conseils »").click()
    back = area.input_value()
    area.press("Control+End")
    paste(area, "\n- Quatre\n• Cinq\n3. Six")

    assert (moved, back) == ("Deux\nUn\nTrois", "Un\nDeux\nTrois")
    assert area.input_value() == "Un\nDeux\nTroisQuatre\nCinq\nSix"


def paste(area, text):
    area.evaluate(
        """(area, text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const options = { clipboardData, bubbles: true, cancelable: true };
            area.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def test_lengths_are_counted_as_one_types(form):
    field = form.locator("#id_catch_line")
    count = form.locator(".field-catch_line .desk-count")

    field.fill("Soigner")
    expect(count).to_have_text("7 caractères (60 au plus)")
    field.fill("x" * 61)

    expect(count).to_have_class("desk-count is-out")
    assert field.input_value() == "x" * 61


def test_each_line_of_a_list_is_counted_where_the_caret_is(form):
    field = form.locator("#id_missions")
    count = form.locator(".field-missions .desk-count")

    field.fill("\n".join(["x" * 101, *["Scier."] * 7]))
    expect(count).to_contain_text("8 lignes (8 ou plus)\u202f; ligne\u00a08\u00a0: 6 caractères")
    expect(count).to_have_class("desk-count is-out")
    field.press("ArrowUp")
    expect(count).to_contain_text("ligne\u00a07\u00a0:")
    expect(count).to_contain_text("ligne\u00a01\u00a0: 101 caractères (100 au plus)")
    field.blur()
    expect(count).not_to_contain_text("ligne\u00a07\u00a0:")

    field.fill("\n".join(["Scier."] * 8))
    field.blur()
    expect(count).to_have_text("8 lignes (8 ou plus)")
    expect(count).to_have_class("desk-count")


def test_the_hexagon_follows_slider_and_number(form, draft):
    shape = form.locator(".desk-hexagon-shape")
    line = form.locator("[data-letter=R]")
    before = shape.get_attribute("points")

    line.get_by_role("slider").fill("100")
    by_slider = shape.get_attribute("points")
    line.get_by_role("spinbutton").fill("0")
    by_number = shape.get_attribute("points")
    line.get_by_role("slider").fill("100")
    save(form)

    assert before != by_slider
    assert by_slider.split()[0] == "0.0,-90.0"
    assert by_number.split()[0] == "0.0,0.0"
    assert fresh(draft).interest_r == 100


def test_an_expired_login_loses_nothing(form, draft):
    fact = form.get_by_role("button", name="Ajouter une ligne : Faits belges")
    form.locator("#id_catch_line").fill("Écrit avant la fin")
    fact.click()
    form.keyboard.type("Un fait nouveau.")
    Session.objects.all().delete()

    form.get_by_role("button", name="Enregistrer", exact=True).first.click()
    expect(form.locator("#id_password")).to_be_visible()
    fill_login(form)
    shown = form.locator("#id_catch_line").input_value()
    form.get_by_role("button", name="Reprendre ce texte").click()
    save(form)

    assert shown == draft.catch_line
    saved = fresh(draft)
    assert saved.catch_line == "Écrit avant la fin"
    assert saved.belgian_facts.order_by("-position")[0].text == "Un fait nouveau."
    assert kept_drafts(form) == []


def test_a_closed_tab_loses_nothing(form, draft, address):
    form.locator("#id_catch_line").fill("Écrit dans l’onglet fermé")
    row(form, draft.hours.order_by("position")[0].title).get_by_role(
        "button", name="Descendre"
    ).click()
    order = form.locator("#bloc-hours summary").all_inner_texts()
    wait_until_kept(form)
    other = form.context.new_page()
    form.close()

    other.goto(address)
    other.get_by_role("button", name="Reprendre ce texte").click()

    expect(other.locator("#id_catch_line")).to_have_value("Écrit dans l’onglet fermé")
    assert other.locator("#bloc-hours summary").all_inner_texts() == order


def test_a_draft_may_be_forgotten(form, address):
    form.locator("#id_catch_line").fill("Un essai")
    wait_until_kept(form)
    other = form.context.new_page()
    form.close()
    other.goto(address)

    other.get_by_role("button", name="L’oublier").click()
    other.reload()

    expect(other.locator("[data-restore]")).to_be_hidden()
    assert kept_drafts(other) == []


def test_a_refused_form_is_kept_until_it_is_saved(form):
    form.locator("#id_catch_line").fill("x" * 61)
    form.get_by_role("button", name="Enregistrer et continuer").first.click()
    expect(form.locator(".errornote")).to_be_visible()
    refused = kept_drafts(form)

    form.locator("#id_catch_line").fill("Plus court")
    save(form)

    assert len(refused) == 1
    assert kept_drafts(form) == []


def test_leaving_unsaved_asks_first(form):
    asked = []
    form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.locator("#id_catch_line").press_sequentially("Un essai")

    form.get_by_role("link", name="Historique").first.click()

    expect(form.locator("#metier_form")).to_have_count(0)
    assert asked == ["beforeunload"]


def test_a_new_token_in_another_tab_loses_nothing(form, draft, address):
    form.locator("#id_catch_line").fill("Avec un vieux jeton")
    other = form.context.new_page()
    Session.objects.all().delete()
    log_in(other, address)

    save(form)

    assert fresh(draft).catch_line == "Avec un vieux jeton"


UNSEEN = "could not be determined"
"""What axe says of the colours where a text is cut short or scrolled away."""


@by_day_and_by_night
def test_it_is_accessible(form, scheme):
    form.emulate_media(color_scheme=scheme)
    form.get_by_role("button", name="Ajouter une ligne : Établissements").click()

    for width in (360, 1280):
        form.set_viewport_size({"width": width, "height": 740})
        form.evaluate("() => document.querySelectorAll('details').forEach((f) => (f.open = true))")
        found = [row for row in findings(form, "#content-start") if UNSEEN not in row[2]]
        assert (width, found) == (width, [])


def test_it_is_no_wider_than_a_phone(form):
    form.set_viewport_size({"width": 360, "height": 740})

    assert form.evaluate("document.documentElement.scrollWidth") == 360
