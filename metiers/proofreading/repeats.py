"""Sentences that stand in two fiches, word for word or nearly."""

import re
from collections.abc import Iterator

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


def repeated(fiches: dict[str, dict]) -> Iterator[Finding]:
    """For each sentence that an earlier one is like, where both stand."""
    told = [
        (name, place, sentence)
        for name, data in fiches.items()
        for place, text in prose(data)
        if not SHARED.match(place)
        for sentence in sentences(text)
        if len(WORD.findall(sentence)) >= FEWEST_WORDS
    ]
    folded = [" ".join(WORD.findall(fold(sentence))) for _, _, sentence in told]
    likeness = process.cdist(
        folded, folded, scorer=fuzz.ratio, score_cutoff=NEARLY, dtype=np.uint8, workers=-1
    )
    for first, second in zip(*np.nonzero(np.triu(likeness, k=1)), strict=True):
        (name, place, sentence), (other, elsewhere, _) = told[second], told[first]
        yield Finding(name, place, f"déjà dans {other}, {elsewhere}", sentence)
