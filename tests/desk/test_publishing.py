"""The steps of a fiche over HTTP: what each role may do, and what it may not by any road."""

import datetime
import re

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone

from desk import workflow
from desk.models import Revision
from metiers.content import METIER
from metiers.models import Metier
from tests.client import StrictClient
from tests.desk.bringing import bring_and_write, csv
from tests.desk.conftest import member
from tests.desk_editor import Member, messages_of, shown_fields
from tests.factories import create_metier

LIST = "/gestion/metiers/metier/"
TOMORROW = timezone.localdate() + datetime.timedelta(days=1)


@pytest.fixture
def public(content):
    return Metier.objects.get(slug="infirmier")


@pytest.fixture
def draft(public, reviewer):
    return workflow.start_draft(public, reviewer)


@pytest.fixture
def at_desk(client, writer):
    return Member(client, writer)


@pytest.fixture
def reviewing(reviewer):
    return Member(StrictClient(), reviewer)


def page(metier, step="change"):
    return f"{LIST}{metier.pk}/{step}/"


def again(metier):
    return Metier.with_drafts.get(pk=metier.pk)


def test_what_is_public_is_read_only_and_leads_to_a_draft(at_desk, public):
    html = at_desk.open(page(public)).content.decode()

    assert "En ligne depuis le" in html
    assert 'name="catch_line"' not in html
    assert f'formaction="{page(public, "brouillon")}"' in html


@pytest.mark.parametrize("group", ["Rédaction", "Relecture"])
def test_what_is_public_refuses_a_change(client, public, group):
    desk = Member(client, member(group))

    response = desk.client.post(page(public), {"catch_line": "Autre chose"})

    assert response.status_code == 403
    assert again(public).catch_line == public.catch_line


def test_a_draft_is_opened_by_a_button_and_then_linked(at_desk, public):
    opened = at_desk.client.post(page(public, "brouillon"), follow=True)

    copy = Metier.with_drafts.get(draft_of=public)
    assert opened.redirect_chain == [(page(copy), 302)]
    assert "la page publique n’en montre rien" in opened.content.decode()
    assert f'href="{page(copy)}"' in at_desk.open(page(public)).content.decode()


@pytest.mark.parametrize("of", ["a copy", "a new fiche", "a copy that waits"])
def test_only_a_published_fiche_is_opened_in_a_draft(at_desk, draft, reviewer, of):
    if of == "a copy that waits":
        workflow.publish(draft, reviewer, on=TOMORROW)
    metier = create_metier(published=False) if of == "a new fiche" else draft
    count = Metier.with_drafts.count()

    response = at_desk.client.post(page(metier, "brouillon"), follow=True)

    assert messages_of(response) == [("error", workflow.NO_COPY_OF_A_DRAFT)]
    assert Metier.with_drafts.count() == count


def roads_to_publishing(public, draft):
    """Each way in which somebody could publish, withdraw or delete."""
    delete = {"action": "delete_selected", "_selected_action": [public.pk], "post": "yes"}
    today = timezone.localdate().isoformat()
    return [
        ("get", page(draft, "publier"), {}),
        ("post", page(draft, "publier"), {"on": today}),
        ("post", page(public, "publier"), {"on": today}),
        ("get", page(public, "retirer"), {}),
        ("post", page(public, "retirer"), {"on": today}),
        ("post", page(public, "remettre"), {}),
        ("post", page(draft, "deprogrammer"), {}),
        ("post", page(public, "delete"), {"post": "yes"}),
        ("post", page(draft, "delete"), {"post": "yes"}),
        ("post", LIST, delete),
    ]


def test_a_writer_finds_no_road_to_publishing(at_desk, public, draft, reviewer):
    workflow.ask_review(draft, reviewer)
    before, count = METIER.dump(again(public)), Metier.with_drafts.count()

    answers = {
        (method, address): getattr(at_desk.client, method)(address, data)
        for method, address, data in roads_to_publishing(public, draft)
    }

    assert [road for road, answer in answers.items() if answer.status_code != 403] == []
    assert METIER.dump(again(public)) == before
    assert (again(draft).status, Metier.with_drafts.count()) == ("review", count)


def test_a_writer_sends_nothing_back(at_desk, draft, reviewer):
    workflow.ask_review(draft, reviewer)
    data = shown_fields(at_desk.open(page(draft)).content.decode())

    response = at_desk.client.post(page(draft), data | {"_send_back": "1", "reason": "Non"})

    assert response.status_code == 403
    assert again(draft).status == "review"


def test_a_state_typed_into_the_form_is_not_taken(at_desk, draft):
    at_desk.save(page(draft), status="published", published_at="2020-01-01")

    assert (again(draft).status, again(draft).published_at) == ("draft", None)


@pytest.mark.parametrize("step", ["brouillon", "abandonner", "publier", "retirer", "remettre"])
def test_an_administrator_takes_no_step(client, public, draft, step):
    desk = Member(client, member("Administration"))
    metier = draft if step in ("abandonner", "publier") else public

    response = desk.client.post(page(metier, step), {"on": timezone.localdate().isoformat()})

    assert response.status_code == 403
    assert again(draft).status == "draft"


@pytest.mark.parametrize("step", ["brouillon", "deprogrammer", "remettre"])
def test_a_step_is_never_taken_by_opening_an_address(reviewing, public, step):
    assert reviewing.client.get(page(public, step)).status_code == 405


def test_asking_for_review_saves_what_is_typed(at_desk, draft):
    at_desk.save(page(draft), catch_line="Une autre accroche", _ask="1", reason="Accroche revue")

    newest = Revision.objects.of(draft)[0]
    assert (again(draft).status, again(draft).catch_line) == ("review", "Une autre accroche")
    assert (newest.action, newest.reason, newest.user) == ("asked", "Accroche revue", at_desk.user)


def test_a_fiche_goes_back_with_a_reason_only(reviewing, draft, reviewer):
    workflow.ask_review(draft, reviewer)

    without = reviewing.save(page(draft), _send_back="1", reason=" ")
    status = again(draft).status
    reviewing.save(page(draft), _send_back="1", reason="Source du salaire ?")

    assert ("error", "Dis pourquoi tu renvoies la fiche.") in messages_of(without)
    assert (status, again(draft).status) == ("review", "draft")
    assert "Source du salaire ?" in reviewing.open(page(draft)).content.decode()


def test_the_reviewer_compares_before_publishing(reviewing, at_desk, draft, public):
    at_desk.save(page(draft), catch_line=public.catch_line + " partout")

    html = reviewing.open(page(draft, "publier")).content.decode()

    assert "<dt>Accroche</dt>" in html
    assert "<ins> partout</ins>" in html
    assert html.count("<dt>") == 1


def compared(desk, metier):
    """What the page of the comparison sends back as seen."""
    return desk.open(page(metier, "publier")).context["stamp"]


def publish(desk, metier, **changes):
    seen = changes.get("seen") or compared(desk, metier)
    data = {"on": timezone.localdate().isoformat(), "until": "", "seen": seen}
    return desk.client.post(page(metier, "publier"), data | changes, follow=True)


def test_a_draft_is_published_with_its_reason(reviewing, at_desk, draft, public):
    at_desk.save(page(draft), catch_line="Une autre accroche")

    response = publish(reviewing, draft, reason="Relu avec Claire")

    assert response.redirect_chain == [(page(public), 302)]
    assert again(public).catch_line == "Une autre accroche"
    assert Revision.objects.of(public)[0].reason == "Relu avec Claire"


def test_a_draft_that_changed_since_the_comparison_is_compared_again(reviewing, at_desk, draft):
    seen = compared(reviewing, draft)
    at_desk.save(page(draft), catch_line="Glissé entre-temps")

    response = publish(reviewing, draft, seen=seen)
    after = publish(reviewing, draft)

    assert "vient de changer" in response.content.decode()
    assert "<ins>Glissé" in response.content.decode()
    assert after.redirect_chain != []


def test_a_fiche_that_an_import_changed_since_the_comparison_is_compared_again(
    client, reviewing, draft, public
):
    draft.demands.filter(region="wallonia").update(note="Écrit à la main")
    seen = compared(reviewing, draft)
    Member(client, member("Relecture", "nadia"))
    data = csv(("infirmier", "wallonia", "Liste"), headers=["metier", "region", "note"])
    bring_and_write(client, data)

    response = publish(reviewing, draft, seen=seen)
    between = public.demands.get(region="wallonia").note
    after = publish(reviewing, draft)

    assert response.context["form"].non_field_errors() == [workflow.OVERTAKEN]
    assert "<del>Liste</del>" in response.content.decode()
    assert between == "Liste"
    assert after.redirect_chain == [(page(public), 302)]
    assert public.demands.get(region="wallonia").note == "Écrit à la main"


def test_what_is_lacking_is_named_in_french_and_not_published(reviewing, draft):
    draft.hours.all().delete()

    shown = reviewing.open(page(draft, "publier")).content.decode()
    sent = publish(reviewing, draft)

    line = f'<a href="{page(draft)}#bloc-hours">Journée type</a>\u00a0: 0 ligne (il faut 6 ou plus)'
    assert line in shown
    assert sent.context["form"].non_field_errors() == [
        "journée type\u00a0: 0 ligne (il faut 6 ou plus)."
    ]
    assert again(draft).status == "draft"


@pytest.mark.parametrize(
    "day, said",
    [("2020-01-01", "Ce jour est passé."), ("lundi", "Écris une date, comme 31/12/2026.")],
)
def test_a_day_that_can_not_be_is_refused_in_french(reviewing, draft, day, said):
    response = publish(reviewing, draft, on=day)

    assert said in response.content.decode()
    assert again(draft).status == "draft"


def test_a_publication_to_come_is_shown_and_freezes_the_draft(reviewing, at_desk, draft, public):
    publish(reviewing, draft, on=TOMORROW.isoformat())

    html = at_desk.open(page(draft)).content.decode()
    assert f"Il la remplace le {TOMORROW.day} " in html
    assert 'name="catch_line"' not in html
    assert f"Il la remplace le {TOMORROW.day} " in at_desk.open(page(public)).content.decode()
    reviewing.client.post(page(draft, "deprogrammer"))
    assert 'name="catch_line"' in at_desk.open(page(draft)).content.decode()


def test_a_withdrawal_to_come_is_shown_and_can_be_forgotten(reviewing, public):
    reviewing.client.post(page(public, "retirer"), {"on": TOMORROW.isoformat(), "reason": "Fusion"})
    planned = reviewing.open(page(public)).content.decode()
    reviewing.client.post(page(public, "remettre"))

    assert "Retrait prévu le" in planned
    assert again(public).withdrawn_at is None


def test_a_draft_is_thrown_away_and_leads_back_to_its_fiche(at_desk, draft, public):
    response = sent(at_desk, draft, "abandonner")

    assert response["Location"] == page(public)
    assert not Metier.with_drafts.filter(pk=draft.pk).exists()


def test_a_role_that_changes_in_the_middle_of_an_edit_loses_no_word(at_desk, draft):
    data = shown_fields(at_desk.open(page(draft)).content.decode())
    at_desk.user.groups.clear()

    response = at_desk.client.post(page(draft), data | {"teaser": "Trois heures de travail."})

    html = response.content.decode()
    assert response.status_code == 403
    assert "Tu ne peux pas faire cela." in html
    assert "<dt>Chapeau</dt>" in html
    assert "Trois heures de travail." in html
    assert "<dt>Réponse (questions fréquentes n°\u00a01)</dt>" in html
    assert "csrfmiddlewaretoken" not in html


def test_a_draft_published_in_the_middle_of_an_edit_loses_no_word(at_desk, draft, reviewer):
    data = shown_fields(at_desk.open(page(draft)).content.decode())
    workflow.publish(draft, reviewer)

    response = at_desk.client.post(page(draft), data | {"teaser": "Trois heures de travail."})

    assert response.status_code == 410
    assert "Ce brouillon n’existe plus." in response.content.decode()
    assert "Trois heures de travail." in response.content.decode()


@pytest.mark.parametrize("is_copy", [True, False])
def test_a_draft_scheduled_in_the_middle_of_an_edit_says_that_it_waits(
    at_desk, draft, public, reviewer, is_copy
):
    if not is_copy:
        draft.delete()
        draft = public
        Metier.objects.filter(pk=draft.pk).update(status="draft", published_at=None)
    data = shown_fields(at_desk.open(page(draft)).content.decode())
    workflow.publish(draft, reviewer, on=timezone.localdate() + datetime.timedelta(days=9))

    response = at_desk.client.post(page(draft), data | {"teaser": "Trois heures de travail."})

    html = response.content.decode()
    assert response.status_code == 403
    assert "Ce brouillon attend son jour." in html
    assert f'href="{page(draft)}"' in html
    assert "Trois heures de travail." in html
    assert "Tu ne peux pas faire cela." not in html


def test_a_form_of_an_older_session_loses_no_word(writer, draft):
    client = StrictClient(enforce_csrf_checks=True)
    client.force_login(writer)

    response = client.post(page(draft), {"teaser": "Trois heures.", "csrfmiddlewaretoken": "old"})

    assert response.status_code == 403
    assert "Ce formulaire n’est plus valable." in response.content.decode()
    assert "Trois heures." in response.content.decode()


def test_a_password_is_never_shown_again(writer):
    client = StrictClient(enforce_csrf_checks=True)

    html = client.post("/gestion/login/", {"password": "motdepasse"}).content.decode()

    assert "motdepasse" not in html


def test_the_list_finds_public_fiches_by_their_draft(reviewing, draft, public, reviewer):
    workflow.ask_review(draft, reviewer)

    found = reviewing.open(f"{LIST}?travail=a-relire").context["cl"].result_list

    assert list(found) == [public]


def test_the_address_of_a_public_fiche_is_a_promise(at_desk, draft):
    at_desk.save(page(draft), slug="autre")

    assert again(draft).slug == "infirmier"


def test_a_public_fiche_is_not_deleted_even_by_a_reviewer(reviewing, public):
    alone = reviewing.client.post(page(public, "delete"), {"post": "yes"})
    others = reviewing.client.post(
        LIST, {"action": "delete_selected", "_selected_action": [public.pk], "post": "yes"}
    )

    assert (alone.status_code, others.status_code) == (403, 200)
    assert "elle est en ligne ou doit l’être" in others.content.decode()
    assert again(public) == public


def test_a_withdrawn_fiche_whose_draft_is_open_says_why_it_stays(
    reviewing, public, draft, reviewer
):
    workflow.withdraw(public, reviewer)

    answers = [
        reviewing.client.post(page(public, "delete"), {"post": "yes"}),
        reviewing.client.post(
            LIST, {"action": "delete_selected", "_selected_action": [public.pk], "post": "yes"}
        ),
    ]

    for answer in answers:
        assert "son brouillon est ouvert" in answer.content.decode()
        assert "permission" not in answer.content.decode()
    assert again(public) == public
    assert again(draft) == draft


def test_the_neighbours_of_a_deleted_fiche_say_what_they_lost(reviewing, public, reviewer):
    citing = Metier.objects.filter(similar_rows__other=public).order_by("pk")[0]
    workflow.withdraw(public, reviewer)

    reviewing.client.post(page(public, "delete"), {"post": "yes"})

    story = [(row.action, row.reason) for row in Revision.objects.of(citing)]
    assert story == [
        ("saved", "Un métier voisin est à la corbeille"),
        ("imported", "Avant le premier geste à la rédaction"),
    ]
    assert "infirmier" in Revision.objects.of(citing).last().data["similar"]
    assert "infirmier" not in Revision.objects.of(citing)[0].data["similar"]


def test_no_group_is_needed_to_read_what_403_means(db, client):
    desk = Member(client, member("Rédaction"))
    desk.user.groups.set(Group.objects.filter(name="Administration"))

    response = desk.client.get(f"{LIST}add/")

    assert response.status_code == 403
    assert "Tu ne peux pas faire cela." in response.content.decode()


def test_publishing_an_edit_keeps_the_withdrawal_to_come(reviewing, public, reviewer):
    day = timezone.localdate() + datetime.timedelta(days=10)
    workflow.withdraw(public, reviewer, on=day)
    draft = workflow.start_draft(Metier.objects.get(pk=public.pk), reviewer)

    html = reviewing.open(page(draft, "publier")).content.decode()
    until = re.search(r'name="until" value="([^"]*)"', html)[1]
    publish(reviewing, draft, until=until)

    assert again(public).withdrawn_at == day
    assert not Metier.with_drafts.filter(pk=draft.pk).exists()


def sent(desk, metier, step, **data):
    """The answer to the page of a step as it was served, with these words typed in it."""
    served = desk.open(page(metier, step)).context
    fiche = metier.draft_of_id or metier.pk
    return desk.client.post(page(metier, step), {"seen": served["stamp"], "fiche": fiche} | data)


def test_a_draft_is_thrown_away_on_a_page_that_shows_what_goes(at_desk, draft, public):
    at_desk.save(page(draft), catch_line="Une autre accroche")
    before = at_desk.open(page(draft, "abandonner")).content.decode()

    sent(at_desk, draft, "abandonner", reason="Sans suite")

    assert "Une autre accroche" in before
    assert not Metier.with_drafts.filter(pk=draft.pk).exists()
    assert Revision.objects.of(public)[0].reason == "Sans suite"


def test_a_draft_saved_since_is_not_thrown_away(at_desk, reviewing, draft):
    seen = at_desk.open(page(draft, "abandonner")).context["stamp"]
    reviewing.save(page(draft), catch_line="Écrit entre-temps")

    response = at_desk.client.post(page(draft, "abandonner"), {"seen": seen})

    assert response.context["form"].non_field_errors() == [workflow.OVERTAKEN]
    assert "Écrit" in response.content.decode()
    assert again(draft).catch_line == "Écrit entre-temps"


@pytest.mark.parametrize("step", ["publier", "abandonner"])
def test_the_second_of_two_clicks_says_that_it_is_done(reviewing, draft, public, step):
    today = {"on": timezone.localdate().isoformat()}
    served = reviewing.open(page(draft, step)).context["stamp"]
    data = today | {"seen": served, "fiche": public.pk}

    reviewing.client.post(page(draft, step), data)
    second = reviewing.client.post(page(draft, step), data, follow=True)

    assert second.redirect_chain == [(page(public), 302)]
    assert [level for level, _ in messages_of(second)] == ["success", "info"]


def test_a_step_for_a_draft_that_somebody_published_gives_back_what_was_typed(
    reviewing, at_desk, draft, public, writer
):
    seen = at_desk.open(page(draft, "abandonner")).context["stamp"]
    publish(reviewing, draft)

    data = {"seen": seen, "fiche": public.pk, "reason": "Un doublon de l’autre fiche"}
    response = at_desk.client.post(page(draft, "abandonner"), data)

    assert response.status_code == 410
    assert "Un doublon de l’autre fiche" in response.content.decode()


@pytest.mark.parametrize("step", ["change", "publier", "abandonner"])
def test_the_page_of_a_draft_that_is_gone_says_so_at_the_desk(reviewing, draft, step):
    publish(reviewing, draft)

    response = reviewing.client.get(page(draft, step), follow=True)

    assert response.redirect_chain == [(LIST, 302)]
    assert "le brouillon a été publié ou abandonné" in response.content.decode()


def test_a_withdrawn_fiche_does_not_come_back_by_a_day_of_withdrawal(reviewing, public, reviewer):
    workflow.withdraw(public, reviewer)

    response = reviewing.client.post(page(public, "retirer"), {"on": TOMORROW.isoformat()})

    assert "Elle est déjà retirée" in response.content.decode()
    assert not Metier.objects.published().filter(pk=public.pk).exists()


def test_nothing_is_withdrawn_in_the_past(reviewing, public, reviewer):
    response = reviewing.client.post(page(public, "retirer"), {"on": "2020-01-01"})

    assert "Ce jour est passé." in response.content.decode()
    assert again(public).withdrawn_at is None
    with pytest.raises(ValidationError, match="Ce jour est passé"):
        workflow.withdraw(public, reviewer, on=datetime.date(2020, 1, 1))


@pytest.fixture
def to_come(content, reviewer):
    """A new fiche that nobody has read, and that appears tomorrow."""
    Metier.objects.filter(slug="infirmier").update(status="draft", published_at=None)
    return workflow.publish(Metier.objects.get(slug="infirmier"), reviewer, on=TOMORROW)


def test_a_first_publication_to_come_is_called_back(reviewing, to_come):
    shown = reviewing.open(page(to_come)).content.decode()

    reviewing.client.post(page(to_come, "deprogrammer"))

    assert "Annuler la publication prévue" in shown
    assert "Modifier dans un brouillon" not in shown
    assert "/retirer/" not in shown
    assert (again(to_come).status, again(to_come).published_at) == ("review", None)
    assert 'name="catch_line"' in reviewing.open(page(to_come)).content.decode()


@pytest.mark.parametrize("step", ["brouillon", "retirer"])
def test_what_nobody_has_read_is_neither_copied_nor_withdrawn(reviewing, to_come, step):
    data = {"on": TOMORROW.isoformat()}

    response = reviewing.client.post(page(to_come, step), data, follow=True)

    assert "annule d’abord sa publication" in response.content.decode()
    assert (again(to_come).withdrawn_at, Metier.with_drafts.exclude(draft_of=None).count()) == (
        None,
        0,
    )


def test_why_is_kept_with_a_plain_save_and_carried_to_the_publication(reviewing, draft, public):
    reviewing.save(page(draft), catch_line="Une autre accroche", reason="Mot de la fédération")
    newest = Revision.objects.of(draft)[0]
    data = shown_fields(reviewing.open(page(draft)).content.decode())

    response = reviewing.client.post(
        page(draft), data | {"reason": "Relu & corrigé", "_publish": "1"}, follow=True
    )

    assert (newest.action, newest.reason) == ("saved", "Mot de la fédération")
    assert response.context["form"]["reason"].value() == "Relu & corrigé"


def test_an_account_without_a_group_reads_no_draft(client, draft, django_user_model):
    client.force_login(django_user_model.objects.create_user("nouveau", is_staff=True))

    for step in ("change", "publier", "retirer", "abandonner", "apercu", "history", "qui"):
        assert client.get(page(draft, step)).status_code == 403, step


@pytest.mark.parametrize("step, of", [("abandonner", "public"), ("retirer", "draft")])
def test_a_step_that_a_fiche_can_not_take_has_no_page(reviewing, public, draft, step, of):
    metier = public if of == "public" else draft

    assert reviewing.client.get(page(metier, step))["Location"] == page(metier)


def test_a_reason_alone_is_kept_too(at_desk, draft):
    at_desk.save(page(draft), reason="Vérifié auprès de la fédération")

    assert Revision.objects.of(draft)[0].reason == "Vérifié auprès de la fédération"
