"""The métiers of one page of a list, with the words of the query marked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from careerguide.templatetags.french import capfirst_fr
from metiers.card import Card
from metiers.search.index import Hits
from metiers.search.marking import first_holding, holds, mark

from .shown import FOUND_IN
from .snapshot import Catalogue, read_catalogue

WISH_LABELS = {
    "critere": "Critère",
    "secteur": "Secteur",
    "demande": "Demande",
    "salaire": "Salaire",
}
LONGEST_PLACE = 160
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True)
class Place:
    """Where a word of the query was found: « Dans les missions », and the line, marked."""

    label: str
    line: SafeString


@dataclass(frozen=True)
class Entry:
    """A métier in the list; `place` is where the query was found, `band` the visitor's.

    `flags` have a `label` each: what the métier has of what the visitor refuses.
    """

    metier: Card
    name: SafeString
    catch_line: SafeString
    place: Place | None
    band: object | None
    flags: Sequence


def read_entries(
    catalogue: Catalogue, numbers: Iterable[int], hits: Hits | None = None, visitor=None
) -> list[Entry]:
    """The entries of these métiers, in their order; no query."""
    return [
        Entry(
            metier=metier,
            **_marked(metier, number, hits),
            **said_to(visitor, metier, catalogue),
        )
        for number, metier in ((number, catalogue.shown[number]) for number in numbers)
    ]


def entries_of(metiers: Iterable[Card], visitor=None) -> list[Entry]:
    """Entries of métiers that were read elsewhere."""
    catalogue = read_catalogue() if visitor else None
    return [
        Entry(
            metier=metier,
            **_marked(metier, None, None),
            **said_to(visitor, metier, catalogue),
        )
        for metier in metiers
    ]


def said_to(visitor, metier: Card, catalogue: Catalogue | None = None) -> dict:
    """`band` and `flags` of a métier for the visitor, whose catalogue is read once if at all."""
    if not visitor:
        return {"band": None, "flags": ()}
    catalogue = catalogue or read_catalogue()
    return {
        "band": visitor.band(metier.slug, catalogue),
        "flags": visitor.flags(metier.slug, catalogue),
    }


def _marked(metier, number, hits):
    words = hits.words if hits else frozenset()
    return {
        "name": mark(capfirst_fr(metier.name_both), words),
        "catch_line": mark(metier.catch_line, words),
        "place": _place(metier, number, hits) if hits else None,
    }


def _place(metier, number, hits):
    """The line of the fiche, or the criterion, where the rest of the query was found."""
    wishes = {wish.name: wish for wish in hits.wishes if number in wish.documents}
    if wishes:
        label = WISH_LABELS[next(iter(wishes.values())).kind] if len(wishes) == 1 else "Critères"
        return Place(label, mark(", ".join(wishes), hits.words))
    unseen = set(hits.words) - holds(f"{metier.name_both} {metier.catch_line}", hits.words)
    for field, label in FOUND_IN.items() if unseen else ():
        line = first_holding(metier.texts[field], unseen)
        if line:
            return Place(label, mark(_around(line, unseen), hits.words))
    return None


def _around(line, words):
    """The line; of a long text, the sentence that holds one of the words."""
    if len(line) <= LONGEST_PLACE:
        return line
    sentences = SENTENCE_END.split(line)
    return first_holding(sentences, words) or line[:LONGEST_PLACE]
