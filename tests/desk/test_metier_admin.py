import datetime

import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry

from desk import workflow
from desk.models import Revision
from metiers.content import METIER
from metiers.models import GlossaryTerm, Metier, Sector
from metiers.proofreading.rules import LONGEST_LINES
from tests.desk.conftest import member
from tests.desk_editor import (
    BULLETED,
    WITHOUT_BULLETS,
    change_page,
    errors_of,
    messages_of,
    shown_fields,
)
from tests.factories import (
    create_metier,
    create_school,
    create_sector,
    create_source,
    create_term,
    create_whole_metier,
)
from tests.html import find, find_all, links, text, tree
from tests.pictures import create_picture

OURS = [model for model in site._registry if model._meta.app_label in ("metiers", "quiz")]
SHEETS = ("metiers/demand", "metiers/salaryscale", "metiers/figure")
OUR_NAMES = [f"{model._meta.app_label}/{model._meta.model_name}" for model in OURS]


@pytest.fixture
def draft(editor, content):
    """The copy of a whole public fiche."""
    return workflow.start_draft(Metier.objects.get(slug="comptable"), member("Rédaction"))


@pytest.fixture
def picture(db, settings, tmp_path):
    """The content has none yet."""
    settings.MEDIA_ROOT = tmp_path
    return create_picture()


@pytest.mark.parametrize("name", OUR_NAMES)
def test_every_list_is_shown(editor, content, picture, name):
    assert "result_list" in editor.open(f"/gestion/{name}/").content.decode()


@pytest.mark.parametrize("name", [name for name in OUR_NAMES if name not in SHEETS])
def test_every_list_can_be_added_to(editor, content, name):
    assert "_save" in editor.open(f"/gestion/{name}/add/").content.decode()


@pytest.mark.parametrize("model", OURS, ids=OUR_NAMES)
def test_every_instance_has_its_page(editor, content, picture, model):
    instance = model.objects.order_by("pk")[0]
    name = f"{model._meta.app_label}/{model._meta.model_name}"

    page = editor.open(f"/gestion/{name}/{instance.pk}/change/")

    assert str(instance) in page.context["title"] + page.context["subtitle"]


def test_the_header_says_where_one_is(editor):
    assert "Aiguillage, rédaction" in editor.open("/gestion/").content.decode()


def test_the_home_leads_back_to_the_site(editor):
    assert editor.open("/gestion/").context["site_url"] == "/"


def test_every_list_can_be_searched_where_another_page_looks_it_up(editor, content):
    address = (
        "/gestion/autocomplete/?app_label=metiers&model_name=metier&field_name=sector&term=num"
    )

    found = editor.open(address).json()["results"]

    assert [row["text"] for row in found] == list(
        Sector.objects.filter(name__icontains="num").values_list("name", flat=True)
    )


def test_a_page_sent_back_unchanged_changes_nothing(editor, draft):
    before = METIER.dump(draft)

    response = editor.save(change_page(draft))

    assert messages_of(response)[0][0] == "success"
    assert METIER.dump(Metier.with_drafts.get(pk=draft.pk)) == before
    assert LogEntry.objects.get().get_change_message() == "Aucun champ modifié."


def test_a_save_is_kept_in_the_history_once_it_changes_something(editor, draft):
    editor.save(change_page(draft))
    editor.save(change_page(draft), catch_line="Compter juste")

    story = Revision.objects.of(draft)
    assert [row.action for row in story] == ["saved", "started", "imported"]
    assert story[0].data["catch_line"] == "Compter juste"


def test_a_new_fiche_is_a_draft_in_the_history(editor):
    create_metier(published=False, slug="exemple")
    page = change_page(Metier.objects.get())
    data = shown_fields(editor.open(page).content.decode()) | {"slug": "tourneur"}

    editor.client.post("/gestion/metiers/metier/add/", data)

    made = Metier.objects.get(slug="tourneur")
    assert made.status == "draft"
    assert [row.action for row in Revision.objects.of(made)] == ["created"]


def test_a_published_fiche_is_only_read(editor):
    metier = create_metier()

    page = editor.open(change_page(metier))
    refused = editor.client.post(change_page(metier), {"catch_line": "Autre"})

    assert find_all(tree(page), tag="textarea") == []
    assert refused.status_code == 403


def test_a_list_that_is_only_read_is_a_list(editor):
    metier = create_metier(missions=["Raboter", "Scier"])

    block = find(tree(editor.open(change_page(metier))), id="bloc-missions")

    assert [text(item) for item in find_all(block, tag="li")] == ["Raboter", "Scier"]


def test_the_list_shows_fiches_and_leads_to_their_drafts(editor, draft):
    page = editor.open("/gestion/metiers/metier/")

    listed = page.context["cl"].queryset
    assert list(listed) == list(Metier.objects.order_by("name_masculine", "pk"))
    assert ("Ouvrir le brouillon", change_page(draft)) in links(tree(page))


def test_a_draft_is_no_neighbour_to_choose(editor, draft):
    address = (
        "/gestion/autocomplete/?app_label=metiers&model_name=similarmetier"
        "&field_name=other&term=comptable"
    )

    found = editor.open(address).json()["results"]

    assert [row["id"] for row in found] == [str(draft.draft_of_id)]


@pytest.mark.parametrize("elsewhere", [{}, {"rome_code": "X" * 9}])
def test_an_entry_level_above_the_usual_one_is_refused_at_its_place(editor, elsewhere):
    metier = create_metier(published=False, study_level=2)

    response = editor.save(change_page(metier), entry_level="4", **elsewhere)

    errors = response.context["adminform"].form.errors
    assert errors["entry_level"] == [
        "Le niveau à l’entrée ne dépasse pas le niveau d’études habituel."
    ]
    assert set(errors) == {"entry_level", *elsewhere}


def test_an_entry_level_is_typed_beside_the_usual_one_and_may_be_left_out(editor):
    metier = create_metier(published=False, study_level=4)
    block = find(tree(editor.open(change_page(metier))), id="bloc-etudes")
    assert "Niveau d’études à l’entrée" in text(block)

    kept = []
    for typed in ("2", ""):
        editor.save(change_page(metier), entry_level=typed)
        kept.append(Metier.objects.get().entry_level)

    assert kept == [2, None]


def test_a_list_is_shown_one_line_a_line(editor):
    metier = create_metier(published=False, missions=["Raboter une planche", "Scier, coller"])

    page = editor.open(change_page(metier)).content.decode()

    assert shown_fields(page)["missions"] == "Raboter une planche\nScier, coller"


def test_what_is_counted_as_one_types_is_what_the_rules_allow(editor):
    page = tree(editor.open("/gestion/metiers/metier/add/"))

    fields = {field.get("name"): field for field in find_all(page, tag="textarea")}
    said = {
        name: int(fields[name].get("data-longest") or fields[name].get("data-high"))
        for name in LONGEST_LINES
        if name in fields
    }
    assert said == {name: most for name, most in LONGEST_LINES.items() if name in fields}
    assert {"teaser", "missions", "self_assessment"} <= set(said)


def test_a_list_is_saved_in_order_without_its_blanks(editor):
    metier = create_metier(published=False, missions=["Raboter une planche"])

    editor.save(change_page(metier), missions="  Scier\r\n\r\nCouper, coller \r\nScier\r\n \r\n")

    metier.refresh_from_db()
    assert metier.missions == ["Scier", "Couper, coller", "Scier"]


def test_a_pasted_list_loses_its_bullets(editor):
    metier = create_metier(published=False)

    editor.save(change_page(metier), missions=BULLETED)

    metier.refresh_from_db()
    assert metier.missions == WITHOUT_BULLETS


def test_a_line_break_in_a_sentence_is_a_blank(editor):
    metier = create_metier(published=False)

    editor.save(change_page(metier), teaser="Scier droit,\r\n  puis poncer.")

    metier.refresh_from_db()
    assert metier.teaser == "Scier droit, puis poncer."


def test_the_forms_of_a_term_are_lines_too(editor):
    term = create_term(term="CPMS")

    editor.save(change_page(term), forms="CPMS\ncentre PMS\n")

    assert GlossaryTerm.objects.get().forms == ["CPMS", "centre PMS"]


def test_a_term_without_any_form_is_refused(editor):
    term = create_term(term="CPMS")

    response = editor.save(change_page(term), forms=" \n ")

    assert errors_of(response) == ["Ce champ est obligatoire."]


def test_a_line_with_blanks_around_it_is_no_change(editor):
    metier = create_metier(published=False, missions=["Scier"])

    editor.save(change_page(metier), missions="Scier\n\n")

    assert LogEntry.objects.get().get_change_message() == "Aucun champ modifié."


def test_a_regulated_metier_without_its_rule_is_refused_in_french(editor):
    metier = create_metier(published=False)

    response = editor.save(change_page(metier), is_regulated="on")

    form = response.context["adminform"].form
    assert form.errors == {"regulation": ["Dis quelle est la règle d’un accès réglementé."]}


def test_an_address_is_given_once(editor):
    create_metier(slug="menuisier")
    metier = create_metier(published=False, slug="tourneur", published_at=None)

    response = editor.save(change_page(metier), slug="menuisier")

    assert errors_of(response) == ["Un métier avec cette adresse existe déjà."]


@pytest.mark.parametrize("address", ["12", "sectors", "moved_addresses"])
def test_an_address_that_names_another_file_is_refused(editor, address):
    metier = create_metier(published=False)

    response = editor.save(change_page(metier), slug=address)

    assert response.context["errors"][0][0].startswith("Cette adresse est le nom d’un autre")


def test_a_draft_keeps_the_address_of_its_fiche(editor, draft):
    editor.save(change_page(draft), slug="autre")

    assert Metier.with_drafts.get(pk=draft.pk).slug == "comptable"


def test_what_was_typed_is_there_beside_its_error(editor):
    metier = create_whole_metier(published=False)
    typed = {"catch_line": "x" * 61, "missions": "Une\nDeux", "faq-0-question": "Et le soir ?"}

    response = editor.save(change_page(metier), **typed)

    shown = shown_fields(response.content.decode())
    assert {name: shown[name] for name in typed} == typed
    contents = find(tree(response), css="desk-contents")
    wrong = [
        item for item in find_all(contents, tag="li") if find(item, css="desk-wrong") is not None
    ]
    assert [text(item) for item in wrong if find(item, tag="ol") is None] == [
        "Présentation à corriger"
    ]


def test_links_are_saved(editor):
    metier = create_whole_metier(published=False)
    other = create_source(slug="ires")

    editor.save(change_page(metier), areas=[], sources=[str(other.pk)])

    assert (list(metier.areas.all()), list(metier.sources.all())) == ([], [other])


def test_the_browser_learns_which_of_its_drafts_is_saved(editor):
    metier = create_metier(published=False)

    editor.save(change_page(metier), draft_key="0a1b2c3d-1")
    refused = editor.save(change_page(metier), draft_key="0a1b2c3d-2", catch_line="x" * 61)
    editor.save(change_page(metier), draft_key="0a1b2c3d-3")

    assert editor.client.cookies["saved_forms"].value == ".0a1b2c3d-1.0a1b2c3d-3"
    assert shown_fields(refused.content.decode())["draft_key"] == "0a1b2c3d-2"


def test_the_contents_lead_to_every_block(editor):
    root = tree(editor.open(change_page(create_metier(published=False))))

    addresses = [link.get("href") for link in find_all(find(root, css="desk-contents"), tag="a")]
    blocks = [block.get("id") for block in find_all(root, css="desk-block")]
    assert [f"#{name}" for name in blocks] == [a for a in addresses if a.startswith("#bloc-")]
    assert len(blocks) == 28


def test_only_a_public_metier_leads_to_its_fiche(editor):
    public, draft = create_metier(), create_metier(title="Tourneur", published=False)

    assert editor.open(change_page(public)).context["absolute_url"] == "/metiers/menuisier/"
    assert not editor.open(change_page(draft)).context["has_absolute_url"]


def test_dates_are_set_by_publishing_alone(editor):
    metier = create_metier(published=False)

    editor.save(change_page(metier), status="published", published_at="2030-01-01")

    metier.refresh_from_db()
    assert (metier.status, metier.published_at) == ("draft", datetime.date(2020, 1, 1))


def test_a_sector_in_use_is_not_deleted(editor):
    sector = create_sector()
    create_metier(sector=sector)

    page = editor.open(f"/gestion/metiers/sector/{sector.pk}/delete/").content.decode()
    editor.client.post(f"/gestion/metiers/sector/{sector.pk}/delete/", {"post": "yes"})

    assert "menuisier" in page
    assert Sector.objects.filter(pk=sector.pk).exists()


def test_lists_are_whole_where_nothing_looks_them_up(editor):
    metier = create_metier(published=False)
    chosen, free = create_school(name="HELMo"), create_school(name="HEPL")
    other = create_metier(title="Tourneur")
    metier.offers.create(school=chosen, programme="Bachelier", position=1)
    page = change_page(metier)

    short = editor.open(page).content.decode()
    whole = editor.open(f"{page}?listes=1&lignes=1")
    data = shown_fields(whole.content.decode()) | {
        **{"offers-1-school": str(free.pk), "offers-1-programme": "Master"},
        **{"similar_rows-0-other": str(other.pk)},
    }
    editor.client.post(page, data)

    assert 'href="?listes=1"' in short
    assert "HEPL" not in short
    assert shown_fields(whole.content.decode())["offers-1-school"] == ""
    assert [offer.school for offer in metier.offers.order_by("position")] == [chosen, free]
    assert [row.other for row in metier.similar_rows.all()] == [other]
