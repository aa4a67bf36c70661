"""What a visitor asks of the list, as the address says it: a promise, so nothing is renamed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from metiers.search.query import clean

from .snapshot import Catalogue

SORTS = {
    "pertinence": "pertinence",
    "proximite": "proximité",
    "secteur": "secteur",
    "nom": "nom",
    "salaire": "salaire",
    "etudes": "durée des études",
}
MOST_DIGITS = 6
"""Of a page number; a longer one asks for the last page."""


@dataclass(frozen=True)
class Wishes:
    """What can't be read in the address counts as not said.

    `chosen` has the keys by facet; `answers` is the visitor's code, `r` in the address.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    answers: str = ""

    @classmethod
    def read(cls, query: QueryDict, catalogue: Catalogue, answers: str = "") -> "Wishes":
        chosen = {
            name: facet.known(query.getlist(name)) for name, facet in catalogue.facets.items()
        }
        sort = query.get("tri", "")
        return cls(
            text=clean(query.get("q", "")),
            chosen={name: keys for name, keys in chosen.items() if keys},
            sort=sort if sort in SORTS else "",
            page=_page(query.get("page", "")),
            answers=answers,
        )

    def without(self, name: str, key: str) -> "Wishes":
        """Without one key of a facet; from the first page on."""
        return self.choosing(name, [k for k in self.chosen.get(name, ()) if k != key])

    def choosing(self, name: str, keys: Iterable[str]) -> "Wishes":
        """With these keys of a facet in place of its own; from the first page on."""
        chosen = {**self.chosen, name: tuple(keys)}
        return replace(self, chosen={n: given for n, given in chosen.items() if given}, page=1)

    def saying(self, text: str) -> "Wishes":
        return replace(self, text=text, page=1)

    def on_page(self, page: int) -> "Wishes":
        return replace(self, page=page)

    def cleared(self) -> "Wishes":
        """Nothing asked; the answers stay."""
        return Wishes(answers=self.answers)

    def unanswered(self) -> "Wishes":
        """The same without the visitor's answers."""
        sort = "" if self.sort == "proximite" else self.sort
        return replace(self, answers="", sort=sort)

    @property
    def narrows(self) -> bool:
        return bool(self.text or self.chosen)

    @property
    def address(self) -> str:
        """The one address of these wishes: parameters in a fixed order, nothing empty."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, key) for name, keys in self.chosen.items() for key in keys]
        pairs += [("tri", self.sort)] if self.sort else []
        pairs += [("page", self.page)] if self.page > 1 else []
        pairs += [("r", self.answers)] if self.answers else []
        return _path() + (f"?{urlencode(pairs)}" if pairs else "")


@cache
def _path():
    """Asked for fifty times by a list with many chips."""
    return reverse("metiers:list")


def _page(text):
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return max(int(digits[:MOST_DIGITS]), 1) if len(digits) <= MOST_DIGITS else 10**MOST_DIGITS
