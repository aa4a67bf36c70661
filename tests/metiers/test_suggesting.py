"""What the field proposes says why, and the list says which métier has no fiche."""

import pytest

from tests.factories import create_criterion, create_metier
from tests.html import find, find_all, text, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    mason = create_metier(
        title="Maçon",
        synonyms=["briqueteur"],
        catch_line="Il bâtit des cheminées",
        missions=["Manier la truelle"],
    )
    mason.criteria.add(create_criterion(name="Dehors", search_words=["plein air"]))
    create_metier(title="Infirmier", slug="infirmier", missions=["Panser"])


def suggested(htmx, typed):
    options = find_all(tree(htmx.get(f"/suggestions/?q={typed}")), tag="li")
    return [
        (text(find(option, css="suggestion-name")), text(find(option, css="suggestion-kind")))
        for option in options
    ]


@pytest.mark.parametrize(
    "typed, reason",
    [
        ("brique", "briqueteur"),
        ("truelle", "Dans les missions : truelle"),
        ("cheminées", "En bref : cheminées"),
        ("plein air", "Critère : Dehors"),
    ],
)
def test_a_metier_not_found_by_its_name_says_by_what(htmx, guide, typed, reason):
    assert suggested(htmx, typed)[0] == ("Maçon", reason)


@pytest.mark.parametrize("typed", ["ma", "maço"])
def test_a_metier_found_by_its_name_says_its_sector(htmx, guide, typed):
    [(name, kind)] = suggested(htmx, typed)

    assert (name, ":" in kind) == ("Maçon", False)


def test_what_is_near_an_absent_metier_says_so(htmx, guide):
    assert suggested(htmx, "sage-femme") == [("Infirmier", "Proche de « sage-femme »")]


def test_the_list_says_that_a_metier_has_no_fiche(client, guide):
    root = tree(client.get("/metiers/?q=sage-femme"))

    note = text(find(root, css="results-note"))
    assert note.startswith("Pas encore de fiche pour « sage-femme ».")
    assert [text(find(entry, tag="a")) for entry in find_all(root, css="entry")] == ["Infirmier"]


def test_a_metier_with_a_fiche_is_not_said_to_lack_one(client, guide):
    assert "Pas encore de fiche" not in client.get("/metiers/?q=maçon").content.decode()
