import pytest

from quiz.models import Question, QuestionSet
from tests.desk_editor import errors_of, messages_of, shown_fields
from tests.factories import create_question_set
from tests.html import find, find_all, text, tree

ADD = "/gestion/quiz/questionset/add/"


def change_page(question_set):
    return f"/gestion/quiz/questionset/{question_set.pk}/change/"


def test_a_published_set_is_read_only(editor):
    page = editor.open(change_page(create_question_set()))

    assert not page.context["has_change_permission"]
    assert "Réparer le moteur d’une vieille camionnette." in page.content.decode()
    assert 'name="prompt"' not in page.content.decode()
    assert 'name="questions-0-text"' not in page.content.decode()


def test_a_published_set_shows_lists_and_a_table_instead_of_json(editor):
    question_set = create_question_set()

    root = tree(editor.open(change_page(question_set)))

    labels = find_all(find(root, css="field-answer_labels"), tag="li")
    assert [text(label) for label in labels] == question_set.answer_labels
    norms = find(root, css="field-norms")
    assert len(find_all(norms, tag="tr")) == len(question_set.norms)
    assert "{" not in text(norms)
    assert "None" not in text(root)
    assert [image for image in find_all(root, tag="img") if image.get("alt") == "True"] == []


def test_a_published_set_refuses_a_change(editor):
    question_set = create_question_set()

    response = editor.client.post(change_page(question_set), {"prompt": "Autre chose ?"})

    assert response.status_code == 403
    assert QuestionSet.objects.get().prompt == question_set.prompt


def test_a_published_set_refuses_to_be_deleted(editor):
    question_set = create_question_set()

    response = editor.client.post(
        f"/gestion/quiz/questionset/{question_set.pk}/delete/", {"post": "yes"}
    )

    assert response.status_code == 403
    assert QuestionSet.objects.filter(pk=question_set.pk).exists()


def test_a_published_set_is_not_deleted_among_others(editor):
    published, draft = create_question_set(), create_question_set(number=2, published=False)

    response = editor.client.post(
        "/gestion/quiz/questionset/",
        {
            "action": "delete_selected",
            "_selected_action": [published.pk, draft.pk],
            "post": "yes",
        },
    )

    assert response.status_code == 403
    assert QuestionSet.objects.count() == 2


def test_a_draft_is_changed_with_its_questions(editor):
    draft = create_question_set(published=False)

    editor.save(
        change_page(draft),
        **{"answer_labels": "Non\nBof\nPeut-être\nOui\nOh oui", "questions-0-text": "Scier."},
    )

    draft.refresh_from_db()
    assert draft.answer_labels == ["Non", "Bof", "Peut-être", "Oui", "Oh oui"]
    assert draft.questions.get(position=1).text == "Scier."


def test_a_set_and_its_last_change_are_published_together(editor):
    draft = create_question_set(published=False)

    response = editor.save(
        change_page(draft),
        **{"status": "published", "for_ever": "on", "questions-0-text": "Scier."},
    )

    draft.refresh_from_db()
    assert messages_of(response)[0][0] == "success"
    assert draft.is_published
    assert draft.questions.get(position=1).text == "Scier."


def test_a_set_that_lacks_a_statement_is_not_published(editor):
    draft = create_question_set(published=False)
    draft.questions.filter(dimension="A", is_core=True).first().delete()

    response = editor.save(change_page(draft), status="published", for_ever="on")

    assert errors_of(response) == [
        "Pour publier, il manque\u00a0: 5 phrases du type A (il faut 6 par type)\u202f; un noyau "
        "RISECRIASECRIASEC (il faut RIASECRIASECRIASEC)."
    ]
    draft.refresh_from_db()
    assert not draft.is_published


def test_a_set_is_published_by_who_says_for_ever(editor):
    draft = create_question_set(published=False)

    response = editor.save(change_page(draft), status="published")

    assert errors_of(response) == ["Coche ici pour publier\u00a0: c’est sans retour."]
    draft.refresh_from_db()
    assert not draft.is_published


def test_four_labels_are_refused(editor):
    draft = create_question_set(published=False)

    response = editor.save(change_page(draft), level_labels="Un\nDeux\nTrois\nQuatre")

    assert errors_of(response) == ["Il faut cinq lignes, une par réponse ; tu en as 4."]


@pytest.mark.parametrize("norms", ["[]", "3", "{}", '{"item_mean": [1]}'])
def test_what_is_no_norms_is_refused(editor, norms):
    draft = create_question_set(published=False)

    response = editor.save(change_page(draft), norms=norms)

    assert len(errors_of(response)) == 1
    draft.refresh_from_db()
    assert set(draft.norms) > {"item_mean", "match_sd"}


def test_a_new_set_starts_from_the_newest(editor):
    create_question_set()
    create_question_set(number=2)

    fields = shown_fields(editor.open(ADD).content.decode())

    assert fields["number"] == "3"
    assert fields["answer_labels"].splitlines()[-1] == "Tout à fait"


def test_a_new_set_takes_its_questions(editor):
    create_question_set()

    editor.save(
        ADD,
        **{
            "questions-TOTAL_FORMS": "1",
            "questions-0-position": "1",
            "questions-0-item": "r1",
            "questions-0-dimension": "R",
            "questions-0-text": "Scier.",
        },
    )

    assert Question.objects.get(question_set__number=2).text == "Scier."


def test_two_questions_never_share_a_position(editor):
    draft = create_question_set(published=False)

    response = editor.save(change_page(draft), **{"questions-1-position": "1"})

    assert errors_of(response)
    assert draft.questions.filter(position=1).count() == 1


def test_a_copy_is_a_draft_with_the_same_questions(editor):
    original = create_question_set()

    editor.client.post(f"/gestion/quiz/questionset/{original.pk}/copier/")

    copy = QuestionSet.objects.get(number=2)
    assert copy.status == "draft"
    columns = ("item", "position", "dimension", "is_core", "text")
    assert list(copy.questions.order_by("position").values_list(*columns)) == list(
        original.questions.order_by("position").values_list(*columns)
    )


def test_a_writer_copies_no_set(client, writer):
    original = create_question_set()
    client.force_login(writer)

    response = client.post(f"/gestion/quiz/questionset/{original.pk}/copier/")

    assert response.status_code == 403
    assert QuestionSet.objects.count() == 1


def test_a_comparison_tells_what_was_changed(editor):
    original = create_question_set()
    editor.client.post(f"/gestion/quiz/questionset/{original.pk}/copier/")
    copy = QuestionSet.objects.get(number=2)
    editor.save(change_page(copy), **{"questions-0-text": "Scier."})

    page = editor.open(f"/gestion/quiz/questionset/{copy.pk}/comparer/")

    [change] = page.context["changes"]
    [line] = change.lines
    assert (change.label, line.label) == ("questions", "n° 1, phrase")
    assert "<ins>Scier</ins>" in page.content.decode()


@pytest.mark.parametrize("number", ["999", "x", "9" * 40, ""])
def test_a_comparison_with_no_set_is_a_page(editor, number):
    shown = create_question_set()

    editor.open(f"/gestion/quiz/questionset/{shown.pk}/comparer/?avec={number}")


def test_a_draft_is_tried_with_its_own_norms(editor, content):
    original = QuestionSet.objects.get()
    editor.client.post(f"/gestion/quiz/questionset/{original.pk}/copier/")
    draft = QuestionSet.objects.latest("number")
    answers = "&".join(
        f"q{question.position}={5 if question.dimension == 'S' else 1}"
        for question in draft.questions.all()
    )

    page = editor.open(f"/gestion/quiz/questionset/{draft.pk}/essayer/?{answers}&studies=5")

    found = page.context["found"]
    assert max(found.types, key=lambda row: row[1])[0] == found.types[3][0]
    assert len(found.first) == 10


def test_nothing_answered_tries_nothing(editor):
    shown = create_question_set()

    page = editor.open(f"/gestion/quiz/questionset/{shown.pk}/essayer/?q1=9")

    assert page.context["found"] is None


def test_a_form_that_was_open_while_its_set_was_published_gives_its_text_back(editor):
    draft = create_question_set(published=False)
    typed = shown_fields(editor.open(change_page(draft)).content.decode())
    editor.save(change_page(draft), status="published", for_ever="on")

    response = editor.client.post(change_page(draft), typed | {"questions-0-text": "Raboter."})

    html = response.content.decode()
    assert response.status_code == 403
    assert "Ce jeu a été publié entre-temps" in html
    assert "Raboter." in html
    assert not Question.objects.filter(text="Raboter.").exists()


def test_who_may_only_read_a_set_is_told_of_the_role(client, content, writer):
    published = QuestionSet.objects.published().get()
    client.force_login(writer)

    response = client.post(change_page(published), {"seen_revision": "999", "prompt": "Et ça ?"})

    assert response.status_code == 403
    assert "Ton rôle ne le permet pas" in response.content.decode()
    assert "Et ça ?" in response.content.decode()
