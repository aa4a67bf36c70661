"""What a set of questions must hold before it is published."""

from collections.abc import Iterable, Iterator

from metiers.riasec import LETTERS

from .models import QuestionSet

PER_DIMENSION = 6
CORE_PER_DIMENSION = 3


def missing(question_set: QuestionSet) -> Iterator[tuple[str, str, str]]:
    """Field, what was found, what is required: of a published set."""
    if question_set.is_published:
        questions = question_set.questions.order_by("position", "pk")
        for found, required in lacking([(row.dimension, row.is_core) for row in questions]):
            yield "questions", found, required


def lacking(questions: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, str]]:
    """What was found and what is required: six of each type, the core 18 in R I A S E C.

    `questions` are (letter, whether of the core), in order.
    """
    questions = list(questions)
    for letter in LETTERS:
        count = sum(dimension == letter for dimension, _ in questions)
        if count != PER_DIMENSION:
            yield f"{count} phrases du type {letter}", f"{PER_DIMENSION} par type"
    core = "".join(dimension for dimension, is_core in questions if is_core)
    if core != LETTERS * CORE_PER_DIMENSION:
        yield f"un noyau {core or 'vide'}", f"{LETTERS * CORE_PER_DIMENSION}"
