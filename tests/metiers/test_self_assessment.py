"""Ticked sentences are summed up in words, kept in the address, and lead to the questionnaire."""

import pytest

from careerguide.logs import masked
from metiers.self_assessment import SelfAssessment
from quiz.token import Answers, encode
from tests.factories import create_metier, create_question_set
from tests.html import find, find_all, links, text, tree

LINES = [f"Je supporte la chose {i}." for i in range(1, 9)]
ANSWERED = encode(Answers(1, (5, 2, 1, 1, 3, 4) * 3 + (None,) * 18, 2))


@pytest.mark.parametrize(
    "ticked, heading, summary",
    [
        ([], "Aucune phrase cochée, pour l’instant.", "Coche celles"),
        ([1], "Une phrase sur huit te ressemble.", "Tu te reconnais dans peu"),
        ([1, 2, 3], "Trois phrases sur huit te ressemblent.", "Tu te reconnais dans peu"),
        (
            [1, 2, 3, 8],
            "Quatre phrases sur huit te ressemblent.",
            "Tu te reconnais dans une partie",
        ),
        (
            [1, 2, 3, 4, 5, 6],
            "Six phrases sur huit te ressemblent.",
            "Tu te reconnais dans une bonne part",
        ),
        (range(1, 9), "Toutes les phrases te ressemblent.", "Relis-les"),
    ],
)
def test_the_summary_is_in_words(ticked, heading, summary):
    assessment = SelfAssessment.of(LINES, map(str, ticked))

    assert assessment.heading == heading
    assert assessment.summary.startswith(summary)


@pytest.mark.parametrize("ticked", [["0"], ["9"], ["-1"], ["x"], [""], ["1 "], ["٣"], ["1" * 999]])
def test_what_is_no_number_of_a_sentence_is_passed_over(ticked):
    assert SelfAssessment.of(LINES, ticked).ticked_count == 0


@pytest.fixture
def metier(db):
    create_question_set()
    return create_metier(self_assessment=LINES)


def page(client, query=""):
    return find(tree(client.get(f"/metiers/menuisier/auto-evaluation/?{query}")), id="contenu")


@pytest.mark.django_db
def test_the_fiche_sends_its_ticks_to_the_page(client, metier):
    form = find(tree(client.get("/metiers/menuisier/")), css="assessment")

    assert form.get("action") == "/metiers/menuisier/auto-evaluation/"
    values = [box.get("value") for box in find_all(form, tag="input")]
    assert values == [str(i) for i in range(1, 9)]


@pytest.mark.django_db
def test_the_page_keeps_the_ticks_and_names_the_others(client, metier):
    root = page(client, "oui=2&oui=5&oui=2")

    ticked = [box for box in find_all(root, tag="input") if box.get("checked") is not None]
    assert [box.get("value") for box in ticked] == ["2", "5"]
    left = [text(row) for row in find(find(root, css="prose"), tag="ul")]
    assert left == [line for line in LINES if line not in (LINES[1], LINES[4])]
    assert ("Comparer ce métier avec mes goûts", "/quiz/menuisier/") in links(root)
    assert ("Lire les points faibles", "/metiers/menuisier/#points-faibles") in links(root)
    assert ("Retour à la fiche", "/metiers/menuisier/#auto-evaluation") in links(root)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "&".join(f"oui={i}" for i in range(1, 9))])
def test_none_or_all_ticked_lead_to_the_weak_points_too(client, metier, query):
    root = page(client, query)

    assert ("Lire les points faibles", "/metiers/menuisier/#points-faibles") in links(root)


@pytest.mark.django_db
def test_who_has_answered_finds_their_band_and_keeps_their_answers(client, metier):
    root = page(client, f"oui=2&r={ANSWERED}")

    assert text(find(root, css="band")) == "Très proche"
    on = ("Voir ce métier et ses voisins dans mon profil", f"/quiz/menuisier/?r={ANSWERED}")
    assert on in links(root)
    assert ("Retour à la fiche", f"/metiers/menuisier/?r={ANSWERED}#auto-evaluation") in links(root)
    assert "/quiz/menuisier/" not in [address for _, address in links(root)]
    hidden = [box.get("value") for box in find_all(root, tag="input") if box.get("name") == "r"]
    assert hidden == [ANSWERED]


@pytest.mark.django_db
def test_the_page_is_nobody_elses(client, metier):
    response = client.get("/metiers/menuisier/auto-evaluation/?oui=1")

    assert response["Cache-Control"] == "private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "auto-evaluation" not in client.get("/sitemap.xml").content.decode()
    assert masked("GET /metiers/x/auto-evaluation/?oui=1&oui=3") == (
        "GET /metiers/x/auto-evaluation/?oui=…&oui=…"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "oui=",
        "oui=0&oui=9&oui=-1&oui=1.0",
        "oui=abc&oui=%D9%A3&oui=%C2%B2",
        "oui=%3Cscript%3E&oui=%22%3E",
        "oui=%FF%FE",
        "oui[]=1&OUI=2",
        "oui=" + "9" * 3000,
        "&".join(["oui=99"] * 500),
        "r=broken&oui=99",
    ],
)
def test_a_hostile_query_ticks_nothing(client, metier, query):
    root = page(client, query)

    assert text(find(root, tag="h1")) == "Aucune phrase cochée, pour l’instant."
    assert [box for box in find_all(root, tag="input") if box.get("checked") is not None] == []


@pytest.mark.django_db
@pytest.mark.parametrize("ticked", [0, 1, 8])
@pytest.mark.parametrize("others", [0, 30])
def test_runs_one_query_however_much_is_ticked(
    client, metier, django_assert_num_queries, ticked, others
):
    for i in range(others):
        create_metier(title=f"Autre {i}")
    query = "&".join(f"oui={i}" for i in range(1, ticked + 1))

    with django_assert_num_queries(1):
        client.get(f"/metiers/menuisier/auto-evaluation/?{query}")


@pytest.mark.django_db
@pytest.mark.parametrize("others", [0, 30])
def test_a_band_reads_nothing_more_that_is_kept_in_memory(
    client, metier, django_assert_num_queries, others
):
    for i in range(others):
        create_metier(title=f"Autre {i}")

    address = f"/metiers/menuisier/auto-evaluation/?oui=1&r={ANSWERED}"
    client.get(address)

    with django_assert_num_queries(3):  # the métier; the stamp, twice
        client.get(address)


@pytest.mark.django_db
def test_a_draft_has_no_page(client):
    create_metier(published=False)

    assert client.get("/metiers/menuisier/auto-evaluation/").status_code == 404
