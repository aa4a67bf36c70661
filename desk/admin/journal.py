"""Who did what, when and why, over all the content; and the wastebasket."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from desk import wastebasket
from desk.history import when
from desk.models import Action, Revision
from desk.numbers import number_in
from desk.places import sentences_of

from .base import ReadOnly, yes_or_no
from .history import say_what_is_gone


@admin.register(Revision)
class RevisionAdmin(ReadOnly, admin.ModelAdmin):
    """The journal: read only, since what was done was done."""

    list_display = ("at", "user", "action", "name", "of_draft", "reason")
    list_display_links = None
    list_filter = ("action", "model", "user", "at")
    list_select_related = ("user",)
    search_fields = ("name__folded", "key__folded", "reason__folded")
    ordering = ("-at", "-pk")
    change_list_template = "desk/journal.html"

    @admin.display(description="du brouillon", ordering="is_draft")
    def of_draft(self, revision):
        return yes_or_no(revision.is_draft)

    def get_queryset(self, request):
        return super().get_queryset(request).defer("data")

    def get_urls(self):
        view = self.admin_site.admin_view(self.wastebasket_view)
        return [path("corbeille/", view, name="desk_wastebasket"), *super().get_urls()]

    def wastebasket_view(self, request):
        """What was deleted; sent back, one of it is put back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._put_back(request)
        return render(
            request,
            "desk/wastebasket.html",
            self.admin_site.each_context(request)
            | {
                "title": "Corbeille",
                "opts": self.opts,
                "rows": [
                    (deleted, self._may_put_back(request, deleted.revision))
                    for deleted in wastebasket.contents()
                ],
            },
        )

    def _put_back(self, request):
        chosen = number_in(request.POST.get("revision", ""))
        slug = request.POST.get("slug", "").strip()
        deleted = Revision.objects.filter(action=Action.DELETED)
        revision = get_object_or_404(deleted, pk=chosen)
        if not self._may_put_back(request, revision):
            raise PermissionDenied
        try:
            with transaction.atomic():
                instance, gone = wastebasket.put_back(revision, request.user, slug)
        except wastebasket.AlreadyBack as found:
            self.message_user(request, str(found))
            return redirect(page_of(found.instance) if found.instance else "admin:desk_wastebasket")
        except ValidationError as error:
            said = " ".join(sentences_of(revision.model_class, error))
            self.message_user(request, said, messages.ERROR)
            return redirect("admin:desk_wastebasket")
        self.message_user(request, f"{revision.name}\u00a0: rétabli, tel qu’au {when(revision)}.")
        say_what_is_gone(request, gone)
        return redirect(page_of(instance))

    def _may_put_back(self, request, revision):
        opts = revision.model_class._meta
        return request.user.has_perm(f"{opts.app_label}.add_{opts.model_name}")


def page_of(instance):
    opts = instance._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[instance.pk])
