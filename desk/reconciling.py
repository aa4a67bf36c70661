"""Two people changed one list: what each of them did to it, together."""

from collections import Counter
from itertools import count
from typing import NamedTuple

from rapidfuzz import fuzz

from .comparing import opcodes

ALIKE = 50
"""Of 100: items more alike than that are one item, changed."""


class Merged(NamedTuple):
    """`is_disputed` where both changed one item, or its place: it is then as its author has it."""

    items: list
    is_disputed: bool


class _Told(NamedTuple):
    """A list as what became of another: its items by their number there, new ones by their own.

    `order` are those numbers; `items` what each says; what is in neither was taken out.
    """

    order: list[int]
    items: dict[int, object]


def merged(base, mine, theirs) -> Merged:
    """What `base` is once both have changed it; items are texts, or tuples of them (a row).

    >>> merged(["scier", "raboter"], ["scier", "poncer"], ["mesurer", "scier", "raboter"]).items
    ['mesurer', 'scier', 'poncer']
    >>> merged(["scier"], ["scier droit"], ["scier vite", "poncer"])
    Merged(items=['scier droit', 'poncer'], is_disputed=True)

    What both added at one place stands there together: theirs, then mine. What one took out and the
    other changed stays, changed; what both moved stands where mine is.
    """
    numbers = count(len(base))
    my, their = (_told(base, other, numbers) for other in (mine, theirs))
    items, disputes = {}, []
    for number, old in enumerate(base):
        item, is_disputed = _either(old, my.items.get(number), their.items.get(number))
        disputes.append(is_disputed)
        if item is not None:
            items[number] = item
    order, is_moved = _order(base, items, my.order, their.order)
    for told in (my, their):
        items |= {number: told.items[number] for number in told.order if number >= len(base)}
    order = _placed(_placed(order, my.order, items), their.order, items)
    found = _once([(number, items[number]) for number in order], mine, theirs)
    return Merged(found, any(disputes) or is_moved)


def merged_links(base, mine, theirs) -> Merged:
    """The same of things that have no order: what either added is there, what either took out not.

    >>> merged_links(("1", "2"), ("1", "2", "3"), ("2", "4")).items
    ['2', '3', '4']
    """
    added, gone = {*mine, *theirs} - {*base}, {*base} - ({*mine} & {*theirs})
    return Merged(sorted(({*base} | added) - gone), is_disputed=False)


def merged_row(base, mine, theirs) -> Merged:
    """One row cell by cell: a tuple of texts each; one that says nothing at all is none.

    >>> merged_row(("8 h", "Traire"), ("8 h", "Soigner"), ("7 h", "Traire")).items
    ['7 h', 'Soigner']
    """
    cells = [_either(*three) for three in zip(base, mine, theirs, strict=True)]
    return Merged([cell for cell, _ in cells], any(is_disputed for _, is_disputed in cells))


def _once(found, mine, theirs):
    """The items without those that stand oftener than in either list, the newest first."""
    there = Counter(item for _, item in found)
    extra = there - (Counter(mine) | Counter(theirs) | Counter(set(there)))
    for number, item in sorted(found, key=lambda told: told[0], reverse=True):
        if extra[item]:
            extra[item] -= 1
            found.remove((number, item))
    return [item for _, item in found]


def _told(base, other, numbers):
    """The list `other` as a `_Told` of `base`: what stands elsewhere was moved, not made anew."""
    twins, free, gone = {}, [], []
    for mark, i, j, k, m in opcodes(base, other):
        if mark == "equal" or j - i == m - k:
            pairs = zip(range(k, m), range(i, j), strict=True)
            twins |= {to: was for to, was in pairs if mark == "equal" or other[to] not in base}
        else:
            found = _paired(base[i:j], other[k:m])
            twins |= {k + new: i + old for old, new in found.items()}
    gone = [number for number in range(len(base)) if number not in twins.values()]
    free = [place for place in range(len(other)) if place not in twins]
    for place in free:
        twin = next((number for number in gone if base[number] == other[place]), None)
        if twin is not None:
            gone.remove(twin)
            twins[place] = twin
    order = [twins[place] if place in twins else next(numbers) for place in range(len(other))]
    return _Told(order, dict(zip(order, other, strict=True)))


def _paired(old, new):
    """Which of the new items each of the old became: the likest first, by their numbers."""
    likeness = sorted(
        (-_likeness(one, other), i, k) for i, one in enumerate(old) for k, other in enumerate(new)
    )
    found = {}
    for likeness_, i, k in likeness:
        if -likeness_ > ALIKE and i not in found and k not in found.values():
            found[i] = k
    return found


def _likeness(one, other):
    if isinstance(one, str):
        return fuzz.ratio(one, other)
    cells = sum(a == b and a != "" for a, b in zip(one, other, strict=True))
    return max(fuzz.ratio("\n".join(one), "\n".join(other)), ALIKE + 1 if cells > 1 else 0)


def _either(old, mine, theirs):
    """An item, None where it is taken out, and whether both changed it."""
    if mine == theirs or theirs == old:
        return mine, False
    if mine == old:
        return theirs, False
    if isinstance(old, tuple) and mine is not None and theirs is not None:
        cells, is_disputed = merged_row(old, mine, theirs)
        return tuple(cells), is_disputed
    return (theirs if mine is None else mine), True


def _order(base, items, mine, theirs):
    """The numbers of the base that stay, in the order of whoever moved them; whether both did."""
    kept = [number for number in range(len(base)) if number in items]
    orders = []
    for order in (mine, theirs):
        there = [number for number in order if number in items]
        orders.append(_placed(there, kept, items))
    my_order, their_order = orders
    if my_order == kept:
        return their_order, False
    return my_order, their_order not in (kept, my_order)


def _placed(order, other, items):
    """`order`, with what it lacks of another order put after what stands before it there."""
    found, before = list(order), None
    for number in other:
        if number in items and number not in found:
            found.insert(0 if before is None else found.index(before) + 1, number)
        if number in found:
            before = number
    return found
