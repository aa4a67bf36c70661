"""The pages around a profile: refining, refusing, why, what if, what to ask."""

import re

import pytest
import yaml
from django.conf import settings
from django.utils.text import slugify

from metiers.models import Criterion, Metier
from quiz import wording
from quiz.asking_around import REFUSED, UNSURE
from quiz.dealbreakers import DEALBREAKERS
from quiz.doubts import ENOUGH_ANSWERS
from quiz.matching import BAND_FLOORS
from quiz.questionnaire import read_questionnaire
from quiz.refining import blurred
from quiz.scoring import FEWEST_ANSWERS
from quiz.selection import MOST_OF_A_SECTOR, NEARLY_EQUAL
from quiz.steps import refine_address
from quiz.token import Answers, decode, encode
from quiz.visitor import Visitor
from tests.factories import (
    create_criterion,
    create_demand,
    create_evidence,
    create_metier,
    create_question_set,
    create_sector,
)
from tests.html import find, find_all, links, text, tree

pytestmark = pytest.mark.django_db

EXTRAS = range(20, 38)
REPAIRER = Answers(1, (5, 2, 1, 1, 3, 4) * 3 + (None,) * 18, level=3)
CONTRADICTORY = Answers(1, (5, 1, 5, 1, 1, 5, 1, 5, 1, 5, 5, 1, 5, 1, 5, 1, 1, 5) + (None,) * 18, 3)
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


def number_of(address):
    return int(address.split("/")[3])


def plain(words):
    return " ".join(words.split())


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
    first = refine_link(page(client, profile(REPAIRER)))
    met, end = choose_all(client, first, 4)
    asked = [text(find(page(client, address), tag="h1")) for address in met]
    create_metier(title="Nouveau", interests=(0, 100, 0, 100, 0, 100))

    assert refine_link(page(client, profile(REPAIRER))) == first
    assert choose_all(client, first, 4) == (met, end)
    assert [text(find(page(client, address), tag="h1")) for address in met] == asked


def test_a_round_that_was_passed_changes_nothing_and_says_so(client, guide):
    passed = REPAIRER
    for position in read_questionnaire().rounds(REPAIRER)[-1].positions:
        passed = passed.with_answer(position, 0)

    told = text(find(page(client, profile(passed)), css="result-refine"))
    assert "tu as passé les phrases, et ton profil reste ce qu’il était" in told
    assert "disaient déjà la même chose" not in told


def test_what_is_left_of_a_round_is_what_it_says_it_settles(client, guide):
    """« ton goût pour le manuel » is not promised once no statement of that type is left."""
    answers = REPAIRER
    for left in range(6, 0, -1):
        round_under_way = read_questionnaire().rounds(answers)[-1]
        pending = round_under_way.pending({i for i, v in enumerate(answers.values, 1) if v})
        assert len(pending) == left
        told = text(find(page(client, profile(answers)), css="result-refine"))
        named = {letter for letter, words in wording.BLURRED.items() if words[4:] in told}
        assert named
        assert named <= {statement.letter for statement in pending}
        answers = answers.with_answer(pending[0].position, 4)


def test_statements_passed_in_a_refinement_take_no_profile_away(client, guide):
    """Ten answers of eighteen carry a ranking, and do so still."""
    answers = Answers(1, (5, 1, 2, 4, 3) * 2 + (0,) * 8 + (None,) * 18, level=3)
    passed = Answers(1, answers.values[:18] + (0,) * 18, level=3)

    ranked = [text(name) for name in find_all(page(client, profile(answers)), css="row-name")]
    assert [
        text(name) for name in find_all(page(client, profile(passed)), css="row-name")
    ] == ranked
    assert len(ranked) >= 10


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


def step(number, answers):
    return f"/quiz/question/{number}/?r={encode(answers)}"


BEGUN = Answers(1, REPAIRER.values[:3] + (None,) * 33)


@pytest.mark.parametrize("number", EXTRAS)
def test_an_extra_before_the_core_leads_to_the_first_statement_not_seen(client, number):
    response = client.get(step(number, BEGUN))

    assert (response.status_code, response["Location"]) == (302, step(4, BEGUN))
    assert response["Referrer-Policy"] == "no-referrer"


def test_an_extra_without_code_leads_to_the_first_statement(client):
    assert client.get("/quiz/question/25/")["Location"] == step(1, Answers(1))


@pytest.mark.parametrize("count", [0, 1, 4])
def test_an_extra_out_of_its_turn_leads_to_the_one_whose_turn_it_is(client, guide, count):
    met, end = choose_all(client, refine_address(read_questionnaire(), REPAIRER), 2)
    own = [*met, end][count]
    answers = decode(own.rpartition("=")[2])
    seen = [step(number_of(address), answers) for address in met[:count]]

    shown = {step(n, answers): client.get(step(n, answers)) for n in EXTRAS}

    assert {address for address, found in shown.items() if found.status_code == 200} == {own, *seen}
    assert {found["Location"] for found in shown.values() if found.status_code == 302} == {own}


def test_after_the_last_round_there_is_no_extra_left_to_lead_to(client, guide):
    everything = Answers(1, REPAIRER.values[:18] * 2, 3)
    all_but_one = everything.without([30])

    assert refine_address(read_questionnaire(), everything) is None
    assert client.get(step(31, all_but_one)).status_code == 200
    assert "Affiner : phrase" in text(page(client, step(31, all_but_one)))


def test_an_answer_that_fell_out_of_its_round_can_be_changed_and_leads_back(client, guide):
    questionnaire = read_questionnaire()
    asked = next(iter(questionnaire.rounds(REPAIRER))).positions
    out = next(q.position for q in questionnaire.extras if q.position not in asked)
    answers = REPAIRER.with_answer(out, 4)

    root = page(client, step(questionnaire.step_of(out), answers))

    assert text(find(root, css="progress")) == "Changer une réponse puis ton profil"
    assert len(find(root, css="stations")) == 1
    assert find_all(root, css="answer")[1].get("href") == profile(answers.with_answer(out, 2))


def test_a_changed_answer_announces_the_profile_that_follows(client, guide):
    said = text(find(page(client, step(5, REPAIRER)), css="progress"))

    assert said == "Phrase 5 sur 18 puis ton profil"


@pytest.mark.parametrize(
    "count, said, button",
    [
        (0, "6 phrases choisies pour toi peuvent l’éclaircir.", "Affiner, une demi-minute"),
        (2, "Encore 4 phrases choisies pour toi peuvent l’éclaircir.", "Continuer à affiner"),
        (5, "Encore 1 phrase choisie pour toi peut l’éclaircir.", "Continuer à affiner"),
    ],
)
def test_the_profile_counts_the_statements_that_are_left(client, guide, count, said, button):
    met, _ = choose_all(client, refine_address(read_questionnaire(), REPAIRER), 2)
    left_there = decode(met[count].rpartition("=")[2])

    root = find(page(client, profile(left_there)), css="result-refine")

    assert said in text(root)
    assert dict(links(root))[button] == met[count]


def test_nothing_is_refined_before_the_core_was_seen(client, guide):
    unfinished = Answers(1, REPAIRER.values[:12] + (None,) * 24)

    root = page(client, profile(unfinished))

    assert find(root, css="result-refine") is None
    assert "Il reste des phrases" in text(root)
    without_studies = page(client, profile(Answers(1, REPAIRER.values)))
    assert "Il reste la question sur les études." in text(without_studies)


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


@pytest.mark.parametrize(
    "entry, said, points",
    [
        (None, "Secondaire Niveau compté : Bachelier, trois ou quatre ans", -975),
        (1, "Secondaire · possible sans diplôme Niveau compté : Sur le tas", 0),
    ],
)
def test_why_shows_which_level_of_studies_counted(client, guide, entry, said, points):
    Metier.objects.filter(pk=guide[0].pk).update(study_level=4, entry_level=entry)

    root = page(client, f"{profile(REPAIRER)}metiers/metier-00/")

    studies = find_all(find(root, css="calculation"), tag="tr")[7]
    _, demanded, counted = [text(cell) for cell in find_all(studies, tag="td")]
    assert plain(demanded) == said
    assert int(counted.replace("−", "-").replace("\u202f", "")) == points


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

    assert len(asked) == 4 + 1 + 3
    assert asked[4].startswith("Combien de nuits as-tu travaillé le mois passé")
    assert "Raconte-moi hier, heure par heure, même l’ennuyeux." in asked


def test_the_sheet_asks_on_the_two_tastes_that_most_blur_the_order(client, guide):
    blur = blurred(Visitor(REPAIRER).profile, read_questionnaire().norms)[:2]

    asked = [
        text(row) for row in find_all(page(client, f"{profile(REPAIRER)}questions/"), tag="li")
    ]

    assert asked[:4] == [plain(question) for letter in blur for question in UNSURE[letter]]


def test_every_refusal_but_the_length_of_studies_has_its_question():
    assert list(REFUSED) == [d.slug for d in DEALBREAKERS if d.slug != "master"]
    assert len(set(REFUSED.values())) == 7


def test_refusing_long_studies_asks_nothing_more(client, guide):
    Metier.objects.filter(pk=guide[0].pk).update(study_level=5)
    accepting = Answers(1, REPAIRER.values, level=5)
    refused = accepting.toggled([d.slug for d in DEALBREAKERS].index("master"))

    root = page(client, profile(refused))

    assert "cinq ans d’études ou plus" in text(find(root, css="result-focus"))
    sheets = [client.get(f"{profile(answers)}questions/") for answers in (refused, accepting)]
    first, second = ([text(row) for row in find_all(tree(sheet), tag="li")] for sheet in sheets)
    assert first == second


@pytest.mark.parametrize("entry, is_flagged", [(None, True), (5, True), (4, False), (1, False)])
def test_long_studies_flag_what_no_shorter_ones_open(client, guide, entry, is_flagged):
    master = create_criterion(name="Master")
    Metier.objects.filter(pk=guide[0].pk).update(study_level=5, entry_level=entry)
    guide[0].criteria.add(master)
    guide[1].criteria.add(master)
    refused = REPAIRER.toggled([d.slug for d in DEALBREAKERS].index("master"))

    root = page(client, profile(refused))

    flags = [href for row in find_all(root, css="flags") for _, href in links(row)]
    address = f"/metiers/metier-00/?r={encode(refused)}#formation"
    assert {*flags} == ({address} if is_flagged else set())


def test_one_leaves_the_refusals_by_where_one_came_in(client, guide):
    from_question = page(client, f"/quiz/surtout-pas/?r={encode(REPAIRER)}")
    assert dict(links(from_question))["Revenir"] == step(19, REPAIRER)
    assert dict(links(from_question))["Voir mon profil"] == profile(REPAIRER)

    way_in = dict(links(page(client, profile(REPAIRER))))["Dire ce que je refuse"]
    from_profile = page(client, way_in)
    assert "Revenir" not in dict(links(from_profile))
    again = page(client, dict(links(from_profile))["La nuit"])
    assert dict(links(again))["Retour à mon profil"] == profile(refusing_the_night())
    changed = dict(links(page(client, profile(refusing_the_night()))))["Changer ce que je refuse"]
    assert dict(links(page(client, changed)))["Retour à mon profil"] == profile(
        refusing_the_night()
    )


@pytest.mark.parametrize("depuis", ["", "zorglub", "profil&depuis=x"])
def test_any_other_way_in_is_that_of_the_question(client, guide, depuis):
    root = page(client, f"/quiz/surtout-pas/?r={encode(REPAIRER)}&depuis={depuis}")

    assert "Revenir" in dict(links(root))


@pytest.mark.parametrize(
    "address",
    [
        step(2, REPAIRER),
        step(19, REPAIRER),
        f"/quiz/surtout-pas/?r={encode(REPAIRER)}",
        profile(REPAIRER),
        profile(FLAT),
    ],
)
def test_one_can_start_over_from_wherever_answers_are(client, guide, address):
    ways = dict(links(page(client, address)))

    assert ways["Recommencer à zéro"] == "/quiz/"


def test_there_is_nothing_to_start_over_before_the_first_answer(client):
    assert "Recommencer" not in text(page(client, "/quiz/question/1/"))
    assert "Recommencer" not in text(page(client, step(1, Answers(1, started_from=7))))


def test_longer_studies_are_said_to_cost_a_band_at_the_most(client, guide):
    said = plain(text(find(page(client, profile(REPAIRER)), css="result-refusals")))

    assert "en demande plus recule, d’une bande au plus" in said
    assert "en demande moins ne recule pas" in said


@pytest.mark.parametrize("end", ["", "metiers/metier-00/", "et-si/", "questions/"])
@pytest.mark.parametrize(
    "answers, heading",
    [
        (FLAT, "Presque partout la même réponse."),
        (CONTRADICTORY, "Tes réponses se contredisent par endroits."),
    ],
)
def test_answers_that_carry_no_ranking_rank_nothing_anywhere(client, guide, end, answers, heading):
    root = page(client, profile(answers) + end)

    assert text(find(root, tag="h1")) == heading
    assert "Métier 0" not in text(root)
    assert find(root, css="calculation") is None


@pytest.mark.parametrize("end", ["", "metiers/metier-00/", "et-si/", "questions/"])
def test_a_page_about_a_profile_is_nobody_elses(client, guide, end):
    response = client.get(profile(REPAIRER) + end)

    assert response["Cache-Control"] == "private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("end", ["", "metiers/metier-00/", "et-si/", "questions/"])
def test_a_broken_code_is_said_everywhere(client, guide, end):
    assert client.get(f"/quiz/resultat/abime/{end}").status_code == 400


def test_contradictions_are_shown_with_ways_on(client, guide):
    root = page(client, profile(CONTRADICTORY))

    assert text(find(root, tag="h1")) == "Tes réponses se contredisent par endroits."
    assert "Métier 0" not in text(root)
    ways = dict(links(root))
    assert "/quiz/question/" in ways["Répondre à 6 autres phrases"]
    assert "Changer" in text(find(root, css="pairs"))
    confirmed = page(client, ways["Voir le résultat quand même"])
    assert "ce résultat tient à peu de chose" in text(confirmed)
    assert len(names(confirmed)) == 10


CONFIRMED = CONTRADICTORY.confirmed()
TOLD = "Tes réponses se contredisent par endroits : ce résultat tient à peu de chose."


def test_who_stands_by_contradictory_answers_is_led_to_their_code(client, guide):
    ways = dict(links(page(client, profile(CONTRADICTORY))))

    assert ways["Voir le résultat quand même"] == profile(CONFIRMED)


@pytest.mark.parametrize("end", ["", "metiers/metier-00/", "et-si/", "questions/"])
def test_what_was_confirmed_is_carried_and_told_everywhere(client, guide, end):
    response = client.get(profile(CONFIRMED) + end)

    html = response.content.decode()
    assert TOLD in text(tree(response))
    assert encode(CONFIRMED) in html
    assert encode(CONTRADICTORY) not in html


def test_a_fiche_leads_back_to_the_confirmed_profile(client, guide):
    root = tree(client.get(f"/metiers/metier-00/?r={encode(CONFIRMED)}"))

    assert dict(links(root))["Mon profil"] == profile(CONFIRMED)
    assert TOLD in text(find(root, css="visitor"))


def test_a_filter_keeps_what_was_confirmed(client, htmx, guide):
    root = page(client, profile(CONFIRMED))
    form = find(root, css="result-filters")

    fragment = htmx.get(f"{form.get('action')}?secteur=sante")

    assert fragment["HX-Push-Url"] == f"{profile(CONFIRMED)}?secteur=sante"
    assert names(page(client, fragment["HX-Push-Url"])) == names(tree(fragment))
    assert len(names(tree(fragment))) == 7


def test_confirming_does_not_rank_flat_answers(client, guide):
    root = page(client, profile(FLAT.confirmed()))

    assert text(find(root, tag="h1")) == "Presque partout la même réponse."


def test_who_skipped_more_than_half_is_led_to_the_first_phrase_skipped(client, guide):
    skipping = Answers(1, (5, 1, 0, 4, 2) + (0,) * 13 + (None,) * 18, level=3)

    ways = dict(links(page(client, profile(skipping))))

    assert ways["Reprendre la première phrase passée"] == (
        f"/quiz/question/3/?r={encode(skipping)}&revoir=passees"
    )


def far(root):
    return [text(find(row, tag="a")) for row in find_all(find(root, css="result-far"), tag="li")]


def test_the_far_end_is_far_whatever_is_filtered(client):
    health = create_sector(name="Santé", line="sante")
    for i in range(12):
        create_metier(title=f"Près {i}", interests=(90, 30, 30 - i, 20, 30, 60))
    create_metier(title="Mitigé", interests=(40, 60, 40, 50, 60, 50), sector=health)
    for place in range(4):
        sector = create_sector(name=f"Secteur {place}")
        create_metier(title=f"Loin {place}", interests=(0, 50, 60, 90 - place, 9, 0), sector=sector)

    whole = page(client, profile(REPAIRER))

    assert far(whole) == ["Loin 0", "Loin 1", "Loin 2"]
    bands = find_all(find(whole, css="result-far"), css="row-band")
    assert [text(band) for band in bands] == ["éloigné"] * 3
    assert len(find_all(find(whole, css="result-far"), css="row-more")) == 3
    for query in ("secteur=sante", "secteur=secteur-0"):
        assert far(page(client, f"{profile(REPAIRER)}?{query}")) == far(whole)


def test_where_none_is_far_the_least_close_are_called_just_that(client):
    for i in range(12):
        create_metier(title=f"Près {i}", interests=(90, 30, 30 - i, 20, 30, 60))
    for place in range(2):
        create_metier(title=f"Mitigé {place}", interests=(70, 40, 10, 60, 20, 60 + place))

    root = page(client, profile(REPAIRER))

    assert sorted(far(root)) == ["Mitigé 0", "Mitigé 1"]
    notice = text(find(find(root, css="result-far"), tag="p"))
    assert notice.startswith("Deux métiers parmi les moins proches de tes réponses. Si l’un d’eux")


def test_the_list_comes_before_what_explains_it(client, guide):
    heads = [text(head) for head in find_all(page(client, profile(REPAIRER)), tag="h2")]

    first, *_ = heads
    assert first.startswith("Les 10 plus proches")
    assert heads.index("Tes six intérêts") > heads.index("Affiner") > 0


@pytest.mark.parametrize("query, is_open", [("", False), ("?secteur=sante", True)])
def test_the_filters_are_folded_until_one_is_used(client, guide, query, is_open):
    fold = find(page(client, profile(REPAIRER) + query), id="filtres")

    assert ("open" in fold.attrib) is is_open


def test_nothing_close_is_called_far(client):
    for i in range(14):
        create_metier(title=f"Métier {i:02}", interests=(90, 30, 30 - i, 20, 30, 60))

    assert find(page(client, profile(REPAIRER)), css="result-far") is None


@pytest.mark.parametrize(
    "query, heading, notes",
    [
        ("", "Les 10 plus proches", ["secteur", "bande"]),
        ("secteur=sante", "Tes filtres laissent 7 métiers", ["bande"]),
        ("secteur=sante&etudes=2&demande=wallonie", "Tes filtres ne laissent aucun métier", []),
    ],
)
def test_what_is_said_of_the_list_is_true_of_it(client, guide, query, heading, notes):
    create_demand(guide[0])
    ranking = find(page(client, f"{profile(REPAIRER)}?{query}"), css="result-ranking")

    lead = text(find(ranking, css="ranking-notes"))
    assert text(find(ranking, tag="h2")) == heading
    assert ("Aucun secteur ne prend plus de trois places" in lead) == ("secteur" in notes)
    assert ("Dans une même bande" in lead) == ("bande" in notes)


@pytest.mark.parametrize(
    "address, target",
    [
        (f"{profile(REPAIRER)}?secteur=sante", "classement"),
        (f"{profile(REPAIRER)}et-si/?phrase=1&reponse=1", "essai"),
        (f"/quiz/surtout-pas/?r={encode(REPAIRER.toggled(2))}", "refus"),
    ],
)
def test_what_a_swap_changes_is_announced_from_outside_it(client, htmx, guide, address, target):
    whole, fragment = page(client, address), tree(htmx.get(address))

    region = find(whole, id="annonce")
    assert region.get("role") == "status"
    assert find(find(whole, id=target), id="annonce") is None
    said = find(fragment, id="annonce")
    assert said.get("hx-swap-oob") == "innerHTML"
    assert text(said) == text(region) != ""


def test_a_type_without_an_answer_is_not_called_average(client, guide):
    silent = Answers(1, (5, 2, 1, 0, 3, 4) * 3 + (None,) * 18, level=3)

    why = page(client, f"{profile(silent)}metiers/metier-00/")
    rows = find_all(find(page(client, profile(silent)), css="result-interests"), tag="tr")[1:]

    assert text(find_all(rows[3], tag="td")[0]) == "pas de réponse"
    assert text(find_all(rows[3], tag="td")[1]) == "–"
    cells = find_all(find_all(find(why, css="calculation"), tag="tr")[4], tag="td")
    assert text(cells[0]) == "pas de réponse"


def test_a_refusal_that_nobody_knows_is_passed_over(client, guide):
    """A later version of the site may know more of them."""
    root = page(client, profile(REPAIRER.toggled(15)))

    assert "Dire ce que je refuse" in dict(links(root))
    assert find(root, id="filtre-sans") is None
    refusing = page(client, f"/quiz/surtout-pas/?r={encode(REPAIRER.toggled(15))}")
    assert text(find(refusing, id="annonce")) == "Rien de refusé pour l’instant."


def test_changing_an_answer_is_not_said_to_make_it_better_known(client, guide):
    root = page(client, f"{profile(REPAIRER)}et-si/?phrase=1&reponse=4")

    tried = find(root, id="essai")
    assert find_all(tried, css="moved") != []
    assert "mieux connus" not in text(tried)
    assert "« Réparer le moteur d’une vieille camionnette » : tout à fait devient" in text(tried)


def test_a_metier_that_would_move_shows_what_is_refused_of_it(client, guide):
    for metier in guide:
        metier.criteria.add(Criterion.objects.get(slug="nuit"))

    address = f"{profile(refusing_the_night())}et-si/?phrase=1&reponse=4"
    rows = find_all(find(find(page(client, address), id="essai"), css="moved"), tag="li")

    assert rows
    for row in rows:
        assert "Surtout pas : la nuit" in text(find(row, css="flags"))


def test_what_moves_beyond_the_first_ten_is_counted(client, guide):
    moving = f"{profile(REPAIRER)}et-si/?phrase=1&reponse=1"
    row = find_all(find(find(page(client, moving), id="essai"), css="moved"), tag="li")[0]
    moved = Metier.objects.get(slug=slugify(text(find(row, tag="strong"))))
    for i in range(15):
        create_metier(
            title=f"Jumeau {i:02}", interests=tuple(moved.interests), study_level=moved.study_level
        )

    tried = find(page(client, moving), id="essai")

    assert len(find_all(find(tried, css="moved"), tag="li")) == 10
    count = int(re.search(r"(\d+) métiers changent", text(tried))[1])
    assert f"Et {count - 10} autres." in text(tried)
    assert count >= 16


def test_where_nothing_was_ranked_before_nothing_is_said_to_stay(client, guide):
    """The core alone was too faint; a round later there is a ranking, and nothing to compare."""
    faint = Answers(1, (4, 4, 4, 3, 4, 4) * 3 + (None,) * 18, level=3)
    _, end = choose_all(client, refine_address(read_questionnaire(), faint), 1)

    said = text(find(page(client, end), css="result-refine"))

    assert "Sans elles, tes réponses ne permettaient pas de comparer des métiers." in said
    assert "Aucun métier n’a changé de bande" not in said


def test_one_of_several_as_close_is_not_called_the_closest(client):
    for i in range(3):
        create_metier(title=f"Métier {i}", interests=(90, 30, 30, 20, 30, 60 - i))

    note = text(find(find(page(client, profile(REPAIRER)), css="result-focus"), css="note"))

    assert note == "Un des métiers les plus proches de tes réponses"


def test_one_of_two_as_close_is_not_called_the_closest_whatever_the_third(client):
    for i, social in enumerate((20, 20, 100)):
        create_metier(title=f"Métier {i}", interests=(90, 30, 30, social, 30, 60))

    note = text(find(find(page(client, profile(REPAIRER)), css="result-focus"), css="note"))

    assert note == "Un des métiers les plus proches de tes réponses"


@pytest.mark.parametrize(
    "path", ["/metiers/metier-00/", "/metiers/metier-00/auto-evaluation/", "/metiers/"]
)
def test_what_is_refused_is_flagged_wherever_a_metier_stands(client, guide, path):
    refused = DEALBREAKERS.index(next(d for d in DEALBREAKERS if d.slug == "nuit"))
    code = encode(REPAIRER.toggled(refused))

    flags = find_all(page(client, f"{path}?r={code}"), css="flags")

    assert text(flags[0]) in ("Surtout pas : la nuit", "Surtout pas\u00a0: la nuit")
    assert "Surtout pas" not in text(page(client, f"{path}?r={encode(REPAIRER)}"))


def test_a_flag_leads_to_what_the_fiche_says_of_it(client, guide):
    Criterion.objects.filter(slug="nuit").update(description="On dort quand les autres mangent.")
    refused = DEALBREAKERS.index(next(d for d in DEALBREAKERS if d.slug == "nuit"))
    code = encode(REPAIRER.toggled(refused))

    root = page(client, f"/metiers/metier-00/?r={code}")

    [(label, address)] = links(find(root, css="flags"))
    assert (label, address) == ("la nuit", f"/metiers/metier-00/?r={code}#critere-nuit")
    assert find(root, id="critere-nuit") is not None
    assert "On dort quand les autres mangent." in text(find(root, id="criteres"))


def test_the_method_says_the_thresholds_that_are_applied(client):
    said = text(tree(client.get("/methode/")))

    floors = [floor for floor, _ in BAND_FLOORS]
    assert f"plus proche que {floors[0]} % des rencontres" in said
    assert f"de {floors[1]} à {floors[0] - 1} %" in said
    assert f"de {floors[2]} à {floors[1] - 1} %" in said
    assert (FEWEST_ANSWERS, ENOUGH_ANSWERS) == (6, 12)
    assert "Moins de six réponses" in said
    assert "moins de douze réponses" in said
    assert (MOST_OF_A_SECTOR, NEARLY_EQUAL) == (3, 10)
    assert "un secteur ne prend pas plus de trois places" in said
    assert "(dix points au plus)" in said


def test_each_refusal_is_of_a_criterion_of_the_guide():
    """An editor may take a criterion away: its chip would flag nothing."""
    criteria = yaml.safe_load((settings.CONTENT_DIR / "criteria.yaml").read_text("utf-8"))

    refused = {dealbreaker.slug for dealbreaker in DEALBREAKERS if not dealbreaker.level}
    assert refused <= {criterion["slug"] for criterion in criteria}
