"""The stamp of the content is another one after every write, whoever wrote."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models.signals import pre_migrate

from careerguide.edition import current_stamp, watch_tables
from careerguide.models import Edition
from metiers.catalogue import read_catalogue
from metiers.models import Criterion, Metier
from quiz.models import QuestionSet
from quiz.questionnaire import read_questionnaire
from tests.factories import create_criterion, create_metier, create_question_set

pytestmark = pytest.mark.django_db


def add_link():
    Metier.objects.get().criteria.add(create_criterion(name="Dehors"))


def write_sql():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE metiers_metier SET catch_line = 'Autre'")


@pytest.mark.parametrize(
    "write",
    [
        lambda: Metier.objects.get().save(),
        lambda: Metier.objects.update(catch_line="Autre"),
        lambda: Metier.objects.all().delete(),
        lambda: create_metier(title="Soudeur"),
        lambda: Criterion.objects.bulk_create([Criterion(slug="nuit", name="Nuit", group="work")]),
        add_link,
        write_sql,
        lambda: create_question_set(),
    ],
)
def test_a_write_renews_the_stamp(write):
    create_metier()
    before = current_stamp()

    write()

    assert current_stamp() not in (None, before)


def test_reading_leaves_the_stamp():
    create_metier()
    before = current_stamp()

    list(Metier.objects.all())
    read_catalogue()

    assert current_stamp() == before


def test_what_is_rolled_back_leaves_the_stamp():
    create_metier()
    before = current_stamp()

    with transaction.atomic():
        Metier.objects.update(catch_line="Autre")
        transaction.set_rollback(True)

    assert current_stamp() == before


def test_a_metier_is_in_the_catalogue_as_soon_as_it_is_published():
    draft = create_metier(title="Soudeur", published=False)
    assert "soudeur" not in read_catalogue().numbers

    draft.status = "published"
    draft.save()

    assert "soudeur" in read_catalogue().numbers
    draft.delete()
    assert "soudeur" not in read_catalogue().numbers


def test_the_catalogue_is_kept_while_nothing_changes(django_assert_num_queries):
    create_metier()
    kept = read_catalogue()

    with django_assert_num_queries(1):
        assert read_catalogue() is kept


def test_a_new_question_set_is_asked_at_once():
    create_question_set(number=1)
    assert read_questionnaire().number == 1

    create_question_set(number=2)

    assert read_questionnaire().number == 2
    assert read_questionnaire(1).number == 1
    with pytest.raises(QuestionSet.DoesNotExist):
        read_questionnaire(3)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alters a table by a new one")
def test_a_migration_may_make_the_table_of_the_stamp_anew():
    table = Edition._meta.db_table
    before = current_stamp()

    pre_migrate.send(apps.get_app_config("careerguide"), using="default")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE new_edition AS SELECT * FROM {table}")  # noqa: S608
        cursor.execute(f"DROP TABLE {table}")
        cursor.execute(f"ALTER TABLE new_edition RENAME TO {table}")
        cursor.execute(f"CREATE UNIQUE INDEX only_edition ON {table} (id)")
    create_metier()
    assert current_stamp() == before

    watch_tables(apps.get_app_config("metiers"))
    watched = current_stamp()
    Metier.objects.update(catch_line="Autre")
    assert current_stamp() != watched
