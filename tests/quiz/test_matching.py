import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quiz.matching import (
    BAND_FLOORS,
    Answer,
    Band,
    Candidate,
    Drawback,
    LevelDrawback,
    Reason,
    explain,
    level_part,
    percent,
    rank,
)
from quiz.scoring import InterestProfile, Norms, score
from tests.factories import published_norms

PUBLISHED = published_norms()

NORMS = Norms(
    item_mean=(2.0835, 3.0254, 2.9839, 3.0772, 2.4519, 2.3173),
    item_loading=(0.8119, 0.9585, 0.9084, 0.8555, 0.755, 0.8925),
    item_residual_var=(0.7343, 0.87, 1.1022, 0.9832, 0.9475, 0.6947),
    factor_corr=(
        (1.0, 0.358, 0.1, 0.028, 0.251, 0.483),
        (0.358, 1.0, 0.371, 0.165, 0.01, 0.072),
        (0.1, 0.371, 1.0, 0.326, 0.233, -0.115),
        (0.028, 0.165, 0.326, 1.0, 0.498, 0.146),
        (0.251, 0.01, 0.233, 0.498, 1.0, 0.503),
        (0.483, 0.072, -0.115, 0.146, 0.503, 1.0),
    ),
    interest_mean=(50.0,) * 6,
    interest_sd=(10.0,) * 6,
    match_sd=0.4,
    match_quantiles=tuple(step / 10 for step in range(-9, 10)),
)

answer_lists = st.lists(st.tuples(st.sampled_from("RIASEC"), st.integers(1, 5)), max_size=36)
twice_in_any_order = answer_lists.flatmap(
    lambda answers: st.tuples(st.just(answers), st.permutations(answers))
)
z_values = st.floats(-3, 3, allow_subnormal=False)
z_vectors = st.tuples(*[z_values] * 6)
levels = st.sampled_from([None, 0, 1, 2, 3, 4, 5])


def six(**by_letter):
    return tuple(float(by_letter.get(letter, 0)) for letter in "RIASEC")


def person(*, variance=0.0, **theta):
    """Someone with these interests; with no variance, a match is a plain cosine."""
    return InterestProfile(six(**theta), variance, NORMS.factor_corr)


def metier(key="m", *, level=None, **z):
    return Candidate(key, six(**z), level)


def only(profile, candidate, level=None):
    [match] = rank(profile, level, [candidate], NORMS)
    return match


def numbered(answers):
    return [Answer(item, letter, value) for item, (letter, value) in enumerate(answers, start=1)]


def explained(profile, candidate, answers, level=None):
    return explain(profile, candidate, level=level, answers=answers, norms=NORMS)


ALL_FIVES = [Answer(item, letter, 5) for item, letter in enumerate("RIASEC", start=1)]
ALL_ONES = [Answer(item, letter, 1) for item, letter in enumerate("RIASEC", start=7)]


def test_a_metier_like_the_person_matches_wholly():
    match = only(person(R=1, S=2), metier(R=10, S=20))

    assert match.closeness == pytest.approx(1)


def test_a_metier_unlike_the_person_matches_not_at_all():
    match = only(person(R=1, S=2), metier(R=-1, S=-2))

    assert match.closeness == pytest.approx(-1)
    assert match.percent == 0
    assert match.band == Band.FAR


def test_what_is_unknown_lowers_the_match():
    """θ·z/(‖z‖·√(‖θ‖² + tr V)) = 3·2 / (2·√(9 + 16))."""
    match = only(person(R=3, variance=16), metier(R=2))

    assert match.closeness == pytest.approx(0.6)


def test_the_average_metier_matches_nobody():
    match = only(person(R=1), metier())

    assert match.closeness == 0
    assert match.parts == (0, 0, 0, 0, 0, 0)


def test_a_candidate_stands_where_its_interests_differ_from_the_average():
    candidate = Candidate.of("soudeur", (90, 50, 50, 20, 50, 50), 2, NORMS)

    assert candidate.key == "soudeur"
    assert candidate.level == 2
    assert candidate.z == (4, 0, 0, -3, 0, 0)
    assert candidate.z_norm == 5
    assert candidate.direction == (0.8, 0, 0, -0.6, 0, 0)


def test_the_closest_come_first_and_equals_by_key():
    candidates = [
        metier("ba", R=1),
        metier("far", R=-1),
        metier("az", R=1),
        metier("mid", R=1, S=2),
    ]

    ranked = rank(person(R=1), None, candidates, NORMS)

    assert [match.key for match in ranked] == ["az", "ba", "mid", "far"]


@given(answer_lists, st.lists(z_vectors, max_size=8), levels)
def test_a_ranking_never_rises_and_loses_nobody(answers, vectors, level):
    candidates = [Candidate(f"m{i}", z, 1 + i % 5) for i, z in enumerate(vectors)]

    ranked = rank(score(answers, NORMS), level, candidates, NORMS)

    assert sorted(match.key for match in ranked) == sorted(c.key for c in candidates)
    closeness = [match.closeness for match in ranked]
    assert closeness == sorted(closeness, reverse=True)


@given(answer_lists, z_vectors, levels, levels)
def test_the_parts_add_up_to_the_closeness(answers, z, level, demanded):
    match = only(score(answers, NORMS), Candidate("m", z, demanded), level)

    assert math.fsum([*match.parts, match.level_part]) == pytest.approx(match.closeness, abs=1e-12)


def test_a_part_is_the_product_of_liking_and_demand():
    match = only(person(R=3, S=4), metier(R=-4, S=3))

    assert match.parts == pytest.approx((-0.48, 0, 0, 0.48, 0, 0))


@pytest.mark.parametrize("demanded, cost", [(3, 0.3), (4, 0.45), (5, 0.45)])
def test_longer_studies_cost_less_than_half_a_deviation(demanded, cost):
    assert level_part(demanded, 2, NORMS) == pytest.approx(-cost * 0.4)


@given(st.floats(-1, 1), st.integers(1, 5), st.integers(1, 5))
def test_longer_studies_cost_a_band_at_the_most(closeness, demanded, accepted):
    lowered = closeness + level_part(demanded, accepted, PUBLISHED)
    bands = [band for _, band in BAND_FLOORS]

    before, after = (
        bands.index(Band.of(percent(value, PUBLISHED))) for value in (closeness, lowered)
    )

    assert after - before in (0, 1)


@pytest.mark.parametrize(
    "demanded, accepted", [(3, 3), (1, 5), (2, 3), (None, 3), (3, None), (None, None), (5, 0)]
)
def test_a_level_that_fits_or_is_unsaid_costs_nothing(demanded, accepted):
    assert level_part(demanded, accepted, NORMS) == 0


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5))
def test_longer_studies_never_cost_less(accepted, one, other):
    shorter, longer = sorted((one, other))

    assert level_part(longer, accepted, NORMS) <= level_part(shorter, accepted, NORMS)


def test_the_level_counts_in_closeness_percent_and_order():
    long, short = metier("long", R=1, level=5), metier("short", R=1, S=0.5, level=2)

    ranked = rank(person(R=1), 2, [long, short], NORMS)

    assert [match.key for match in ranked] == ["short", "long"]
    assert ranked[1].level_part == pytest.approx(-0.18)
    assert ranked[1].closeness == pytest.approx(0.82)
    assert ranked[1].percent == 90


@pytest.mark.parametrize("step", range(19))
def test_a_percent_is_reached_exactly_at_its_threshold(step):
    threshold = NORMS.match_quantiles[step]

    assert percent(threshold, NORMS) == 5 * (step + 1)
    assert percent(math.nextafter(threshold, -2), NORMS) == 5 * step


@given(st.floats(-3, 1), st.floats(-3, 1))
def test_a_percent_never_falls_and_is_a_multiple_of_5(one, other):
    lower, higher = sorted((one, other))

    assert percent(lower, NORMS) <= percent(higher, NORMS)
    assert percent(one, NORMS) in range(0, 100, 5)


@pytest.mark.parametrize(
    "value, band, label",
    [
        (95, Band.VERY_CLOSE, "très proche"),
        (85, Band.VERY_CLOSE, "très proche"),
        (80, Band.CLOSE, "proche"),
        (65, Band.CLOSE, "proche"),
        (60, Band.MIXED, "mitigé"),
        (35, Band.MIXED, "mitigé"),
        (30, Band.FAR, "éloigné"),
        (0, Band.FAR, "éloigné"),
    ],
)
def test_bands_change_at_35_65_and_85(value, band, label):
    assert Band.of(value) == band
    assert band.label == label


def test_two_bands_are_close():
    assert [band for band in Band if band.is_close] == [Band.VERY_CLOSE, Band.CLOSE]


@given(twice_in_any_order, z_vectors)
def test_the_order_of_answering_changes_no_match(orders, z):
    first, second = (only(score(answers, NORMS), Candidate("m", z, 3), 3) for answers in orders)

    assert first == second


@given(answer_lists, st.integers(0, 5), st.integers(1, 4), z_vectors)
def test_more_agreement_to_a_type_never_turns_against_the_metier_with_more_of_it(
    answers, k, value, z
):
    """Of two métiers as marked as each other and alike but for one type."""
    assume(abs(z[k]) > 0.01)
    more = Candidate("more", (*z[:k], abs(z[k]), *z[k + 1 :]), None)
    less = Candidate("less", (*z[:k], -abs(z[k]), *z[k + 1 :]), None)

    def lead(value):
        """The difference in θ·z/‖z‖: its sign is the order of the two."""
        profile = score([*answers, ("RIASEC"[k], value)], NORMS)
        gap = only(profile, more).closeness - only(profile, less).closeness
        return gap * math.sqrt(profile.length**2 + profile.variance)

    assert lead(value + 1) > lead(value)


@given(answer_lists, st.integers(0, 5), st.integers(1, 4))
def test_more_agreement_to_a_type_brings_the_metier_of_that_type_alone_closer(answers, k, value):
    letter = "RIASEC"[k]
    purest = metier(**{letter: 1})

    before = only(score([*answers, (letter, value)], NORMS), purest)
    after = only(score([*answers, (letter, value + 1)], NORMS), purest)

    assert after.closeness > before.closeness


def test_more_agreement_to_a_type_can_push_away_a_metier_that_holds_a_little_of_it():
    """What is not promised: to like R more is, other answers equal, to like S a little less.

    A match is a cosine besides: a longer profile leaves less of it to the other types.
    """
    answers = [("R", 3), ("S", 5), ("I", 3)]
    social = metier(R=0.2, S=2)

    before = only(score([*answers, ("R", 4)], NORMS), social)
    after = only(score([*answers, ("R", 5)], NORMS), social)

    assert after.closeness < before.closeness


def test_a_shared_liking_is_a_reason():
    explanation = explained(person(S=2), metier(S=1), ALL_FIVES)

    [reason] = explanation.reasons
    assert reason == Reason("S", True, True, pytest.approx(1), 4, 5)
    assert explanation.drawbacks == []


def test_a_shared_dislike_is_a_reason():
    [reason] = explained(person(S=-2), metier(S=-1), ALL_ONES).reasons

    assert (reason.wants, reason.demands, reason.value) == (False, False, 1)
    assert reason.contribution == pytest.approx(1)


def test_a_demand_for_what_one_dislikes_is_a_drawback():
    [drawback] = explained(person(S=-2), metier(S=1), ALL_ONES).drawbacks

    assert drawback == Drawback("S", False, True, pytest.approx(-1), 10, 1)


def test_a_lack_of_what_one_likes_is_a_drawback():
    [drawback] = explained(person(S=2), metier(S=-1), ALL_FIVES).drawbacks

    assert (drawback.wants, drawback.demands, drawback.value) == (True, False, 5)


def test_reasons_and_drawbacks_begin_with_the_heaviest():
    profile = person(R=1, I=2, A=3, S=1, E=2, C=3)
    candidate = metier(R=1, I=1, A=1, S=-1, E=-1, C=-1)

    explanation = explained(profile, candidate, ALL_FIVES)

    assert [reason.dimension for reason in explanation.reasons] == ["A", "I"]
    assert [drawback.dimension for drawback in explanation.drawbacks] == ["C", "E"]


def test_what_hardly_weighs_is_left_out():
    """Parts in proportion 80, −11, 9: a tenth of all is 10."""
    explanation = explained(person(R=80, S=11, A=9), metier(R=1, S=-1, A=-1), ALL_FIVES)

    assert [reason.dimension for reason in explanation.reasons] == ["R"]
    assert [drawback.dimension for drawback in explanation.drawbacks] == ["S"]


def test_a_close_metier_has_a_second_reason_however_light():
    explanation = explained(person(R=9, A=0.5), metier(R=1, A=0.5), ALL_FIVES)

    assert [reason.dimension for reason in explanation.reasons] == ["R", "A"]


def test_a_metier_that_is_not_close_has_no_light_reason():
    profile, candidate = person(R=9, A=0.5, variance=900), metier(R=1, A=0.5)
    assert only(profile, candidate).band == Band.MIXED

    explanation = explained(profile, candidate, ALL_FIVES)

    assert [reason.dimension for reason in explanation.reasons] == ["R"]


def test_the_answer_quoted_is_the_most_telling_and_the_first_of_equals():
    answers = [Answer(9, "S", 5), Answer(2, "S", 4), Answer(5, "S", 5), Answer(1, "R", 5)]

    [reason] = explained(person(S=2), metier(S=1), answers).reasons

    assert (reason.item, reason.value) == (5, 5)


def test_a_dislike_quotes_the_lowest_answer():
    answers = [Answer(1, "S", 5), Answer(2, "S", 2), Answer(3, "S", 1)]

    [reason] = explained(person(S=-1), metier(S=-1), answers).reasons

    assert (reason.item, reason.value) == (3, 1)


def test_a_type_without_an_answer_says_nothing():
    answers = [answer for answer in ALL_FIVES if answer.dimension != "S"]

    explanation = explained(person(R=2, S=2, A=2), metier(R=1, S=1, A=-1), answers)

    assert [reason.dimension for reason in explanation.reasons] == ["R"]
    assert [drawback.dimension for drawback in explanation.drawbacks] == ["A"]


def test_a_type_is_silent_when_each_of_its_answers_says_the_contrary():
    answers = [Answer(1, "S", 2), Answer(2, "S", 3)]

    assert explained(person(S=2), metier(S=1), answers).reasons == []
    assert explained(person(S=2), metier(S=-1), answers).drawbacks == []


def test_longer_studies_than_accepted_are_a_drawback():
    explanation = explained(person(S=2), metier(S=1, level=5), ALL_FIVES, level=3)

    assert explanation.level_drawback == LevelDrawback(5, 3, pytest.approx(-0.18))


@pytest.mark.parametrize("demanded, accepted", [(3, 3), (2, 5), (None, 1), (5, None), (5, 0)])
def test_studies_short_enough_or_unsaid_are_none(demanded, accepted):
    explanation = explained(person(S=2), metier(S=1, level=demanded), ALL_FIVES, level=accepted)

    assert explanation.level_drawback is None


@given(answer_lists, z_vectors, levels)
def test_reasons_lean_the_same_way_and_drawbacks_apart(answers, z, level):
    profile = score(answers, NORMS)
    explanation = explained(profile, Candidate("m", z, 3), numbered(answers), level)

    assert all(reason.wants is reason.demands for reason in explanation.reasons)
    assert all(drawback.wants is not drawback.demands for drawback in explanation.drawbacks)


@given(answer_lists, z_vectors)
def test_every_answer_quoted_was_given_and_leans_as_is_claimed(answers, z):
    given_answers = numbered(answers)
    explanation = explained(score(answers, NORMS), Candidate("m", z, None), given_answers)

    for argument in [*explanation.reasons, *explanation.drawbacks]:
        assert Answer(argument.item, argument.dimension, argument.value) in given_answers
        assert argument.value in ((4, 5) if argument.wants else (1, 2))


@given(answer_lists.filter(lambda answers: len(answers) > 5), st.data())
def test_a_close_metier_has_two_reasons_whenever_two_types_speak_for_it(answers, data):
    profile = score(answers, NORMS)
    noise = data.draw(st.tuples(*[st.floats(-0.5, 0.5)] * 6))
    near = tuple(theta + shift for theta, shift in zip(profile.theta, noise, strict=True))
    candidate, easy = Candidate("m", near, None), replace(NORMS, match_quantiles=(-1.0,) * 19)
    match = only(profile, candidate)
    speaking = [
        letter
        for letter, theta, part, z in zip(
            "RIASEC", profile.theta, match.parts, candidate.z, strict=True
        )
        if part > 0
        and abs(z) >= 0.35
        and any(own == letter and (x >= 4 if theta > 0 else x <= 2) for own, x in answers)
    ]

    explanation = explain(profile, candidate, level=None, answers=numbered(answers), norms=easy)

    assert len(explanation.reasons) >= min(2, len(speaking))
    assert {reason.dimension for reason in explanation.reasons} <= set(speaking)
