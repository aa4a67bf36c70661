import datetime

import pytest

from tests.factories import (
    create_criterion,
    create_metier,
    create_salary,
    create_sector,
    create_source,
)
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db


def create_metiers(count):
    for i in range(count):
        create_salary(create_metier(title=f"Métier {i}", sector=create_sector(name=f"Secteur {i}")))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    "path, queries", [("/", 1), ("/metiers/", 1), ("/metiers/?critere=nuit", 2)]
)
def test_runs_the_same_queries_however_many_there_are(
    client, django_assert_num_queries, path, queries, count
):
    create_metiers(count)
    create_criterion(name="Nuit")

    with django_assert_num_queries(queries):
        client.get(path)


def test_home_puts_each_metier_on_the_line_of_its_sector(client):
    last = create_sector(name="Arts", line="arts", position=2)
    first = create_sector(name="Santé", line="sante", position=1)
    create_sector(name="Nature", line="nature", position=3)
    create_metier(title="Graphiste", sector=last, short_name="graphiste")
    create_metier(title="Médecin", sector=first, short_name="médecin")
    create_metier(title="Aide-soignant", sector=first, short_name="aide-soignant·e")

    lines = find_all(tree(client.get("/")), css="network-line")

    assert [(line.get("data-line"), text(find(line, tag="h3"))) for line in lines] == [
        ("sante", "Santé"),
        ("arts", "Arts"),
    ]
    assert links(lines[0]) == [
        ("Aide-soignant·e", "/metiers/aide-soignant/"),
        ("Médecin", "/metiers/medecin/"),
    ]


@pytest.mark.parametrize(
    "count, words",
    [
        (0, "0 fiche complète, relue et datée"),
        (1, "1 fiche complète, relue et datée"),
        (2, "2 fiches complètes, relues et datées"),
    ],
)
def test_home_counts_in_french(client, count, words):
    create_metiers(count)

    assert words in text(find(tree(client.get("/")), id="contenu"))


def test_home_leads_to_the_list_and_to_the_questionnaire(client):
    ways = find_all(tree(client.get("/")), css="home-way")

    assert [links(way) for way in ways] == [
        [("Voir les métiers", "/metiers/")],
        [("Commencer", "/quiz/")],
    ]


def test_an_entry_says_name_line_studies_and_pay(client):
    metier = create_metier(
        title="Menuisier", name_feminine="menuisière", catch_line="Une porte qui ferme"
    )
    create_salary(metier, mid_low=2800, mid_high=3300)

    entry = find(tree(client.get("/metiers/")), css="entry")

    assert links(entry) == [("Menuisier, menuisière", "/metiers/menuisier/")]
    assert text(entry) == (
        "Construction Menuisier, menuisière Une porte qui ferme "
        "Secondaire · 2 800 à 3 300 € brut estimation"
    )


def test_a_sourced_pay_is_no_estimate(client):
    create_salary(create_metier(), is_estimate=False, source=create_source())

    entry = text(find(tree(client.get("/metiers/")), css="entry"))

    assert entry.endswith("2 800 à 3 300 € brut")


@pytest.mark.parametrize("count, words", [(0, "0 métier"), (1, "1 métier"), (3, "3 métiers")])
def test_the_list_counts_in_french(client, count, words):
    create_metiers(count)

    page = tree(client.get("/metiers/"))

    assert [text(element) for element in page.iter() if element.get("role") == "status"] == [words]
    assert len(find_all(page, css="entry")) == count


def test_a_criterion_keeps_the_metiers_that_have_it(client):
    night = create_criterion(name="Nuit", description="Des heures de nuit.")
    create_metier(title="Infirmier").criteria.add(night)
    create_metier(title="Comptable")

    page = tree(client.get("/metiers/?critere=nuit"))

    assert [text(find(entry, tag="a")) for entry in find_all(page, css="entry")] == ["Infirmier"]
    assert text(find(page, tag="h1")) == "Nuit"
    assert "Des heures de nuit." in text(find(page, id="contenu"))
    assert ("Voir tous les métiers", "/metiers/") in links(find(page, id="contenu"))


@pytest.mark.parametrize("query", ["critere=jour", "critere=", "critere=a%20b", "autre=nuit"])
def test_a_criterion_that_is_none_keeps_all(client, query):
    create_criterion(name="Nuit")
    create_metiers(2)

    page = tree(client.get(f"/metiers/?{query}"))

    assert len(find_all(page, css="entry")) == 2
    assert text(find(page, tag="h1")) == "Les métiers"


def test_a_metier_of_tomorrow_is_not_yet_listed(client):
    create_metier(title="Menuisier")
    create_metier(title="Futur", published_at=datetime.date(2999, 1, 1))

    page = tree(client.get("/metiers/"))

    assert [text(find(entry, tag="a")) for entry in find_all(page, css="entry")] == ["Menuisier"]


def test_the_header_says_where_one_is(client):
    def current(path):
        header = find(tree(client.get(path)), css="site-nav")
        return [text(link) for link in header.iter("a") if link.get("aria-current")]

    assert current("/metiers/") == ["Métiers"]
    assert current("/") == []


def test_the_footer_leads_to_what_is_said_plainly(client):
    assert links(find(tree(client.get("/")), css="site-footer")) == [
        ("Méthode", "/methode/"),
        ("Vie privée", "/vie-privee/"),
        ("Accessibilité", "/accessibilite/"),
        ("Glossaire", "/glossaire/"),
    ]
