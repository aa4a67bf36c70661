"""What each word weighs for each métier, gathered while an index is built."""

from collections import defaultdict

import numpy as np

from .words import FUNCTION_WORDS, IDLE_WORDS, NEGATIONS, words_of

TEXT_CEILING = 4.0
"""What a word can weigh by the texts alone, however often it stands there; under a wish."""
TEXT_HALFWAY = 3.0
"""The weighted count of a word in the texts that is worth half the ceiling."""
UNTOLD = FUNCTION_WORDS | IDLE_WORDS | NEGATIONS


class Weights:
    """What a word weighs for a document, while the index is built."""

    def __init__(self):
        self._named = defaultdict(dict)  # word → document → weight
        self._counted = defaultdict(dict)  # word → document → weighted count in the texts

    def add(self, word, number, weight):
        if weight > self._named[word].get(number, 0):
            self._named[word][number] = weight

    def know(self, word):
        """Of no weight for anybody, yet no typing error."""
        self._named.setdefault(word, {})

    def add_texts(self, number, texts):
        counted = self._counted
        for weight, text in texts:
            for word in words_of(text):
                if word not in UNTOLD:
                    counts = counted[word]
                    counts[number] = counts.get(number, 0) + weight

    def postings(self):
        """Word → (documents, weights), two arrays as long as each other."""
        found = {}
        for word in self._named.keys() | self._counted.keys():
            weights = {
                number: TEXT_CEILING * count / (count + TEXT_HALFWAY)
                for number, count in self._counted.get(word, {}).items()
            }
            for number, weight in self._named.get(word, {}).items():
                weights[number] = weight + weights.get(number, 0)
            documents = np.fromiter(weights.keys(), np.int32, len(weights))
            found[word] = documents, np.fromiter(weights.values(), np.float32, len(weights))
        return found
