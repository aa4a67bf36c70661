"""What was done can be read, compared and had back; nobody overwrites anybody unawares."""

from time import monotonic

import pytest
from django.db.models import F

from desk import workflow
from desk.comparing import Piece, compare, mark_words
from desk.models import Revision
from metiers.content import METIER
from metiers.models import GlossaryTerm, Metier
from tests.client import StrictClient
from tests.desk.conftest import member
from tests.desk_editor import Member, messages_of, shown_fields
from tests.factories import create_term, create_whole_metier

LIST = "/gestion/metiers/metier/"
BASKET = "/gestion/desk/revision/corbeille/"


@pytest.fixture
def metier(db):
    metier = create_whole_metier(published=False, rows=3)
    for name in ("hours", "belgian_facts", "training_steps", "faq", "figures", "demands", "offers"):
        getattr(metier, name).update(position=F("position") + 1)  # as an editor counts
    return metier


@pytest.fixture
def lea(client, writer):
    return Member(client, writer)


@pytest.fixture
def rachid(reviewer):
    return Member(StrictClient(), reviewer)


def page(instance, step="change"):
    return f"/gestion/metiers/{instance._meta.model_name}/{instance.pk}/{step}/"


def again(metier):
    return Metier.with_drafts.get(pk=metier.pk)


def opened(desk, metier):
    return shown_fields(desk.open(page(metier)).content.decode())


def changes(before, after):
    return {
        change.label: [
            (line.label, [(p.mark, p.text) for p in line.pieces]) for line in change.lines
        ]
        for change in compare(METIER, before, after)
    }


# What is kept


def test_a_first_save_keeps_what_was_there_before_too(lea, metier):
    before = METIER.dump(metier)

    lea.save(page(metier), catch_line="Autre")

    story = Revision.objects.of(metier)
    assert [(row.action, row.data["catch_line"]) for row in story] == [
        ("saved", "Autre"),
        ("imported", before["catch_line"]),
    ]
    assert story[0].user == lea.user


def test_a_revision_holds_rows_and_links(lea, metier):
    lea.save(page(metier), **{"hours-1-title": "La pause"})

    kept = Revision.objects.of(metier)[0].data
    assert [row["title"] for row in kept["hours"]] == ["Heure 0", "La pause", "Heure 2"]
    assert kept["areas"] == ["menuisier-0", "menuisier-1", "menuisier-2"]


def test_a_save_that_changes_nothing_is_no_event(lea, metier):
    lea.save(page(metier), catch_line="Autre")
    lea.save(page(metier))

    assert Revision.objects.of(metier).count() == 2


def test_the_story_follows_a_draft_to_its_new_address(lea, metier):
    lea.save(page(metier), catch_line="Autre")
    lea.save(page(metier), slug="ebeniste")

    assert Revision.objects.of(again(metier)).count() == 3


def test_line_breaks_of_a_browser_are_no_change(lea, metier):
    lea.save(page(metier), introduction="Un paragraphe.\r\n\r\nUn autre.")

    assert again(metier).paragraphs == ["Un paragraphe.", "Un autre."]


# What changed


def test_words_are_marked_one_by_one():
    assert mark_words("Un bon salaire", "Un salaire élevé") == [
        Piece("", "Un "),
        Piece("del", "bon "),
        Piece("", "salaire"),
        Piece("ins", " élevé"),
    ]


@pytest.mark.parametrize(
    "before, after",
    [("a b " * 2_000, "b a " * 2_000), (" ".join(map(str, range(9_000))), "x " * 9_000)],
    ids=["repeated", "long"],
)
def test_words_that_come_back_again_and_again_are_marked_at_once(before, after):
    before, after = f"Un début {before} fin", f"Un début {after} fin"
    start = monotonic()

    pieces = mark_words(before, after)

    assert monotonic() - start < 1
    assert [piece.mark for piece in pieces] == ["", "del", "ins", ""]
    assert pieces[0].text.startswith("Un début ")
    assert "".join(piece.text for piece in pieces if piece.mark != "ins") == before
    assert "".join(piece.text for piece in pieces if piece.mark != "del") == after


def test_lines_rows_and_links_are_compared_in_words(metier):
    before = METIER.dump(metier)
    metier.missions = ["Scier", "Raboter une planche"]
    metier.is_regulated, metier.regulation = True, "Il faut un diplôme."
    metier.hours.filter(position=2).delete()
    metier.figures.filter(position=1).update(label="Chiffre 9")
    metier.criteria.remove(metier.criteria.order_by("pk")[0])

    assert changes(before, METIER.dump(metier)) == {
        "missions": [("n° 1", [("ins", "Scier")])],
        "accès réglementé": [("", [("del", "non"), ("ins", "oui")])],
        "ce que dit la règle": [("", [("ins", "Il faut un diplôme.")])],
        "journée type": [
            ("n° 2, heure", [("del", "09:30")]),
            ("n° 2, titre", [("del", "Heure 1")]),
            ("n° 2, texte", [("del", "On scie.")]),
        ],
        "chiffres": [("n° 1, intitulé", [("", "Chiffre "), ("del", "0"), ("ins", "9")])],
        "critères": [("n° 1", [("del", "Critère menuisier-0")])],
    }


def test_an_interest_is_compared_in_words(metier):
    before = METIER.dump(metier)
    metier.interest_r = 12
    metier.evidence.filter(dimension="R").update(is_low=True, block="outils")

    assert changes(before, METIER.dump(metier)) == {
        "intérêts R I A S E C": [
            ("n° 1, R (valeur)", [("del", "90"), ("ins", "12")]),
            ("n° 1, R (bloc qui le montre)", [("del", "missions"), ("ins", "outils")]),
            ("n° 1, R (dit ce qui manque)", [("ins", "oui")]),
        ]
    }


def test_a_slug_a_choice_and_a_day_are_shown_as_editors_know_them(metier):
    before = METIER.dump(metier)
    studies = {"study_level": 5, "entry_level": 1}
    after = before | studies | {"sector": None, "reviewed_date": None}

    assert changes(before, after) == {
        "relu le": [("", [("del", "1er janvier 2020")])],
        "secteur": [("", [("del", "Construction")])],
        "niveau d’études": [
            (
                "",
                [
                    ("del", "Secondaire, qualification ou alternance"),
                    ("ins", "Master et plus"),
                ],
            )
        ],
        "niveau d’études à l’entrée": [("", [("ins", "Sur le tas")])],
    }


def test_the_page_compares_the_last_two_moments_and_any_two(lea, metier):
    lea.save(page(metier), catch_line="Deux mots")
    lea.save(page(metier), catch_line="Trois mots")
    first = Revision.objects.of(metier).last()

    last = lea.open(page(metier, "history")).content.decode()
    whole = lea.open(f"{page(metier, 'history')}?avant={first.pk}").content.decode()

    assert "<del>Deux</del><ins>Trois</ins> mots" in last
    assert "<ins>Trois mots</ins>" in whole
    assert "Avant le premier geste à la rédaction" in last


@pytest.mark.parametrize("asked", ["avant=999999", "apres=x&avant=é"])
def test_moments_that_are_none_are_passed_over(lea, metier, asked):
    lea.save(page(metier), catch_line="Autre")

    assert "<ins>Autre</ins>" in lea.open(f"{page(metier, 'history')}?{asked}").content.decode()


# What is had back


def test_a_version_is_restored_with_its_rows_and_links(lea, metier):
    before = METIER.dump(metier)
    lea.save(page(metier), **{"hours-1-DELETE": "on", "catch_line": "Autre", "criteria": []})
    first = Revision.objects.of(metier).last()

    lea.client.post(page(metier, "history/retablir"), {"revision": first.pk, "reason": "Erreur"})

    expected = before | {"published_at": None, "reviewed_date": None}
    assert METIER.dump(again(metier)) == expected
    assert [row.action for row in Revision.objects.of(metier)] == ["restored", "saved", "imported"]
    assert Revision.objects.of(metier)[0].reason == "Erreur"


def test_a_version_of_a_public_fiche_is_restored_into_a_draft(lea, content):
    public = Metier.objects.get(slug="infirmier")
    draft = workflow.start_draft(public, lea.user)
    first = Revision.objects.of(public).last()
    workflow.discard(draft, lea.user)
    before = METIER.dump(public)

    response = lea.client.post(page(public, "history/retablir"), {"revision": first.pk})

    copy = Metier.with_drafts.get(draft_of=public)
    assert response["Location"] == page(copy)
    assert METIER.dump(again(public)) == before


def test_nothing_is_restored_over_what_the_page_did_not_show(lea, rachid, metier):
    lea.save(page(metier), catch_line="Autre")
    shown = lea.open(page(metier, "history"))
    first, seen = Revision.objects.of(metier).last(), shown.context["story"][0]
    rachid.save(page(metier), catch_line="Son accroche")
    data = {"revision": first.pk, "seen": seen.pk}

    refused = lea.client.post(page(metier, "history/retablir"), data, follow=True)
    between = again(metier).catch_line
    newest = Revision.objects.of(metier)[0]
    lea.client.post(page(metier, "history/retablir"), data | {"seen": newest.pk})

    assert f'name="seen" value="{seen.pk}"' in shown.content.decode()
    assert refused.redirect_chain == [(page(metier, "history"), 302)]
    assert [level for level, _ in messages_of(refused)] == ["error"]
    assert "relecture\u00a0: enregistré le" in messages_of(refused)[0][1]
    assert between == "Son accroche"
    assert again(metier).catch_line == metier.catch_line


def test_a_version_of_another_fiche_is_not_restored(lea, metier):
    other = create_whole_metier(title="Soudeur", published=False)
    lea.save(page(other), catch_line="Autre")
    before = METIER.dump(metier)

    response = lea.client.post(
        page(metier, "history/retablir"), {"revision": Revision.objects.of(other)[0].pk}
    )

    assert response.status_code == 404
    assert METIER.dump(again(metier)) == before


def test_a_reader_restores_nothing(client, metier, lea):
    lea.save(page(metier), catch_line="Autre")
    reading = Member(StrictClient(), member("Administration"))
    first = Revision.objects.of(metier).last()

    html = reading.open(page(metier, "history")).content.decode()
    response = reading.client.post(page(metier, "history/retablir"), {"revision": first.pk})

    assert "retablir" not in html
    assert response.status_code == 403
    assert again(metier).catch_line == "Autre"


def test_a_term_has_its_story_and_its_versions_too(rachid):
    term = create_term(definition="Un diplôme.")
    rachid.save(page(term), definition="Un certificat.")
    first = Revision.objects.of(term).last()

    rachid.client.post(page(term, "history/retablir"), {"revision": first.pk})

    assert GlossaryTerm.objects.get().definition == "Un diplôme."


# The wastebasket


def test_a_deleted_fiche_comes_back_as_a_draft(rachid, metier):
    before = METIER.dump(metier)
    rachid.client.post(page(metier, "delete"), {"post": "yes"})
    shown = rachid.open(BASKET).content.decode()
    deleted = Revision.objects.of(metier)[0]

    response = rachid.client.post(BASKET, {"revision": deleted.pk})

    back = Metier.objects.get()
    assert "menuisier" in shown
    assert response["Location"] == page(back)
    assert METIER.dump(back) == before | {"published_at": None, "reviewed_date": None}
    assert "La corbeille est vide." in rachid.open(BASKET).content.decode()


def test_several_fiches_deleted_at_once_all_come_back(rachid, metier):
    other = create_whole_metier(title="Soudeur", published=False)
    data = {"action": "delete_selected", "_selected_action": [metier.pk, other.pk], "post": "yes"}
    rachid.client.post(LIST, data)

    for revision in Revision.objects.filter(action="deleted"):
        rachid.client.post(BASKET, {"revision": revision.pk})

    assert sorted(Metier.objects.values_list("slug", flat=True)) == ["menuisier", "soudeur"]


def test_what_stands_under_its_address_again_is_not_put_back_over_it(rachid):
    term = create_term(definition="Le premier.")
    rachid.client.post(page(term, "delete"), {"post": "yes"})
    create_term(definition="Le second.")

    response = rachid.client.post(BASKET, {"revision": Revision.objects.get().pk}, follow=True)

    assert [level for level, _ in messages_of(response)] == ["success", "error"]
    assert GlossaryTerm.objects.get().definition == "Le second."


def test_a_writer_puts_back_what_a_writer_may_add_only(lea, rachid):
    metier = create_whole_metier(published=False)
    sector = metier.sector
    metier.delete()
    rachid.client.post(page(sector, "delete"), {"post": "yes"})

    response = lea.client.post(BASKET, {"revision": Revision.objects.get(key="construction").pk})

    assert response.status_code == 403
    assert "Rétablir Construction" not in lea.open(BASKET).content.decode()


@pytest.mark.parametrize("sent", ["", "x", "999999"])
def test_what_was_never_deleted_is_not_put_back(rachid, sent):
    assert rachid.client.post(BASKET, {"revision": sent}).status_code == 404
