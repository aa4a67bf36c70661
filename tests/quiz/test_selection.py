"""The ten of a result come from several corners, and never at the price of closeness."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quiz.selection import (
    FAR,
    FIRST,
    MOST_OF_A_SECTOR,
    NEARLY_EQUAL,
    NEIGHBOURS,
    closest,
    farthest,
    near_equals,
    neighbours,
)

SECTORS = ("sante", "social", "arts", "nature")


@st.composite
def guides(draw):
    """Closeness, percentile and sector of some métiers; the percentile follows the closeness."""
    size = draw(st.integers(0, 40))
    values = np.array(draw(st.lists(st.floats(-1, 1), min_size=size, max_size=size)))
    percents = 5 * np.floor(9.5 * (values + 1)).astype(int)
    sectors = draw(st.lists(st.sampled_from(SECTORS), min_size=size, max_size=size))
    return values, percents, sectors


def everyone(values):
    return np.ones(len(values), bool)


@given(guides())
def test_there_are_ten_or_all_the_closest_first(guide):
    values, percents, sectors = guide

    found = closest(values, percents, sectors, everyone(values))

    assert len(found) == len(set(found)) == min(FIRST, len(values))
    assert [values[n] for n in found] == sorted((values[n] for n in found), reverse=True)


@given(guides(), st.integers(0, 40))
def test_the_far_end_is_of_as_many_sectors_as_can_be(guide, count):
    values, _, sectors = guide
    shown = [*range(0, count, 3)]
    order = [n for n in np.argsort(-values, kind="stable")[::-1].tolist() if n not in shown]
    firsts = [n for i, n in enumerate(order) if sectors[n] not in {sectors[m] for m in order[:i]}]
    expected = {*[*firsts, *(n for n in order if n not in firsts)][:FAR]}

    found = farthest(values, sectors, everyone(values), shown)

    assert found == [n for n in order if n in expected]


@given(guides())
def test_nobody_gives_place_to_a_metier_that_is_clearly_farther(guide):
    values, percents, sectors = guide
    plain = np.argsort(-values, kind="stable")[:FIRST]

    found = closest(values, percents, sectors, everyone(values))

    if len(plain):
        assert min(percents[found]) >= percents[plain[-1]] - NEARLY_EQUAL


def test_a_sector_takes_three_places_while_others_do_as_well():
    values = np.linspace(1, 0, 20)
    percents = np.full(20, 90)
    sectors = ["sante"] * 10 + ["social", "arts", "nature", "horeca"] * 2 + ["arts", "nature"]

    found = closest(values, percents, sectors, everyone(values))

    assert [sectors[n] for n in found].count("sante") == MOST_OF_A_SECTOR
    assert found[:MOST_OF_A_SECTOR] == [0, 1, 2]


def test_a_sector_takes_all_places_where_the_others_are_far():
    values, sectors = np.linspace(1, 0, 20), ["sante"] * 10 + ["social"] * 10
    percents = np.array([90] * 10 + [20] * 10)

    assert closest(values, percents, sectors, everyone(values)) == list(range(10))


def test_only_those_left_by_the_filters_are_shown():
    values, percents = np.linspace(1, 0, 20), np.full(20, 90)
    among = np.arange(20) % 2 == 1

    assert closest(values, percents, ["sante"] * 20, among) == list(range(1, 20, 2))


def test_the_far_ones_are_of_as_many_sectors_and_not_shown_already():
    values = np.linspace(1, 0, 8)
    sectors = ["arts", "nature", "social", "social", "arts", "arts", "sante", "sante"]

    assert farthest(values, sectors, everyone(values), shown=[7]) == [6, 5, 3]
    assert len(farthest(values, sectors, everyone(values), shown=[])) == FAR


def test_the_far_ones_share_a_sector_where_there_are_no_three():
    values = np.linspace(1, 0, 6)
    sectors = ["arts"] * 3 + ["nature"] + ["arts"] * 2

    assert farthest(values, sectors, everyone(values), shown=[]) == [5, 4, 3]
    assert farthest(values, ["arts"] * 6, everyone(values), shown=[5]) == [4, 3, 2]


def test_none_but_those_among_all_are_called_far():
    values, sectors = np.linspace(1, 0, 4), ["arts", "nature", "social", "sante"]

    assert farthest(values, sectors, values < 0.5, shown=[]) == [3, 2]
    assert farthest(values, sectors, values < 0, shown=[]) == []


def test_neighbours_closer_to_the_visitor_come_where_there_are_any():
    interests = np.array([[50.0] * 6, [52.0] * 6, [54.0] * 6, [56.0] * 6, [58.0] * 6])
    values = np.array([0.5, 0.1, 0.2, 0.9, 0.8])

    assert neighbours(interests, values, own=0) == [3, 4, 1]
    assert len(neighbours(interests, values, own=0)) == NEIGHBOURS


def test_the_first_are_near_equal_within_ten_percentiles():
    assert near_equals([95, 95, 90, 40])
    assert not near_equals([95, 90, 85, 80])
    assert not near_equals([95])
