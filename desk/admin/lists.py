"""What the reference lists share: where each row is used, and the merging of doubles."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from desk.merging import merge
from desk.usage import uses_of, with_usage
from metiers.models import MovedAddress

MOST_USES_SHOWN = 200
ALREADY_MERGED = "C’est déjà fait\u00a0: ces doubles n’y sont plus."


class ListMixin:
    """Counts uses in the list, names them on the page, merges, keeps the history."""

    actions = ("merge_doubles",)
    change_form_template = "desk/list_change_form.html"

    def get_queryset(self, request):
        return with_usage(super().get_queryset(request))

    def get_list_display(self, request):
        name, *others = super().get_list_display(request)
        return (name, "used", *others)

    @admin.display(description="utilisé", ordering="usage")
    def used(self, row):
        return f"{row.usage} fois" if row.usage else "jamais"

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        uses = list(uses_of(obj)) if obj else []
        context |= {"uses": uses[:MOST_USES_SHOWN], "more_uses": len(uses) - MOST_USES_SHOWN}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        """An address that is renamed still leads here."""
        before = type(obj).objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        if before and hasattr(obj, "get_absolute_url"):
            MovedAddress.remember(before.get_absolute_url(), obj.get_absolute_url())

    def _may_merge(self, request):
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(description="Fusionner les doubles…", permissions=["delete"])
    def merge_doubles(self, request, queryset):
        if not self._may_merge(request):
            raise PermissionDenied
        rows = queryset.order_by("-usage", "pk")
        if len(rows) < 2:
            were_two = len(request.POST.getlist(admin.helpers.ACTION_CHECKBOX_NAME)) > 1
            said = ALREADY_MERGED if were_two else "Coche au moins deux lignes à fusionner."
            self.message_user(request, said, messages.WARNING)
            return None
        form = MergeForm(request.POST if "kept" in request.POST else None, rows=rows)
        if form.is_valid():
            kept = form.cleaned_data["kept"]
            merged = merge(kept, [row for row in rows if row != kept], request.user)
            if merged:
                others = "autre" if len(merged) == 1 else "autres"
                said = f"«\u00a0{kept}\u00a0» remplace {len(merged)} {others}."
                self.message_user(request, said)
            else:
                self.message_user(request, ALREADY_MERGED, messages.WARNING)
            return redirect(request.get_full_path())
        return render(
            request,
            "desk/merge.html",
            self.admin_site.each_context(request)
            | {
                "title": "Fusionner des doubles",
                "opts": self.opts,
                "form": form,
                "rows": [(row, list(uses_of(row))) for row in rows],
                "checkbox": admin.helpers.ACTION_CHECKBOX_NAME,
            },
        )


class MergeForm(forms.Form):
    """Which of the rows is kept: at first the one that is used most."""

    kept = forms.ModelChoiceField(
        queryset=None,
        label="Laquelle garder\u202f?",
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kept"].queryset = rows
        self.initial["kept"] = rows[0].pk
