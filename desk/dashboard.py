"""What an editor sees first: what waits, what is late, what comes, what visitors tell."""

import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Case, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from metiers.models import Metier, Status

from .models import Action, Report, Revision, Tally

MOST = 12
WAITING = ~Q(draft_of=None) & ~Q(published_at=None)
"""A copy that replaces its fiche on a day to come, see `workflow.is_waiting`."""
DAYS = 28
STEPS = (Action.STARTED, Action.ASKED, Action.SENT_BACK, Action.PUBLISHED, Action.DISCARDED)


class Line(NamedTuple):
    """« menuisier, menuisière », why it is here, where to go."""

    name: str
    why: str
    address: str


def dashboard(user):
    """The context of the desk's first page; every list has `MOST` lines at most.

    Whoever has no group yet is told so, and nothing of what the guide prepares.
    """
    if not user.has_perm("metiers.view_metier"):
        return {"has_no_role": True}
    may_see_reports = user.has_perm("desk.view_report")
    return {
        "waiting": list(_waiting(user)),
        "overdue": list(_overdue()),
        "scheduled": list(_scheduled()),
        "reports": _reports() if may_see_reports else [],
        "open_reports": Report.objects.filter(handled_at=None).count() if may_see_reports else 0,
        **_tallies(),
        "days": DAYS,
    }


def _waiting(user):
    """For who publishes, what asks to be reread; for who writes, the drafts sent back or begun."""
    if user.has_perm("metiers.publish_metier"):
        to_review = _drafts().filter(status=Status.REVIEW).exclude(WAITING)
        for metier in to_review[:MOST]:
            is_refused = metier.step == Action.SENT_BACK and metier.step_by is None
            yield Line(str(metier), metier.why if is_refused else "à relire", _address(metier))
    if user.has_perm("metiers.change_metier"):
        for metier in _drafts().filter(status=Status.DRAFT)[:MOST]:
            is_returned = metier.step == Action.SENT_BACK
            why = f"renvoyé\u00a0: {metier.why}" if is_returned else "brouillon"
            yield Line(str(metier), why, _address(metier))


def _drafts():
    """With the last `step` of each, `step_by` whom and `why`; what came back is first.

    A step of nobody's is the site's: what was scheduled and could not appear on its day.
    """
    story = (
        Revision.objects.going_on()
        .filter(model="metiers.metier", key=OuterRef("slug"), action__in=STEPS)
        .order_by("-at", "-pk")
    )
    told = {"step": "action", "step_by": "user", "why": "reason"}
    last = {name: Subquery(story.values(column)[:1]) for name, column in told.items()}
    came_back = Case(When(step=Action.SENT_BACK, then=0), default=1)
    drafts = Metier.with_drafts.exclude(status=Status.PUBLISHED).annotate(**last)
    return drafts.order_by(came_back, "name_masculine", "pk")


def _overdue():
    oldest = timezone.localdate() - datetime.timedelta(days=settings.REVIEW_EVERY)
    late = Metier.objects.published().filter(reviewed_date__lt=oldest)
    for metier in late.order_by("reviewed_date", "pk")[:MOST]:
        yield Line(str(metier), f"relu le {metier.reviewed_date:%d/%m/%Y}", _address(metier))


def _scheduled():
    today = timezone.localdate()
    coming = Metier.objects.scheduled().order_by("published_at", "pk")[:MOST]
    replacing = Metier.with_drafts.filter(WAITING).annotate(
        fiche_at=_last(is_draft=False), chosen_at=_last(is_draft=True, action=Action.PUBLISHED)
    )
    replacing = replacing.order_by("published_at", "pk")[:MOST]
    leaving = Metier.objects.filter(withdrawn_at__gt=today).order_by("withdrawn_at", "pk")[:MOST]
    for metier in coming:
        yield Line(str(metier), f"paraît le {metier.published_at:%d/%m/%Y}", _address(metier))
    for metier in replacing:
        why = f"remplacée le {metier.published_at:%d/%m/%Y}"
        if metier.fiche_at and metier.chosen_at and metier.fiche_at > metier.chosen_at:
            why += "\u202f; la fiche a changé depuis qu’on a choisi ce jour, compare-les"
        yield Line(str(metier), why, _address(metier))
    for metier in leaving:
        yield Line(str(metier), f"se retire le {metier.withdrawn_at:%d/%m/%Y}", _address(metier))


def _last(**story):
    """When the last such thing was done to the fiche of the row at hand."""
    told = Revision.objects.going_on()
    of = told.filter(model="metiers.metier", key=OuterRef("slug"), **story)
    return Subquery(of.order_by("-at", "-pk").values("at")[:1])


def _reports():
    rows = Report.objects.filter(handled_at=None).order_by("-pk")[:MOST]
    return [
        Line(row.text, row.page, reverse("admin:desk_report_change", args=[row.pk])) for row in rows
    ]


def _tallies():
    since = timezone.localdate() - datetime.timedelta(days=DAYS)
    recent = Tally.objects.filter(day__gt=since)
    totals = dict(
        recent.values("kind").annotate(n=Sum("count")).order_by("kind").values_list("kind", "n")
    )
    return {
        "read_count": totals.get(Tally.Kind.READ, 0),
        "finished_count": totals.get(Tally.Kind.FINISHED, 0),
        "most_read": _most(recent, Tally.Kind.READ),
        "not_found": _most(recent, Tally.Kind.NOT_FOUND),
    }


def _most(recent, kind):
    """(key, count), the greatest first."""
    summed = recent.filter(kind=kind).values("key").annotate(n=Coalesce(Sum("count"), 0))
    return list(summed.order_by("-n", "key").values_list("key", "n")[:MOST])


def _address(metier):
    return reverse("admin:metiers_metier_change", args=[metier.pk])
