"""A form that was refused: each fault is named on top and leads to its field."""

from desk.question_sets import duplicate
from quiz.models import QuestionSet
from tests.desk_editor import change_page, shown_fields
from tests.factories import create_metier, create_term, create_whole_metier
from tests.html import find, find_all, links, text, tree

REQUIRED = "Ce champ est obligatoire."


def refused(editor, address, **changes):
    root = tree(editor.save(address, **changes))
    return root, find(root, css="desk-faults")


def said(summary):
    return [text(item) for item in find_all(summary, tag="li")]


def test_each_fault_of_a_fiche_leads_to_its_field(editor):
    metier = create_whole_metier(published=False, rows=2)
    typed = {"name_masculine": "", "faq-0-position": "1", "faq-1-position": "2", "faq-1-answer": ""}

    root, summary = refused(editor, change_page(metier), **typed)

    assert (summary.get("role"), summary.get("tabindex")) == ("alert", "-1")
    assert summary.get("autofocus") is not None
    assert text(find(summary, tag="h2")) == "Rien n’est enregistré : il y a 2 choses à corriger"
    assert links(summary) == [
        ("Nom masculin", "#id_name_masculine"),
        ("Réponse (questions fréquentes n° 2)", "#id_faq-1-answer"),
    ]
    assert [one.rpartition(" : ")[2] for one in said(summary)] == [REQUIRED, REQUIRED]
    assert all(find(root, id=address[1:]) is not None for _, address in links(summary))


def test_a_row_is_numbered_where_it_was_moved(editor):
    metier = create_whole_metier(published=False, rows=2)
    moved = {"faq-0-position": "2", "faq-1-position": "1", "faq-1-answer": ""}

    _, summary = refused(editor, change_page(metier), **moved)

    assert links(summary) == [("Réponse (questions fréquentes n° 1)", "#id_faq-1-answer")]


def test_a_row_that_is_taken_away_is_no_fault(editor):
    metier = create_whole_metier(published=False, rows=2)
    typed = {"faq-0-DELETE": "on", "faq-0-answer": "", "catch_line": "x" * 61}

    _, summary = refused(editor, change_page(metier), **typed)

    assert links(summary) == [("Accroche", "#id_catch_line")]


def test_the_fault_of_a_whole_row_leads_to_its_first_field(editor):
    metier = create_whole_metier(published=False, rows=2)
    data = shown_fields(editor.open(change_page(metier)).content.decode())
    doubled = {"demands-1-region": data["demands-0-region"], "demands-0-position": "1"}
    doubled |= {"demands-1-position": "2"}

    _, summary = refused(editor, change_page(metier), **doubled)

    [(label, address)] = links(summary)
    assert label.endswith("n° 2")
    assert address == "#id_demands-1-region"


def test_the_proof_of_an_interest_is_named_by_its_letter(editor):
    metier = create_whole_metier(published=False)
    data = shown_fields(editor.open(change_page(metier)).content.decode())
    number = next(n for n in range(6) if data[f"evidence-{n}-dimension"] == "S")

    typed = {f"evidence-{number}-evidence": "Elle écoute.", f"evidence-{number}-block": ""}
    _, summary = refused(editor, change_page(metier), **typed)

    assert links(summary) == [("Bloc qui le montre (intérêt S)", f"#id_evidence-{number}-block")]


def test_a_plain_form_names_its_faults_too(editor):
    root, summary = refused(editor, change_page(create_term(term="CPMS")), forms=" \n ")

    assert said(summary) == [f"Formes reconnues : {REQUIRED}"]
    [(_, address)] = links(summary)
    assert find(root, id=address[1:]).tag == "textarea"


def test_a_set_of_questions_names_its_rows(editor, content):
    copy = duplicate(QuestionSet.objects.get())
    address = f"/gestion/quiz/questionset/{copy.pk}/change/"

    root, summary = refused(editor, address, **{"questions-2-text": ""})

    [(label, anchor)] = links(summary)
    assert label.endswith("(questions n° 3)")
    assert find(root, id=anchor[1:]).get("name") == "questions-2-text"


def test_a_page_without_a_fault_has_no_summary(editor):
    page = tree(editor.open(change_page(create_metier(published=False))))

    assert find(page, css="desk-faults") is None


def test_a_form_is_sent_without_the_fragment_of_its_page(editor):
    """A fragment goes with an action left out, and comes back: the message would be off screen."""
    address = change_page(create_metier(published=False)) + "?lignes=3"

    assert find(tree(editor.open(address)), id="metier_form").get("action") == address
