"""What an editor reads when the database is busy, or something breaks, in the middle of a save."""

import pytest
from django.db import OperationalError, connection

from desk.models import Report
from metiers.models import GlossaryTerm
from tests.desk_editor import change_page, shown_fields
from tests.factories import create_term


def failing(error, word="UPDATE"):
    def execute(run, sql, *args):
        if sql.startswith(word):
            raise error
        return run(sql, *args)

    return connection.execute_wrapper(execute)


@pytest.fixture
def sent(editor):
    """The answer to a save of a term that ends in an error."""
    term = create_term()
    typed = shown_fields(editor.open(change_page(term)).content.decode())
    editor.client.raise_request_exception = False

    def send(error):
        with failing(error):
            return editor.client.post(change_page(term), typed | {"definition": "Mon texte."})

    return send


def test_a_save_while_somebody_writes_for_long_gives_the_text_back(sent):
    response = sent(OperationalError("database is locked"))

    html = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Quelqu’un écrit en ce moment" in html
    assert "Mon texte." in html
    assert "Initial-" not in html
    assert GlossaryTerm.objects.get().definition != "Mon texte."


def test_a_save_that_breaks_gives_the_text_back_and_speaks_of_no_answers(sent):
    response = sent(OperationalError("disk I/O error"))

    html = response.content.decode()
    assert response.status_code == 500
    assert "Mon texte." in html
    assert "Tes réponses" not in html


def test_a_visitor_is_told_of_the_answers(client, db):
    client.raise_request_exception = False

    def fail(*args):
        raise OperationalError("disk I/O error")

    with connection.execute_wrapper(fail):
        response = client.get("/metiers/")

    assert response.status_code == 500
    assert "Tes réponses" in response.content.decode()


@pytest.mark.parametrize(
    "error, status, said",
    [
        ("database is locked", 503, "Ton message n’est pas parti."),
        ("disk I/O error", 500, "Ton message n’est sans doute pas parti"),
    ],
)
def test_a_report_that_could_not_be_kept_gives_its_text_back(client, db, error, status, said):
    client.raise_request_exception = False

    with failing(OperationalError(error), "INSERT"):
        response = client.post("/signaler/", {"text": "Le barème a <changé>.", "page": "/"})

    html = response.content.decode()
    assert response.status_code == status
    assert said in html
    assert "Le barème a &lt;changé&gt;." in html
    assert "Tes réponses" not in html
    assert "/gestion/" not in html
    assert not Report.objects.exists()
