import datetime
import weakref

import pytest

from metiers.catalogue import read_catalogue, snapshot
from metiers.catalogue.shown import Shown
from quiz.token import Answers, encode
from tests.factories import (
    create_criterion,
    create_demand,
    create_metier,
    create_question_set,
    create_salary,
    create_sector,
    create_source,
)
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db


def create_metiers(count):
    for i in range(count):
        create_salary(create_metier(title=f"Métier {i}", sector=create_sector(name=f"Secteur {i}")))


@pytest.mark.parametrize("path", ["/", "/metiers/"])
@pytest.mark.parametrize("count", [1, 30])
def test_runs_the_same_queries_however_many_there_are(
    client, django_assert_num_queries, path, count
):
    create_metiers(count)

    with django_assert_num_queries(4):  # the stamp, and the catalogue that changed
        client.get(path)


@pytest.mark.parametrize("path", ["/", "/metiers/"])
def test_what_is_kept_in_memory_is_not_read_again(client, django_assert_num_queries, path):
    create_metiers(3)
    client.get(path)

    with django_assert_num_queries(1):  # the stamp
        client.get(path)


def test_what_lists_show_is_what_the_row_says():
    metier = create_metier(title="Maçon", catch_line="Bâtir.", study_level=4, entry_level=1)
    salary = create_salary(metier)
    create_metier(title="Zoologue")
    [shown, without_salary] = read_catalogue().shown

    metier.refresh_from_db()
    for name in ("pk", "slug", "name_both", "catch_line", "studies_line", "level_asked_label"):
        assert getattr(shown, name) == getattr(metier, name)
    assert shown.get_absolute_url() == metier.get_absolute_url()
    assert shown.interests == metier.interests
    assert (shown.sector.name, shown.sector.line) == (metier.sector.name, metier.sector.line)
    assert (shown.salary.mid_low, shown.salary.mid_high) == (salary.mid_low, salary.mid_high)
    assert without_salary.salary is None


class Watched(Shown):
    """One that can be asked for whether it is still there."""


def test_what_lists_show_is_renewed_and_the_old_let_go(monkeypatch):
    """A catalogue is frozen out of the collector's reach: what it holds must need none."""
    monkeypatch.setattr(snapshot, "Shown", Watched)
    metier = create_metier(catch_line="Une phrase.")
    create_salary(metier)
    before = [weakref.ref(read_catalogue()), weakref.ref(read_catalogue().shown[0])]
    assert read_catalogue().text

    metier.catch_line = "Une autre."
    metier.save()

    assert read_catalogue().shown[0].catch_line == "Une autre."
    assert [there() for there in before] == [None, None]


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
        ("Santé", "/secteurs/sante/"),
        ("Aide-soignant·e", "/metiers/aide-soignant/"),
        ("Médecin", "/metiers/medecin/"),
    ]


def test_a_long_line_shows_its_first_stops_and_says_how_many_more(client):
    sector = create_sector(name="Santé", line="sante")
    for i in range(10):
        create_metier(title=f"Soin {i}", sector=sector)

    line = find(tree(client.get("/")), css="network-line")

    assert len(links(line)) == 1 + 8 + 1  # its name, eight stops, the others
    assert links(line)[-1] == ("et 2 autres", "/secteurs/sante/")


def test_home_leads_to_the_list_and_to_the_questionnaire(client):
    create_metiers(2)

    ways = find_all(tree(client.get("/")), css="home-way")

    assert [links(way) for way in ways] == [
        [("Les 2 métiers, par secteur, études ou conditions", "/metiers/")],
        [("Commencer", "/quiz/")],
    ]


def test_home_names_the_metiers_that_lists_look_for_with_their_year(client):
    for title, status, year in [
        ("Maçon", "shortage", 2024),
        ("Soudeur", "critical", 2025),
        ("Juriste", "absent", 2025),
    ]:
        create_demand(create_metier(title=title, short_name=title), status=status, year=year)

    wanted = find_all(find(tree(client.get("/")), css="wanted"), tag="li")

    assert [text(row) for row in wanted] == ["Soudeur Wallonie 2025", "Maçon Wallonie 2024"]


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

    assert text(find(page, css="results-count")) == words
    assert len(find_all(page, css="entry")) == count


def test_a_criterion_keeps_the_metiers_that_have_it(client):
    night = create_criterion(name="Nuit", description="Des heures de nuit.")
    create_metier(title="Infirmier").criteria.add(night)
    create_metier(title="Comptable")

    page = tree(client.get("/metiers/?critere=nuit"))

    assert [text(find(entry, tag="a")) for entry in find_all(page, css="entry")] == ["Infirmier"]
    assert links(find(page, css="chips-chosen")) == [
        ("Nuit (retirer)", "/metiers/"),
        ("Tout effacer", "/metiers/"),
    ]


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


@pytest.mark.parametrize(
    "values, way, label",
    [
        ((5, 1, 2) + (None,) * 33, "/quiz/?r={}", "Continuer le questionnaire"),
        ((5, 1, 2, 1, 3, 2) * 3 + (None,) * 18, "/quiz/resultat/{}/", "Revoir mon profil"),
    ],
)
def test_home_leads_who_has_answered_to_what_comes_next(client, values, way, label):
    create_question_set()
    code = encode(Answers(1, values, level=3))

    assert (label, way.format(code)) in links(tree(client.get(f"/?r={code}")))
