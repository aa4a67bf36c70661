"""What the rules know of the whole guide, gathered from its files or from its database."""

import csv
from collections.abc import Iterable, Mapping
from functools import lru_cache
from statistics import fmean, pstdev

from django.conf import settings
from django.utils import timezone

from metiers.riasec import LETTERS, Interests, from_onet

from .rules import Guide, Names, Norms

REFERENCE_FILE = settings.BASE_DIR / "fixtures" / "reference_metiers.csv"


def guide_of(fiches: Iterable[dict], benchmarks: Iterable[dict], sources: Iterable[dict]) -> Guide:
    """From the data of files, of which a few keys are read; `published` is what is read today."""
    fiches, today = list(fiches), timezone.localdate()
    return Guide(
        oldest_year=settings.OLDEST_YEAR,
        names=[
            Names(data["name_masculine"], data["name_feminine"])
            for data in fiches
            if data["name_masculine"] != data["name_feminine"]
        ],
        published=frozenset(data["slug"] for data in fiches if _is_read(data, today)),
        benchmarks=frozenset(
            float(data[key]) for data in benchmarks for key in ("amount", "low_decile", "mean")
        ),
        oldest_source_year=settings.OLDEST_SOURCE_YEAR,
        source_years={data["slug"]: data["year"] for data in sources},
        references=references(),
        norms=norms(),
    )


def _is_read(data, today):
    """What `MetierQuerySet.published` asks of the database."""
    is_here = data["status"] == "published" and data["published_at"] <= today
    return is_here and not (data["withdrawn_at"] and data["withdrawn_at"] <= today)


@lru_cache
def references() -> Mapping[str, tuple[Interests, ...]]:
    """What O*NET measured, 0–100, by ISCO code: one code may cover several of its métiers."""
    found: dict[str, tuple[Interests, ...]] = {}
    with REFERENCE_FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            interests = tuple(from_onet(float(row[letter])) for letter in LETTERS)
            found[row["isco"]] = (*found.get(row["isco"], ()), interests)
    return found


@lru_cache
def norms() -> Norms:
    """Of all that O*NET measured: what the norms of a question set are frozen from."""
    columns = list(zip(*(one for several in references().values() for one in several), strict=True))
    return Norms(tuple(map(fmean, columns)), tuple(map(pstdev, columns)))
