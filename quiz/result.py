"""From a visitor's answers to everything that their result page shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

import numpy as np

from metiers.catalogue import Catalogue
from metiers.catalogue.shown import Shown
from metiers.riasec import Dimension

from . import selection, wording
from .closeness import Closeness
from .dealbreakers import Dealbreaker, flagged, flags_of
from .evidence import evidence_of
from .explaining import Argued, argue
from .matching import BAND_FLOORS, Answer, Band, Candidate, Match, rank
from .refining import MOST_BLURRED, Move, Refinement, cause, changed
from .scoring import DISLIKED, LIKED, InterestProfile, Quality
from .token import slug_key
from .visitor import Visitor


@dataclass(frozen=True)
class Ranked:
    """A métier beside its match, and what it has of what the visitor refuses.

    `pulls` and `pushes` are words for the types that speak for it and against it.
    """

    metier: Shown
    match: Match
    flags: list[Dealbreaker] = field(default_factory=list)
    pulls: list[str] = field(default_factory=list)
    pushes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Moved:
    """A métier whose band is another one than before, and the type that explains it."""

    metier: Shown
    before: Band
    after: Band
    because: Move | None
    flags: list[Dealbreaker] = field(default_factory=list)


@dataclass(frozen=True)
class Focus:
    """The métier that the page explains: the one that the visitor came from, or the closest."""

    ranked: Ranked
    came_from: bool
    argued: Argued


@dataclass(frozen=True)
class Selected:
    """What a form narrows the list of the closest by: keys of the catalogue's facets."""

    secteur: str = ""
    etudes: str = ""
    demande: str = ""
    without_flags: bool = False

    FACETS = ("secteur", "etudes", "demande")

    @property
    def query(self) -> str:
        """« ?secteur=sante », nothing empty."""
        pairs = [(name, getattr(self, name)) for name in self.FACETS if getattr(self, name)]
        pairs += [("sans", "1")] if self.without_flags else []
        return f"?{urlencode(pairs)}" if pairs else ""


class Result:
    """Of a visitor whose answers carry a ranking; what is asked for is computed then, once."""

    def __init__(self, visitor: Visitor, catalogue: Catalogue, selected: Selected = Selected()):
        self.visitor, self.catalogue, self.selected = visitor, catalogue, selected
        self.questionnaire, self.answers = visitor.questionnaire, visitor.answers
        self.profile: InterestProfile = visitor.profile
        self.quality: Quality = visitor.quality
        self.given: list[Answer] = visitor.given
        closeness = visitor.closeness_in(catalogue)
        self._values, self._percents = closeness.values, closeness.percents

    # Which métiers

    @cached_property
    def _refused(self):
        return flagged(self.answers.dealbreakers, self.catalogue)

    @cached_property
    def _among(self):
        among = np.ones(len(self.catalogue), bool)
        for name in Selected.FACETS:
            key = getattr(self.selected, name)
            among &= self.catalogue.facets[name].holding([key] if key else [])
        return among & ~self._refused if self.selected.without_flags else among

    @cached_property
    def count(self):
        """Of the métiers that the form leaves."""
        return int(np.count_nonzero(self._among))

    @cached_property
    def refused_count(self):
        return int(np.count_nonzero(self._refused))

    @cached_property
    def _closest(self):
        return self._closest_among(self._among)

    @cached_property
    def _closest_of_all(self):
        if not self.is_narrowed:
            return self._closest
        return self._closest_among(np.ones(len(self.catalogue), bool))

    def _closest_among(self, among):
        return selection.closest(self._values, self._percents, self.catalogue.sectors, among)

    @cached_property
    def _focus_number(self):
        """The number of the métier explained, and whether the visitor came from it."""
        for number, stop in enumerate(self.catalogue.stops if self.answers.started_from else ()):
            if slug_key(stop.slug) == self.answers.started_from:
                return number, True
        return (int(np.argmax(self._values)) if len(self._values) else None), False

    @cached_property
    def _far(self):
        """Whatever the form leaves: the same before and after it is used."""
        shown = [*self._closest_of_all, *self._neighbours, self._focus_number[0]]
        is_not_close = self._percents < LEAST_CLOSE
        return selection.farthest(self._values, self.catalogue.sectors, is_not_close, shown)

    @cached_property
    def _neighbours(self):
        number, came_from = self._focus_number
        if not came_from:
            return []
        return selection.neighbours(self.catalogue.interests, self._values, number)

    def ranked(self, number: int) -> Ranked:
        metier = self.catalogue.shown[number]
        candidate = self.candidate(metier)
        match = self.match(candidate)
        return Ranked(
            metier,
            match,
            flags_of(self.answers.dealbreakers, number, self.catalogue),
            *wording.pulls_and_pushes(self.profile.theta, candidate.z, match.parts, self.said),
        )

    def _all_ranked(self, numbers):
        return [self.ranked(number) for number in numbers]

    def candidate(self, metier: Shown) -> Candidate:
        norms = self.questionnaire.norms
        return Candidate.of(metier.slug, metier.interests, metier.level_asked, norms)

    def match(self, candidate: Candidate) -> Match:
        norms = self.questionnaire.norms
        [match] = rank(self.profile, self.answers.level, [candidate], norms)
        return match

    # What the page shows

    @cached_property
    def closest(self) -> list[Ranked]:
        return self._all_ranked(self._closest)

    @cached_property
    def bands(self) -> list[tuple[Band, list[Ranked]]]:
        """The closest by band; inside a band in the order of the lines, which is no ranking."""
        rows = groupby(self.closest, lambda ranked: ranked.match.band)
        place = self.catalogue.numbers.get
        return [(b, sorted(group, key=lambda r: place(r.metier.slug, 0))) for b, group in rows]

    @cached_property
    def far(self) -> list[Ranked]:
        return self._all_ranked(self._far)

    @property
    def far_notice(self) -> str:
        sectors = self.catalogue.sectors
        is_spread = len({sectors[number] for number in self._far}) == len(self._far)
        return wording.far_notice([ranked.match.band for ranked in self.far], is_spread=is_spread)

    @cached_property
    def neighbours(self) -> list[Ranked]:
        return self._all_ranked(self._neighbours)

    @property
    def is_focus_near_equal(self):
        """Whether another métier might as well be called the closest."""
        return self._near_equal(self._closest_of_all[:2])

    def _near_equal(self, numbers):
        return selection.near_equals([int(self._percents[n]) for n in numbers])

    @property
    def is_narrowed(self):
        """Whether the form leaves some métiers out."""
        return self.count < len(self.catalogue)

    @property
    def heading(self):
        return wording.ranking_heading(len(self._closest), self.count, self.is_narrowed)

    @cached_property
    def ranking_notes(self) -> list[str]:
        """What the order of the métiers shown means, as far as there are several."""
        sectors = np.unique(self.catalogue.sectors[self._among])
        notes = {
            wording.ORDER_IN_A_BAND: len(self.bands) < len(self.closest),
            wording.NEAR_EQUALS: self._near_equal(self._closest),
            wording.SHARED_PLACES: self.count > selection.FIRST and len(sectors) > 1,
        }
        return [note for note, is_true in notes.items() if is_true]

    @cached_property
    def focus(self) -> Focus | None:
        number, came_from = self._focus_number
        if number is None:
            return None
        ranked = self.ranked(number)
        return Focus(
            ranked, came_from, self.argued(ranked, evidence_of(ranked.metier, self.catalogue))
        )

    def argued(self, ranked: Ranked, evidence) -> Argued:
        return argue(
            ranked.match,
            self.candidate(ranked.metier),
            ranked.metier,
            evidence,
            self.profile,
            self.given,
            self.answers.level,
            self.questionnaire,
        )

    @cached_property
    def said(self) -> wording.Said:
        return wording.Said(
            answered={answer.dimension for answer in self.given},
            liked={answer.dimension for answer in self.given if answer.value >= LIKED},
            disliked={answer.dimension for answer in self.given if answer.value <= DISLIKED},
        )

    @cached_property
    def interests(self):
        answered = self.said.answered
        return [
            {
                "letter": dimension.value,
                "label": dimension.label,
                "is_answered": dimension in answered,
                "degree": wording.degree(theta) if dimension in answered else wording.UNANSWERED,
                "place": wording.place(theta),
                "less_marked_in": wording.LESS_MARKED[wording.degree(theta)],
            }
            for dimension, theta in zip(Dimension, self.profile.theta, strict=True)
        ]

    # The refinement

    @cached_property
    def _rounds(self) -> list[Refinement]:
        return self.questionnaire.rounds(self.answers)

    @cached_property
    def next_round(self) -> Refinement | None:
        """The one to come, or under way."""
        last = self._rounds[-1] if self._rounds else None
        return last if last and last.pending(self._asked) else None

    @cached_property
    def last_round(self) -> Refinement | None:
        """The last one whose statements were all answered or skipped."""
        finished = [one for one in self._rounds if not one.pending(self._asked)]
        return finished[-1] if finished else None

    @property
    def _asked(self):
        values = enumerate(self.answers.values, start=1)
        return {position for position, value in values if value is not None}

    @property
    def blurred(self) -> list[str]:
        """The types, two at most, that are still unclear and that what is left to ask speaks of."""
        if not self.next_round:
            return []
        left = [statement.letter for statement in self.next_round.pending(self._asked)]
        blurred = [letter for letter in self.next_round.blurred if letter in left]
        return blurred or [*dict.fromkeys(left)][:MOST_BLURRED]

    @property
    def has_passed_round(self):
        """Whether no statement of the last round was answered: nothing is known that was not."""
        values = self.answers.values
        return bool(self.last_round) and not any(values[p - 1] for p in self.last_round.positions)

    @property
    def has_begun_round(self):
        """Whether a round was left in the middle."""
        return bool(self.next_round) and bool(self._asked & set(self.next_round.positions))

    @cached_property
    def _before(self) -> Visitor | None:
        """The same visitor before the last round."""
        if not self.last_round:
            return None
        return Visitor(self.answers.without(self.last_round.positions))

    @cached_property
    def _moved_numbers(self) -> list[int]:
        """Whose band the last round changed, the nearest first."""
        if not self._before or not self._before.is_ranked:
            return []
        return moved_numbers(self._before, self.visitor, self.catalogue)

    @property
    def unshown_count(self) -> int:
        """How many métiers moved beyond the SHOWN_MOVES."""
        return max(0, len(self._moved_numbers) - SHOWN_MOVES)

    @cached_property
    def moved(self) -> list[Moved]:
        if not self._moved_numbers:
            return []
        before = self._before.closeness_in(self.catalogue)
        return moves(self._moved_numbers[:SHOWN_MOVES], before, self, self._before.profile)

    @property
    def is_first_ranking(self):
        """Whether the answers before the last round carried none: nothing can have moved."""
        return bool(self._before) and not self._before.is_ranked

    @property
    def moved_types(self) -> list[Move]:
        return changed(self._before.profile, self.profile) if self._before else []

    def band(self, number: int) -> Band:
        return Band.of(int(self._percents[number]))


SHOWN_MOVES = 6
LEAST_CLOSE = next(floor for floor, band in BAND_FLOORS if band is Band.CLOSE)


def moved_numbers(before: Visitor, after: Visitor, catalogue: Catalogue) -> list[int]:
    """The métiers whose band is another one, the closest now first."""
    old, new = before.closeness_in(catalogue), after.closeness_in(catalogue)
    moved = np.flatnonzero(old.bands != new.bands).tolist()
    return sorted(moved, key=lambda number: -new.values[number])


def moves(numbers: Sequence[int], before: Closeness, after: Result, profile) -> list[Moved]:
    """`profile` is of the interests before what changed."""
    shown = after.catalogue.shown
    return [
        Moved(
            shown[number],
            before.band(number),
            after.band(number),
            cause(profile, after.profile, after.candidate(shown[number]).direction),
            flags_of(after.answers.dealbreakers, number, after.catalogue),
        )
        for number in numbers
    ]
