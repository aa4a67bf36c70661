"""The nearest known words to one that nobody knows, by keystrokes and by ear."""

from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .words import sound

FORGIVEN = ((11, 3), (7, 2), (4, 1))
"""From that many letters, so many keystrokes may be wrong (swapped neighbours count once)."""
FORGIVEN_IN_TEXTS = ((6, 1),)
"""Words of the texts are many, and a wrong guess among them would only mislead."""
FORGIVEN_BY_EAR = 1
SHORTEST_SOUND = 4

BEST_QUALITY = 0.75
LOST_PER_KEYSTROKE = 0.12
EAR_QUALITY = 0.5
MOST_CANDIDATES = 8


class Spelling:
    """`names` are the words of names, synonyms and wishes; `words` those of the texts too."""

    def __init__(self, names, words, displays):
        self._names = names
        self._known_names = frozenset(names)
        self._words = words
        self._displays = displays
        by_sound = defaultdict(list)
        for name in names:
            by_sound[sound(name)].append(name)
        self._by_sound = by_sound
        self._sounds = list(by_sound)

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

    def _by_keys(self, word, words, forgiven):
        limit = next((errors for length, errors in forgiven if len(word) >= length), 0)
        if not limit:
            return {}
        near = process.extract(
            word, words, scorer=OSA.distance, score_cutoff=limit, limit=MOST_CANDIDATES
        )
        # More than one error, and another beginning, is another word.
        near = [(w, errors) for w, errors, _ in near if errors == 1 or w[0] == word[0]]
        least = min((errors for _, errors in near), default=0)
        return {w: BEST_QUALITY - LOST_PER_KEYSTROKE * e for w, e in near if e == least}

    def _by_ear(self, word):
        heard = sound(word)
        if len(heard) < SHORTEST_SOUND:
            return {}
        near = process.extract(
            heard, self._sounds, scorer=OSA.distance, score_cutoff=FORGIVEN_BY_EAR, limit=3
        )
        least = min((errors for _, errors, _ in near), default=0)
        return {
            name: EAR_QUALITY - LOST_PER_KEYSTROKE * errors
            for key, errors, _ in near
            if errors == least
            for name in self._by_sound[key]
        }
