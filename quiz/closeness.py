"""How close every published métier is to one person, all at once: `matching.rank` as arrays."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from metiers.catalogue import Catalogue

from .matching import BAND_FLOORS, LEVEL_COSTS, Band, aim_of
from .scoring import InterestProfile, Norms

_directions: WeakKeyDictionary[Catalogue, dict[Norms, np.ndarray]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Closeness:
    """`values` and `percents` (multiples of 5) have one entry a métier of the catalogue."""

    values: np.ndarray
    percents: np.ndarray

    def band(self, number: int) -> Band:
        return Band.of(int(self.percents[number]))

    @property
    def bands(self) -> np.ndarray:
        """The floor of each one's band: what tells two métiers apart, where `values` only rank."""
        floors = np.array(sorted(floor for floor, _ in BAND_FLOORS))
        return floors[np.searchsorted(floors, self.percents, side="right") - 1]


def closeness_to(
    profile: InterestProfile, level: int | None, catalogue: Catalogue, norms: Norms
) -> Closeness:
    """For the longest studies accepted, 1–5, or None."""
    values = _directions_of(catalogue, norms) @ np.array(aim_of(profile))
    values += level_parts(catalogue.levels, level, norms)
    return Closeness(values, 5 * np.searchsorted(norms.match_quantiles, values, side="right"))


def _directions_of(catalogue, norms):
    """z/‖z‖ of each métier, n × 6; zeros for the perfectly average one."""
    kept = _directions.setdefault(catalogue, {})
    if norms not in kept:
        kept[norms] = directions(catalogue.interests, norms)
    return kept[norms]


def directions(interests: np.ndarray, norms: Norms) -> np.ndarray:
    """The same of any interests, n × 6 of 0–100."""
    z = (interests - np.array(norms.interest_mean)) / np.array(norms.interest_sd)
    lengths = np.linalg.norm(z, axis=1, keepdims=True)
    return np.divide(z, lengths, out=np.zeros_like(z), where=lengths > 0)


def level_parts(demanded: np.ndarray, accepted: int | None, norms: Norms) -> np.ndarray | float:
    """What the level of studies takes from each métier's closeness; see `matching.level_part`."""
    if not accepted:
        return 0.0
    excess = np.clip(demanded - accepted, 0, len(LEVEL_COSTS) - 1)
    return -np.array(LEVEL_COSTS)[excess] * norms.match_sd
