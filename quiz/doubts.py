"""When answers can carry no ranking, and why: each cause has its words and its way on.

And what to be careful of where they carry one.
"""

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from metiers.riasec import LETTERS

from .matching import Answer
from .scoring import DISLIKED, FEWEST_ANSWERS, FLAT_SHARE, LIKED, Norms, Quality

MOST_SKIPS = 9
"""Half of the core: more than that, and more than was answered, is too much of the whole."""

CONTRADICTION = 0.001
"""How rarely somebody who answers as everybody does would scatter so much within the types."""
_NORMAL_QUANTILE = 3.0902  # of 1 − CONTRADICTION

ENOUGH_ANSWERS = 12
"""Of 18; under it a ranking rests on little."""

EVEN_SPAN = 1.0
"""Points of the scale between the types liked most and least; 1.6 % of people stay under it."""

MOST_PAIRS = 3


class Doubt(StrEnum):
    FEW = "few"  # hardly anything was answered
    SKIPS = "skips"  # more than half was skipped
    SAME = "same"  # one answer for nearly everything
    FAINT = "faint"  # nearly no contrast
    NOTHING_LIKED = "nothing-liked"
    CONTRADICTORY = "contradictory"


class Caution(StrEnum):
    CONTRADICTORY = "contradictory"  # and confirmed
    EVEN = "even"  # much the same answer to each of the six types
    LOW_CONTRAST = "low-contrast"
    FEW = "few"


class Pair(NamedTuple):
    """Two statements of one type, one liked, the other disliked."""

    liked: Answer
    disliked: Answer


def doubt_about(
    given: Sequence[Answer], skipped: int, quality: Quality, norms: Norms
) -> Doubt | None:
    """The first cause there is, or None where a ranking means something.

    `skipped` counts statements of the core.
    """
    values = [answer.value for answer in given]
    if skipped > max(MOST_SKIPS, len(values)):
        return Doubt.SKIPS
    if len(values) < FEWEST_ANSWERS:
        return Doubt.FEW
    if max(map(values.count, values)) >= FLAT_SHARE * len(values):
        return Doubt.SAME
    if max(values) < LIKED:
        return Doubt.NOTHING_LIKED
    if quality is Quality.FLAT:
        return Doubt.FAINT
    return Doubt.CONTRADICTORY if contradicts_itself(given, norms) else None


def cautions_about(given: Sequence[Answer], quality: Quality) -> list[Caution]:
    """What to keep in mind of answers that do carry a ranking, contradictions aside."""
    types = _by_type(given)
    means = [sum(values) / len(values) for values in types if values]
    causes = {
        Caution.EVEN: all(types) and max(means) - min(means) < EVEN_SPAN,
        Caution.LOW_CONTRAST: quality is Quality.LOW_CONTRAST,
        Caution.FEW: len(given) < ENOUGH_ANSWERS,
    }
    return [caution for caution, holds in causes.items() if holds]


def contradicts_itself(given: Sequence[Answer], norms: Norms) -> bool:
    """Whether answers to one type scatter more than all but CONTRADICTION of people's do.

    The sum of the squared deviations from the mean of each type, in units of its residual
    variance ψ, is a χ² with as many degrees of freedom as answers less types; its quantile after
    Wilson and Hilferty (1931). Answers are rounded and clipped to 1–5, so it is a rarer thing yet.
    """
    scatter, freedom = 0.0, 0
    for values, residual_var in zip(_by_type(given), norms.item_residual_var, strict=True):
        if values:
            mean = sum(values) / len(values)
            scatter += sum((x - mean) ** 2 for x in values) / residual_var
            freedom += len(values) - 1
    if not freedom:
        return False
    spread = 2 / (9 * freedom)
    return scatter > freedom * (1 - spread + _NORMAL_QUANTILE * spread**0.5) ** 3


def contradictions(given: Sequence[Answer]) -> list[Pair]:
    """What is liked most beside what is liked least of each type, the three widest apart."""
    pairs = []
    groups = defaultdict(list)
    for answer in given:
        groups[answer.dimension].append(answer)
    for answers in groups.values():
        liked = max(answers, key=lambda answer: (answer.value, -answer.item))
        disliked = min(answers, key=lambda answer: (answer.value, answer.item))
        if liked.value >= LIKED and disliked.value <= DISLIKED:
            pairs.append(Pair(liked, disliked))
    return sorted(pairs, key=lambda pair: pair.disliked.value - pair.liked.value)[:MOST_PAIRS]


def _by_type(given):
    """The values of each type, in the order R I A S E C; none for one that nobody answered."""
    values = {letter: [] for letter in LETTERS}
    for answer in given:
        values[answer.dimension].append(answer.value)
    return list(values.values())
