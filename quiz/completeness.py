"""What a set of questions must hold before it is published."""

from collections.abc import Iterator

from metiers.riasec import LETTERS

from .models import QuestionSet

PER_DIMENSION = 6
CORE_PER_DIMENSION = 3


def missing(question_set: QuestionSet) -> Iterator[tuple[str, str, str]]:
    """Field, what was found, what is required: six of each type, the core 18 in R I A S E C."""
    if not question_set.is_published:
        return
    questions = list(question_set.questions.order_by("position", "pk"))
    for letter in LETTERS:
        count = sum(question.dimension == letter for question in questions)
        if count != PER_DIMENSION:
            yield "questions", f"{count} phrases du type {letter}", f"{PER_DIMENSION} par type"
    core = "".join(question.dimension for question in questions if question.is_core)
    if core != LETTERS * CORE_PER_DIMENSION:
        yield "questions", f"un noyau {core or 'vide'}", f"{LETTERS * CORE_PER_DIMENSION}"
