"""What a visitor typed, as words; long or hostile input is cut to what a search can mean."""

from dataclasses import dataclass

from .words import FUNCTION_WORDS, IDLE_WORDS, NEGATIONS, spans_of

LONGEST_QUERY = 120
"""Characters read of what was typed; the longest name of a métier is 80."""
MOST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Query:
    """`words` are folded, `typed` the same as they were typed.

    Idle ones among them count only inside a phrase that is known whole, « études courtes ».
    """

    words: tuple[str, ...]
    typed: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Query":
        text = text[:LONGEST_QUERY]
        spans = [span for span in spans_of(text) if span[0] not in FUNCTION_WORDS][:MOST_WORDS]
        words = tuple(word for word, _, _ in spans)
        return cls(words, tuple(text[start:end] for _, start, end in spans))

    @property
    def is_idle(self) -> bool:
        """« métier », « je cherche un travail »: nothing that one métier holds more than others."""
        return bool(self.words) and all(
            word in IDLE_WORDS or word in NEGATIONS for word in self.words
        )

    def is_refused(self, place: int) -> bool:
        """Whether « sans » or the like stands right before."""
        return place > 0 and self.words[place - 1] in NEGATIONS


def clean(text: str) -> str:
    """The text as shown again: without control characters and outer spaces, cut."""
    shown = "".join(c if c.isprintable() else " " for c in text[: 2 * LONGEST_QUERY])
    return " ".join(shown.split())[:LONGEST_QUERY]
