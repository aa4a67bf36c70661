"""Which métiers a result shows, out of all: the closest without one corner taking all places,
some far ones, and the neighbours of the one that the visitor came from."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

FIRST = 10
FAR = 3
NEIGHBOURS = 3
MOST_OF_A_SECTOR = 3
NEARLY_EQUAL = 10
"""Percentiles: two forms of the questionnaire differ by 15 on average, so less is no order."""


def closest(
    values: np.ndarray, percents: np.ndarray, sectors: Sequence, among: np.ndarray
) -> list[int]:
    """The numbers of the FIRST métiers `among` all, the closest first.

    A sector takes MOST_OF_A_SECTOR places at most, as long as another's métier is NEARLY_EQUAL
    to the last one that closeness alone would show.
    """
    order = _ordered(values, among).tolist()
    if len(order) <= FIRST:
        return order
    floor = percents[order[FIRST - 1]] - NEARLY_EQUAL
    taken, left, places = [], [], Counter()
    for number in order:
        if percents[number] < floor or len(taken) == FIRST:
            break
        if places[sectors[number]] < MOST_OF_A_SECTOR:
            places[sectors[number]] += 1
            taken.append(number)
        else:
            left.append(number)
    chosen = {*taken, *left[: FIRST - len(taken)]}
    return [number for number in order if number in chosen]


def farthest(
    values: np.ndarray, sectors: Sequence, among: np.ndarray, shown: Sequence[int]
) -> list[int]:
    """The FAR métiers least like the visitor, the farthest first, of as many sectors as can be."""
    order = _ordered(values, among)[::-1]
    order = order[np.isin(order, shown, invert=True)]
    _, firsts = np.unique(np.asarray(sectors)[order], return_index=True)
    others = np.setdiff1d(np.arange(len(order)), firsts, assume_unique=True)
    chosen = [*np.sort(firsts), *others][:FAR]
    return order[np.sort(chosen)].tolist() if chosen else []


def neighbours(interests: np.ndarray, values: np.ndarray, own: int) -> list[int]:
    """The NEIGHBOURS of a métier by the likeness of their interests, closer to the visitor first.

    They come from the nearest dozen: those closer to the visitor than `own` where there are any.
    """
    distances = np.linalg.norm(interests - interests[own], axis=1)
    near = [n for n in np.argsort(distances, kind="stable").tolist() if n != own]
    near = near[: 4 * NEIGHBOURS]
    closer = [number for number in near if values[number] > values[own]]
    rest = [number for number in near if number not in closer]
    return sorted([*closer, *rest][:NEIGHBOURS], key=lambda number: -values[number])


def near_equals(percents: Sequence[int]) -> bool:
    """Whether the first of a list, three at most, are too near each other for an order."""
    return len(percents) > 1 and percents[0] - percents[min(2, len(percents) - 1)] < NEARLY_EQUAL


def _ordered(values, among):
    numbers = np.flatnonzero(among)
    return numbers[np.argsort(-values[numbers], kind="stable")]
