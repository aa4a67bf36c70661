"""A profile in words says what was answered, and no more."""

from random import Random
from statistics import NormalDist

import pytest

from metiers.riasec import LETTERS
from quiz.matching import Answer, explain, rank
from quiz.norming import simulate_person
from quiz.reference import reference_candidates
from quiz.scoring import DISLIKED, LIKED, score
from quiz.wording import (
    IN_BETWEEN,
    LESS_MARKED,
    MARKED,
    NOTHING_STANDS_OUT,
    UNANSWERED,
    VERY_MARKED,
    Said,
    degree,
    headline,
    pulls_and_pushes,
    ranking_heading,
    sentences,
)
from tests.factories import published_norms

THETA = (-1.5, 0.2, 1.0, 0.1, -0.8, 0.0)
ALL = frozenset(LETTERS)


def test_the_strongest_and_the_weakest_make_the_headline():
    assert headline(THETA, Said(ALL, ALL, ALL)) == "Créer, plutôt que réparer."


def test_a_dislike_that_no_answer_says_is_not_claimed():
    said = Said(answered=ALL - {"R"}, liked=ALL, disliked={"E"})

    assert headline(THETA, said) == "Créer, plutôt que convaincre."
    assert "Le travail manuel t’attire peu." not in sentences(THETA, said)
    assert headline(THETA, Said(ALL, ALL, frozenset())) == "Créer, d’abord."


def test_nothing_is_undecided_that_was_never_asked():
    said = Said(answered={"A", "C"}, liked={"A"}, disliked=frozenset())

    assert sentences(THETA, said) == [
        "Tes réponses vont vers ce qui s’imagine et prend forme.",
        "Pour l’organisation, rien de tranché.",
    ]


def test_where_nothing_stands_out_a_liked_type_comes_nearest():
    said = Said(answered={"S", "C"}, liked={"C"}, disliked=frozenset())

    assert sentences((0.4, 0, 0, 0.3, 0, 0.2), said)[-1] == (
        "Ce qui s’en approche le plus, chez toi\u00a0: l’organisation."
    )


@pytest.mark.parametrize("count", [3, 4, 5, 6])
def test_the_words_of_the_table_hold_at_the_limits(count):
    """Of those who gave `count` answers of each type, about nine and seven in ten are below.

    Estimates are shrunken: theirs vary by 1 − v, not by 1.
    """
    profile = score([(letter, 3) for letter in LETTERS] * count, published_norms())
    for k in range(6):
        people = NormalDist(0, (1 - profile.covariance[k][k]) ** 0.5)
        assert people.cdf(VERY_MARKED) == pytest.approx(0.92, abs=0.025)
        assert people.cdf(MARKED) == pytest.approx(0.71, abs=0.025)


def test_each_degree_has_its_share_of_people():
    assert list(LESS_MARKED) == [degree(x) for x in (1.25, 0.5, 0, -0.5, -1.25)]
    assert [degree(x) for x in (-1.25, -0.5, -0.49, 0.49, 0.5, 1.25)] == [
        "très peu marqué",
        "peu marqué",
        "moyen",
        "moyen",
        "marqué",
        "très marqué",
    ]
    assert UNANSWERED == "pas de réponse"


@pytest.mark.parametrize(
    "shown, count, is_narrowed, heading",
    [
        (10, 24, False, "Les 10 plus proches"),
        (10, 1_057, True, "Les 10 plus proches parmi 1\u202f057"),
        (3, 3, True, "Tes filtres laissent 3 métiers"),
        (1, 1, True, "Tes filtres laissent 1 métier"),
        (0, 0, True, "Tes filtres ne laissent aucun métier"),
        (3, 3, False, "Les 3 métiers du guide"),
        (1, 1, False, "Le seul métier du guide"),
    ],
)
def test_the_heading_of_the_list_is_true(shown, count, is_narrowed, heading):
    assert ranking_heading(shown, count, is_narrowed=is_narrowed) == heading


@pytest.mark.parametrize(
    "said, words",
    [
        (Said(ALL, {"E"}, {"C"}), (["la vente"], ["l’organisation"])),
        (Said(ALL, set(), {"C"}), ([], ["l’organisation"])),
        (Said(ALL - {"E", "C"}, set(), set()), ([], [])),
    ],
)
def test_a_metier_is_for_and_against_what_answers_say(said, words):
    theta, z = (0, 0, 0, 0, 1.0, -1.0), (0, 0, 0, 0, 1.0, 1.0)

    assert pulls_and_pushes(theta, z, (0, 0, 0, 0, 0.3, -0.3), said) == words


def test_a_part_too_small_to_be_a_reason_is_no_word():
    theta, z = (1.0, 0, 0, 0, 1.0, 0), (1.0, 0, 0, 0, 1.0, 0)
    said = Said(ALL, {"R", "E"}, set())

    assert pulls_and_pushes(theta, z, (0.02, 0, 0, 0, 0.3, 0), said) == (["la vente"], [])


def test_a_marked_taste_that_no_answer_says_is_told_beside_its_row():
    theta = (0.7, 0.1, -0.2, -0.3, -1, -0.6)

    told = sentences(theta, Said(ALL, {"I"}, {"E"}))

    assert told[0] == NOTHING_STANDS_OUT
    assert told[1].startswith(
        "Comparé à celui de la plupart des gens, ton profil penche quand même vers le"
    )
    assert not any("s’en approche le plus" in sentence for sentence in told)


def test_each_word_of_a_row_is_an_argument_of_its_page():
    rng, norms = Random(11), published_norms()  # noqa: S311 — simulated people are no secret
    candidates, words = reference_candidates(norms)[::9], 0
    for _ in range(60):
        person = simulate_person(rng, norms)
        given = [Answer(item, *pair) for item, pair in enumerate(person, start=1)]
        profile = score(person, norms)
        said = Said(
            {a.dimension for a in given},
            {a.dimension for a in given if a.value >= LIKED},
            {a.dimension for a in given if a.value <= DISLIKED},
        )
        for candidate in candidates:
            [match] = rank(profile, None, [candidate], norms)
            pulls, pushes = pulls_and_pushes(profile.theta, candidate.z, match.parts, said)
            argued = explain(profile, candidate, level=None, answers=given, norms=norms)
            assert {*pulls} <= {IN_BETWEEN[reason.dimension] for reason in argued.reasons}
            assert len(pushes) <= len(argued.drawbacks)
            words += len(pulls) + len(pushes)
    assert words > 100
