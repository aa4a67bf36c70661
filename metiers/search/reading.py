"""What the words of a query are taken for, and what stands together in it."""

from dataclasses import dataclass
from itertools import combinations

from .phrases import LONGEST_PHRASE, key
from .query import Query
from .words import NEGATIONS, bare, is_common


@dataclass(frozen=True, slots=True)
class Reading:
    """A query, and for each of its words those of the index that it may stand for."""

    query: Query
    options: list[dict[str, float]]
    best: list[str | None]
    keys: list[str | None]

    @classmethod
    def of(cls, query, options):
        best = [max(found, key=found.get) if found else None for found in options]
        return cls(query, options, best, [word and key(word) for word in best])

    def told(self):
        """The places of the words that say something and are known."""
        telling = self.query.telling
        return [place for place, known in enumerate(self.keys) if known and telling[place]]

    def chosen(self, places, *, least=1):
        """(places, keys) of a few words of these places, the most first."""
        for length in range(min(LONGEST_PHRASE, len(places)), least - 1, -1):
            # Of « pas faire de longues études », the phrase that says most: not « pas faire ».
            for some in sorted(combinations(places, length), key=self._idleness):
                yield some, tuple(self.keys[place] for place in some)

    def _idleness(self, places):
        return sum(not self.query.telling[place] for place in places)

    def names(self, places):
        """Whether one of these words says something, and all stand for no other that exists:
        « marche » is not the beginning of « marchand »."""
        words, telling = self.query.words, self.query.telling
        return any(telling[place] for place in places) and not any(
            is_common(words[place]) and bare(words[place]) != bare(self.best[place])
            for place in places
        )

    def refusal(self, places, used):
        """The place of the negation that these words stand under and that no phrase took."""
        place = self.query.refusals[min(places)]
        return None if place in used or place in places else place

    def takes_negation(self, places):
        """Whether the negation among them, if any, is the one that the others stand under."""
        words, refusals = self.query.words, self.query.refusals
        negations = [place for place in places if words[place] in NEGATIONS]
        others = [place for place in places if place not in negations]
        return not negations or (bool(others) and refusals[min(others)] == max(negations))
