"""What an import of content files would do, told to an editor before it is done."""

from dataclasses import dataclass

from django.utils import timezone

from metiers.content import METIER
from metiers.models import Metier, Status

from .comparing import compare
from .models import Action, Revision


@dataclass(frozen=True)
class Told:
    """« changé : métier infirmier », « ne sera plus public », and the fields that change.

    `draft` says that a copy is open, which does not follow.
    """

    kind: str
    name: str
    visibility: str
    changes: list
    draft: str

    @property
    def fields(self):
        return ", ".join(change.label for change in self.changes)


def told(report):
    """A `Told` of each thing that a run wrote, a dry one too."""
    drafts = _open_drafts([change.instance for change in report.written if change.before])
    return [_told(change, drafts) for change in report.written]


def _told(change, drafts):
    document, before, after = change.document, change.before, change.after
    is_metier = document is METIER
    return Told(
        kind="changé" if before else "nouveau",
        name=f"{document.model._meta.verbose_name} {after[document.natural_key]}",
        visibility=_visibility(before, after) if is_metier else "",
        changes=compare(document, before, after) if before else [],
        draft=drafts.get(change.instance.pk, "") if is_metier and before else "",
    )


def _open_drafts(instances):
    """What is to be said of the copy of each fiche that has one, by the key of the fiche."""
    keys = [one.pk for one in instances if isinstance(one, Metier)]
    drafts = dict(
        Metier.with_drafts.filter(draft_of__in=keys).values_list("slug", "draft_of").order_by("pk")
    )
    started = Revision.objects.going_on().filter(
        model=Metier._meta.label_lower, key__in=drafts, action=Action.STARTED
    )
    by = {row.key: row.user for row in started.select_related("user").order_by("pk").defer("data")}
    return {key: _sentence(by.get(slug)) for slug, key in drafts.items()}


def _sentence(user):
    who = f" (par {user})" if user else ""
    said = "il ne suit pas, et remplacera ceci quand il sera publié"
    return f"Son brouillon est ouvert{who}\u00a0: {said}."


def _visibility(before, after):
    """What becomes of the page of a fiche, where anything does."""
    was, will = bool(before) and _is_public(before), _is_public(after)
    if was == will:
        return "" if before else "pas encore public"
    return "sera public" if will else "ne sera plus public"


def _is_public(content):
    """What `published()` asks of a row, of what a file says."""
    today = timezone.localdate()
    return (
        content["status"] == Status.PUBLISHED
        and content["published_at"] <= today
        and not (content["withdrawn_at"] and content["withdrawn_at"] <= today)
    )
