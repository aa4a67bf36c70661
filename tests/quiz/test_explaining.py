"""The points of a métier add up to the band that is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.explaining import POINTS, calculate, in_points
from quiz.matching import Answer, Candidate, rank
from quiz.questionnaire import read_questionnaire
from quiz.scoring import score
from tests.factories import create_question_set

parts = st.lists(st.floats(-0.6, 0.6), min_size=7, max_size=7)


@given(parts)
def test_points_add_up_and_each_is_within_one(values):
    *points, total = in_points(values, sum(values))

    assert sum(points) == total
    for point, value in zip(points, values, strict=True):
        assert abs(point - POINTS * value) < 1 + 1e-6


@given(st.integers(-9_999, 9_999), parts)
def test_a_total_reaches_a_threshold_exactly_when_the_closeness_does(threshold, values):
    closeness = sum(values)

    *_, total = in_points(values, closeness)

    if abs(closeness - threshold / POINTS) > 1e-9:
        assert (total >= threshold) == (closeness >= threshold / POINTS)


@pytest.mark.django_db
@pytest.mark.parametrize("level", [None, 1, 3, 5])
@pytest.mark.parametrize(
    "values", [(5, 1, 2, 1, 3, 2) * 3, (1, 5, 4, 4, 1, 2) * 3, (2, 2, 5, 1, 4, 4)]
)
def test_the_calculation_ends_in_the_band_of_the_match(values, level):
    create_question_set()
    questionnaire = read_questionnaire()
    given_answers = [
        Answer(q.position, q.dimension, value)
        for q, value in zip(questionnaire.core, values, strict=False)
    ]
    profile = score([(a.dimension, a.value) for a in given_answers], questionnaire.norms)
    for interests in ((90, 30, 40, 20, 30, 60), (20, 40, 10, 100, 30, 50), (50,) * 6):
        candidate = Candidate.of("x", interests, 4, questionnaire.norms)
        [match] = rank(profile, level, [candidate], questionnaire.norms)

        found = calculate(match, candidate, {}, profile, given_answers, questionnaire)

        assert sum(part.points for part in found.parts) + found.level_points == found.total
        reached = [threshold.band for threshold in found.thresholds if threshold.is_reached]
        assert (reached[0] if reached else "far") == match.band
        assert all((found.total >= t.points) == t.is_reached for t in found.thresholds)
        quoted = [quote for part in found.parts for quote in part.answers]
        assert len(quoted) == len(given_answers)
