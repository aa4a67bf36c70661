"""The nearest known words to one that nobody knows, by keystrokes and by ear."""

from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import OSA, Prefix

from .words import sound

FORGIVEN = ((12, 3), (8, 2), (5, 1))
"""From that many letters, so many keystrokes may be wrong (swapped neighbours count once)."""
FORGIVEN_IN_TEXTS = ((6, 1),)
"""Words of the texts are many, and a wrong guess among them would only mislead."""
SHORTEST_OTHER_BEGINNING = 6
"""From that many letters, the error may be in the first one."""
SHORTEST_HEARD, SHORTEST_SOUND = 4, 3
SHORTEST_SOUND_WITH_AN_ERROR = 6

BEST_QUALITY = 0.75
LOST_PER_KEYSTROKE = 0.12
EAR_QUALITY = 0.62
"""For a sound with an error; of an exact one, the best."""
LOST_TO_ANOTHER_BEGINNING = 0.01
MOST_CANDIDATES = 8


class Lexicon:
    """Words where those of nearly the same length are found without reading the others."""

    def __init__(self, words):
        self._by_length = defaultdict(list)
        self._by_beginning = defaultdict(list)
        for word in words:
            self._by_length[len(word)].append(word)
            self._by_beginning[word[0], len(word)].append(word)

    def near(self, word: str, forgiven: int, *, begins_alike=False) -> list[tuple[str, int]]:
        """(word, errors) of the nearest, up to so many errors, all equally near.

        Another beginning is another word, but for one error in a long one.
        """
        if not forgiven:
            return []
        if len(word) >= SHORTEST_OTHER_BEGINNING and not begins_alike:
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
        self._names_by_sound = self._by_sound(names)
        self._words_by_sound = self._by_sound(words)
        self._sounds = Lexicon(filter(None, self._names_by_sound))

    def _by_sound(self, words):
        by_sound = defaultdict(list)
        for word in words:
            by_sound[sound(self.display(word))].append(word)
        return by_sound

    def is_name(self, word: str) -> bool:
        return word in self._known_names

    def display(self, word: str) -> str:
        """With its accents, as a name writes it."""
        return self._displays.get(word, word)

    def near(self, word: str, typed: str) -> dict[str, float]:
        """Word → quality, the nearest only; empty when nothing is near enough.

        What is heard the same comes first, « masson » is « maçon » rather than « maison ».
        """
        heard = sound(typed) if len(word) >= SHORTEST_HEARD else ""
        return (
            self._heard(heard, self._names_by_sound)
            or self._by_keys(word, self._names, FORGIVEN)
            or self._nearly_heard(heard)
            or self._heard(heard, self._words_by_sound)
            or self._by_keys(word, self._words, FORGIVEN_IN_TEXTS)
        )

    @staticmethod
    def _by_keys(word, lexicon, forgiven):
        limit = next((errors for length, errors in forgiven if len(word) >= length), 0)
        return {
            found: BEST_QUALITY
            - LOST_PER_KEYSTROKE * errors
            - LOST_TO_ANOTHER_BEGINNING * (1 - Prefix.normalized_similarity(word, found))
            for found, errors in lexicon.near(word, limit)
        }

    @staticmethod
    def _heard(heard, by_sound):
        alike = by_sound.get(heard, ()) if len(heard) >= SHORTEST_SOUND else ()
        return dict.fromkeys(alike, BEST_QUALITY)

    def _nearly_heard(self, heard):
        if len(heard) < SHORTEST_SOUND_WITH_AN_ERROR:
            return {}
        return {
            name: EAR_QUALITY - LOST_PER_KEYSTROKE * errors
            for key, errors in self._sounds.near(heard, 1, begins_alike=True)
            for name in self._names_by_sound[key]
        }
