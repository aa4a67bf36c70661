"""Who would have a métier among their first ones, with these interests: a bench for its editor.

People are simulated from the population of the norms (`quiz.study`), always the same ones; they
answer the first 18 statements and accept any length of studies.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from metiers.catalogue import Catalogue
from metiers.riasec import LETTERS, Dimension, Interests
from quiz.closeness import directions
from quiz.matching import aim_of
from quiz.norming import CORE, SEED
from quiz.scoring import Norms
from quiz.study import FIRST, draw

PEOPLE = 2000
NEIGHBOURS = 5


@dataclass(frozen=True)
class Audience:
    """`seen` of 2,000 people; in `types`, how many of those like each type most."""

    seen: int
    types: dict[Dimension, int]
    neighbours: list[str]

    @property
    def percent(self) -> int:
        return round(100 * self.seen / PEOPLE)


def audience(slug: str, interests: Interests, catalogue: Catalogue, norms: Norms) -> Audience:
    """Of the métier at this address if it held these interests, among the published others."""
    aims, dominant = _people(norms)
    others = [n for n, stop in enumerate(catalogue.stops) if stop.slug != slug]
    theirs = directions(catalogue.interests[others].reshape(-1, 6), norms)
    [own] = directions(np.array([interests]), norms)
    sees = aims @ own > _last_shown(aims @ theirs.T)
    counts = np.bincount(dominant[sees], minlength=len(LETTERS)).tolist()
    nearest = np.argsort(-(theirs @ own), kind="stable")[:NEIGHBOURS]
    return Audience(
        seen=int(sees.sum()),
        types={Dimension(letter): n for letter, n in zip(LETTERS, counts, strict=True)},
        neighbours=[catalogue.stops[others[n]].short_name for n in nearest],
    )


def average(catalogue: Catalogue) -> int:
    """How many people see a métier, on average over all of them."""
    return round(PEOPLE * min(FIRST / max(len(catalogue), 1), 1))


def _last_shown(closeness):
    """For each person, what a métier must exceed to be among the first ones."""
    if closeness.shape[1] < FIRST:
        return np.full(len(closeness), -np.inf)
    return np.partition(closeness, -FIRST, axis=1)[:, -FIRST]


@lru_cache(maxsize=4)
def _people(norms: Norms) -> tuple[np.ndarray, np.ndarray]:
    """What each person aims at, and the number of the type that they like most."""
    drawn = draw(norms, PEOPLE, SEED)
    profiles = drawn.profiles(np.tile(CORE, (PEOPLE, 1)), norms)
    aims = np.array([aim_of(profile) for profile in profiles])
    return aims, np.array([profile.theta for profile in profiles]).argmax(axis=1)
