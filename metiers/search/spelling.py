"""The nearest known words to one that nobody knows, by keystrokes and by ear."""

from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .words import sound

FORGIVEN = ((11, 3), (7, 2), (4, 1))
"""From that many letters, so many keystrokes may be wrong (swapped neighbours count once)."""
FORGIVEN_IN_TEXTS = ((6, 1),)
"""Words of the texts are many, and a wrong guess among them would only mislead."""
SHORTEST_OTHER_BEGINNING = 6
"""From that many letters, the error may be in the first one."""
FORGIVEN_BY_EAR = 1
SHORTEST_SOUND = 4

BEST_QUALITY = 0.75
LOST_PER_KEYSTROKE = 0.12
EAR_QUALITY = 0.5
MOST_CANDIDATES = 8


class Lexicon:
    """Words where those of nearly the same length are found without reading the others."""

    def __init__(self, words):
        self._by_length = defaultdict(list)
        self._by_beginning = defaultdict(list)
        for word in words:
            self._by_length[len(word)].append(word)
            self._by_beginning[word[0], len(word)].append(word)

    def near(self, word: str, forgiven: int) -> list[tuple[str, int]]:
        """(word, errors) of the nearest, up to so many errors, all equally near.

        Another beginning is another word, but for one error in a long one.
        """
        if not forgiven:
            return []
        if len(word) >= SHORTEST_OTHER_BEGINNING:
            lengths = range(len(word) - 1, len(word) + 2)
            near = self._nearest(word, (self._by_length.get(n, ()) for n in lengths), 1)
            if near:
                return near
        lengths = range(len(word) - forgiven, len(word) + forgiven + 1)
        alike = (self._by_beginning.get((word[0], n), ()) for n in lengths)
        return self._nearest(word, alike, forgiven)

    @staticmethod
    def _nearest(word, groups, forgiven):
        near = []
        for words in groups:
            near += process.extract(
                word, words, scorer=OSA.distance, score_cutoff=forgiven, limit=MOST_CANDIDATES
            )
        least = min((errors for _, errors, _ in near), default=0)
        return [(found, errors) for found, errors, _ in near if errors == least][:MOST_CANDIDATES]


class Spelling:
    """`names` are the words of names, synonyms and wishes; `words` those of the texts too."""

    def __init__(self, names, words, displays):
        self._known_names = frozenset(names)
        self._names, self._words = Lexicon(names), Lexicon(words)
        self._displays = displays
        by_sound = defaultdict(list)
        for name in names:
            by_sound[sound(name)].append(name)
        self._by_sound = by_sound
        self._sounds = Lexicon(filter(None, by_sound))

    def is_name(self, word: str) -> bool:
        return word in self._known_names

    def display(self, word: str) -> str:
        """With its accents, as a name writes it."""
        return self._displays.get(word, word)

    def near(self, word: str) -> dict[str, float]:
        """Word → quality, the nearest only; empty when nothing is near enough."""
        return (
            self._by_keys(word, self._names, FORGIVEN)
            or self._by_ear(word)
            or self._by_keys(word, self._words, FORGIVEN_IN_TEXTS)
        )

    @staticmethod
    def _by_keys(word, lexicon, forgiven):
        limit = next((errors for length, errors in forgiven if len(word) >= length), 0)
        near = lexicon.near(word, limit)
        return {found: BEST_QUALITY - LOST_PER_KEYSTROKE * errors for found, errors in near}

    def _by_ear(self, word):
        heard = sound(word)
        if len(heard) < SHORTEST_SOUND:
            return {}
        exact = [(heard, 0)] if heard in self._by_sound else []
        return {
            name: EAR_QUALITY - LOST_PER_KEYSTROKE * errors
            for key, errors in exact or self._sounds.near(heard, FORGIVEN_BY_EAR)
            for name in self._by_sound[key]
        }
