"""What a visitor typed, as words; long or hostile input is cut to what a search can mean."""

import re
from dataclasses import dataclass

from .words import (
    EMPTY_PHRASES,
    FUNCTION_WORDS,
    IDLE_WORDS,
    INFINITIVE,
    NEGATIONS,
    TURNS,
    fold,
    spans_of,
)

LONGEST_QUERY = 120
"""Characters read of what was typed; the longest name of a métier is 80."""
MOST_WORDS = 10
NO_MORE = re.compile(r"\bn(?:e |.)\w+ (?P<more>plus)\b")
THOUSANDS = re.compile(r"(?<=\d)[\s.](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Query:
    """`words` are folded, `typed` the same as they were typed.

    Those that are not `telling` count only inside a phrase that is known whole, « études
    courtes ». `refusals` has, for each word, the place of the negation that it stands under: of
    « pas envie de travailler dehors », each word has that of « pas ».
    """

    words: tuple[str, ...]
    typed: tuple[str, ...]
    telling: tuple[bool, ...]
    refusals: tuple[int | None, ...]

    @classmethod
    def read(cls, text: str, *, typing: bool = False) -> "Query":
        """When `typing`, the last word may be the beginning of any, « ma » of « maçon »."""
        text = _plain(text[:LONGEST_QUERY])
        words, typed, telling, refusals = [], [], [], []
        refusal, is_spent, spans = None, False, spans_of(text)
        for number, (word, start, end) in enumerate(spans):
            is_begun = typing and number == len(spans) - 1
            if word in TURNS:
                refusal = None
            if word == "ou" and is_spent and words:
                refusal, is_spent = refusals[-1], False
            if word in FUNCTION_WORDS and not is_begun:
                continue
            if is_spent:
                refusal, is_spent = None, False
            if word in NEGATIONS:
                refusal = len(words)
            words.append(word)
            typed.append(text[start:end])
            telling.append(is_begun or not (word in IDLE_WORDS or word in NEGATIONS))
            refusals.append(refusal)
            is_spent = telling[-1] and not INFINITIVE.match(word)
        kept = slice(MOST_WORDS)
        return cls(*(tuple(column[kept]) for column in (words, typed, telling, refusals)))

    @property
    def says_something(self) -> bool:
        """Not « métier », « je sais pas » or « pas cher »."""
        said = zip(self.telling, self.refusals, strict=True)
        return any(is_telling and refusal is None for is_telling, refusal in said)

    @property
    def is_number(self) -> bool:
        """« 95 » means nothing alone; « code 95 » does."""
        said = zip(self.words, self.telling, strict=True)
        words = [word for word, is_telling in said if is_telling]
        return bool(words) and all(map(str.isdigit, words))


def _plain(text):
    """« 4 000 € » as « 4000 euros », « n’étudie plus » as « n’étudie pas », and without « je sais
    pas », whose « pas » refuses nothing."""
    text = THOUSANDS.sub("", text).replace("€", " euros")
    folded = fold(text)
    if len(folded) != len(text):
        return text
    for found in NO_MORE.finditer(folded):
        text = text[: found.start("more")] + "pas " + text[found.end("more") :]
    for found in EMPTY_PHRASES.finditer(folded):
        text = text[: found.start()] + "*" * len(found.group()) + text[found.end() :]
    return text


def clean(text: str) -> str:
    """The text as shown again: without control characters and outer spaces, cut."""
    shown = "".join(c if c.isprintable() else " " for c in text[: 2 * LONGEST_QUERY])
    return " ".join(shown.split())[:LONGEST_QUERY]
