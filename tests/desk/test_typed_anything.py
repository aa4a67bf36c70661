"""Whatever an editor types and the desk takes comes back from the exported files as it was."""

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careerguide.content.reading import import_content
from careerguide.content.registry import documents
from careerguide.content.writing import export_content
from metiers.models import Criterion, GlossaryTerm, School, Sector, Source
from tests.careerguide.test_content_properties import filled
from tests.desk_editor import change_page, shown_fields
from tests.factories import create_term, create_whole_metier

TYPED = (models.CharField, models.TextField, models.JSONField)


@pytest.fixture
def rows(db):
    metier = create_whole_metier(published=False)
    create_term()
    return {"metier": metier} | {
        model._meta.model_name: model.objects.first()
        for model in (Sector, School, Criterion, Source, GlossaryTerm)
    }


def is_free_text(field):
    """Not what has a form of its own, which hardly any text has."""
    shaped = isinstance(field, models.URLField | models.SlugField)
    return isinstance(field, TYPED) and not shaped and not field.choices


def typed_fields(data, row):
    """(name in the form, model, name of the column) of each that takes a text, in its rows too."""
    inner = {
        relation.get_accessor_name(): relation.related_model
        for relation in row._meta.related_objects
    }
    for name in data:
        prefix, _, rest = name.partition("-")
        in_rows = bool(rest) and prefix in inner
        model, column = (inner[prefix], rest.partition("-")[2]) if in_rows else (type(row), name)
        columns = {field.name: field for field in model._meta.fields}
        if column in columns and is_free_text(columns[column]):
            yield name, model, column


def everything():
    """What the files hold, of every kind, in the database's own order."""
    return {
        document.path: [document.dump(row) for row in document.model.objects.order_by("pk")]
        for document in documents()
    }


def forget_everything():
    for document in reversed(documents()):
        document.model.objects.all().delete()


@pytest.mark.parametrize(
    "kind", ["metier", "sector", "school", "criterion", "source", "glossaryterm"]
)
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_what_the_desk_takes_comes_back_from_the_files(editor, rows, kind, tmp_path_factory, data):
    row, folder = rows[kind], tmp_path_factory.mktemp("files")
    with transaction.atomic():
        address = change_page(row)
        form = shown_fields(editor.open(address).content.decode())
        fields = list(typed_fields(form, row))
        chosen = data.draw(st.lists(st.sampled_from(fields), max_size=8, unique=True))
        changes = {name: data.draw(filled(model, column)) for name, model, column in chosen}

        response = editor.client.post(address, form | changes)
        assert response.status_code == 302 or (changes and response.context["errors"])

        before = everything()
        list(export_content(folder))
        forget_everything()
        import_content(folder)
        assert everything() == before
        transaction.set_rollback(True)
