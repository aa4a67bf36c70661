"""The list says what was understood, and every way on is an address that shows what it says."""

import pytest
from django.http import QueryDict
from html5lib.serializer import serialize
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metiers.catalogue.pages import PAGE_SIZE
from metiers.models import Metier
from quiz.token import Answers, encode
from tests.factories import (
    create_criterion,
    create_demand,
    create_metier,
    create_question_set,
    create_salary,
    create_sector,
)
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db

REPAIRER = encode(Answers(1, (5, 2, 1, 1, 3, 4) * 3 + (None,) * 18, 2))
FLAT = encode(Answers(1, (3,) * 18 + (None,) * 18, 2))


@pytest.fixture
def guide():
    """Two lines, three métiers, criteria that exclude each other."""
    health = create_sector(name="Santé", line="sante")
    night, outside = create_criterion(name="Nuit"), create_criterion(name="Dehors")
    nurse = create_metier(
        title="Infirmier", sector=health, study_level=4, study_years=4, missions=["Panser"]
    )
    carer = create_metier(title="Aidant", sector=health, study_level=2, study_years=1)
    mason = create_metier(title="Bâtisseur", study_level=2, interests=(100, 10, 5, 5, 10, 40))
    for metier, low in ((nurse, 3400), (carer, 2500), (mason, 2900)):
        create_salary(
            metier, junior_low=2300, mid_low=low, mid_high=4000, senior_low=4000, senior_high=5000
        )
        create_demand(metier, region="wallonia")
    nurse.criteria.add(night)
    carer.criteria.add(night)
    mason.criteria.add(outside)


def page(client, query=""):
    return tree(client.get(f"/metiers/{query and f'?{query}'}"))


def names(root):
    return [text(find(entry, tag="a")) for entry in find_all(root, css="entry")]


@pytest.mark.parametrize(
    "query, order",
    [
        ("", ["Bâtisseur", "Aidant", "Infirmier"]),
        ("tri=nom", ["Aidant", "Bâtisseur", "Infirmier"]),
        ("tri=salaire", ["Infirmier", "Bâtisseur", "Aidant"]),
        ("tri=etudes", ["Bâtisseur", "Aidant", "Infirmier"]),
        ("tri=secteur", ["Bâtisseur", "Aidant", "Infirmier"]),
        ("tri=zorglub", ["Bâtisseur", "Aidant", "Infirmier"]),
        ("tri=proximite", ["Bâtisseur", "Aidant", "Infirmier"]),
        ("q=infirmier", ["Infirmier"]),
        ("q=panser", ["Infirmier"]),
        ("secteur=sante", ["Aidant", "Infirmier"]),
        ("secteur=sante&secteur=construction", ["Bâtisseur", "Aidant", "Infirmier"]),
        ("critere=nuit&critere=dehors", []),
        ("etudes=4", ["Infirmier"]),
        ("salaire=3000", ["Infirmier"]),
    ],
)
def test_the_list_shows_what_the_address_asks_in_its_order(client, guide, query, order):
    assert names(page(client, query)) == order


@pytest.mark.parametrize(
    "query, order",
    [
        ("etudes=1", []),
        ("etudes=2", ["Bâtisseur", "Aidant", "Infirmier"]),
        ("etudes=3", ["Infirmier"]),
        ("etudes=4", ["Infirmier"]),
        ("etudes=5", []),
        ("tri=etudes", ["Bâtisseur", "Infirmier", "Aidant"]),
    ],
)
def test_a_metier_stands_under_each_level_that_leads_there(client, guide, query, order):
    Metier.objects.filter(slug="infirmier").update(entry_level=2, study_years=0)

    assert names(page(client, query)) == order


def test_an_entry_says_by_what_studies_one_comes_in(client, guide):
    Metier.objects.filter(slug="infirmier").update(entry_level=2)

    [entry] = find_all(page(client, "etudes=4"), css="entry")

    assert "Secondaire · possible dès le secondaire · 3 400 à" in plain(text(entry))


def plain(words):
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_closest_comes_first_where_the_answers_are_in_the_address(client, guide):
    create_question_set()

    assert names(page(client, f"tri=proximite&r={REPAIRER}"))[0] == "Bâtisseur"


def test_flat_answers_order_nothing(client, guide):
    create_question_set()

    root = page(client, f"tri=proximite&r={FLAT}")

    assert "proximite" not in [option.get("value") for option in find_all(root, tag="option")]
    assert find_all(root, css="band") == []


def test_each_entry_shows_the_band_of_the_visitor(client, guide):
    create_question_set()

    entries = find_all(page(client, f"r={REPAIRER}"), css="entry")

    bands = [text(find(entry, css="band")) for entry in entries]

    assert len(bands) == 3
    assert bands[0] == "Très proche"
    assert set(bands) <= {"Très proche", "Proche", "Mitigé", "Éloigné"}


@pytest.mark.parametrize(
    "path", ["/", "/metiers/", "/metiers/infirmier/", "/secteurs/sante/", "/criteres/nuit/"]
)
def test_links_keep_carrying_the_answers(client, guide, path):
    create_question_set()

    root = tree(client.get(f"{path}?r={REPAIRER}"))

    fiches = {
        href
        for _, href in links(root)
        if href.startswith(("/metiers/", "/secteurs/", "/criteres/"))
    }
    without = {href for href in fiches if f"r={REPAIRER}" not in href}
    assert fiches
    assert without <= {path}  # the way to take them away


@pytest.mark.parametrize("path", ["/metiers/", "/metiers/infirmier/", "/secteurs/sante/"])
def test_a_page_with_answers_is_nobody_elses(client, guide, path):
    create_question_set()

    response = client.get(f"{path}?r={REPAIRER}")

    assert response["Cache-Control"] == "private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/metiers/", "/metiers/infirmier/", "/secteurs/sante/"])
def test_a_page_without_answers_is_everybodys(client, guide, path):
    response = client.get(path)

    assert "public" in response["Cache-Control"]
    assert "Cookie" not in response.get("Vary", "")


def test_a_broken_code_is_said_and_the_list_stands(client, guide):
    create_question_set()

    root = page(client, f"r={REPAIRER[:-1]}")

    assert len(names(root)) == 3
    assert "abîmé" in text(find(root, css="warning"))


def test_a_chip_takes_its_wish_away_and_only_that(client, guide):
    root = page(client, "q=infirmier&critere=nuit&etudes=4&tri=nom")

    chips = links(find(root, css="chips-chosen"))

    assert chips == [
        ("« infirmier » (retirer)", "/metiers/?critere=nuit&etudes=4&tri=nom"),
        ("Nuit (retirer)", "/metiers/?q=infirmier&etudes=4&tri=nom"),
        ("Bachelier, trois ou quatre ans (retirer)", "/metiers/?q=infirmier&critere=nuit&tri=nom"),
        ("Tout effacer", "/metiers/"),
    ]


def ways_out(client, root):
    """What each way out of an empty list says: (its note, the métiers that it shows)."""
    said = {}
    for way in find_all(find(root, css="nothing"), tag="li"):
        note = find(way, css="note")
        if note is not None:
            [(label, address)] = links(way)
            said[label] = text(note), len(names(tree(client.get(address))))
    return said


@pytest.mark.parametrize(
    "query, ways",
    [
        (
            "critere=nuit&critere=dehors&etudes=2",
            {"sans « Nuit »": ("1 métier", 1), "sans « Dehors »": ("1 métier", 1)},
        ),
        # Dropping one of two sectors of which either would do leaves fewer.
        (
            "critere=dehors&etudes=4&etudes=1",
            {
                "sans « Dehors »": ("1 métier", 1),
                "sans « Bachelier, trois ou quatre ans » ni « Sur le tas »": ("1 métier", 1),
            },
        ),
        # Each clashes with both others: dropping one is never enough.
        (
            "q=infirmier&critere=dehors&etudes=3&salaire=5000",
            {"seulement « infirmier »": ("1 métier", 1), "seulement « Dehors »": ("1 métier", 1)},
        ),
        (
            "q=infirmier&critere=dehors",
            {"sans « infirmier »": ("1 métier", 1), "sans « Dehors »": ("1 métier", 1)},
        ),
        ("q=xylophoniste&critere=dehors", {"sans « xylophoniste »": ("1 métier", 1)}),
        ("q=xylophoniste", {}),
        ("salaire=5000", {}),
    ],
)
def test_an_empty_list_says_what_to_relax_and_each_way_shows_what_it_says(
    client, guide, query, ways
):
    assert ways_out(client, page(client, query)) == ways


@pytest.mark.parametrize(
    "query, is_said",
    [
        ("q=xylophoniste", True),
        ("q=xylophoniste&critere=dehors", True),
        ("q=infirmier&critere=dehors", False),
        ("q=infirmier&critere=dehors&etudes=3&salaire=5000", False),
        ("critere=nuit&critere=dehors", False),
    ],
)
def test_the_words_are_blamed_only_where_they_found_nothing(client, guide, query, is_said):
    said = text(find(page(client, query), css="nothing"))

    assert said.startswith("Aucune fiche ne parle de") == is_said
    assert said.startswith("Rien ne réunit tout cela.") != is_said


def test_a_word_mistyped_is_answered_with_what_was_meant(client, guide):
    root = page(client, "q=enfirmier")

    assert text(find(root, css="results-note")).startswith("Tu voulais dire infirmier ?")
    assert names(root) == ["Infirmier"]
    assert text(find(root, tag="mark")) == "Infirmier"


def test_a_correction_replaces_the_word_and_not_a_part_of_another(client, guide):
    note = find(page(client, "q=infirmier, nfirmier"), css="results-note")

    assert links(note) == [("infirmier, infirmier", "/metiers/?q=infirmier%2C+infirmier")]


def test_an_entry_says_where_the_word_was_found(client, guide):
    entry = find(page(client, "q=panser"), css="entry")

    assert "Dans les missions" in text(entry)
    assert text(find(entry, tag="mark")) == "Panser"


def test_what_nobody_knows_is_said(client, guide):
    root = page(client, "q=xylophoniste")

    assert names(root) == []
    assert "Aucune fiche ne parle de « xylophoniste »" in text(find(root, css="nothing"))


def test_pages_have_real_addresses_and_an_end(client):
    for i in range(PAGE_SIZE + 1):
        create_metier(title=f"Métier {i:02}")

    first, second = page(client), page(client, "page=2")

    assert len(names(first)) == PAGE_SIZE
    assert len(names(second)) == 1
    assert ("Suivante", "/metiers/?page=2") in links(find(first, css="pages"))
    assert ("Précédente", "/metiers/") in links(find(second, css="pages"))
    assert names(page(client, "page=99999999999")) == names(second)


@pytest.mark.parametrize("value", ["-1", "0", "", "x", "1e9", "٣", "1.5"])
def test_a_page_that_is_none_is_the_first(client, guide, value):
    assert names(page(client, f"page={value}")) == names(page(client))


HOSTILE = {
    "10 kB of text": "q=" + "a b " * 2_500,
    "one word of 10 kB": "q=" + "a" * 10_000,
    "bomb for expressions": "q=" + "(a%2B)%2B" * 40 + "!",
    "quotes": "q=%27%22%60%3B--%20OR%201%3D1",
    "NUL": "q=%00infirmier%00",
    "emoji": "q=👩‍⚕️🏥",
    "right to left": "q=%E2%80%AEinfirmier",
    "half a surrogate": "q=%ED%A0%80",
    "markup": "q=%3Cscript%3Ealert(1)%3C/script%3E",
    "page below": "page=-1",
    "page beyond": "page=99999999999",
    "page of digits": "page=" + "9" * 5_000,
    "brackets": "secteur[]=sante&secteur%5B%5D=sante",
    "repeated keys": "&".join(["secteur=sante"] * 900),
    "a thousand criteria": "&".join(f"critere=c{i}" for i in range(900)),
    "repeated page": "page=2&page=3",
    "wrong sort": "tri=;DROP",
    "answers that are none": "r=" + "A" * 3_000,
    "answers with NUL": "r=%00",
    "nothing": "&&&===",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("path", ["/metiers/", "/suggestions/", "/", "/secteurs/sante/"])
def test_a_hostile_query_gets_a_normal_page(client, htmx, guide, path, query):
    plain = client.get(f"{path}?{query}", follow=True)
    fragment = htmx.get(f"{path}?{query}")

    assert {plain.status_code, fragment.status_code} <= {200, 400}
    assert "<script>alert" not in plain.content.decode() + fragment.content.decode()


def test_too_many_fields_are_refused(client, guide):
    assert client.get("/metiers/?" + "&".join(["secteur=sante"] * 2_000)).status_code == 400


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["q", "secteur", "critere", "etudes", "salaire", "page", "tri", "r"]),
        st.text(max_size=40),
    )
)
def test_any_address_gets_a_page(client, guide, pairs):
    query = QueryDict(mutable=True)
    query.update(pairs)

    status = client.get(f"/metiers/?{query.urlencode()}").status_code

    assert status == (400 if "\0" in "".join(pairs.values()) else 200)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=infirmier",
        "q=zzzz",
        "critere=nuit&etudes=4",
        "critere=nuit&critere=dehors",
        "secteur=sante&tri=salaire&page=1",
        "q=un métier",
    ],
)
def test_the_fragment_swapped_in_is_the_page_that_a_reload_gives(client, htmx, guide, query):
    fragment = htmx.get(f"/metiers/?{query}")
    reload = client.get(fragment["HX-Push-Url"])

    swapped, whole = tree(fragment), tree(reload)

    for part in ({"id": "filtres"}, {"css": "catalogue-main"}):
        assert serialize(find(swapped, **part)) == serialize(find(whole, **part))
    assert text(find(swapped, tag="title")) == text(find(whole, tag="title"))
    assert text(find(swapped, id="annonce")) == text(find(whole, id="annonce"))
    assert find(swapped, css="catalogue-main").get("data-text") == find(whole, id="recherche").get(
        "value"
    )
    assert "HX-Request" in reload["Vary"]


def test_what_is_announced_stands_outside_what_is_swapped(client, guide):
    root = page(client, "critere=nuit")

    swapped = [element.get("id") for element in find(root, id="liste").iter()]

    assert find(root, tag="form").get("hx-target") == "#liste"
    assert find(root, id="annonce").get("role") == "status"
    assert {"annonce", "recherche", "suggestions-annonce"}.isdisjoint(swapped)


@pytest.mark.parametrize(
    "query, words",
    [
        ("critere=nuit", "2 métiers sur 3, par secteur."),
        ("etudes=4", "1 métier sur 3, par secteur."),
        ("salaire=5000", "0 métier sur 3. Plus bas, de quoi élargir."),
    ],
)
def test_a_change_of_the_form_announces_the_count(htmx, guide, query, words):
    assert text(find(tree(htmx.get(f"/metiers/?{query}")), id="annonce")) == words


def test_pages_are_announced_where_there_are_several(htmx):
    for i in range(PAGE_SIZE + 1):
        create_metier(title=f"Métier {i:02}")

    announced = text(find(tree(htmx.get("/metiers/?page=2")), id="annonce"))

    assert announced == "25 métiers, par secteur. Page 2 sur 2."


@pytest.mark.parametrize(
    "query, words",
    [
        ("", "Voir les 3 métiers"),
        ("etudes=4", "Voir le métier"),
        ("salaire=5000", "Aucun métier : voir quoi élargir"),
    ],
)
def test_the_drawer_of_filters_ends_on_what_they_leave(client, guide, query, words):
    assert links(find(page(client, query), css="facets")) == [(words, "#resultats")]


@pytest.mark.parametrize(
    "typed, words",
    [
        ("i", ""),
        ("zzzz", "Aucune suggestion."),
        ("in", "1 suggestion, flèche vers le bas pour choisir."),
        ("nui", "3 suggestions, flèche vers le bas pour choisir."),
    ],
)
def test_the_count_of_suggestions_is_announced(htmx, guide, typed, words):
    announced = find(tree(htmx.get(f"/suggestions/?q={typed}")), id="suggestions-annonce")

    assert text(announced) == words


@pytest.mark.parametrize("path", ["/", "/metiers/"])
def test_the_list_of_suggestions_is_there_before_they_are(client, guide, path):
    root = tree(client.get(path))
    target = find(root, id="recherche").get("hx-target")

    assert find(root, id=target.removeprefix("#")).get("role") == "listbox"
    assert find(root, id="suggestions-annonce").get("role") == "status"


def suggested(response):
    return [
        (text(find(option, css="suggestion-name")), find(option, tag="a").get("href"))
        for option in find_all(tree(response), tag="li")
    ]


@pytest.mark.parametrize(
    "typed, proposed",
    [
        ("i", []),
        ("in", [("Infirmier", "/metiers/infirmier/")]),
        ("infirmiere", [("Infirmier", "/metiers/infirmier/")]),
        ("panser", [("Infirmier", "/metiers/infirmier/")]),
        ("zzzz", []),
        ("", []),
    ],
)
def test_two_letters_suggest_metiers(htmx, guide, typed, proposed):
    assert suggested(htmx.get(f"/suggestions/?q={typed}")) == proposed


def test_a_criterion_named_is_suggested_with_its_page(htmx, guide):
    assert suggested(htmx.get("/suggestions/?q=nui"))[-1] == ("Nuit", "/criteres/nuit/")


def test_suggestions_keep_carrying_the_answers(client, htmx, guide):
    create_question_set()
    field = find(page(client, f"r={REPAIRER}"), id="recherche")
    assert (field.get("hx-include"), field.get("hx-params")) == ("closest form", "q,r")

    [(_, address)] = suggested(htmx.get(f"/suggestions/?q=infirmiere&r={REPAIRER}"))
    plain = client.get(f"/suggestions/?q=infirmiere&r={REPAIRER}")

    assert address == f"/metiers/infirmier/?r={REPAIRER}"
    assert plain["Location"] == f"/metiers/?q=infirmiere&r={REPAIRER}"
    assert "HX-Request" in plain["Vary"]


def test_without_script_suggestions_are_the_results_page(client, guide):
    response = client.get("/suggestions/?q=infirmier")

    assert response.status_code == 302
    assert response["Location"] == "/metiers/?q=infirmier"
