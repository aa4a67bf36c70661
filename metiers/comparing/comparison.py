"""Everything that the page of a comparison shows, made of what was read; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from careerguide.templatetags.french import capfirst_fr
from metiers.addresses import metier_address
from metiers.catalogue import Catalogue
from metiers.models import Block, PayBenchmark
from metiers.pay_chart import SharedPayChart, compared, shared_pay_chart
from metiers.riasec import Dimension

from .choosing import Choice, neighbours
from .reading import Side
from .rows import (
    Item,
    Own,
    Row,
    condition_rows,
    demand_rows,
    opinion_rows,
    saying,
    school_rows,
    study_rows,
)

INTERESTS = "interets"
"""The anchor of the six interests on a fiche, and here."""


@dataclass(frozen=True)
class Column:
    """A métier as each row names it: « Infirmier·ère », the colour of its line, its fiche."""

    name: str
    line: str
    address: str


@dataclass(frozen=True)
class Section:
    """Rows under one heading, each with its (column, own) cells.

    `key` is its anchor; `anchor` is what proves it on the fiche, `proof` the same in words.
    """

    key: str
    title: str
    anchor: str
    proof: str
    rows: Sequence[tuple[Row, Sequence[tuple[Column, Own]]]] = ()


class Comparison:
    """`said` has what `catalogue.entries.said_to` says of each métier, in their order."""

    def __init__(
        self,
        choice: Choice,
        sides: Sequence[Side],
        benchmark: PayBenchmark | None,
        catalogue: Catalogue,
        said: Sequence[Mapping],
    ):
        self.choice, self.sides, self.benchmark = choice, sides, benchmark
        self.catalogue, self.said = catalogue, said

    @property
    def heads(self) -> list[dict]:
        """The métier of each column, its band and flags, and the address without it."""
        return [
            {"metier": side.metier, **said, "without": self.choice.without(side.metier.slug)}
            for side, said in zip(self.sides, self.said, strict=True)
        ]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column(capfirst_fr(metier.short_name), metier.sector.line, metier.get_absolute_url())
            for metier in (side.metier for side in self.sides)
        ]

    @cached_property
    def sections(self) -> list[Section]:
        """In the order in which one asks; those with nothing to say are left out."""
        sides, make = self.sides, self._section
        sections = [
            make("etudes", "Études", Block.TRAINING, study_rows(sides)),
            make("ecoles", "Où se former", Block.SCHOOLS, school_rows(sides)),
            make("salaire", "Salaire", Block.SALARY, self._pay_rows()),
            make("demande", "Demande", Block.DEMAND, demand_rows(sides)),
            make("conditions", "Au travail", Block.CRITERIA, condition_rows(sides)),
            Section(INTERESTS, "Intérêts", INTERESTS, "ce qui les montre"),
            make("pour-et-contre", "Pour et contre", Block.STRENGTHS, opinion_rows(sides)),
            make("voisins", "Voisins", Block.SIMILAR, self._near_rows()),
        ]
        return [section for section in sections if section.rows or section.key == INTERESTS]

    def _section(self, key, title, block, rows):
        cells = [(row, list(zip(self.columns, row.own, strict=True))) for row in rows]
        return Section(key, title, block.value, block.label, cells)

    def _near_rows(self):
        return saying(Row.of("", [self._near(side) for side in self.sides]))

    def _near(self, side):
        number = self.catalogue.numbers.get(side.metier.slug)
        if number is None:  # withdrawn since the catalogue was read
            return []
        found = neighbours(self.catalogue, number, {side.metier.pk: side.similar})
        return [
            Item(capfirst_fr(stop.short_name), address=metier_address(stop.slug)) for stop in found
        ]

    # Pay

    @cached_property
    def pay(self) -> SharedPayChart | None:
        """None where no métier has pay, or the guide no benchmark."""
        if not self.benchmark or not any(side.salary for side in self.sides):
            return None
        salaries = [side.salary for side in self.sides]
        return shared_pay_chart(salaries, self.benchmark, [side.figures for side in self.sides])

    @property
    def pay_stages(self) -> list[tuple]:
        """(label, rows); a row is a side, its column and its span."""
        return [
            (label, [row for row in zip(self.sides, self.columns, spans, strict=True) if row[2]])
            for label, spans in self.pay.stages
        ]

    @property
    def pay_points(self) -> list[tuple]:
        """(place, figure, names of the métiers that quote it)."""
        return [
            (place, figure, ", ".join(self.columns[i].name for i in of))
            for place, figure, of in self.pay.points
        ]

    @property
    def provenance(self) -> str:
        """Where the ranges come from: a sentence for all that say the same."""
        said = {}
        for side, column in zip(self.sides, self.columns, strict=True):
            if side.salary:
                said.setdefault(_provenance(side.salary), []).append(column.name)
        if len(said) == 1:
            return f"{capfirst_fr(next(iter(said)))}."
        return " ".join(f"{', '.join(names)}\u00a0: {words}." for words, names in said.items())

    def _pay_rows(self):
        return saying(Row.of("En clair", [self._pay(side) for side in self.sides]))

    def _pay(self, side):
        if not side.salary:
            return [Item("Pas de chiffre sûr", side.metier.salary_detail)]
        if not self.benchmark:
            return [Item(side.metier.salary_detail)] if side.metier.salary_detail else []
        words = compared(side.salary, self.benchmark)
        return [Item(capfirst_fr(words), side.metier.salary_detail)]

    # Interests

    @property
    def interests(self) -> list[dict]:
        """Each interest with its value, 0–100, in each column; in the order R I A S E C."""
        values = [side.metier.interests for side in self.sides]
        return [
            {
                "dimension": dimension.value,
                "label": dimension.label,
                "rows": [(c, value[place]) for c, value in zip(self.columns, values, strict=True)],
            }
            for place, dimension in enumerate(Dimension)
        ]


def _provenance(salary):
    if salary.is_estimate:
        return f"estimation ({salary.year}), sans source publique par métier"
    return f"{salary.source.publisher}, {salary.source.title}, {salary.year}"
