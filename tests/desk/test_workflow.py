import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from desk import workflow
from desk.models import Revision
from metiers.content import METIER
from metiers.models import Metier

TODAY = datetime.date.today


def test_a_draft_holds_all_that_its_fiche_holds(content, writer):
    metier = Metier.objects.get(slug="infirmier")

    draft = workflow.start_draft(metier, writer)

    assert METIER.dump(draft) == METIER.dump(metier) | {"status": "draft"}


def test_a_draft_is_opened_once(content, writer):
    metier = Metier.objects.get(slug="infirmier")

    assert workflow.start_draft(metier, writer) == workflow.start_draft(metier, writer)


def test_a_draft_is_no_metier_of_the_guide(content, writer):
    before = Metier.objects.count()

    workflow.start_draft(Metier.objects.get(slug="infirmier"), writer)

    assert (Metier.objects.count(), Metier.with_drafts.count()) == (before, before + 1)


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
    assert [row.action for row in Revision.objects.of(public)] == ["published", "asked", "started"]


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
