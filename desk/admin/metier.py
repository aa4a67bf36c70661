"""The métier with all its rows."""

from django.contrib import admin, messages
from django.db import models

from metiers.completeness import missing
from metiers.models import (
    BelgianFact,
    Demand,
    Figure,
    FrequentQuestion,
    InterestEvidence,
    Metier,
    SalaryScale,
    SchoolOffer,
    SimilarMetier,
    Status,
    Testimony,
    TrainingStep,
    TypicalHour,
)
from metiers.models.metier import INTEREST_FIELDS

from .base import WIDE, ContentAdmin
from .forms import MetierForm, SimilarMetierForm


class Rows:
    """In the editor's order, none shown empty, folded away until wanted."""

    extra = 0
    ordering = ("position", "pk")
    classes = ("collapse",)


class RowInline(Rows, admin.StackedInline):
    """Rows of many or long fields."""

    formfield_overrides = {models.CharField: WIDE}


class ShortRowInline(Rows, admin.TabularInline):
    """Rows that fit on a line."""


class EvidenceInline(ShortRowInline):
    model = InterestEvidence
    max_num = 6


class HourInline(ShortRowInline):
    model = TypicalHour


class BelgianFactInline(RowInline):
    model = BelgianFact
    autocomplete_fields = ("source",)


class TrainingStepInline(RowInline):
    model = TrainingStep


class FrequentQuestionInline(RowInline):
    model = FrequentQuestion


class FigureInline(RowInline):
    model = Figure
    autocomplete_fields = ("source",)


class SalaryInline(RowInline):
    model = SalaryScale
    ordering = ("pk",)
    autocomplete_fields = ("source",)


class DemandInline(RowInline):
    model = Demand
    max_num = 3
    autocomplete_fields = ("source",)


class TestimonyInline(RowInline):
    model = Testimony
    ordering = ("pk",)


class OfferInline(ShortRowInline):
    model = SchoolOffer
    autocomplete_fields = ("school",)


class SimilarInline(ShortRowInline):
    model = SimilarMetier
    form = SimilarMetierForm
    fk_name = "metier"
    autocomplete_fields = ("other",)


@admin.register(Metier)
class MetierAdmin(ContentAdmin):
    form = MetierForm
    list_display = ("name", "sector", "study_level", "status", "published_at", "reviewed_date")
    list_filter = ("status", "sector", "study_level", "is_regulated", "reviewed_date")
    list_select_related = ("sector",)
    search_fields = ("name_masculine", "name_feminine", "short_name", "slug")
    ordering = ("name_masculine", "pk")
    date_hierarchy = "published_at"
    save_on_top = True
    autocomplete_fields = ("sector", "picture", "areas", "criteria", "sources")
    fieldsets = (
        (None, {"fields": ("slug", "status", ("published_at", "reviewed_date"))}),
        (
            "Noms",
            {
                "fields": (
                    ("name_masculine", "name_feminine"),
                    "short_name",
                    "synonyms",
                    ("of_masculine_override", "of_feminine_override"),
                    ("the_masculine_override", "the_feminine_override"),
                )
            },
        ),
        ("Classement", {"fields": ("sector", ("rome_code", "isco_code"), "criteria")}),
        ("Le métier en bref", {"fields": ("catch_line", "teaser", "introduction", "picture")}),
        (
            "Études, qualités, salaire, conditions",
            {
                "fields": (
                    ("study_level", "study_years"),
                    "studies_headline",
                    "studies_detail",
                    "qualities_headline",
                    "qualities_detail",
                    "salary_detail",
                    "conditions_headline",
                    "conditions_detail",
                )
            },
        ),
        ("Le travail", {"fields": ("missions", "tools", "workplaces")}),
        ("Points forts et points faibles", {"fields": ("strengths", "weaknesses")}),
        ("Se préparer", {"fields": ("tips", "self_assessment")}),
        ("Accès réglementé", {"fields": ("is_regulated", "regulation", "regulation_url")}),
        ("Intérêts, de 0 à 100", {"fields": (INTEREST_FIELDS[:3], INTEREST_FIELDS[3:])}),
        ("Zones d’emploi et sources", {"fields": ("areas", "sources")}),
    )
    inlines = (
        EvidenceInline,
        FigureInline,
        HourInline,
        TestimonyInline,
        SalaryInline,
        DemandInline,
        TrainingStepInline,
        OfferInline,
        BelgianFactInline,
        FrequentQuestionInline,
        SimilarInline,
    )

    @admin.display(description="nom", ordering="name_masculine")
    def name(self, metier):
        return metier.name_both

    def view_on_site(self, metier):
        is_public = Metier.objects.published().filter(pk=metier.pk).exists()
        return metier.get_absolute_url() if is_public else None

    def save_formset(self, request, form, formset, change):
        """A new row goes last, in the order typed."""
        super().save_formset(request, form, formset, change)
        if hasattr(formset.model, "position"):
            for position, row in enumerate(_in_order(formset), start=1):
                formset.model.objects.filter(pk=row.pk).update(position=position)

    def save_related(self, request, form, formsets, change):
        """What is incomplete stays a draft, with a message for each thing missing."""
        super().save_related(request, form, formsets, change)
        metier = form.instance
        metier.refresh_from_db()
        gaps = list(missing(metier))
        if not gaps:
            return
        metier.status = Status.DRAFT
        metier.save(update_fields=["status"])
        for name, found, required in gaps:
            messages.error(
                request,
                f"Resté en brouillon\u00a0: {label_of(name)}, {found} (il faut {required}).",
            )


def _in_order(formset):
    """The rows kept, those without a position after the others."""
    rows = formset.model.objects.filter(**{formset.fk.name: formset.instance})
    return sorted(rows, key=lambda row: (row.position == 0, row.position, row.pk))


def label_of(name):
    """A name as `completeness` says it, in the editor's words.

    >>> label_of("missions"), label_of("faq[0].answer")
    ('missions', 'questions fréquentes n° 1')
    """
    key, _, index = name.partition("[")
    field = Metier._meta.get_field("evidence" if key == "interests" else key)
    if field.auto_created:
        label = field.related_model._meta.verbose_name_plural
    else:
        label = field.verbose_name
    return f"{label} n° {int(index.partition(']')[0]) + 1}" if index else label
