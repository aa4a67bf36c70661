"""The quality meter on the list and the page of a métier, and the bench of its interests."""

from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from careerguide.french import is_singular
from careerguide.typography import grouped
from desk.quality import counts_of, documents_of, known, quality_of, repair_typography, repeats_in
from desk.who_would_get import PEOPLE, audience, average
from desk.workflow import WRITE
from metiers.catalogue import read_catalogue
from metiers.models import Metier
from metiers.models.metier import INTEREST_FIELDS
from metiers.riasec import LETTERS, Dimension
from quiz.models import QuestionSet
from quiz.questionnaire import read_questionnaire

REPAIR = "_typeset"


class InterestsForm(forms.Form):
    """The six values of a métier, under the names of its columns."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for letter, name in zip(LETTERS, INTEREST_FIELDS, strict=True):
            label = f"{letter}, {Dimension(letter).label.lower()}"
            self.fields[name] = forms.IntegerField(label=label, min_value=0, max_value=100)

    @classmethod
    def of(cls, values):
        """Filled with values; where one is missing it is not yet a fault."""
        return cls(values) if None not in values.values() else cls(initial=values)

    @property
    def interests(self):
        return tuple(self.cleaned_data[name] for name in INTEREST_FIELDS)


class QualityMixin:
    # Counting all of them again, whenever some are chosen, pays for the column of things to see.
    show_full_result_count = False

    def get_urls(self):
        view = self.admin_site.admin_view(self.who_view)
        return [path("<int:key>/qui/", view, name="metiers_metier_who"), *super().get_urls()]

    def get_list_display(self, request):
        name, *others = super().get_list_display(request)
        return (name, "to_see", *others)

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        counts = counts_of(changelist.result_list)
        for metier in changelist.result_list:
            metier.seen = counts[metier.pk]
        return changelist

    @admin.display(description="à voir")
    def to_see(self, metier):
        count, score = metier.seen
        if not count:
            return "rien"
        address = reverse("admin:metiers_metier_change", args=[metier.pk])
        things = "chose" if is_singular(count) else "choses"
        said = f"{count} {things}, {score}" if score else f"{count} {things}"
        return format_html('<a href="{}#qualite">{}</a>', address, said)

    def render_change_form(self, request, context, *args, change=False, obj=None, **kwargs):
        if change:
            [data] = documents_of([obj])
            context |= {
                "quality": quality_of(data, known().guide, timezone.localdate()),
                "repeats": repeats_in(data),
                "who_page": reverse("admin:metiers_metier_who", args=[obj.pk]),
                "may_bench": request.user.has_perm(WRITE),
            }
        return super().render_change_form(request, context, *args, change=change, obj=obj, **kwargs)

    def response_change(self, request, obj):
        """What was typed is saved by now; the button of the meter asks for more."""
        if REPAIR not in request.POST:
            return super().response_change(request, obj)
        try:
            is_changed = repair_typography(obj, request.user)
        except ValidationError as error:
            said = " ".join(error.messages)
            messages.error(
                request, f"Enregistré, mais la typographie n’a pas pu l’être\u00a0: {said}"
            )
        else:
            done = "typographie réparée" if is_changed else "la typographie était déjà bonne"
            messages.success(request, f"Enregistré\u202f; {done}.")
        return HttpResponseRedirect(reverse("admin:metiers_metier_change", args=[obj.pk]))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def who_view(self, request, key):
        """The values stand in the address; those of the métier's form come by POST, then do too."""
        if not request.user.has_perm(WRITE):
            raise PermissionDenied
        metier = get_object_or_404(Metier.with_drafts, pk=key)
        if request.method == "POST":
            given = {name: request.POST.get(name, "")[:4] for name in INTEREST_FIELDS}
            return redirect(f"{request.path}?{urlencode(given)}")
        is_given = any(name in request.GET for name in INTEREST_FIELDS)
        saved = {name: getattr(metier, name) for name in INTEREST_FIELDS}
        form = InterestsForm(request.GET) if is_given else InterestsForm.of(saved)
        context = self.admin_site.each_context(request) | {
            "title": "Qui obtiendrait ce métier\u202f?",
            "metier": metier,
            "back": reverse("admin:metiers_metier_change", args=[metier.pk]),
            "opts": self.opts,
            "form": form,
            "people": grouped(str(PEOPLE)),
            "missing": [] if is_given else _missing(saved),
        }
        return render(request, "desk/who_would_get.html", context | _compared(metier, form))


def _missing(values):
    """The types that have no value: « A, créer »."""
    labels = {name: field.label for name, field in InterestsForm().fields.items()}
    return [labels[name] for name, value in values.items() if value is None]


def _compared(metier, form):
    """The audience before and after, and a line for each type."""
    try:
        norms = read_questionnaire().norms
    except QuestionSet.DoesNotExist:
        return {"is_without_questions": True}
    catalogue = read_catalogue()
    is_public = metier.slug in catalogue.numbers
    public = tuple(catalogue.interests[catalogue.numbers[metier.slug]]) if is_public else None
    reference = public or metier.interests
    before = audience(metier.slug, reference, catalogue, norms) if reference else None
    after = audience(metier.slug, form.interests, catalogue, norms) if form.is_valid() else None
    return {
        "before": before,
        "after": after,
        "before_title": "Publié" if is_public else "Enregistré",
        "types": [
            (one.label, before and before.types[one], after and after.types[one])
            for one in Dimension
        ],
        "average": average(catalogue),
        "catalogue_size": len(catalogue),
    }
