"""Whoever's answers the address holds, for the pages of the guide: `request.visitor`."""

from functools import cached_property

from django.urls import reverse

from metiers.catalogue import Catalogue

from .closeness import Closeness, closeness_to
from .matching import Band
from .questionnaire import Questionnaire, read_questionnaire
from .scoring import Quality, quality, score
from .token import Answers, encode


class Visitor:
    """Nothing is read before it is asked for: a page that shows no band costs no query."""

    def __init__(self, answers: Answers):
        self.answers = answers
        self.code = encode(answers)

    @property
    def query(self) -> str:
        """What an address takes along: « ?r=… »."""
        return f"?r={self.code}"

    @property
    def profile_address(self) -> str:
        return reverse("quiz:result", args=[self.code])

    @property
    def is_ranked(self) -> bool:
        """Whether the answers say enough to rank by; see `scoring.quality`."""
        return self._quality is not Quality.FLAT

    def closeness(self, catalogue: Catalogue):
        """One value a métier of the catalogue, the higher the closer."""
        return self._closeness(catalogue).values

    def band(self, slug: str, catalogue: Catalogue) -> Band | None:
        """None where the answers are too flat, or the métier is not in the catalogue."""
        number = catalogue.numbers.get(slug)
        if number is None or not self.is_ranked:
            return None
        return self._closeness(catalogue).band(number)

    def _closeness(self, catalogue) -> Closeness:
        kept = self.__dict__.get("_kept")
        if not kept or kept[0] is not catalogue:
            found = closeness_to(
                self._profile,
                self.answers.level,
                catalogue,
                self.answers.set_number,
                self.questionnaire.norms,
            )
            self._kept = kept = catalogue, found
        return kept[1]

    @cached_property
    def questionnaire(self) -> Questionnaire:
        return read_questionnaire(self.answers.set_number)

    @cached_property
    def _pairs(self):
        return [(a.dimension, a.value) for a in self.questionnaire.given(self.answers)]

    @cached_property
    def _profile(self):
        return score(self._pairs, self.questionnaire.norms)

    @cached_property
    def _quality(self):
        return quality(self._pairs, self._profile)
