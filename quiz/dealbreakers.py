"""« Surtout pas »: what a visitor refuses, tied to the criteria of the fiches.

It flags métiers and hides them only when asked; it moves nobody's closeness. The place in
`DEALBREAKERS` is the bit in the code of the answers, for ever: append, never move.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from metiers.catalogue import Catalogue
from metiers.models import Block


class Dealbreaker(NamedTuple):
    """`slug` is of the criterion; `label` as inside a sentence, « le sang ».

    With a `level`, what is refused is studies that start there, whatever the criteria of a fiche.
    """

    slug: str
    label: str
    level: int | None = None

    @property
    def anchor(self) -> str:
        """Of what shows it in a fiche."""
        return Block.TRAINING.value if self.level else f"critere-{self.slug}"


DEALBREAKERS = (
    Dealbreaker("sang", "le sang et les soins"),
    Dealbreaker("hauteur", "la hauteur"),
    Dealbreaker("nuit", "la nuit"),
    Dealbreaker("bruit", "le bruit"),
    Dealbreaker("seul", "travailler seul ou seule"),
    Dealbreaker("contact-public", "le contact permanent"),
    Dealbreaker("conduite", "conduire des heures"),
    Dealbreaker("master", "cinq ans d’études ou plus", level=5),
)


def chosen(bits: int) -> list[Dealbreaker]:
    """Those whose bit is set; a bit that no dealbreaker has is passed over."""
    return [dealbreaker for i, dealbreaker in enumerate(DEALBREAKERS) if bits >> i & 1]


def flagged(bits: int, catalogue: Catalogue) -> np.ndarray:
    """Whether each métier has something that is refused."""
    masks = [mask for _, mask in _masks(bits, catalogue)]
    return np.logical_or.reduce(masks) if masks else np.zeros(len(catalogue), bool)


def flags_of(bits: int, number: int, catalogue: Catalogue) -> list[Dealbreaker]:
    """What one métier has of what is refused."""
    return [dealbreaker for dealbreaker, mask in _masks(bits, catalogue) if mask[number]]


def _masks(bits, catalogue) -> Iterator[tuple[Dealbreaker, np.ndarray]]:
    criteria = catalogue.facets["critere"]
    for dealbreaker in chosen(bits):
        if dealbreaker.level:
            yield dealbreaker, catalogue.levels >= dealbreaker.level
        elif dealbreaker.slug in criteria.rows:
            yield dealbreaker, criteria.masks[criteria.rows[dealbreaker.slug]]
