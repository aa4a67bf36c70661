"""The published métiers as they are at one stamp of the content, kept until the next.

Four queries when something changed, and the search index once somebody searches; otherwise one, the
stamp.
"""

import gc
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from threading import Lock
from typing import NamedTuple

import numpy as np
from django.db.models.functions import Coalesce
from django.utils import timezone

from careerguide.edition import current_stamp
from careerguide.french import both
from careerguide.templatetags.french import euros
from metiers.models import Criterion, CriterionGroup, Demand, DemandStatus, Metier, Region
from metiers.models.metier import INTEREST_FIELDS
from metiers.riasec import Dimension
from metiers.search.index import TextIndex
from metiers.search.indexed import Document, Wish
from metiers.search.words import fold
from metiers.studies import LEVELS

from .absent import absents
from .facets import Combine, Facet, FacetValue
from .shown import COLUMNS, Shown
from .spoken import spoken_wishes

TEXT_WEIGHTS = {
    "catch_line": 3,
    "missions": 2,
    "tools": 2,
    "teaser": 1.5,
    "workplaces": 1,
    "introduction": 1,
    "studies_headline": 1,
    "qualities_headline": 1,
    "conditions_headline": 1,
}
"""The texts that are searched, and what one word there counts beside the others."""

PAY_STEPS = (2_500, 3_000, 3_500, 4_000, 5_000)
WANTED = (DemandStatus.SHORTAGE, DemandStatus.CRITICAL, DemandStatus.RECURRING)
REGION_KEYS = {
    Region.WALLONIA: "wallonie",
    Region.BRUSSELS: "bruxelles",
    Region.FLANDERS: "flandre",
}
STRONGEST = 2
"""How many of its six interests count as a métier's own."""

TEXT = "_text"
"""Where a catalogue, which is frozen, keeps the index that its first search makes."""


class Stop(NamedTuple):
    """A métier as a line of the network shows it."""

    slug: str
    name: str
    short_name: str
    synonyms: tuple[str, ...]
    sector: str
    line: str


class Listed(NamedTuple):
    """A métier that employment services look for: (region, year) of each list, the newest first."""

    stop: Stop
    lists: tuple[tuple[str, int], ...]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The published métiers, numbered from 0 in the order of the lines.

    `sectors` gives each métier the place of its sector among all; `interests` has six columns of
    0–100; `levels` are of studies, 1–5, the lowest that open each métier; `ranks` gives each métier
    its place in an order.
    """

    stamp: str | None
    day: date
    stops: Sequence[Stop]
    shown: Sequence[Shown]
    listed: Sequence[Listed]
    keys: np.ndarray  # the primary keys
    numbers: dict[str, int]  # by slug
    sectors: np.ndarray
    interests: np.ndarray
    levels: np.ndarray
    facets: dict[str, Facet]
    ranks: dict[str, np.ndarray]
    index_text: Callable[[], TextIndex]

    def __len__(self):
        return len(self.stops)

    @property
    def text(self) -> TextIndex:
        """Made for the first who searches: it takes longer than all the rest."""
        if TEXT not in self.__dict__:
            with _building:
                if TEXT not in self.__dict__:
                    self.__dict__[TEXT] = self.index_text()
                    _settle()
        return self.__dict__[TEXT]


_kept: Catalogue | None = None
_building = Lock()


def read_catalogue() -> Catalogue:
    """The catalogue of this moment: what was written a moment ago is in it, in every process."""
    global _kept
    stamp, day = current_stamp(), timezone.localdate()
    kept = _kept
    if kept and stamp and (kept.stamp, kept.day) == (stamp, day):
        return kept
    with _building:
        if not (_kept and stamp and (_kept.stamp, _kept.day) == (stamp, day)):
            _kept = _build(stamp, day)
            _settle()
        return _kept


def _settle():
    """It lives for hours: the collector need not walk it again at every thousandth request."""
    gc.collect()
    gc.freeze()


def _build(stamp, day):
    # The stamp was read before the rows: what is written meanwhile asks for another build.
    # Names are ordered here: databases do not agree on where É comes.
    rows = sorted(
        Metier.objects.published()
        .order_by("sector__position", "sector__slug", "pk")
        .values(
            *{*COLUMNS, *TEXT_WEIGHTS},
            "short_name",
            "sector__slug",
            "sector__position",
            "sector__search_words",
            "study_years",
            "is_regulated",
            level_asked=Coalesce("entry_level", "study_level"),
        ),
        key=lambda row: (row["sector__position"], row["sector__slug"], fold(row["name_masculine"])),
    )
    numbers = {row["pk"]: number for number, row in enumerate(rows)}
    sectors, criteria = _sectors(rows), _criteria(numbers)
    interests = [[row[name] for name in INTEREST_FIELDS] for row in rows]
    interests = np.array(interests, np.int16).reshape(len(rows), len(INTEREST_FIELDS))
    demands = _demands(numbers)
    facets = {facet.name: facet for facet in _facets(rows, sectors, criteria, interests, demands)}
    documents = [_document(row) for row in rows]
    wishes = [*(shared.wish for shared in (*criteria, *sectors)), *spoken_wishes(facets)]
    slugs = {row["slug"]: number for number, row in enumerate(rows)}
    stops = tuple(_stop(row) for row in rows)
    return Catalogue(
        stamp=stamp,
        day=day,
        stops=stops,
        shown=tuple(Shown.of(row) for row in rows),
        listed=_listings(demands, stops),
        keys=np.array([row["pk"] for row in rows], np.int64),
        numbers=slugs,
        sectors=_places(sectors, len(rows)),
        interests=interests,
        levels=np.array([row["level_asked"] for row in rows], np.int16),
        facets=facets,
        ranks=_ranks(rows),
        index_text=lambda: TextIndex(documents, wishes, absents(slugs)),
    )


@dataclass(frozen=True)
class _Shared:
    """A criterion or a sector, and the numbers of the métiers that have it."""

    facet: str
    value: FacetValue
    search_words: Sequence[str]
    numbers: list[int]

    @property
    def wish(self):
        key, name = self.value.key, self.value.label
        return Wish(self.facet, key, name, (name, *self.search_words), frozenset(self.numbers))


def _sectors(rows):
    """Those with métiers, in the order of the lines."""
    sectors = {}
    for number, row in enumerate(rows):
        slug = row["sector__slug"]
        if slug not in sectors:
            value = FacetValue(slug, row["sector__name"], line=row["sector__line"])
            sectors[slug] = _Shared("secteur", value, row["sector__search_words"], [])
        sectors[slug].numbers.append(number)
    return list(sectors.values())


def _places(sectors, size):
    """The place of each métier's sector among the sectors."""
    places = np.empty(size, np.int16)
    for place, sector in enumerate(sectors):
        places[sector.numbers] = place
    return places


def _criteria(numbers):
    """Those that published métiers have, by group and name."""
    criteria = {}
    columns = ("slug", "name", "group", "search_words", "metiers")
    links = Criterion.objects.order_by("group", "name", "pk", "metiers__pk").values_list(*columns)
    for slug, name, group, search_words, metier in links:
        if metier in numbers:
            if slug not in criteria:
                value = FacetValue(slug, name, CriterionGroup(group).label)
                criteria[slug] = _Shared("critere", value, search_words, [])
            criteria[slug].numbers.append(numbers[metier])
    return list(criteria.values())


def _stop(row):
    name = both(row["name_masculine"], row["name_feminine"])
    return Stop(
        slug=row["slug"],
        name=name,
        short_name=row["short_name"],
        synonyms=tuple(row["synonyms"]),
        sector=row["sector__slug"],
        line=row["sector__line"],
    )


def _document(row):
    texts = []
    for field, weight in TEXT_WEIGHTS.items():
        lines = [row[field]] if isinstance(row[field], str) else row[field]
        texts += [(weight, line) for line in lines]
    return Document((row["name_masculine"], row["name_feminine"]), row["synonyms"], texts)


def _facets(rows, sectors, criteria, interests, demands):
    facet = partial(Facet.of, size=len(rows))
    where = partial(_where, rows)
    strongest = np.argsort(-interests, axis=1, kind="stable")[:, :STRONGEST]
    yield facet(
        "critere",
        "Critères",
        Combine.ALL,
        [criterion.value for criterion in criteria],
        [criterion.numbers for criterion in criteria],
    )
    yield facet(
        "etudes",
        "Niveau d’études",
        Combine.ANY,
        [FacetValue(str(level), label) for level, label in LEVELS],
        [where(partial(_is_entered_by, level)) for level, _ in LEVELS],
    )
    yield facet(
        "secteur",
        "Secteur",
        Combine.ANY,
        [sector.value for sector in sectors],
        [sector.numbers for sector in sectors],
    )
    yield facet(
        "interet",
        "Ce qui domine",
        Combine.ANY,
        [FacetValue(dimension.value, dimension.label) for dimension in Dimension],
        [np.flatnonzero((strongest == place).any(axis=1)) for place in range(len(Dimension))],
    )
    yield facet(
        "salaire",
        "Salaire à partir de",
        Combine.ONE,
        [FacetValue(str(step), euros(step)) for step in PAY_STEPS],
        [where(lambda row, s=step: (row["salary__mid_low"] or 0) >= s) for step in PAY_STEPS],
    )
    yield facet(
        "demande",
        "On cherche du monde",
        Combine.ANY,
        [FacetValue(key, region.label) for region, key in REGION_KEYS.items()],
        [[number for number, of, *_ in demands if of == region] for region in REGION_KEYS],
    )
    yield facet(
        "acces",
        "Accès au métier",
        Combine.ONE,
        [FacetValue("libre", "Libre"), FacetValue("reglemente", "Réglementé")],
        [
            where(lambda row: not row["is_regulated"]),
            where(lambda row: row["is_regulated"]),
        ],
    )


def _is_entered_by(level, row):
    """From the lowest level that opens the métier to the usual one, each is a way in."""
    return row["level_asked"] <= level <= row["study_level"]


def _where(rows, holds):
    return [number for number, row in enumerate(rows) if holds(row)]


def _demands(numbers):
    """(number, region, status, year) of each list that names a métier, or often does."""
    demands = Demand.objects.filter(status__in=WANTED).order_by("-year", "region", "pk")
    columns = demands.values_list("metier_id", "region", "status", "year")
    return [(numbers[metier], *rest) for metier, *rest in columns if metier in numbers]


def _listings(demands, stops):
    """The métiers that a list of a known year names, the newest lists first."""
    listed = defaultdict(list)
    for number, region, status, year in demands:
        if status != DemandStatus.RECURRING:
            listed[number].append((Region(region).label, year))
    newest_first = sorted(listed.items(), key=lambda pair: (-pair[1][0][1], -len(pair[1])))
    return tuple(Listed(stops[number], tuple(lists)) for number, lists in newest_first)


def _ranks(rows):
    names = [(fold(row["name_masculine"]), row["pk"]) for row in rows]

    def ranked(key):
        order = sorted(range(len(rows)), key=lambda number: (key(rows[number]), names[number]))
        ranks = np.empty(len(rows), np.int64)
        ranks[order] = np.arange(len(rows))
        return ranks

    return {
        "secteur": np.arange(len(rows)),
        "nom": ranked(lambda row: 0),
        "salaire": ranked(lambda row: -(row["salary__mid_low"] or 0)),
        "etudes": ranked(lambda row: (row["level_asked"], row["study_years"])),
    }
