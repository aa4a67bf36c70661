"""Other ways to compare people with métiers, which the study of the questionnaire sets beside ours.

Each takes people (N × 6) and métiers (n × 6), in the order R I A S E C, and gives how close they
are, N × n, on a scale of its own: only the order counts.
"""

import numpy as np

HEXAGON = np.array([[3 - min(abs(i - j), 6 - abs(i - j)) for j in range(6)] for i in range(6)])
"""3 for one and the same type, then 2, 1 and 0 (opposite) along Holland's hexagon."""

PLACES = (3, 2, 1)
"""What the first, second and third letter weigh in the C index."""


def correlations(people: np.ndarray, metiers: np.ndarray) -> np.ndarray:
    """Pearson's, over the six types: the shape of both profiles, whatever is common or rare."""
    return _centred(people) @ _centred(metiers).T


def congruence(people: np.ndarray, metiers: np.ndarray) -> np.ndarray:
    """The C index of the two three-letter codes, 0 to 18, many of them equal.

    Source: S. D. Brown & P. A. Gore, « An evaluation of interest congruence indices », Journal of
    Vocational Behavior 45 (1994).
    """
    ours, theirs = codes(people), codes(metiers)
    return sum(
        weight * HEXAGON[ours[:, place, None], theirs[None, :, place]]
        for place, weight in enumerate(PLACES)
    )


def codes(profiles: np.ndarray) -> np.ndarray:
    """The numbers of the three strongest types, highest first, ties in the order R I A S E C."""
    return np.argsort(-profiles, axis=1, kind="stable")[:, :3]


def _centred(profiles: np.ndarray) -> np.ndarray:
    """Zeros for a profile that is the same everywhere."""
    centred = profiles - profiles.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.divide(centred, lengths, out=np.zeros_like(centred), where=lengths > 0)
