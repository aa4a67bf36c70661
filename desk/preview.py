"""A draft as its page will be: for its editors, and lent to a colleague without an account."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from careerguide.templatetags.french import day
from metiers.models import Metier, Status
from metiers.views.fiche import fiche_context, with_fiche

from . import state, workflow
from .models import PreviewLink

signer = Signer(salt="desk.preview")
NOTHING_TO_LEND = "Rien à prêter\u00a0: aucun brouillon n’est ouvert."


def render_fiche(request, metier):
    """The very page that publishing would give today: same template, same reading."""
    shown = with_fiche(Metier.with_drafts.all()).get(pk=metier.pk)
    shown.reviewed_date = timezone.localdate()
    return render(request, "metiers/metier_detail.html", fiche_context(request, shown))


def framed(html):
    """A page for `srcdoc`: its anchors stay within the frame, what leads elsewhere opens a tab.

    In a `srcdoc`, « #missions » is an address of the page around it, which lets nothing frame it.
    """
    return html.replace("<head>", '<head><base target="_blank">', 1).replace(
        ' href="#', ' target="_self" href="about:srcdoc#'
    )


def lend(metier, user, *, until):
    """A link to the draft of a fiche, whichever row of the two is given.

    ValidationError for what visitors read already, and nobody is changing.
    """
    draft = to_lend(metier)
    if draft is None:
        raise ValidationError(NOTHING_TO_LEND)
    fiche = draft.draft_of or draft
    return PreviewLink.objects.create(metier=fiche, draft=draft, user=user, expires_at=until)


def to_lend(metier):
    """The row that a link would show; None where there is nothing that visitors can't read."""
    if _is_unread(metier):
        return metier
    return Metier.with_drafts.filter(draft_of=metier).first()


def _is_unread(metier):
    """A draft, or what is to appear on a day to come."""
    return metier.status != Status.PUBLISHED or workflow.is_to_come(metier)


def token_of(link):
    return signer.sign(link.pk.hex)


def read_token(token):
    """The link that a token names; None for what we never signed or have no more."""
    try:
        key = UUID(signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return PreviewLink.objects.select_related("metier", "draft", "user").filter(pk=key).first()


def links_of(metier):
    """Those that still open the draft of a fiche, the last to expire first."""
    lent = PreviewLink.objects.filter(metier=metier.draft_of_id or metier.pk, revoked_at=None)
    coming = lent.filter(expires_at__gt=timezone.now()).select_related("user", "draft")
    return [link for link in coming.order_by("-expires_at", "pk") if draft_of(link)]


def draft_of(link):
    """The row that a link shows; None where `why_closed` says why not, or once it is published."""
    is_shown = why_closed(link) is None and link.draft and _is_unread(link.draft)
    return link.draft if is_shown else None


def is_published(link):
    """Whether what was lent is what visitors read now."""
    return bool(link.draft and Metier.objects.published().filter(pk=link.draft_id).exists())


def why_closed(link):
    """Why nobody reads anything by a link any more, as a sentence; None while somebody does."""
    if link.revoked_at:
        return "La personne qui te l’avait prêté l’a repris."
    if link.expires_at <= timezone.now():
        return f"Il a expiré le {day(timezone.localdate(link.expires_at))}."
    if link.user is None or not link.user.is_active:
        return "La personne qui te l’avait prêté n’est plus à la rédaction."
    if link.draft is None:
        return "Ce brouillon a été abandonné ou supprimé."
    if not _is_unread(link.draft) and state.is_withdrawn(link.draft):
        return "La fiche a été publiée, puis retirée."
    return None


def address_of(link):
    return reverse("desk:preview", args=[token_of(link)])
