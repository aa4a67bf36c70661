"""From wishes to everything that the list shows: entries, counts, chips, pages, ways out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np

from careerguide.templatetags.french import accord, number
from metiers.addresses import can_be_compared, compare_address
from metiers.models import CriterionGroup
from metiers.search.index import Hits
from metiers.search.words import spans_of

from .entries import Entry, read_entries
from .facets import Combine, Facet
from .pages import Pages
from .snapshot import Catalogue
from .wishes import SORTS, Wishes

MOST_RELAXATIONS = 5
LAST = (CriterionGroup.STUDIES.label, CriterionGroup.STATUS.label)
NOTES = {
    "salaire": "Brut par mois après quelques années, souvent une estimation.",
    "interet": "Les deux intérêts les plus marqués du métier, selon O*NET.",
    "demande": "Cité, souvent ou cette année-là, par Le Forem, Actiris ou le VDAB.",
}
"""What a facet does not say by itself."""


@dataclass(frozen=True)
class Choice:
    """A value of a facet, with the number of métiers that choosing it would show."""

    key: str
    label: str
    line: str
    count: int
    is_chosen: bool

    @property
    def is_disabled(self):
        return not self.count and not self.is_chosen


@dataclass(frozen=True)
class Fieldset:
    """Choices under one heading; several of them may belong to one parameter."""

    name: str
    label: str
    is_single: bool
    choices: Sequence[Choice]
    note: str

    @property
    def is_open(self):
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    """A wish of the visitor, with the address of the list without it."""

    label: str
    address: str


@dataclass(frozen=True)
class Relaxation(Chip):
    """A wish that, dropped, gives `count` métiers."""

    count: int


@dataclass(frozen=True, eq=False)
class Way:
    """A wish in words, the wishes without it, it alone, and the métiers that it leaves."""

    words: Sequence[str]
    without: Wishes
    alone: Wishes
    held: np.ndarray


class Listing:
    """`visitor` is whoever's answers the address holds, or None: see `quiz.visitor`."""

    def __init__(self, catalogue: Catalogue, wishes: Wishes, visitor=None):
        self.catalogue, self.wishes, self.visitor = catalogue, wishes, visitor
        self.hits = self._search(wishes.text)

    def _search(self, text) -> Hits | None:
        """None where there is no query, or one that says nothing (« un métier »)."""
        hits = self.catalogue.text.find(text) if text else None
        return hits if hits and hits.understood else None

    # Which métiers

    @cached_property
    def _held(self) -> dict[str, np.ndarray]:
        """For each facet, the métiers that its own choice leaves."""
        chosen = self.wishes.chosen
        return {
            name: facet.holding(chosen.get(name, ()))
            for name, facet in self.catalogue.facets.items()
        }

    @cached_property
    def _found(self) -> np.ndarray:
        return self.hits.found if self.hits else np.ones(len(self.catalogue), bool)

    def _among(self, except_for: str | None = None) -> np.ndarray:
        """The métiers found that satisfy every facet, but for one."""
        among = self._found.copy()
        for name, held in self._held.items():
            if name != except_for:
                among &= held
        return among

    @cached_property
    def numbers(self) -> np.ndarray:
        """The métiers of all pages, in order."""
        numbers = np.flatnonzero(self._among())
        ranks = self.catalogue.ranks
        sort = self.sort
        if sort == "pertinence":
            keys = (ranks["secteur"][numbers], -self.hits.score[numbers])
        elif sort == "proximite":
            keys = (ranks["secteur"][numbers], -self.visitor.band_floors(self.catalogue)[numbers])
        else:
            keys = (ranks[sort][numbers],)
        return numbers[np.lexsort(keys)]

    @property
    def count(self):
        return len(self.numbers)

    @property
    def total(self):
        return len(self.catalogue)

    # In words

    heading = "Les métiers"

    @property
    def title(self):
        """What tells one list from another in the tabs and the history."""
        said = [_quoted(self.wishes.text)] if self.wishes.text else []
        said += [self._label(name, key) for name, key in self._chosen]
        where = f", page {self.pages.current}" if self.pages.current > 1 else ""
        return (", ".join(said) or self.heading) + where

    @cached_property
    def count_in_words(self):
        count = f"{number(self.count)} {accord(self.count, 'métier,métiers')}"
        return f"{count} sur {number(self.total)}" if self.wishes.narrows else count

    @property
    def announcement(self):
        """For who hears the page: what a change of the form changed."""
        if not self.count:
            return f"{self.count_in_words}. Plus bas, de quoi élargir."
        pages = self.pages
        where = f" Page {pages.current} sur {pages.count}." if pages.count > 1 else ""
        return f"{self.count_in_words}, par {SORTS[self.sort]}.{where}"

    @property
    def says_nothing(self):
        """« un métier » : words, but none that one métier holds more than another."""
        return bool(self.wishes.text) and self.hits is None

    # Order

    @cached_property
    def sort(self) -> str:
        """The order asked for where it makes sense, else the one that does."""
        return self.wishes.sort if self.wishes.sort in self._sorts else next(iter(self._sorts))

    @cached_property
    def _sorts(self):
        sorts = dict(SORTS)
        if not self.hits:
            del sorts["pertinence"]
        if not self._is_ranked:
            del sorts["proximite"]
        return sorts

    @property
    def _is_ranked(self):
        return bool(self.visitor and self.visitor.is_ranked)

    @property
    def sorts(self):
        """The first is the one that comes by itself, and its key is empty: a form that sends it
        along must not ask for it once other words make another one the first."""
        default = next(iter(self._sorts))
        return [
            {"key": "" if key == default else key, "label": label, "is_chosen": key == self.sort}
            for key, label in self._sorts.items()
        ]

    # Facets

    @cached_property
    def fieldsets(self) -> list[Fieldset]:
        facets = self.catalogue.facets.values()
        fieldsets = [fieldset for facet in facets for fieldset in self._of(facet)]
        # The criteria that only repeat another facet in more detail come last.
        return sorted(fieldsets, key=lambda fieldset: fieldset.label in LAST)

    def _of(self, facet: Facet):
        """One fieldset a facet, or one a group of its values."""
        chosen = self.wishes.chosen.get(facet.name, ())
        among = self._among(None if facet.combine is Combine.ALL else facet.name)
        counted = zip(facet.values, facet.counts(among).tolist(), strict=True)
        for group, pairs in groupby(counted, lambda pair: pair[0].group):
            choices = [
                Choice(value.key, value.label, value.line, count, value.key in chosen)
                for value, count in pairs
            ]
            is_single = facet.combine is Combine.ONE
            note = NOTES.get(facet.name, "")
            yield Fieldset(facet.name, group or facet.label, is_single, choices, note)

    @property
    def _chosen(self):
        return [(name, key) for name, keys in self.wishes.chosen.items() for key in keys]

    @cached_property
    def chips(self) -> list[Chip]:
        chips = (
            [Chip(_quoted(self.wishes.text), self.wishes.saying("").address)]
            if self.wishes.text
            else []
        )
        return chips + [
            Chip(self._label(name, key), self.wishes.without(name, key).address)
            for name, key in self._chosen
        ]

    def _label(self, name, key):
        facet = self.catalogue.facets[name]
        label = facet.value(key).label
        return f"{facet.label} {label}" if name == "salaire" else label

    @property
    def chosen_count(self):
        return sum(map(len, self.wishes.chosen.values()))

    # What to do where nothing is found, or something else was meant

    @cached_property
    def _ways(self) -> list[Way]:
        """The wishes that can be dropped or kept by themselves.

        Of values of which one is enough, dropping one leaves fewer: they go together.
        """
        text, ways = self.wishes.text, []
        if self.hits:
            alone = self.wishes.cleared().saying(text)
            ways.append(Way([_quoted(text)], self.wishes.saying(""), alone, self._found))
        for name, keys in self.wishes.chosen.items():
            is_split = self.catalogue.facets[name].combine is Combine.ALL
            ways += [
                self._way(name, some) for some in ([[k] for k in keys] if is_split else [keys])
            ]
        return ways

    def _way(self, name, keys):
        rest = [key for key in self.wishes.chosen[name] if key not in keys]
        return Way(
            words=[_quoted(self._label(name, key)) for key in keys],
            without=self.wishes.choosing(name, rest),
            alone=self.wishes.cleared().choosing(name, keys),
            held=self.catalogue.facets[name].holding(keys),
        )

    @cached_property
    def relaxations(self) -> list[Relaxation]:
        """Each wish that stands in the way alone, the most fruitful first; of one wish, none."""
        others = [[other.held for other in self._ways if other is not way] for way in self._ways]
        pairs = zip(self._ways, others, strict=True)
        return _fruitful(
            (" ni ".join(way.words), way.without, np.logical_and.reduce(held))
            for way, held in pairs
            if held
        )

    @cached_property
    def kept_alone(self) -> list[Relaxation]:
        """Each wish by itself, for where dropping one is not enough: outside, at night, 5 000 €."""
        return _fruitful((" ou ".join(way.words), way.alone, way.held) for way in self._ways)

    @property
    def is_unheard_of(self):
        """Whether the words themselves found nothing, whatever else was chosen."""
        return self.hits is not None and not self.hits.found.any()

    @cached_property
    def correction(self) -> Chip | None:
        """What was probably meant: « infirmier » for « enfirmier »."""
        if not self.hits or not self.hits.corrections:
            return None
        text = _corrected(self.wishes.text, dict(self.hits.corrections))
        return Chip(text, self.wishes.saying(text).address)

    @property
    def absent_name(self) -> str:
        """The métier named that has no fiche: « vétérinaire »."""
        return self.hits.absent if self.hits else ""

    @property
    def unknown(self):
        """The words of the query that no fiche knows, where others were found."""
        return self.hits.unknown if self.hits else []

    # Side by side

    @property
    def can_be_compared(self) -> bool:
        """Whether there are few enough to stand side by side, all of them."""
        return can_be_compared(self.count)

    @property
    def compare_address(self) -> str:
        """Of these métiers; of the page to choose some, where there are too many."""
        shown = self.numbers if self.can_be_compared else []
        slugs = [self.catalogue.stops[number].slug for number in shown]
        return compare_address(slugs, self.wishes.answers)

    # Pages

    @cached_property
    def pages(self):
        return Pages(self.count, self.wishes)

    @cached_property
    def entries(self) -> list[Entry]:
        shown = self.numbers[self.pages.slice]
        return read_entries(self.catalogue, shown, self.hits, self.visitor)


def _quoted(text):
    return f"«\u00a0{text}\u00a0»"


def _fruitful(ways) -> list[Relaxation]:
    """Those of (label, wishes, métiers) that show something, the most first."""
    counted = [
        Relaxation(label, wishes.address, int(np.count_nonzero(held)))
        for label, wishes, held in ways
    ]
    fruitful = [relaxation for relaxation in counted if relaxation.count]
    return sorted(fruitful, key=lambda r: -r.count)[:MOST_RELAXATIONS]


def _corrected(text, meant) -> str:
    """The text with each word of `meant` in place of what was typed, and no part of a word."""
    parts, end = [], 0
    for _, start, stop in spans_of(text):
        parts += [text[end:start], meant.get(text[start:stop], text[start:stop])]
        end = stop
    return "".join([*parts, text[end:]])
