"""Sets of questions: copied, edited as drafts, compared, tried on oneself, published for ever."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Script
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from careerguide.content.registry import document_of
from desk.comparing import compare
from desk.history import record
from desk.models import Action
from desk.question_sets import COPIED, duplicate, tried
from desk.views import published_meanwhile
from quiz.models import Question, QuestionSet

from .base import yes_or_no
from .history import HistoryMixin
from .kept_drafts import KeptInBrowser
from .question_set_forms import QuestionFormSet, QuestionSetForm, TryForm

DOCUMENT = document_of(QuestionSet)
OWN = ("number", "status", "published_at")
"""What two sets never share, and says nothing of what they ask."""


class FrozenOncePublished:
    """May always be read; changed and deleted only while the set that it belongs to is a draft."""

    def has_change_permission(self, request, obj=None):
        return is_draft(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return is_draft(obj) and super().has_delete_permission(request, obj)


class QuestionInline(FrozenOncePublished, admin.TabularInline):
    model = Question
    formset = QuestionFormSet
    readonly_fields = ("core",)
    extra = 0
    max_num = 36
    ordering = ("position", "pk")

    def has_add_permission(self, request, obj=None):
        return is_draft(obj) and super().has_add_permission(request, obj)

    def get_fields(self, request, obj=None):
        core = "is_core" if self.has_change_permission(request, obj) else "core"
        return ("position", "item", "dimension", core, "text")

    @admin.display(description="dans les 18 premières")
    def core(self, question):
        return yes_or_no(question.is_core)


@admin.register(QuestionSet)
class QuestionSetAdmin(FrozenOncePublished, KeptInBrowser, HistoryMixin, admin.ModelAdmin):
    form = QuestionSetForm
    list_display = ("__str__", "status", "published_at")
    list_filter = ("status",)
    ordering = ("-number", "pk")
    inlines = (QuestionInline,)
    change_form_template = "desk/question_set_change_form.html"
    fieldsets = (
        (None, {"fields": ("number", "status", "for_ever", "published_at")}),
        ("Ce que lit la personne", {"fields": COPIED[:-1]}),
        ("Ce que les réponses veulent dire", {"fields": ("norms",)}),
    )

    class Media:
        js = (Script("desk/drafts.js", type="module"),)

    def get_fieldsets(self, request, obj=None):
        """What is published has nothing more to be published for."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return fieldsets
        (name, options), *others = fieldsets
        kept = [field for field in options["fields"] if field != "for_ever"]
        return [(name, options | {"fields": kept}), *others]

    def get_urls(self):
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"set_{key}")
            for name, key, view in (
                ("copier", "duplicate", self.duplicate_view),
                ("comparer", "compare", self.compare_view),
                ("essayer", "try", self.try_view),
            )
        ]
        return own + super().get_urls()

    def get_changeform_initial_data(self, request):
        """A new set starts from the words and the norms of the newest."""
        newest = QuestionSet.objects.order_by("-number", "pk").first()
        copied = {name: getattr(newest, name) for name in COPIED} if newest else {}
        number = newest.number + 1 if newest else 1
        return {"number": number} | copied | super().get_changeform_initial_data(request)

    def refused(self, request):
        """Whoever may edit drafts had one, and reads what became of it beside what they typed."""
        if not self.has_change_permission(request):
            return super().refused(request)
        return published_meanwhile(request)

    def save_model(self, request, question_set, form, change):
        """A draft at first, since the questions come after and a published set takes none."""
        status, question_set.status = question_set.status, QuestionSet.Status.DRAFT
        super().save_model(request, question_set, form, change)
        question_set.status = status

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.instance.is_published:
            form.instance.save()

    @method_decorator(require_POST)
    def duplicate_view(self, request, pk):
        """A draft of the next number with the same questions."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        with transaction.atomic():
            original = self._set(request, pk)
            copy = duplicate(original)
            record(copy, Action.CREATED, request.user, f"Copie du jeu {original.number}")
        messages.success(
            request, f"«\u00a0{copy}\u00a0» est une copie\u00a0: change-la, rien n’est public."
        )
        return redirect("admin:quiz_questionset_change", copy.pk)

    @method_decorator(require_safe)
    def compare_view(self, request, pk):
        """Beside the set asked for by `avec`, or the one before."""
        shown = self._set(request, pk)
        others = QuestionSet.objects.exclude(pk=pk).order_by("-number", "pk")
        asked = request.GET.get("avec", "")
        other = (
            others.filter(number=asked).first()
            if asked.isdecimal() and len(asked) < 4
            else others.filter(number__lt=shown.number).first() or others.first()
        )
        return self._page(
            request,
            shown,
            "desk/question_set_compare.html",
            title=f"Comparer le jeu {shown.number}",
            other=other,
            others=others,
            changes=compare(DOCUMENT, *map(DOCUMENT.dump, (other, shown)), without=OWN)
            if other
            else [],
        )

    @method_decorator(require_safe)
    def try_view(self, request, pk):
        """All its statements on one page; the answers stay in the address."""
        shown = self._set(request, pk)
        form = TryForm(request.GET or None, question_set=shown)
        return self._page(
            request,
            shown,
            "desk/question_set_try.html",
            title=f"Essayer le jeu {shown.number}",
            form=form,
            found=tried(shown, *form.answers()) if form.is_valid() else None,
        )

    def _set(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = QuestionSet.objects.with_questions().filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def _page(self, request, question_set, template, **context):
        back = reverse("admin:quiz_questionset_change", args=[question_set.pk])
        context |= self.admin_site.each_context(request)
        return render(
            request, template, context | {"shown": question_set, "back": back, "opts": self.opts}
        )


def is_draft(question_set):
    """In the database: the form at hand may just have set the status to published."""
    if question_set is None:
        return True
    return not QuestionSet.objects.published().filter(pk=question_set.pk).exists()
