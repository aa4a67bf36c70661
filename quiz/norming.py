"""Freezing the norms of a set of questions, with simulated people.

People are drawn from the population that the scoring assumes: θ ~ N(0, Φ), answers rounded and
clipped to 1–5. Same arguments, same seed: same figures.
"""

# ruff: noqa: S311 — simulated people are no secret

import math
import statistics
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from random import Random

from metiers.riasec import LETTERS, Interests
from quiz.matching import Candidate, aim_of
from quiz.scoring import SCALE, Counts, InterestProfile, Matrix, Norms, Six, dot, score

SEED = 2015
CORE: Counts = (3, 3, 3, 3, 3, 3)

_DECIMALS = 4


def freeze(
    norms_json: dict, reference: Sequence[Interests], *, people: int = 20_000, seed: int = SEED
) -> Norms:
    """The norms of a set of questions over the reference métiers (six interests, 0–100, each).

    `norms_json` holds item_mean, item_loading, item_residual_var and factor_corr, as
    riasec_norms.json does; its other entries are ignored. Deviations are of the population.
    The spread and the percentiles are those of all the matches between people who answered the
    core 18 and the reference métiers. Everything is rounded to 4 decimals.
    """
    norms = _without_matches(norms_json, reference)
    matches = _simulated_matches(norms, reference, people, Random(seed))
    quantiles = statistics.quantiles(matches, n=20, method="inclusive")
    return replace(
        norms,
        match_sd=round(_deviation(matches), _DECIMALS),
        match_quantiles=tuple(round(threshold, _DECIMALS) for threshold in quantiles),
    )


def simulate_interests(rng: Random, norms: Norms) -> Six:
    """The six θ of somebody, in population standard deviations: N(0, Φ)."""
    draws = [rng.gauss(0, 1) for _ in range(6)]
    return tuple(dot(row, draws) for row in _cholesky(norms.factor_corr))


def simulate_person(
    rng: Random, norms: Norms, theta: Six | None = None, counts: Counts = CORE
) -> list[tuple[str, int]]:
    """The (letter, 1–5) answers of someone with these interests, or with anybody's.

    `theta` is in population standard deviations, `counts` the number of items of each type.
    """
    theta = theta or simulate_interests(rng, norms)
    types = zip(
        LETTERS,
        counts,
        theta,
        norms.item_mean,
        norms.item_loading,
        norms.item_residual_var,
        strict=True,
    )
    return [
        (letter, _answer(rng, mean + loading * liking, math.sqrt(residual)))
        for letter, count, liking, mean, loading, residual in types
        for _ in range(count)
    ]


def _without_matches(norms_json: dict, reference: Sequence[Interests]) -> Norms:
    constants = ("item_mean", "item_loading", "item_residual_var", "factor_corr")
    interests = list(zip(*reference, strict=True))
    return Norms.from_dict(
        {name: norms_json[name] for name in constants}
        | {
            "interest_mean": [round(statistics.fmean(x), _DECIMALS) for x in interests],
            "interest_sd": [round(statistics.pstdev(x), _DECIMALS) for x in interests],
            "match_sd": 1.0,
            "match_quantiles": [0.0] * 19,
        }
    )


def _simulated_matches(
    norms: Norms, reference: Iterable[Interests], people: int, rng: Random
) -> array:
    directions = [Candidate.of("", interests, None, norms).direction for interests in reference]
    matches = array("d")
    for profile in _profiles(norms, people, rng):
        aim = aim_of(profile)
        matches.extend([dot(aim, direction) for direction in directions])
    return matches


def _profiles(norms: Norms, people: int, rng: Random) -> Iterator[InterestProfile]:
    return (score(simulate_person(rng, norms), norms) for _ in range(people))


def _deviation(values: Sequence[float]) -> float:
    """Of the population; `statistics.pstdev` is exact, and takes minutes for millions."""
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))


def _answer(rng: Random, mean: float, deviation: float) -> int:
    return min(max(round(rng.gauss(mean, deviation)), SCALE[0]), SCALE[-1])


@lru_cache
def _cholesky(matrix: Matrix) -> Matrix:
    """The lower triangular L with LLᵀ = matrix; ValueError unless positive definite."""
    lower = [[0.0] * 6 for _ in range(6)]
    for i in range(6):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            lower[i][j] = math.sqrt(rest) if i == j else rest / lower[j][j]
    return tuple(map(tuple, lower))
