"""Pages of the desk that are no admin's own."""

from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

DESK = "/gestion/"
MACHINERY = ("csrfmiddlewaretoken", "password", "otp", "_", "seen_", "action")
MANAGEMENT = ("_FORMS", "-id", "-metier")


@sensitive_post_parameters("password")
def forbidden(request, exception=None):
    """403, with all that was typed: a role that changes in the middle of an edit loses nothing."""
    return render(request, "403.html", {"typed": typed_in(request)}, status=403)


def csrf_failure(request, reason=""):
    """The same for a form that was opened before its author logged in again."""
    context = {"typed": typed_in(request), "is_old_form": True}
    return render(request, "403.html", context, status=403)


def typed_in(request):
    """Name and text of each field that a form of the desk sent, but for what nobody typed."""
    if request.method != "POST" or not request.path.startswith(DESK):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(MACHINERY) and not name.endswith(MANAGEMENT)
        for value in values
        if value.strip()
    ]
