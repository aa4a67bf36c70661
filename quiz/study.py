"""How good the questionnaire is, measured with simulated people whose true interests are known.

People come from the population that the scoring assumes (`quiz.norming`): what is measured is
what noise, rounding and few answers cost, never whether that population is the real one. Arrays
have a row a person; types are in the order R I A S E C; same seed, same figures.
"""

# ruff: noqa: S311 — simulated people are no secret

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from metiers.riasec import LETTERS
from quiz.matching import Band, aim_of
from quiz.norming import CORE, simulate_interests, simulate_person
from quiz.refining import ROUND, Refinement, Statement, choose
from quiz.scoring import SCALE, Counts, InterestProfile, Norms, Six, score

FIRST = 10
TYPICAL_LENGTH = math.sqrt(6)
"""‖θ‖ of a typical person: E‖θ‖² is the trace of Φ, six variances of 1."""

PER_TYPE = 8
"""Answers drawn per type: 6 as in a set of 36, and 2 more to stand for a longer inventory."""

IN_SET = 6


@dataclass(frozen=True, eq=False)
class People:
    """True interests θ (N × 6) and answers (N × 6 × 8, 1–5): those to the core come first."""

    theta: np.ndarray
    answers: np.ndarray

    def __len__(self) -> int:
        return len(self.theta)

    def profiles(self, counts: np.ndarray, norms: Norms) -> list[InterestProfile]:
        """What `score` makes of the first answers of each type, as many as `counts` (N × 6)."""
        return [
            score(_labelled(answers, own), norms)
            for answers, own in zip(self.answers.tolist(), counts.tolist(), strict=True)
        ]

    def estimates(self, counts: np.ndarray, norms: Norms) -> np.ndarray:
        """The θ of those profiles, N × 6."""
        return np.array([profile.theta for profile in self.profiles(counts, norms)])

    def raw_means(self, count: int) -> np.ndarray:
        """The plain mean of the first `count` answers of each type, N × 6, 1–5."""
        return self.answers[:, :, :count].mean(axis=2)


def draw(norms: Norms, number: int, seed: int) -> People:
    """Anybody: θ from N(0, Φ)."""
    rng = Random(seed)
    return _answering([simulate_interests(rng, norms) for _ in range(number)], norms, rng)


def made_for(directions: np.ndarray, norms: Norms, each: int, seed: int) -> People:
    """`each` people per métier (n × 6), in its own direction, at the length of a typical person."""
    thetas = np.repeat(TYPICAL_LENGTH * directions, each, axis=0)
    return _answering(map(tuple, thetas.tolist()), norms, Random(seed))


def living_it(interests: np.ndarray, norms: Norms, each: int, seed: int) -> People:
    """`each` people per métier, who like each type as much as the métier holds of it.

    Interests of 0–100 (n × 6) become mean answers of 1–5, norms or no norms.
    """
    means = SCALE[0] + interests / 100 * (SCALE[-1] - SCALE[0])
    theta = (means - np.array(norms.item_mean)) / np.array(norms.item_loading)
    return _answering(map(tuple, np.repeat(theta, each, axis=0).tolist()), norms, Random(seed))


def liking(theta: np.ndarray, norms: Norms) -> np.ndarray:
    """The mean answers (1–5) that θ would give to endless statements, before any rounding."""
    return np.array(norms.item_mean) + np.array(norms.item_loading) * theta


def evenly(number: int, answers: int) -> np.ndarray:
    """As many of each type for everybody, N × 6."""
    return np.full((number, 6), answers // 6)


def without_one_type(number: int) -> np.ndarray:
    """The counts of people who skipped all the core of one type, each type in its turn."""
    return np.where(np.arange(number)[:, None] % 6 == np.arange(6), 0, CORE)


def at_random(number: int, rounds: int, seed: int) -> list[np.ndarray]:
    """The counts after the core, then after each round of six drawn from what is left."""
    rng = Random(seed)
    spare = [
        letter for letter, core in zip(LETTERS, CORE, strict=True) for _ in range(IN_SET - core)
    ]
    drawn = [rng.sample(spare, len(spare)) for _ in range(number)]
    return [
        np.array([np.add(CORE, _counted(letters[: ROUND * done])) for letters in drawn])
        for done in range(rounds + 1)
    ]


def adaptively(people: People, norms: Norms, rounds: int) -> list[np.ndarray]:
    """The counts after the core, then after each round that `choose` chose for each person."""
    stages = [np.tile(CORE, (len(people), 1))]
    for _ in range(rounds):
        stages.append(after_a_round(people, stages[-1], norms))
    return stages


def after_a_round(people: People, counts: np.ndarray, norms: Norms) -> np.ndarray:
    """The counts once each person has answered what `choose` chose."""
    chosen = choices(people, counts, norms)
    letters = [[s.letter for s in each.statements] if each else [] for each in chosen]
    return counts + np.array([_counted(own) for own in letters])


def choices(people: People, counts: np.ndarray, norms: Norms) -> list[Refinement | None]:
    """The round that `choose` makes for each person who has answered `counts`.

    Less than the core of a type means that it was skipped, and that no round came yet.
    """
    profiles = people.profiles(counts, norms)
    return [
        choose(profile, _left(own), norms)
        for profile, own in zip(profiles, counts.tolist(), strict=True)
    ]


def ranking(closeness: np.ndarray) -> np.ndarray:
    """The métiers' numbers, the closest first, equals as they come; N × n from N × n."""
    return np.argsort(-closeness, axis=1, kind="stable")


def reliability(estimates: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """The six correlations, over people, of two measures of the same interests."""
    return np.array([np.corrcoef(estimates[:, k], reference[:, k])[0, 1] for k in range(6)])


def kept(order: np.ndarray, reference: np.ndarray, first: int = FIRST) -> np.ndarray:
    """For each person, the share (0–1) of the first ones of `reference` among those of `order`."""
    pairs = zip(order[:, :first].tolist(), reference[:, :first].tolist(), strict=True)
    return np.array([len({*ours} & {*theirs}) / first for ours, theirs in pairs])


def rank_agreement(closeness: np.ndarray, reference: np.ndarray, first: int = 30) -> np.ndarray:
    """For each person, Spearman's correlation among the first ones of the `reference` order."""
    ours = ranking(np.take_along_axis(closeness, reference[:, :first], axis=1)).argsort(axis=1)
    squares = ((ours - np.arange(first)) ** 2).sum(axis=1)
    return 1 - 6 * squares / (first * (first**2 - 1))


def misordered(closeness: np.ndarray, truth: np.ndarray, among: np.ndarray) -> np.ndarray:
    """For each person, the share of pairs of the métiers `among` (N × m) in the wrong order."""
    first, second = np.triu_indices(among.shape[1], 1)
    ours, true = (np.take_along_axis(values, among, axis=1) for values in (closeness, truth))
    signs = (ours[:, first] - ours[:, second]) * (true[:, first] - true[:, second])
    return (signs < 0).mean(axis=1)


def paired(ours: np.ndarray, theirs: np.ndarray) -> tuple[float, float]:
    """The mean difference of two measures of the same people, and its standard error."""
    difference = ours - theirs
    return difference.mean(), difference.std(ddof=1) / math.sqrt(len(difference))


def exposure(order: np.ndarray, first: int = FIRST) -> np.ndarray:
    """For each métier, the share (0–1) of people who have it among their first ones."""
    seen = np.bincount(order[:, :first].ravel(), minlength=order.shape[1])
    return seen / len(order)


def commonness(directions: np.ndarray, norms: Norms) -> np.ndarray:
    """For each métier, the variance of people along its direction: dᵀΦd.

    1 if types were independent; more where what the métier asks goes together in people.
    """
    return (directions @ np.array(norms.factor_corr) * directions).sum(axis=1)


def recovery(order: np.ndarray, first: int = FIRST) -> float:
    """How often (0–1) people made for a métier have it among their first ones.

    The people stand by métier, as many for each, in the order of the métiers.
    """
    own = np.repeat(np.arange(order.shape[1]), len(order) // order.shape[1])
    return (order[:, :first] == own[:, None]).any(axis=1).mean()


def bands(
    profiles: Iterable[InterestProfile],
    directions: np.ndarray,
    norms: Norms,
    studies: np.ndarray | float = 0.0,
) -> np.ndarray:
    """The band of each métier for each person, from 0 (far) to 3 (very close).

    `studies` is what their length takes from the closeness of each métier.
    """
    values = np.array([aim_of(profile) for profile in profiles]) @ directions.T + studies
    return _BAND_NUMBERS[5 * np.searchsorted(norms.match_quantiles, values, side="right")]


def with_one_changed(people: People, seed: int, *, by_one: bool) -> People:
    """The same people, one answer to the core drawn for each having changed.

    By one point, either way at random where both exist; or else to the farther end of the scale.
    """
    rng, answers = Random(seed), people.answers.copy()
    for own in answers:
        k, item = rng.randrange(6), rng.randrange(CORE[0])
        own[k, item] = _moved(rng, own[k, item]) if by_one else _farthest(own[k, item])
    return People(people.theta, answers)


_BAND_NUMBERS = np.array([list(reversed(Band)).index(Band.of(x)) for x in range(100)])


def _answering(thetas: Iterable[Six], norms: Norms, rng: Random) -> People:
    thetas = list(thetas)
    counts: Counts = (PER_TYPE,) * 6
    answers = [[x for _, x in simulate_person(rng, norms, theta, counts)] for theta in thetas]
    return People(np.array(thetas), np.array(answers).reshape(len(thetas), 6, PER_TYPE))


def _labelled(answers: Sequence[Sequence[int]], counts: Sequence[int]) -> list[tuple[str, int]]:
    types = zip(LETTERS, answers, counts, strict=True)
    return [(letter, value) for letter, own, count in types for value in own[:count]]


def _counted(letters: Iterable[str]) -> list[int]:
    counts = Counter(letters)
    return [counts[letter] for letter in LETTERS]


def _left(counts: Sequence[int]) -> list[Statement]:
    """The statements not asked yet, numbered as if the types took turns in the set."""
    return [
        Statement(6 * place + k, letter)
        for k, letter in enumerate(LETTERS)
        for place in range(max(counts[k], CORE[k]), IN_SET)
    ]


def _moved(rng: Random, value: int) -> int:
    return rng.choice([x for x in (value - 1, value + 1) if x in SCALE])


def _farthest(value: int) -> int:
    return SCALE[0] if value - SCALE[0] > SCALE[-1] - value else SCALE[-1]
