"""The flat data as sheets: a row a salary, a figure, a region's demand, a school.

A column names a thing by its slug (`metier`, `source`, `school`), as the content files do. Only the
rows that visitors can see are in a sheet; the copies that editors work on follow them.
"""

from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO

import openpyxl
import tablib
from django.core.exceptions import ValidationError
from django.db import models
from import_export import fields, resources, widgets
from import_export.formats import base_formats

from careerguide.content.registry import document_of
from metiers.content import FIGURE_COLUMNS, SALARY_COLUMNS
from metiers.models import Demand, Figure, Metier, SalaryScale, School, Source

LARGEST_SHEET = 2_000_000
LARGEST_UNPACKED = 60_000_000
MOST_ROWS = 2_000
"""A row takes some milliseconds, and the answer must come before a worker is given up."""
MOST_COLUMNS = 40
MOST_FIGURES = 12
FORMULA = ("=", "+", "@", "\t", "\r")
PLAIN = (str, int, float, bool, date, type(None))


class Workbook(base_formats.XLSX):
    """Reads what cells hold, never what a formula once gave: `Sheet` then refuses the formula.

    Whatever size the file says it has, no more is read than a sheet may hold.
    """

    def create_dataset(self, in_stream):
        book = openpyxl.load_workbook(BytesIO(in_stream), read_only=True)
        page = book.active
        page.reset_dimensions()
        rows = page.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        headers = [value for value in next(rows, ()) if value is not None]
        dataset = tablib.Dataset(headers=headers)
        for row in rows:
            cells = [value if isinstance(value, PLAIN) else "=" for value in row]
            cells = (cells + [None] * len(headers))[: len(headers)]
            if any(value not in (None, "") for value in cells):
                dataset.append(cells)
        return dataset


FORMATS = [Workbook, base_formats.CSV]


class ByNaturalKey(widgets.ForeignKeyWidget):
    """A slug, whose absence and whose mistake are said in French."""

    def clean(self, value, row=None, **kwargs):
        if value in (None, ""):
            return None
        try:
            return self.model.objects.get(slug=str(value).strip())
        except self.model.DoesNotExist:
            name = self.model._meta.verbose_name
            raise ValueError(f"« {value} » : aucune clé de ce nom parmi {name}.") from None


class Numbers:
    """« 2 443,50 » as a person types it, a number as a spreadsheet keeps it, nothing for empty."""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else value

    def clean(self, value, row=None, **kwargs):
        text = "".join(str(value if value is not None else "").split()).replace(",", ".")
        if not text:
            return None
        try:
            number = Decimal(text)
            if abs(number.adjusted()) > MOST_FIGURES:  # « 1e400000 » would be written out in full
                raise ValueError
            return self.kind(number)
        except (InvalidOperation, ValueError, OverflowError):
            raise ValueError(f"« {value} » n’est pas un nombre.") from None


class WholeNumber(Numbers, widgets.IntegerWidget):
    @staticmethod
    def kind(number):
        if number != int(number):
            raise ValueError
        return int(number)


class DecimalNumber(Numbers, widgets.DecimalWidget):
    kind = Decimal


def key_column(name, model):
    return fields.Field(name, name, widget=ByNaturalKey(model, "slug"))


class Sheet(resources.ModelResource):
    """Refuses formulas and floods; a row that says nothing new is left."""

    @classmethod
    def widget_from_django_field(cls, f, default=widgets.Widget):
        if isinstance(f, models.DecimalField):
            return DecimalNumber
        if isinstance(f, models.IntegerField):
            return WholeNumber
        return super().widget_from_django_field(f, default)

    def import_data(self, dataset, *args, **kwargs):
        """A sheet that cannot be right is refused whole, before its first row."""
        fault = self._fault_of(dataset)
        if fault is None:
            return super().import_data(dataset, *args, **kwargs)
        result = self.get_result_class()()
        result.append_base_error(self.get_error_result_class()(ValueError(fault)))
        return result

    def _fault_of(self, dataset):
        if len(dataset) > MOST_ROWS:
            return f"{len(dataset)} lignes\u202f: {MOST_ROWS} au plus, coupe la feuille."
        known = {field.column_name for field in self.get_import_fields()}
        if unknown := sorted(map(str, set(dataset.headers or []) - known - {None, ""})):
            return f"Colonnes inconnues\u202f: {', '.join(unknown)}."
        return None

    def before_import_row(self, row, **kwargs):
        for name, value in row.items():
            if isinstance(value, str) and value.startswith(FORMULA):
                raise ValidationError({name: f"« {value[:40]} » est une formule, pas un texte."})

    @classmethod
    def touched(cls, dataset):
        """(document, key) of everything that a sheet may change."""
        document = document_of(cls.owner)
        headers = dataset.headers or []
        if cls.owner_column not in headers:
            return []
        keys = {str(value).strip() for value in dataset[cls.owner_column] if value}
        return [(document, key) for key in sorted(keys)]


class OfMetier(Sheet):
    """Rows of fiches."""

    owner, owner_column = Metier, "metier"
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
        skip_unchanged = True
        clean_model_instances = True


class SalarySheet(OfMetier):
    class Meta:
        model = SalaryScale
        fields = ("metier", *SALARY_COLUMNS)
        import_id_fields = ("metier",)
        skip_unchanged = True
        clean_model_instances = True


class FigureSheet(OfMetier):
    class Meta:
        model = Figure
        fields = ("metier", *FIGURE_COLUMNS)
        import_id_fields = ("metier", "label", "scope")
        skip_unchanged = True
        clean_model_instances = True


class SchoolSheet(Sheet):
    owner, owner_column = School, "slug"

    class Meta:
        model = School
        fields = ("slug", "name", "kind", "place", "website")
        import_id_fields = ("slug",)
        skip_unchanged = True
        clean_model_instances = True


def follow_in_drafts(model, keys):
    """Give the copies being worked on the rows that a sheet changed: publishing loses none."""
    for metier in Metier.objects.filter(slug__in=keys, draft__isnull=False).order_by("pk"):
        model.objects.filter(metier=metier.draft).delete()
        for row in model.objects.filter(metier=metier).order_by("pk"):
            row.pk, row._state.adding, row.metier = None, True, metier.draft
            row.save(force_insert=True)
