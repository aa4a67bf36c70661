"""What an import of content files would do, told to an editor before it is done."""

from dataclasses import dataclass

from django.utils import timezone

from metiers.content import METIER
from metiers.models import Status

from .comparing import compare


@dataclass(frozen=True)
class Told:
    """« changé : métier infirmier », « ne sera plus public », and the fields that change."""

    kind: str
    name: str
    visibility: str
    changes: list

    @property
    def fields(self):
        return ", ".join(change.label for change in self.changes)


def told(report):
    """A `Told` of each thing that a dry run wrote."""
    return [_told(change) for change in report.written]


def _told(change):
    document, before, after = change.document, change.before, change.after
    return Told(
        kind="changé" if before else "nouveau",
        name=f"{document.model._meta.verbose_name} {after[document.natural_key]}",
        visibility=_visibility(before, after) if document is METIER else "",
        changes=compare(document, before, after) if before else [],
    )


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
