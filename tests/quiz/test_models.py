import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from quiz.models import Question, QuestionSet
from tests.factories import create_question_set

pytestmark = pytest.mark.django_db


def refusal_of(create, **fields):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        create(**fields)
    return str(caught.value).removeprefix("CHECK constraint failed: ")


@pytest.mark.parametrize("number", [0, 256])
def test_a_number_fits_the_code(number):
    found = refusal_of(create_question_set, number=number, published=False)

    assert found == "question_set_number_fits_the_code"


@pytest.mark.parametrize("number", [1, 255])
def test_a_number_reaches_the_ends_of_its_byte(number):
    assert create_question_set(number=number).number == number


def test_a_published_set_has_a_date():
    question_set = create_question_set(published=False)
    question_set.status, question_set.published_at = "published", None

    assert refusal_of(question_set.save) == "question_set_published_has_date"


def add_question(**fields):
    question_set = QuestionSet.objects.first() or create_question_set(published=False)
    question_set.questions.filter(position=36).delete()
    fields = {"item": "x1", "position": 36, "dimension": "R", "text": "Souder."} | fields
    return Question.objects.create(question_set=question_set, **fields)


def test_an_item_stands_once_in_a_set():
    assert refusal_of(add_question, item="r1") == (
        "UNIQUE constraint failed: quiz_question.question_set_id, quiz_question.item"
    )


def test_a_position_is_taken_once_in_a_set():
    assert refusal_of(add_question, position=35) == (
        "UNIQUE constraint failed: quiz_question.question_set_id, quiz_question.position"
    )


def test_a_statement_is_of_one_of_the_six_types():
    assert refusal_of(add_question, dimension="X") == "question_of_a_dimension"


@pytest.mark.parametrize("position", [0, 37])
def test_a_position_fits_the_code(position):
    assert refusal_of(add_question, position=position) == "question_position_fits_the_code"


def test_a_position_reaches_36():
    assert add_question(position=36).pk


def test_a_draft_changes_freely():
    question_set = create_question_set(published=False)
    question_set.prompt = "Et ça ?"
    question_set.save()
    question_set.questions.get(item="r1").delete()

    assert QuestionSet.objects.get().prompt == "Et ça ?"
    assert Question.objects.count() == 35


@pytest.mark.parametrize(
    "change",
    [
        lambda question_set: question_set.save(),
        lambda question_set: question_set.delete(),
        lambda question_set: question_set.full_clean(),
        lambda question_set: question_set.questions.get(item="r1").save(),
        lambda question_set: question_set.questions.get(item="r1").delete(),
        lambda question_set: question_set.questions.get(item="r1").full_clean(),
        lambda question_set: Question(question_set=question_set, item="x", position=1).save(),
    ],
)
def test_a_published_set_never_changes(change):
    question_set = create_question_set()

    with pytest.raises(ValidationError, match="Un jeu publié ne change jamais"):
        change(question_set)

    assert Question.objects.count() == 36


def test_a_published_set_cannot_be_taken_back():
    question_set = create_question_set()
    question_set.status = "draft"

    with pytest.raises(ValidationError, match="Un jeu publié ne change jamais"):
        question_set.save()

    assert QuestionSet.objects.get().is_published


@pytest.mark.parametrize(
    "spoil",
    [
        lambda norms: [],
        lambda norms: {"match_sd": 0.3},
        lambda norms: norms | {"unknown": 1},
        lambda norms: norms | {"match_sd": -1},
        lambda norms: norms | {"match_sd": "0.3"},
        lambda norms: norms | {"item_mean": [3] * 7},
        lambda norms: norms | {"match_quantiles": norms["match_quantiles"][::-1]},
    ],
)
def test_norms_that_the_scoring_cannot_use_are_refused(spoil):
    question_set = create_question_set(published=False)
    question_set.norms = spoil(question_set.norms)

    with pytest.raises(ValidationError) as caught:
        question_set.full_clean()

    assert list(caught.value.message_dict) == ["norms"]


def test_published_leaves_drafts_out():
    create_question_set(number=1)
    create_question_set(number=2, published=False)

    assert [found.number for found in QuestionSet.objects.published().order_by("pk")] == [1]


def test_questions_come_in_their_order():
    question_set = create_question_set(published=False)
    question_set.questions.get(position=36).delete()
    question_set.questions.filter(position=1).update(position=36)

    loaded = QuestionSet.objects.with_questions().get()

    assert [question.position for question in loaded.questions.all()] == [*range(2, 37)]
