"""The flat data in the admin: lists to read, sheets to take out and to bring in."""

import os
import zipfile
from datetime import date

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm, ImportForm

from desk.importing import contents, keep
from desk.spreadsheets import (
    FORMATS,
    LARGEST_SHEET,
    LARGEST_UNPACKED,
    DemandSheet,
    FigureSheet,
    SalarySheet,
    SchoolSheet,
    follow_in_drafts,
)
from metiers.models import Demand, Figure, Metier, SalaryScale

MAY_IMPORT = "metiers.publish_metier"
SHOWN = "desk.sheet-shown"
GONE = "Cet envoi n’est plus là\u202f: renvoie le fichier."


class SheetForm(ImportForm):
    """The file that an editor brings: of a size that a sheet has, packed or not."""

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        if file.size > LARGEST_SHEET:
            raise ValidationError(f"Ce fichier pèse {file.size} octets : {LARGEST_SHEET} au plus.")
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                unpacked = sum(entry.file_size for entry in packed.infolist())
            if unpacked > LARGEST_UNPACKED:
                raise ValidationError("Ce classeur est démesuré une fois décompressé.")
        file.seek(0)
        return file

    def clean(self):
        cleaned = super().clean()
        chosen = cleaned.get("format")
        file = cleaned.get("import_file")
        if file and chosen not in (None, ""):
            wants_zip = FORMATS[int(chosen)]().is_binary()
            is_zip = zipfile.is_zipfile(file)
            file.seek(0)
            if wants_zip != is_zip:
                raise ValidationError("Ce fichier n’est pas du format choisi.")
        return cleaned


class ConfirmSheetForm(ConfirmImportForm):
    """Names the file that was shown, and no other: the name comes back signed."""

    def clean_import_file_name(self):
        try:
            return signing.loads(self.cleaned_data["import_file_name"], salt=SHOWN)
        except signing.BadSignature as error:
            raise ValidationError(GONE) from error

    def clean_format(self):
        chosen = self.cleaned_data["format"]
        if chosen not in map(str, range(len(FORMATS))):
            raise ValidationError(GONE)
        return chosen


class SheetMixin(ImportExportMixin):
    """Export for all who read, import for who publishes: what it changes is public at once."""

    formats = FORMATS
    import_formats = FORMATS
    export_formats = FORMATS
    import_form_class = SheetForm
    confirm_form_class = ConfirmSheetForm
    import_error_display = ("message", "row")
    skip_export_form = True
    import_template_name = "desk/sheet_import.html"

    def has_import_permission(self, request):
        return request.user.has_perm(MAY_IMPORT)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_export_filename(self, request, queryset, file_format):
        name = self.opts.verbose_name_plural.replace(" ", "-")
        return f"{name}-{date.today():%Y-%m-%d}.{file_format.get_extension()}"

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        if name := initial.get("import_file_name"):
            initial["import_file_name"] = signing.dumps(os.path.basename(name), salt=SHOWN)
        return initial

    def process_import(self, request, **kwargs):
        """What was shown is written once: sent again, it is not there any more."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        if self.create_confirm_form(request).is_valid():
            try:
                return super().process_import(request, **kwargs)
            except FileNotFoundError:
                pass
        self.message_user(request, GONE, messages.ERROR)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_import")

    def export_action(self, request):
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def process_dataset(self, dataset, form, request, **kwargs):
        """Written with what stood before, so that the whole sheet can be undone."""
        sheet = self.get_import_resource_classes(request)[0]
        touched = sheet.touched(dataset)
        name = form.cleaned_data["original_file_name"][:200]
        with transaction.atomic():
            before = contents(touched)
            result = super().process_dataset(dataset, form, request, **kwargs)
            if not (result.has_errors() or result.has_validation_errors()):
                known = {label: _existing(rows) for label, rows in before.items()}
                if sheet.owner is Metier:
                    follow_in_drafts(self.model, [key for rows in known.values() for key in rows])
                    before = known
                keep(name, before, request.user)
        return result


def _existing(rows):
    return {key: data for key, data in rows.items() if data is not None}


class FlatAdmin(SheetMixin, admin.ModelAdmin):
    """Rows that are edited in their fiche: here they are read and brought as sheets."""

    list_select_related = ("metier", "source")
    list_per_page = 100
    search_fields = ("metier__slug", "metier__name_masculine", "metier__name_feminine")
    ordering = ("metier__slug", "pk")
    actions = None

    def get_queryset(self, request):
        return super().get_queryset(request).filter(metier__draft_of=None)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def delete_view(self, request, object_id, extra_context=None):
        """A row goes with its fiche; alone, in the fiche's own form."""
        raise PermissionDenied

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = (extra_context or {}) | {"show_delete": False}
        return super().changeform_view(request, object_id, form_url, context)


@admin.register(Demand)
class DemandAdmin(FlatAdmin):
    resource_classes = [DemandSheet]
    list_display = ("metier", "region", "status", "year", "source")
    list_filter = ("region", "status", "year")


@admin.register(SalaryScale)
class SalaryAdmin(FlatAdmin):
    resource_classes = [SalarySheet]
    list_display = ("metier", "junior_low", "senior_high", "year", "source", "is_estimate")
    list_filter = ("year", "is_estimate")


@admin.register(Figure)
class FigureAdmin(FlatAdmin):
    resource_classes = [FigureSheet]
    list_display = ("metier", "label", "value", "unit", "year", "scope", "source", "is_estimate")
    list_filter = ("year", "scope", "is_estimate")


class SchoolSheetMixin(SheetMixin):
    resource_classes = [SchoolSheet]
