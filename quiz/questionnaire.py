"""A question set as the pure modules and the templates want it: read once, then plain values."""

from dataclasses import dataclass

from careerguide.edition import current_stamp

from .matching import Answer
from .models import QuestionSet
from .scoring import Norms
from .token import Answers


@dataclass(frozen=True)
class Questionnaire:
    """A published set: its statements in order, its words and its norms."""

    number: int
    prompt: str
    answer_labels: tuple[str, ...]
    level_prompt: str
    level_labels: tuple[str, ...]
    questions: tuple
    norms: Norms

    @classmethod
    def load(cls, number=None):
        """The set of that number, or the newest; `QuestionSet.DoesNotExist` when there is none."""
        published = QuestionSet.objects.published().with_questions()
        found = published.get(number=number) if number else published.latest("number")
        return cls(
            number=found.number,
            prompt=found.prompt,
            answer_labels=tuple(found.answer_labels),
            level_prompt=found.level_prompt,
            level_labels=tuple(found.level_labels),
            questions=tuple(found.questions.all()),
            norms=Norms.from_dict(found.norms),
        )

    @property
    def core(self):
        return tuple(question for question in self.questions if question.is_core)

    @property
    def step_count(self):
        """The core statements, then the length of studies."""
        return len(self.core) + 1

    def is_level(self, step):
        return step == self.step_count

    def given(self, answers: Answers) -> list[Answer]:
        """What was answered, with its type: what `explain` quotes and `score` adds up."""
        by_position = {question.position: question for question in self.questions}
        return [
            Answer(position, by_position[position].dimension, value)
            for position, value in answers.answered
            if position in by_position
        ]

    def unanswered_steps(self, answers: Answers) -> list[int]:
        """The steps of the core that were neither answered nor skipped."""
        steps = [
            step
            for step, question in enumerate(self.core, start=1)
            if answers.values[question.position - 1] is None
        ]
        return steps + ([self.step_count] if answers.level is None else [])


_kept: tuple[str | None, dict[int | None, Questionnaire]] = (None, {})


def read_questionnaire(number: int | None = None) -> Questionnaire:
    """`Questionnaire.load`, read once per process and again when any content changes; one query."""
    global _kept
    stamp = current_stamp()
    if stamp is None or _kept[0] != stamp:
        _kept = (stamp, {})
    kept = _kept[1]
    if number not in kept:
        kept[number] = Questionnaire.load(number)
    return kept[number]
