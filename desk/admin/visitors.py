"""What visitors report, and how often what is read."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html

from desk.models import Report, Tally

from .base import ReadOnly, yes_or_no
from .stale import OnlyWhatChanged


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    form = OnlyWhatChanged
    list_display = ("text", "page_link", "day", "is_handled", "note")
    list_filter = (("handled_at", admin.EmptyFieldListFilter), "day")
    search_fields = ("text__folded", "page__folded", "note__folded")
    ordering = ("-pk",)
    fields = ("text", "page_link", "day", "note", "handled_at", "handled_by")
    readonly_fields = ("text", "page_link", "day", "handled_at", "handled_by")
    actions = ("mark_as_handled",)

    def has_add_permission(self, request):
        return False

    @admin.display(description="page", ordering="page")
    def page_link(self, report):
        return format_html('<a href="{}">{}</a>', report.page, report.page)

    @admin.display(description="traité", ordering="handled_at")
    def is_handled(self, report):
        return yes_or_no(report.handled_at is not None)

    def save_model(self, request, report, form, change):
        """Who writes what was done has done it; a report that nothing was done about stays open."""
        if report.note and "note" in form.changed_data:
            report.handled_at, report.handled_by = timezone.now(), request.user
        super().save_model(request, report, form, change)

    def response_change(self, request, report):
        if report.handled_at:
            self.message_user(request, "Ce signalement est traité.", messages.SUCCESS)
        else:
            self.message_user(
                request,
                "Ce signalement reste ouvert\u00a0: écris la suite donnée pour le dire traité.",
                messages.WARNING,
            )
        return super().response_change(request, report)

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
