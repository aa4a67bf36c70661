import datetime

import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry

from desk import workflow
from desk.models import Revision
from metiers.content import METIER
from metiers.models import GlossaryTerm, Metier, School, Sector
from tests.desk.conftest import member
from tests.desk_editor import Editor, errors_of, messages_of, shown_fields
from tests.factories import (
    create_demand,
    create_metier,
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
def editor(client, db):
    return Editor(client)


@pytest.fixture
def draft(editor, content):
    """The copy of a whole public fiche."""
    return workflow.start_draft(Metier.objects.get(slug="comptable"), member("Rédaction"))


@pytest.fixture
def picture(db, settings, tmp_path):
    """The content has none yet."""
    settings.MEDIA_ROOT = tmp_path
    return create_picture()


def change_page(instance):
    return f"/gestion/metiers/{instance._meta.model_name}/{instance.pk}/change/"


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


def test_a_list_is_shown_one_line_a_line(editor):
    metier = create_metier(published=False, missions=["Raboter une planche", "Scier, coller"])

    page = editor.open(change_page(metier)).content.decode()

    assert shown_fields(page)["missions"] == "Raboter une planche\nScier, coller"


def test_a_list_is_saved_in_order_without_its_blanks(editor):
    metier = create_metier(published=False, missions=["Raboter une planche"])

    editor.save(change_page(metier), missions="  Scier\r\n\r\nCouper, coller \r\nScier\r\n \r\n")

    metier.refresh_from_db()
    assert metier.missions == ["Scier", "Couper, coller", "Scier"]


def test_a_pasted_list_loses_its_bullets(editor):
    metier = create_metier(published=False)

    editor.save(
        change_page(metier),
        missions="- Scier\n• Coller\n – Peindre\n1. Poncer\n2) Vernir\n-30 °C\n3 jours de séchage",
    )

    metier.refresh_from_db()
    assert metier.missions == [
        *("Scier", "Coller", "Peindre", "Poncer", "Vernir"),
        *("-30 °C", "3 jours de séchage"),
    ]


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


def test_a_draft_keeps_the_address_of_its_fiche(editor, draft):
    editor.save(change_page(draft), slug="autre")

    assert Metier.with_drafts.get(pk=draft.pk).slug == "comptable"


def test_rows_are_refused_in_french(editor):
    metier = create_whole_metier(published=False)

    response = editor.save(
        change_page(metier),
        **{"salary-0-junior_low": "2600", "salary-0-mid_low": "2500", "salary-0-is_estimate": "on"},
    )

    assert errors_of(response) == ["Le salaire ne baisse pas avec l’expérience."]


def test_a_figure_without_its_source_says_so_there(editor):
    metier = create_whole_metier(published=False)

    response = editor.save(change_page(metier), **{"figures-0-source": ""})

    figures = next(rows for rows in formsets_of(response) if rows.prefix == "figures")
    said = "Il faut la source et l’année, ou cocher «\u202festimation\u202f»."
    assert figures.errors[0] == {"source": [said]}


def formsets_of(response):
    return [inline.formset for inline in response.context["inline_admin_formsets"]]


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


def test_a_metier_is_never_its_own_neighbour(editor):
    metier = create_metier(published=False)

    response = editor.save(change_page(metier), **neighbours(metier))

    assert errors_of(response) == ["Un métier n’est pas son propre voisin."]


def test_a_draft_is_never_a_neighbour_of_its_fiche(editor, draft):
    response = editor.save(change_page(draft), **neighbours(draft.draft_of))

    assert errors_of(response) == ["Un métier n’est pas son propre voisin."]


def neighbours(*metiers):
    data = {"similar_rows-TOTAL_FORMS": str(len(metiers)), "similar_rows-INITIAL_FORMS": "0"}
    return data | {f"similar_rows-{i}-other": str(m.pk) for i, m in enumerate(metiers)}


def test_the_same_neighbour_twice_is_refused(editor):
    metier, other = create_metier(published=False), create_metier(title="Tourneur")

    response = editor.save(change_page(metier), **neighbours(other, other))

    assert errors_of(response) == ["Une autre ligne dit déjà «\u00a0Métier voisin\u00a0»."]


def test_rows_may_take_each_other_s_place(editor):
    """Where the database would see two rows of one region in between."""
    metier = create_metier(published=False)
    create_demand(metier, region="wallonia", note="A", position=1)
    create_demand(metier, region="brussels", note="B", position=2)

    editor.save(
        change_page(metier),
        **{"demands-0-region": "brussels", "demands-1-region": "wallonia"},
    )

    rows = metier.demands.order_by("position").values_list("region", "note")
    assert list(rows) == [("brussels", "A"), ("wallonia", "B")]


def test_rows_stand_in_the_order_sent(editor):
    metier = create_whole_metier(published=False, rows=3)

    editor.save(
        change_page(metier),
        **{"hours-0-position": "", "hours-1-position": "7", "hours-2-position": "2"},
    )

    rows = metier.hours.order_by("position").values_list("position", "title")
    assert list(rows) == [(1, "Heure 2"), (2, "Heure 1"), (3, "Heure 0")]


def test_a_place_alone_makes_no_row(editor):
    metier = create_metier(published=False)

    response = editor.save(
        change_page(metier), **{"hours-TOTAL_FORMS": "1", "hours-0-position": "1"}
    )

    assert messages_of(response)[0][0] == "success"
    assert metier.hours.count() == 0


def test_a_row_that_is_gone_meanwhile_comes_back(editor):
    metier = create_whole_metier(published=False)
    data = shown_fields(editor.open(change_page(metier)).content.decode())
    metier.hours.all().delete()

    editor.client.post(change_page(metier), data)

    assert [hour.title for hour in metier.hours.all()] == ["Heure 0"]


def test_evidence_left_empty_is_none(editor):
    metier = create_whole_metier(published=False)

    editor.save(change_page(metier), **{"evidence-1-evidence": "", "evidence-5-evidence": "Autre"})

    rows = metier.evidence.order_by("position").values_list("position", "dimension", "evidence")
    assert list(rows)[:2] == [(1, "R", "La preuve R."), (2, "A", "La preuve A.")]
    assert list(rows)[-1] == (5, "C", "Autre")


def test_evidence_has_its_six_lines_from_the_start(editor):
    metier = create_metier(published=False)
    sent = {"evidence-3-evidence": "On écoute.", "evidence-3-block": "missions"}

    editor.save(change_page(metier), **sent)

    assert [(row.dimension, row.evidence) for row in metier.evidence.all()] == [("S", "On écoute.")]


def test_a_school_that_is_not_there_is_refused(editor):
    metier = create_whole_metier(published=False)
    gone = School.objects.order_by("-pk").first().pk + 1

    response = editor.save(change_page(metier), **{"offers-0-school": str(gone)})

    assert len(errors_of(response)) == 1
    assert metier.offers.count() == 1


@pytest.mark.parametrize("key", ["x", "9" * 30, "-1"])
def test_a_key_that_is_none_is_refused(editor, key):
    metier = create_whole_metier(published=False)

    response = editor.save(change_page(metier), **{"offers-0-school": key, "sector": key})

    assert len(errors_of(response)) == 2


def test_links_are_saved(editor):
    metier = create_whole_metier(published=False)
    other = create_source(slug="ires")

    editor.save(change_page(metier), areas=[], sources=[str(other.pk)])

    assert (list(metier.areas.all()), list(metier.sources.all())) == ([], [other])


def test_blank_rows_come_without_javascript(editor):
    metier = create_metier(published=False)
    data = shown_fields(editor.open(change_page(metier)).content.decode())

    response = editor.client.post(change_page(metier), data | {"_rows": "1"}, follow=True)

    hours = next(formset for formset in formsets_of(response) if formset.prefix == "hours")
    assert len(hours.forms) == 3
    assert messages_of(response)[0][0] == "success"


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
