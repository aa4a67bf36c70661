"""What a fiche must hold before it is shown: the one place of these rules.

The database refuses a published métier whose own row is incomplete; these rules count what stands
in other rows too, and words.
"""

import re
from collections.abc import Iterator

from careerguide.french import is_singular

from .models import Metier, Status

MINIMUM_LINES = {
    "missions": 8,
    "tools": 8,
    "workplaces": 6,
    "strengths": 6,
    "weaknesses": 6,
    "tips": 6,
    "self_assessment": 6,
}
MINIMUM_ROWS = {
    "hours": 6,
    "belgian_facts": 5,
    "training_steps": 5,
    "faq": 6,
    "offers": 5,
    "areas": 6,
    "criteria": 6,
    "evidence": 6,
    "demands": 3,
    "figures": 1,
}
INTRODUCTION_WORDS = (120, 200)
ANSWER_WORDS = (40, 90)
WORD = re.compile(r"[\w’'·-]+")


def count_words(text: str) -> int:
    """« L’infirmière-cheffe est là » counts three."""
    return len(WORD.findall(text))


def missing(metier: Metier) -> Iterator[tuple[str, str, str]]:
    """Field, what was found, what is required: what keeps a published métier from being whole."""
    if metier.status == Status.PUBLISHED:
        yield from gaps(metier)


def gaps(metier: Metier) -> Iterator[tuple[str, str, str]]:
    """The same of a draft too: what publishing it waits for, beside the database's own rules."""
    for name, minimum in MINIMUM_LINES.items():
        count = len(getattr(metier, name))
        if count < minimum:
            yield name, _lines(count), f"{minimum} ou plus"
    for name, minimum in MINIMUM_ROWS.items():
        count = getattr(metier, name).count()
        if count < minimum:
            yield _content_key(name), _lines(count), f"{minimum} ou plus"
    for name in ("salary", "testimony"):
        if not hasattr(metier, name):
            yield name, "rien", "obligatoire pour publier"
    yield from _wrong_lengths(metier)


def _lines(count):
    return f"{count} {'ligne' if is_singular(count) else 'lignes'}"


def _content_key(name):
    return "interests" if name == "evidence" else name


def _wrong_lengths(metier):
    words = count_words(metier.introduction)
    low, high = INTRODUCTION_WORDS
    if not low <= words <= high:
        yield "introduction", f"{words} mots", f"{low} à {high} mots"
    low, high = ANSWER_WORDS
    for index, row in enumerate(metier.faq.order_by("position", "pk")):
        words = count_words(row.answer)
        if not low <= words <= high:
            yield f"faq[{index}].answer", f"{words} mots", f"{low} à {high} mots"
