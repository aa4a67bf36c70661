"""One screen of the questionnaire and the addresses that lead from it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from django.urls import reverse

from .questionnaire import Questionnaire
from .refining import Refinement
from .token import SKIPPED, Answers, encode

SECONDS_PER_STATEMENT = 4
ANY_CODE = "any-code"
"""Stands for the answers in an address that is made once a process."""


class Review(StrEnum):
    """Answers gone through again, one step after the other: all of them, or those passed over."""

    EVERYTHING = "tout"
    SKIPPED = "passees"


@dataclass(frozen=True)
class Choice:
    """A worded answer: its value, whether it was given before, where a tap on it leads."""

    value: int
    label: str
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Step:
    """Step `number` of a questionnaire, for somebody who has said `answers` so far.

    The statements of the core come first, then the question on studies, then those that only a
    refinement asks. Raises IndexError for a number beyond. In a `review` an answer leads to the
    next step that it goes through, rather than to what the answers say.
    """

    questionnaire: Questionnaire
    number: int
    answers: Answers
    review: Review | None = None

    def __post_init__(self):
        if not self.is_level:
            object.__setattr__(self, "_question", self.questionnaire.question_at(self.number))

    @property
    def is_level(self):
        return self.questionnaire.is_level(self.number)

    @property
    def is_extra(self):
        return self.number > self.questionnaire.step_count

    @property
    def title(self):
        if self.is_level:
            return "Dernière question"
        if self.is_extra:
            if not self._round:
                return "Changer une réponse"
            return f"Affiner\u00a0: phrase {self._place + 1} sur {len(self._way)}"
        return f"Phrase {self.number} sur {len(self.questionnaire.core)}"

    @property
    def text(self):
        if self.is_level:
            return self.questionnaire.level_prompt
        return self._question.text

    @property
    def choices(self):
        source = self.questionnaire
        labels = source.level_labels if self.is_level else source.answer_labels
        return [
            Choice(value, label, value == self.given, self.address_after(value))
            for value, label in enumerate(labels, start=1)
        ]

    @property
    def given(self):
        """What this step holds: None, 0 (skipped) or 1–5."""
        if self.is_level:
            return self.answers.level
        return self.answers.values[self._question.position - 1]

    @property
    def skip_address(self):
        return self.address_after(SKIPPED)

    @property
    def keep_address(self):
        """On without another answer than the one given; None where that is no step."""
        return self.address_after(self.given) if self.given and self.leads_to_step else None

    @property
    def detour(self):
        """Where somebody is who came to a statement of a refinement out of its turn.

        None where it is its turn, or where it was answered before and may be changed.
        """
        if not self.is_extra or self.given is not None:
            return None
        place = whereabouts(self.questionnaire, self.answers)
        return None if place == step_address(self.number, self.answers) else place

    @property
    def has_answers(self):
        """Whether anything was said that starting over would drop."""
        said = self.answers
        return said != Answers(said.set_number, started_from=said.started_from)

    @property
    def back_address(self):
        if self.review:
            return self._address_in_review(self._before_in_review, self.answers)
        if self.is_extra:
            return self._back_in_round
        if self.number > 1:
            return step_address(self.number - 1, self.answers)
        return start_address(self.answers)

    @property
    def back_is_step(self):
        if self.review:
            return self._before_in_review is not None
        return self._place > 0 if self.is_extra else self.number > 1

    @cached_property
    def result_address(self):
        """Straight to the result for somebody who has been there; None on the way."""
        return None if self._unanswered(self.answers) else result_address(self.answers)

    @property
    def place(self):
        """(4, 19): the fourth of nineteen; within its round for a statement of a refinement."""
        if self.is_extra:
            return self._place + 1, len(self._way)
        return self.number, self.questionnaire.step_count

    @property
    def time_left(self):
        if self.review:
            return "relecture"
        if self.given is not None and not self.leads_to_step:
            return "puis ton profil"
        if self.is_extra:
            seconds = SECONDS_PER_STATEMENT * (len(self._way) - self._place)
            return f"encore {seconds} secondes environ"
        seconds = SECONDS_PER_STATEMENT * (self.questionnaire.step_count - self.number + 1)
        if seconds > 70:
            return "encore deux minutes environ"
        return "encore une minute environ" if seconds > 30 else "presque au bout"

    @cached_property
    def leads_to_step(self):
        """Whether an answer here leads to another step, rather than to a page of another kind."""
        if self.review:
            return self._next_in_review is not None
        if self.is_extra:
            return self._next_in_round is not None
        return not self.is_level and bool(self._unanswered(self._with(SKIPPED)))

    def address_after(self, value):
        """The next step with `value` given here; what comes then once nothing is left to ask."""
        answers = self._with(value)
        if self.review:
            return self._address_in_review(self._next_in_review, answers)
        if self.is_extra and self.leads_to_step:
            return step_address(self._next_in_round, answers)
        if self.leads_to_step:
            return step_address(self.number + 1, answers)
        if self.is_level and self.answers.level is None:
            return dealbreakers_address(answers)
        return result_address(answers)

    def _with(self, value):
        if self.is_level:
            return self.answers.with_level(value)
        return self.answers.with_answer(self._question.position, value)

    def _unanswered(self, answers):
        return self.questionnaire.unanswered_steps(answers)

    # Within a review

    @cached_property
    def _way_of_review(self) -> list[int]:
        """The steps that it goes through, and this one, which may have just left them."""
        steps = steps_to_review(self.questionnaire, self.answers, self.review)
        return steps if self.number in steps else sorted([*steps, self.number])

    @property
    def _before_in_review(self):
        here = self._way_of_review.index(self.number)
        return self._way_of_review[here - 1] if here else None

    @property
    def _next_in_review(self):
        here = self._way_of_review.index(self.number)
        return next(iter(self._way_of_review[here + 1 :]), None)

    def _address_in_review(self, number, answers):
        """What the answers say comes before the first step of a review, and after the last."""
        return step_address(number, answers, self.review) if number else result_address(answers)

    # Within a round of the refinement

    @cached_property
    def _round(self) -> Refinement | None:
        """The one that this statement is of; None once a changed answer asks others instead."""
        rounds = self.questionnaire.rounds(self.answers)
        return next((r for r in rounds if self._question.position in r.positions), None)

    @property
    def _way(self) -> tuple[int, ...]:
        return self._round.positions if self._round else (self._question.position,)

    @cached_property
    def _place(self):
        return self._way.index(self._question.position)

    @property
    def _back_in_round(self):
        if self._place:
            before = self.questionnaire.step_of(self._way[self._place - 1])
            return step_address(before, self.answers)
        return result_address(self.answers)

    @cached_property
    def _next_in_round(self):
        """The step of the next statement of the round that was not asked yet; None at its end."""
        for position in self._way[self._place + 1 :]:
            if self.answers.values[position - 1] is None:
                return self.questionnaire.step_of(position)
        return None


@lru_cache
def _path(name, *args):
    """`reverse`, once a process: a step leads to seven others."""
    return reverse(name, args=args)


def step_address(number, answers, review=None):
    way = f"&revoir={review}" if review else ""
    return f"{_path('quiz:question', number)}?r={encode(answers)}{way}"


def steps_to_review(questionnaire, answers, review):
    """The numbers of the steps that a review goes through: those seen, or those passed over.

    They go in the order in which they were asked: the statements of a refinement in that of their
    rounds, then those that a changed answer leaves without one.
    """
    rounds = questionnaire.rounds(answers)
    in_rounds = [questionnaire.step_of(p) for one in rounds for p in one.positions]
    order = range(1, questionnaire.last_step + 1)
    asked = dict.fromkeys([*order[: questionnaire.step_count], *in_rounds, *order])
    steps = [Step(questionnaire, number, answers) for number in asked]
    if review is Review.SKIPPED:
        return [step.number for step in steps if step.given == SKIPPED and not step.is_level]
    return [step.number for step in steps if step.given is not None]


def review_address(questionnaire, answers, review=Review.EVERYTHING):
    """The first of them; None where there is none."""
    steps = steps_to_review(questionnaire, answers, review)
    return step_address(steps[0], answers, review) if steps else None


def start_address(answers):
    """The door, which somebody who has said something goes back to with it."""
    said = any(value is not None for value in answers.values)
    return reverse("quiz:start") + (f"?r={encode(answers)}" if said else "")


def result_address(answers):
    return _path("quiz:result", ANY_CODE).replace(ANY_CODE, encode(answers))


def dealbreakers_address(answers, *, from_profile=False):
    """`from_profile`: the way out then leads back there, and not to the question before."""
    way_in = "&depuis=profil" if from_profile else ""
    return f"{_path('quiz:dealbreakers')}?r={encode(answers)}{way_in}"


def left_to_refine(questionnaire, answers):
    """The steps of the round to come that are still to be asked; none where none is worth it."""
    return [
        questionnaire.step_of(position)
        for refinement in questionnaire.rounds(answers)
        for position in refinement.positions
        if answers.values[position - 1] is None
    ]


def refine_address(questionnaire, answers):
    """The first of them; None where there is none."""
    left = left_to_refine(questionnaire, answers)
    return step_address(left[0], answers) if left else None


def whereabouts(questionnaire, answers):
    """The first statement not seen yet, of the core, then of the round to come; else the result."""
    unseen = questionnaire.unseen_core(answers) or left_to_refine(questionnaire, answers)
    return step_address(unseen[0], answers) if unseen else result_address(answers)
