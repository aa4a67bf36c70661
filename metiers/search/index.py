"""One index in memory of all that a métier can be found by; the same on every database.

Names weigh most, then synonyms, then the criteria and the sector, then the texts. A word of the
query may be found as it stands, by its stem, as a beginning, glued to its neighbour, or by the
nearest name within a few keystrokes or by ear.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from rapidfuzz.distance import Prefix

from .query import Query
from .spelling import Spelling
from .words import FUNCTION_WORDS, IDLE_WORDS, NEGATIONS, stem, words_of

NAME_WEIGHT = 12.0
SYNONYM_WEIGHT = 9.0
WISH_WEIGHT = 5.0
TEXT_CEILING = 4.0
"""What a word can weigh by the texts alone, however often it stands there; under a wish."""
TEXT_HALFWAY = 3.0
"""The weighted count of a word in the texts that is worth half the ceiling."""

WHOLE_NAME_BONUS = 8.0
"""For a métier of which a name, or a synonym by its share, stands in the query whole."""

STEM_QUALITY = 0.95
PREFIX_QUALITY = 0.5, 0.4
"""For any beginning, and what is added when the beginning is the whole word."""
NEAREST_PREFIXES = 40
SHORTEST_KIN = 5
KIN_SHARE = 0.6
"""Of the longer word, the letters at its beginning that two of a family share."""
KIN_QUALITY = 0.55
SHORTEST_PREFIX = 3
SHORTEST_PREFIX_IN_TEXTS = 5

ENOUGH_COVERAGE = 0.5
"""A métier stays if it holds half as much of the query, rare words counting more, as the best."""

LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Document:
    """What one métier can be found by: `texts` are (weight, text)."""

    names: Sequence[str]
    synonyms: Sequence[str]
    texts: Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Wish:
    """Words for something that several métiers share: `kind` « critere », `key` « dehors »."""

    kind: str
    key: str
    name: str
    phrases: Sequence[str]
    documents: Collection[int]


@dataclass(slots=True)
class Hits:
    """The documents found: `score` has one value a document, 0 where it is not found.

    `words` are the folded words to mark; `corrections` pairs what was typed with what was
    understood; `unknown` are the words of the query that nothing is like; `wishes` are the shared
    things that it names. A query that says nothing (« un métier ») is not `understood`.
    """

    score: np.ndarray
    words: set[str] = field(default_factory=set)
    corrections: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    understood: bool = True

    @property
    def found(self) -> np.ndarray:
        return self.score > 0

    def best(self, count: int) -> np.ndarray:
        """The numbers of the best documents, the best first, equals in their order."""
        numbers = np.flatnonzero(self.found)
        return numbers[np.argsort(-self.score[numbers], kind="stable")][:count]


@dataclass(slots=True)
class _Unit:
    """A part of the query, found or not: a value a document; `is_wish` where it names one."""

    score: np.ndarray
    words: set[str] = field(default_factory=set)
    is_wish: bool = False


class TextIndex:
    def __init__(self, documents: Sequence[Document], wishes: Iterable[Wish] = ()):
        self.size = len(documents)
        weights, names, displays = _Weights(), set(), {}
        self._phrases = defaultdict(list)
        for number, document in enumerate(documents):
            kinds = ((document.names, NAME_WEIGHT), (document.synonyms, SYNONYM_WEIGHT))
            for phrases, weight in kinds:
                for phrase in phrases:
                    self._add_name(number, phrase, weight, weights, names, displays)
            weights.add_texts(number, document.texts)
        self._wishes = {}
        self._wishes_by_word = defaultdict(list)
        for wish in wishes:
            self._add_wish(wish, weights, names, displays)
        self._postings = weights.postings()
        self._words = sorted(self._postings)
        self._names = sorted(names)
        self._by_stem = defaultdict(list)
        for word in self._words:
            self._by_stem[stem(word)].append(word)
        self._spelling = Spelling(self._names, self._words, displays)

    def _add_name(self, number, phrase, weight, weights, names, displays):
        parts = _telling(phrase)
        for word in parts:
            weights.add(word, number, weight)
            names.add(word)
        _remember_spelling(phrase, displays)
        for glued in _glued(words_of(phrase)) | _glued(parts):
            weights.add(glued, number, weight * STEM_QUALITY)
            names.add(glued)
            displays.setdefault(glued, phrase.lower())
        key = frozenset(map(stem, parts))
        if key and (number, weight) not in self._phrases[key]:
            self._phrases[key].append((number, weight / NAME_WEIGHT))

    def _add_wish(self, wish, weights, names, displays):
        for phrase in wish.phrases:
            parts = _telling(phrase)
            if not parts:
                continue
            _remember_spelling(phrase, displays)
            names.update(parts)
            for part in parts:
                weights.know(part)
            if len(parts) == 1:
                self._wishes_by_word[parts[0]].append(wish)
                for number in wish.documents:
                    weights.add(parts[0], number, WISH_WEIGHT)
            else:
                stems = tuple(map(stem, parts))
                self._wishes.setdefault(frozenset(stems), []).append((stems, wish))

    def find(self, text: str, *, typing: bool = False) -> Hits:
        """The documents for a query; when `typing`, its last word may be a mere beginning."""
        query = Query.read(text)
        hits = Hits(np.zeros(self.size))
        options = self._options(query, hits, typing)
        if query.is_idle and not any(self._wished(query, options)):
            hits.understood = False
            return hits
        units = self._units(query, options, hits)
        if units:
            hits.score = self._total(units) + self._whole_names(query, options, hits)
            hits.score[~self._covered(units)] = 0
        return hits

    def _options(self, query, hits, typing):
        """For each word of the query, the words of the index that it may stand for."""
        options = []
        for place, word in enumerate(query.words):
            is_last = typing and place == len(query.words) - 1
            if word in NEGATIONS or (word in IDLE_WORDS and not is_last):
                options.append({word: 1.0})
                continue
            found = self._known(word, SHORTEST_PREFIX - 1 if is_last else SHORTEST_PREFIX)
            if not found:
                found = self._spelling.near(word)
                if found and not is_last:
                    meant = self._spelling.display(max(found, key=found.get))
                    hits.corrections.append((query.typed[place], meant))
            options.append(found)
        return options

    def _known(self, word, shortest_prefix):
        """The words that hold `word` itself, its stem, or begin with it: word → quality."""
        found = {}
        if len(word) >= shortest_prefix:
            found = self._beginning(word, self._names)
        if len(word) >= SHORTEST_PREFIX_IN_TEXTS:
            found |= self._beginning(word, self._words)
        for other in self._by_stem.get(stem(word), ()):
            found[other] = STEM_QUALITY
        if word in self._postings:
            found[word] = 1.0
        if not any(map(self._spelling.is_name, found)):
            found = self._kin(word) | found
        return found

    def _kin(self, word):
        """Names of the same family: « électricité » leads to « électricien »."""
        if len(word) < SHORTEST_KIN:
            return {}
        root = word[:SHORTEST_KIN]
        start = bisect_left(self._names, root)
        found = {}
        for name in self._names[start : start + NEAREST_PREFIXES]:
            if not name.startswith(root):
                break
            shared = Prefix.similarity(word, name)
            if shared >= KIN_SHARE * max(len(word), len(name)):
                found[name] = KIN_QUALITY
        return found

    @staticmethod
    def _beginning(word, words):
        start = bisect_left(words, word)
        found = {}
        for other in words[start : start + NEAREST_PREFIXES]:
            if not other.startswith(word):
                break
            any_prefix, whole = PREFIX_QUALITY
            found[other] = any_prefix + whole * len(word) / len(other)
        return found

    def _units(self, query, options, hits):
        """The parts of the query: wishes of several words first, then names glued, then words."""
        units, used = [], set()
        for places, wishes in self._wished(query, options):
            if used.isdisjoint(places):
                used |= places
                refused = query.is_refused(min(places)) and not self._holds_negation(query, places)
                score = np.where(self._mask(wishes) != refused, WISH_WEIGHT, 0.0)
                units.append(_Unit(score, is_wish=True))
                if not refused:
                    words = {word for place in places for word in options[place]}
                    units[-1].words = words - NEGATIONS - IDLE_WORDS
                    hits.wishes += wishes
        for places, word in self._joined(query):
            if used.isdisjoint(places):
                used |= places
                units.append(self._unit({word: 1.0}))
        for place, word in enumerate(query.words):
            if place in used or word in NEGATIONS or word in IDLE_WORDS:
                continue
            if not options[place]:
                hits.unknown.append(query.typed[place])
                continue
            unit = self._unit(options[place])
            wishes = [
                wish for word in options[place] for wish in self._wishes_by_word.get(word, ())
            ]
            unit.is_wish = bool(wishes)
            if query.is_refused(place):
                unit = _Unit(np.where(unit.score > 0, 0.0, WISH_WEIGHT), is_wish=unit.is_wish)
            else:
                hits.wishes += wishes
            if unit.score.any():
                units.append(unit)
        hits.words = set().union(*(unit.words for unit in units)) if units else set()
        return units

    @staticmethod
    def _holds_negation(query, places):
        return any(query.words[place] in NEGATIONS for place in places)

    def _wished(self, query, options):
        """(places in the query, wishes) for each phrase of several words, the longest first."""
        if not self._wishes:
            return
        stems = [stem(max(found, key=found.get)) if found else None for found in options]
        places = [place for place, found in enumerate(stems) if found]
        for length in range(min(LONGEST_PHRASE, len(places)), 1, -1):
            for chosen in combinations(places, length):
                said = tuple(stems[place] for place in chosen)
                known = self._wishes.get(frozenset(said), ())
                # « être bien payé » holds the words of « bien-être », which say little alone.
                is_idle = all(query.words[place] in IDLE_WORDS for place in chosen)
                wishes = [wish for phrase, wish in known if phrase == said or not is_idle]
                if wishes:
                    yield set(chosen), wishes

    def _mask(self, wishes):
        mask = np.zeros(self.size, bool)
        for wish in wishes:
            mask[list(wish.documents)] = True
        return mask

    def _joined(self, query):
        """Neighbours in the query that are one word in the index: « électro mécanicien »."""
        for length in (3, 2):
            for start in range(len(query.words) - length + 1):
                places = range(start, start + length)
                word = "".join(query.words[place] for place in places)
                if word in self._postings and self._spelling.is_name(word):
                    yield set(places), word

    def _unit(self, options):
        score = np.zeros(self.size)
        for word, quality in options.items():
            documents, weights = self._postings[word]
            score[documents] = np.maximum(score[documents], quality * weights)
        return _Unit(score, set(options))

    def _rarity(self, unit):
        count = np.count_nonzero(unit.score)
        return math.log(1 + self.size / count) / math.log(1 + self.size) if count else 0.0

    def _total(self, units):
        return sum(self._rarity(unit) * unit.score for unit in units)

    def _covered(self, units):
        """Who holds enough of the query; of wishes alone, all, where somebody does."""
        if len(units) > 1 and all(unit.is_wish for unit in units):
            held = np.logical_and.reduce([unit.score > 0 for unit in units])
            if held.any():
                return held
        rarities = [self._rarity(unit) for unit in units]
        held = sum(rarity * (unit.score > 0) for rarity, unit in zip(rarities, units, strict=True))
        return (held > 0) & (held >= ENOUGH_COVERAGE * held.max())

    def _whole_names(self, query, options, hits):
        bonus = np.zeros(self.size)
        stems = {
            stem(max(found, key=found.get)): None
            for place, found in enumerate(options)
            if found and query.words[place] not in IDLE_WORDS
        }
        for length in range(1, min(LONGEST_PHRASE, len(stems)) + 1):
            for chosen in combinations(stems, length):
                for number, share in self._phrases.get(frozenset(chosen), ()):
                    worth = WHOLE_NAME_BONUS * share * length / len(stems)
                    bonus[number] = max(bonus[number], worth)
        return bonus


class _Weights:
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
                if word not in FUNCTION_WORDS and word not in IDLE_WORDS:
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


def _telling(phrase):
    """Its words but « de », « en »; all of them where there are no others."""
    words = words_of(phrase)
    return [word for word in words if word not in FUNCTION_WORDS] or words


def _glued(parts):
    """« aide », « soignant » is « aidesoignant » too; three or four words likewise."""
    return {
        "".join(parts[start : start + length])
        for length in range(2, min(LONGEST_PHRASE, len(parts)) + 1)
        for start in range(len(parts) - length + 1)
    }


def _remember_spelling(phrase, displays):
    for token in phrase.replace("’", " ").replace("'", " ").split():
        for word in words_of(token):
            if len(words_of(token)) == 1:
                displays.setdefault(word, token.strip("(),").lower())
