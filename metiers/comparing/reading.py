"""What is read of the métiers that are compared: two queries, however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from metiers import union
from metiers.addresses import MOST_COMPARED, metier_address
from metiers.catalogue import Catalogue
from metiers.catalogue.facets import FacetValue
from metiers.models import (
    Demand,
    Figure,
    Metier,
    MovedAddress,
    PayBenchmark,
    School,
    SchoolOffer,
    SimilarMetier,
)
from metiers.models.metier import INTEREST_FIELDS
from metiers.pay_chart import STAGES

from .choosing import SLUG

SOURCE = ("source__id", "source__publisher")
ROWS = {
    "demands": (Demand, ("position", "region", "status", "year", *SOURCE)),
    "figures": (Figure, ("position", "label", "value", "year", "is_estimate", "is_pay", *SOURCE)),
    "offers": (SchoolOffer, ("position", "school__slug", "school__name", "school__place")),
    "similar": (SimilarMetier, ("position", "other_id")),
}
BENCHMARK = ("amount", "low_decile", "high_decile", "year", *SOURCE)
COLUMNS = (
    "slug",
    "name_masculine",
    "name_feminine",
    "short_name",
    "catch_line",
    "study_level",
    "entry_level",
    "study_years",
    "studies_headline",
    "studies_detail",
    "salary_detail",
    "conditions_headline",
    "conditions_detail",
    "strengths",
    "weaknesses",
    "is_regulated",
    *INTEREST_FIELDS,
    "sector__name",
    "sector__line",
    *(f"salary__{end}" for stage in STAGES for end in (f"{stage[0]}_low", f"{stage[0]}_high")),
    "salary__year",
    "salary__is_estimate",
    "salary__source__publisher",
    "salary__source__title",
)


@dataclass
class Side:
    """A métier that is compared; `figures` are on the axis of pay, `schools` each once.

    `criteria` are the values of that facet; `similar` are the primary keys of the editor's
    neighbours.
    """

    metier: Metier
    criteria: list[FacetValue] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    similar: list[int] = field(default_factory=list)

    @property
    def salary(self):
        return getattr(self.metier, "salary", None)


def read_sides(
    slugs: Sequence[str], catalogue: Catalogue
) -> tuple[list[Side], PayBenchmark | None]:
    """The sides in this order, and the newest benchmark of pay."""
    found = Metier.objects.published().filter(slug__in=slugs)
    found = found.select_related("sector", "salary__source").only(*COLUMNS)
    by_slug = {metier.slug: metier for metier in found}
    sides = {
        by_slug[slug].pk: Side(by_slug[slug], criteria_of(catalogue, slug))
        for slug in slugs
        if slug in by_slug
    }
    rows = union.read(_branches(list(sides)))
    for kind in ROWS:
        for row in sorted(rows[kind], key=lambda row: (getattr(row, "position", 0), row.pk)):
            _put(sides[row.metier_id], kind, row)
    for side in sides.values():
        side.schools = list({school.slug: school for school in side.schools}.values())
    benchmark = max(rows["benchmark"], key=lambda row: row.year, default=None)
    return list(sides.values()), benchmark


def criteria_of(catalogue: Catalogue, slug: str) -> list[FacetValue]:
    facet = catalogue.facets["critere"]
    return [facet.values[row] for row in np.flatnonzero(facet.masks[:, catalogue.numbers[slug]])]


def _branches(keys):
    for kind, (model, names) in ROWS.items():
        rows = model.objects.filter(metier__in=keys)
        rows = rows.filter(is_pay=True) if kind == "figures" else rows
        yield kind, rows, ("metier_id", *names)
    yield "benchmark", PayBenchmark.objects.all(), BENCHMARK


def _put(side, kind, row):
    if kind == "offers":
        side.schools.append(row.school)
    elif kind == "similar":
        side.similar.append(row.other_id)
    else:
        getattr(side, kind).append(row)


def read_similar(slugs: Sequence[str]) -> dict[int, list[int]]:
    """The primary keys of the neighbours that editors chose, by that of the métier; one query."""
    rows = SimilarMetier.objects.filter(metier__slug__in=slugs, metier__draft_of=None)
    chosen = defaultdict(list)
    for metier, other in rows.order_by("position", "pk").values_list("metier_id", "other_id"):
        chosen[metier].append(other)
    return chosen


def renamed(slugs: Sequence[str]) -> dict[str, str]:
    """The slugs of today by those of addresses that moved; a query, where there is any to ask."""
    asked = [slug for slug in slugs if SLUG.fullmatch(slug)][: MOST_COMPARED * 2]
    if not asked:
        return {}
    slugs = {metier_address(slug): slug for slug in asked}
    moved = MovedAddress.objects.filter(old__in=slugs).values_list("old", "new")
    return {slugs[old]: new.rstrip("/").rpartition("/")[2] for old, new in moved}
