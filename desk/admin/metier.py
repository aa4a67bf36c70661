"""The métier with all its rows."""

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.forms import Script
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from desk import importing
from desk.content_files import given
from metiers.models import Metier
from metiers.models.metier import INTEREST_FIELDS
from metiers.whole import LINKS, ROWS, SINGLE_ROWS, fetched, forget

from .advice import Advised
from .base import ContentAdmin
from .forms import MetierForm
from .known import WHOLE_LISTS, KnownChoices, known_to
from .layout import PREFIX, parts_of
from .preview import PreviewMixin
from .publishing import PublishingMixin
from .quality import QualityMixin
from .rows import (
    BLANK_ROWS,
    BelgianFactInline,
    DemandInline,
    EvidenceInline,
    FigureInline,
    FrequentQuestionInline,
    HourInline,
    OfferInline,
    SalaryInline,
    SimilarInline,
    TestimonyInline,
    TrainingStepInline,
)

MODULES = ("counters", "lines", "rows", "interests")


def block(anchor, title, *fields):
    return title, {"fields": fields, "classes": (PREFIX + anchor,)}


@admin.register(Metier)
class MetierAdmin(KnownChoices, Advised, PreviewMixin, PublishingMixin, QualityMixin, ContentAdmin):
    form = MetierForm
    list_display = (
        *("name", "state", "sector", "study_level"),
        *("public_since", "reread_on"),
    )
    list_filter = ("status", "sector", "study_level", "is_regulated", "reviewed_date")
    list_select_related = ("sector",)
    search_fields = (
        "name_masculine__folded",
        "name_feminine__folded",
        "short_name__folded",
        "slug__folded",
    )
    ordering = ("name_masculine", "pk")
    date_hierarchy = "published_at"
    list_per_page = 50
    actions = ("export_chosen",)
    autocomplete_fields = ("picture", "areas", "criteria", "sources")
    readonly_fields = ("status", "published_at", "withdrawn_at", "reviewed_date")
    fieldsets = (
        block("adresse", "Adresse et état", "slug", ("status", *readonly_fields[1:])),
        block(
            "noms",
            "Noms",
            ("name_masculine", "name_feminine", "short_name"),
            "synonyms",
            ("of_masculine_override", "of_feminine_override"),
            ("the_masculine_override", "the_feminine_override"),
        ),
        block("classement", "Classement", "sector", ("rome_code", "isco_code")),
        block(
            "presentation",
            "Présentation",
            *("catch_line", "teaser", "introduction", "picture"),
            *("qualities_headline", "qualities_detail"),
            *("conditions_headline", "conditions_detail"),
        ),
        block("missions", "Missions", "missions"),
        block("outils", "Outils", "tools"),
        block("lieux", "Lieux de travail", "workplaces"),
        block("paie-detail", "Le salaire en une ligne", "salary_detail"),
        block("points-forts", "Points forts", "strengths"),
        block("points-faibles", "Points faibles", "weaknesses"),
        block(
            "etudes",
            "Études",
            ("study_level", "entry_level", "study_years"),
            *("studies_headline", "studies_detail"),
        ),
        block("conseils", "Conseils", "tips"),
        block("acces", "Accès réglementé", "is_regulated", "regulation", "regulation_url"),
        block("zones", "Zones d’emploi", "areas"),
        block("interets", "Ses six intérêts, de 0 à 100", *INTEREST_FIELDS),
        block("auto-evaluation", "Auto-évaluation", "self_assessment"),
        block("criteres", "Critères", "criteria"),
        block("sources", "Sources", "sources"),
    )
    inlines = (
        HourInline,
        TestimonyInline,
        SalaryInline,
        FigureInline,
        DemandInline,
        TrainingStepInline,
        OfferInline,
        BelgianFactInline,
        EvidenceInline,
        FrequentQuestionInline,
        SimilarInline,
    )

    class Media:
        js = [Script(f"desk/{name}.js", type="module") for name in MODULES]
        css = {"all": ["desk/form.css"]}

    @admin.display(description="nom", ordering="name_masculine")
    def name(self, metier):
        return metier.name_both

    @admin.display(description="statut", ordering="status")
    def state(self, metier):
        if not metier.draft_key:
            return metier.get_status_display()
        address = reverse("admin:metiers_metier_change", args=[metier.draft_key])
        return format_html(
            '{} <a href="{}">Ouvrir le brouillon</a>', metier.get_status_display(), address
        )

    @admin.display(description="publié le", ordering="published_at", empty_value="")
    def public_since(self, metier):
        return metier.published_at and f"{metier.published_at:%d/%m/%Y}"

    @admin.display(description="relu le", ordering="reviewed_date", empty_value="")
    def reread_on(self, metier):
        return metier.reviewed_date and f"{metier.reviewed_date:%d/%m/%Y}"

    def view_on_site(self, metier):
        is_public = Metier.objects.published().filter(pk=metier.pk).exists()
        return metier.get_absolute_url() if is_public else None

    def get_queryset(self, request):
        """The fiches of the guide; a draft of one stands beside it, not in the list."""
        draft = Metier.with_drafts.filter(draft_of=OuterRef("pk")).values("pk")
        return super().get_queryset(request).annotate(draft_key=Subquery(draft))

    def get_object(self, request, object_id, from_field=None):
        """A fiche or the draft of one, with its rows; nobody else writes in it meanwhile."""
        metier = getattr(request, "locked", None)
        if metier is None or str(metier.pk) != object_id:
            try:
                metier = self._reading().get(pk=object_id)
            except (Metier.DoesNotExist, ValueError):
                return None
        metier = fetched(metier)
        known_to(request).add(_pointed_to_by(metier))
        return metier

    def to_lock(self, key):
        return self._reading().select_for_update(of=("self",)).filter(pk=key).first()

    def _reading(self):
        return Metier.with_drafts.select_related("sector", "picture", "draft_of")

    def kept_as(self, obj):
        """By its fiche: a draft that is thrown away leaves what was typed to the next one."""
        return super().kept_as(obj and (obj.draft_of or obj))

    def get_readonly_fields(self, request, obj=None):
        """A draft keeps the address of its fiche, which is a promise."""
        is_promised = obj is not None and obj.draft_of_id
        return (*self.readonly_fields, "slug") if is_promised else self.readonly_fields

    @admin.action(description="Exporter (YAML)", permissions=["view"])
    def export_chosen(self, request, queryset):
        """One fiche is its file; several are a ZIP, which « Importer » takes as it is."""
        files = importing.files_of(queryset.order_by("slug"))
        if len(files) == 1:
            [(name, data)] = files
            return given(name.rpartition("/")[2], data)
        return given("metiers.zip", importing.zipped(files))

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ("name_masculine",)}

    def render_change_form(self, request, context, *args, **kwargs):
        context["parts"] = parts_of(context["adminform"], context["inline_admin_formsets"])
        context |= {"blank_rows": BLANK_ROWS, "whole_lists": WHOLE_LISTS}
        context |= {"is_nav_sidebar_enabled": False, "show_save_and_add_another": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        forget(form.instance)

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        return self._with_blank_rows(request, obj, response)

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        return self._with_blank_rows(request, obj, response)

    def _with_blank_rows(self, request, obj, response):
        """Back to the page with blank rows, where a button asked for them without JavaScript."""
        if "_rows" not in request.POST:
            return response
        address = reverse("admin:metiers_metier_change", args=[obj.pk])
        return HttpResponseRedirect(f"{address}?{BLANK_ROWS}=3")


def _pointed_to_by(metier):
    """All that the métier and its rows name, which its form then need not ask for."""
    yield metier.sector
    if metier.picture_id:
        yield metier.picture
    for name in LINKS:
        yield from metier._prefetched_objects_cache[name]
    for name in (*ROWS, *SINGLE_ROWS):
        for row in metier._prefetched_objects_cache[name]:
            yield from filter(None, (row._state.fields_cache.get(n) for n in POINTERS))


POINTERS = ("source", "school", "other")
