"""A draft as its page will be: for its editors, and lent to a colleague without an account."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from metiers.models import Metier, Status
from metiers.views.fiche import fiche_context, with_fiche

from .models import PreviewLink

signer = Signer(salt="desk.preview")


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
    """A link to the draft of a fiche, whichever row holds it: that of its fiche outlives it."""
    return PreviewLink.objects.create(metier=metier.draft_of or metier, user=user, expires_at=until)


def token_of(link):
    return signer.sign(link.pk.hex)


def read_token(token):
    """The link that a token names; None for what we never signed or have no more."""
    try:
        key = UUID(signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    return PreviewLink.objects.select_related("metier__sector").filter(pk=key).first()


def links_of(metier):
    """Those that still open the fiche, the last to expire first."""
    lent = PreviewLink.objects.filter(metier=metier.draft_of_id or metier.pk, revoked_at=None)
    return (
        lent.filter(expires_at__gt=timezone.now())
        .select_related("user")
        .order_by("-expires_at", "pk")
    )


def is_open(link):
    return link.revoked_at is None and link.expires_at > timezone.now()


def draft_of(link):
    """The row that a link shows; None once there is no draft any more."""
    if link.metier.status != Status.PUBLISHED:
        return link.metier
    return Metier.with_drafts.filter(draft_of=link.metier_id).first()


def address_of(link):
    return reverse("desk:preview", args=[token_of(link)])
