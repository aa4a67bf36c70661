"""What a group of métiers has in common: the page of a sector or of a criterion."""

from dataclasses import dataclass

import numpy as np

from .facets import FacetValue
from .snapshot import Catalogue

MOST_SHARED = 6
MOST_NEIGHBOURS = 3


@dataclass(frozen=True)
class Share:
    """Of the group, `count` have the value."""

    value: FacetValue
    count: int


@dataclass(frozen=True)
class Portrait:
    """`criteria` are those that hold for more of the group than elsewhere, the most typical first.

    `neighbours` are the values of the same facet whose métiers ask for the most similar interests.
    """

    count: int
    levels: list[Share]
    sectors: list[Share]
    criteria: list[Share]
    neighbours: list[FacetValue]
    regulated: int


def portray(catalogue: Catalogue, facet_name: str, key: str) -> Portrait:
    """An empty one for a value that no published métier has."""
    facet = catalogue.facets[facet_name]
    among = facet.holding([key]) if key in facet.rows else np.zeros(len(catalogue), bool)
    return Portrait(
        count=int(among.sum()),
        levels=_shares(catalogue, "etudes", among),
        sectors=sorted(_shares(catalogue, "secteur", among), key=lambda share: -share.count),
        criteria=_typical(catalogue, among, except_for=key),
        neighbours=_nearest(catalogue, facet, key) if among.any() else [],
        regulated=int((catalogue.facets["acces"].holding(["reglemente"]) & among).sum()),
    )


def _shares(catalogue, name, among):
    facet = catalogue.facets[name]
    counted = zip(facet.values, facet.counts(among).tolist(), strict=True)
    return [Share(value, count) for value, count in counted if count]


def _typical(catalogue, among, except_for):
    facet = catalogue.facets["critere"]
    here, everywhere = facet.counts(among), facet.counts(np.ones_like(among))
    size, total = max(among.sum(), 1), max(len(catalogue), 1)
    excess = here / size - everywhere / total
    order = np.argsort(-excess, kind="stable")
    rows = [row for row in order if here[row] and facet.values[row].key != except_for]
    return [Share(facet.values[row], int(here[row])) for row in rows[:MOST_SHARED]]


def _nearest(catalogue, facet, key):
    """By the distance between the mean interests of their métiers."""
    means = np.array([catalogue.interests[mask].mean(axis=0) for mask in facet.masks])
    own = facet.rows[key]
    order = np.argsort(np.linalg.norm(means - means[own], axis=1), kind="stable")
    return [facet.values[row] for row in order if row != own][:MOST_NEIGHBOURS]
