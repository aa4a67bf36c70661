"""One index in memory of all that a métier can be found by; the same on every database.

Names weigh most, then synonyms, then the criteria and the sector, then the texts. A word of the
query may be found as it stands, by its stem, as a beginning, glued to its neighbour, or by the
nearest name within a few keystrokes or by ear.
"""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz.distance import Prefix

from .indexed import Absent, Document, Wish
from .phrases import glued, key, naming, remember_spelling, telling
from .query import LONGEST_QUERY, Query
from .reading import Reading
from .spelling import Spelling
from .weights import TEXT_CEILING, Weights
from .words import FUNCTION_WORDS, IDLE_WORDS, NEGATIONS, bare, is_common, stem, words_of

NAME_WEIGHT = 12.0
SYNONYM_WEIGHT = 9.0
WISH_WEIGHT = 5.0

WHOLE_NAME_BONUS = 8.0
"""For a métier of which a name, or a synonym by its share, stands in the query whole."""

STEM_QUALITY = 0.95
"""For another gender or number; what only shares its stem, as a verb does, comes after."""
KIN_OF_STEM_QUALITY = 0.85
PREFIX_QUALITY = 0.5, 0.4
"""For any beginning, and what is added when the beginning is the whole word."""
NEAREST_PREFIXES = 40
NEAREST_SHORT_PREFIXES = 400
"""While one types two letters, which begin many words."""
SHORTEST_KIN = 5
KIN_SHARE = 0.6
"""Of the longer word, the letters at its beginning that two of a family share."""
KIN_QUALITY = 0.55
SHORTEST_PREFIX = 4
SHORTEST_PREFIX_WHILE_TYPING = 2
SHORTEST_PREFIX_IN_TEXTS = 5
SHORTEST_TEXT_WORD = 3
"""A shorter word is an acronym that a name knows, or nothing."""

ENOUGH_COVERAGE = 0.5
"""A métier stays if it holds half as much of the query, rare words counting more, as the best."""
MEANT = 0.6
"""The quality from which a word of the query is taken for one of a name."""


@dataclass(slots=True)
class Hits:
    """The documents found: `score` has one value a document, 0 where it is not found.

    `words` are the folded words to mark; `corrections` pairs what was typed with what was
    understood; `unknown` are the words of the query that nothing is like; `wishes` are the shared
    things that it names; `absent` is the name of a métier that has no fiche. A query that says
    nothing (« un métier ») is not `understood`.
    """

    score: np.ndarray
    words: set[str] = field(default_factory=set)
    corrections: list[tuple[str, str]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    absent: str = ""
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
    """A part of the query, found or not: a value a document; `is_wish` where it names one.

    An `is_extra` one adds to the score and asks nothing: a « de » that may begin another word.
    """

    score: np.ndarray
    words: set[str] = field(default_factory=set)
    is_wish: bool = False
    is_extra: bool = False


class TextIndex:
    def __init__(
        self,
        documents: Sequence[Document],
        wishes: Iterable[Wish] = (),
        absents: Iterable[Absent] = (),
    ):
        self.size = len(documents)
        weights, names, displays = Weights(), set(), {}
        self._phrases = defaultdict(list)
        self._named = defaultdict(set)
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
        self._wish_parts = frozenset().union(*self._wishes)
        self._absents = {}
        for absent in absents:
            self._add_absent(absent, weights, names, displays)
        self._absent_parts = frozenset().union(*self._absents)
        self._postings = weights.postings()
        self._words = sorted(self._postings)
        self._names = sorted(names)
        self._by_stem = defaultdict(list)
        for word in self._words:
            self._by_stem[stem(word)].append(word)
        self._spelling = Spelling(self._names, self._words, displays)

    def _add_name(self, number, phrase, weight, weights, names, displays):
        parts = telling(phrase)
        for word in parts:
            weights.add(word, number, weight)
            names.add(word)
            if weight == NAME_WEIGHT:
                self._named[key(word)].add(number)
        remember_spelling(phrase, displays)
        for word in glued(words_of(phrase)) | glued(parts):
            weights.add(word, number, weight * STEM_QUALITY)
            names.add(word)
            displays.setdefault(word, phrase.lower())
        keys = naming(parts)
        if keys and (number, weight) not in self._phrases[keys]:
            self._phrases[keys].append((number, weight / NAME_WEIGHT))

    def _add_wish(self, wish, weights, names, displays):
        for phrase in wish.phrases:
            parts = telling(phrase)
            if not parts:
                continue
            remember_spelling(phrase, displays)
            names.update(parts)
            for part in parts:
                weights.know(part)
            if len(parts) == 1:
                self._wishes_by_word[parts[0]].append(wish)
                for number in wish.documents:
                    weights.add(parts[0], number, WISH_WEIGHT)
            else:
                keys = tuple(map(key, parts))
                self._wishes.setdefault(frozenset(keys), []).append((keys, wish))

    def _add_absent(self, absent, weights, names, displays):
        """Unless a fiche has that name by now."""
        for phrase in absent.phrases:
            parts = telling(phrase)
            if naming(parts) in self._phrases:
                continue
            remember_spelling(phrase, displays)
            for word in {*parts, *glued(parts)}:
                weights.know(word)
                names.add(word)
                displays.setdefault(word, phrase.lower())
            for said in (parts, ["".join(parts)]):
                self._absents.setdefault(frozenset(map(bare, said)), absent)

    def find(self, text: str, *, typing: bool = False) -> Hits:
        """The documents for a query; when `typing`, its last word may be a mere beginning."""
        query = Query.read(text, typing=typing)
        hits = Hits(np.zeros(self.size))
        reading = Reading.of(query, self._options(query, hits, typing))
        units = self._units(reading, hits)
        hits.understood = (
            bool(units or hits.absent) or query.says_something or not words_of(text[:LONGEST_QUERY])
        )
        if units and not query.is_number:
            bonus = self._whole_names(reading)
            hits.score = self._total(units) + bonus
            hits.score[~(self._covered(units) | (bonus > 0) | self._called(reading))] = 0
        return hits

    def _options(self, query, hits, typing):
        """For each word of the query, the words of the index that it may stand for."""
        options = []
        for place, word in enumerate(query.words):
            if not query.telling[place]:
                options.append({word: 1.0})
                continue
            is_last = typing and place == len(query.words) - 1
            found = self._known(word, SHORTEST_PREFIX_WHILE_TYPING if is_last else SHORTEST_PREFIX)
            if not any(map(self._spelling.is_name, found)):
                found = self._guessed(query.typed[place], word, found, hits, is_last)
            options.append(found)
        return options

    def _guessed(self, typed, word, found, hits, is_last):
        """What was meant where no name is like it; a word that exists is no typing error."""
        near = {}
        if not (found or is_common(word) or word.isdigit() or len(word) < SHORTEST_TEXT_WORD):
            near = self._spelling.near(word, typed)
        if near and not is_last:
            hits.corrections.append((typed, self._spelling.display(max(near, key=near.get))))
        found = near or found
        if any(map(self._spelling.is_name, found)):
            return found
        return self._kin(max(found, key=found.get) if near else word) | found

    def _known(self, word, shortest_prefix):
        """The words that hold `word` itself, its stem, or begin with it: word → quality."""
        if word.isdigit():
            return {word: 1.0} if self._spelling.is_name(word) else {}
        found = {}
        if len(word) >= shortest_prefix:
            found = self._beginning(word, self._names)
        if len(word) >= SHORTEST_PREFIX_IN_TEXTS:
            found |= self._beginning(word, self._words)
        if len(word) < SHORTEST_TEXT_WORD:
            return found | ({word: 1.0} if self._spelling.is_name(word) else {})
        is_strict = self._spelling.is_name(word) or len(word) < SHORTEST_PREFIX
        for other in self._alike(word):
            is_bare = bare(other) == bare(word) and len(word) >= SHORTEST_PREFIX
            if is_bare or self._spelling.is_name(other) or not is_strict:
                found[other] = STEM_QUALITY if is_bare else KIN_OF_STEM_QUALITY
        if word in self._postings:
            found[word] = 1.0
        return found

    def _alike(self, word):
        """The words of its stem; the stemmer keeps the plural of « logos »."""
        stems = {stem(word), stem(word.rstrip("sx"))}
        return [other for shared in stems for other in self._by_stem.get(shared, ())]

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
        most = NEAREST_PREFIXES if len(word) >= SHORTEST_PREFIX else NEAREST_SHORT_PREFIXES
        for other in words[start : start + most]:
            if not other.startswith(word):
                break
            any_prefix, whole = PREFIX_QUALITY
            found[other] = any_prefix + whole * len(word) / len(other)
        return found

    def _units(self, reading, hits):
        """The parts of the query: absent names first, then wishes of several words, names glued,
        and last the words."""
        units, used = [], set()
        for places, absent in self._absent(reading):
            used |= places
            hits.absent = absent.name
            units.append(self._near(absent))
        for places, wishes in self._wished(reading):
            if used.isdisjoint(places):
                is_refused = reading.refusal(places, used) is not None
                used |= places
                units.append(self._wanted(wishes, is_refused, hits))
                if not is_refused:
                    words = {word for place in places for word in reading.options[place]}
                    units[-1].words = words - NEGATIONS - IDLE_WORDS
        for places, word in self._joined(reading.query):
            if used.isdisjoint(places):
                used |= places
                units.append(self._unit({word: 1.0}))
        for place, is_telling in enumerate(reading.query.telling):
            if is_telling and place not in used:
                units += self._of_word(reading, place, used, hits)
        units = [unit for unit in units if unit.score.any()]
        hits.words = set().union(*(unit.words for unit in units)) if units else set()
        return units

    def _of_word(self, reading, place, used, hits):
        """None for a word that is refused and is no wish: « pas cher » says nothing."""
        query, options = reading.query, reading.options[place]
        wishes = self._wishes_of(options)
        if reading.refusal({place}, used) is not None:
            return [self._wanted(wishes, True, hits)] if wishes else []
        if not options:
            hits.unknown.append(query.typed[place])
            return []
        hits.wishes += wishes
        unit = self._unit(options)
        unit.is_wish = bool(wishes)
        unit.is_extra = query.words[place] in FUNCTION_WORDS and sum(query.telling) > 1
        return [unit]

    def _wishes_of(self, options):
        """The wishes that a word names; of one that begins or errs, those that it may name."""
        sure = [word for word, quality in options.items() if quality >= KIN_OF_STEM_QUALITY]
        return [wish for word in sure or options for wish in self._wishes_by_word.get(word, ())]

    def _wanted(self, wishes, is_refused, hits):
        if not is_refused:
            hits.wishes += wishes
        score = np.where(self._mask(wishes) != is_refused, WISH_WEIGHT, 0.0)
        return _Unit(score, is_wish=True)

    def _absent(self, reading):
        """(places, absent) of the longest name without a fiche, if no longer name holds it."""
        bares = [word and bare(word) for word in reading.best]
        places = [place for place, word in enumerate(bares) if word in self._absent_parts]
        for some, _ in reading.chosen(places):
            absent = self._absents.get(frozenset(bares[place] for place in some))
            is_meant = absent and reading.names(some) and reading.refusal(some, ()) is None
            if is_meant and not self._is_in_a_name(reading, set(some)):
                yield set(some), absent
                return

    def _is_in_a_name(self, reading, places):
        """Whether a name that a fiche bears stands in the query and holds these words."""
        return any(
            places.issubset(some) and frozenset(keys) in self._phrases
            for some, keys in reading.chosen(reading.told())
        )

    def _near(self, absent):
        score = np.zeros(self.size)
        for place, number in enumerate(absent.documents):
            score[number] = NAME_WEIGHT - place / self.size
        return _Unit(score, is_wish=True)

    def _wished(self, reading):
        """(places in the query, wishes) for each phrase of several words, the longest first."""
        places = [place for place, known in enumerate(reading.keys) if known in self._wish_parts]
        for some, said in reading.chosen(places, least=2):
            known = self._wishes.get(frozenset(said), ())
            # « être bien payé » holds the words of « bien-être », which say little alone.
            is_idle = not any(reading.query.telling[place] for place in some)
            wishes = [wish for phrase, wish in known if phrase == said or not is_idle]
            if wishes and reading.takes_negation(some):
                yield set(some), wishes

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
        units = [unit for unit in units if not unit.is_extra] or units
        if len(units) > 1 and all(unit.is_wish for unit in units):
            held = np.logical_and.reduce([unit.score > TEXT_CEILING for unit in units])
            if held.any():
                return held
        rarities = [self._rarity(unit) for unit in units]
        held = sum(rarity * (unit.score > 0) for rarity, unit in zip(rarities, units, strict=True))
        return (held > 0) & (held >= ENOUGH_COVERAGE * held.max())

    def _called(self, reading):
        """Who has a word of the query in its name: « infirmière », of « infirmière scolaire »."""
        called = np.zeros(self.size, bool)
        for place, options in enumerate(reading.options):
            if reading.query.telling[place] and max(options.values(), default=0) >= MEANT:
                called[list(self._named.get(reading.keys[place], ()))] = True
        return called

    def _whole_names(self, reading):
        bonus = np.zeros(self.size)
        told = reading.told()
        count = len({reading.keys[place] for place in told})
        for _, keys in reading.chosen(told):
            for number, share in self._phrases.get(frozenset(keys), ()):
                worth = WHOLE_NAME_BONUS * share * len(set(keys)) / count
                bonus[number] = max(bonus[number], worth)
        return bonus
