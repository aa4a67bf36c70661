"""The form of a métier under an editor's hands."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from desk import workflow
from desk.question_sets import duplicate
from metiers.content import METIER
from metiers.models import Metier
from quiz.models import QuestionSet
from tests.desk_editor import BULLETED, WITHOUT_BULLETS
from tests.e2e.layout import bottom
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


def log_in(page, address, form="#metier_form"):
    page.goto(f"{LOGIN}?next={address}")
    fill_login(page, form)


def fill_login(page, form="#metier_form"):
    page.get_by_label("Nom d’utilisateur").or_(page.locator("#id_username")).fill("claire")
    page.locator("#id_password").fill("secret")
    page.locator("[type=submit]").click()
    expect(page.locator(form)).to_be_visible()
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


def wait_until_kept(page, name=""):
    """Looks again at each frame; a draft that never comes is a failure, not a wait without end.

    Not `wait_for_function`: it evaluates text, which the policy of the page refuses.
    """
    is_kept = """(name) => new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error("no draft was kept")), 15_000);
        const look = () => {
            const kept = Object.keys(localStorage).filter((key) => key.startsWith("desk:draft:"));
            const isKept = kept.some((key) => key.includes(name));
            if (isKept) resolve();
            else requestAnimationFrame(look);
        };
        look();
    })"""
    page.evaluate(is_kept, name)


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


def test_a_new_row_is_called_by_its_first_words(form):
    form.get_by_role("button", name="Ajouter une ligne : Faits belges").click()
    new = form.locator("#bloc-belgian_facts [data-row]").last
    unnamed = new.locator("summary").inner_text()
    form.keyboard.type("Le titre est protégé.")

    assert unnamed.startswith("Nouvelle ligne, n°")
    expect(new.locator("summary")).to_have_text("Le titre est protégé.")
    named = "«\u00a0Le titre est protégé.\u00a0»"
    expect(new.get_by_label(f"Enlever {named}")).to_be_visible()
    expect(new.get_by_role("button", name=f"Monter {named}")).to_be_visible()


def test_saving_is_at_hand_and_hides_nothing(form):
    form.set_viewport_size({"width": 1280, "height": 720})
    form.locator("#id_tips").focus()
    bar = form.locator(".submit-row")

    expect(bar.get_by_role("button", name="Enregistrer", exact=True)).to_be_in_viewport()
    form.locator("#id_studies_detail").evaluate(
        "(field) => scrollTo(0, field.getBoundingClientRect().bottom + scrollY - innerHeight)"
    )
    form.locator("#id_studies_detail").focus()
    assert bottom(form.locator("#id_studies_detail")) <= bar.bounding_box()["y"]


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


def test_lines_move_and_a_pasted_list_is_lines_of_its_own(form, draft):
    area = form.locator("#id_tips")
    area.fill("Un\nDeux\nTrois")
    area.press("Control+Home")
    area.press("Alt+ArrowDown")
    moved = area.input_value()
    form.get_by_role("button", name="Monter la ligne de « Conseils »").click()
    back = area.input_value()
    area.press("Control+End")
    paste(area, "- Quatre\n• Cinq\n")
    area.press("Control+Home")
    paste(area, "- A\n- B\n")
    pasted = area.input_value()
    area.fill("")
    paste(area, BULLETED)

    assert (moved, back) == ("Deux\nUn\nTrois", "Un\nDeux\nTrois")
    assert pasted == "A\nB\nUn\nDeux\nTrois\nQuatre\nCinq"
    assert area.input_value().split("\n") == WITHOUT_BULLETS


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
    expect(form.get_by_role("status")).to_have_text("61 caractères (60 au plus)")
    expect(field).to_have_accessible_description(re.compile("61 caractères"))
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


def test_a_lent_link_is_copied(form, address):
    form.context.grant_permissions(["clipboard-read", "clipboard-write"])
    form.goto(address.replace("change/", "apercu/liens/"))
    form.get_by_role("button", name="Faire un lien").click()

    form.get_by_role("button", name="Copier").click()

    expect(form.get_by_role("status")).to_have_text("Copié.")
    link = form.locator(".desk-lent input").first.input_value()
    assert form.evaluate("() => navigator.clipboard.readText()") == link


def test_an_expired_login_loses_nothing(form, draft):
    fact = form.get_by_role("button", name="Ajouter une ligne : Faits belges")
    form.locator("#id_catch_line").fill("Écrit avant la fin")
    fact.click()
    form.keyboard.type("Un fait nouveau.")
    Session.objects.all().delete()

    form.get_by_role("button", name="Enregistrer", exact=True).first.click()
    expect(form.get_by_role("status")).to_contain_text("ta session a pris fin")
    expect(form.locator("[data-kept-here]")).to_be_visible()
    fill_login(form)
    expect(form.get_by_role("region", name="Ce que tu avais tapé le")).to_be_focused()
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
    expect(form.get_by_role("alert")).to_be_focused()
    refused = kept_drafts(form)

    form.locator("#id_catch_line").fill("Plus court")
    save(form)

    assert len(refused) == 1
    assert kept_drafts(form) == []


def leave(page):
    """What the browser asked before it left."""
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Historique").first.click()
    expect(page).to_have_url(re.compile("/history/$"))
    return asked


def test_leaving_unsaved_asks_first(form):
    form.locator("#id_catch_line").press_sequentially("Un essai")

    assert leave(form) == ["beforeunload"]


def test_a_refused_preview_takes_nothing_from_its_form(form):
    form.locator("#id_catch_line").fill("x" * 61)
    with form.context.expect_page() as opened:
        form.get_by_role("button", name="Aperçu de ce qui est écrit").click()
    expect(opened.value.get_by_role("alert")).to_contain_text("L’aperçu attend cette correction")
    expect(opened.value.get_by_role("textbox")).to_have_count(0)
    opened.value.goto("/gestion/metiers/metier/add/")  # which forgets what is saved
    opened.value.close()

    assert len(kept_drafts(form)) == 1
    assert leave(form) == ["beforeunload"]


def test_what_a_pop_up_adds_is_kept(form, address):
    with form.context.expect_page() as opened:
        form.locator("#add_id_areas").click()
    opened.value.locator("#id_name").fill("Meuse")
    opened.value.locator("#id_slug").fill("meuse")
    opened.value.locator("#id_region").select_option("wallonia")
    opened.value.locator("[name=_save]").click()
    wait_until_kept(form, ":metiers.metier:")

    other = form.context.new_page()
    form.close()
    other.goto(address)
    other.get_by_role("button", name="Reprendre ce texte").click()
    expect(other.locator("#id_areas option:checked", has_text="Meuse")).to_have_count(1)


def test_a_draft_that_was_thrown_away_leaves_its_text_to_the_next(form, draft, writer):
    form.locator("#id_catch_line").fill("Écrit dans le premier brouillon")
    form.get_by_role("button", name="Ajouter une ligne : Faits belges").click()
    form.keyboard.type("Un fait nouveau.")
    wait_until_kept(form)
    count = draft.belgian_facts.count()
    workflow.discard(draft, writer)
    after = workflow.start_draft(Metier.objects.get(slug="infirmier"), writer)

    other = form.context.new_page()
    form.close()
    other.goto(f"/gestion/metiers/metier/{after.pk}/change/")
    expect(other.get_by_text("compare avant d’enregistrer")).to_be_visible()
    other.get_by_role("button", name="Reprendre ce texte").click()
    save(other)

    saved = fresh(after)
    assert saved.catch_line == "Écrit dans le premier brouillon"
    assert saved.belgian_facts.count() == count + 1
    assert saved.belgian_facts.order_by("-position")[0].text == "Un fait nouveau."


def test_a_set_of_questions_loses_nothing_either(page, writer):
    writer.groups.add(Group.objects.get(name="Relecture"))
    copy = duplicate(QuestionSet.objects.get())
    copy.questions.order_by("-position")[0].delete()
    address = f"/gestion/quiz/questionset/{copy.pk}/change/"
    log_in(page, address, form="#questionset_form")
    page.locator("#questions-group .add-row a").click()
    page.locator("#id_questions-35-text").fill("Une phrase de plus")
    wait_until_kept(page)

    other = page.context.new_page()
    page.close()
    other.goto(address)
    other.get_by_role("button", name="Reprendre ce texte").click()

    expect(other.locator("#id_questions-35-text")).to_have_value("Une phrase de plus")


def test_a_browser_that_keeps_nothing_says_so_and_still_asks(new_context, draft, address):
    context = new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', "
        "{ get() { throw new DOMException('refused', 'SecurityError'); } })"
    )
    page = context.new_page()
    log_in(page, address)

    page.locator("#id_catch_line").press_sequentially("Un essai")

    expect(page.get_by_role("alert")).to_contain_text("Ce navigateur ne garde pas ce que tu tapes")
    assert leave(page) == ["beforeunload"]


def test_a_refused_form_leads_to_each_fault_and_a_saved_one_to_its_message(form):
    form.locator("#faq-1 details").evaluate("(fold) => { fold.open = true; }")
    form.locator("#id_faq-1-answer").fill("")
    save_button = form.get_by_role("button", name="Enregistrer et continuer").last
    save_button.click()
    expect(form.get_by_role("alert")).to_be_focused()

    form.get_by_role("link", name="Réponse (questions fréquentes n°\u00a02)").click()
    expect(form.locator("#id_faq-1-answer")).to_be_focused()
    expect(form.locator("label[for=id_faq-1-answer]")).to_be_in_viewport()
    form.keyboard.type("Oui.")
    save_button.click()

    expect(form.locator(".messagelist .success")).to_be_in_viewport()


LED_TO = {
    "id_missions": "#id_missions",
    "bloc-faq": "#bloc-faq [data-add]",
    "bloc-zones": ".field-areas .select2-search__field",
    "interet-I": "[data-letter=I] textarea",
    "figures-1": "#id_figures-1-label",
    "bloc-salary": "#id_salary-0-junior_low",
}


def test_a_link_of_the_meter_leads_the_focus_to_a_field(form):
    for anchor, led_to in LED_TO.items():
        form.locator("#qualite").evaluate(
            """(meter, anchor) => {
                const link = document.createElement("a");
                Object.assign(link, { href: `#${anchor}`, textContent: anchor });
                meter.append(link);
            }""",
            anchor,
        )
        form.get_by_role("link", name=anchor, exact=True).click()
        expect(form.locator(led_to)).to_be_focused()
        expect(form.locator(led_to)).to_be_in_viewport()
        label = form.locator(f"label[for='{anchor}']")
        if anchor.startswith("id_"):
            expect(label).to_be_in_viewport()


def test_a_new_fiche_begins_at_its_first_field(page, writer):
    log_in(page, "/gestion/metiers/metier/add/")

    expect(page.locator("#id_slug")).to_be_focused()


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
        # Elsewhere, the bar that saves covers what happens to be under it.
        form.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
        found = [row for row in findings(form, "#content-start") if UNSEEN not in row[2]]
        assert (width, found) == (width, [])


def test_it_is_no_wider_than_a_phone(form):
    form.set_viewport_size({"width": 360, "height": 740})

    assert form.evaluate("document.documentElement.scrollWidth") == 360
