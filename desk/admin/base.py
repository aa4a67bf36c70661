"""What every screen of the desk shares."""

from django import forms
from django.contrib import admin
from django.db import models

from desk.usage import links_to

from .forms import LinesField, ParagraphsField
from .history import HistoryMixin
from .kept_drafts import KeptInBrowser

WIDE = {"widget": forms.TextInput(attrs={"class": "vLargeTextField"})}


class ContentAdmin(KeptInBrowser, HistoryMixin, admin.ModelAdmin):
    class Media:
        js = tuple(forms.Script(f"desk/{name}.js", type="module") for name in ("selects", "drafts"))

    formfield_overrides = {
        models.CharField: WIDE,
        models.TextField: {"form_class": ParagraphsField},
        models.JSONField: {"form_class": LinesField},
        models.URLField: {"assume_scheme": "https"},
    }

    def get_deleted_objects(self, objs, request):
        """What stands on it is named, rather than a right to delete that which stays anyway."""
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        for linked, user in links_to(list(objs)):
            protected.append(f"{linked}\u00a0: {user._meta.verbose_name} «\u00a0{user}\u00a0»")
        return shown, counts, set() if protected else lacking, protected

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A browser sends a line break as two characters; the content has one, as its files do."""
        if request.method == "POST":
            request.POST = with_plain_breaks(request.POST)
        return super().changeform_view(request, object_id, form_url, extra_context)


def with_plain_breaks(post):
    plain = post.copy()
    for name, values in post.lists():
        plain.setlist(name, [value.replace("\r\n", "\n") for value in values])
    return plain


def yes_or_no(value):
    """In words: the admin's own icons are called « True » and « False »."""
    return "oui" if value else "non"


class ReadOnly:
    """Rows that are looked at here, and made or changed elsewhere."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
