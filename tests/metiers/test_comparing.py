"""Two to four métiers side by side, for everybody: what is compared, and how one chooses."""

import pytest

from metiers.models import Figure, Metier, MovedAddress, School, SchoolOffer, SimilarMetier
from tests.factories import (
    create_benchmark,
    create_criterion,
    create_demand,
    create_metier,
    create_salary,
    create_sector,
    create_source,
    create_whole_metier,
)
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db

PAIR = "/comparer/?m=menuisier&m=zingueur"
TRIO = f"{PAIR}&m=graphiste"


@pytest.fixture(autouse=True)
def guide():
    create_benchmark()
    for title in ("Menuisier", "Zingueur", "Graphiste"):
        create_salary(create_metier(title=title))


def page(client, address=PAIR):
    return tree(client.get(address))


def heads(root):
    return [text(name) for name in find_all(root, css="comparison-name")]


def row(root, label, section=None):
    """What all share, and what each has besides: « Pareil … » or nothing, a text a métier."""
    [found] = [
        row
        for row in find_all(find(root, id=section) if section else root, css="comparison-row")
        if text(find(row, tag="h3")) == label
    ]
    shared = text(find(found, css="comparison-shared"))
    return shared, [text(cell) for cell in find_all(found, tag="div") if cell.get("data-line")]


def notices(root):
    return [text(warning) for warning in find_all(root, css="warning")]


def metier(slug):
    return Metier.objects.get(slug=slug)


# What it costs, and who may keep it


@pytest.mark.parametrize("count", [2, 4])
@pytest.mark.parametrize("rows", [1, 3])
def test_runs_three_queries_however_much_it_compares(
    client, django_assert_num_queries, count, rows
):
    slugs = [create_whole_metier(title=f"Entier {i}", rows=rows).slug for i in range(count)]
    address = f"/comparer/?m={'&m='.join(slugs)}"
    client.get(address)  # the catalogue is read

    with django_assert_num_queries(3):  # the stamp, the métiers, their rows
        client.get(address)


@pytest.mark.parametrize("path, queries", [("/comparer/", 1), ("/comparer/?m=menuisier", 2)])
def test_choosing_runs_few_queries(client, django_assert_num_queries, path, queries):
    client.get(path)

    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.parametrize("address", ["/comparer/", "/comparer/?m=menuisier", PAIR, f"{PAIR}&q="])
def test_without_answers_anybody_may_keep_it(client, address):
    response = client.get(address)

    assert response["Cache-Control"] == "public, max-age=60"
    assert response.get("Vary", "") in ("", "Accept-Encoding")
    assert "X-Robots-Tag" not in response.headers


def meta(root, tag, **wanted):
    return [e for e in find_all(root, tag=tag) if wanted.items() <= dict(e.attrib).items()]


def test_only_the_way_in_is_for_search_engines(client):
    way_in, pair, one = (page(client, a) for a in ("/comparer/", PAIR, "/comparer/?m=menuisier"))

    robots = {"name": "robots", "content": "noindex, follow"}
    assert [len(meta(root, "meta", **robots)) for root in (way_in, pair, one)] == [0, 1, 1]
    [canonical] = meta(way_in, "link", rel="canonical")
    assert canonical.get("href") == "http://testserver/comparer/"
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "http://testserver/comparer/<" in sitemap
    assert "comparer/?" not in sitemap


@pytest.mark.parametrize(
    "asked", [PAIR, f"{PAIR}&m=zingueur", f"{PAIR}&utm_source=x", f"{PAIR}&m=rien", f"{PAIR}&r=x"]
)
def test_a_pair_has_one_canonical_address(client, asked):
    [canonical] = meta(page(client, asked), "link", rel="canonical")

    assert canonical.get("href") == f"http://testserver{PAIR}"


# Which métiers


def test_they_stand_in_the_order_of_the_address(client):
    root = page(client, "/comparer/?m=zingueur&m=graphiste&m=menuisier")

    assert heads(root) == ["Zingueur", "Graphiste", "Menuisier"]
    assert text(find(root, tag="h1")) == "Trois métiers côte à côte"
    assert text(find(root, tag="title")).startswith("Zingueur, graphiste et menuisier : comparer")


def test_both_genders_are_named(client):
    create_metier(title="Maçon", slug="macon", name_feminine="maçonne", short_name="maçon·ne")

    root = page(client, "/comparer/?m=macon&m=zingueur")

    assert heads(root) == ["Maçon, maçonne", "Zingueur"]
    assert "Maçon·ne" in text(find(root, id="etudes"))


def test_a_double_is_compared_once_and_said(client):
    root = page(client, f"{PAIR}&m=menuisier")

    assert heads(root) == ["Menuisier", "Zingueur"]
    assert notices(root) == ["« menuisier » est là plus d’une fois : une suffit."]


def test_what_is_not_in_the_guide_is_left_out_and_said(client):
    create_metier(title="Projet", published=False)

    assert notices(page(client, f"{PAIR}&m=projet")) == [
        "« projet » n’est pas dans le guide, ou n’y est plus."
    ]
    assert notices(page(client, f"{PAIR}&m=projet&m=rien")) == [
        "2 des métiers demandés ne sont pas dans le guide, ou n’y sont plus."
    ]
    assert heads(page(client, f"{PAIR}&m=projet")) == ["Menuisier", "Zingueur"]


def test_a_fifth_is_left_out_and_said(client):
    for title in ("Coiffeur", "Soudeur"):
        create_metier(title=title)

    root = page(client, f"{TRIO}&m=coiffeur&m=soudeur")

    assert heads(root) == ["Menuisier", "Zingueur", "Graphiste", "Coiffeur"]
    assert notices(root) == ["Quatre métiers au plus : « soudeur » reste de côté."]


def test_an_address_that_moved_still_leads_to_its_metier(client):
    MovedAddress.remember("/metiers/menuisiere/", "/metiers/menuisier/")
    MovedAddress.remember("/ecoles/zingueur/", "/ecoles/zinguerie/")

    root = page(client, "/comparer/?m=menuisiere&m=zingueur")

    assert heads(root) == ["Menuisier", "Zingueur"]
    assert notices(root) == []


def test_where_nothing_is_left_one_chooses(client):
    response = client.get("/comparer/?m=rien")

    root = tree(response)
    assert response.status_code == 200
    assert text(find(root, tag="h1")) == "Comparer des métiers"
    assert notices(root) == ["« rien » n’est pas dans le guide, ou n’y est plus."]


@pytest.mark.parametrize(
    "query, status",
    [
        ("m=" + "a" * 10_000, 200),
        ("m=%3Cscript%3E&m=menuisier", 200),
        ("m=menuisier&m=%F0%9F%92%A9%E2%80%AE", 200),
        ("m=%FF%FE&m=%D8%00", 400),
        ("m=%ED%A0%80&m=menuisier&m=zingueur", 200),
        ("m=%00&m=menuisier", 400),
        ("m=menuisier&m=zingueur%00", 400),
        ("m=&m=+&m=%0A", 200),
        ("m=../../etc/passwd&m=menuisier&m=zingueur", 200),
        ("&".join(f"m=x{i}" for i in range(900)), 200),
        ("&".join(["m=menuisier"] * 900 + ["m=zingueur"]), 200),
        ("&".join(["m=menuisier"] * 2_000), 400),
        ("m[]=menuisier&m.x=1&M=zingueur", 200),
        ("q=" + "é" * 10_000 + "&m=menuisier", 200),
        ("q=%22%27%3Cb%3E&m=menuisier&m=zingueur", 200),
        ("m=menuisier&m=zingueur&q=%20", 302),
    ],
)
def test_a_hostile_address_is_answered(client, query, status):
    response = client.get(f"/comparer/?{query}")

    assert response.status_code == status
    assert "<script>" not in response.content.decode()


def test_what_looks_like_no_name_is_not_repeated(client):
    said = text(page(client, "/comparer/?m=%3Cb%3Eoh%3C/b%3E"))

    assert "Un des métiers demandés n’est pas dans le guide" in said
    assert "oh" not in said.split()


# What is compared


def test_the_criteria_come_in_the_order_in_which_one_asks(client):
    create_whole_metier(title="Entier")

    root = page(client, "/comparer/?m=menuisier&m=entier")

    article = find(root, tag="article")
    assert [text(heading) for heading in find_all(article, tag="h2")] == [
        "Études",
        "Où se former",
        "Salaire",
        "Demande",
        "Au travail",
        "Intérêts",
        "Pour et contre",
        "Voisins",
    ]
    contents = links(find(article, css="comparison-contents"))
    assert [name for name, _ in contents][:-1] == [text(h) for h in find_all(article, tag="h2")]


def test_each_name_leads_to_the_paragraph_of_its_fiche(client):
    create_whole_metier(title="Entier")

    root = page(client, "/comparer/?m=menuisier&m=entier")

    found = [
        address.removeprefix("/metiers/entier/")
        for ways in find_all(root, css="comparison-ways")
        for name, address in links(ways)
        if name.startswith("Entier")
    ]
    assert found == [
        "#formation",
        "#ou-se-former",
        "#salaire",
        "#demande",
        "#criteres",
        "#interets",
        "#points-forts",
        "#metiers-similaires",
    ]
    fiche = page(client, "/metiers/entier/")
    assert [anchor for anchor in found if find(fiche, id=anchor[1:]) is None] == []


def test_what_is_the_same_is_said_once(client):
    create_metier(title="Master", study_level=5, study_years=5, is_regulated=True, regulation="Oui")

    same = page(client, PAIR)
    other = page(client, "/comparer/?m=menuisier&m=master")

    assert row(same, "Niveau") == (
        "Pareil pour les deux : Secondaire, qualification ou alternance",
        [],
    )
    assert row(other, "Niveau") == (
        "",
        ["Menuisier Secondaire, qualification ou alternance", "Master Master et plus"],
    )
    assert row(same, "Durée") == ("Pareil pour les deux : 0 an après le CESS", [])
    assert row(other, "Durée")[1] == ["Menuisier 0 an après le CESS", "Master 5 ans après le CESS"]
    assert row(same, "Accès au métier")[0].startswith("Pareil pour les deux : Libre")
    assert [said.split(" : ")[0] for said in row(other, "Accès au métier")[1]] == [
        "Menuisier Libre",
        "Master Réglementé",
    ]


def test_a_level_that_opens_the_metier_below_the_usual_one_stands_beside_it(client):
    create_metier(title="Éducateur", study_level=4, entry_level=2)

    _, [own, _] = row(page(client, "/comparer/?m=educateur&m=menuisier"), "Niveau")

    assert own == (
        "Éducateur Bachelier, trois ou quatre ans "
        "Possible dès le secondaire, le plus souvent un bachelier."
    )


def test_years_are_drawn_on_one_scale(client):
    create_metier(title="Médecin", study_level=5, study_years=9)
    create_metier(title="Bachelier", study_level=4, study_years=3)

    root = page(client, "/comparer/?m=medecin&m=bachelier")

    ends = [line.get("x2") for line in find_all(root, css="length-run")]
    assert ends == ["100.0%", "33.33%"]


def test_criteria_that_all_have_are_apart_from_what_each_has_besides(client):
    night, noise, outside = (create_criterion(name=n) for n in ("La nuit", "Le bruit", "Dehors"))
    for slug, criteria in (
        ("menuisier", [noise, night]),
        ("zingueur", [outside, noise, night]),
        ("graphiste", [night]),
    ):
        metier(slug).criteria.set(criteria)

    root = page(client, TRIO)

    assert row(root, "Conditions") == (
        "Pareil pour les trois : La nuit",
        ["Menuisier Le bruit", "Zingueur Dehors Le bruit", "Graphiste Rien d’autre"],
    )


def test_regulated_access_is_said_once(client):
    regulated = create_criterion(name="Accès réglementé", group="status")
    regulated.slug = "reglemente"
    regulated.save()
    for slug in ("menuisier", "zingueur"):
        metier(slug).criteria.add(regulated)

    assert "Accès réglementé" not in text(find(page(client), tag="article"))


def test_schools_that_all_have_are_said_once_and_the_others_counted(client):
    shared, *others = [
        School.objects.create(slug=f"e{i}", name=f"École {i}", kind="secondary", place="Liège")
        for i in range(8)
    ]
    for position, school in enumerate([*others, shared]):
        SchoolOffer.objects.create(
            metier=metier("menuisier"), school=school, programme="Bois", position=position
        )
    for programme in ("Zinc", "Toiture"):
        SchoolOffer.objects.create(metier=metier("zingueur"), school=shared, programme=programme)

    SchoolOffer.objects.create(
        metier=metier("menuisier"), school=others[0], programme="Ébénisterie", position=1
    )

    root = page(client)

    section = find(root, id="ecoles")
    assert text(find(section, css="comparison-shared")) == "Pareil pour les deux : École 0"
    first, second = [cell for cell in find_all(section, tag="div") if cell.get("data-line")]
    assert text(first).endswith("École 5 Liège et 2 de plus sur la fiche")
    assert text(second) == "Zingueur Rien d’autre"
    assert ("École 1", "/ecoles/e1/") in links(first)


def test_demand_says_its_year_and_who_says_so(client):
    actiris = create_source(slug="actiris", publisher="Actiris")
    create_demand(metier("menuisier"), region="brussels", status="critical", source=actiris)
    create_demand(metier("zingueur"), region="brussels", status="critical", source=actiris)
    create_demand(metier("menuisier"), region="wallonia", status="recurring", year=None)

    root = page(client)

    assert row(root, "Bruxelles (Actiris)") == (
        "Pareil pour les deux : Fonction critique, liste 2025 (Actiris)",
        [],
    )
    assert row(root, "Wallonie (Le Forem)")[1] == [
        "Menuisier Souvent cité Statbel",
        "Zingueur Rien de tel",
    ]


def test_pay_is_drawn_on_one_axis_and_says_what_is_an_estimate(client):
    sourced = create_metier(title="Barème")
    create_salary(sourced, senior_high=11_000, is_estimate=False, source=create_source(slug="s"))

    section = find(page(client, "/comparer/?m=menuisier&m=bareme"), id="salaire")

    labels = [text(label) for label in find_all(section, css="pay-label")]
    assert labels[:2] == ["Menuisier 2 400 à 2 700 € estimation", "Barème 2 400 à 2 700 €"]
    assert len(labels) == 6
    drawn = find_all(section, css="pay-row")
    assert [("is-estimate" in row.get("class")) for row in drawn] == [True, False] * 3
    assert len(find_all(section, css="pay-axis")) == 1
    assert text(find(section, css="axis-end")) == "12 000"
    assert "Menuisier : estimation (2025), sans source publique par métier. Barème : Statbel" in (
        text(section)
    )


def test_a_published_amount_stands_once_with_who_quotes_it(client):
    for slug in ("menuisier", "zingueur"):
        Figure.objects.create(
            metier=metier(slug),
            label=f"Départ moyen, {slug}",
            value=2568,
            unit="€",
            year=2025,
            source=create_source(slug="acerta", publisher="Acerta")
            if slug == "menuisier"
            else Figure.objects.get().source,
            is_pay=True,
        )

    other = {"label": "Membres", "value": 2600, "unit": "personnes", "is_estimate": True}
    Figure.objects.create(metier=metier("menuisier"), **other)

    points = find(find(page(client), id="salaire"), css="pay-points")

    assert [text(point) for point in find_all(points, tag="li")] == [
        "Départ moyen, menuisier 2 568 € (Acerta, 2025) · Menuisier, Zingueur"
    ]


def test_a_metier_without_pay_says_so(client):
    create_metier(title="Bénévole")

    root = page(client, "/comparer/?m=menuisier&m=benevole")

    assert row(root, "En clair")[1] == [
        "Menuisier En dessous de la médiane belge",
        "Bénévole Pas de chiffre sûr",
    ]
    assert len(find_all(find(root, id="salaire"), css="pay-row")) == 3


def test_where_nobody_has_pay_nothing_is_drawn(client):
    for title in ("Un", "Deux"):
        create_metier(title=title)

    section = find(page(client, "/comparer/?m=un&m=deux"), id="salaire")

    assert find(section, css="pay-chart") is None
    assert "Pareil pour les deux : Pas de chiffre sûr" in text(section)


def test_interests_stand_on_one_scale(client):
    create_metier(title="Artiste", interests=(0, 10, 100, 20, 30, 40))

    root = page(client, "/comparer/?m=menuisier&m=artiste")

    assert row(root, "Créer")[1] == ["Menuisier 40 sur 100 A", "Artiste 100 sur 100 A"]
    labels = [text(h) for h in find_all(find(root, id="interets"), tag="h3")]
    assert labels[0] == "Le concret, le manuel"
    assert len(labels) == 6


def test_a_few_strengths_and_weaknesses_are_shown_and_the_rest_counted(client):
    create_metier(title="Long", strengths=[f"Force {i}" for i in range(5)])

    root = page(client, "/comparer/?m=menuisier&m=long")

    assert row(root, "Points forts")[1] == [
        "Menuisier On voit le résultat.",
        "Long Force 0 Force 1 Force 2 et 2 de plus sur la fiche",
    ]
    assert row(root, "Points faibles")[0] == "Pareil pour les deux : La poussière."


def test_neighbours_are_those_of_the_fiche(client):
    for i in range(4):
        create_metier(title=f"Près {i}", interests=(90, 30, 40, 20, 30, 61 + i))
    SimilarMetier.objects.create(metier=metier("menuisier"), other=metier("pres-3"))
    hidden = create_metier(title="Caché", published=False)
    SimilarMetier.objects.create(metier=metier("menuisier"), other=hidden, position=1)
    for i in range(4):
        create_metier(title=f"Loin {i}", interests=(0, 0, 0, 90, 90, 10 + i))

    fiche = page(client, "/metiers/menuisier/")
    both = page(client, "/comparer/?m=menuisier&m=loin-0")
    [first, _] = find_all(find(both, id="voisins"), tag="dl")[0]

    entries = find(find(fiche, id="metiers-similaires"), css="entries")
    assert [name for name, _ in links(first)] == [name for name, _ in links(entries)]
    assert links(first)[0] == ("Près 3", "/metiers/pres-3/")


# Choosing


def boxes(root):
    """(slug, whether it is ticked) of each box of the form."""
    found = [e for e in find_all(root, tag="input") if e.get("type") == "checkbox"]
    assert {e.get("name") for e in found} <= {"m"}
    return [(e.get("value"), "checked" in e.attrib) for e in found]


def test_who_has_chosen_nothing_sees_every_line(client):
    sector = create_sector(name="Arts", line="arts", position=5)
    create_metier(title="Peintre", sector=sector)

    root = page(client, "/comparer/")

    assert boxes(root) == [
        ("graphiste", False),
        ("menuisier", False),
        ("zingueur", False),
        ("peintre", False),
    ]
    form = find(root, css="choosing")
    assert (form.get("action"), form.get("method")) == ("/comparer/", None)


def test_who_has_chosen_one_sees_it_first_then_its_neighbours_each_once(client):
    create_metier(title="Loin", interests=(0, 0, 0, 100, 0, 0))
    create_metier(title="Plus loin", interests=(0, 0, 0, 100, 100, 0))

    root = page(client, "/comparer/?m=menuisier")

    assert text(find(root, tag="h1")) == "Avec quel autre métier ?"
    assert boxes(root)[0] == ("menuisier", True)
    assert [slug for slug, _ in boxes(root)][1:4] == ["zingueur", "graphiste", "loin"]
    assert [slug for slug, _ in boxes(root)][4:] == ["plus-loin"]
    assert not any(ticked for _, ticked in boxes(root)[1:])


def test_a_search_keeps_what_is_chosen(client):
    root = page(client, f"{PAIR}&q=graphste")

    assert boxes(root) == [("menuisier", True), ("zingueur", True), ("graphiste", False)]
    assert [e.get("value") for e in find_all(root, id="chercher")] == ["graphste"]


def test_a_search_does_not_find_what_is_chosen(client):
    root = page(client, "/comparer/?m=menuisier&q=menuisier")

    assert boxes(root) == [("menuisier", True)]


def test_a_search_that_finds_nothing_says_so(client):
    root = page(client, "/comparer/?m=menuisier&q=zzzzzz")

    assert "Aucun autre métier ne répond à « zzzzzz »." in text(root)
    assert boxes(root) == [("menuisier", True)]


def test_what_was_typed_is_gone_once_one_compares(client):
    """The button sends an empty `q` after what is still in the field."""
    response = client.get(f"{PAIR}&q=graphiste&q=")

    assert (response.status_code, response["Location"]) == (302, PAIR)
    root = page(client, "/comparer/?m=menuisier")
    [button] = [b for b in find_all(root, tag="button") if b.get("name")]
    assert (button.get("name"), button.get("value")) == ("q", "")


def test_what_is_left_out_is_said_after_the_form_too(client):
    response = client.get(f"{PAIR}&m=rien&q=")

    assert response.status_code == 200
    assert notices(tree(response)) == ["« rien » n’est pas dans le guide, ou n’y est plus."]


def test_on_the_page_each_can_be_taken_away_and_others_added(client):
    root = page(client, TRIO)

    drops = [links(drop) for drop in find_all(root, css="comparison-drop")]
    assert [address for [(_, address)] in drops] == [
        "/comparer/?m=zingueur&m=graphiste",
        "/comparer/?m=menuisier&m=graphiste",
        PAIR,
    ]
    assert boxes(root) == [("menuisier", True), ("zingueur", True), ("graphiste", True)]


# Ways here


def compare_links(root):
    return [(name, address) for name, address in links(root) if address.startswith("/comparer/")]


def test_a_short_list_leads_to_its_comparison(client):
    [(name, address)] = compare_links(page(client, "/metiers/"))

    assert name == "Comparer ces métiers côte à côte"
    assert heads(page(client, address)) == ["Graphiste", "Menuisier", "Zingueur"]


def test_a_list_of_one_leads_to_the_page_where_one_chooses(client):
    assert compare_links(page(client, "/metiers/?q=graphiste")) == [
        ("Comparer des métiers côte à côte", "/comparer/")
    ]


def test_a_long_list_leads_to_the_page_where_one_chooses(client):
    for i in range(2):
        create_metier(title=f"Autre {i}")

    assert compare_links(page(client, "/metiers/")) == [
        ("Comparer des métiers côte à côte", "/comparer/")
    ]
