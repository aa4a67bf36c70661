"""The pages around a profile: refining, refusing, why, what if, what to ask."""

import pytest

from quiz.dealbreakers import DEALBREAKERS
from quiz.questionnaire import read_questionnaire
from quiz.steps import refine_address
from quiz.token import Answers, decode, encode
from tests.factories import (
    create_criterion,
    create_evidence,
    create_metier,
    create_question_set,
    create_sector,
)
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db

REPAIRER = Answers(1, (5, 2, 1, 1, 3, 4) * 3 + (None,) * 18, level=3)
FLAT = Answers(1, (3,) * 18 + (None,) * 18, level=3)


@pytest.fixture(autouse=True)
def question_set(db):
    return create_question_set()


@pytest.fixture
def guide():
    """Fourteen métiers of two sectors; the first works at night."""
    health = create_sector(name="Santé", line="sante")
    metiers = [
        create_metier(
            title=f"Métier {i:02}",
            interests=(90 - 6 * i, 30, 40, 10 + 5 * i, 30, 60),
            study_level=2 + i % 3,
            **({"sector": health} if i % 2 else {}),
        )
        for i in range(14)
    ]
    metiers[0].criteria.add(create_criterion(name="Nuit"))
    create_evidence(metiers[0])
    return metiers


def profile(answers):
    return f"/quiz/resultat/{encode(answers)}/"


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return find(tree(response), id="contenu")


def refine_link(root):
    return next(href for _, href in links(find(root, css="result-refine")))


def choose_all(client, address, value):
    """Answer `value` to each statement until the way leads elsewhere; the addresses met."""
    met = []
    while "/quiz/question/" in address:
        met.append(address)
        answers = find_all(page(client, address), css="answer")
        address = answers[value - 1].get("href")
    return met, address


def test_refining_asks_six_then_returns_to_the_profile(client, guide):
    first = refine_link(page(client, profile(REPAIRER)))

    met, end = choose_all(client, first, 5)

    assert len(met) == 6
    after = decode(end.split("/")[3])
    assert len(after.answered) == 24
    assert after.values[:18] == REPAIRER.values[:18]
    said = text(find(page(client, end), css="result-refine"))
    assert said.startswith("Ce que les dernières phrases ont changé")


def test_a_link_asks_the_same_whoever_follows_it(client, guide):
    met, _ = choose_all(client, refine_link(page(client, profile(REPAIRER))), 4)
    create_metier(title="Nouveau", interests=(0, 100, 0, 100, 0, 100))

    for address in met:
        said = text(find(page(client, address), tag="h1"))
        assert said == text(find(page(client, address), tag="h1"))
    assert refine_link(page(client, profile(REPAIRER))) == met[0]


def test_refining_ends_after_three_rounds_at_the_most(client, guide):
    answers, rounds = REPAIRER, 0
    while refine_address(read_questionnaire(), answers):
        _, end = choose_all(client, refine_address(read_questionnaire(), answers), 1 + rounds)
        answers, rounds = decode(end.split("/")[3]), rounds + 1

    assert 1 <= rounds <= 3
    assert "result-refine" in client.get(profile(answers)).content.decode()


def test_going_back_within_a_round_keeps_what_was_said(client, guide):
    met, _ = choose_all(client, refine_link(page(client, profile(REPAIRER))), 5)

    root = page(client, met[2])
    back = dict(links(find(root, css="step-ways")))["Revenir"]

    assert text(find(page(client, back), tag="h1")) == text(find(page(client, met[1]), tag="h1"))
    assert find(page(client, back), css="answer-5").get("aria-current") == "true"


def test_a_step_of_a_refinement_beyond_the_last_is_not_found(client):
    assert client.get(f"/quiz/question/38/?r={encode(REPAIRER)}").status_code == 404
    assert client.get(f"/quiz/question/37/?r={encode(REPAIRER)}").status_code == 200


def test_each_refusal_is_a_link_that_toggles_it(client, guide):
    root = page(client, f"/quiz/surtout-pas/?r={encode(REPAIRER)}")

    chips = find_all(root, css="chip")
    assert len(chips) == len(DEALBREAKERS) == 8
    night = next(chip for chip in chips if text(chip) == "La nuit")
    after = page(client, night.get("href"))
    again = next(chip for chip in find_all(after, css="chip") if text(chip).startswith("La nuit"))
    assert again.get("aria-current") == "true"
    assert again.get("href") == f"/quiz/surtout-pas/?r={encode(REPAIRER)}"
    assert "1 métier du guide porterait un drapeau." in text(after)


def refusing_the_night():
    return REPAIRER.toggled([d.slug for d in DEALBREAKERS].index("nuit"))


def names(root):
    groups = find_all(find(root, css="result-ranking"), css="band-list")
    return [text(find(row, tag="a")) for group in groups for row in group]


def test_a_refused_metier_is_flagged_and_stays(client, guide):
    before, after = page(client, profile(REPAIRER)), page(client, profile(refusing_the_night()))

    assert names(after) == names(before)
    [flag] = {text(flag) for flag in find_all(find(after, css="result-ranking"), css="flags")}
    assert flag == "Surtout pas : la nuit"


def test_a_refused_metier_is_hidden_when_asked(client, guide):
    root = page(client, f"{profile(refusing_the_night())}?sans=1")

    assert "Métier 00" in names(page(client, profile(REPAIRER)))
    assert "Métier 00" not in names(root)


@pytest.mark.parametrize(
    "query, is_shown",
    [
        ("secteur=sante", lambda i: i % 2),
        ("etudes=3", lambda i: i % 3 == 1),
        ("secteur=sante&etudes=2", lambda i: i % 2 and i % 3 == 0),
        ("secteur=zorglub", lambda i: i < 14),
    ],
)
def test_the_closest_are_filtered(client, guide, query, is_shown):
    shown = names(page(client, f"{profile(REPAIRER)}?{query}"))

    allowed = {f"Métier {i:02}" for i in range(14) if is_shown(i)}
    assert set(shown) <= allowed
    assert len(shown) == min(10, len(allowed))


def test_the_filtered_list_swapped_in_is_that_of_a_reload(client, htmx, guide):
    fragment = htmx.get(f"{profile(REPAIRER)}?secteur=sante&etudes=&demande=")

    assert fragment["HX-Push-Url"] == f"{profile(REPAIRER)}?secteur=sante"
    whole = find(page(client, fragment["HX-Push-Url"]), id="classement")
    assert text(find(tree(fragment), id="classement")) == text(whole)


def test_why_shows_a_sum_that_makes_the_band(client, guide):
    root = page(client, f"{profile(REPAIRER)}metiers/metier-00/")

    cells = [text(cell) for cell in find_all(root, css="points")]
    points = [int(cell.replace("−", "-").replace(" ", "").replace("\u202f", "")) for cell in cells]
    assert sum(points[:-1]) == points[-1]
    assert len(find_all(find(root, css="said-by-type"), tag="dd")) == 18
    assert "Tu as répondu tout à fait" in text(find(root, css="arguments"))


@pytest.mark.parametrize("slug", ["zorglub", "cache"])
def test_why_knows_published_metiers_only(client, guide, slug):
    create_metier(title="Cache", published=False)

    assert client.get(f"{profile(REPAIRER)}metiers/{slug}/").status_code == 404


def test_what_if_says_what_would_move_and_keeps_nothing(client, guide):
    address = f"{profile(REPAIRER)}et-si/"

    tried = page(client, f"{address}?phrase=1&reponse=1")

    assert "change" in text(find(tried, id="essai"))
    keep = dict(links(find(tried, id="essai")))["Garder cette réponse"]
    assert decode(keep.split("/")[3]) == REPAIRER.with_answer(1, 1)
    assert text(find(page(client, address), id="essai")) == "Choisis une phrase et une réponse."


@pytest.mark.parametrize(
    "query, said",
    [
        ("phrase=1&reponse=5", "C’est déjà ta réponse"),
        ("phrase=99&reponse=1", "Choisis une phrase"),
        ("phrase=1&reponse=9", "Choisis une phrase"),
        ("phrase=-1&reponse=x", "Choisis une phrase"),
        ("phrase=20&reponse=3", "Choisis une phrase"),
        ("phrase=٣&reponse=1", "Choisis une phrase"),
    ],
)
def test_what_if_answers_nonsense_with_its_form(client, guide, query, said):
    assert said in text(find(page(client, f"{profile(REPAIRER)}et-si/?{query}"), id="essai"))


def test_the_trial_swapped_in_is_that_of_a_reload(client, htmx, guide):
    address = f"{profile(REPAIRER)}et-si/?phrase=1&reponse=1"

    swapped = find(tree(htmx.get(address)), id="essai")

    assert text(swapped) == text(find(page(client, address), id="essai"))


def test_the_sheet_asks_about_what_is_unclear_and_refused(client, guide):
    night = Answers(1, REPAIRER.values, 3, None, refusing_the_night().dealbreakers)

    asked = [text(row) for row in find_all(page(client, f"{profile(night)}questions/"), tag="li")]

    assert len(asked) >= 7
    assert "Raconte-moi hier, heure par heure, même l’ennuyeux." in asked


@pytest.mark.parametrize("end", ["", "metiers/metier-00/", "et-si/", "questions/"])
def test_flat_answers_rank_nothing_anywhere(client, guide, end):
    root = page(client, profile(FLAT) + end)

    assert text(find(root, tag="h1")) == "Presque partout la même réponse."
    assert "Métier 0" not in text(root)


@pytest.mark.parametrize("end", ["", "metiers/metier-00/", "et-si/", "questions/"])
def test_a_page_about_a_profile_is_nobody_elses(client, guide, end):
    response = client.get(profile(REPAIRER) + end)

    assert response["Cache-Control"] == "private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("end", ["", "metiers/metier-00/", "et-si/", "questions/"])
def test_a_broken_code_is_said_everywhere(client, guide, end):
    assert client.get(f"/quiz/resultat/abime/{end}").status_code == 400


CONTRADICTORY = Answers(1, (5, 1, 5, 1, 1, 5, 1, 5, 1, 5, 5, 1, 5, 1, 5, 1, 1, 5) + (None,) * 18, 3)


def test_contradictions_are_shown_with_ways_on(client, guide):
    root = page(client, profile(CONTRADICTORY))

    assert text(find(root, tag="h1")) == "Tes réponses se contredisent par endroits."
    assert "Métier 0" not in text(root)
    ways = dict(links(root))
    assert "/quiz/question/" in ways["Répondre à six autres phrases"]
    assert "Changer" in text(find(root, css="pairs"))
    confirmed = page(client, ways["Voir le résultat quand même"])
    assert "ce résultat tient à peu de chose" in text(confirmed)
    assert len(names(confirmed)) == 10
