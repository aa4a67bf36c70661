"""What the index is made of: métiers, what several share, and those that have no fiche."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """What one métier can be found by: `texts` are (weight, text)."""

    names: Sequence[str]
    synonyms: Sequence[str]
    texts: Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Wish:
    """Words for something that several métiers share: `kind` « critere », `key` « dehors »."""

    kind: str
    key: str
    name: str
    phrases: Sequence[str]
    documents: Collection[int]


@dataclass(frozen=True, slots=True)
class Absent:
    """A métier that exists and has no fiche, « vétérinaire »; `documents` are near, in order."""

    name: str
    phrases: Sequence[str]
    documents: Sequence[int]
