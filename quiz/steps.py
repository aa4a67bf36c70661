"""One screen of the questionnaire and the addresses that lead from it."""

from dataclasses import dataclass

from django.urls import reverse

from .questionnaire import Questionnaire
from .token import SKIPPED, Answers, encode

SECONDS_PER_STATEMENT = 4


@dataclass(frozen=True)
class Choice:
    """A worded answer: its value, whether it was given before, where a tap on it leads."""

    value: int
    label: str
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Step:
    """Statement `number` of a questionnaire, for somebody who has said `answers` so far."""

    questionnaire: Questionnaire
    number: int
    answers: Answers

    @property
    def is_level(self):
        return self.questionnaire.is_level(self.number)

    @property
    def title(self):
        if self.is_level:
            return "Dernière question"
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
    def back_address(self):
        if self.number > 1:
            return step_address(self.number - 1, self.answers)
        return reverse("quiz:start")

    @property
    def result_address(self):
        """Straight to the result for somebody who has been there; None on the way."""
        return None if self._unanswered(self.answers) else result_address(self.answers)

    @property
    def stations(self):
        return [
            "done" if number < self.number else "here" if number == self.number else "ahead"
            for number in range(1, self.questionnaire.step_count + 1)
        ]

    @property
    def time_left(self):
        seconds = SECONDS_PER_STATEMENT * (self.questionnaire.step_count - self.number + 1)
        if seconds > 70:
            return "encore deux minutes environ"
        return "encore une minute environ" if seconds > 30 else "presque au bout"

    @property
    def leads_to_step(self):
        """Whether an answer here leads to another step, rather than to the result."""
        return not self.is_level and bool(self._unanswered(self._with(SKIPPED)))

    def address_after(self, value):
        """The next step with `value` given here; the result once nothing is left to ask."""
        answers = self._with(value)
        if self.leads_to_step:
            return step_address(self.number + 1, answers)
        return result_address(answers)

    def _with(self, value):
        if self.is_level:
            return self.answers.with_level(value)
        return self.answers.with_answer(self._question.position, value)

    def _unanswered(self, answers):
        return self.questionnaire.unanswered_steps(answers)

    @property
    def _question(self):
        return self.questionnaire.core[self.number - 1]


def step_address(number, answers):
    return f"{reverse('quiz:question', args=[number])}?r={encode(answers)}"


def result_address(answers):
    return reverse("quiz:result", args=[encode(answers)])
