import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk import merging, workflow
from desk.admin.lists import ALREADY_MERGED
from desk.history import when
from desk.models import Revision
from metiers.models import Area, GlossaryTerm, Metier, MovedAddress, School, Sector, Source
from tests.desk.conftest import member
from tests.desk_editor import errors_of, messages_of, shown_fields
from tests.factories import (
    create_metier,
    create_question_set,
    create_rows,
    create_school,
    create_term,
)

SCHOOLS = "/gestion/metiers/school/"


@pytest.fixture
def doubles(db):
    """Two schools that are one, the second used by two fiches, one of them for the same thing."""
    kept, double = create_school(name="HELMo"), create_school(name="Helmo Liège")
    first, second = create_metier(), create_metier(title="Tourneur")
    first.offers.create(school=kept, programme="Bachelier", position=1)
    first.offers.create(school=double, programme="Bachelier", position=2)
    second.offers.create(school=double, programme="Master", position=1)
    return kept, double


def merge(client, kept, *others, **more):
    picked = [kept.pk, *(row.pk for row in others)]
    data = {"action": "merge_doubles", "_selected_action": picked, "kept": kept.pk} | more
    return client.post(f"/gestion/metiers/{kept._meta.model_name}/", data, follow=True)


def test_a_list_says_how_often_each_is_used(editor, doubles):
    page = editor.open(SCHOOLS)

    rows = {row.name: row.usage for row in page.context["cl"].result_list}
    assert rows == {"HELMo": 1, "Helmo Liège": 2}


def test_a_list_counts_uses_without_a_query_a_row(editor, doubles, django_assert_num_queries):
    editor.open(SCHOOLS)
    for number in range(20):
        create_school(name=f"École {number}")

    with django_assert_num_queries(5):
        editor.open(SCHOOLS)


def test_a_page_names_each_use(editor, doubles):
    _, double = doubles

    page = editor.open(f"{SCHOOLS}{double.pk}/change/")

    assert [use.name for use in page.context["uses"]] == [
        "menuisier\u00a0: Bachelier",
        "tourneur\u00a0: Master",
    ]


def test_the_uses_of_a_source_are_of_every_kind(db):
    metier = create_metier()
    create_rows(metier, 0)
    from desk.usage import uses_of

    kinds = {use.kind for use in uses_of(Source.objects.get(slug="menuisier-0"))}

    assert {"chiffre", "fait belge", "demande régionale"} <= kinds


@pytest.mark.parametrize("group", ["Rédaction", "Administration"])
@pytest.mark.parametrize("action", ["merge_doubles", "delete_selected"])
@pytest.mark.parametrize("button", [{}, {"index": "0"}])
def test_a_list_action_that_a_role_lacks_is_forbidden(client, doubles, group, action, button):
    client.force_login(member(group))
    picked = [row.pk for row in doubles]
    data = {"action": action, "_selected_action": picked, "post": "yes", "kept": picked[0]}

    response = client.post(SCHOOLS, data | button)

    assert response.status_code == 403
    assert School.objects.count() == 2


@pytest.mark.parametrize("kind", ["figure", "demand", "salaryscale"])
def test_a_list_without_actions_forbids_all_of_them(signed_in, kind):
    data = {"action": "delete_selected", "_selected_action": [1], "post": "yes"}

    assert signed_in.post(f"/gestion/metiers/{kind}/", data).status_code == 403


def test_merging_asks_which_one_to_keep_first(editor, doubles):
    kept, double = doubles

    response = editor.client.post(
        SCHOOLS, {"action": "merge_doubles", "_selected_action": [kept.pk, double.pk]}
    )

    assert response.context["form"].initial == {"kept": double.pk}
    assert School.objects.count() == 2


def test_merged_doubles_are_one_everywhere(editor, doubles):
    kept, double = doubles

    merge(editor.client, kept, double)

    assert list(School.objects.all()) == [kept]
    assert sorted(kept.offers.values_list("metier__slug", "programme")) == [
        ("menuisier", "Bachelier"),
        ("tourneur", "Master"),
    ]


@pytest.mark.parametrize("change", ["merged", "renamed"])
def test_an_older_version_of_a_fiche_names_what_stands_for_it_today(editor, doubles, change):
    kept, double = doubles
    metier = create_metier(title="Ajusteur", published=False)
    metier.offers.create(school=double, programme="Master", position=1)
    metier.offers.create(school=kept, programme="Master", position=2)
    page = f"/gestion/metiers/metier/{metier.pk}/"
    editor.save(f"{page}change/", catch_line="Autre", **{"offers-0-DELETE": "on"})
    first = Revision.objects.of(metier).last()

    if change == "merged":
        merge(editor.client, kept, double)
    else:
        editor.save(f"{SCHOOLS}{double.pk}/change/", slug="helmo-guillemins")
    response = editor.client.post(f"{page}history/retablir/", {"revision": first.pk}, follow=True)

    assert messages_of(response) == [("info", f"La version du {when(first)} est rétablie.")]
    cited = [offer.school.slug for offer in metier.offers.order_by("position")]
    assert cited == (["helmo"] if change == "merged" else ["helmo-guillemins", "helmo"])


def test_the_address_of_a_double_leads_to_the_one_kept(editor, doubles):
    kept, double = doubles

    merge(editor.client, kept, double)

    response = editor.client.get("/ecoles/helmo-liege/?r=x")
    assert (response.status_code, response["Location"]) == (301, "/ecoles/helmo/?r=x")


def test_an_address_that_moved_twice_leads_to_the_last(db):
    MovedAddress.remember("/a/", "/b/")
    MovedAddress.remember("/b/", "/c/")
    MovedAddress.remember("/c/", "/a/")

    assert dict(MovedAddress.objects.values_list("old", "new")) == {"/b/": "/a/", "/c/": "/a/"}


def test_a_merge_stays_in_the_history_of_all_that_it_changed(editor, doubles):
    kept, double = doubles
    draft = workflow.start_draft(Metier.objects.get(slug="tourneur"), editor.user)
    create_metier(title="Ajusteur")

    merge(editor.client, kept, double)

    merged = Revision.objects.exclude(action__in=["imported", "started"])
    assert sorted(merged.values_list("action", "key", "is_draft", "reason")) == [
        ("deleted", "helmo-liege", False, "Fusionné avec HELMo"),
        ("merged", "helmo", False, "Remplace Helmo Liège"),
        ("merged", "menuisier", False, "HELMo remplace Helmo Liège"),
        ("merged", "tourneur", False, "HELMo remplace Helmo Liège"),
        ("merged", "tourneur", True, "HELMo remplace Helmo Liège"),
    ]
    told = [row.data["offers"] for row in Revision.objects.of(draft).filter(is_draft=False)]
    assert [[offer["school"] for offer in offers] for offers in told] == [
        ["helmo"],
        ["helmo-liege"],
    ]


def test_a_merge_tells_many_fiches_in_as_many_queries_as_one(editor, db):
    def queries(count):
        kept, double = create_school(name=f"HELMo {count}"), create_school(name=f"Double {count}")
        for number in range(count):
            metier = create_metier(title=f"Métier {count} {number}", published=False)
            metier.offers.create(school=double, programme="Master", position=1)
        with CaptureQueriesContext(connection) as found:
            merging.merge(kept, [double], editor.user)
        return sum("desk_revision" in query["sql"] for query in found)

    queries(1)  # what a first merge sets up
    assert queries(5) == queries(2)


@pytest.mark.parametrize("is_wrong", [False, True])
def test_a_form_opened_before_a_merge_means_the_one_that_is_kept(editor, is_wrong):
    metier, school = create_metier(title="Tourneur", published=False), create_school(name="HELMo")
    double = create_school(name="Helmo Liège")
    wood = Sector.objects.create(name="Bois", slug="bois", line="nature")
    areas = [Area.objects.create(name=n, slug=n, region="wallonia") for n in ("liege", "lg")]
    page = f"/gestion/metiers/metier/{metier.pk}/change/"
    typed = shown_fields(editor.open(page).content.decode())
    typed |= {"sector": wood.pk, "areas": [area.pk for area in areas], "offers-TOTAL_FORMS": 1}
    typed |= {"offers-0-school": double.pk, "offers-0-programme": "Master"}
    typed |= {"offers-0-position": 1, "offers-0-track": "", "offers-0-id": ""}

    merging.merge(school, [double], editor.user)
    merging.merge(Sector.objects.get(slug="construction"), [wood], editor.user)
    merging.merge(areas[0], [areas[1]], editor.user)
    if is_wrong:
        response = editor.client.post(page, typed | {"name_masculine": ""})
        assert errors_of(response) == ["Ce champ est obligatoire."]
        typed = shown_fields(response.content.decode()) | {"name_masculine": "tourneur"}
        assert typed["areas"] == [str(areas[0].pk)]
    response = editor.client.post(page, typed)

    assert response.status_code == 302, errors_of(response)
    metier.refresh_from_db()
    assert metier.sector.slug == "construction"
    assert list(metier.areas.values_list("slug", flat=True)) == ["liege"]
    assert list(metier.offers.values_list("school__slug", "programme")) == [("helmo", "Master")]


def test_what_was_saved_just_before_a_merge_stays(editor):
    kept, double = create_term(term="CESS"), create_term(term="Certificat du secondaire")
    chosen = GlossaryTerm.objects.get(pk=kept.pk)
    GlossaryTerm.objects.filter(pk=kept.pk).update(definition="Réécrite.", forms=["le CESS"])

    merging.merge(chosen, [double], editor.user)

    kept = GlossaryTerm.objects.get()
    assert kept.definition == "Réécrite."
    assert kept.forms == ["le CESS", "Certificat du secondaire"]
    assert Revision.objects.of(kept)[0].data["definition"] == "Réécrite."


def test_doubles_are_merged_once_however_often_it_is_asked(editor, doubles):
    kept, double = doubles

    merge(editor.client, kept, double)
    merging.merge(kept, [double], editor.user)
    response = merge(editor.client, kept, double)

    story = Revision.objects.filter(model="metiers.school").order_by("pk")
    assert list(story.values_list("action", flat=True)) == ["deleted", "merged"]
    assert ("warning", ALREADY_MERGED) in messages_of(response)


def test_merged_terms_know_the_words_of_both(editor):
    kept, double = create_term(term="CESS"), create_term(term="Certificat du secondaire")

    merge(editor.client, kept, double)

    assert GlossaryTerm.objects.get().forms == ["CESS", "Certificat du secondaire"]


def test_merged_sectors_take_their_metiers_along(editor):
    kept = create_metier().sector
    double = Sector.objects.create(name="Bois", slug="bois", line="nature")
    create_metier(title="Tourneur", sector=double)

    merge(editor.client, kept, double)

    assert set(Metier.objects.values_list("sector__slug", flat=True)) == {"construction"}


def test_one_row_is_no_double(editor, doubles):
    response = merge(editor.client, doubles[0])

    assert ("warning", "Coche au moins deux lignes à fusionner.") in messages_of(response)
    assert School.objects.count() == 2


def test_a_writer_merges_nothing(client, doubles, writer):
    client.force_login(writer)

    response = merge(client, *doubles)

    assert response.status_code == 403
    assert School.objects.count() == 2


def test_a_renamed_address_still_leads_there(editor, doubles):
    kept, _ = doubles

    editor.save(f"{SCHOOLS}{kept.pk}/change/", slug="haute-ecole-libre-mosane")

    response = editor.client.get("/ecoles/helmo/")
    assert response["Location"] == "/ecoles/haute-ecole-libre-mosane/"


def test_what_is_saved_or_deleted_in_a_list_is_told(editor, doubles):
    school = create_school(name="IFAPME")

    editor.save(f"{SCHOOLS}{school.pk}/change/", place="Namur")
    editor.client.post(f"{SCHOOLS}{school.pk}/delete/", {"post": "yes"})

    story = list(Revision.objects.filter(key="ifapme").order_by("pk"))
    assert [row.action for row in story] == ["imported", "saved", "deleted"]
    assert [row.data["place"] for row in story] == ["Liège", "Namur", "Namur"]


@pytest.mark.parametrize("road", ["its page", "the list"])
def test_what_a_fiche_links_to_is_not_deleted_under_it(editor, road):
    area, free = (Area.objects.create(slug=name, name=name) for name in ("port", "gare"))
    create_metier().areas.add(area)
    page = f"/gestion/metiers/area/{area.pk}/delete/"
    keys = [area.pk, free.pk]

    if road == "its page":
        response = editor.client.post(page, {"post": "yes"})
    else:
        data = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
        response = editor.client.post("/gestion/metiers/area/", data)
    deleted = editor.client.post(page.replace(str(area.pk), str(free.pk)), {"post": "yes"})

    assert "port\u00a0: métier «\u00a0menuisier\u00a0»" in html.unescape(response.content.decode())
    assert deleted.status_code == 302
    assert list(Area.objects.values_list("name", flat=True)) == ["port"]


def test_what_no_page_shows_is_taken_out_of_what_was_typed(editor):
    """Word's line break is a vertical tab; a spreadsheet would refuse the whole list for it."""
    school = create_school(name="IFAPME")

    editor.save(f"{SCHOOLS}{school.pk}/change/", place="Namur\x0bet \x00Lie\u0300ge\x85")

    school.refresh_from_db()
    assert school.place == "Namur et Liège"
    assert editor.client.get(f"{SCHOOLS}export/").status_code == 200


def test_a_form_whose_line_was_merged_gives_its_text_back_and_leads_to_the_one_kept(
    editor, doubles
):
    kept, double = doubles
    page = f"{SCHOOLS}{double.pk}/change/"
    typed = shown_fields(editor.open(page).content.decode()) | {"name": "Un autre nom"}
    merge(editor.client, kept, double)

    response = editor.client.post(page, typed)

    html = response.content.decode()
    assert response.status_code == 410
    assert "Un autre nom" in html
    assert f'<a href="{SCHOOLS}{kept.pk}/change/">{kept}</a>' in html


@pytest.mark.parametrize(
    "create, fields, address",
    [
        (create_term, {}, "metiers/glossaryterm"),
        (create_question_set, {"published": False}, "quiz/questionset"),
    ],
)
def test_a_form_whose_line_was_deleted_gives_its_text_back(editor, create, fields, address):
    row = create(**fields)
    page = f"/gestion/{address}/{row.pk}/"
    typed = shown_fields(editor.open(f"{page}change/").content.decode())
    editor.client.post(f"{page}delete/", {"post": "yes"})

    response = editor.client.post(f"{page}change/", typed | {"definition": "Un texte tapé."})

    assert response.status_code == 410
    assert "Un texte tapé." in response.content.decode()
    assert "mis à la corbeille par claire" in response.content.decode()
