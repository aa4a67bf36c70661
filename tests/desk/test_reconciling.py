"""Two changes of one list, made one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.reconciling import merged

LISTS = st.lists(st.sampled_from("abcd"), max_size=6)


@pytest.mark.parametrize(
    "base, mine, theirs, both",
    [
        ("abc", "abc", "abcd", "abcd"),
        ("abc", "xbc", "abc", "xbc"),
        ("abc", "xbc", "aby", "xby"),
        ("abc", "xbc", "ac", "xc"),
        ("abc", "bc", "abcd", "bcd"),
        ("abc", "abcx", "abcy", "abcyx"),
        ("abc", "abcx", "abcx", "abcx"),
        ("abc", "ac", "ac", "ac"),
        ("abc", "axc", "ayc", None),
        ("abc", "axc", "ac", None),
        ("abc", "ac", "axc", None),
        ("", "x", "y", "yx"),
    ],
)
def test_has_what_both_did_and_asks_where_both_changed_one_item(base, mine, theirs, both):
    found = merged(list(base), list(mine), list(theirs))

    assert found == (None if both is None else list(both))


@given(LISTS, LISTS)
def test_what_one_alone_changed_is_what_they_made_of_it(base, other):
    assert merged(base, base, other) == other
    assert merged(base, other, base) == other


@given(LISTS, LISTS)
def test_what_both_changed_alike_is_that(base, other):
    assert merged(base, other, other) == other


@given(LISTS, LISTS, LISTS)
def test_nothing_new_of_either_is_lost(base, mine, theirs):
    found = merged(base, mine, theirs)

    if found is not None:
        assert set(mine) | set(theirs) <= set(found) | set(base)
