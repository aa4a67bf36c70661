import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.scoring import InterestProfile, Norms, Quality, inverse, quality, score

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
    interest_mean=(53.8181, 36.6159, 19.9207, 34.1657, 36.2652, 59.1392),
    interest_sd=(32.5421, 26.9394, 24.3222, 26.0866, 26.1967, 17.19),
    match_sd=0.3249,
    match_quantiles=tuple(step / 10 for step in range(-9, 10)),
)

letters = st.sampled_from("RIASEC")
values = st.integers(1, 5)
answer_lists = st.lists(st.tuples(letters, values), max_size=36)
twice_in_any_order = answer_lists.flatmap(
    lambda answers: st.tuples(st.just(answers), st.permutations(answers))
)


def solve(matrix, right):
    """By Gauss's elimination with pivoting."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        best = max(range(i, len(rows)), key=lambda j: abs(rows[j][i]))
        rows[i], rows[best] = rows[best], rows[i]
        for j in range(i + 1, len(rows)):
            factor = rows[j][i] / rows[i][i]
            rows[j] = [x - factor * y for x, y in zip(rows[j], rows[i], strict=True)]
    solution = [0.0] * len(rows)
    for i in reversed(range(len(rows))):
        known = sum(rows[i][j] * solution[j] for j in range(i + 1, len(rows)))
        solution[i] = (rows[i][-1] - known) / rows[i][i]
    return solution


def loading_and_residual(answers):
    """ΛΦ (items × types) and ΛΦΛᵀ+Ψ (items × items), written out."""
    types = ["RIASEC".index(letter) for letter, _ in answers]
    loading, phi = NORMS.item_loading, NORMS.factor_corr
    reach = [[loading[i] * phi[i][k] for k in range(6)] for i in types]
    spread = [[loading[i] * phi[i][j] * loading[j] for j in types] for i in types]
    for row, k in enumerate(types):
        spread[row][row] += NORMS.item_residual_var[k]
    return types, reach, spread


def direct_theta(answers):
    """ΦΛᵀ(ΛΦΛᵀ+Ψ)⁻¹(x−μ)."""
    types, reach, spread = loading_and_residual(answers)
    surplus = [x - NORMS.item_mean[k] for k, (_, x) in zip(types, answers, strict=True)]
    solved = solve(spread, surplus)
    return [sum(reach[i][k] * solved[i] for i in range(len(answers))) for k in range(6)]


def direct_variance(answers):
    """The trace of Φ − ΦΛᵀ(ΛΦΛᵀ+Ψ)⁻¹ΛΦ."""
    _, reach, spread = loading_and_residual(answers)
    columns = [[row[k] for row in reach] for k in range(6)]
    explained = [sum(map(math.prod, zip(c, solve(spread, c), strict=True))) for c in columns]
    return 6 - sum(explained)


def mahalanobis(theta):
    """√(θᵀΦ⁻¹θ): how unusual the profile is in the population."""
    solved = solve(NORMS.factor_corr, theta)
    return math.sqrt(sum(a * b for a, b in zip(theta, solved, strict=True)))


def profile_of(*theta):
    return InterestProfile(theta, 1.5, NORMS.factor_corr)


@given(answer_lists)
def test_a_profile_is_the_posterior_mean_of_the_model(answers):
    profile = score(answers, NORMS)

    assert profile.theta == pytest.approx(direct_theta(answers), abs=1e-9)
    assert profile.variance == pytest.approx(direct_variance(answers), abs=1e-9)


def test_without_answers_everybody_is_average_and_unknown():
    profile = score([], NORMS)

    assert profile.theta == (0, 0, 0, 0, 0, 0)
    assert profile.length == 0
    assert profile.variance == pytest.approx(6)
    for row, prior in zip(profile.covariance, NORMS.factor_corr, strict=True):
        assert row == pytest.approx(prior, abs=1e-12)


@given(twice_in_any_order)
def test_the_order_of_the_answers_changes_not_one_bit(orders):
    first, second = orders

    assert score(first, NORMS) == score(second, NORMS)


@given(answer_lists, letters, st.integers(1, 4))
def test_more_agreement_to_a_type_raises_that_type(answers, letter, value):
    before = score([*answers, (letter, value)], NORMS)
    after = score([*answers, (letter, value + 1)], NORMS)

    assert after[letter] > before[letter]


@given(answer_lists, letters, values)
def test_an_answer_more_leaves_less_unknown(answers, letter, value):
    before = score(answers, NORMS)
    after = score([*answers, (letter, value)], NORMS)

    assert after.variance < before.variance
    for k in range(6):
        assert after.covariance[k][k] <= before.covariance[k][k] + 1e-12


@given(st.lists(st.tuples(letters, values), min_size=1, max_size=18))
def test_the_same_answers_to_half_as_many_items_are_nearer_the_average(answers):
    half = mahalanobis(score(answers, NORMS).theta)
    whole = mahalanobis(score(answers * 2, NORMS).theta)

    assert half < whole


@given(letters, values, st.integers(1, 5))
def test_skipping_one_of_the_same_answers_to_a_single_type_shortens_the_profile(
    letter, value, count
):
    skipped = score([(letter, value)] * count, NORMS)
    answered = score([(letter, value)] * (count + 1), NORMS)

    assert skipped.length < answered.length


def test_skipping_a_whole_type_can_lengthen_the_profile():
    """What a skip does not promise: answers that contradict the others hold the profile back."""
    social = [("S", 5)] * 3
    contradicted = [*social, *[("E", 2)] * 3]

    assert score(social, NORMS).length > score(contradicted, NORMS).length


def test_a_profile_is_read_by_letter():
    profile = profile_of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6)

    assert [profile[letter] for letter in "RIASEC"] == [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]


def test_a_length_is_euclidean():
    assert profile_of(0, 3, 0, 0, -4, 0).length == 5


@pytest.mark.parametrize("value", [0, 6, -1, None])
def test_what_is_not_on_the_scale_is_refused(value):
    with pytest.raises(ValueError, match="between 1 and 5"):
        score([("R", value)], NORMS)


@pytest.mark.parametrize("letter", ["X", "", "RI"])
def test_what_is_no_type_is_refused(letter):
    with pytest.raises(KeyError):
        score([(letter, 3)], NORMS)


def numbered(*given_values):
    return [("RIASEC"[i % 6], value) for i, value in enumerate(given_values)]


@pytest.mark.parametrize(
    "given_values",
    [
        [1, 5, 1, 5, 1],  # five answers
        [3, 3, 3, 3, 3, 3],
        [2, 2, 2, 2, 3],
        [3, 3, 3, 3, 3, 2],  # SD .37
        [2] * 9 + [3] * 2,  # SD .39
        [1] * 18 + [5] * 2,  # SD 1.2, but one value for 90 %
        [],
        [1, 3, 1, 3, 1, 3, 2],  # varied, and nothing liked
    ],
)
def test_flat_answers_carry_no_ranking(given_values):
    assert quality(numbered(*given_values), profile_of(2, 2, 0, 0, 0, 0)) == Quality.FLAT


@pytest.mark.parametrize(
    "given_values",
    [
        [1, 5, 1, 5, 1, 5],
        [3, 3, 3, 4, 4, 4],  # SD .5 exactly
        [1] * 17 + [5] * 2,  # one value for 89 %
    ],
)
def test_answers_that_differ_enough_carry_one(given_values):
    assert quality(numbered(*given_values), profile_of(2, 2, 0, 0, 0, 0)) == Quality.CLEAR


@pytest.mark.parametrize(
    "length, expected",
    [(1.49, Quality.LOW_CONTRAST), (1.5, Quality.CLEAR), (1.51, Quality.CLEAR)],
)
def test_a_short_profile_has_little_contrast(length, expected):
    answers = numbered(1, 5, 1, 5, 1, 5)

    assert quality(answers, profile_of(0, 0, length, 0, 0, 0)) == expected


def test_flatness_is_said_before_contrast():
    assert quality(numbered(3, 3, 3, 3, 3, 3), profile_of(0, 0, 0, 0, 0, 0)) == Quality.FLAT


def test_norms_survive_a_dictionary():
    assert Norms.from_dict(NORMS.to_dict()) == NORMS


def test_norms_are_written_as_plain_lists():
    written = NORMS.to_dict()

    assert type(written["factor_corr"]) is type(written["factor_corr"][0]) is list
    assert written["item_mean"] == [2.0835, 3.0254, 2.9839, 3.0772, 2.4519, 2.3173]
    assert written["match_sd"] == 0.3249


@pytest.mark.parametrize(
    "broken, reason",
    [
        ({"item_mean": (3.0,) * 5}, "six values"),
        ({"factor_corr": ((1.0,) * 5,) * 6}, "six values"),
        ({"interest_sd": (10.0, 10.0, 0.0, 10.0, 10.0, 10.0)}, "positive"),
        ({"item_residual_var": (1.0, 1.0, 1.0, 1.0, 1.0, -1.0)}, "positive"),
        ({"match_sd": 0.0}, "positive"),
        ({"match_quantiles": (0.0,) * 18}, "19 rising"),
        ({"match_quantiles": (0.1, *(0.0,) * 18)}, "19 rising"),
    ],
)
def test_broken_norms_are_refused(broken, reason):
    with pytest.raises(ValueError, match=reason):
        replace(NORMS, **broken)


def test_an_inverse_undoes_its_matrix():
    undone = [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in NORMS.factor_corr]
        for row in inverse(NORMS.factor_corr)
    ]

    for i, row in enumerate(undone):
        assert row == pytest.approx([float(i == j) for j in range(6)], abs=1e-12)
