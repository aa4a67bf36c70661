"""All that a fiche shows, read in five queries however long it is.

The rows of a métier stand in a dozen tables; `union` brings them in one query, as ordinary
instances.
"""

import unicodedata
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from . import union
from .models import (
    Area,
    BelgianFact,
    Criterion,
    Demand,
    Figure,
    FrequentQuestion,
    InterestEvidence,
    Metier,
    PayBenchmark,
    SchoolOffer,
    SimilarMetier,
    Source,
    TrainingStep,
    TypicalHour,
)

SHOWN = {
    "hours": (TypicalHour, ("position", "starts_at", "title", "text")),
    "belgian_facts": (BelgianFact, ("position", "text", "year", "source_id")),
    "training_steps": (
        TrainingStep,
        ("position", "track", "title", "year", "place", "duration", "text"),
    ),
    "faq": (FrequentQuestion, ("position", "question", "answer")),
    "figures": (
        Figure,
        (
            "position",
            "label",
            "value",
            "value_max",
            "unit",
            "year",
            "scope",
            "source_id",
            "is_estimate",
            "is_pay",
        ),
    ),
    "demands": (Demand, ("position", "region", "status", "year", "source_id", "note")),
    "evidence": (InterestEvidence, ("position", "dimension", "evidence", "block")),
    "offers": (
        SchoolOffer,
        (
            "position",
            "programme",
            "school__kind",
            "school__name",
            "school__place",
            "school__slug",
        ),
    ),
    "areas": (Area, ("slug", "name", "region")),
    "criteria": (Criterion, ("slug", "name", "group", "description")),
}
BENCHMARK = ("amount", "low_decile", "high_decile", "mean", "year", "source_id")
SIMILAR_COUNT = 3


@dataclass
class Fiche:
    """A métier with its rows by kind, its sources, its neighbours and the newest benchmark."""

    metier: Metier
    rows: dict[str, list]
    sources: dict[int, Source]
    similar: list[Metier]
    benchmark: PayBenchmark | None

    def __getattr__(self, kind):
        try:
            return self.rows[kind]
        except KeyError:
            raise AttributeError(kind) from None


def read_fiche(metier):
    """The `Fiche` of a métier fetched with its sector, salary and testimony; three queries."""
    rows = _rows_of(metier)
    benchmark = max(rows.pop("benchmark", []), key=lambda row: row.year, default=None)
    sources = _sources_of(metier, rows, benchmark)
    for row in [*_with_source(rows), *filter(None, [benchmark])]:
        row.source = sources.get(row.source_id)
    return Fiche(metier, rows, sources, _similar_to(metier), benchmark)


def _rows_of(metier):
    """Instances by kind, from one query."""
    branches = [_branch(kind, model, names, metier) for kind, (model, names) in SHOWN.items()]
    rows = union.read([*branches, ("benchmark", PayBenchmark.objects.all(), BENCHMARK)])
    for kind in SHOWN:
        rows[kind].sort(key=lambda row: (getattr(row, "position", 0), row.pk))
    rows["criteria"].sort(key=lambda criterion: (criterion.group, _collated(criterion.name)))
    rows["areas"].sort(key=lambda area: _collated(area.name))
    return rows


def _branch(kind, model, names, metier):
    parent = "metiers" if kind in ("areas", "criteria") else "metier"
    return kind, model.objects.filter(**{parent: metier}), names


def _collated(name):
    """« Électricité » sorts with E, as a reader expects, whatever the database."""
    return unicodedata.normalize("NFKD", name).casefold()


def _with_source(rows):
    return [*rows["figures"], *rows["demands"], *rows["belgian_facts"]]


def _sources_of(metier, rows, benchmark):
    keys = {row.source_id for row in _with_source(rows) if row.source_id}
    keys |= {row.source_id for row in (benchmark, getattr(metier, "salary", None)) if row}
    found = Source.objects.filter(Q(pk__in=keys) | Q(metiers=metier)).distinct()
    return {source.pk: source for source in found.order_by("publisher", "pk")}


def _similar_to(metier):
    """The editor's choice first, in their order, completed by the nearest interests."""
    if metier.interests is None:
        return []
    chosen = SimilarMetier.objects.filter(metier=metier, other=OuterRef("pk")).values("position")
    nearest = Metier.objects.nearest_to(metier).select_related("sector", "salary")
    placed = nearest.annotate(place=Coalesce(Subquery(chosen), Value(10_000)))
    return list(placed.order_by("place", "distance", "pk")[:SIMILAR_COUNT])
