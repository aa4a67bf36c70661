"""Two editors in one form at once: what the second reads, what is kept of both."""

import pytest
from django.db.models import F

from desk import merging
from desk.models import Revision
from metiers.content import METIER
from metiers.models import Area, GlossaryTerm, Metier
from tests.client import StrictClient
from tests.desk.conftest import member
from tests.desk_editor import Member, change_page, errors_of, messages_of, shown_fields
from tests.factories import create_question_set, create_school, create_term, create_whole_metier

ROWS = ("hours", "belgian_facts", "training_steps", "faq", "figures", "demands", "offers")


@pytest.fixture
def metier(db):
    metier = create_whole_metier(published=False, rows=3)
    for name in ROWS:
        getattr(metier, name).update(position=F("position") + 1)  # as an editor counts
    return metier


@pytest.fixture
def aline(client, db):
    return Member(client, member("Rédaction", "aline"))


@pytest.fixture
def karim(db):
    return Member(StrictClient(), member("Relecture", "karim"))


def opened(desk, row):
    return shown_fields(desk.open(change_page(row)).content.decode())


def sent(desk, row, typed):
    return desk.client.post(change_page(row), typed)


def sent_again(desk, row, response):
    """The form that was shown again, saved as it stands."""
    again = shown_fields(response.content.decode())
    return desk.client.post(change_page(row), again, follow=True)


def content(metier):
    return METIER.dump(Metier.with_drafts.get(pk=metier.pk))


def with_a_fact(data, text):
    return data | {
        "belgian_facts-TOTAL_FORMS": "4",
        "belgian_facts-3-text": text,
        "belgian_facts-3-position": "4",
    }


def test_the_second_of_two_is_told_and_has_what_both_did(aline, karim, metier):
    before = content(metier)
    typed = opened(aline, metier) | {"teaser": "Mon chapeau", "hours-0-title": "Ma matinée"}
    karim.save(
        change_page(metier),
        **with_a_fact({}, "Un fait de karim"),
        **{"tips": "Un conseil de karim", "hours-1-DELETE": "on"},
    )

    told = sent(aline, metier, typed)
    between = content(metier)
    saved = sent_again(aline, metier, told)

    after = content(metier)
    assert errors_of(told)[0].startswith("karim a enregistré cette page pendant que tu y")
    assert "<ins>Un fait de karim</ins>" in told.content.decode()
    assert between["teaser"] == before["teaser"]
    assert [row["title"] for row in after["hours"]] == ["Ma matinée", "Heure 2"]
    assert [row["text"] for row in after["belgian_facts"]][3:] == ["Un fait de karim"]
    assert after == between | {"teaser": "Mon chapeau", "hours": after["hours"]}
    assert (
        "info",
        "Ton formulaire avait repris ce qui avait changé entre-temps\u00a0: "
        "conseils, journée type, faits belges.",
    ) in messages_of(saved)


def test_a_form_sent_as_it_was_opened_takes_all_that_the_other_did(aline, karim, metier):
    typed = opened(aline, metier)
    karim.save(
        change_page(metier),
        **{"catch_line": "Son accroche", "areas": [], "is_regulated": "on", "regulation": "Loi"},
        **{"salary-0-DELETE": "on", "interest_r": "12", "evidence-0-evidence": "Sa preuve"},
        **{"faq-0-position": "3", "faq-2-position": "1", "figures-0-value": "77"},
    )
    theirs = content(metier)

    sent_again(aline, metier, sent(aline, metier, typed))

    assert content(metier) == theirs
    assert theirs["faq"][0]["question"] != theirs["faq"][2]["question"]


def test_what_both_changed_stays_mine_and_is_shown_beside(aline, karim, metier):
    typed = opened(aline, metier) | {"catch_line": "Mon accroche", "faq-0-answer": "Ma réponse"}
    karim.save(change_page(metier), **{"catch_line": "Son accroche", "faq-0-answer": "Sa réponse"})

    told = sent(aline, metier, typed)
    sent_again(aline, metier, told)

    html = told.content.decode()
    shown = shown_fields(html)
    after = content(metier)
    assert [dispute.anchor for dispute in told.context["disputes"]] == ["id_catch_line", "bloc-faq"]
    assert "<del>Mon</del><ins>Son</ins> accroche" in html
    assert "<ins>Sa réponse</ins>" in html
    assert (shown["catch_line"], shown["faq-0-answer"]) == ("Mon accroche", "Ma réponse")
    assert (after["catch_line"], after["faq"][0]["answer"]) == ("Mon accroche", "Ma réponse")


def test_lines_that_both_added_to_a_list_are_all_there(aline, karim, metier):
    lines = "\n".join(metier.missions)
    typed = opened(aline, metier) | {"missions": f"{lines}\nLa mienne"}
    karim.save(change_page(metier), missions=f"La sienne\n{lines}")

    told = sent(aline, metier, typed)

    assert shown_fields(told.content.decode())["missions"] == f"La sienne\n{lines}\nLa mienne"
    assert told.context["disputes"] == []


def test_rows_shown_again_keep_their_titles(aline, karim, metier):
    typed = opened(aline, metier) | {"hours-0-title": "Ma matinée"}
    karim.save(change_page(metier), catch_line="Son accroche")

    html = sent(aline, metier, typed).content.decode()

    blank_rows = html.count("<template>")
    assert html.count("<summary data-new>Nouvelle ligne") == blank_rows
    assert shown_fields(html)["hours-INITIAL_FORMS"] == "3"


def test_a_third_save_in_between_is_told_again(aline, karim, metier):
    typed = opened(aline, metier) | {"teaser": "Mon chapeau"}
    karim.save(change_page(metier), catch_line="Son accroche")
    told = sent(aline, metier, typed)
    karim.save(change_page(metier), catch_line="Sa seconde accroche", teaser="Son chapeau")

    response = sent_again(aline, metier, told)

    shown = shown_fields(response.content.decode())
    assert (shown["catch_line"], shown["teaser"]) == ("Sa seconde accroche", "Mon chapeau")
    assert [dispute.anchor for dispute in response.context["disputes"]] == ["id_teaser"]
    assert content(metier)["teaser"] == "Son chapeau"


def test_what_is_wrong_is_said_too_and_nothing_is_written(aline, karim, metier):
    typed = opened(aline, metier) | {"name_masculine": "", "hours-0-starts_at": "midi"}
    karim.save(change_page(metier), catch_line="Son accroche", **{"hours-1-DELETE": "on"})
    theirs = content(metier)

    response = sent(aline, metier, typed)

    assert len(errors_of(response)) == 3
    assert shown_fields(response.content.decode())["hours-0-starts_at"] == "midi"
    assert content(metier) == theirs


def test_the_same_form_sent_twice_is_simply_saved(aline, metier):
    typed = opened(aline, metier) | {"teaser": "Mon chapeau", "hours-1-DELETE": "on"}
    typed = with_a_fact(typed, "Un fait")
    sent(aline, metier, typed)
    count = Revision.objects.of(metier).count()

    second = sent(aline, metier, typed)

    assert second.status_code == 302
    assert Revision.objects.of(metier).count() == count
    assert len(content(metier)["belgian_facts"]) == 4


def test_a_step_that_was_taken_meanwhile_is_said_too(aline, karim, metier):
    typed = opened(aline, metier) | {"teaser": "Mon chapeau"}
    karim.save(change_page(metier), _ask="1")

    told = sent(aline, metier, typed)
    sent_again(aline, metier, told)

    assert [change.label for change in told.context["changes"]] == ["statut"]
    assert (content(metier)["status"], content(metier)["teaser"]) == ("review", "Mon chapeau")


def test_two_reviewers_write_in_one_set_of_questions(karim):
    other = Member(StrictClient(), member("Relecture", "rachid"))
    draft = create_question_set(published=False)
    page = f"/gestion/quiz/questionset/{draft.pk}/change/"
    typed = shown_fields(karim.open(page).content.decode()) | {"questions-0-text": "Scier."}
    other.save(page, **{"questions-7-text": "Chanter.", "level_prompt": "Jusqu’où\u202f?"})

    told = karim.client.post(page, typed)
    karim.client.post(page, shown_fields(told.content.decode()))

    draft.refresh_from_db()
    texts = [question.text for question in draft.questions.order_by("position")]
    assert told.context["disputes"] == []
    assert (len(texts), texts[0], texts[7]) == (36, "Scier.", "Chanter.")
    assert draft.level_prompt == "Jusqu’où\u202f?"


def test_ones_own_other_tab_is_called_that(aline, metier):
    typed = opened(aline, metier) | {"teaser": "Mon chapeau"}
    aline.save(change_page(metier), catch_line="Autre accroche")

    told = sent(aline, metier, typed)

    assert errors_of(told)[0].startswith("Tu as enregistré cette page dans un autre onglet")


def test_a_preview_shows_what_saving_would_make(aline, karim, metier):
    typed = opened(aline, metier) | {"hours-0-text": "On ponce."}
    karim.save(change_page(metier), teaser="Le chapeau.")

    html = sent(aline, metier, typed | {"_preview": "1"}).content.decode()

    assert "Le chapeau." in html
    assert "On ponce." in html
    assert content(metier)["hours"][0]["text"] != "On ponce."


def test_a_preview_that_is_wrong_does_not_pass_for_having_been_told(aline, karim, metier):
    typed = opened(aline, metier) | {"teaser": "Mon chapeau", "name_masculine": ""}
    karim.save(change_page(metier), teaser="Son chapeau")
    sent(aline, metier, typed | {"_preview": "1"})

    told = sent(aline, metier, typed | {"name_masculine": "menuisier"})

    assert [dispute.anchor for dispute in told.context["disputes"]] == ["id_teaser"]
    assert content(metier)["teaser"] == "Son chapeau"


def test_a_form_that_nobody_knows_asks_about_all_that_differs(karim):
    term = create_term(definition="La première.")
    karim.save(change_page(term), definition="La seconde.")
    typed = opened(karim, term) | {"definition": "La mienne.", "seen_revision": "999999"}

    told = sent(karim, term, typed)

    assert [dispute.anchor for dispute in told.context["disputes"]] == ["id_definition"]
    assert shown_fields(told.content.decode())["definition"] == "La mienne."
    assert GlossaryTerm.objects.get().definition == "La seconde."


def test_a_form_that_nobody_knows_may_say_what_stands_nowhere(aline, metier):
    aline.save(change_page(metier), isco_code="", rome_code="")
    typed = opened(aline, metier) | {"isco_code": "7522", "seen_revision": "999999"}

    told = sent(aline, metier, typed)

    assert [dispute.anchor for dispute in told.context["disputes"]] == ["id_isco_code"]
    assert "<ins>" not in told.content.decode()


def test_an_editor_alone_is_never_told_anything(aline, metier):
    aline.save(change_page(metier), catch_line="Un", _continue="1")

    response = aline.save(change_page(metier), catch_line="Deux")

    assert [level for level, _ in messages_of(response)] == ["success"]
    assert content(metier)["catch_line"] == "Deux"


def as_new(typed, slug):
    """The same form, as if typed on the page that adds."""
    typed = {name: value for name, value in typed.items() if not name.endswith(("-id", "-metier"))}
    zero = {name: "0" for name in typed if name.endswith("INITIAL_FORMS")}
    return (
        {name: value for name, value in typed.items() if name != "seen_revision"}
        | zero
        | {"slug": slug}
    )


def test_a_new_fiche_sent_twice_is_made_once(aline, metier):
    typed = as_new(opened(aline, metier), "tourneur")
    first = aline.client.post("/gestion/metiers/metier/add/", typed | {"_continue": "1"})

    second = aline.client.post("/gestion/metiers/metier/add/", typed | {"_continue": "1"})

    made = Metier.objects.get(slug="tourneur")
    assert first["Location"] == second["Location"] == change_page(made)
    assert Revision.objects.of(made).count() == 1
    assert made.hours.count() == 3


def test_another_new_thing_of_the_same_address_is_refused(karim):
    typed = {"slug": "cess", "term": "CESS", "forms": "CESS", "definition": "Un certificat."}
    karim.client.post("/gestion/metiers/glossaryterm/add/", typed)

    again = karim.client.post(
        "/gestion/metiers/glossaryterm/add/", typed | {"definition": "Autre chose."}
    )

    assert "existe déjà" in errors_of(again)[0]
    assert GlossaryTerm.objects.get().definition == "Un certificat."


def test_a_merge_meanwhile_disputes_nothing_that_its_author_left_alone(aline, karim, metier):
    area, school = metier.areas.order_by("pk")[0], metier.offers.order_by("pk")[0].school
    doubles = Area.objects.create(slug="autre", name="Autre"), create_school(name="Autre école")
    typed = opened(aline, metier) | {"teaser": "Mon chapeau"}
    merging.merge(doubles[0], [area], karim.user)
    merging.merge(doubles[1], [school], karim.user)

    told = sent(aline, metier, typed)

    assert told.context["disputes"] == []
    assert "Un double a été fusionné" in errors_of(told)[0]
    again = sent(aline, metier, shown_fields(told.content.decode()))
    assert again.status_code == 302
    assert content(metier)["teaser"] == "Mon chapeau"
    assert "autre" in content(metier)["areas"]


def test_one_dispute_in_a_block_drops_nothing_else_of_the_other(aline, karim, metier):
    mine = {"faq-0-answer": "Ma réponse", "missions": "Ma mission\nUne autre"}
    typed = opened(aline, metier) | mine | {"salary-0-comment": "Ma remarque"}
    theirs = {
        **{"faq-0-answer": "Sa réponse", "faq-2-question": "Sa question\u202f?"},
        **{"missions": "Sa mission\nUne autre\nEt la sienne", "salary-0-junior_low": "2001"},
    }
    metier.missions = ["Une mission", "Une autre"]
    metier.save()
    typed = opened(aline, metier) | mine | {"salary-0-comment": "Ma remarque"}
    karim.save(change_page(metier), **theirs)

    told = sent(aline, metier, typed)
    sent_again(aline, metier, told)

    after = content(metier)
    assert {dispute.anchor for dispute in told.context["disputes"]} == {"id_missions", "bloc-faq"}
    assert (after["faq"][0]["answer"], after["faq"][2]["question"]) == (
        "Ma réponse",
        "Sa question\u202f?",
    )
    assert after["missions"] == ["Ma mission", "Une autre", "Et la sienne"]
    assert (after["salary"]["junior_low"], after["salary"]["comment"]) == (2001, "Ma remarque")


def test_links_that_each_added_are_all_there(aline, karim, metier):
    mine, theirs, old = (Area.objects.create(slug=name, name=name) for name in ("m", "t", "o"))
    metier.areas.set([old])
    typed = opened(aline, metier)
    typed["areas"] = [str(old.pk), str(mine.pk)]
    karim.save(change_page(metier), areas=[str(theirs.pk)])

    sent_again(aline, metier, sent(aline, metier, typed))

    assert sorted(content(metier)["areas"]) == ["m", "t"]
