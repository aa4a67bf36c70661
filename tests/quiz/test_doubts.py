"""Each reason not to rank is told apart, and people who answer as people do meet none."""

from random import Random

import pytest

from quiz.doubts import (
    Caution,
    Doubt,
    cautions_about,
    contradictions,
    contradicts_itself,
    doubt_about,
)
from quiz.matching import Answer
from quiz.norming import simulate_person
from quiz.scoring import Quality, quality, score
from tests.factories import published_norms

NORMS = published_norms()
EXTREMES = (5, 1, 5, 1, 1, 5, 1, 5, 1, 5, 5, 1, 5, 1, 5, 1, 1, 5)


def answers(values):
    return [
        Answer(item, letter, value)
        for item, (letter, value) in enumerate(zip("RIASEC" * 6, values, strict=False), start=1)
        if value
    ]


def doubt(values):
    given = answers(values)
    pairs = [(answer.dimension, answer.value) for answer in given]
    skipped = sum(value == 0 for value in values[:18])
    return doubt_about(given, skipped, quality(pairs, score(pairs, NORMS)), NORMS)


@pytest.mark.parametrize(
    "values, found",
    [
        ((5, 1, 2, 1, 3, 2) * 3, None),
        ((), Doubt.FEW),
        ((5, 1, 2, 4, 5), Doubt.FEW),
        ((0,) * 10 + (5, 1, 2, 4, 5, 1, 2, 3), Doubt.SKIPS),
        ((0,) * 9 + (5, 1, 2, 1, 3, 2, 5, 1, 2), None),
        ((5, 1, 2, 1, 3, 2) * 3 + (0,) * 10, None),  # a round and more passed, nothing undone
        ((0,) * 10 + (5, 1, 2, 4, 5, 1, 2, 3) + (0,) * 2 + (1, 2), None),
        ((0,) * 11 + (5, 1, 2, 4, 5, 1, 2) + (1, 2, 0), Doubt.SKIPS),
        ((3,) * 18, Doubt.SAME),
        ((4,) * 17 + (1,), Doubt.SAME),
        ((4, 4, 4, 3, 4, 4) * 3, Doubt.FAINT),
        ((3, 1, 1, 2, 1, 1) * 3, Doubt.NOTHING_LIKED),
        (EXTREMES, Doubt.CONTRADICTORY),
    ],
)
def test_the_cause_is_told(values, found):
    assert doubt(values) == found


def test_hardly_anybody_who_answers_as_people_do_contradicts_themselves():
    rng = Random(7)  # noqa: S311 — simulated people are no secret
    people = [simulate_person(rng, NORMS) for _ in range(500)]

    flagged = sum(
        contradicts_itself([Answer(i, *pair) for i, pair in enumerate(person, start=1)], NORMS)
        for person in people
    )

    assert flagged <= 2


def test_most_people_who_answer_at_random_do():
    rng = Random(7)  # noqa: S311 — simulated people are no secret
    people = [[rng.choice((1, 5)) for _ in range(18)] for _ in range(200)]

    assert sum(contradicts_itself(answers(person), NORMS) for person in people) > 150


def test_the_pairs_stand_at_the_two_ends_of_one_type():
    pairs = contradictions(answers(EXTREMES))

    assert len(pairs) == 3
    for liked, disliked in pairs:
        assert (liked.value, disliked.value) == (5, 1)
        assert liked.dimension == disliked.dimension
    assert contradictions(answers((5, 1, 2, 1, 3, 2) * 3)) == []


def test_milder_contradictions_have_their_pairs_too():
    """5 beside 2 scatters as much, and what is said of it must be shown."""
    values = (5, 2, 5, 2, 2, 5, 2, 5, 2, 5, 5, 2, 5, 2, 5, 2, 2, 5)

    assert doubt(values) == Doubt.CONTRADICTORY
    assert {(a.value, b.value) for a, b in contradictions(answers(values))} == {(5, 2)}


@pytest.mark.parametrize(
    "values, found",
    [
        ((5, 1, 2, 1, 3, 2) * 3, []),
        ((4,) * 12 + (4, 4, 4, 2, 2, 2), [Caution.EVEN]),
        ((5, 4, 5, 5, 4, 4, 4, 5, 4, 4, 5, 5, 5, 5, 5, 4, 4, 4), [Caution.EVEN]),
        ((5, 1, 2, 1, 3, 2), [Caution.FEW]),
        ((0, 1, 5, 5, 2, 2) * 3, []),  # a type that nobody answered is not even with the others
    ],
)
def test_what_carries_a_ranking_may_still_ask_for_care(values, found):
    given = answers(values)
    pairs = [(answer.dimension, answer.value) for answer in given]

    kept = set(cautions_about(given, quality(pairs, score(pairs, NORMS))))
    assert kept - {Caution.LOW_CONTRAST} == set(found)


def test_a_faint_profile_asks_for_care():
    given = answers((5, 1, 2, 1, 3, 2) * 3)

    assert cautions_about(given, Quality.LOW_CONTRAST) == [Caution.LOW_CONTRAST]
