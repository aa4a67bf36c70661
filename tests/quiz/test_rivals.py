import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers.riasec import LETTERS, holland_code
from quiz.rivals import codes, congruence, correlations

profiles = st.lists(st.lists(st.integers(0, 100), min_size=6, max_size=6), min_size=1, max_size=5)
profiles = profiles.map(lambda rows: np.array(rows, dtype=float))


def of_code(code):
    return [3 - code.index(letter) if letter in code else 0 for letter in LETTERS]


@given(profiles, profiles)
def test_a_correlation_lies_between_minus_one_and_one(people, metiers):
    found = correlations(people, metiers)

    assert found.shape == (len(people), len(metiers))
    assert np.all(np.abs(found) <= 1 + 1e-9)


def test_a_correlation_is_pearsons():
    first, second = (1.0, 4, 2, 8, 5, 7), (3.0, 1, 4, 1, 5, 9)

    found = correlations(np.array([first]), np.array([second]))

    assert found[0, 0] == pytest.approx(np.corrcoef(first, second)[0, 1])


def test_a_flat_profile_correlates_with_nothing():
    assert correlations(np.full((1, 6), 3.0), np.eye(6)).tolist() == [[0] * 6]


@given(profiles)
def test_a_code_is_hollands(people):
    assert ["".join(LETTERS[k] for k in row) for row in codes(people)] == [
        holland_code(row) for row in people
    ]


@pytest.mark.parametrize(
    "person, metier, expected",
    [
        ("RIA", "RIA", 18),
        ("RIA", "SEC", 0),  # opposite, letter by letter
        ("RIA", "IRA", 3 * 2 + 2 * 2 + 1 * 3),
        ("RIA", "CIA", 3 * 2 + 2 * 3 + 1 * 3),  # C and R are neighbours
        ("RIA", "RES", 3 * 3 + 2 * 0 + 1 * 2),
    ],
)
def test_the_congruence_of_codes_is_brown_and_gores(person, metier, expected):
    found = congruence(np.array([of_code(person)]), np.array([of_code(metier)]))

    assert found.tolist() == [[expected]]
