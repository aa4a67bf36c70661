"""What visitors report, and how often what is read."""

from django.contrib import admin, messages
from django.utils import timezone

from desk.models import Report, Tally

from .base import ReadOnly


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    list_display = ("text", "page", "day", "is_handled", "note")
    list_filter = (("handled_at", admin.EmptyFieldListFilter), "day")
    search_fields = ("text__folded", "page__folded", "note__folded")
    ordering = ("-pk",)
    fields = ("text", "page", "day", "note", "handled_at", "handled_by")
    readonly_fields = ("text", "page", "day", "handled_at", "handled_by")
    actions = ("mark_as_handled",)

    def has_add_permission(self, request):
        return False

    @admin.display(description="traité", boolean=True, ordering="handled_at")
    def is_handled(self, report):
        return report.handled_at is not None

    def save_model(self, request, report, form, change):
        """Who writes what was done has done it."""
        report.handled_at, report.handled_by = timezone.now(), request.user
        super().save_model(request, report, form, change)

    @admin.action(description="Marquer comme traités", permissions=["change"])
    def mark_as_handled(self, request, queryset):
        count = queryset.filter(handled_at=None).update(
            handled_at=timezone.now(), handled_by=request.user
        )
        messages.success(request, f"Traités\u00a0: {count}.")


@admin.register(Tally)
class TallyAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("day", "kind", "key", "count")
    list_filter = ("kind", "day")
    search_fields = ("key__folded",)
    ordering = ("-day", "-count", "pk")
    date_hierarchy = "day"
