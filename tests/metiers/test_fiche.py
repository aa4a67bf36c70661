import datetime

import pytest

from metiers.models import Block, Metier, SimilarMetier, Source
from tests.factories import (
    create_benchmark,
    create_metier,
    create_salary,
    create_source,
    create_term,
    create_testimony,
    create_whole_metier,
)
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db

PARTS = {"metier", "paie", "y-arriver", "et-toi", "suite", "interets", "signaler"}


@pytest.fixture(autouse=True)
def benchmark():
    return create_benchmark()


@pytest.fixture(autouse=True)
def neighbour():
    return create_metier(title="Charpentier")


def page(client, slug="menuisier"):
    return tree(client.get(f"/metiers/{slug}/"))


def block(client, name, slug="menuisier"):
    return find(page(client, slug), id=name)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("others", [1, 30])
def test_runs_five_queries_however_much_it_shows(client, django_assert_num_queries, rows, others):
    create_whole_metier(rows=rows)
    for i in range(others):
        create_salary(create_metier(title=f"Autre {i}"))

    with django_assert_num_queries(5):
        client.get("/metiers/menuisier/")


def test_every_block_stands_at_its_anchor(client):
    create_whole_metier()

    root = page(client)

    names = [*Block.values, *sorted(PARTS)]
    assert [name for name in names if not text(find(root, id=name))] == []


def test_every_real_fiche_weighs_less_than_60_kilobytes(client, content_slugs):
    sizes = {slug: len(client.get(f"/metiers/{slug}/").content) for slug in content_slugs}

    assert {slug: size for slug, size in sizes.items() if size >= 60_000} == {}


@pytest.fixture
def content_slugs(benchmark, neighbour, request):
    """The slugs of the real content, alone in the database."""
    neighbour.delete()
    benchmark.delete()
    Source.objects.all().delete()
    neighbour.sector.delete()
    request.getfixturevalue("content")
    slugs = list(Metier.objects.published().order_by("slug").values_list("slug", flat=True))
    assert len(slugs) >= 6
    return slugs


def test_both_genders_are_in_the_heading_and_the_title(client):
    create_whole_metier(name_masculine="menuisier", name_feminine="menuisière")

    root = page(client)

    assert text(find(root, tag="h1")) == "Menuisier, menuisière"
    assert text(find(root, tag="title")).startswith("Menuisier, menuisière : le métier")


def test_a_name_of_both_genders_is_said_once(client):
    create_whole_metier(title="Comptable")

    assert text(find(page(client, "comptable"), tag="h1")) == "Comptable"


def test_every_line_is_shown_in_the_editor_s_order(client):
    lines = {
        "missions": ["Scier", "Raboter"],
        "lieux": ["Atelier : dans la poussière", "Dehors"],
        "points-forts": ["Le bois", "Le geste"],
        "points-faibles": ["Le bruit", "Le froid"],
        "conseils": ["Visite", "Essaie"],
        "auto-evaluation": ["Je mesure", "Je recommence"],
    }
    names = ["missions", "workplaces", "strengths", "weaknesses", "tips", "self_assessment"]
    create_whole_metier(**dict(zip(names, lines.values(), strict=True)))

    root = page(client)

    def shown(name):
        return [text(line) for line in find_all(find(root, id=name), tag="li")]

    assert text(find(root, id="lieux")) == "Lieux de travail Atelier dans la poussière Aussi Dehors"
    del lines["lieux"]
    assert {name: shown(name) for name in lines} == lines


def test_every_row_is_shown_in_the_editor_s_order(client):
    metier = create_whole_metier(rows=3)
    for rows in (metier.hours, metier.faq, metier.figures, metier.belgian_facts):
        for position, row in enumerate(rows.order_by("-pk")):
            rows.filter(pk=row.pk).update(position=position)

    root = page(client)

    def order(name, word):
        return [part[0] for part in text(find(root, id=name)).split(f"{word} ")[1:]]

    assert order("journee", "Heure") == ["2", "1", "0"]
    assert order("faq", "Question") == ["2", "1", "0"]
    assert order("chiffres", "Chiffre") == ["2", "1", "0"]
    assert order("faits-belges", "Fait belge") == ["2", "1", "0"]
    assert order("formation", "Étape") == ["0", "1", "2"]


def test_a_figure_says_unit_territory_year_and_source(client):
    metier = create_whole_metier()
    metier.figures.update(value="206444.50", unit="personnes", scope="fwb")

    assert text(block(client, "chiffres")) == (
        "Le métier en chiffres 206 444,5 personnes Chiffre 0 "
        "Fédération Wallonie-Bruxelles, 2025 Éditeur menuisier-0, « Structure des salaires »."
    )


def test_a_figure_without_source_is_marked_as_an_estimate(client):
    metier = create_whole_metier()
    assert "estimation" not in text(block(client, "chiffres"))

    metier.figures.update(source=None, year=None, is_estimate=True)

    assert text(block(client, "chiffres")).endswith("Chiffre 0 estimation Belgique")


def test_an_estimated_pay_says_so_wherever_it_stands(client):
    create_whole_metier()

    root = page(client)

    cards = find(root, css="cards")
    assert "2 800 à 3 300 € estimation" in text(cards)
    assert "estimation Montants indicatifs (2025), sans source" in text(find(root, id="salaire"))


def test_a_sourced_pay_names_its_source_instead(client):
    metier = create_whole_metier()
    source = create_source(slug="sd-worx", publisher="SD Worx", title="Enquête")
    metier.salary.source, metier.salary.is_estimate = source, False
    metier.salary.save()

    root = page(client)

    assert "SD Worx, Enquête, 2025." in text(find(root, id="salaire"))
    assert "estimation" not in text(root)


def test_every_source_is_listed_once_with_its_address(client):
    metier = create_whole_metier(rows=2)
    Source.objects.filter(slug="menuisier-0").update(url="https://a.be/")
    other = create_source(slug="livre", publisher="Zédition", title="Un livre", licence="CC BY 4.0")
    metier.sources.add(other)
    create_source(slug="ailleurs", publisher="Nulle part")

    sources = find(page(client), css="sources")

    assert [text(line) for line in sources] == [
        "Statbel, Structure des salaires, 2022.",
        "Zédition, Un livre, 2022 (CC BY 4.0).",
        "Éditeur menuisier-0, Structure des salaires, 2022.",
        "Éditeur menuisier-1, Structure des salaires, 2022.",
    ]
    assert links(sources) == [("Structure des salaires", "https://a.be/")]


def test_the_day_of_the_review_is_said(client):
    create_whole_metier(
        reviewed_date=datetime.date(2026, 11, 2), rome_code="H2206", isco_code="7522"
    )

    assert "Relu le 2 novembre 2026. ROME H2206. ISCO 7522." in text(block(client, "sources"))


def neighbours(client):
    return find(block(client, "metiers-similaires"), css="entries")


def test_the_editor_s_neighbours_come_first_then_the_nearest(client):
    metier = create_whole_metier(interests=(50,) * 6)
    near = [create_metier(title=f"Près {i}", interests=(50 + i,) * 6) for i in range(3)]
    far = create_metier(title="Loin", interests=(99,) * 6)
    SimilarMetier.objects.create(metier=metier, other=near[2], position=2)
    SimilarMetier.objects.create(metier=metier, other=far, position=1)

    assert [name for name, _ in links(neighbours(client))] == [
        "Loin",
        "Près 2",
        "Près 0",
    ]


def test_a_fiche_leads_to_its_comparisons(client):
    create_whole_metier()

    ways = [(name, way) for name, way in links(page(client)) if way.startswith("/comparer/")]
    assert ways == [
        ("Comparer avec un autre métier", "/comparer/?m=menuisier"),
        ("Comparer avec ce voisin", "/comparer/?m=menuisier&m=charpentier"),
    ]


def test_a_draft_is_nobody_s_neighbour(client):
    metier = create_whole_metier()
    draft = create_metier(title="Zingueur", published=False)
    SimilarMetier.objects.create(metier=metier, other=draft)

    assert links(neighbours(client)) == [("Charpentier", "/metiers/charpentier/")]


def test_a_composite_portrait_says_that_nobody_said_it(client):
    create_whole_metier()

    assert text(block(client, "temoignage")) == (
        "Portrait « Le bois sent bon. » "
        "Portrait composite : personne n’a prononcé ces mots. Deux stages"
    )


def test_a_real_testimony_names_its_author(client):
    metier = create_whole_metier()
    metier.testimony.delete()
    consent = datetime.date(2026, 1, 1)
    create_testimony(metier, kind="real", author="Ana", context="Liège", consent_date=consent)

    assert text(block(client, "temoignage")) == "Témoignage « Le bois sent bon. » Ana, Liège"


def test_pay_is_compared_with_the_median_of_the_newest_year(client):
    create_whole_metier()
    assert "en dessous de la médiane belge (3 728 €)" in text(block(client, "salaire"))

    create_benchmark(year=2025, amount=3000)
    create_benchmark(year=2023, amount=5000)

    shown = text(block(client, "salaire"))
    assert "autour de la médiane belge (3 000 €)" in shown
    assert "médiane belge 3 000 € (Statbel)" in shown
    assert "Médiane : 2025" in shown


def test_only_figures_of_pay_stand_on_the_axis_of_pay(client):
    metier = create_whole_metier(rows=2)
    metier.figures.filter(position=1).update(is_pay=True, value=2568)

    shown = text(block(client, "salaire"))

    assert "Chiffre 1 2 568 €" in shown
    assert "Chiffre 0" not in shown


def test_demand_is_said_region_by_region(client):
    create_whole_metier(rows=3)

    assert [text(row) for row in find(block(client, "demande"), tag="ul")] == [
        "Wallonie · Le Forem En pénurie, liste 2025 Éditeur menuisier-0.",
        "Bruxelles · Actiris En pénurie, liste 2025 Éditeur menuisier-1.",
        "Flandre · VDAB En pénurie, liste 2025 Éditeur menuisier-2.",
    ]


def test_each_interest_has_its_value_and_the_block_that_proves_it(client):
    create_whole_metier(interests=(90, 30, 40, 20, 35, 60))

    rows = find(block(client, "interets"), css="interests")

    assert [(row.get("data-dimension"), text(find(row, css="interest-value"))) for row in rows] == [
        ("R", "90 sur 100"),
        ("I", "30 sur 100"),
        ("A", "40 sur 100"),
        ("S", "20 sur 100"),
        ("E", "35 sur 100"),
        ("C", "60 sur 100"),
    ]
    assert links(rows) == [("Voir les missions", "#missions")] * 6
    assert "La preuve S." in text(rows[3])


def test_schools_and_areas_stand_together(client):
    create_whole_metier(rows=2)

    assert text(block(client, "ou-se-former")) == (
        "Où se former et travailler "
        "École menuisier-0 Enseignement secondaire · Liège Menuiserie "
        "École menuisier-1 Enseignement secondaire · Liège Menuiserie "
        "Les zones où l’on engage Zone menuisier-0 · Zone menuisier-1"
    )


def test_criteria_lead_to_their_metiers(client):
    create_whole_metier(rows=2)

    assert links(block(client, "criteres")) == [
        ("Critère menuisier-0", "/criteres/critere-menuisier-0/"),
        ("Critère menuisier-1", "/criteres/critere-menuisier-1/"),
    ]


def test_a_regulated_metier_says_the_rule(client):
    create_whole_metier(
        is_regulated=True, regulation="Un visa fédéral.", regulation_url="https://organisme.be/"
    )

    formation = block(client, "formation")

    assert "Accès réglementé Un visa fédéral." in text(formation)
    assert links(formation) == [("Le site de l’organisme", "https://organisme.be/")]
    assert "Accès libre" not in text(formation)


def test_a_free_metier_says_that_it_is_free(client):
    create_whole_metier()

    assert "Accès libre" in text(block(client, "formation"))
    assert "Accès réglementé" not in text(block(client, "formation"))


def test_technical_words_lead_to_the_glossary_once(client):
    create_term(term="CESS")
    create_whole_metier(introduction="Le CESS.\n\nEncore le CESS.")

    root = page(client)

    assert links(find(root, id="presentation")) == [("CESS", "/glossaire/#cess")]
    assert [text(paragraph) for paragraph in find_all(find(root, id="presentation"), tag="p")] == [
        "Le CESS.",
        "Encore le CESS.",
    ]


def test_the_card_of_studies_says_the_lower_level_that_opens_the_metier(client):
    usual = create_metier(title="Ébéniste", study_level=4)
    create_metier(study_level=4, entry_level=1)

    cards = [
        text(find(tree(client.get(f"/metiers/{slug}/")), css="cards"))
        for slug in ("menuisier", usual.slug)
    ]

    said = "Possible sans diplôme, le plus souvent un bachelier."
    assert [said in card for card in cards] == [True, False]


def test_the_questionnaire_starts_from_here_twice(client):
    create_whole_metier()

    found = [address for _, address in links(page(client)) if address.startswith("/quiz/m")]

    assert found == ["/quiz/menuisier/"] * 2


def test_what_an_editor_writes_is_text_never_markup(client):
    evil = "<script>alert(1)</script>"
    metier = create_whole_metier(missions=[evil], introduction=evil, teaser=evil, tips=[evil])
    metier.faq.update(answer=evil)

    root = page(client)

    assert text(find(root, id="missions")) == f"Missions {evil}"
    assert text(find(root, id="presentation")) == evil
    assert [
        script.get("src") for script in find_all(root, tag="script") if not script.get("src")
    ] == []


def test_an_error_is_reported_with_the_name_of_the_fiche(client):
    create_whole_metier()

    [(_, address)] = links(block(client, "signaler"))

    assert address == "/signaler/?page=/metiers/menuisier/"


def test_a_fiche_alone_in_the_guide_leads_to_no_neighbours(client, neighbour):
    neighbour.delete()
    create_whole_metier()

    assert block(client, "metiers-similaires") is None
