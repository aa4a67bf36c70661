"""From answers to an interest profile: factor scores with known letter-level constants.

An answer x to an item of type k is modelled as x = μ_k + λ_k·θ_k + noise of variance ψ_k, where
the six θ of the population are N(0, Φ). The profile is the posterior of θ given the answers; it
takes any number of them, in any order. Vectors are in the order R I A S E C.

Source of the constants: openpsychometrics.org RIASEC 2015, 3,709 respondents.
"""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache

from metiers.riasec import LETTERS, Interests

Six = tuple[float, float, float, float, float, float]
Matrix = tuple[Six, Six, Six, Six, Six, Six]
Counts = tuple[int, int, int, int, int, int]

SCALE = range(1, 6)
"""« Pas du tout » (1) to « tout à fait » (5)."""

FEWEST_ANSWERS = 6
FLAT_SD = 0.5
FLAT_SHARE = 0.9
LIKED = 4
"""« Plutôt oui » at least; 3 is neither for nor against, whatever others answer."""
DISLIKED = 2
LOW_CONTRAST_LENGTH = 1.5

_POSITION = {letter: position for position, letter in enumerate(LETTERS)}


@dataclass(frozen=True)
class Norms:
    """The constants of one set of questions, frozen with it; see `quiz.norming.freeze`.

    Raises ValueError when a vector has not its length, a spread is not positive or the
    thresholds do not rise.
    """

    item_mean: Six  # μ, on the scale 1–5
    item_loading: Six  # λ, points per standard deviation of the type
    item_residual_var: Six  # ψ, points squared
    factor_corr: Matrix  # Φ
    interest_mean: Interests  # of the reference métiers, 0–100
    interest_sd: Interests
    match_sd: float  # of the match, over person × métier pairs
    match_quantiles: tuple[float, ...]  # thresholds of the percentiles 5, 10, … 95

    def __post_init__(self):
        spreads = (self.item_loading, self.item_residual_var, self.interest_sd)
        vectors = (self.item_mean, self.interest_mean, *spreads, self.factor_corr)
        if any(len(vector) != 6 for vector in (*vectors, *self.factor_corr)):
            raise ValueError("norms: six values per type vector")
        if min(*self.item_loading, *self.item_residual_var, *self.interest_sd, self.match_sd) <= 0:
            raise ValueError("norms: loadings, variances and deviations are positive")
        if len(self.match_quantiles) != 19 or list(self.match_quantiles) != sorted(
            self.match_quantiles
        ):
            raise ValueError("norms: 19 rising thresholds")

    @classmethod
    def from_dict(cls, values: dict) -> "Norms":
        """The inverse of `to_dict`; a missing or unknown name is a TypeError."""
        return cls(**{name: _frozen(value) for name, value in values.items()})

    def to_dict(self) -> dict:
        """Plain lists and floats, for JSON or YAML."""
        return {name: _thawed(value) for name, value in asdict(self).items()}


@dataclass(frozen=True)
class InterestProfile:
    """How much a person likes each type, in standard deviations of the population.

    `profile["S"]` is 1.2 for someone who likes helping more than most. `covariance` says how
    uncertain that is (posterior, 6×6); `variance` is its trace: 6 before any answer, about 1.5
    after 3 of each type.
    """

    theta: Six
    variance: float
    covariance: Matrix

    def __getitem__(self, letter: str) -> float:
        return self.theta[_POSITION[letter]]

    @property
    def length(self) -> float:
        """‖θ‖: how far from everybody's average; √6 in the population, 0 without answers."""
        return math.hypot(*self.theta)


class Quality(StrEnum):
    """Whether answers can carry a ranking, and how firmly."""

    FLAT = "flat"
    LOW_CONTRAST = "low-contrast"
    CLEAR = "clear"


def score(answers: Iterable[tuple[str, int]], norms: Norms) -> InterestProfile:
    """The profile behind answers given as (letter, 1–5).

    θ = ΦΛᵀ(ΛΦΛᵀ+Ψ)⁻¹(x−μ), through the sum and the number of answers of each letter, which are
    integers: the order of the answers cannot change a bit of the result.
    A value outside 1–5 is a ValueError, an unknown letter a KeyError; a skipped item is left out.
    """
    counts, sums = _tally(answers)
    covariance, weights = _posterior(norms, counts)
    surplus = [
        total - count * mean
        for total, count, mean in zip(sums, counts, norms.item_mean, strict=True)
    ]
    theta = tuple(dot(row, surplus) for row in weights)
    return InterestProfile(theta, sum(covariance[k][k] for k in range(6)), covariance)


def quality(answers: Iterable[tuple[str, int]], profile: InterestProfile) -> Quality:
    """FLAT: show no ranking. LOW_CONTRAST: show it, and say that it is faint.

    FLAT is fewer than 6 answers, a within-person (population) SD under 0.5, one value for 90 % of
    the answers, or nothing liked: who refuses all activities is close to no métier, however much
    the refusals differ. LOW_CONTRAST is ‖θ‖ < 1.5.
    """
    if _is_flat([value for _, value in answers]):
        return Quality.FLAT
    return Quality.LOW_CONTRAST if profile.length < LOW_CONTRAST_LENGTH else Quality.CLEAR


def dot(a: Iterable[float], b: Iterable[float]) -> float:
    """Of two vectors of six; spelled out, since a match is one of these and there are millions."""
    a0, a1, a2, a3, a4, a5 = a
    b0, b1, b2, b3, b4, b5 = b
    return a0 * b0 + a1 * b1 + a2 * b2 + a3 * b3 + a4 * b4 + a5 * b5


def inverse(matrix: Iterable[Iterable[float]]) -> Matrix:
    """By Gauss–Jordan without pivoting: for symmetric positive definite matrices."""
    rows = [list(row) for row in matrix]
    size = len(rows)
    rows = [row + [float(i == j) for j in range(size)] for i, row in enumerate(rows)]
    for i in range(size):
        pivot = rows[i][i]
        rows[i] = [value / pivot for value in rows[i]]
        for j in range(size):
            if j != i:
                factor = rows[j][i]
                rows[j] = [x - factor * y for x, y in zip(rows[j], rows[i], strict=True)]
    return tuple(tuple(row[size:]) for row in rows)


def _tally(answers: Iterable[tuple[str, int]]) -> tuple[Counts, Counts]:
    counts, sums = [0] * 6, [0] * 6
    for letter, value in answers:
        if value not in SCALE:
            raise ValueError(f"an answer lies between 1 and 5, not {value}")
        position = _POSITION[letter]
        counts[position] += 1
        sums[position] += value
    return tuple(counts), tuple(sums)


@lru_cache(maxsize=4096)
def _posterior(norms: Norms, counts: Counts) -> tuple[Matrix, Matrix]:
    """V = (Φ⁻¹ + diag(n λ²/ψ))⁻¹, and V·diag(λ/ψ), which maps surpluses to θ."""
    slopes = [
        loading / residual
        for loading, residual in zip(norms.item_loading, norms.item_residual_var, strict=True)
    ]
    precision = [list(row) for row in inverse(norms.factor_corr)]
    for k, count in enumerate(counts):
        precision[k][k] += count * norms.item_loading[k] * slopes[k]
    covariance = inverse(precision)
    weights = tuple(
        tuple(value * slope for value, slope in zip(row, slopes, strict=True)) for row in covariance
    )
    return covariance, weights


def _is_flat(values: list[int]) -> bool:
    if len(values) < FEWEST_ANSWERS or max(values) < LIKED:
        return True
    commonest = max(Counter(values).values())
    return commonest >= FLAT_SHARE * len(values) or _variance(values) < FLAT_SD**2


def _variance(values: list[int]) -> float:
    return (len(values) * sum(x * x for x in values) - sum(values) ** 2) / len(values) ** 2


def _frozen(value):
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def _thawed(value):
    return list(map(_thawed, value)) if isinstance(value, list | tuple) else value
