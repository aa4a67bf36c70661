"""What is typed in a form stays in its browser until it is saved: the server's share of it.

`static/desk/drafts.js` keeps each form under a key that it sends; a cookie tells which are saved.
"""

import re

from django.urls import reverse

SAVED_FORMS = "saved_forms"
"""The cookie, « 0a1b2c3d-1.0a1b2c3d-3 »."""
FORM_KEY = "draft_key"
FORM_KEY_SHAPE = re.compile(r"[0-9a-f-]{8,40}")
REMEMBERED = 20


class KeptInBrowser:
    """A form whose text is kept, and offered again, by what it is about."""

    def kept_as(self, obj):
        """« metiers.school:12 », and « metiers.school: » for the next to be added."""
        return f"{self.opts.label_lower}:{obj.pk if obj else ''}"

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["kept_as"] = self.kept_as(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def log_addition(self, request, obj, message):
        request.is_saved = True
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        request.is_saved = True
        return super().log_change(request, obj, message)

    def changeform_view(self, request, *args, **kwargs):
        """Whatever page follows a save."""
        response = super().changeform_view(request, *args, **kwargs)
        key = request.POST.get(FORM_KEY, "")
        if getattr(request, "is_saved", False) and FORM_KEY_SHAPE.fullmatch(key):
            remember(request, response, key)
        return response


def remember(request, response, key):
    keys = [*request.COOKIES.get(SAVED_FORMS, "").split("."), key]
    response.set_cookie(
        SAVED_FORMS,
        ".".join(keys[-REMEMBERED:]),
        path=reverse("admin:index"),
        samesite="Strict",
        secure=request.is_secure(),
    )
