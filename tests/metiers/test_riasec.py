from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers.riasec import LETTERS, Dimension, from_onet, holland_code, standardise

six_interests = st.tuples(*[st.integers(0, 100)] * 6)


def test_dimensions_are_the_letters_in_their_order():
    assert list(Dimension) == list(LETTERS) == ["R", "I", "A", "S", "E", "C"]


def test_a_visitor_reads_verbs():
    assert [dimension.label for dimension in Dimension] == [
        "Le concret, le manuel",
        "Comprendre, analyser",
        "Créer",
        "Aider, transmettre",
        "Convaincre, diriger",
        "Organiser, vérifier",
    ]


def test_a_counsellor_reads_the_names_of_the_field():
    assert [dimension.holland_name for dimension in Dimension] == [
        "Réaliste",
        "Investigateur",
        "Artistique",
        "Social",
        "Entreprenant",
        "Conventionnel",
    ]


@pytest.mark.parametrize("rating, interest", [(1, 0), (2.5, 25), (4, 50), (7, 100)])
def test_onet_ratings_become_0_to_100(rating, interest):
    assert from_onet(rating) == interest


@pytest.mark.parametrize("rating", [0.99, 7.01, float("nan")])
def test_what_is_no_onet_rating_is_refused(rating):
    with pytest.raises(ValueError, match="between 1 and 7"):
        from_onet(rating)


def test_standardised_interests_count_deviations_from_the_average_metier():
    norms = SimpleNamespace(
        interest_mean=(50, 40, 20, 30, 40, 60), interest_sd=(30, 20, 20, 25, 25, 10)
    )

    assert standardise((80, 40, 10, 80, 15, 60), norms) == (1, 0, -0.5, 2, -1, 0)


def test_seven_interests_are_refused():
    norms = SimpleNamespace(interest_mean=(50,) * 6, interest_sd=(10,) * 6)

    with pytest.raises(ValueError, match="argument"):
        standardise((50,) * 7, norms)


def test_a_holland_code_begins_with_the_strongest_type():
    assert holland_code((44, 64, 5, 77, 21, 60)) == "SIC"


def test_a_holland_code_settles_ties_in_the_order_of_the_letters():
    assert holland_code((50, 50, 50, 50, 50, 90)) == "CRI"


@given(six_interests)
def test_a_holland_code_leaves_no_stronger_type_out(interests):
    strength = dict(zip(LETTERS, interests, strict=True))

    code = holland_code(interests)

    assert [strength[letter] for letter in code] == sorted(interests, reverse=True)[:3]
