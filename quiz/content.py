"""What the content files of this app hold."""

from dataclasses import dataclass

from careerguide.content import schema
from careerguide.content.parts import Document, Part, Rows, Value

from .completeness import missing
from .models import Question, QuestionSet


@dataclass(frozen=True)
class Publication(Part):
    """The status, set last: a published set takes no question any more."""

    key: str = "status"

    def schema(self):
        return schema.of_field(QuestionSet._meta.get_field("status"))

    def canonical(self, data):
        return data.get("status", QuestionSet.Status.DRAFT.value)

    def dump(self, question_set):
        return question_set.status

    def attach(self, question_set, status, references):
        if status == QuestionSet.Status.PUBLISHED:
            question_set.status = status
            question_set.save()


SET_COLUMNS = [
    "number",
    "published_at",
    "prompt",
    "answer_labels",
    "level_prompt",
    "level_labels",
    "norms",
]

DOCUMENTS = [
    Document(
        model=QuestionSet,
        path="question_sets/*.yaml",
        natural_key="number",
        parts=(
            *(Value(QuestionSet, name) for name in SET_COLUMNS),
            Rows(
                key="questions",
                model=Question,
                parent="question_set",
                columns=("item", "dimension", "is_core", "text"),
            ),
            Publication(),
        ),
        check=missing,
    )
]
