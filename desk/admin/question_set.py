from django.contrib import admin

from quiz.models import Question, QuestionSet

from .history import HistoryMixin
from .question_set_forms import QuestionFormSet, QuestionSetForm

COPIED = ("prompt", "answer_labels", "level_prompt", "level_labels", "norms")


class FrozenOncePublished:
    """May always be read; changed and deleted only while the set that it belongs to is a draft."""

    def has_change_permission(self, request, obj=None):
        return is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return is_draft(obj) and super().has_delete_permission(request, obj)


class QuestionInline(FrozenOncePublished, admin.TabularInline):
    model = Question
    formset = QuestionFormSet
    fields = ("position", "item", "dimension", "is_core", "text")
    extra = 0
    max_num = 36
    ordering = ("position", "pk")

    def has_add_permission(self, request, obj=None):
        return is_draft(obj) and super().has_add_permission(request, obj)


@admin.register(QuestionSet)
class QuestionSetAdmin(FrozenOncePublished, HistoryMixin, admin.ModelAdmin):
    form = QuestionSetForm
    list_display = ("__str__", "status", "published_at")
    list_filter = ("status",)
    ordering = ("-number", "pk")
    inlines = (QuestionInline,)
    fieldsets = (
        (None, {"fields": ("number", "status", "published_at")}),
        ("Ce que lit la personne", {"fields": COPIED[:-1]}),
        ("Ce que les réponses veulent dire", {"fields": ("norms",)}),
    )

    def get_changeform_initial_data(self, request):
        """A new set starts from the words and the norms of the newest."""
        newest = QuestionSet.objects.order_by("-number", "pk").first()
        copied = {name: getattr(newest, name) for name in COPIED} if newest else {}
        number = newest.number + 1 if newest else 1
        return {"number": number} | copied | super().get_changeform_initial_data(request)

    def save_model(self, request, question_set, form, change):
        """A draft at first, since the questions come after and a published set takes none."""
        status, question_set.status = question_set.status, QuestionSet.Status.DRAFT
        super().save_model(request, question_set, form, change)
        question_set.status = status

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.instance.is_published:
            form.instance.save()


def is_draft(question_set):
    """In the database: the form at hand may just have set the status to published."""
    return not QuestionSet.objects.published().filter(pk=question_set and question_set.pk).exists()
