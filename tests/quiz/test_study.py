from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz import rivals, study
from quiz.closeness import level_parts
from quiz.matching import Band, Candidate, rank
from quiz.reference import read_reference, reference_candidates, reference_directions
from tests.factories import published_norms

NORMS = published_norms()
DIRECTIONS = reference_directions(NORMS)
INTERESTS = np.array([metier.interests for metier in read_reference()])
NUMBER = 300
PEOPLE = study.draw(NORMS, NUMBER, seed=1)
CORE = study.evenly(NUMBER, 18)
TRUTH = PEOPLE.theta @ DIRECTIONS.T


def estimates(answers):
    return PEOPLE.estimates(study.evenly(NUMBER, answers), NORMS)


def order_after(answers):
    return study.ranking(estimates(answers) @ DIRECTIONS.T)


def test_people_answer_eight_of_each_type_on_the_scale():
    assert PEOPLE.theta.shape == (NUMBER, 6)
    assert PEOPLE.answers.shape == (NUMBER, 6, 8)
    assert set(PEOPLE.answers.ravel().tolist()) == {1, 2, 3, 4, 5}


def test_people_are_those_of_the_population():
    people = study.draw(NORMS, 3_000, seed=2)

    assert np.corrcoef(people.theta.T) == pytest.approx(np.array(NORMS.factor_corr), abs=0.06)
    assert people.raw_means(8).mean(axis=0) == pytest.approx(NORMS.item_mean, abs=0.12)


def test_the_same_seed_draws_the_same_people():
    again, others = study.draw(NORMS, NUMBER, seed=1), study.draw(NORMS, NUMBER, seed=2)

    assert np.array_equal(again.answers, PEOPLE.answers)
    assert not np.array_equal(others.answers, PEOPLE.answers)


def test_more_answers_make_every_scale_more_reliable():
    found = [study.reliability(estimates(answers), PEOPLE.theta) for answers in (18, 24, 36, 48)]

    assert 0.8 < found[0].mean() < 0.9
    for fewer, more in pairwise(found):
        assert fewer.mean() < more.mean()
    assert np.all(found[0] < found[-1])


def test_a_measure_is_perfectly_reliable_against_itself():
    assert study.reliability(PEOPLE.theta, PEOPLE.theta) == pytest.approx(np.ones(6))


def test_more_answers_find_more_of_the_true_first_ten():
    true_order = study.ranking(TRUTH)
    kept = [study.kept(order_after(answers), true_order).mean() for answers in (18, 30, 48)]

    assert kept == sorted(kept)
    assert kept[0] > 4 * study.FIRST / len(DIRECTIONS)


def test_refining_is_no_worse_than_six_at_random():
    adaptive, drawn = study.adaptively(PEOPLE, NORMS, 1)[1], study.at_random(NUMBER, 1, seed=1)[1]
    among = study.ranking(PEOPLE.estimates(CORE, NORMS) @ DIRECTIONS.T)[:, :20]
    ours, theirs = (
        study.misordered(PEOPLE.estimates(counts, NORMS) @ DIRECTIONS.T, TRUTH, among)
        for counts in (adaptive, drawn)
    )

    difference, error = study.paired(ours, theirs)
    assert difference < error
    assert 0 < error < 0.02


def test_every_round_at_random_asks_six_of_what_is_left():
    found = study.at_random(NUMBER, 3, seed=1)

    assert [set(counts.sum(axis=1).tolist()) for counts in found] == [{18}, {24}, {30}, {36}]
    assert all(np.all(before <= after) for before, after in pairwise(found))
    assert np.all(found[-1] == 6)


def test_every_round_of_refining_asks_six_or_stops_for_good():
    found = study.adaptively(PEOPLE, NORMS, 3)

    assert [set(counts.sum(axis=1).tolist()) for counts in found[:3]] == [{18}, {24}, {30}]
    assert set((found[3] - found[2]).sum(axis=1).tolist()) <= {0, 6}
    assert all(np.all(before <= after) for before, after in pairwise(found))
    assert np.all(found[-1] <= 6)


def test_each_type_is_skipped_in_its_turn():
    counts = study.without_one_type(12)

    assert counts.sum(axis=0).tolist() == [30] * 6
    assert np.argmin(counts, axis=1).tolist() == [*range(6)] * 2


def test_refining_asks_again_about_a_type_that_was_skipped():
    skipped = study.without_one_type(NUMBER)
    asked = study.after_a_round(PEOPLE, skipped, NORMS) - skipped

    assert set(asked.sum(axis=1).tolist()) == {6}
    assert asked.max() == 3
    assert asked[skipped == 0].mean() > 2


def test_people_lean_most_where_types_go_together():
    """R and C go together (.48), A and C apart (−.12)."""
    both = np.array([[1, 0, 0, 0, 0, 1], [0, 0, 1, 0, 0, 1]]) / np.sqrt(2)

    assert study.commonness(both, NORMS) == pytest.approx([1.483, 0.885])


def test_people_made_for_a_metier_find_it_far_more_often_than_by_chance():
    people = study.made_for(DIRECTIONS, NORMS, each=2, seed=1)
    order = study.ranking(people.estimates(study.evenly(len(people), 18), NORMS) @ DIRECTIONS.T)

    first, ten = study.recovery(order, 1), study.recovery(order, 10)
    assert np.linalg.norm(people.theta, axis=1) == pytest.approx(study.TYPICAL_LENGTH)
    assert first < ten
    assert ten > 0.7
    assert study.recovery(order, len(DIRECTIONS)) == 1


def test_recovery_counts_the_people_of_each_metier_in_turn():
    """Two métiers, two people each: both of the first find it, one of the second does."""
    order = np.array([[0, 1], [0, 1], [1, 0], [0, 1]])

    assert study.recovery(order, 1) == 0.75


def test_people_who_live_a_metier_answer_as_much_as_it_holds():
    people = study.living_it(np.array([[50.0, 25, 50, 75, 50, 50]]), NORMS, each=200, seed=1)

    means = people.raw_means(8).mean(axis=0)
    assert means == pytest.approx([3, 2, 3, 4, 3, 3], abs=0.15)
    assert study.liking(people.theta, NORMS)[0] == pytest.approx([3, 2, 3, 4, 3, 3])


def test_nobody_sees_one_metier_everywhere_and_every_metier_is_seen():
    people = study.draw(NORMS, 2_000, seed=5)
    found = people.estimates(study.evenly(2_000, 18), NORMS) @ DIRECTIONS.T
    shares = study.exposure(study.ranking(found))

    assert shares.sum() == pytest.approx(study.FIRST)
    assert shares.max() <= 0.2
    assert shares.min() > 0


def test_a_metier_nobody_gets_is_counted_too():
    assert study.exposure(np.array([[2, 0, 1], [2, 1, 0]]), first=1).tolist() == [0, 0, 1]


def test_codes_and_raw_correlations_show_the_same_metiers_to_more_people():
    means = PEOPLE.raw_means(3)
    ours, raw, codes = (
        study.exposure(study.ranking(closeness)).max()
        for closeness in (
            estimates(18) @ DIRECTIONS.T,
            rivals.correlations(means, INTERESTS),
            rivals.congruence(means, INTERESTS),
        )
    )

    assert ours < raw
    assert ours < codes


def test_ranks_as_the_result_page_does():
    profiles = PEOPLE.profiles(CORE, NORMS)[:20]
    candidates = reference_candidates(NORMS)
    order = study.ranking(np.array([profile.theta for profile in profiles]) @ DIRECTIONS.T)
    bands = study.bands(profiles, DIRECTIONS, NORMS)

    for profile, numbers, own in zip(profiles, order, bands, strict=True):
        matches = {match.key: match for match in rank(profile, None, candidates, NORMS)}
        assert [candidates[number].key for number in numbers] == list(matches)
        assert [[*reversed(Band)][band] for band in own] == [
            matches[candidate.key].band for candidate in candidates
        ]


@settings(max_examples=30)
@given(st.permutations(range(30)))
def test_the_agreement_of_ranks_is_spearmans(places):
    closeness = -np.array([places], dtype=float)
    expected = np.corrcoef(places, range(30))[0, 1]

    assert study.rank_agreement(closeness, np.arange(30)[None]) == pytest.approx([expected])


def test_pairs_are_counted_among_those_named():
    closeness, truth = np.array([[3.0, 2, 1, 9]]), np.array([[3.0, 1, 2, 0]])

    assert study.misordered(closeness, truth, np.array([[0, 1, 2]])) == pytest.approx([1 / 3])


def test_half_of_the_first_ones_are_kept():
    assert study.kept(np.array([[0, 1, 2]]), np.array([[2, 1, 0]]), first=2).tolist() == [0.5]


def test_a_paired_comparison_says_how_sure_it_is():
    assert study.paired(np.array([1.0, 2, 3]), np.array([0.0, 2, 1])) == pytest.approx(
        (1, 1 / np.sqrt(3))
    )


@pytest.mark.parametrize("by_one", [True, False])
def test_one_answer_to_the_core_changes_for_everybody(by_one):
    changed = study.with_one_changed(PEOPLE, seed=1, by_one=by_one).answers
    steps = np.abs(changed - PEOPLE.answers)

    assert np.all((steps > 0).sum(axis=(1, 2)) == 1)
    assert not steps[:, :, 3:].any()
    assert {*changed.ravel().tolist()} == {1, 2, 3, 4, 5}
    assert {*steps.ravel().tolist()} == ({0, 1} if by_one else {0, 2, 3, 4})


def test_every_pair_is_in_one_band_and_studies_only_take():
    profiles = PEOPLE.profiles(CORE, NORMS)
    levels = np.array([metier.level for metier in read_reference()])
    alone = study.bands(profiles, DIRECTIONS, NORMS)

    shares = [(alone == number).mean() for number in range(len(Band))]
    assert shares == pytest.approx([0.35, 0.3, 0.2, 0.15], abs=0.03)
    for accepted in range(1, 6):
        fallen = study.bands(profiles, DIRECTIONS, NORMS, level_parts(levels, accepted, NORMS))
        lost = alone - fallen
        assert lost[:, levels <= accepted].max() == 0
        assert lost.max() == (accepted < 5)


def test_metiers_alike_come_in_their_own_order():
    twins = np.tile(Candidate("m", (1.0, 0, 0, 0, 0, 0), None).direction, (20, 1))

    order = study.ranking(PEOPLE.theta @ twins.T)

    assert np.array_equal(order[0], np.arange(20))
