"""What was done can be read, compared and had back; nobody overwrites anybody unawares."""

from importlib import import_module
from time import monotonic

import pytest
from django.apps import apps
from django.db.models import F
from django.db.models.signals import pre_delete

from desk import wastebasket, workflow
from desk.admin.metier import MetierAdmin
from desk.comparing import Piece, compare, mark_words
from desk.models import ImportBatch, ImportedRow, Revision
from metiers.content import METIER
from metiers.models import GlossaryTerm, Metier, School
from tests.client import StrictClient
from tests.desk.bringing import SCHOOLS, bring_and_write, csv
from tests.desk.conftest import member
from tests.desk_editor import Member, messages_of, shown_fields
from tests.factories import create_school, create_term, create_whole_metier

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
    deleted = Revision.objects.in_wastebasket().get()

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


def throw_away(desk, instance):
    desk.client.post(page(instance, "delete"), {"post": "yes"})
    return Revision.objects.in_wastebasket().order_by("-pk")[0]


def names_in_basket(desk):
    return [deleted.revision.name for deleted, _ in desk.open(BASKET).context["rows"]]


def actions_of(instance):
    return [f"{row.action} {row.name}" for row in Revision.objects.of(instance)]


def test_a_deletion_that_fails_ends_no_story(rachid):
    school = create_school(name="École")
    rachid.save(page(school), place="Ici")

    def refuse(sender, **kwargs):
        raise RuntimeError

    data = {"action": "delete_selected", "_selected_action": school.pk, "post": "yes"}
    pre_delete.connect(refuse, sender=School)
    try:
        with pytest.raises(RuntimeError):
            rachid.client.post("/gestion/metiers/school/", data)
    finally:
        pre_delete.disconnect(refuse, sender=School)

    assert names_in_basket(rachid) == []
    assert actions_of(school) == ["saved École", "imported École"]


@pytest.mark.parametrize("then", ["stays", "is renamed", "is deleted"])
def test_what_takes_an_address_takes_no_story_and_hides_nothing(rachid, then):
    school = create_school(name="École A")
    rachid.save(page(school), slug="ecole", place="Ici")
    deletion = throw_away(rachid, again_school("École A"))
    rachid.save("/gestion/metiers/school/add/", **SCHOOL_B)
    other = again_school("École B")
    if then == "is renamed":
        rachid.save(page(other), slug="ecole-b")
    if then == "is deleted":
        throw_away(rachid, other)

    basket = rachid.open(BASKET)
    shown = shown_address(basket)
    response = rachid.client.post(BASKET, {"revision": deletion.pk} | shown)

    assert "École A" in basket.content.decode()
    back = again_school("École A")
    assert response["Location"] == page(back)
    assert (
        (back.slug, shown) == ("ecole-2", {"slug": "ecole-2"}) if then == "stays" else ("ecole", {})
    )
    assert actions_of(back) == [
        f"{action} École A" for action in ("restored", "deleted", "saved", "imported")
    ]
    if then != "is deleted":
        other.refresh_from_db()
        assert set(actions_of(other)) <= {"created École B", "saved École B"}
    assert names_in_basket(rachid) == (["École B"] if then == "is deleted" else [])


def test_what_is_put_back_under_a_taken_address_is_refused(rachid):
    deletion = throw_away(rachid, create_school(name="École"))
    create_school(name="École")
    create_school(name="École B")

    for sent in ({}, {"slug": "ecole-b"}):
        response = rachid.client.post(BASKET, {"revision": deletion.pk} | sent, follow=True)
        assert ("error", wastebasket.TAKEN) in messages_of(response)
    response = rachid.client.post(BASKET, {"revision": deletion.pk, "slug": "É É"}, follow=True)
    assert [level for level, _ in messages_of(response)] == ["error"]
    assert Revision.objects.in_wastebasket().get() == deletion


def test_what_two_put_back_at_once_is_back_once(rachid):
    deletion = throw_away(rachid, create_school(name="École"))
    rachid.client.post(BASKET, {"revision": deletion.pk})

    response = rachid.client.post(BASKET, {"revision": deletion.pk}, follow=True)

    assert ("info", wastebasket.ALREADY) in messages_of(response)
    assert response.redirect_chain[-1][0] == page(again_school("École"))


def test_what_was_imported_follows_the_story_that_it_is_of(rachid):
    first = create_school(name="École")
    old = bring_place(rachid, first, "Ici")
    deletion = throw_away(rachid, first)
    second = create_school(name="École", place="Là")
    new = bring_place(rachid, second, "Plus loin")

    rachid.save(page(second), slug="ecole-b")
    rachid.client.post(BASKET, {"revision": deletion.pk, "slug": "ecole-c"})

    keys = dict(ImportedRow.objects.values_list("batch", "key"))
    assert keys == {old.pk: "ecole-c", new.pk: "ecole-b"}


SCHOOL_B = {"name": "École B", "slug": "ecole", "kind": "university", "place": "Là"}


def again_school(name):
    return School.objects.get(name=name)


def shown_address(basket):
    """The address that the only thing to put back, or the first, is offered."""
    deleted, _ = list(basket.context["rows"])[-1]
    return {"slug": deleted.free} if deleted.free else {}


def bring_place(desk, school, place):
    data = csv((school.slug, place), headers=["slug", "place"])
    bring_and_write(desk.client, data, address=SCHOOLS)
    return ImportBatch.objects.latest("pk")


def test_a_story_of_before_ends_where_its_thing_was_deleted(db):
    """« restored » after « deleted » means that it was put back."""
    actions = ("saved", "deleted", "restored", "deleted", "created", "saved")
    for action in actions:
        Revision.objects.create(model="metiers.school", key="ecole", action=action, data={})

    import_module("desk.migrations.0009_stories_end").end_stories(apps, None)

    rows = Revision.objects.order_by("pk")
    assert [row.ended_by_id and row.ended_by.action for row in rows] == ["deleted"] * 4 + [None] * 2
    assert list(Revision.objects.in_wastebasket()) == [rows[3]]


def test_a_version_that_the_rules_refuse_by_now_names_the_field(lea, metier):
    lea.save(page(metier), catch_line="Autre")
    first = Revision.objects.of(metier).last()
    first.data["study_level"] = 9
    first.save()

    response = lea.client.post(
        page(metier, "history/retablir"), {"revision": first.pk}, follow=True
    )

    said = [text for level, text in messages_of(response) if level == "error"]
    assert said[0].startswith("niveau d’études\u00a0: ")


@pytest.mark.parametrize("sent", ["", "x", "999999"])
def test_what_was_never_deleted_is_not_put_back(rachid, sent):
    assert rachid.client.post(BASKET, {"revision": sent}).status_code == 404


def test_a_version_of_a_term_that_was_deleted_meanwhile_says_who_deleted_it(lea, rachid):
    term = create_term(definition="Un diplôme.")
    rachid.save(page(term), definition="Un certificat.")
    story = lea.open(page(term, "history")).context["story"]
    throw_away(rachid, term)

    asked = {"revision": story[-1].pk, "seen": story[0].pk}
    response = rachid.client.post(page(term, "history/retablir"), asked)
    reading = Member(StrictClient(), member("Administration"))
    refused = reading.client.post(page(term, "history/retablir"), asked)

    assert (response.status_code, refused.status_code) == (410, 403)
    assert "mis à la corbeille par relecture" in response.content.decode()
    assert "Ce que tu avais écrit" not in response.content.decode()
    assert not GlossaryTerm.objects.exists()


def test_a_version_of_a_draft_that_was_published_meanwhile_says_so(content, lea, rachid):
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), lea.user)
    story = lea.open(page(draft, "history")).context["story"]
    workflow.publish(draft, rachid.user)

    asked = {"revision": story[-1].pk, "seen": story[0].pk}
    sent = lea.client.post(page(draft, "history/retablir"), asked)
    opened = lea.client.get(page(draft, "history"), follow=True)

    assert sent.status_code == 410
    assert "Ce brouillon n’existe plus." in sent.content.decode()
    assert opened.redirect_chain == [(LIST, 302)]
    assert "le brouillon a été publié" in opened.content.decode()


def test_a_version_is_restored_of_the_row_as_it_is_once_locked(lea, rachid, metier, monkeypatch):
    """A deletion that ends between the request and its lock is seen, and nothing breaks."""
    lea.save(page(metier), catch_line="Autre")
    story = lea.open(page(metier, "history")).context["story"]
    to_lock = MetierAdmin.to_lock

    def deleted_first(self, key):
        throw_away(rachid, metier)
        return to_lock(self, key)

    monkeypatch.setattr(MetierAdmin, "to_lock", deleted_first)
    asked = {"revision": story[-1].pk, "seen": story[0].pk}
    response = lea.client.post(page(metier, "history/retablir"), asked)

    assert response.status_code == 410
