"""The database refuses to change a published set, whoever asks."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models.signals import pre_migrate

from quiz.immutability import INCOMPLETE, REFUSAL, protect, unprotect
from quiz.models import Question, QuestionSet
from tests.factories import create_question_set

pytestmark = pytest.mark.django_db

SETS, QUESTIONS = QuestionSet._meta.db_table, Question._meta.db_table


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def add_question():
    kept = QuestionSet.objects.get(number=1)
    Question.objects.bulk_create(
        [Question(question_set=kept, item="x9", position=36, dimension="R", text="Planter.")]
    )


def move_question_in():
    Question.objects.filter(question_set__number=2, position=1).update(
        question_set=QuestionSet.objects.get(number=1), position=36, item="x9"
    )


def replace_row(table, pk, **changed):
    """SQLite's road around a trigger of DELETE: a row put where one with the same key stands."""
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, table)
    columns = [column.name for column in described]
    chosen = ", ".join(changed.get(column, column) for column in columns)
    sql(
        f"INSERT OR REPLACE INTO {table} ({', '.join(columns)})"  # noqa: S608
        f" SELECT {chosen} FROM {table} WHERE id = {pk}"
    )


def published_questions():
    return Question.objects.filter(question_set__number=1)


ROADS = {
    "change a word": lambda: QuestionSet.objects.filter(number=1).update(prompt="Autre"),
    "change the norms": lambda: QuestionSet.objects.filter(number=1).update(norms={}),
    "take back to draft": lambda: QuestionSet.objects.filter(number=1).update(status="draft"),
    "renumber": lambda: sql(f"UPDATE {SETS} SET number = 9 WHERE number = 1"),  # noqa: S608
    "delete": lambda: QuestionSet.objects.filter(number=1).delete(),
    "delete by SQL": lambda: sql(f"DELETE FROM {SETS} WHERE number = 1"),  # noqa: S608
    "change a statement": lambda: published_questions().filter(position=1).update(text="Autre."),
    "change all by SQL": lambda: sql(f"UPDATE {QUESTIONS} SET text = 'Autre.'"),  # noqa: S608
    "delete a statement": lambda: published_questions().filter(position=1).delete(),
    "add a statement": add_question,
    "move one in": move_question_in,
    "move one out": lambda: (
        published_questions()
        .filter(position=36)
        .update(question_set=QuestionSet.objects.get(number=2))
    ),
}

ON_SQLITE = {
    "replace a set": lambda: replace_row(SETS, pk_of(1), prompt="'Autre'"),
    "replace a set by its number": lambda: replace_row(SETS, pk_of(2), id="99", number="1"),
    "renumber over a set": lambda: sql(
        f"UPDATE OR REPLACE {SETS} SET number = 1 WHERE number = 2"  # noqa: S608
    ),
    "replace a statement": lambda: replace_row(
        QUESTIONS, published_questions().earliest("position").pk, question_set_id=str(pk_of(2))
    ),
    "put a draft's statement over one": lambda: sql(
        f"UPDATE OR REPLACE {QUESTIONS} SET id = {published_questions().earliest('position').pk}"  # noqa: S608
        f" WHERE question_set_id = {pk_of(2)} AND position = 1"
    ),
}


def pk_of(number):
    return QuestionSet.objects.get(number=number).pk


@pytest.fixture
def sets():
    create_question_set(number=1)
    create_question_set(number=2, published=False)
    Question.objects.filter(question_set__number=2, position=36).delete()
    return list(QuestionSet.objects.order_by("number").values())


@pytest.mark.parametrize("road", ROADS.values(), ids=ROADS)
def test_no_road_changes_a_published_set(sets, road):
    if road is ROADS["add a statement"] or road is ROADS["move one in"]:
        unprotect()
        published_questions().filter(position=36).delete()
        protect(None)
    before = list(Question.objects.order_by("pk").values())

    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        road()

    assert list(QuestionSet.objects.order_by("number").values()) == sets
    assert list(Question.objects.order_by("pk").values()) == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="OR REPLACE is SQLite's own")
@pytest.mark.parametrize("road", ON_SQLITE.values(), ids=ON_SQLITE)
def test_nothing_takes_the_place_of_what_is_published(sets, road):
    before = list(Question.objects.order_by("pk").values())

    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        road()

    assert list(QuestionSet.objects.order_by("number").values()) == sets
    assert list(Question.objects.order_by("pk").values()) == before


def lose_one(questions):
    questions.filter(position=36).delete()


def change_a_type(questions):
    questions.filter(position=36).update(dimension="R")


def shrink_the_core(questions):
    questions.filter(position=1).update(is_core=False)


@pytest.mark.parametrize("spoil", [lose_one, change_a_type, shrink_the_core])
def test_half_a_set_is_not_published(spoil):
    create_question_set(number=2, published=False)
    spoil(Question.objects.filter(question_set__number=2))

    with pytest.raises(DatabaseError, match=INCOMPLETE), transaction.atomic():
        QuestionSet.objects.update(status="published", published_at="2026-11-25")

    assert not QuestionSet.objects.published().exists()


def test_a_set_without_questions_is_not_born_published(sets):
    fields = {name: value for name, value in sets[0].items() if name != "id"}

    with pytest.raises(DatabaseError, match=INCOMPLETE), transaction.atomic():
        QuestionSet.objects.bulk_create([QuestionSet(**fields | {"number": 9})])


def test_a_draft_changes_and_is_published():
    create_question_set(number=1)
    create_question_set(number=2, published=False)
    draft = QuestionSet.objects.filter(number=2)

    draft.update(prompt="Autre")
    Question.objects.filter(question_set__number=2, position=1).update(text="Autre.")
    draft.update(status="published", published_at="2026-11-25")

    assert QuestionSet.objects.published().count() == 2
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        draft.update(prompt="Encore")


def test_protecting_twice_is_protecting_once(sets):
    protect(None)
    protect(None)

    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        QuestionSet.objects.update(prompt="Autre")


def test_a_migration_may_make_the_tables_anew(sets):
    """As SQLite does to alter one; a trigger that names the old table would stop it."""
    pre_migrate.send(apps.get_app_config("quiz"), using="default")

    sql(f"ALTER TABLE {SETS} RENAME TO old_sets")
    sql(f"ALTER TABLE old_sets RENAME TO {SETS}")
    assert QuestionSet.objects.update(prompt="Autre") == 2


def in_another_session(act):
    try:
        with transaction.atomic():
            return act()
    finally:
        connection.close()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_what_is_being_published_takes_no_statement_more():
    """It waits for the publication, and is refused once that is done."""
    create_question_set(number=1, published=False)
    try:
        with ThreadPoolExecutor(1) as other:
            with transaction.atomic():
                QuestionSet.objects.update(status="published", published_at="2026-11-25")
                adding = other.submit(in_another_session, add_question)
                while not is_anybody_waiting():
                    assert not adding.done()
            with pytest.raises(DatabaseError, match=REFUSAL):
                adding.result()
        assert Question.objects.count() == 36
    finally:
        unprotect()  # or else the flush that follows would be refused


def is_anybody_waiting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]
