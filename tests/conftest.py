from copy import copy

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models.query import REPR_OUTPUT_SIZE, QuerySet
from django.utils import timezone

from careerguide.content.reading import import_content
from desk.middleware import PublishDue
from quiz.models import QuestionSet
from tests.client import StrictClient
from tests.htmx import Htmx

OF_A_REPR = slice(None, REPR_OUTPUT_SIZE + 1, None)

# No test fails because the machine was busy.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.fixture
def client():
    return StrictClient()


@pytest.fixture
def htmx(client):
    return Htmx(client)


@pytest.fixture(autouse=True)
def slices_are_ordered(monkeypatch):
    """A slice of unordered rows is another one tomorrow: it fails today."""
    get_item = QuerySet.__getitem__

    def ordered_get_item(queryset, index):
        ours = queryset.model._meta.app_label in ("metiers", "quiz")
        if ours and queryset._result_cache is None and index != OF_A_REPR:
            assert queryset.ordered, f"unordered rows of {queryset.model.__name__} are sliced"
        return get_item(queryset, index)

    monkeypatch.setattr(QuerySet, "__getitem__", ordered_get_item)


@pytest.fixture(autouse=True)
def day_has_begun(monkeypatch):
    """A day's first request looks for what is due: no test counts that query."""
    monkeypatch.setattr(PublishDue, "asked_on", timezone.localdate())


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Django asks SQLite once a process whether it knows JSON: no test counts that query."""
    with django_db_blocker.unblock():
        assert connection.features.supports_json_field


@pytest.fixture(scope="session")
def content_statements(django_db_setup, django_db_blocker):
    """(SQL, parameters) of what the content files give, read once a session and left out again."""
    models = [
        model
        for label in ("metiers", "quiz")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    ]
    statements = []

    def note(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE")):
            statements.append((sql, params))
        return execute(sql, params, many, context)

    with django_db_blocker.unblock():
        with transaction.atomic():
            import_content(settings.CONTENT_DIR)
            rows = [(model, list(model.objects.order_by("pk"))) for model in models]
            transaction.set_rollback(True)
        with transaction.atomic(), connection.execute_wrapper(note):
            create(rows)
            transaction.set_rollback(True)
    return statements


@pytest.fixture
def content(content_statements, db):
    """The real content, in the database for one test."""
    fill(content_statements)


def fill(statements):
    """Much faster than the ORM, which would work out the same each time."""
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)


def create(rows):
    """Sets of questions are published once they have theirs: the database refuses the reverse."""
    for model, instances in rows:
        if model is QuestionSet:
            instances = [copy(instance) for instance in instances]
            for draft in instances:
                draft.status = QuestionSet.Status.DRAFT
        model.objects.bulk_create(instances)
    QuestionSet.objects.update(status=QuestionSet.Status.PUBLISHED)
