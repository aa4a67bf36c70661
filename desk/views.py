"""Pages of the desk that are no admin's own."""

import sys

from django.apps import apps
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from careerguide.http import keep_private
from metiers.models import Metier

from . import preview
from .places import label_of_input

DESK = "/gestion/"
REPORT = "/signaler/"
SENT_BESIDE = {"seen", "fiche", "draft_key", "told", "revision", "days"}
MACHINERY = ("csrfmiddlewaretoken", "_", "seen_", "initial-", "action", "otp")
MANAGEMENT = ("_FORMS", "-id", "-metier")


@require_safe
def lent_preview(request, token):
    """A draft for whoever has the link, until its day or until it is taken back.

    Once published it is the public page; closed, it never shows that page in the draft's place.
    """
    link = preview.read_token(token)
    why = link and preview.why_closed(link)
    if link and why is None and (draft := preview.draft_of(link)):
        response = preview.render_fiche(request, draft)
    elif link and why is None and preview.is_published(link):
        response = redirect(link.draft)
    else:
        public = link and Metier.objects.published().filter(pk=link.metier_id).first()
        context = {"link": link, "why": why, "public": public}
        status = 410 if link else 404
        response = render(request, "desk/preview_closed.html", context, status=status)
    keep_private(response)["Cache-Control"] = "private, no-store"
    return response


def forbidden(request, exception=None):
    """403, with all that was typed: a role that changes in the middle of an edit loses nothing."""
    return render(request, "403.html", {"typed": typed_in(request)}, status=403)


def csrf_failure(request, reason=""):
    """The same for a form that was opened before its author logged in again."""
    context = {"typed": typed_in(request), "what": "old form"}
    return render(request, "403.html", context, status=403)


def gone(request, end=None):
    """The same for what is there no more: a draft that was published or thrown away, or a line of a
    list. Its `end` is a dict of `kind`, the `last` revision and, once merged, what is `kept` and
    its `page`; None for each that is not known.
    """
    context = {"typed": typed_in(request), "what": "gone", "end": end}
    return render(request, "403.html", context, status=410)


def published_meanwhile(request):
    """The same for a set of questions, which nobody changes any more."""
    context = {"typed": typed_in(request), "what": "published set"}
    return render(request, "403.html", context, status=403)


def scheduled_meanwhile(request, on, page):
    """The same for a draft that waits for the day `on`, as it is; its `page` calls it back."""
    context = {"typed": typed_in(request), "what": "scheduled", "on": on, "page": page}
    return render(request, "403.html", context, status=403)


def broken(request):
    """500 for what nobody foresaw; at the desk, and of a report, with all that was typed, and 503
    where the database was only busy: another try is all it takes.
    """
    is_report = request.method == "POST" and request.path == REPORT
    if not (is_report or request.path.startswith(DESK)):
        return HttpResponse(render_to_string("500.html"), status=500)
    error = sys.exception()
    is_busy = isinstance(error, OperationalError) and "lock" in str(error)
    context = {"is_desk": not is_report, "is_report": is_report, "is_busy": is_busy}
    page = render_to_string("500.html", context | {"typed": typed_in(request)})
    if is_busy:
        return HttpResponse(page, status=503, headers={"Retry-After": "5"})
    return HttpResponse(page, status=500)


def typed_in(request):
    """Name and text of each field that a form of the desk sent, but for what nobody typed; of a
    visitor's report, its text.
    """
    if request.method != "POST":
        return []
    if request.path == REPORT:
        text = request.POST.get("text", "").strip()
        return [("ton message", text)] if text else []
    if not request.path.startswith(DESK):
        return []
    model = _model_of(request.path)
    return [
        (label_of_input(model, name) if model else name, value)
        for name, values in request.POST.lists()
        if name not in SENT_BESIDE
        and not name.startswith(MACHINERY)
        and not name.endswith(MANAGEMENT)
        and "password" not in name
        for value in values
        if value.strip()
    ]


def _model_of(path):
    """Whose form stands at « /gestion/metiers/school/3/change/ »."""
    app, _, rest = path.removeprefix(DESK).partition("/")
    try:
        return apps.get_model(app, rest.partition("/")[0])
    except (LookupError, ValueError):
        return None
