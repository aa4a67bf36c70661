"""What a search field proposes while one types."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from careerguide.templatetags.french import accord, capfirst_fr
from metiers.search.marking import first_holding, holds, mark

from .entries import WISH_LABELS
from .snapshot import Catalogue

SHORTEST_TEXT = 2
MOST_METIERS = 6
MOST_WISHES = 2
WISH_PAGES = {"critere": "metiers:criterion", "secteur": "metiers:sector"}


@dataclass(frozen=True)
class Suggestion:
    """A fiche, or a page of several métiers; `kind` is which, or the other name found."""

    address: str
    label: SafeString
    kind: str
    line: str = ""


def suggest(catalogue: Catalogue, text: str) -> list[Suggestion]:
    """The métiers first, by name rather than by text; then the criteria and sectors named."""
    if len(text) < SHORTEST_TEXT:
        return []
    hits = catalogue.text.find(text, typing=True)
    stops = [catalogue.stops[number] for number in hits.best(MOST_METIERS)]
    metiers = [_metier(catalogue, stop, hits.words) for stop in stops]
    wishes = {(wish.kind, wish.key): wish for wish in hits.wishes}
    return metiers + [_wish(wish, hits.words) for wish in list(wishes.values())[:MOST_WISHES]]


def _metier(catalogue, stop, words):
    sector = catalogue.facets["secteur"].value(stop.sector).label
    synonym = None if holds(stop.name, words) else first_holding(stop.synonyms, words)
    return Suggestion(
        address=reverse("metiers:detail", args=[stop.slug]),
        label=mark(capfirst_fr(stop.name), words),
        kind=mark(synonym, words) if synonym else sector,
        line=stop.line,
    )


def _wish(wish, words):
    count = len(wish.documents)
    return Suggestion(
        address=reverse(WISH_PAGES[wish.kind], args=[wish.key]),
        label=mark(wish.name, words),
        kind=f"{WISH_LABELS[wish.kind]}, {count} {accord(count, 'métier,métiers')}",
    )
