import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from desk import history, workflow
from desk.middleware import PublishDue
from desk.models import Revision
from metiers.content import METIER
from metiers.models import Metier, SchoolOffer

TODAY = datetime.date.today


def test_a_draft_holds_all_that_its_fiche_holds(content, writer):
    metier = Metier.objects.get(slug="infirmier")

    draft = workflow.start_draft(metier, writer)

    assert METIER.dump(draft) == METIER.dump(metier) | {
        "status": "draft",
        "published_at": None,
        "reviewed_date": None,
    }


def test_a_draft_is_opened_once(content, writer):
    metier = Metier.objects.get(slug="infirmier")

    assert workflow.start_draft(metier, writer) == workflow.start_draft(metier, writer)


def test_a_draft_is_no_metier_of_the_guide(content, writer):
    before = Metier.objects.count()

    workflow.start_draft(Metier.objects.get(slug="infirmier"), writer)

    assert (Metier.objects.count(), Metier.with_drafts.count()) == (before, before + 1)


def test_a_fiche_is_read_for_a_day_at_least(content, writer, reviewer):
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), writer)

    for on, until in ((None, timezone.localdate()), (tomorrow(), tomorrow())):
        with pytest.raises(ValidationError, match="Le retrait vient après la publication"):
            workflow.publish(draft, reviewer, on=on, until=until)


def test_the_old_fiche_stays_until_its_draft_is_published(content, writer, reviewer):
    metier = Metier.objects.get(slug="infirmier")
    draft = workflow.start_draft(metier, writer)
    draft.catch_line = "Une autre accroche"
    draft.save()
    before = Metier.objects.published().get(slug="infirmier").catch_line

    workflow.ask_review(draft, writer, "Accroche revue")
    public = workflow.publish(draft, reviewer)

    assert before == metier.catch_line
    assert public.pk == metier.pk
    assert Metier.objects.published().get(slug="infirmier").catch_line == "Une autre accroche"
    assert not Metier.with_drafts.filter(draft_of=metier).exists()
    story = [row.action for row in Revision.objects.of(public)]
    assert story == ["published", "asked", "started", "imported"]


def test_a_writer_publishes_nothing(content, writer):
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), writer)

    with pytest.raises(PermissionDenied):
        workflow.publish(draft, writer)


def test_an_incomplete_draft_is_not_published(content, writer, reviewer):
    metier = Metier.objects.get(slug="infirmier")
    draft = workflow.start_draft(metier, writer)
    draft.hours.all().delete()

    with pytest.raises(ValidationError) as refused:
        workflow.publish(draft, reviewer)

    assert refused.value.message_dict == {"hours": ["0 ligne (il faut 6 ou plus)."]}
    assert metier.hours.count() >= 6
    assert Metier.with_drafts.filter(pk=draft.pk, status="draft").exists()


def test_a_fiche_is_public_from_its_day_until_its_withdrawal(content, writer, reviewer):
    metier = Metier.objects.get(slug="infirmier")

    workflow.withdraw(metier, reviewer, on=TODAY() + datetime.timedelta(days=1))
    is_public_today = Metier.objects.published().filter(pk=metier.pk).exists()
    workflow.withdraw(metier, reviewer)

    assert is_public_today
    assert not Metier.objects.published().filter(pk=metier.pk).exists()


def test_what_is_thrown_away_stays_in_the_history(content, writer):
    metier = Metier.objects.get(slug="infirmier")
    draft = workflow.start_draft(metier, writer)
    draft.catch_line = "Un essai"
    draft.save()

    workflow.discard(draft, writer)

    assert Revision.objects.of(metier)[0].data["catch_line"] == "Un essai"
    assert Metier.with_drafts.filter(slug="infirmier").count() == 1


def tomorrow():
    return TODAY() + datetime.timedelta(days=1)


@pytest.fixture
def waiting(content, writer, reviewer):
    """A draft of the fiche « infirmier » that is to replace it tomorrow."""
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), writer)
    draft.catch_line = "Une autre accroche"
    draft.save()
    return workflow.publish(draft, reviewer, on=tomorrow(), reason="Rentrée")


def let_its_day_come(draft):
    Metier.with_drafts.filter(pk=draft.pk).update(published_at=TODAY())


def test_a_fiche_stays_as_it_is_until_the_day_of_the_next(waiting):
    workflow.publish_due()

    assert Metier.objects.published().get(slug="infirmier").catch_line != "Une autre accroche"
    assert Metier.with_drafts.get(pk=waiting.pk).status == "review"


def test_the_first_page_of_the_day_is_the_new_fiche(waiting, client, monkeypatch):
    since = waiting.draft_of.published_at
    let_its_day_come(waiting)
    monkeypatch.setattr(PublishDue, "asked_on", None)

    page = client.get("/metiers/infirmier/").content.decode()

    public = Metier.objects.published().get(slug="infirmier")
    assert "Une autre accroche" in client.get("/metiers/").content.decode()
    assert waiting.teaser in page
    assert (public.catch_line, public.published_at) == ("Une autre accroche", since)
    assert not Metier.with_drafts.filter(pk=waiting.pk).exists()
    newest = Revision.objects.of(public)[0]
    assert (newest.user.username, newest.reason) == ("relecture", "Rentrée")


def test_what_can_not_be_published_on_its_day_goes_back_and_says_why(waiting):
    let_its_day_come(waiting)
    waiting.hours.all().delete()

    workflow.publish_due()

    assert Metier.objects.published().get(slug="infirmier").catch_line != "Une autre accroche"
    assert Metier.with_drafts.get(pk=waiting.pk).published_at is None
    assert Revision.objects.of(waiting)[0].reason == (
        "Publication prévue impossible\u00a0: journée type\u00a0: 0 ligne (il faut 6 ou plus)."
    )


def test_one_draft_that_is_broken_keeps_no_other_waiting(waiting, reviewer, monkeypatch):
    other = Metier.objects.exclude(slug="infirmier").order_by("pk")[0]
    late = workflow.publish(workflow.start_draft(other, reviewer), reviewer, on=tomorrow())
    for draft in (waiting, late):
        let_its_day_come(draft)
    publish = workflow._publish

    def broken(draft, *args, **kwargs):
        if draft.pk == waiting.pk:
            raise KeyError("odd")
        return publish(draft, *args, **kwargs)

    monkeypatch.setattr(workflow, "_publish", broken)
    workflow.publish_due()

    assert not Metier.with_drafts.filter(pk=late.pk).exists()
    refused = Revision.objects.of(waiting)[0]
    assert (refused.action, refused.user) == ("sent_back", None)
    assert "le site ne peut pas la lire" in refused.reason
    assert Metier.with_drafts.get(pk=waiting.pk).status == "review"


def test_a_draft_that_waits_for_its_day_is_neither_asked_nor_sent_back(waiting, writer, reviewer):
    with pytest.raises(ValidationError, match="attend son jour"):
        workflow.send_back(waiting, reviewer, "Trop long")
    Metier.with_drafts.filter(pk=waiting.pk).update(status="draft")
    with pytest.raises(ValidationError, match="attend son jour"):
        workflow.ask_review(waiting, writer)

    assert Metier.with_drafts.get(pk=waiting.pk).published_at == tomorrow()


def test_what_is_published_on_its_day_was_reread_when_the_day_was_chosen(waiting):
    chosen = timezone.now() - datetime.timedelta(days=5)
    Revision.objects.filter(action="published").update(at=chosen)
    let_its_day_come(waiting)

    workflow.publish_due()

    public = Metier.objects.get(slug="infirmier")
    assert public.reviewed_date == timezone.localdate(chosen)


def test_a_draft_that_waits_for_its_day_can_be_called_back(waiting, reviewer):
    Metier.with_drafts.filter(pk=waiting.pk).update(
        withdrawn_at=tomorrow() + datetime.timedelta(days=9)
    )
    workflow.unschedule(waiting, reviewer)

    waiting.refresh_from_db()
    assert (waiting.status, waiting.published_at) == ("review", None)
    assert waiting.withdrawn_at is None
    assert Revision.objects.of(waiting)[0].action == "sent_back"


def test_a_fiche_is_not_withdrawn_while_its_next_state_waits(waiting, reviewer):
    with pytest.raises(ValidationError, match="attend son jour"):
        workflow.withdraw(waiting.draft_of, reviewer)


def test_a_new_fiche_is_published_on_its_day(content, reviewer):
    metier = Metier.objects.get(slug="infirmier")
    Metier.objects.filter(pk=metier.pk).update(status="draft", published_at=None)

    workflow.publish(metier, reviewer, on=tomorrow())

    assert not Metier.objects.published().filter(pk=metier.pk).exists()
    assert list(Metier.objects.scheduled()) == [metier]


def test_a_withdrawn_fiche_comes_back_as_it_was(content, reviewer):
    metier = Metier.objects.get(slug="infirmier")
    before = METIER.dump(metier)
    workflow.withdraw(metier, reviewer)

    workflow.resume(metier, reviewer)

    assert METIER.dump(Metier.objects.published().get(slug="infirmier")) == before


def test_a_draft_says_all_that_it_lacks(content, reviewer, writer):
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), writer)
    draft.tips, draft.teaser = [], ""
    draft.save()

    with pytest.raises(ValidationError) as refused:
        workflow.publish(draft, reviewer)

    assert refused.value.message_dict == {
        "teaser": ["vide (obligatoire pour publier)."],
        "tips": ["0 ligne (il faut 6 ou plus)."],
    }


def test_an_old_version_becomes_the_draft_and_not_the_public_fiche(content, writer, reviewer):
    metier = Metier.objects.get(slug="infirmier")
    before = METIER.dump(metier)
    draft = workflow.start_draft(metier, writer)
    draft.hours.all().delete()
    history.record(draft, "saved", writer)

    restored, gone = workflow.restore_version(
        metier, Revision.objects.of(metier).get(action="imported"), writer
    )

    assert (restored.pk, gone) == (draft.pk, [])
    assert METIER.dump(Metier.with_drafts.get(pk=draft.pk)) == before | {
        "status": "draft",
        "published_at": None,
        "reviewed_date": None,
    }
    assert METIER.dump(Metier.objects.get(pk=metier.pk)) == before


def test_a_version_that_cites_what_is_gone_names_it(content, writer):
    metier = Metier.objects.get(slug="infirmier")
    draft = workflow.start_draft(metier, writer)
    area, school = metier.areas.first(), metier.offers.order_by("pk").first().school
    revision = Revision.objects.of(draft).filter(action="started").get()
    area.delete()

    _, gone = workflow.restore_version(draft, revision, writer)

    assert gone == [f"«\u00a0{area.slug}\u00a0» (zone d’emploi)"]
    SchoolOffer.objects.filter(school=school).delete()
    school.delete()
    with pytest.raises(ValidationError, match=f"{school.slug}.+» \\(établissement\\)"):
        workflow.restore_version(draft, revision, writer)


def test_a_writer_does_not_undo_a_day_that_a_reviewer_chose(content, writer, reviewer):
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), writer)
    waiting = workflow.publish(draft, reviewer, on=TODAY() + datetime.timedelta(days=2))

    with pytest.raises(PermissionDenied):
        workflow.discard(waiting, writer)

    assert Metier.with_drafts.filter(pk=waiting.pk).exists()
    workflow.discard(waiting, reviewer)
    assert not Metier.with_drafts.filter(pk=waiting.pk).exists()


def test_what_cannot_be_published_stops_no_visitor(client, content, monkeypatch, caplog):
    def fail():
        raise RuntimeError("no")

    monkeypatch.setattr(PublishDue, "asked_on", None)
    monkeypatch.setattr("desk.middleware.publish_due", fail)

    assert client.get("/").status_code == 200
    assert "could not be published" in caplog.text
    assert PublishDue.asked_on is None
