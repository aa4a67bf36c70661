"""From draft to public and back: the steps that a fiche takes, who may take them, what is kept.

A published row is never edited. Its copy is (`Metier.draft_of`), and replaces its content, rows and
links too, when it is published; the row that visitors read keeps its key and its place meanwhile.

Days count by the queryset's clock (`Metier.objects.published`). One thing needs a hand: a copy that
is to replace a fiche on a later day waits under that day (`published_at` of a copy is this and
nothing else), and the first request of the day publishes it (`publish_due`).
"""

import logging

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, transaction
from django.utils import timezone

from careerguide.content.reading import apply
from metiers.completeness import lacking_in, need
from metiers.content import METIER
from metiers.models import Metier, Status

from .history import newest_of, record, record_first, restore
from .models import Action, Revision
from .places import sentences_of

logger = logging.getLogger(__name__)

WRITE = "metiers.change_metier"
PUBLISH = "metiers.publish_metier"
NO_COPY_OF_A_DRAFT = "Seule une fiche publiée s’ouvre dans un brouillon\u00a0: celle-ci en est un."
WAITING = "Ce brouillon attend son jour\u00a0: annule d’abord sa publication."
TO_COME = "Elle n’est pas encore en ligne\u00a0: annule d’abord sa publication."
OVERTAKEN = (
    "Le brouillon ou la fiche vient de changer\u00a0: relis ce qui suit, puis recommence. "
    "Rien n’est encore fait."
)


class Gone(Exception):
    """What a step was for is published, thrown away or deleted since."""


def start_draft(metier, user):
    """The copy of a published métier to work on: a new one, or the one that is already open.

    ValidationError for what is no published métier (a copy of a copy could never be published),
    and for one that nobody has read yet: it goes back to the reviewers by `unschedule`.
    """
    _require(user, WRITE)
    with transaction.atomic():
        public = _locked(metier)
        if public.draft_of_id or public.status != Status.PUBLISHED:
            raise ValidationError(NO_COPY_OF_A_DRAFT)
        if is_to_come(public):
            raise ValidationError(TO_COME)
        if existing := Metier.with_drafts.filter(draft_of=public).first():
            return existing
        record_first(public)
        copy = Metier(draft_of=public)
        apply(METIER, copy, METIER.dump(public) | _as_draft())
        record(copy, Action.STARTED, user)
    return copy


def ask_review(metier, user, reason=""):
    _require(user, WRITE)
    _move(metier, user, Status.DRAFT, Status.REVIEW, Action.ASKED, reason)


def send_back(metier, user, reason):
    """Back to the writer, with the reason."""
    _require(user, PUBLISH)
    if not reason:
        raise ValidationError("Dis pourquoi tu renvoies la fiche.")
    _move(metier, user, Status.REVIEW, Status.DRAFT, Action.SENT_BACK, reason)


def publish(metier, user, *, on=None, until=None, reason="", seen=None):
    """Make a draft what visitors read from the day `on` (today, or since before) to `until`.

    `seen` is the `stamp` of what was compared before. ValidationError where it is another by now;
    it names what is missing, by field. The row that visitors read is returned, and a
    copy is gone; one that is to replace a public fiche later is returned itself, and waits.
    """
    _require(user, PUBLISH)
    with transaction.atomic():
        draft = _locked(metier)
        if draft.status == Status.PUBLISHED:
            raise ValidationError("Cette fiche est déjà publiée\u00a0: ouvre un brouillon.")
        _check_seen(draft, seen)
        if lacking := dict(_lacking(draft)):
            raise ValidationError(lacking)
        if until and until <= (on or timezone.localdate()):
            raise ValidationError({"withdrawn_at": "Le retrait vient après la publication."})
        if is_replacement(draft) and on and on > timezone.localdate():
            return _schedule(draft, user, on, until, reason)
        return _publish(draft, user, on, until, reason, reviewed=timezone.localdate())


def stamp(metier):
    """« 41-38 »: the newest revision of a draft and of the fiche that it is to replace."""
    newest = [newest_of(one) for one in (metier, metier.draft_of) if one]
    return "-".join(str(revision.pk) if revision else "" for revision in newest)


def _check_seen(draft, seen):
    if seen is not None and seen != stamp(draft):
        raise ValidationError(OVERTAKEN)


def _publish(draft, user, on, until, reason, *, reviewed):
    today = timezone.localdate()
    public = _locked(draft.draft_of) if draft.draft_of_id else draft
    since = public.published_at if is_replacement(draft) else on or public.published_at or today
    data = METIER.dump(draft) | {
        "slug": public.slug,
        "status": Status.PUBLISHED.value,
        "published_at": since,
        "withdrawn_at": until,
        "reviewed_date": reviewed,
    }
    apply(METIER, public, data)
    if draft.draft_of_id:
        draft.lent_by.update(draft=public)  # what was lent is this page now
        draft.delete()
    record(public, Action.PUBLISHED, user, reason)
    return public


def is_replacement(draft):
    """Whether visitors read an older state of this draft today."""
    return Metier.objects.published().filter(pk=draft.draft_of_id).exists()


def is_waiting(metier):
    """A copy that replaces its fiche on a day to come: as it is, or not at all."""
    return bool(metier.draft_of_id and metier.published_at)


def is_to_come(metier):
    """Published from a day that nobody has seen yet."""
    return metier.status == Status.PUBLISHED and metier.published_at > timezone.localdate()


def waiting_draft_of(metier):
    """The copy that is to replace a fiche on a day to come, or None."""
    return Metier.with_drafts.filter(draft_of=metier, published_at__isnull=False).first()


def _schedule(draft, user, on, until, reason):
    draft.status, draft.published_at, draft.withdrawn_at = Status.REVIEW, on, until
    draft.full_clean()
    draft.save(update_fields=["status", "published_at", "withdrawn_at"])
    record(draft, Action.PUBLISHED, user, reason)
    return draft


def unschedule(metier, user, reason=""):
    """Back to the reviewers: what waited for its day, a copy or a new fiche, does not any more."""
    _require(user, PUBLISH)
    with transaction.atomic():
        draft = _locked(metier)
        if not (is_waiting(draft) or is_to_come(draft)):
            raise ValidationError("Aucune publication n’est prévue.")
        if Metier.with_drafts.filter(draft_of=draft).exists():
            raise ValidationError(
                "Son brouillon est ouvert\u00a0: publie-le ou abandonne-le d’abord."
            )
        record_first(draft)
        _unscheduled(draft, user, reason or "Publication prévue annulée")
    return draft


def _unscheduled(draft, user, reason):
    draft.status, draft.published_at, draft.withdrawn_at = Status.REVIEW, None, None
    draft.save(update_fields=["status", "published_at", "withdrawn_at"])
    record(draft, Action.SENT_BACK, user, reason)


def publish_due():
    """Publish the copies whose day has come, in the name of who chose it; how many there were.

    What can't be published any more goes back to the reviewers, who read why in its history; it
    keeps none of the others waiting. `OperationalError` where one has to be tried again, after all.
    """
    unsaved = None
    due = Metier.with_drafts.exclude(draft_of=None).filter(published_at__lte=timezone.localdate())
    for waiting in due.order_by("pk"):
        try:
            with transaction.atomic():
                locked = Metier.with_drafts.select_for_update(of=("self",))
                draft = locked.filter(pk=waiting.pk).first()
                if draft and is_waiting(draft):  # another process may have been first
                    _publish_waiting(draft)
        except OperationalError as error:
            unsaved = error
    if unsaved:
        raise unsaved
    return len(due)


def _publish_waiting(draft):
    chosen = Revision.objects.of(draft).filter(action=Action.PUBLISHED, is_draft=True).first()
    user, reason = (chosen.user, chosen.reason) if chosen else (None, "")
    reviewed = timezone.localdate(chosen.at) if chosen else timezone.localdate()
    try:
        if lacking := dict(_lacking(draft)):
            raise ValidationError(lacking)
        with transaction.atomic():
            on, until = draft.published_at, draft.withdrawn_at
            _publish(draft, user, on, until, reason, reviewed=reviewed)
    except OperationalError:
        raise
    except ValidationError as error:
        _refused(draft, " ".join(sentences_of(Metier, error)))
    except Exception:  # one draft that is broken stops no other
        logger.exception("What is due could not be published: %s", draft)
        _refused(draft, "le site ne peut pas la lire telle quelle.")


def _refused(draft, why):
    reason = f"Publication prévue impossible\u00a0: {why}"
    _unscheduled(draft, None, reason[: Revision._meta.get_field("reason").max_length])


def withdraw(metier, user, *, on=None, reason=""):
    """Take a fiche from visitors on a day, today by itself; its content stays at the desk."""
    _require(user, PUBLISH)
    with transaction.atomic():
        public = _locked(metier)
        today = timezone.localdate()
        if public.status != Status.PUBLISHED:
            raise ValidationError("Seule une fiche publiée se retire.")
        if is_to_come(public):
            raise ValidationError(TO_COME)
        if public.withdrawn_at and public.withdrawn_at <= today:
            raise ValidationError(
                "Elle est déjà retirée\u00a0: «\u00a0Remettre en ligne\u00a0» la rend."
            )
        if on and on < today:
            raise ValidationError({"withdrawn_at": "Ce jour est passé."})
        if waiting_draft_of(public):
            raise ValidationError("Son brouillon attend son jour\u00a0: annule d’abord cela.")
        record_first(public)
        public.withdrawn_at = on or today
        public.full_clean()
        public.save(update_fields=["withdrawn_at"])
        record(public, Action.WITHDRAWN, user, reason)
    return public


def resume(metier, user, reason=""):
    """Give a withdrawn fiche back to visitors as it was, or forget a withdrawal to come."""
    _require(user, PUBLISH)
    with transaction.atomic():
        public = _locked(metier)
        if public.status != Status.PUBLISHED or not public.withdrawn_at:
            raise ValidationError("Aucun retrait n’est prévu.")
        public.withdrawn_at = None
        public.save(update_fields=["withdrawn_at"])
        record(public, Action.PUBLISHED, user, reason or "Retrait annulé")
    return public


def restore_version(metier, revision, user, reason=""):
    """Make the draft of a fiche, opened if need be, what a revision says; it and what is gone."""
    _require(user, WRITE)
    with transaction.atomic():
        current = _locked(metier)
        draft = start_draft(current, user) if current.status == Status.PUBLISHED else current
        if is_waiting(draft):
            raise ValidationError(WAITING)
        record_first(draft)
        return draft, restore(draft, revision, user, reason, **_as_draft(), slug=draft.slug)


def restore_deleted(revision, user, reason="", **kept):
    """A fiche from the wastebasket, as a draft, but for what is `kept`; it and what is gone."""
    _require(user, WRITE)
    metier = Metier()
    return metier, restore(metier, revision, user, reason, **_as_draft(), **kept)


def discard(draft, user, reason="", seen=None):
    """Throw the copy of a published fiche away; its last state stays in the history.

    `seen` as for `publish`. The fiche itself is returned.
    """
    _require(user, WRITE)
    with transaction.atomic():
        draft = _locked(draft)
        _check_seen(draft, seen)
        if not draft.draft_of_id:
            raise ValidationError("Seul le brouillon d’une fiche publiée s’abandonne.")
        if is_waiting(draft):
            _require(user, PUBLISH)  # the day was chosen by who may publish
        record(draft, Action.DISCARDED, user, reason)
        public = draft.draft_of
        draft.delete()
    return public


def _move(metier, user, before, after, action, reason):
    with transaction.atomic():
        moved = _locked(metier)
        if moved.status != before:
            raise ValidationError(f"Cette fiche n’est pas «\u00a0{before.label}\u00a0».")
        if is_waiting(moved):
            raise ValidationError(WAITING)
        record_first(moved)
        moved.status = after
        moved.save(update_fields=["status"])
        record(moved, action, user, reason)
    metier.status = after


def _locked(metier):
    """The row as it is now, and for this transaction alone; `Gone` where there is none."""
    found = Metier.with_drafts.select_for_update(of=("self",)).filter(pk=metier.pk).first()
    if found is None:
        raise Gone
    return found


def _as_draft():
    """What a content is given when it becomes a draft: no day of its own, to be read again."""
    return {
        "status": Status.DRAFT.value,
        "published_at": None,
        "withdrawn_at": None,
        "reviewed_date": None,
    }


def lacking(metier):
    """Place, what was found, what is required: all that publishing a draft waits for."""
    return lacking_in(METIER.dump(metier))


def strands_draft(metier, before, after):
    """Whether a content would unpublish a fiche whose draft is open, and then out of reach."""
    is_unpublished = before["status"] == Status.PUBLISHED != after["status"]
    return is_unpublished and Metier.with_drafts.filter(draft_of=metier).exists()


def _lacking(metier):
    for name, found, required in lacking(metier):
        yield name, f"{found} ({need(required)})."


def _require(user, permission):
    if not user.has_perm(permission):
        raise PermissionDenied(permission)
