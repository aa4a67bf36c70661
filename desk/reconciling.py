"""Two people changed one list: what each of them did to it, together."""

from typing import NamedTuple

from .comparing import opcodes


class Added(NamedTuple):
    """Items put before a place; `is_new` when they stand there in nobody's stead."""

    items: list
    is_new: bool


NOTHING = Added([], is_new=True)


def merged(base, mine, theirs):
    """What `base` is once both have changed it, or None where both changed the same item.

    >>> merged(["scier", "raboter"], ["scier", "poncer"], ["mesurer", "scier", "raboter"])
    ['mesurer', 'scier', 'poncer']
    >>> merged(["scier"], ["scier droit"], ["scier vite"])

    What both added to one place stands there twice over: theirs, then mine.
    """
    (my_items, my_added), (their_items, their_added) = (_done(base, x) for x in (mine, theirs))
    found = []
    for place in range(len(base) + 1):
        added = _both(my_added.get(place, NOTHING), their_added.get(place, NOTHING))
        old = base[place : place + 1]
        item = _either(old, my_items.get(place, old), their_items.get(place, old))
        if added is None or item is None:
            return None
        found += [*added, *item]
    return found


def _done(base, other):
    """What each item of the base has become, a list of one or of none, and what was added."""
    items, added = {}, {}
    for mark, i, j, k, m in opcodes(base, other):
        if j - i == m - k:
            items |= {i + n: [other[k + n]] for n in range(j - i)}
        else:
            items |= {n: [] for n in range(i, j)}
            added[i] = Added(other[k:m], is_new=mark == "insert")
    return items, added


def _both(mine, theirs):
    if not mine.items or mine.items == theirs.items:
        return theirs.items
    if not theirs.items:
        return mine.items
    if not (mine.is_new and theirs.is_new):
        return None
    return theirs.items + [item for item in mine.items if item not in theirs.items]


def _either(old, mine, theirs):
    if mine in (theirs, old):
        return theirs
    return mine if theirs == old else None
