"""The reference lists that métiers share."""

from django.contrib import admin

from metiers.models import Area, Criterion, GlossaryTerm, PayBenchmark, School, Sector, Source

from .base import ContentAdmin
from .lists import ListMixin
from .sheets import SchoolSheetMixin


@admin.register(Sector)
class SectorAdmin(ListMixin, ContentAdmin):
    list_display = ("name", "line", "position", "slug")
    search_fields = ("name__folded", "slug__folded")
    autocomplete_fields = ("picture",)
    ordering = ("position", "pk")


@admin.register(Criterion)
class CriterionAdmin(ListMixin, ContentAdmin):
    list_display = ("name", "group", "slug")
    list_filter = ("group",)
    search_fields = ("name__folded", "slug__folded")
    ordering = ("group", "name", "pk")


@admin.register(Area)
class AreaAdmin(ListMixin, ContentAdmin):
    list_display = ("name", "region", "slug")
    list_filter = ("region",)
    search_fields = ("name__folded", "slug__folded")
    ordering = ("name", "pk")


@admin.register(School)
class SchoolAdmin(SchoolSheetMixin, ListMixin, ContentAdmin):
    list_display = ("name", "kind", "place", "website")
    list_filter = ("kind",)
    search_fields = ("name__folded", "place__folded", "slug__folded")
    autocomplete_fields = ("picture",)
    ordering = ("name", "pk")


@admin.register(Source)
class SourceAdmin(ListMixin, ContentAdmin):
    list_display = ("title", "publisher", "year", "slug")
    list_filter = ("year",)
    search_fields = ("title__folded", "publisher__folded", "slug__folded")
    ordering = ("publisher", "title", "pk")


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ListMixin, ContentAdmin):
    list_display = ("term", "slug", "definition")
    search_fields = ("term__folded", "slug__folded", "definition__folded")
    ordering = ("term", "pk")


@admin.register(PayBenchmark)
class PayBenchmarkAdmin(ContentAdmin):
    list_display = ("year", "amount", "low_decile", "high_decile", "source")
    list_select_related = ("source",)
    autocomplete_fields = ("source",)
    ordering = ("-year", "pk")
