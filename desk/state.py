"""Where a fiche stands, said to its editors."""

from django.utils import timezone

from careerguide.templatetags.french import day
from metiers.models import Status


def sentences(metier):
    """« En ligne depuis le 3 mars 2026. », « Retrait prévu le 1er juin 2026. »"""
    today = timezone.localdate()
    if metier.draft_of_id:
        yield "Brouillon d’une fiche publiée\u00a0: la page publique n’en montre rien."
        if metier.published_at:
            yield f"Il la remplace le {day(metier.published_at)}."
    if metier.status != Status.PUBLISHED:
        if not metier.draft_of_id or (metier.status == Status.REVIEW and not metier.published_at):
            yield f"{metier.get_status_display()}."
        return
    if is_withdrawn(metier):
        yield f"Retirée depuis le {day(metier.withdrawn_at)}."
    elif metier.published_at > today:
        yield f"Publication prévue le {day(metier.published_at)}."
    else:
        yield f"En ligne depuis le {day(metier.published_at)}."
    if metier.withdrawn_at and metier.withdrawn_at > today:
        yield f"Retrait prévu le {day(metier.withdrawn_at)}."


def is_withdrawn(metier):
    return bool(metier.withdrawn_at and metier.withdrawn_at <= timezone.localdate())


HAS_DRAFT = "son brouillon est ouvert\u202f; publie-le ou abandonne-le d’abord."


def why_kept(metier):
    """Why a fiche is not deleted as it stands, or None: what is read is withdrawn before."""
    if metier.draft_of_id:
        return "le brouillon d’une fiche s’abandonne depuis sa page."
    if metier.status == Status.PUBLISHED and not is_withdrawn(metier):
        return "elle est en ligne ou doit l’être\u202f; retire-la d’abord."
    return None


def is_frozen(metier):
    """What visitors read, have read or will read as it is is edited in its draft, never itself."""
    return metier.status == Status.PUBLISHED or bool(metier.draft_of_id and metier.published_at)
