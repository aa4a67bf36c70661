"""The four sheets: what each has for columns, and what names a row."""

from functools import partial

from django.db import models
from import_export import fields, resources
from import_export.formats import base_formats

from metiers.content import FIGURE_COLUMNS, SALARY_COLUMNS
from metiers.models import Demand, Figure, Metier, SalaryScale, School, Source

from .cells import SHIELD, ByNaturalKey, Choice, Number, Text, Truth, WholeNumber

FORMATS = [base_formats.XLSX, base_formats.CSV]


def key_column(name, model):
    return fields.Field(name, name, widget=ByNaturalKey(model))


class Sheet(resources.ModelResource):
    """A model as columns; `import_id_fields` are what names a row."""

    is_of_metiers = False

    @classmethod
    def widget_from_django_field(cls, f, default=Text):
        if f.choices:
            return partial(Choice, f.choices)
        kinds = {
            models.DecimalField: Number,
            models.IntegerField: WholeNumber,
            models.BooleanField: Truth,
        }
        return next((cell for kind, cell in kinds.items() if isinstance(f, kind)), Text)

    @property
    def model(self):
        return self._meta.model

    @property
    def keys(self):
        return self._meta.import_id_fields

    @property
    def columns(self):
        return self.get_import_order()

    @property
    def titles(self):
        """What each column is called on the screens and in an export: {"year": "année"}."""
        field = self.model._meta.get_field
        return {name: str(field(name).verbose_name) for name in self.columns}

    def get_export_headers(self, selected_fields=None):
        names = super().get_export_headers(selected_fields)
        return [self.titles[name] for name in names]

    @property
    def attnames(self):
        """The columns of the table that a sheet writes, by the name of its own."""
        return {name: self.model._meta.get_field(name).attname for name in self.columns}

    def values_of(self, row):
        """What a row says, but whose it is: {"status": "shortage", "source_id": 4…}."""
        kept = {attname for name, attname in self.attnames.items() if name != "metier"}
        return {name: getattr(row, name) for name in sorted(kept)}

    def shown(self, row):
        """The same as the cells of an export, {column: text}."""
        cells = {name: str(self.fields[name].export(row)) for name in self.columns}
        return {name: text.removeprefix(SHIELD) for name, text in cells.items()}


class OfMetier(Sheet):
    """Rows of fiches."""

    is_of_metiers = True
    metier = key_column("metier", Metier)
    source = key_column("source", Source)

    def get_queryset(self):
        rows = super().get_queryset().filter(metier__draft_of=None)
        return rows.select_related("metier", "source").order_by("metier__slug", "pk")


class DemandSheet(OfMetier):
    class Meta:
        model = Demand
        fields = ("metier", "region", "status", "year", "source", "note")
        import_id_fields = ("metier", "region")


class SalarySheet(OfMetier):
    class Meta:
        model = SalaryScale
        fields = ("metier", *SALARY_COLUMNS)
        import_id_fields = ("metier",)


class FigureSheet(OfMetier):
    class Meta:
        model = Figure
        fields = ("metier", *FIGURE_COLUMNS)
        import_id_fields = ("metier", "label", "scope")


class SchoolSheet(Sheet):
    class Meta:
        model = School
        fields = ("slug", "name", "kind", "place", "website")
        import_id_fields = ("slug",)
