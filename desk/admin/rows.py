"""The rows of a fiche, as inlines of its form."""

from django import forms
from django.contrib import admin
from django.db import models

from desk.numbers import number_in
from metiers.completeness import MINIMUM_ROWS
from metiers.models import (
    BelgianFact,
    Demand,
    Figure,
    FrequentQuestion,
    InterestEvidence,
    SalaryScale,
    SchoolOffer,
    SimilarMetier,
    Testimony,
    TrainingStep,
    TypicalHour,
)

from .advice import Advised
from .forms import ParagraphsField, SimilarMetierForm
from .known import KnownChoices
from .row_forms import EvidenceFormSet, PlacedRowForm, RowForm, RowFormSet

BLANK_ROWS = "lignes"
"""The parameter by which a page without JavaScript asks for blank rows: `?lignes=3`."""
MOST_BLANK_ROWS = 9


class RowInline(KnownChoices, Advised, admin.StackedInline):
    """In the editor's order; blank rows come by a button, or with the page where there is none."""

    formset = RowFormSet
    form = PlacedRowForm
    template = "desk/_rows.html"
    extra = 0
    formfield_overrides = {
        models.TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")},
        models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
        models.TextField: {
            "form_class": ParagraphsField,
            "widget": forms.Textarea(attrs={"rows": 5}),
        },
    }

    @property
    def media(self):
        return forms.Media()

    @property
    def minimum(self):
        return MINIMUM_ROWS.get(self.accessor, 0)

    @property
    def accessor(self):
        key = self.fk_name or "metier"
        return self.model._meta.get_field(key).remote_field.get_accessor_name()

    @property
    def is_sortable(self):
        return "position" in self.form.base_fields

    def get_extra(self, request, obj=None, **kwargs):
        return min(number_in(request.GET.get(BLANK_ROWS, "")) or 0, MOST_BLANK_ROWS)


class SingleRowInline(RowInline):
    """A row of which there is one at most, and no place to give it."""

    form = RowForm


class EvidenceInline(RowInline):
    model = InterestEvidence
    formset = EvidenceFormSet
    form = RowForm
    fields = ("dimension", ("evidence", "block"), "is_low")
    max_num = 6

    def get_extra(self, request, obj=None, **kwargs):
        return 6

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "dimension":
            field.widget = forms.HiddenInput()
        return field


class HourInline(RowInline):
    model = TypicalHour
    fields = (("starts_at", "title"), "text", "position")


class BelgianFactInline(RowInline):
    model = BelgianFact
    autocomplete_fields = ("source",)
    fields = ("text", ("year", "source"), "position")


class TrainingStepInline(RowInline):
    model = TrainingStep
    fields = (("title", "track"), ("year", "place", "duration"), "text", "position")


class FrequentQuestionInline(RowInline):
    model = FrequentQuestion
    fields = ("question", "answer", "position")


class FigureInline(RowInline):
    model = Figure
    autocomplete_fields = ("source",)
    fields = (
        "label",
        ("value", "value_max", "unit"),
        ("scope", "year", "source"),
        ("is_estimate", "is_pay"),
        "position",
    )


class SalaryInline(SingleRowInline):
    model = SalaryScale
    autocomplete_fields = ("source",)
    fields = (
        ("junior_low", "junior_high"),
        ("mid_low", "mid_high"),
        ("senior_low", "senior_high"),
        ("scope", "year", "source"),
        "is_estimate",
        "comment",
    )


class DemandInline(RowInline):
    model = Demand
    max_num = 3
    autocomplete_fields = ("source",)
    fields = (("region", "status"), ("year", "source"), "note", "position")


class TestimonyInline(SingleRowInline):
    model = Testimony
    fields = ("kind", "text", "context", ("author", "consent_date"))


class OfferInline(RowInline):
    model = SchoolOffer
    autocomplete_fields = ("school",)
    fields = ("school", "programme", "position")


class SimilarInline(RowInline):
    model = SimilarMetier
    form = SimilarMetierForm
    fk_name = "metier"
    autocomplete_fields = ("other",)
    fields = ("other", "position")
