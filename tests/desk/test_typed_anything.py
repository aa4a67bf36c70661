"""Whatever an editor types and the desk takes comes back from the exported files as it was."""

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careerguide.content.reading import import_content
from careerguide.content.registry import documents
from careerguide.content.writing import export_content
from metiers.models import Criterion, GlossaryTerm, School, Sector, Source
from tests.careerguide.test_content_properties import MISREAD, characters
from tests.desk_editor import change_page, shown_fields
from tests.factories import create_term, create_whole_metier

TYPED = (models.CharField, models.TextField, models.JSONField)
whatever = st.sampled_from(MISREAD) | st.text(characters, max_size=60)


@pytest.fixture
def rows(db):
    metier = create_whole_metier(published=False)
    create_term()
    firsts = (model.objects.first() for model in (Sector, School, Criterion, Source, GlossaryTerm))
    return [metier, *firsts]


def is_free_text(field):
    """Not what has a form of its own, which hardly any text has."""
    shaped = isinstance(field, models.URLField | models.SlugField)
    return isinstance(field, TYPED) and not shaped and not field.choices


def typed_names(data, row):
    """The fields of a page's form that take a text, those of its rows too."""
    own = {field.name: field for field in row._meta.get_fields() if isinstance(field, TYPED)}
    inner = {
        relation.get_accessor_name(): relation.related_model
        for relation in row._meta.related_objects
    }
    for name in data:
        prefix, _, rest = name.partition("-")
        if rest and prefix in inner:
            wanted = rest.partition("-")[2]
            names = {field.name: field for field in inner[prefix]._meta.fields}
        else:
            wanted, names = name, own
        field = names.get(wanted)
        if is_free_text(field):
            yield name


def everything():
    """What the files hold, of every kind, in the database's own order."""
    return {
        document.path: [document.dump(row) for row in document.model.objects.order_by("pk")]
        for document in documents()
    }


def forget_everything():
    for document in reversed(documents()):
        document.model.objects.all().delete()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), which=st.integers(0, 5))
def test_what_the_desk_takes_comes_back_from_the_files(editor, rows, tmp_path_factory, data, which):
    row, folder = rows[which], tmp_path_factory.mktemp("files")
    with transaction.atomic():
        address = change_page(row)
        form = shown_fields(editor.open(address).content.decode())
        names = sorted(typed_names(form, row))
        changes = data.draw(st.dictionaries(st.sampled_from(names), whatever, max_size=8))

        response = editor.client.post(address, form | changes)
        assert response.status_code == 302 or (changes and response.context["errors"])

        before = everything()
        list(export_content(folder))
        forget_everything()
        import_content(folder)
        assert everything() == before
        transaction.set_rollback(True)
