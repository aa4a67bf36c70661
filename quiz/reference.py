"""The 164 reference métiers of O*NET: what the norms of a question set are frozen over.

They are no fiches. « infirmier » here is what O*NET measured among nurses, whatever the fiche says.
"""

import csv
import json
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.conf import settings

from metiers.riasec import LETTERS, Interests, from_onet
from quiz.matching import Candidate
from quiz.scoring import Norms

METIERS_FILE = settings.BASE_DIR / "fixtures" / "reference_metiers.csv"
NORMS_FILE = settings.BASE_DIR / "fixtures" / "riasec_norms.json"


@dataclass(frozen=True)
class ReferenceMetier:
    """A masculine title, six interests of 0–100 and a level of studies (O*NET's job zone, 1–5)."""

    title: str
    interests: Interests
    level: int


@lru_cache
def read_reference() -> tuple[ReferenceMetier, ...]:
    """All of them, in the order of the file."""
    with METIERS_FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(map(_of_row, csv.DictReader(lines)))


@lru_cache
def reference_candidates(norms: Norms) -> tuple[Candidate, ...]:
    """All of them, in the same order, ready to be ranked; by title."""
    return tuple(
        Candidate.of(metier.title, metier.interests, metier.level, norms)
        for metier in read_reference()
    )


@lru_cache
def reference_directions(norms: Norms) -> np.ndarray:
    """z/‖z‖ of each, 164 × 6 and read-only: as frozen as the norms and the file are."""
    directions = np.array([candidate.direction for candidate in reference_candidates(norms)])
    directions.flags.writeable = False
    return directions


def read_norms_json() -> dict:
    """The constants of the answers, as measured on 3,709 people: what `freeze` starts from."""
    return json.loads(NORMS_FILE.read_text(encoding="utf-8"))


def _of_row(row: dict[str, str]) -> ReferenceMetier:
    interests = tuple(from_onet(float(row[letter])) for letter in LETTERS)
    return ReferenceMetier(row["title"], interests, int(row["job_zone"]))
