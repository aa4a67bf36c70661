"""The texts of a content file that a visitor reads, and their sentences."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from careerguide.typography import typeset

# Keys, codes and addresses: read by programs, whatever they look like.
UNREAD = frozenset(
    {
        *("slug", "status", "sector", "rome_code", "isco_code", "block", "source", "sources"),
        *("school", "criteria", "areas", "similar", "line", "group", "kind", "region", "scope"),
        *("track", "url", "website", "regulation_url", "licence", "forms", "search_words"),
        *("published_at", "reviewed_date", "consent_date", "starts_at", "item", "dimension"),
        *("norms", "synonyms"),
    }
)
SENTENCE_END = re.compile(r"(?<=[.!?…])[\s\u00a0\u202f»]+(?=[A-ZÀÂÇÉÈÊÎÔŒ«])|\n+")
WORD = re.compile(r"[^\W_]+")


class Text(NamedTuple):
    """`field` is the way to it in the file: « faq[2].answer »."""

    field: str
    text: str


def prose(data, field: str = "") -> Iterator[Text]:
    """Every text that a visitor may read, with where it stands."""
    if isinstance(data, str):
        if data:
            yield Text(field, data)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in UNREAD:
                yield from prose(value, f"{field}.{key}" if field else key)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from prose(value, f"{field}[{index}]")


def sentences(text: str) -> list[str]:
    """« Tu scies. Tu ponces : c’est plat. » is two."""
    return [sentence for sentence in SENTENCE_END.split(text) if sentence]


def word_count(text: str) -> int:
    return len(WORD.findall(text))


def set_right(data, key=""):
    """The same data, its prose set as a printer would."""
    if key in UNREAD:
        return data
    if isinstance(data, dict):
        return {name: set_right(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [set_right(value) for value in data]
    return typeset(data) if isinstance(data, str) else data
