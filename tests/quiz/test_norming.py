# ruff: noqa: S311 — simulated people are no secret

import statistics
from collections import Counter
from random import Random

import pytest

from quiz.matching import Candidate, rank
from quiz.norming import CORE, freeze, simulate_person
from quiz.scoring import score

CONSTANTS = {
    "source": "openpsychometrics RIASEC 2015",
    "letters": "RIASEC",
    "item_mean": [2.0835, 3.0254, 2.9839, 3.0772, 2.4519, 2.3173],
    "item_loading": [0.8119, 0.9585, 0.9084, 0.8555, 0.755, 0.8925],
    "item_residual_var": [0.7343, 0.87, 1.1022, 0.9832, 0.9475, 0.6947],
    "factor_corr": [
        [1.0, 0.358, 0.1, 0.028, 0.251, 0.483],
        [0.358, 1.0, 0.371, 0.165, 0.01, 0.072],
        [0.1, 0.371, 1.0, 0.326, 0.233, -0.115],
        [0.028, 0.165, 0.326, 1.0, 0.498, 0.146],
        [0.251, 0.01, 0.233, 0.498, 1.0, 0.503],
        [0.483, 0.072, -0.115, 0.146, 0.503, 1.0],
    ],
}


def invented_metiers(number):
    rng = Random(7)
    return [tuple(float(rng.randint(0, 100)) for _ in range(6)) for _ in range(number)]


REFERENCE = invented_metiers(40)
NORMS = freeze(CONSTANTS, REFERENCE, people=1_000)
CANDIDATES = [
    Candidate.of(f"m{i}", interests, None, NORMS) for i, interests in enumerate(REFERENCE)
]


def test_the_constants_are_kept_as_they_are():
    written = NORMS.to_dict()

    for name in ("item_mean", "item_loading", "item_residual_var", "factor_corr"):
        assert written[name] == CONSTANTS[name]


def test_the_interests_are_described_over_the_whole_reference():
    norms = freeze(CONSTANTS, [(10, 20, 30, 40, 50, 60), (30, 80, 31, 41, 51, 61)], people=20)

    assert norms.interest_mean == (20, 50, 30.5, 40.5, 50.5, 60.5)
    assert norms.interest_sd == (10, 30, 0.5, 0.5, 0.5, 0.5)


def test_a_reference_that_never_varies_is_refused():
    with pytest.raises(ValueError, match="positive"):
        freeze(CONSTANTS, [(50,) * 6, (50,) * 6], people=20)


def test_freezing_twice_gives_the_same_norms():
    assert freeze(CONSTANTS, REFERENCE, people=1_000) == NORMS


def test_another_seed_gives_other_people():
    other = freeze(CONSTANTS, REFERENCE, people=1_000, seed=1)

    assert other.match_quantiles != NORMS.match_quantiles
    assert other.match_quantiles == pytest.approx(NORMS.match_quantiles, abs=0.05)


def test_the_frozen_figures_have_four_decimals():
    frozen = (*NORMS.interest_mean, *NORMS.interest_sd, NORMS.match_sd, *NORMS.match_quantiles)

    assert frozen == tuple(round(figure, 4) for figure in frozen)


def new_matches():
    rng = Random(99)
    return [
        match
        for _ in range(1_000)
        for match in rank(score(simulate_person(rng, NORMS), NORMS), None, CANDIDATES, NORMS)
    ]


def test_the_percentiles_hold_for_people_never_seen():
    percents = [match.percent for match in new_matches()]

    for percentile in range(5, 100, 5):
        below = sum(percent < percentile for percent in percents) / len(percents)
        assert below == pytest.approx(percentile / 100, abs=0.02)


def test_the_spread_of_the_match_holds_for_people_never_seen():
    closeness = [match.closeness for match in new_matches()]

    assert statistics.stdev(closeness) == pytest.approx(NORMS.match_sd, abs=0.01)


def test_a_person_answers_three_items_of_each_type_on_the_scale():
    answers = simulate_person(Random(1), NORMS)

    assert Counter(letter for letter, _ in answers) == dict(zip("RIASEC", CORE, strict=True))
    assert {value for _, value in answers} <= {1, 2, 3, 4, 5}


def test_a_person_answers_as_many_items_as_asked():
    answers = simulate_person(Random(1), NORMS, counts=(0, 1, 2, 3, 4, 5))

    assert Counter(letter for letter, _ in answers) == {"I": 1, "A": 2, "S": 3, "E": 4, "C": 5}


def test_people_answer_according_to_their_interests():
    rng = Random(1)
    answers = [
        answer
        for _ in range(300)
        for answer in simulate_person(rng, NORMS, theta=(0, 0, 1.5, -1.5, 0, 0))
    ]

    mean = {
        letter: statistics.fmean(value for own, value in answers if own == letter)
        for letter in "IAS"
    }
    assert mean["I"] == pytest.approx(3.03, abs=0.1)
    assert mean["A"] == pytest.approx(2.98 + 1.5 * 0.91, abs=0.2)
    assert mean["S"] == pytest.approx(3.08 - 1.5 * 0.86, abs=0.2)


def test_interests_go_together_as_in_the_population():
    """R with C (Φ = .48), and A apart from C (−.12)."""
    rng = Random(1)
    sums = {letter: [] for letter in "RAC"}
    for _ in range(2_000):
        answers = simulate_person(rng, NORMS)
        for letter, total in sums.items():
            total.append(sum(value for own, value in answers if own == letter))

    assert statistics.correlation(sums["R"], sums["C"]) == pytest.approx(0.33, abs=0.06)
    assert statistics.correlation(sums["A"], sums["C"]) == pytest.approx(-0.08, abs=0.06)
