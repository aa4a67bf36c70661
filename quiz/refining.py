"""« Affiner »: which statements to ask next, for this person, and what their answers moved.

Two métiers a and b are in the order of the sign of Δ = θ·(a−b), a and b being their directions.
With the posterior N(θ, V), the order shown is wrong with probability Φ(−|Δ|/s), s² = (a−b)ᵀV(a−b).
Whatever its answer, a statement of type k turns V into V − λ²/(ψ+λ²V_kk)·v_k v_kᵀ, so that what it
is worth is known before it is asked: the fall of that probability, over the pairs of the métiers
closest to the person. The six statements of a round are picked one by one, the best first.

The métiers are the frozen reference and not what is published, since the same link must always
ask the same. The length of studies is left out: no statement says more of it.

Source of the criterion: expected value of sample information (Raiffa & Schlaifer, *Applied
Statistical Decision Theory*, 1961), the loss being a pair in the wrong order. Vectors are in the
order R I A S E C.
"""

import math
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from metiers.riasec import LETTERS
from quiz.matching import aim_of
from quiz.reference import reference_directions
from quiz.scoring import InterestProfile, Norms, Six, score
from quiz.token import SKIPPED

ROUND = 6
CLOSEST = 20
"""Métiers whose order counts: the ten of the first screen, and as many that could enter it."""

NEGLIGIBLE = 0.005
"""Under half a pair in a hundred put right, a round is not worth anybody's time."""

NOTICEABLE = 0.25
"""Standard deviations by which a type moves before it is told; half of what tells two degrees."""

MOST_BLURRED = 2
_DECIMALS = 9
_TINY = 1e-300
_FIRST, _SECOND = np.triu_indices(CLOSEST, 1)


class Statement(NamedTuple):
    """One that may be asked: its position in the set and its type."""

    position: int
    letter: str


@dataclass(frozen=True)
class Refinement:
    """A round of statements, chosen from `profile`.

    `blurred` are the types, two at most, whose uncertainty most confuses the order, among those
    asked. `before` and `after` are the expected shares (0–0.5) of pairs in the wrong order, out
    of the pairs of the closest métiers, as things stand and once all is answered.
    """

    profile: InterestProfile
    statements: tuple[Statement, ...]
    blurred: tuple[str, ...]
    before: float
    after: float

    @property
    def positions(self) -> tuple[int, ...]:
        return tuple(statement.position for statement in self.statements)

    @property
    def gain(self) -> float:
        return self.before - self.after

    def pending(self, given: Container[int]) -> tuple[Statement, ...]:
        """What is still to be asked of it, in order, when `given` positions have been."""
        return tuple(statement for statement in self.statements if statement.position not in given)


class Move(NamedTuple):
    """How far a type went, in standard deviations of the population: -0.4 is less liked."""

    letter: str
    shift: float

    @property
    def is_up(self) -> bool:
        return self.shift > 0


def choose(
    profile: InterestProfile, left: Iterable[Statement], norms: Norms, count: int = ROUND
) -> Refinement | None:
    """The `count` statements that best put this person's closest métiers in order.

    `left` are those neither answered, skipped nor asked already. None when that is none, or when
    the gain would be NEGLIGIBLE. Equal gains go in the order R I A S E C; within a type the
    statements go in the order of the set; no type comes twice running where that can be helped.
    """
    pairs = _Pairs.of(profile, norms)
    stock = {letter: [] for letter in LETTERS}
    for statement in sorted(left):
        stock[statement.letter].append(statement)
    counts, gain = _greedy(pairs, {x: len(stock[x]) for x in LETTERS}, norms, count)
    if gain < NEGLIGIBLE:
        return None
    before = pairs.misorder()
    return Refinement(
        profile=profile,
        statements=tuple(stock[letter].pop(0) for letter in _interleaved(counts)),
        blurred=tuple(x for x in _by_confusion(pairs) if counts[x])[:MOST_BLURRED],
        before=before,
        after=max(before - gain, 0.0),
    )


def rounds(
    core: Iterable[tuple[str, int]],
    others: Sequence[Statement],
    given: Mapping[int, int],
    norms: Norms,
) -> list[Refinement]:
    """Somebody's rounds so far, then the one to come: the last has statements not in `given`.

    `core` are the (letter, 1–5) answers to the core, `others` the statements outside it, `given`
    the value of each of those that was answered (1–5) or skipped (0), by position. A round is
    chosen from what was known before it began: answering it, going back or sharing its link asks
    the same. Empty when nothing is worth asking; all are finished when nothing more is.
    """
    known, left, found = list(core), list(others), []
    while refinement := choose(score(known, norms), left, norms):
        found.append(refinement)
        if refinement.pending(given):
            break
        known += [
            (letter, given[position])
            for position, letter in refinement.statements
            if given[position] != SKIPPED
        ]
        left = [statement for statement in left if statement not in refinement.statements]
    return found


def blurred(profile: InterestProfile, norms: Norms) -> tuple[str, ...]:
    """All six types, first the one that would put most pairs right if it were known exactly."""
    return _by_confusion(_Pairs.of(profile, norms))


def changed(before: InterestProfile, after: InterestProfile) -> list[Move]:
    """The types that moved by NOTICEABLE or more, the farthest first."""
    moves = [
        Move(letter, new - old)
        for letter, old, new in zip(LETTERS, before.theta, after.theta, strict=True)
    ]
    noticeable = [move for move in moves if abs(move.shift) >= NOTICEABLE]
    return sorted(noticeable, key=lambda move: -abs(move.shift))


def cause(before: InterestProfile, after: InterestProfile, direction: Six) -> Move | None:
    """Of the types that moved, the one that most explains why a métier came closer, or went.

    `direction` is the métier's. None when no type that moved explains it: the same tastes are
    only better known.
    """
    aims = zip(aim_of(before), aim_of(after), direction, strict=True)
    nearer = sum((new - old) * weight for old, new, weight in aims)
    pulls = {
        move: move.shift * direction[LETTERS.index(move.letter)] * math.copysign(1, nearer)
        for move in changed(before, after)
    }
    strongest = max(pulls, key=pulls.get, default=None)
    return strongest if strongest and pulls[strongest] > 0 else None


def with_one_more(covariance: np.ndarray, k: int, norms: Norms) -> np.ndarray:
    """V once one more statement of the type number k is answered, whatever the answer."""
    signal = norms.item_loading[k] ** 2
    weight = signal / (norms.item_residual_var[k] + signal * covariance[k, k])
    return covariance - weight * np.outer(covariance[k], covariance[k])


@dataclass(frozen=True, eq=False)
class _Pairs:
    """The pairs of the métiers closest to somebody: a column, or an entry, a pair.

    `differences` are the a−b (6 rows), `spread` is s² and `doubt` is |Δ|²/s².
    """

    covariance: np.ndarray
    differences: np.ndarray
    spread: np.ndarray
    doubt: np.ndarray

    @classmethod
    def of(cls, profile: InterestProfile, norms: Norms) -> "_Pairs":
        theta, covariance = np.array(profile.theta), np.array(profile.covariance)
        directions = reference_directions(norms)
        closeness = (directions @ theta).round(_DECIMALS)
        closest = directions[np.argsort(-closeness, kind="stable")[:CLOSEST]]
        differences = (closest[_FIRST] - closest[_SECOND]).T
        spread = (covariance @ differences * differences).sum(axis=0)
        return cls(covariance, differences, spread, (theta @ differences) ** 2 / spread)

    def misorder(self) -> float:
        """The mean of Φ(−|Δ|/s): the share of pairs expected to be in the wrong order."""
        tails = (math.erfc(math.sqrt(x / 2)) / 2 for x in self.doubt.tolist())
        return math.fsum(tails) / len(self.doubt)

    def settled(self, removed: np.ndarray) -> np.ndarray:
        """w, where w² is the share (0–1) of s² that is `removed`."""
        return np.sqrt(np.minimum(removed / self.spread, 1))

    def gains(self, start: np.ndarray | float, end: np.ndarray) -> np.ndarray:
        """The fall of `misorder` when w goes from `start` to `end`, one figure a row.

        It is the mean of (1/π)∫exp(−Δ²/(2s²w²))/√(1−w²) dw, which makes the whole of Φ(−|Δ|/s)
        when w goes from 0 to 1 (Craig’s form, w a sine); by the rule of the midpoint. Rounded, so
        that the last bits of a processor choose nothing.
        """
        middle = ((start + end) / 2) ** 2 + _TINY
        falls = (end - start) * np.exp(self.doubt / (-2 * middle)) / np.sqrt(1 - middle)
        return (falls.sum(axis=1) / (math.pi * len(self.doubt))).round(_DECIMALS)


def _greedy(
    pairs: _Pairs, stock: Mapping[str, int], norms: Norms, count: int
) -> tuple[Mapping[str, int], float]:
    """How many statements of each type, the best one by one, and what they gain together."""
    signal, noise = np.array(norms.item_loading) ** 2, np.array(norms.item_residual_var)
    covariance, removed, settled = pairs.covariance, 0.0, 0.0
    counts, total = dict.fromkeys(LETTERS, 0), 0.0
    for _ in range(min(count, sum(stock.values()))):
        weights = signal / (noise + signal * covariance.diagonal())
        would_remove = removed + weights[:, None] * (covariance @ pairs.differences) ** 2
        would_settle = pairs.settled(would_remove)
        gains = pairs.gains(settled, would_settle).tolist()
        open_types = [k for k, letter in enumerate(LETTERS) if counts[letter] < stock[letter]]
        k = max(open_types, key=gains.__getitem__)
        counts[LETTERS[k]] += 1
        total += gains[k]
        covariance = with_one_more(covariance, k, norms)
        removed, settled = would_remove[k], would_settle[k]
    return counts, total


def _by_confusion(pairs: _Pairs) -> tuple[str, ...]:
    reach = pairs.covariance @ pairs.differences
    known = pairs.settled(reach**2 / pairs.covariance.diagonal()[:, None])
    gains = pairs.gains(0.0, known).tolist()
    return tuple(LETTERS[k] for k in sorted(range(6), key=lambda k: -gains[k]))


def _interleaved(counts: Mapping[str, int]) -> list[str]:
    """Each letter as often as counted, the commonest first, apart from itself if possible."""
    left, order = Counter(counts), []
    while +left:
        others = [letter for letter in LETTERS if left[letter] and letter not in order[-1:]]
        letter = max(others or +left, key=left.get)
        left[letter] -= 1
        order.append(letter)
    return order
