"""Sentences that stand in two fiches, word for word or nearly."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process

from metiers.search.words import fold

from .findings import Finding
from .prose import WORD, prose, sentences

FEWEST_WORDS = 6
NEARLY = 82
"""Of 100, by the longest common subsequence of the letters: one word in six changed."""
# What is a name, an amount or a road may be the same everywhere.
SHARED = re.compile(
    r"figures|salary|demands|offers|studies_|testimony\.context|training_steps\[\d+\]\.(?!text)"
)


class Told(NamedTuple):
    name: str
    place: str
    sentence: str

    @property
    def folded(self) -> str:
        return " ".join(WORD.findall(fold(self.sentence)))


def repeated(fiches: dict[str, dict]) -> Iterator[Finding]:
    """For each sentence that an earlier one is like, where both stand."""
    told = [one for name, data in fiches.items() for one in told_in(name, data)]
    folded = [one.folded for one in told]
    likeness = process.cdist(
        folded, folded, scorer=fuzz.ratio, score_cutoff=NEARLY, dtype=np.uint8, workers=-1
    )
    for first, second in zip(*np.nonzero(np.triu(likeness, k=1)), strict=True):
        yield _finding(told[second], told[first])


def told_in(name: str, data: dict) -> Iterator[Told]:
    """The sentences of a fiche that are long enough to be somebody's own."""
    for place, text in prose(data):
        if not SHARED.match(place):
            for sentence in sentences(text):
                if len(WORD.findall(sentence)) >= FEWEST_WORDS:
                    yield Told(name, place, sentence)


class Memory:
    """The sentences of many fiches, for one fiche to be held against.

    Two that are nearly the same share three words in a row, since one word in six differs at most:
    only those that do are compared by the letter. What changes later stands in a table of its own:
    to sort a guide of 2,000 fiches again takes seconds.
    """

    def __init__(self, fiches: Iterable[tuple[str, dict]]):
        self._whole = _Table(fiches)
        self._changed: dict[str, dict | None] = {}
        self._since = _Table(())

    def learn(self, fiches: Mapping[str, dict | None]) -> None:
        """What fiches say from now on; None of one that is no more."""
        self._changed |= fiches
        self._since = _Table((n, data) for n, data in self._changed.items() if data is not None)

    def like(self, name: str, data: dict) -> Iterator[Finding]:
        """Each sentence of a fiche that stands in another, whose name differs, too."""
        for told in told_in(name, data):
            still = (other for other in self._whole.like(told) if other.name not in self._changed)
            for other in chain(still, self._since.like(told)):
                if other.name != name:
                    yield _finding(told, other)
                    break


class _Table:
    """Sentences by the threes of words in them, sorted as numbers."""

    def __init__(self, fiches: Iterable[tuple[str, dict]]):
        self.told: list[Told] = []
        self.folded: list[str] = []
        marks, numbers = [], []
        for name, data in fiches:
            for told in told_in(name, data):
                own = _marks(folded := told.folded)
                marks += own
                numbers += [len(self.told)] * len(own)
                self.told.append(told)
                self.folded.append(folded)
        order = np.argsort(marks, kind="stable")
        self._marks = np.array(marks, dtype=np.int64)[order]
        self._numbers = np.array(numbers, dtype=np.int32)[order]

    def like(self, told: Told) -> Iterator[Told]:
        folded = told.folded
        for number in sorted(self._sharing(folded)):
            if fuzz.ratio(folded, self.folded[number]) >= NEARLY:
                yield self.told[number]

    def _sharing(self, folded):
        marks = np.array(_marks(folded), dtype=np.int64)
        ends = zip(
            np.searchsorted(self._marks, marks, "left"),
            np.searchsorted(self._marks, marks, "right"),
            strict=True,
        )
        return {int(number) for low, high in ends for number in self._numbers[low:high]}


def _marks(folded):
    words = folded.split()
    return [hash(three) for three in zip(words, words[1:], words[2:], strict=False)]


def _finding(told, other):
    return Finding(told.name, told.place, f"déjà dans {other.name}, {other.place}", told.sentence)
