"""What lists and profiles show of a métier, kept in memory: values, which no page can change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metiers.card import Card
from metiers.models.metier import INTEREST_FIELDS

FOUND_IN = {
    "synonyms": "Aussi appelé",
    "missions": "Dans les missions",
    "tools": "Dans les outils",
    "teaser": "Dans la présentation",
    "workplaces": "Dans les lieux de travail",
    "introduction": "Dans la présentation",
    "qualities_headline": "Dans les qualités",
    "conditions_headline": "Dans les conditions",
}
"""Fields that an entry does not show, in the order in which a found word is looked for there."""

COLUMNS = (
    *("pk", "slug", "name_masculine", "name_feminine", "catch_line"),
    *("studies_headline", "study_level", "entry_level"),
    *("sector__name", "sector__line"),
    *("salary__mid_low", "salary__mid_high", "salary__is_estimate"),
    *FOUND_IN,
    *INTEREST_FIELDS,
)


@dataclass(frozen=True, slots=True)
class ShownSector:
    name: str
    line: str


@dataclass(frozen=True, slots=True)
class ShownSalary:
    """What one earns in the middle of a career, gross a month."""

    mid_low: int
    mid_high: int
    is_estimate: bool


@dataclass(frozen=True, slots=True, eq=False)
class Shown(Card):
    """`interests` are six values of 0–100; `texts` are what is searched, by the names of FOUND_IN.

    To read a page's rows anew took a fifth of its time, and an eighth of a profile's.
    """

    pk: int
    slug: str
    name_masculine: str
    name_feminine: str
    catch_line: str
    studies_headline: str
    study_level: int
    entry_level: int | None
    interests: tuple[int, ...]
    sector: ShownSector
    salary: ShownSalary | None
    texts: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, row: Mapping) -> "Shown":
        """Of a published métier's COLUMNS."""
        has_salary = row["salary__mid_low"] is not None
        return cls(
            pk=row["pk"],
            slug=row["slug"],
            name_masculine=row["name_masculine"],
            name_feminine=row["name_feminine"],
            catch_line=row["catch_line"],
            studies_headline=row["studies_headline"],
            study_level=row["study_level"],
            entry_level=row["entry_level"],
            interests=tuple(row[name] for name in INTEREST_FIELDS),
            sector=ShownSector(row["sector__name"], row["sector__line"]),
            salary=ShownSalary(
                row["salary__mid_low"], row["salary__mid_high"], row["salary__is_estimate"]
            )
            if has_salary
            else None,
            texts={name: _lines(row[name]) for name in FOUND_IN},
        )


def _lines(value):
    return (value,) if isinstance(value, str) else tuple(value)
