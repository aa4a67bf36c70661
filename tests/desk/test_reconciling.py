"""Two changes of one list, made one."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.reconciling import merged, merged_links, merged_row

LISTS = st.lists(st.sampled_from("abcd"), max_size=6)
OWN = st.lists(st.sampled_from("abcdef"), max_size=6, unique=True)


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
        ("", "x", "y", "yx"),
        # moved by one, changed or completed by the other
        ("abc", "cab", "abcd", "cdab"),
        ("abcde", "bacde", "abcxde", "bacxde"),
        ("abc", "bca", "xbc", "bcx"),
        # taken out by one, moved by the other
        ("abc", "ac", "bac", "ac"),
        ("abc", "bac", "ac", "ac"),
        # both moved it alike
        ("abc", "bca", "bca", "bca"),
    ],
)
def test_has_what_both_did(base, mine, theirs, both):
    assert merged(list(base), list(mine), list(theirs)) == (list(both), False)


@pytest.mark.parametrize(
    "base, mine, theirs, both",
    [
        ("abc", "axc", "ayc", "axc"),
        ("abc", "axc", "aycd", "axcd"),
        ("abc", "axc", "ac", "axc"),
        ("abc", "ac", "axc", "axc"),
        ("abc", "bca", "acb", "bca"),
    ],
)
def test_asks_where_both_changed_one_item_and_takes_the_rest(base, mine, theirs, both):
    assert merged(list(base), list(mine), list(theirs)) == (list(both), True)


def test_rows_of_cells_are_changed_by_the_cell():
    base = [("8 h", "Traire", "Seul"), ("9 h", "Semer", "À deux")]
    mine = [("8 h", "Soigner", "Seul"), ("9 h", "Semer", "À deux")]
    theirs = [("7 h", "Traire", "Seul"), ("9 h", "Semer", "À trois"), ("10 h", "Vendre", "Seul")]

    assert merged(base, mine, theirs) == (
        [("7 h", "Soigner", "Seul"), ("9 h", "Semer", "À trois"), ("10 h", "Vendre", "Seul")],
        False,
    )
    assert merged_row(base[0], mine[0], ("8 h", "Nourrir", "À deux")) == (
        ["8 h", "Soigner", "À deux"],
        True,
    )


def test_a_row_that_is_changed_beside_a_new_one_stays_itself():
    base = [("Combien ?", "Assez peu."), ("Où ?", "À Liège.")]
    mine = [("Quand ?", "Le matin."), ("Combien ?", "Assez peu, au début."), ("Où ?", "À Liège.")]
    theirs = [("Combien gagne-t-on ?", "Assez peu."), ("Où ?", "À Liège.")]

    assert merged(base, mine, theirs) == (
        [mine[0], ("Combien gagne-t-on ?", "Assez peu, au début."), base[1]],
        False,
    )


def test_links_are_those_that_nobody_took_out():
    assert merged_links(("1", "2"), ("1", "3"), ("1", "2", "4")) == (["1", "3", "4"], False)


@given(LISTS, LISTS)
def test_what_one_alone_changed_is_what_they_made_of_it(base, other):
    assert merged(base, base, other) == (other, False)
    assert merged(base, other, base) == (other, False)


@given(LISTS, LISTS)
def test_what_both_changed_alike_is_that(base, other):
    assert merged(base, other, other) == (other, False)


@given(LISTS, LISTS, LISTS)
def test_nothing_new_of_mine_is_lost_and_of_theirs_without_a_word(base, mine, theirs):
    found, is_disputed = merged(base, mine, theirs)

    assert set(mine) <= set(found) | set(base)
    assert is_disputed or set(theirs) <= set(found) | set(base)


@given(OWN, OWN, OWN)
def test_nothing_that_stands_once_stands_twice(base, mine, theirs):
    found, is_disputed = merged(base, mine, theirs)

    assert is_disputed or max(Counter(found).values(), default=0) <= 1
