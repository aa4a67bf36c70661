"""Whoever's answers the address holds, for the pages of the guide: `request.visitor`."""

from functools import cached_property

from django.urls import reverse

from metiers.catalogue import Catalogue

from . import wording
from .closeness import Closeness, closeness_to
from .dealbreakers import Dealbreaker, chosen, flags_of
from .doubts import Caution, Doubt, cautions_about, doubt_about
from .matching import Answer, Band
from .questionnaire import Questionnaire, read_questionnaire
from .scoring import InterestProfile, Quality, quality, score
from .token import SKIPPED, Answers, encode


class Visitor:
    """Nothing is read before it is asked for: a page that shows no band costs no query."""

    def __init__(self, answers: Answers):
        self.answers = answers

    @cached_property
    def code(self) -> str:
        return encode(self.answers)

    @property
    def query(self) -> str:
        """What an address takes along: « ?r=… »."""
        return f"?r={self.code}"

    @property
    def profile_address(self) -> str:
        return reverse("quiz:result", args=[self.code])

    @property
    def is_complete(self) -> bool:
        """Whether each step of the questionnaire was answered or skipped."""
        return not self.questionnaire.unanswered_steps(self.answers)

    @property
    def is_ranked(self) -> bool:
        """Whether the answers say enough to rank by; see `doubts`."""
        return self.doubt is None

    def band_floors(self, catalogue: Catalogue):
        """One value a métier of the catalogue, the higher the closer; alike inside a band."""
        return self.closeness_in(catalogue).bands

    def band(self, slug: str, catalogue: Catalogue) -> Band | None:
        """None where the answers are too flat, or the métier is not in the catalogue."""
        number = catalogue.numbers.get(slug)
        if number is None or not self.is_ranked:
            return None
        return self.closeness_in(catalogue).band(number)

    def flags(self, slug: str, catalogue: Catalogue) -> list[Dealbreaker]:
        """What a métier of the catalogue has of what the visitor refuses."""
        number = catalogue.numbers.get(slug)
        if number is None or not self.answers.dealbreakers:
            return []
        return flags_of(self.answers.dealbreakers, number, catalogue)

    def closeness_in(self, catalogue: Catalogue) -> Closeness:
        """Computed once a catalogue."""
        kept = self.__dict__.get("_kept")
        if not kept or kept[0] is not catalogue:
            found = closeness_to(
                self.profile, self.answers.level, catalogue, self.questionnaire.norms
            )
            self._kept = kept = catalogue, found
        return kept[1]

    @cached_property
    def questionnaire(self) -> Questionnaire:
        return read_questionnaire(self.answers.set_number)

    @cached_property
    def given(self) -> list[Answer]:
        """What was answered, with its type."""
        return self.questionnaire.given(self.answers)

    @cached_property
    def profile(self) -> InterestProfile:
        return score(self._pairs, self.questionnaire.norms)

    @cached_property
    def quality(self) -> Quality:
        return quality(self._pairs, self.profile)

    @property
    def doubt(self) -> Doubt | None:
        """Why the answers can carry no ranking; None where they can."""
        return None if self.is_confirmed else self._doubt

    @property
    def is_confirmed(self) -> bool:
        """Whether the answers contradict one another, and the visitor stands by them.

        They rank then, and each page says on how little.
        """
        return self.answers.is_confirmed and self._doubt is Doubt.CONTRADICTORY

    @cached_property
    def cautions(self) -> list[str]:
        """What every page that shows a band says beside it; nothing where none is shown."""
        if not self.is_ranked:
            return []
        found = cautions_about(self.given, self.quality)
        causes = [Caution.CONTRADICTORY, *found] if self.is_confirmed else found
        return [wording.caution(cause, len(self.given)) for cause in causes]

    @property
    def refused(self) -> list[Dealbreaker]:
        return chosen(self.answers.dealbreakers)

    @property
    def skipped_count(self) -> int:
        """Statements of the core: to pass over what a refinement adds takes nothing away."""
        core = (question.position for question in self.questionnaire.core)
        return sum(self.answers.values[position - 1] == SKIPPED for position in core)

    @cached_property
    def _doubt(self):
        return doubt_about(self.given, self.skipped_count, self.quality, self.questionnaire.norms)

    @property
    def _pairs(self):
        return [(answer.dimension, answer.value) for answer in self.given]
