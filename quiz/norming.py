"""Freezing the norms of a set of questions, and judging them, with simulated people.

People are drawn from the population that the scoring assumes: θ ~ N(0, Φ), answers rounded and
clipped to 1–5. Same arguments, same seed: same figures.
"""

# ruff: noqa: S311 — simulated people are no secret

import math
import statistics
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from random import Random

from metiers.riasec import LETTERS, Interests
from quiz.matching import Candidate, aim_of, rank
from quiz.scoring import SCALE, Counts, InterestProfile, Matrix, Norms, Six, dot, score

SEED = 2015
CORE: Counts = (3, 3, 3, 3, 3, 3)
FIRST = 10
TYPICAL_LENGTH = math.sqrt(6)
"""‖θ‖ of a typical person: E‖θ‖² is the trace of Φ, six variances of 1."""

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


def simulate_person(
    rng: Random, norms: Norms, theta: Six | None = None, counts: Counts = CORE
) -> list[tuple[str, int]]:
    """The (letter, 1–5) answers of someone with these interests, or with anybody's.

    `theta` is in population standard deviations, `counts` the number of items of each type.
    """
    theta = theta or _anybody(rng, norms.factor_corr)
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


def recommendations(
    candidates: Sequence[Candidate], norms: Norms, *, people: int = 2_000, seed: int = SEED
) -> Counter[str]:
    """How many of `people` find each métier in their first ten; 0 for those nobody finds."""
    seen = Counter({candidate.key: 0 for candidate in candidates})
    for profile in _profiles(norms, people, Random(seed)):
        seen.update(_first_keys(profile, candidates, norms))
    return seen


def share_of_most_recommended(seen: Counter[str], people: int) -> float:
    """The share of people (0–1) shown the métier that most are shown; the lower, the fairer."""
    return max(seen.values()) / people


def never_recommended(seen: Counter[str]) -> list[str]:
    """The métiers in nobody's first ten, by key."""
    return sorted(key for key, count in seen.items() if not count)


def recovery(
    candidates: Sequence[Candidate], norms: Norms, *, people_each: int = 20, seed: int = SEED
) -> float:
    """How often (0–1) someone made for a métier finds it in their first ten.

    Made for it: θ is the métier's own direction, at the length of a typical person. Answers to
    the core 18 are noisy as anyone's are; `people_each` are drawn per métier.
    """
    rng = Random(seed)
    found = sum(
        candidate.key in _first_keys(_made_for(candidate, norms, rng), candidates, norms)
        for candidate in candidates
        for _ in range(people_each)
    )
    return found / (people_each * len(candidates))


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


def _made_for(candidate: Candidate, norms: Norms, rng: Random) -> InterestProfile:
    theta = tuple(TYPICAL_LENGTH * x for x in candidate.direction)
    return score(simulate_person(rng, norms, theta), norms)


def _first_keys(
    profile: InterestProfile, candidates: Iterable[Candidate], norms: Norms
) -> list[str]:
    return [match.key for match in rank(profile, None, candidates, norms)[:FIRST]]


def _deviation(values: Sequence[float]) -> float:
    """Of the population; `statistics.pstdev` is exact, and takes minutes for millions."""
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))


def _anybody(rng: Random, factor_corr: Matrix) -> Six:
    draws = [rng.gauss(0, 1) for _ in range(6)]
    return tuple(dot(row, draws) for row in _cholesky(factor_corr))


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
