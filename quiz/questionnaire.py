"""A question set as the pure modules and the templates want it: read once, then plain values."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from careerguide.edition import current_stamp

from .matching import Answer
from .models import QuestionSet
from .refining import Refinement, Statement, rounds
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

    @cached_property
    def core(self):
        return tuple(question for question in self.questions if question.is_core)

    @cached_property
    def step_count(self):
        """The core statements, then the length of studies."""
        return len(self.core) + 1

    @property
    def last_step(self):
        return self.step_count + len(self.extras)

    @cached_property
    def extras(self):
        """The statements that only a refinement asks; their steps follow that of the studies."""
        return tuple(question for question in self.questions if not question.is_core)

    def is_level(self, step):
        return step == self.step_count

    def question_at(self, step):
        """The statement of a step that is not the question on studies; IndexError beyond."""
        return self.core[step - 1] if step < self.step_count else self.extras[self._place(step)]

    def step_of(self, position):
        """Where the statement at that position of the set is asked."""
        questions = (*self.core, None, *self.extras)
        return next(
            step
            for step, question in enumerate(questions, start=1)
            if question and question.position == position
        )

    def _place(self, step):
        return step - self.step_count - 1

    def given(self, answers: Answers) -> list[Answer]:
        """What was answered, with its type: what `explain` quotes and `score` adds up."""
        by_position = {question.position: question for question in self.questions}
        return [
            Answer(position, by_position[position].dimension, value)
            for position, value in answers.answered
            if position in by_position
        ]

    def rounds(self, answers: Answers) -> list[Refinement]:
        """Somebody's refinements so far, then the one to come; see `refining.rounds`.

        None before every statement of the core was seen: the choice would rest on half of it.
        """
        if self.unseen_core(answers):
            return []
        core = {question.position for question in self.core}
        given = self.given(answers)
        return _rounds(
            self.norms,
            tuple((a.dimension, a.value) for a in given if a.item in core),
            tuple(Statement(q.position, q.dimension) for q in self.extras),
            tuple(
                (q.position, answers.values[q.position - 1])
                for q in self.extras
                if answers.values[q.position - 1] is not None
            ),
        )

    def unseen_core(self, answers: Answers) -> list[int]:
        """The steps of the core's statements that were neither answered nor skipped."""
        return [
            step
            for step, question in enumerate(self.core, start=1)
            if answers.values[question.position - 1] is None
        ]

    def unanswered_steps(self, answers: Answers) -> list[int]:
        """The same, then that of the question on studies."""
        return self.unseen_core(answers) + ([self.step_count] if answers.level is None else [])


@lru_cache(maxsize=512)
def _rounds(norms, core, extras, given):
    """The steps of one round ask for the same choice again and again."""
    return rounds(core, extras, dict(given), norms)


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
