"""From an interest profile to métiers: how close each one is, and why.

match = θ·z / (‖z‖·√(‖θ‖² + tr V)), where z are the métier's standardised interests: a cosine,
lowered by what the answers leave uncertain. Vectors are in the order R I A S E C.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from metiers.riasec import CLEAR_DEMAND, Dimension, Interests, standardise
from quiz.scoring import DISLIKED, LIKED, InterestProfile, Norms, Six, dot

LEVEL_COSTS = (0.0, 0.3, 0.45)
"""Standard deviations of the match lost where a métier asks no, one, or more levels too many.

From .3 to .45 the length of studies adds to interests without deciding alone. Studies shorter than
what is accepted cost nothing: the question asks how far one would go, not how far one wants to.
"""

MATERIAL_SHARE = 0.1
"""A dimension is worth a sentence from a tenth of all that is said for and against."""

FEWEST_REASONS = 2


class Band(StrEnum):
    """What is shown instead of a number.

    >>> Band.of(65).label
    'proche'
    """

    VERY_CLOSE = "very-close"
    CLOSE = "close"
    MIXED = "mixed"
    FAR = "far"

    @classmethod
    def of(cls, percent: int) -> "Band":
        return next(band for floor, band in BAND_FLOORS if percent >= floor)

    @property
    def label(self) -> str:
        return _BAND_LABELS[self]

    @property
    def is_close(self) -> bool:
        return self in (Band.VERY_CLOSE, Band.CLOSE)


BAND_FLOORS = ((85, Band.VERY_CLOSE), (65, Band.CLOSE), (35, Band.MIXED), (0, Band.FAR))
"""The lowest percentile of each band, from the closest."""

_BAND_LABELS = {
    Band.VERY_CLOSE: "très proche",
    Band.CLOSE: "proche",
    Band.MIXED: "mitigé",
    Band.FAR: "éloigné",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A métier ready to be ranked; build it once with `Candidate.of`, keep it."""

    key: str  # the slug
    z: Six
    level: int | None  # of studies, 1–5
    z_norm: float = field(init=False, repr=False)
    direction: Six = field(init=False, repr=False)  # z/‖z‖; zeros for the perfectly average métier

    def __post_init__(self):
        z_norm = math.hypot(*self.z)
        object.__setattr__(self, "z_norm", z_norm)
        object.__setattr__(self, "direction", tuple(x / z_norm if z_norm else 0.0 for x in self.z))

    @classmethod
    def of(cls, key: str, interests: Interests, level: int | None, norms: Norms) -> "Candidate":
        """From interests of 0–100 and a level of studies (1–5, None when unknown)."""
        return cls(key, standardise(interests, norms), level)


@dataclass(frozen=True, slots=True)
class Match:
    """How close one métier is to one person.

    `closeness` is the sum of `parts` (one per type) and `level_part` (0 or less); `percent` says
    how many person × métier pairs, out of 100, are less close: a multiple of 5 from 0 to 95.
    """

    key: str
    closeness: float
    percent: int
    level_part: float
    aim: Six = field(repr=False)
    direction: Six = field(repr=False)

    @property
    def band(self) -> Band:
        return Band.of(self.percent)

    @property
    def parts(self) -> Six:
        return tuple(a * d for a, d in zip(self.aim, self.direction, strict=True))


class Answer(NamedTuple):
    """An item answered: its position in the set, its type, and 1–5."""

    item: int
    dimension: str
    value: int


@dataclass(frozen=True, slots=True)
class Argument:
    """What one type says for or against a métier, with the answer that shows it.

    `wants`: the person likes that type more than most people do. `demands`: the métier holds
    more of it than most métiers. `contribution` is its part of the closeness; `item` and `value`
    are the person's most telling answer.
    """

    dimension: Dimension
    wants: bool
    demands: bool
    contribution: float
    item: int
    value: int


class Reason(Argument):
    """Person and métier lean the same way: both towards this type, or both away from it."""

    __slots__ = ()


class Drawback(Argument):
    """They lean apart: the métier demands what the person dislikes, or lacks what they like."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class LevelDrawback:
    """The métier asks for longer studies than the person accepts (levels 1–5)."""

    demanded: int
    accepted: int
    contribution: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a métier is close, and why not; each list by decreasing weight."""

    reasons: list[Reason]
    drawbacks: list[Drawback]
    level_drawback: LevelDrawback | None


def rank(
    profile: InterestProfile, level: int | None, candidates: Iterable[Candidate], norms: Norms
) -> list[Match]:
    """All candidates, the closest first, equals by key.

    `level` is the longest studies accepted, 1–5; None (or 0, skipped) leaves levels aside.
    """
    aim = aim_of(profile)
    matches = [_match(aim, level, candidate, norms) for candidate in candidates]
    return sorted(matches, key=lambda match: (-match.closeness, match.key))


def percent(match: float, norms: Norms) -> int:
    """The highest of the percentiles 5, 10, … 95 whose threshold the match reaches, else 0."""
    return 5 * bisect_right(norms.match_quantiles, match)


def level_part(demanded: int | None, accepted: int | None, norms: Norms) -> float:
    """What the level of studies takes from the closeness: 0 or less; 0 when either is unsaid."""
    if not demanded or not accepted:
        return 0.0
    excess = min(max(demanded - accepted, 0), len(LEVEL_COSTS) - 1)
    return -LEVEL_COSTS[excess] * norms.match_sd if excess else 0.0


def explain(
    profile: InterestProfile,
    candidate: Candidate,
    *,
    level: int | None,
    answers: Iterable[Answer],
    norms: Norms,
) -> Explanation:
    """Reasons and drawbacks, each quoting an answer.

    The rule: a type speaks when it weighs a tenth of all the types' parts, when the métier stands
    clear of the average on it, and when an answer given to *that* type says it: « plutôt oui » or
    more where the profile likes the type, « plutôt non » or less where it does not. What is only
    inferred from other types, or from an answer in between, is never claimed.
    A close métier (« proche » or better) shows two reasons at least whenever two types count for
    it with such an answer, however little the second weighs.
    """
    match = _match(aim_of(profile), level, candidate, norms)
    arguments = _arguments(profile, match, candidate, list(answers))
    material = MATERIAL_SHARE * sum(map(abs, match.parts))
    reasons = [reason for reason in arguments if isinstance(reason, Reason)]
    weighty = sum(reason.contribution >= material for reason in reasons)
    return Explanation(
        reasons=reasons[: max(weighty, FEWEST_REASONS if match.band.is_close else 0)],
        drawbacks=[
            drawback
            for drawback in arguments
            if isinstance(drawback, Drawback) and -drawback.contribution >= material
        ],
        level_drawback=_level_drawback(candidate.level, level, match.level_part),
    )


def aim_of(profile: InterestProfile) -> Six:
    """θ/√(‖θ‖² + tr V): its product with a métier's direction is the match."""
    reach = math.sqrt(profile.length**2 + profile.variance)
    return tuple(value / reach for value in profile.theta)


def _match(aim: Six, level: int | None, candidate: Candidate, norms: Norms) -> Match:
    direction = candidate.direction
    studies = level_part(candidate.level, level, norms)
    closeness = dot(aim, direction) + studies
    return Match(candidate.key, closeness, percent(closeness, norms), studies, aim, direction)


def _arguments(
    profile: InterestProfile, match: Match, candidate: Candidate, answers: list[Answer]
) -> list[Argument]:
    arguments = []
    for k, dimension in enumerate(Dimension):
        wants, demands = profile.theta[k] > 0, match.direction[k] > 0
        telling = _most_telling(answers, dimension, wants)
        if abs(candidate.z[k]) >= CLEAR_DEMAND and match.parts[k] and telling:
            kind = Reason if match.parts[k] > 0 else Drawback
            quoted = (telling.item, telling.value)
            arguments.append(kind(dimension, wants, demands, match.parts[k], *quoted))
    return sorted(arguments, key=lambda argument: -abs(argument.contribution))


def _most_telling(answers: list[Answer], dimension: Dimension, wants: bool) -> Answer | None:
    """The strongest answer of that type that says what the profile does, the first of equals."""
    side = 1 if wants else -1
    saying = [
        answer
        for answer in answers
        if answer.dimension == dimension
        and (answer.value >= LIKED if wants else answer.value <= DISLIKED)
    ]
    return min(saying, key=lambda answer: (-side * answer.value, answer.item), default=None)


def _level_drawback(
    demanded: int | None, accepted: int | None, contribution: float
) -> LevelDrawback | None:
    if not demanded or not accepted or demanded <= accepted:
        return None
    return LevelDrawback(demanded, accepted, contribution)
