import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry

from metiers.content import METIER
from metiers.models import GlossaryTerm, Metier, Sector
from tests.desk_editor import Editor, errors_of, messages_of, shown_fields
from tests.factories import create_metier, create_sector, create_term, create_whole_metier
from tests.pictures import create_picture

OURS = [model for model in site._registry if model._meta.app_label in ("metiers", "quiz")]
OUR_NAMES = [f"{model._meta.app_label}/{model._meta.model_name}" for model in OURS]


@pytest.fixture
def editor(client, db):
    return Editor(client)


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


@pytest.mark.parametrize("name", OUR_NAMES)
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


def test_a_page_sent_back_unchanged_changes_nothing(editor, content):
    metier = Metier.objects.get(slug="comptable")
    before = METIER.dump(metier)

    response = editor.save(change_page(metier))

    assert messages_of(response)[0][0] == "success"
    assert METIER.dump(Metier.objects.get(slug="comptable")) == before
    assert LogEntry.objects.get().get_change_message() == "Aucun champ modifié."


def test_a_list_is_shown_one_line_a_line(editor):
    metier = create_metier(missions=["Raboter une planche", "Scier, coller"])

    page = editor.open(change_page(metier)).content.decode()

    assert shown_fields(page)["missions"] == "Raboter une planche\nScier, coller"


def test_a_list_is_saved_in_order_without_its_blanks(editor):
    metier = create_metier(missions=["Raboter une planche"])

    editor.save(change_page(metier), missions="  Scier\r\n\r\nCouper, coller \r\nScier\r\n \r\n")

    metier.refresh_from_db()
    assert metier.missions == ["Scier", "Couper, coller", "Scier"]


def test_the_forms_of_a_term_are_lines_too(editor):
    term = create_term(term="CPMS")

    editor.save(change_page(term), forms="CPMS\ncentre PMS\n")

    assert GlossaryTerm.objects.get().forms == ["CPMS", "centre PMS"]


def test_a_term_without_any_form_is_refused(editor):
    term = create_term(term="CPMS")

    response = editor.save(change_page(term), forms=" \n ")

    assert errors_of(response) == ["Ce champ est obligatoire."]


def test_a_line_with_blanks_around_it_is_no_change(editor):
    metier = create_metier(missions=["Scier"])

    editor.save(change_page(metier), missions="Scier\n\n")

    assert LogEntry.objects.get().get_change_message() == "Aucun champ modifié."


def test_publishing_an_incomplete_metier_names_each_field(editor):
    metier = create_metier(published=False, tips=[], interests=(1, 2, 3, None, 5, 6))

    response = editor.save(change_page(metier), status="published")

    assert list(response.context["adminform"].form.errors) == ["tips", "interest_s"]
    assert set(errors_of(response)) == {"Obligatoire pour publier."}
    metier.refresh_from_db()
    assert metier.status == "draft"


def test_a_regulated_metier_without_its_rule_is_refused_in_french(editor):
    metier = create_metier()

    response = editor.save(change_page(metier), is_regulated="on")

    assert errors_of(response) == ["Dis quelle est la règle d’un accès réglementé."]


def test_rows_are_refused_in_french(editor):
    metier = create_whole_metier()

    response = editor.save(
        change_page(metier),
        **{"salary-0-junior_low": "2600", "salary-0-mid_low": "2500", "salary-0-is_estimate": "on"},
    )

    assert errors_of(response) == ["Le salaire ne baisse pas avec l’expérience."]


def test_a_metier_is_never_its_own_neighbour(editor):
    metier = create_metier()

    response = editor.save(
        change_page(metier),
        **{"similar_rows-TOTAL_FORMS": "1", "similar_rows-0-other": str(metier.pk)},
        **{"similar_rows-0-position": "1"},
    )

    assert errors_of(response) == ["Un métier n’est pas son propre voisin."]


def test_what_lacks_something_stays_a_draft_and_says_what(editor):
    metier = create_metier()

    response = editor.save(change_page(metier))

    errors = [text for level, text in messages_of(response) if level == "error"]
    assert "Resté en brouillon\u00a0: missions, 1 ligne (il faut 8 ou plus)." in errors
    assert "Resté en brouillon\u00a0: preuves d’intérêt, 0 ligne (il faut 6 ou plus)." in errors
    assert Metier.objects.get().status == "draft"


def test_a_short_answer_is_named_by_its_number(editor):
    metier = create_whole_metier()

    response = editor.save(change_page(metier))

    assert (
        "error",
        "Resté en brouillon\u00a0: questions fréquentes n° 1, 2 mots (il faut 40 à 90 mots).",
    ) in messages_of(response)


def test_a_draft_is_saved_without_a_warning(editor):
    metier = create_metier(published=False)

    response = editor.save(change_page(metier))

    assert [level for level, _ in messages_of(response)] == ["success"]


def test_a_whole_metier_is_saved_without_a_warning(editor, content):
    response = editor.save(change_page(Metier.objects.get(slug="infirmier")))

    assert [level for level, _ in messages_of(response)] == ["success"]


def test_only_a_public_metier_leads_to_its_fiche(editor):
    public, draft = create_metier(), create_metier(title="Tourneur", published=False)

    assert editor.open(change_page(public)).context["absolute_url"] == "/metiers/menuisier/"
    assert not editor.open(change_page(draft)).context["has_absolute_url"]


def test_a_sector_in_use_is_not_deleted(editor):
    sector = create_sector()
    create_metier(sector=sector)

    page = editor.open(f"/gestion/metiers/sector/{sector.pk}/delete/").content.decode()
    editor.client.post(f"/gestion/metiers/sector/{sector.pk}/delete/", {"post": "yes"})

    assert "menuisier" in page
    assert Sector.objects.filter(pk=sector.pk).exists()
