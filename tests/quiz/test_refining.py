from collections import Counter
from dataclasses import replace
from itertools import pairwise, product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.norming import simulate_person
from quiz.reference import reference_directions
from quiz.refining import (
    CLOSEST,
    NEGLIGIBLE,
    Move,
    Statement,
    blurred,
    cause,
    changed,
    choose,
    rounds,
    with_one_more,
)
from quiz.scoring import InterestProfile, score
from tests.factories import published_norms

NORMS = published_norms()
LETTERS = "RIASEC"
OTHERS = [Statement(19 + i, LETTERS[i % 6]) for i in range(18)]
ALL_GIVEN = {statement.position: 3 for statement in OTHERS}

answer = st.tuples(st.sampled_from(LETTERS), st.integers(1, 5))
answer_lists = st.lists(answer, max_size=30)
some_left = st.lists(st.sampled_from(OTHERS), unique=True)
given_values = st.dictionaries(st.integers(19, 36), st.integers(0, 5))


def core(seed):
    return simulate_person(Random(seed), NORMS)  # noqa: S311 — a simulated person is no secret


def letters_of(refinement):
    return [statement.letter for statement in refinement.statements]


def asked(refinement):
    return refinement.statements if refinement else ()


def covariance_with(counts):
    answers = [(x, 3) for x, count in zip(LETTERS, counts, strict=True) for _ in range(count)]
    return np.array(score(answers, NORMS).covariance)


def closest_differences(profile):
    directions = reference_directions(NORMS)
    closest = directions[np.argsort(-directions @ profile.theta, kind="stable")[:CLOSEST]]
    first, second = np.triu_indices(CLOSEST, 1)
    return closest[first] - closest[second]


def misorder_after(profile, covariance):
    """(1/π)∫exp(−Δ²/(2s²cos²x))dx from 0 to arcsin of what is left of s: written out, finely."""
    differences = closest_differences(profile)
    before = np.sum(differences @ np.array(profile.covariance) * differences, axis=1)
    left = np.sum(differences @ covariance * differences, axis=1)
    top = np.arcsin(np.sqrt(np.minimum(left / before, 1)))
    steps = (np.arange(60) + 0.5) / 60
    cosines = np.cos(top[:, None] * steps)
    doubt = ((differences @ profile.theta) ** 2 / before)[:, None]
    return np.mean(top * np.mean(np.exp(-doubt / (2 * cosines**2)), axis=1)) / np.pi


@given(
    answer_lists.flatmap(lambda given: st.tuples(st.just(given), st.permutations(given))),
    some_left.flatmap(lambda left: st.tuples(st.just(left), st.permutations(left))),
)
def test_the_order_of_answers_and_of_statements_changes_nothing(answers, left):
    first, second = (choose(score(answers[i], NORMS), left[i], NORMS) for i in (0, 1))

    assert first == second


@given(answer_lists, some_left)
def test_asks_what_is_left_each_once_and_six_at_most(answers, left):
    statements = asked(choose(score(answers, NORMS), left, NORMS))

    assert len(statements) == len(set(statements)) <= 6
    assert set(statements) <= set(left)


@given(answer_lists)
def test_six_are_asked_while_there_are_six(answers):
    assert len(choose(score(answers, NORMS), OTHERS, NORMS).statements) == 6


@given(answer_lists)
def test_statements_of_a_type_come_in_the_order_of_the_set(answers):
    refinement = choose(score(answers, NORMS), OTHERS, NORMS)

    for letter, count in Counter(letters_of(refinement)).items():
        positions = [s.position for s in refinement.statements if s.letter == letter]
        assert positions == [s.position for s in OTHERS if s.letter == letter][:count]


@given(answer_lists, some_left)
def test_no_type_comes_twice_running_where_that_can_be_helped(answers, left):
    letters = [statement.letter for statement in asked(choose(score(answers, NORMS), left, NORMS))]

    most = max(Counter(letters).values(), default=0)
    if 2 * most <= len(letters) + 1:
        assert all(first != second for first, second in pairwise(letters))


@given(answer_lists, some_left, st.integers(1, 5))
def test_more_statements_never_gain_less(answers, left, count):
    profile = score(answers, NORMS)
    fewer, more = (choose(profile, left, NORMS, count=number) for number in (count, count + 1))

    if fewer:
        assert NEGLIGIBLE <= fewer.gain <= more.gain
        assert 0 <= more.after <= fewer.after < fewer.before == more.before <= 0.5


@given(answer_lists, st.integers(0, 5))
def test_the_uncertainty_foreseen_is_what_one_more_answer_leaves(answers, k):
    foreseen = with_one_more(np.array(score(answers, NORMS).covariance), k, NORMS)

    for value in (1, 4):
        found = score([*answers, (LETTERS[k], value)], NORMS).covariance
        assert foreseen == pytest.approx(np.array(found), abs=1e-9)


@settings(max_examples=30)
@given(answer_lists, st.integers(0, 5))
def test_a_type_whose_answers_say_nothing_is_not_asked(answers, k):
    loadings = tuple(0.001 if i == k else x for i, x in enumerate(NORMS.item_loading))
    norms = replace(NORMS, item_loading=loadings)

    assert LETTERS[k] not in letters_of(choose(score(answers, norms), OTHERS, norms))


def test_equal_gains_go_in_the_order_of_the_types():
    """Only S says anything, and one S is left."""
    loadings = tuple(0.9 if letter == "S" else 1e-12 for letter in LETTERS)
    norms = replace(NORMS, item_loading=loadings)
    left = [s for s in OTHERS if s.letter != "S" or s.position == 22]

    refinement = choose(score([], norms), left, norms)

    assert Counter(letters_of(refinement)) == {"R": 3, "I": 2, "S": 1}


@pytest.mark.parametrize("seed", range(4))
def test_no_other_six_would_put_many_more_pairs_in_order(seed):
    profile = score(core(seed), NORMS)
    chosen = Counter(letters_of(choose(profile, OTHERS, NORMS)))
    before = misorder_after(profile, np.array(profile.covariance))
    gains = {
        more: before - misorder_after(profile, covariance_with([3 + x for x in more]))
        for more in product(range(4), repeat=6)
        if sum(more) == 6
    }

    own = gains[tuple(chosen[letter] for letter in LETTERS)]
    assert own >= 0.95 * max(gains.values())
    assert own > np.mean(list(gains.values()))


@pytest.mark.parametrize("seed", range(4))
def test_one_statement_is_the_best_of_six(seed):
    profile = score(core(seed), NORMS)
    left = {
        letter: misorder_after(profile, with_one_more(np.array(profile.covariance), k, NORMS))
        for k, letter in enumerate(LETTERS)
    }

    assert letters_of(choose(profile, OTHERS, NORMS, count=1)) == [min(left, key=left.get)]


@pytest.mark.parametrize("seed", range(4))
def test_the_shares_foreseen_are_those_found_among_people_who_answer_so(seed):
    profile = score(core(seed), NORMS)
    refinement = choose(profile, OTHERS, NORMS)
    rng = np.random.default_rng(seed)
    people = rng.multivariate_normal(profile.theta, profile.covariance, 20_000)
    counts = Counter(letters_of(refinement))
    after = covariance_with([3 + counts[letter] for letter in LETTERS])
    learnt = np.array(profile.covariance) - after
    told = after @ np.linalg.inv(np.array(profile.covariance))
    noise = rng.multivariate_normal(np.zeros(6), told @ learnt, 20_000, check_valid="ignore")
    estimates = profile.theta + (people - profile.theta) @ (np.eye(6) - told).T + noise
    differences = closest_differences(profile)
    truth = people @ differences.T > 0

    assert np.mean(truth != (np.array(profile.theta) @ differences.T > 0)) == pytest.approx(
        refinement.before, abs=0.01
    )
    assert np.mean(truth != (estimates @ differences.T > 0)) == pytest.approx(
        refinement.after, abs=0.015
    )


def test_people_are_asked_different_statements():
    chosen = {choose(score(core(seed), NORMS), OTHERS, NORMS).positions for seed in range(40)}

    assert len(chosen) > 20


@given(answer_lists)
def test_with_nothing_left_nothing_is_asked(answers):
    assert choose(score(answers, NORMS), [], NORMS) is None


def test_what_would_hardly_help_is_not_asked():
    """Sixty answers of each type, and three statements left."""
    profile = score([(letter, 1 + i % 5) for letter in LETTERS for i in range(60)], NORMS)

    assert choose(profile, OTHERS[:3], NORMS) is None


def test_a_type_never_answered_confuses_most():
    answers = [x for x in core(3) if x[0] != "A"]
    profile = score(answers, NORMS)

    assert blurred(profile, NORMS)[0] == "A"
    assert choose(profile, OTHERS, NORMS).blurred[0] == "A"


@given(answer_lists, some_left)
def test_the_blurred_types_are_two_at_most_and_asked(answers, left):
    profile = score(answers, NORMS)
    refinement = choose(profile, left, NORMS)

    assert sorted(blurred(profile, NORMS)) == sorted(LETTERS)
    if refinement:
        assert 1 <= len(refinement.blurred) <= 2
        assert set(refinement.blurred) <= set(letters_of(refinement))


@settings(max_examples=50)
@given(st.integers(0, 10_000), given_values)
def test_what_a_round_asks_does_not_depend_on_its_answers(seed, given):
    first, *_ = rounds(core(seed), OTHERS, given, NORMS)

    assert first == choose(score(core(seed), NORMS), OTHERS, NORMS)


@settings(max_examples=50)
@given(st.integers(0, 10_000), given_values)
def test_all_rounds_but_the_last_are_finished_and_none_asks_again(seed, given):
    *finished, last = rounds(core(seed), OTHERS, given, NORMS)

    assert not any(refinement.pending(given) for refinement in finished)
    statements = [s for refinement in [*finished, last] for s in refinement.statements]
    assert len(statements) == len(set(statements))


def test_three_rounds_ask_everything():
    found = rounds(core(5), OTHERS, ALL_GIVEN, NORMS)

    assert [len(refinement.statements) for refinement in found] == [6, 6, 6]
    assert {s for refinement in found for s in refinement.statements} == set(OTHERS)


def test_a_round_begins_from_the_answers_of_those_before():
    (first,) = rounds(core(5), OTHERS, {}, NORMS)
    given = dict.fromkeys(first.positions, 5)

    _, second = rounds(core(5), OTHERS, given, NORMS)

    more = [(letter, 5) for letter in letters_of(first)]
    assert second.profile == score(core(5) + more, NORMS)


def test_a_skipped_statement_is_not_asked_again_and_teaches_nothing():
    (first,) = rounds(core(5), OTHERS, {}, NORMS)
    given = dict.fromkeys(first.positions, 0)

    _, second = rounds(core(5), OTHERS, given, NORMS)

    assert second.profile == first.profile
    assert not set(second.statements) & set(first.statements)


def test_a_round_half_answered_says_what_is_pending():
    (first,) = rounds(core(5), OTHERS, {}, NORMS)
    given = dict.fromkeys(first.positions[:2], 4)

    (same,) = rounds(core(5), OTHERS, given, NORMS)

    assert same == first
    assert same.pending(given) == first.statements[2:]


def profile_of(*theta):
    return InterestProfile(theta, 1.5, NORMS.factor_corr)


def test_the_types_that_moved_are_told_the_farthest_first():
    before = profile_of(0, 0, 0, 0, 0, 1)
    after = profile_of(0.3, 0.2, -0.25, 0, -0.9, 1.1)

    moves = changed(before, after)

    assert [(move.letter, move.is_up) for move in moves] == [
        ("E", False),
        ("R", True),
        ("A", False),
    ]
    assert moves[0].shift == -0.9


@given(answer_lists)
def test_without_new_answers_nothing_moves(answers):
    profile = score(answers, NORMS)

    assert changed(profile, profile) == []
    assert cause(profile, profile, (1, 0, 0, 0, 0, 0)) is None


def test_a_metier_comes_closer_because_of_the_type_it_holds():
    before, after = profile_of(0, 1, 0, 0, 0, 0), profile_of(0.5, 1, 0, 0.4, 0, 0)

    assert cause(before, after, (0.2, 0.6, 0, 0.7, 0, 0)) == Move("S", 0.4)


def test_a_metier_goes_because_of_the_type_that_it_lacks_or_that_fell():
    before, after = profile_of(0, 1, 0, 0, 0, 0), profile_of(0.5, 1, 0, -0.4, 0, 0)

    assert cause(before, after, (-0.9, 0, 0, 0.1, 0, 0)) == Move("R", 0.5)
    assert cause(before, after, (0, 0, 0, 1, 0, 0)) == Move("S", -0.4)


def test_tastes_only_better_known_are_no_cause():
    before = profile_of(0, 1, 0, 0, 0, 0)
    after = replace(before, variance=1.0)

    assert cause(before, after, (0, 1, 0, 0, 0, 0)) is None
