"""From draft to public and back: the steps that a fiche takes, who may take them, what is kept.

A published row is never edited. Its copy is (`Metier.draft_of`), and replaces its content, rows and
links too, when it is published; the row that visitors read keeps its key and its place meanwhile.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from careerguide.content.reading import apply
from metiers.completeness import gaps
from metiers.content import METIER
from metiers.models import Metier, Status

from .history import record
from .models import Action

WRITE = "metiers.change_metier"
PUBLISH = "metiers.publish_metier"


def start_draft(metier, user):
    """The copy of a published métier to work on: a new one, or the one that is already open."""
    _require(user, WRITE)
    with transaction.atomic():
        public = _locked(metier)
        if existing := Metier.with_drafts.filter(draft_of=public).first():
            return existing
        copy = Metier(draft_of=public)
        apply(METIER, copy, METIER.dump(public) | {"status": Status.DRAFT.value})
        record(copy, Action.STARTED, user)
    return copy


def ask_review(metier, user, reason=""):
    _require(user, WRITE)
    _move(metier, user, Status.DRAFT, Status.REVIEW, Action.ASKED, reason)


def send_back(metier, user, reason):
    """Back to the writer, with the reason."""
    _require(user, PUBLISH)
    _move(metier, user, Status.REVIEW, Status.DRAFT, Action.SENT_BACK, reason)


def publish(metier, user, *, on=None, until=None, reason=""):
    """Make a draft what visitors read from the day `on` (today, or since before) to `until`.

    ValidationError names what is missing, by field. The public row is returned; a copy is gone.
    """
    _require(user, PUBLISH)
    with transaction.atomic():
        draft = _locked(metier)
        if draft.status == Status.PUBLISHED:
            raise ValidationError("Cette fiche est déjà publiée : ouvre un brouillon.")
        public = _locked(draft.draft_of) if draft.draft_of_id else draft
        today = timezone.localdate()
        data = METIER.dump(draft) | {
            "status": Status.PUBLISHED.value,
            "published_at": on or public.published_at or today,
            "withdrawn_at": until,
            "reviewed_date": today,
        }
        apply(METIER, public, data)
        if lacking := dict(_lacking(public)):
            raise ValidationError(lacking)
        if draft.draft_of_id:
            draft.delete()
        record(public, Action.PUBLISHED, user, reason)
    return public


def withdraw(metier, user, *, on=None, reason=""):
    """Take a fiche from visitors on a day, today by itself; its content stays at the desk."""
    _require(user, PUBLISH)
    with transaction.atomic():
        public = _locked(metier)
        if public.status != Status.PUBLISHED:
            raise ValidationError("Seule une fiche publiée se retire.")
        public.withdrawn_at = max(on or timezone.localdate(), public.published_at)
        public.full_clean()
        public.save(update_fields=["withdrawn_at"])
        record(public, Action.WITHDRAWN, user, reason)
    return public


def discard(draft, user, reason=""):
    """Throw the copy of a published fiche away; its last state stays in the history."""
    _require(user, WRITE)
    with transaction.atomic():
        draft = _locked(draft)
        if not draft.draft_of_id:
            raise ValidationError("Seul le brouillon d’une fiche publiée s’abandonne.")
        record(draft, Action.DISCARDED, user, reason)
        draft.delete()


def _move(metier, user, before, after, action, reason):
    with transaction.atomic():
        moved = _locked(metier)
        if moved.status != before:
            raise ValidationError(f"Cette fiche n’est pas « {before.label} ».")
        moved.status = after
        moved.save(update_fields=["status"])
        record(moved, action, user, reason)
    metier.status = after


def _locked(metier):
    """The row as it is now, and for this transaction alone."""
    return Metier.with_drafts.select_for_update(of=("self",)).get(pk=metier.pk)


def _lacking(metier):
    for name, found, required in gaps(metier):
        yield name, f"{found} (il faut {required})."


def _require(user, permission):
    if not user.has_perm(permission):
        raise PermissionDenied(permission)
