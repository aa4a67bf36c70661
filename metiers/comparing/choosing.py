"""Which métiers are compared, as the address says it: `?m=infirmier&m=graphiste`, in that order."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from django.http import QueryDict

from careerguide.templatetags.french import accord, capfirst_fr
from metiers.addresses import FEWEST_COMPARED, MOST_COMPARED, compare_address
from metiers.catalogue import Catalogue
from metiers.catalogue.snapshot import Stop
from metiers.search.query import clean

MOST_FOUND = 12
MOST_NEAR = 3
SLUG = re.compile(r"[-a-z0-9_]{1,50}", re.ASCII | re.IGNORECASE)
NUMBERS = {2: "deux", 3: "trois", 4: "quatre"}
NOTHING = MappingProxyType({})


@dataclass(frozen=True)
class Choice:
    """`stops` are compared; `text` looks for others, and is empty where nobody looks.

    `unknown` slugs, `doubled` and `left_out` métiers were asked for in vain; `answers` is the
    visitor's code, `r` in the address.
    """

    stops: tuple[Stop, ...] = ()
    text: str = ""
    answers: str = ""
    unknown: tuple[str, ...] = ()
    doubled: tuple[Stop, ...] = ()
    left_out: tuple[Stop, ...] = ()

    @classmethod
    def read(
        cls,
        query: QueryDict,
        catalogue: Catalogue,
        answers: str = "",
        moved: Mapping[str, str] = NOTHING,
    ) -> "Choice":
        """`moved` has the slugs of today by those that were renamed."""
        asked = Counter(moved.get(slug, slug) for slug in query.getlist("m") if slug)
        stops = [catalogue.stops[number] for number in _numbers(asked, catalogue)]
        return cls(
            stops=tuple(stops[:MOST_COMPARED]),
            text=clean(query.get("q", "")),
            answers=answers,
            unknown=tuple(slug for slug in asked if slug not in catalogue.numbers),
            doubled=tuple(stop for stop in stops if asked[stop.slug] > 1),
            left_out=tuple(stops[MOST_COMPARED:]),
        )

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(stop.slug for stop in self.stops)

    @property
    def is_enough(self) -> bool:
        return len(self.stops) >= FEWEST_COMPARED

    @property
    def count_in_words(self) -> str:
        """« trois »."""
        return NUMBERS[len(self.stops)]

    @property
    def names(self) -> str:
        """« Infirmier·ère, graphiste et maçon·ne »."""
        *first, last = (stop.short_name for stop in self.stops)
        return capfirst_fr(f"{', '.join(first)} et {last}" if first else last)

    @property
    def notices(self) -> list[str]:
        """What of the address is not on the page, and why; a sentence each."""
        said = [unknown_in_words(self.unknown)] if self.unknown else []
        if self.doubled:
            verb = accord(len(self.doubled), "est,sont")
            said.append(f"{_listed(self.doubled)} {verb} là plus d’une fois\u00a0: une suffit.")
        if self.left_out:
            verb = accord(len(self.left_out), "reste,restent")
            said.append(f"Quatre métiers au plus\u00a0: {_listed(self.left_out)} {verb} de côté.")
        return said

    # Addresses

    @property
    def address(self) -> str:
        return compare_address(self.slugs, self.answers)

    @property
    def canonical(self) -> str:
        """Without the answers, which are one person's."""
        return compare_address(self.slugs)

    def without(self, slug: str) -> str:
        return compare_address([kept for kept in self.slugs if kept != slug], self.answers)

    # The others

    def found(self, catalogue: Catalogue) -> list[Stop]:
        """What the text finds, besides what is chosen."""
        numbers = catalogue.text.find(self.text).best(MOST_FOUND + MOST_COMPARED)
        stops = [catalogue.stops[number] for number in numbers]
        return [stop for stop in stops if stop not in self.stops][:MOST_FOUND]

    def near(self, catalogue: Catalogue, chosen: Mapping[int, Sequence[int]]) -> list[Stop]:
        """The neighbours of those chosen, each once; `chosen` as of `neighbours`."""
        stops = [
            stop
            for slug in self.slugs
            for stop in neighbours(catalogue, catalogue.numbers[slug], chosen)
        ]
        return [stop for stop in dict.fromkeys(stops) if stop not in self.stops]


def neighbours(
    catalogue: Catalogue, number: int, chosen: Mapping[int, Sequence[int]]
) -> list[Stop]:
    """The editor's choice first, in their order, completed by the nearest interests.

    As on the fiche. `chosen` has the primary keys of the editor's choice by that of the métier.
    """
    squares = ((catalogue.interests - catalogue.interests[number]) ** 2).sum(axis=1)
    nearest = np.lexsort((catalogue.keys, squares))
    own = chosen.get(int(catalogue.keys[number]), ())
    first = [i for key in own for i in np.flatnonzero(catalogue.keys == key)]
    both = dict.fromkeys([*first, *nearest[: MOST_NEAR + 1 + len(first)]])
    return [catalogue.stops[i] for i in both if i != number][:MOST_NEAR]


def unknown_in_words(slugs: Sequence[str]) -> str:
    """What was asked for is said again only where it looks like the name of a métier."""
    if len(slugs) > 1:
        return f"{len(slugs)} des métiers demandés ne sont pas dans le guide, ou n’y sont plus."
    [slug] = slugs
    asked = f"«\u00a0{slug}\u00a0»" if SLUG.fullmatch(slug) else "Un des métiers demandés"
    return f"{asked} n’est pas dans le guide, ou n’y est plus."


def _numbers(slugs, catalogue):
    return [catalogue.numbers[slug] for slug in slugs if slug in catalogue.numbers]


def _listed(stops):
    return ", ".join(f"«\u00a0{stop.short_name}\u00a0»" for stop in stops)
