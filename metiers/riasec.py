"""Holland's six interest types, in the order R I A S E C everywhere.

Source: J. L. Holland, *Making Vocational Choices* (1997).
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

LETTERS = "RIASEC"

ONET_LOWEST, ONET_HIGHEST = 1, 7

CLEAR_DEMAND = 0.35
"""Deviations from the average métier, either way, before a sentence is made of an interest.

Under it the métier holds about as much of the type as others do, and neither « il en faut » nor
« on n’en a pas besoin » would be true.
"""

Interests = tuple[float, float, float, float, float, float]
"""How much of each type, R I A S E C: 0 (none of it) to 100 (the heart of the métier)."""


class Dimension(StrEnum):
    """One of the six types; equal to its letter.

    >>> Dimension("S").label, Dimension.S.holland_name, Dimension.S == "S"
    ('Aider, transmettre', 'Social', True)
    """

    R = "R"
    I = "I"  # noqa: E741 — the letter of the field
    A = "A"
    S = "S"
    E = "E"
    C = "C"

    @property
    def label(self) -> str:
        """What a visitor reads: French verbs and nouns, no jargon."""
        return _LABELS[self]

    @property
    def holland_name(self) -> str:
        """What a counsellor reads: the field's French name."""
        return _HOLLAND_NAMES[self]


_LABELS = {
    Dimension.R: "Le concret, le manuel",
    Dimension.I: "Comprendre, analyser",
    Dimension.A: "Créer",
    Dimension.S: "Aider, transmettre",
    Dimension.E: "Convaincre, diriger",
    Dimension.C: "Organiser, vérifier",
}
_HOLLAND_NAMES = {
    Dimension.R: "Réaliste",
    Dimension.I: "Investigateur",
    Dimension.A: "Artistique",
    Dimension.S: "Social",
    Dimension.E: "Entreprenant",
    Dimension.C: "Conventionnel",
}


class InterestNorms(Protocol):
    """Mean and standard deviation of each type over the reference métiers (0–100)."""

    @property
    def interest_mean(self) -> Interests: ...

    @property
    def interest_sd(self) -> Interests: ...


def from_onet(rating: float) -> float:
    """O*NET's occupational interest, 1 to 7, as 0 to 100; ValueError outside.

    >>> from_onet(4)
    50.0
    """
    if not ONET_LOWEST <= rating <= ONET_HIGHEST:
        raise ValueError(f"an O*NET interest lies between 1 and 7, not {rating}")
    return (rating - ONET_LOWEST) / (ONET_HIGHEST - ONET_LOWEST) * 100


def standardise(interests: Sequence[float], norms: InterestNorms) -> Interests:
    """z: how far each interest stands from the average métier, in standard deviations.

    Métiers ask for much C and little A; without this, they would all look alike.
    """
    moments = zip(interests, norms.interest_mean, norms.interest_sd, strict=True)
    return tuple((interest - mean) / sd for interest, mean, sd in moments)


def holland_code(interests: Sequence[float]) -> str:
    """The three strongest types, highest first, ties in the order R I A S E C.

    >>> holland_code((44, 64, 5, 77, 21, 60))
    'SIC'
    """
    strength = dict(zip(LETTERS, interests, strict=True))
    return "".join(sorted(LETTERS, key=strength.get, reverse=True)[:3])
