"""What a list can be narrowed by: values, each with the métiers that have it as one row of bits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np


class Combine(Enum):
    """What choosing several values of one facet means."""

    ANY = "any"  # one of them is enough: Santé or Social
    ALL = "all"  # each is needed: dehors and en équipe
    ONE = "one"  # there is only one choice: from 3 000 €


@dataclass(frozen=True, slots=True)
class FacetValue:
    """« Dehors », whose key in the address is `dehors`; `group` is the heading it stands under."""

    key: str
    label: str
    group: str = ""
    line: str = ""


@dataclass(frozen=True)
class Facet:
    """`masks` has a row a value and a column a métier."""

    name: str  # of the parameter in the address
    label: str
    combine: Combine
    values: Sequence[FacetValue]
    masks: np.ndarray
    rows: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self):
        rows = {value.key: row for row, value in enumerate(self.values)}
        object.__setattr__(self, "rows", rows)

    @classmethod
    def of(cls, name, label, combine, values: Sequence[FacetValue], holders: Iterable, size: int):
        """`holders` gives, for each value, the numbers of the métiers that have it."""
        masks = np.zeros((len(values), size), bool)
        for row, numbers in enumerate(holders):
            masks[row, list(numbers)] = True
        return cls(name, label, combine, tuple(values), masks)

    def known(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of the keys that exist, each once, as many as can be chosen together."""
        found = tuple(dict.fromkeys(key for key in keys if key in self.rows))
        return found[:1] if self.combine is Combine.ONE else found

    def holding(self, keys: Sequence[str]) -> np.ndarray:
        """The métiers that satisfy the choice of these keys; all of them for none."""
        if not keys:
            return np.ones(self.masks.shape[1], bool)
        chosen = self.masks[[self.rows[key] for key in keys]]
        return chosen.all(axis=0) if self.combine is Combine.ALL else chosen.any(axis=0)

    def counts(self, among: np.ndarray) -> np.ndarray:
        """How many of the métiers `among` have each value."""
        return np.count_nonzero(self.masks & among, axis=1)

    def value(self, key: str) -> FacetValue:
        return self.values[self.rows[key]]
