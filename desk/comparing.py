"""What changed between two states of a document, in an editor's words, with the words marked."""

import datetime
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest

from django.db import models

from careerguide.content.parts import Rows, Value
from careerguide.templatetags.french import day

WORD = re.compile(r"\s+|\w+|[^\w\s]")
STATE = ("status", "published_at", "withdrawn_at", "reviewed_date")
"""Where a fiche stands in its life, not what it says."""
MOST_PAIRS = 1_000
MOST_STEPS = 4_000_000
"""Equal words, and words, that two texts may pair to be compared one by one: a few milliseconds.

Two versions of some 170 words of French have a thousand such pairs, of « de » with each « de ».
"""


@dataclass(frozen=True)
class Piece:
    """Words that both states have, or that the one lost (« del ») or the other won (« ins »)."""

    mark: str
    text: str


@dataclass(frozen=True)
class Line:
    """What changed in one text; `label` says where it stands among many: « n° 3, titre »."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Change:
    """A field, or the rows under one name, that are not what they were."""

    label: str
    lines: list[Line]


def compare(document, before, after, *, without=()):
    """The `Change`s that lead from one canonical content to another, in the document's order."""
    names = _Names(document, before, after)
    found = []
    for part in document.parts:
        if part.key not in without and before[part.key] != after[part.key]:
            old, new = (_rows(part, data[part.key], names) for data in (before, after))
            found.append(Change(label_of(part), _changed_rows(old, new)))
    return found


def label_of(part):
    """What an editor calls a part: « accroche », « journée type »."""
    schema = part.schema()
    for found in (schema, *schema.get("anyOf", ())):
        if label := found.get("title") or found.get("description"):
            return label
    return part.key


def mark_words(before, after):
    """
    >>> mark_words("Un bon salaire", "Un salaire")
    [Piece(mark='', text='Un '), Piece(mark='del', text='bon '), Piece(mark='', text='salaire')]
    """
    old, new = WORD.findall(before), WORD.findall(after)
    pieces = []
    # A space is no word: it holds no two texts together.
    for mark, i, j, k, m in opcodes(old, new, str.isspace):
        if mark == "equal":
            pieces.append(Piece("", "".join(old[i:j])))
            continue
        pieces += [Piece("del", "".join(old[i:j]))] if i < j else []
        pieces += [Piece("ins", "".join(new[k:m]))] if k < m else []
    return pieces


def opcodes(old, new, is_junk=None):
    """Those of `SequenceMatcher`, or where they would last, one for all between the ends.

    What they take grows with the cube of what comes back again and again, like « a b a b ».
    """
    if _is_quick(old, new, is_junk):
        return SequenceMatcher(is_junk, old, new, autojunk=False).get_opcodes()
    start = _count_same(old, new)
    end = _count_same(reversed(old[start:]), reversed(new[start:]))
    last, newest = len(old) - end, len(new) - end
    opcodes = [
        ("equal", 0, start, 0, start),
        ("replace", start, last, start, newest),
        ("equal", last, len(old), newest, len(new)),
    ]
    return [(mark, i, j, k, m) for mark, i, j, k, m in opcodes if i < j or k < m]


def _count_same(old, new):
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _is_quick(old, new, is_junk):
    times = Counter(new)
    pairs = sum(times[item] for item in old if not (is_junk and is_junk(item)))
    return pairs <= MOST_PAIRS and len(old) * len(new) <= MOST_STEPS


def _changed_rows(old, new):
    """Rows are told apart as a whole first, so that one put between two others moves none."""
    many = max(len(old), len(new)) > 1
    lines = []
    for mark, i, j, k, m in opcodes(old, new):
        if mark != "equal":
            pairs = zip_longest(range(i, j), range(k, m))
            for before, after in pairs:
                place = f"n° {(before if after is None else after) + 1}" if many else ""
                lines += _changed_cells(
                    place,
                    {} if before is None else dict(old[before]),
                    {} if after is None else dict(new[after]),
                )
    return lines


def _changed_cells(place, old, new):
    for label in dict.fromkeys([*old, *new]):
        before, after = old.get(label, ""), new.get(label, "")
        if before != after:
            yield Line(", ".join(filter(None, [place, label])), mark_words(before, after))


def _rows(part, value, names):
    """A part as rows of (label, text): one for a column, one a line of a list, one a row."""
    if value is None or value == "":
        return []
    if isinstance(part, Value):
        values = value if isinstance(value, list) else [value]
        return [(("", _text(part.field, item, names)),) for item in values]
    if isinstance(part, Rows):
        return [_cells(part, row, names) for row in ([value] if part.single else value)]
    if isinstance(value, str):
        return [(("", value),)]
    if isinstance(value, Mapping):
        named = part.schema()["properties"]
        return [_named_cells(k, cells, named[k]["properties"]) for k, cells in value.items()]
    return [(("", names.of(part, item)),) for item in value]


def _cells(part, row, names):
    return tuple(
        (str(column.field.verbose_name), _text(column.field, row[column.key], names))
        for column in part.values
        if row[column.key] not in (None, "")
    )


def _named_cells(name, cells, named):
    """A row under a name of its own: R of the six interests."""
    return tuple(
        (f"{name} ({named[key]['title']})", "oui" if cell is True else str(cell))
        for key, cell in cells.items()
        if cell is not None
    )


def _text(field, value, names):
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime.date):
        return day(value)
    if isinstance(field, models.ForeignKey):
        return names.get(field.related_model, value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)


class _Names:
    """What the slugs of two contents stand for, one query a model."""

    def __init__(self, document, *contents):
        self.models, wanted = {}, {}
        for part in document.parts:
            for content in contents:
                for _, model, slug in part.references(content[part.key]):
                    self.models[part.key] = model
                    wanted.setdefault(model, set()).add(slug)
        self.names = {
            (model, row.slug): str(row)
            for model, slugs in wanted.items()
            for row in model.objects.filter(slug__in=slugs)
        }

    def get(self, model, slug):
        return self.names.get((model, slug), str(slug))

    def of(self, part, slug):
        return self.get(self.models.get(part.key), slug)
