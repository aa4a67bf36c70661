"""What a search field proposes while one types."""

import re
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from careerguide.templatetags.french import accord, capfirst_fr
from metiers.addresses import metier_address
from metiers.search.marking import first_holding, holds, mark

from .entries import WISH_LABELS, read_entries
from .snapshot import Catalogue

SHORTEST_TEXT = 2
MOST_METIERS = 6
MOST_WISHES = 2
WISH_PAGES = {"critere": "metiers:criterion", "secteur": "metiers:sector"}
MARKED = re.compile(r"<mark>.*?</mark>")


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
    best = hits.best(MOST_METIERS)
    reasons = _reasons(catalogue, best, hits)
    metiers = [_metier(catalogue, catalogue.stops[number], reasons) for number in best]
    wishes = {(wish.kind, wish.key): wish for wish in hits.wishes if wish.kind in WISH_PAGES}
    return metiers + [_wish(wish, hits.words) for wish in list(wishes.values())[:MOST_WISHES]]


def _metier(catalogue, stop, reasons):
    label, reason = reasons[stop.slug]
    return Suggestion(
        address=metier_address(stop.slug),
        label=label,
        kind=reason or catalogue.facets["secteur"].value(stop.sector).label,
        line=stop.line,
    )


def _reasons(catalogue, numbers, hits):
    """Slug → (name, what else holds the words), « Dans les outils : chalumeau », where neither
    the name nor a synonym has them."""
    found, hidden = {}, {}
    for number in numbers:
        stop = catalogue.stops[number]
        label = mark(capfirst_fr(stop.name), hits.words)
        is_named = bool(holds(stop.name, hits.words))
        synonym = None if is_named else first_holding(stop.synonyms, hits.words)
        found[stop.slug] = label, mark(synonym, hits.words) if synonym else None
        if not (is_named or synonym):
            hidden[stop.slug] = number
    if hits.absent:
        near = f"Proche de «\N{NO-BREAK SPACE}{hits.absent}\N{NO-BREAK SPACE}»"
        return found | {slug: (found[slug][0], near) for slug in hidden}
    for entry in read_entries(catalogue, hidden.values(), hits):
        slug = entry.metier.slug
        found[slug] = found[slug][0], _reason(entry)
    return found


def _reason(entry):
    """The words alone, of a line that may be long."""
    label, line = (entry.place.label, entry.place.line) if entry.place else ("", entry.catch_line)
    words = ", ".join(dict.fromkeys(MARKED.findall(line))) or (line if label else "")
    if not words:
        return None
    return format_html("{} : {}", label or "En bref", mark_safe(words))  # noqa: S308 — escaped


def _wish(wish, words):
    count = len(wish.documents)
    return Suggestion(
        address=reverse(WISH_PAGES[wish.kind], args=[wish.key]),
        label=mark(wish.name, words),
        kind=f"{WISH_LABELS[wish.kind]}, {count} {accord(count, 'métier,métiers')}",
    )
