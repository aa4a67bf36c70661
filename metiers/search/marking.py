"""The words found, shown where they stand."""

from collections.abc import Collection, Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .words import spans_of


def mark(text: str, words: Collection[str]) -> SafeString:
    """The text as HTML, each of the folded `words` in it marked.

    >>> mark("Tirer les câbles", {"cables"})
    'Tirer les <mark>câbles</mark>'
    """
    parts, end = [], 0
    for word, start, stop in spans_of(text) if words else ():
        if word in words and start >= end:
            parts += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
            end = stop
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 — each part is escaped


def holds(text: str, words: Collection[str]) -> set[str]:
    """Those of the folded `words` that the text holds."""
    return {word for word, _, _ in spans_of(text) if word in words}


def first_holding(lines: Iterable[str], words: Collection[str]) -> str | None:
    """The line with the most of the words, the first of equals; None where no line has any."""
    best, most = None, 0
    for line in lines:
        count = len(holds(line, words))
        if count > most:
            best, most = line, count
    return best
