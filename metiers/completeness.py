"""What a fiche must hold before it is shown: the one place of these rules.

The database refuses a published métier whose own row is incomplete; these rules count what stands
in other rows too, and words.
"""

import re
from collections.abc import Iterator

from careerguide.french import is_singular

from .models import Metier, Status
from .models.metier import REQUIRED_TEXTS
from .riasec import LETTERS

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
SINGLE_ROWS = ("salary", "testimony")
MANDATORY = "obligatoire pour publier"
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


def lacking_in(data: dict) -> list[tuple[str, str, str]]:
    """Place, what was found, what is required: all that publishing waits for, each place once.

    What the database itself demands, and `gaps_in`.
    """
    found = {place: rest for place, *rest in (*_empty_in(data), *gaps_in(data))}
    return [(place, *rest) for place, rest in found.items()]


def _empty_in(data):
    for name in REQUIRED_TEXTS:
        if not data[name]:
            yield name, "vide", MANDATORY
    interests = data["interests"] or {}
    for letter in LETTERS:
        if interests.get(letter, {}).get("value") is None:
            yield f"interests.{letter}.value", "vide", MANDATORY


def need(required: str) -> str:
    """« 8 ou plus » is said « il faut 8 ou plus »; what is mandatory says so by itself."""
    return required if required == MANDATORY else f"il faut {required}"


def gaps(metier: Metier) -> Iterator[tuple[str, str, str]]:
    """The same of a draft too: what publishing it waits for, beside the database's own rules."""
    counts = {name: len(getattr(metier, name)) for name in MINIMUM_LINES}
    counts |= {_content_key(name): getattr(metier, name).count() for name in MINIMUM_ROWS}
    counts |= {name: hasattr(metier, name) for name in SINGLE_ROWS}
    answers = metier.faq.order_by("position", "pk").values_list("answer", flat=True)
    return _gaps(counts, metier.introduction, answers)


def gaps_in(data: dict) -> Iterator[tuple[str, str, str]]:
    """The same of the data of a content file."""
    counts = {name: len(data[name]) for name in BLOCKS if name not in ("interests", *SINGLE_ROWS)}
    counts |= {name: bool(data[name]) for name in SINGLE_ROWS}
    interests = (data["interests"] or {}).values()
    counts["interests"] = sum(bool(one["evidence"]) for one in interests)
    return _gaps(counts, data["introduction"], [row["answer"] for row in data["faq"]])


def _gaps(counts, introduction, answers):
    for name, minimum in (MINIMUM_LINES | MINIMUM_ROWS).items():
        key = _content_key(name)
        if counts[key] < minimum:
            yield key, _lines(counts[key]), f"{minimum} ou plus"
    for name in SINGLE_ROWS:
        if not counts[name]:
            yield name, "rien", MANDATORY
    yield from _wrong_lengths(introduction, answers)


def _lines(count):
    return f"{count} {'ligne' if is_singular(count) else 'lignes'}"


def _content_key(name):
    return "interests" if name == "evidence" else name


def _wrong_lengths(introduction, answers):
    words = count_words(introduction)
    low, high = INTRODUCTION_WORDS
    if not low <= words <= high:
        yield "introduction", f"{words} mots", f"{low} à {high} mots"
    low, high = ANSWER_WORDS
    for index, answer in enumerate(answers):
        words = count_words(answer)
        if not low <= words <= high:
            yield f"faq[{index}].answer", f"{words} mots", f"{low} à {high} mots"


NAMES = ("name_masculine", "name_feminine", "short_name")
TEXTS = tuple(name for name in REQUIRED_TEXTS if name not in NAMES)
BLOCKS = (*TEXTS, *MINIMUM_LINES, *map(_content_key, MINIMUM_ROWS), *SINGLE_ROWS)
"""The parts of a fiche that are counted, each whole or not; its names, it has from the start."""
