"""The rows of a comparison: what all the métiers share is said once; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from careerguide.templatetags.french import accord
from metiers.models import CriterionGroup, Demand, Region
from metiers.search.words import fold

from .reading import Side

MOST_SENTENCES = 3
MOST_SCHOOLS = 5
SHORTEST_AXIS = 5
REGULATED = "reglemente"
REGIONS = (Region.WALLONIA, Region.BRUSSELS, Region.FLANDERS)
ACCESS = {
    False: "Libre\u00a0: aucune loi ne le réserve à un diplôme",
    True: "Réglementé\u00a0: la loi dit qui peut l’exercer",
}


@dataclass(frozen=True)
class Item:
    """What a row says of a métier, « Fonction critique, liste 2025 », and who says so.

    `stops` are places in percent, of a drawing that ends at the last one.
    """

    text: str
    note: str = ""
    address: str = ""
    stops: tuple[float, ...] = ()


@dataclass(frozen=True)
class Own:
    """What one métier has besides what is shared; `more` of it stands on its fiche only."""

    items: tuple[Item, ...]
    more: int = 0


@dataclass(frozen=True)
class Row:
    """`shared` is what all of them have; `own` has an entry a métier, in their order.

    `label` is empty where the section has no other row.
    """

    label: str
    shared: tuple[Item, ...]
    own: tuple[Own, ...]

    @classmethod
    def of(cls, label: str, lists: Sequence[Sequence[Item]], most: int | None = None) -> "Row":
        """`lists` has the items of each métier, of which `most` are shown where they differ.

        >>> day, night = Item("Le jour"), Item("La nuit")
        >>> row = Row.of("Quand", [[day, night], [night]])
        >>> row.shared == (night,), row.own == (Own((day,)), Own(()))
        (True, True)
        """
        shared = tuple(
            item for item in (lists[0] if lists else ()) if all(item in other for other in lists)
        )
        own = [tuple(item for item in items if item not in shared) for items in lists]
        return cls(
            label,
            shared,
            tuple(Own(items[:most], len(items[most:]) if most else 0) for items in own),
        )

    @property
    def differs(self) -> bool:
        return any(own.items for own in self.own)

    @property
    def says_something(self) -> bool:
        return bool(self.shared) or self.differs


def study_rows(sides: Sequence[Side]) -> list[Row]:
    metiers = [side.metier for side in sides]
    longest = max([SHORTEST_AXIS, *(metier.study_years for metier in metiers)])
    return saying(
        Row.of(
            "Niveau",
            [
                [Item(metier.get_study_level_display(), metier.entry_and_usual)]
                for metier in metiers
            ],
        ),
        Row.of("Durée", [[_years(metier.study_years, longest)] for metier in metiers]),
        Row.of(
            "Formation",
            [[Item(metier.studies_headline, metier.studies_detail)] for metier in metiers],
        ),
        _criteria("Voies possibles", sides, CriterionGroup.STUDIES),
        Row.of("Accès au métier", [[Item(ACCESS[metier.is_regulated])] for metier in metiers]),
    )


def school_rows(sides: Sequence[Side]) -> list[Row]:
    lists = [[_school(school) for school in side.schools] for side in sides]
    return saying(Row.of("", lists, most=MOST_SCHOOLS))


def demand_rows(sides: Sequence[Side]) -> list[Row]:
    return saying(
        *(
            Row.of(
                f"{region.label} ({Demand.SERVICES[region.value]})",
                [[_demand(d) for d in side.demands if d.region == region] for side in sides],
            )
            for region in REGIONS
        )
    )


def condition_rows(sides: Sequence[Side]) -> list[Row]:
    metiers = [side.metier for side in sides]
    return saying(
        Row.of(
            "En bref",
            [[Item(metier.conditions_headline, metier.conditions_detail)] for metier in metiers],
        ),
        *(
            _criteria(group.label, sides, group)
            for group in CriterionGroup
            if group != CriterionGroup.STUDIES
        ),
    )


def opinion_rows(sides: Sequence[Side]) -> list[Row]:
    """A few of the strengths and weaknesses."""
    metiers = [side.metier for side in sides]
    return saying(
        _sentences("Points forts", [metier.strengths for metier in metiers]),
        _sentences("Points faibles", [metier.weaknesses for metier in metiers]),
    )


def saying(*rows: Row) -> list[Row]:
    """Those that have anything to say."""
    return [row for row in rows if row.says_something]


def _years(count, longest):
    words = f"{count} {accord(count, 'an,ans')} après le CESS"
    return Item(words, stops=tuple(round(100 * year / longest, 2) for year in range(count + 1)))


def _school(school):
    return Item(school.name, school.place, school.get_absolute_url())


def _demand(demand):
    listed = f", liste {demand.year}" if demand.year else ""
    publisher = demand.source.publisher if demand.source_id else ""
    return Item(f"{demand.get_status_display()}{listed}", publisher)


def _criteria(label, sides, group):
    return Row.of(label, [[Item(c.label) for c in _of_group(side, group)] for side in sides])


def _of_group(side, group):
    """As a reader looks them up; the row of the access says already whether it is regulated."""
    found = [c for c in side.criteria if c.group == group.label and c.key != REGULATED]
    return sorted(found, key=lambda criterion: fold(criterion.label))


def _sentences(label, lists):
    return Row.of(label, [[Item(line) for line in lines] for lines in lists], most=MOST_SENTENCES)
