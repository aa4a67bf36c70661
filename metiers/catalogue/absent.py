"""Métiers that people look for and that have no fiche yet, with the fiches that are near."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from metiers.search.indexed import Absent

NAMES = Path(__file__).with_name("absent_metiers.csv")


def absents(numbers: Mapping[str, int]) -> Iterator[Absent]:
    """`numbers` are those of the published fiches, by slug; each other name is one of its own.

    « sage-femme » is near « infirmier »; « accoucheuse », of the same line, too.
    """
    with NAMES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            near = tuple(numbers[slug] for slug in row["near"].split() if slug in numbers)
            for name in (row["name"], *filter(None, row["others"].split("|"))):
                yield Absent(name, (name,), near)
