"""Lists and choices of the desk are searched as one types: no accent, no capital counts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metiers.models import Metier
from tests.factories import create_metier, create_school, create_source, create_term

SCHOOLS = "/gestion/metiers/school/"


@pytest.fixture
def schools(db):
    return [create_school(name=name) for name in ("École d’Uccle", "Académie 100%", "HELMo")]


def found(editor, address, words):
    page = editor.client.get(address, {"q": words})
    return [str(row) for row in page.context["cl"].result_list]


@pytest.mark.parametrize(
    "words, names",
    [
        ("École", ["École d’Uccle"]),
        ("école", ["École d’Uccle"]),
        ("ECOLE uccle", ["École d’Uccle"]),
        ("d'uccle", ["École d’Uccle"]),
        ("ACADÉMIE", ["Académie 100%"]),
        ("100%", ["Académie 100%"]),
        ("liège", ["Académie 100%", "HELMo", "École d’Uccle"]),
        ("%", ["Académie 100%"]),
        ("dompteur", []),
    ],
)
def test_a_list_is_searched_without_accents_or_capitals(editor, schools, words, names):
    assert sorted(found(editor, SCHOOLS, words)) == names


def test_an_autocomplete_is_too(editor, schools):
    where = {"app_label": "metiers", "model_name": "schooloffer", "field_name": "school"}

    response = editor.client.get("/gestion/autocomplete/", {"term": "ACADEMIE"} | where)

    assert [row["text"] for row in response.json()["results"]] == ["Académie 100%"]


@pytest.mark.parametrize(
    "address, words",
    [
        ("metiers/metier", "INFIRMIERE"),
        ("metiers/source", "societe"),
        ("metiers/glossaryterm", "definition"),
        ("metiers/demand", "INFIRMIERE"),
        ("desk/revision", "infirmiere"),
    ],
)
def test_every_list_of_the_content_is(editor, address, words):
    metier = create_metier(title="Infirmière", published=False)
    create_source(title="La Société")
    create_term(definition="Une définition.")
    metier.demands.create(region="wallonia", status="unverified", position=1)
    editor.save(f"/gestion/metiers/metier/{metier.pk}/change/", catch_line="Autre")

    assert found(editor, f"/gestion/{address}/", words)
    assert not found(editor, f"/gestion/{address}/", "dompteur")


def test_a_search_asks_nothing_more(editor, schools):
    def queries(words):
        with CaptureQueriesContext(connection) as asked:
            found(editor, SCHOOLS, words)
        return len(asked)

    queries("e")
    assert queries("école") == queries("x")


def test_what_has_no_text_is_not_found(db):
    create_metier()

    assert not Metier.objects.filter(picture__alternative__folded="a").exists()
