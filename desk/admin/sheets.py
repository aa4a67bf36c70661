"""The flat data in the admin: lists to read, sheets to take out and to bring in."""

from datetime import date

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from import_export.admin import ImportExportMixin

from desk.batches import AlreadyWritten, refuse_second_click
from desk.content_files import already_written
from desk.kept_sheets import KEPT_FOR, KeptSheet
from desk.spreadsheets.plan import Plan
from desk.spreadsheets.reading import read
from desk.spreadsheets.sheets import FORMATS, DemandSheet, FigureSheet, SalarySheet, SchoolSheet
from desk.spreadsheets.table import UnreadableSheet
from desk.spreadsheets.workbook import is_workbook
from desk.spreadsheets.writing import write
from metiers.models import Demand, Figure, SalaryScale

from .base import yes_or_no

LARGEST_SHEET = 2_000_000
MAY_IMPORT = "metiers.publish_metier"
SHOWN = "desk.sheet-shown"
GONE = "Cet envoi n’est plus là\u00a0: renvoie le fichier."
CHANGED = (
    "Quelque chose a changé depuis que tu as vu l’aperçu\u00a0: rien n’est écrit. "
    "Voici ce que la feuille ferait à présent."
)
WORKBOOK, TEXT = "0", "1"


class SheetForm(forms.Form):
    """The file that an editor brings: of a size that a sheet has, packed or not."""

    import_file = forms.FileField(
        label="Feuille",
        help_text="Un classeur .xlsx, ou un .csv.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    format = forms.ChoiceField(
        label="Format",
        required=False,
        choices=[("", "d’après le fichier"), (WORKBOOK, "xlsx"), (TEXT, "csv")],
    )

    def clean_import_file(self):
        file = self.cleaned_data["import_file"]
        if file.size > LARGEST_SHEET:
            raise ValidationError(
                f"Ce fichier pèse {file.size} octets\u00a0: {LARGEST_SHEET} au plus."
            )
        return file

    def clean(self):
        cleaned = super().clean()
        chosen, file = cleaned.get("format"), cleaned.get("import_file")
        if file and chosen:
            is_right = is_workbook(file) == (chosen == WORKBOOK)
            file.seek(0)
            if not is_right:
                raise ValidationError("Ce fichier n’est pas du format choisi.")
        return cleaned


class ConfirmSheetForm(forms.Form):
    """Names the file that was shown, and no other, and what was shown: both come back signed, on
    the same day, from who saw them.
    """

    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    @classmethod
    def of(cls, user, **said):
        return cls(user, initial={"shown": signing.dumps(said, salt=_salt(user))})

    def clean_shown(self):
        shown = self.cleaned_data["shown"]
        try:
            return signing.loads(shown, salt=_salt(self.user), max_age=KEPT_FOR)
        except signing.BadSignature as error:
            raise ValidationError(GONE) from error


def _salt(user):
    return f"{SHOWN}.{user.pk}"


class SheetMixin(ImportExportMixin):
    """Export for all who read, import for who publishes: what it changes is public at once."""

    formats = FORMATS
    export_formats = FORMATS
    skip_export_form = True

    def has_import_permission(self, request):
        return request.user.has_perm(MAY_IMPORT)

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_export_filename(self, request, queryset, file_format):
        name = self.opts.verbose_name_plural.replace(" ", "-")
        return f"{name}-{date.today():%Y-%m-%d}.{file_format.get_extension()}"

    def export_action(self, request):
        try:
            return super().export_action(request)
        except IncorrectLookupParameters:
            return redirect(self._page("changelist"))

    def import_action(self, request):
        """Choose a file, and see what it would do."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = SheetForm(request.POST or None, request.FILES or None)
        if not form.is_valid():
            return self._import_page(request, form=form)
        file = form.cleaned_data["import_file"]
        data = file.read()
        plan, faults = self._plan(data)
        told = None
        if plan and plan.writes and not plan.is_wrong:
            kept = KeptSheet()
            kept.save(data)
            told = self._told(request, kept.name, file.name, plan)
        return self._import_page(request, form=SheetForm(), plan=plan, faults=faults, told=told)

    def process_import(self, request):
        """Write what was shown, once, and if that is still what the file does."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ConfirmSheetForm(request.user, request.POST)
        try:
            if form.is_valid():
                return self._write_shown(request, **form.cleaned_data["shown"])
        except AlreadyWritten as error:
            return already_written(request, error)
        except FileNotFoundError:
            pass
        self.message_user(request, GONE, messages.ERROR)
        return redirect(self._page("import"))

    def _write_shown(self, request, file, name, fingerprint):
        kept = KeptSheet(file)
        with transaction.atomic():
            try:
                plan, faults = self._plan(kept.read())
            except FileNotFoundError:
                refuse_second_click(request.user, fingerprint)
                raise
            is_as_shown = plan and not plan.is_wrong and plan.fingerprint == fingerprint
            if is_as_shown:
                write(plan, name[:200], request.user)
                kept.remove()
            else:
                refuse_second_click(request.user, fingerprint)
        if is_as_shown:
            self._say_what_was_written(request, plan)
            return redirect(self._page("changelist"))
        self.message_user(request, CHANGED, messages.ERROR)
        is_right = plan and plan.writes and not plan.is_wrong
        told = self._told(request, file, name, plan) if is_right else None
        return self._import_page(request, form=SheetForm(), plan=plan, faults=faults, told=told)

    def _plan(self, data):
        """The `Plan` of a file's bytes, or the sentences that say why there is none."""
        sheet = self.resource_classes[0]()
        try:
            return Plan(sheet, read(data, sheet.titles, sheet.keys)), ()
        except UnreadableSheet as error:
            return None, error.faults

    def _told(self, request, file, name, plan):
        return ConfirmSheetForm.of(request.user, file=file, name=name, fingerprint=plan.fingerprint)

    def _say_what_was_written(self, request, plan):
        self.message_user(request, f"C’est importé\u00a0: {plan.summary}.")
        if plan.kept:
            names = ", ".join(plan.kept_names)
            said = f"Gardent ce qu’on y a écrit, à revoir avant de publier\u00a0: {names}."
            self.message_user(request, said, messages.WARNING)

    def _import_page(self, request, *, form, plan=None, faults=(), told=None):
        sheet = self.resource_classes[0]()
        return render(
            request,
            "desk/sheet_import.html",
            self.admin_site.each_context(request)
            | {
                "title": f"Importer\u00a0: {self.opts.verbose_name_plural}",
                "opts": self.opts,
                "form": form,
                "plan": plan,
                "faults": faults,
                "confirm_form": told,
                "columns": sheet.titles.values(),
                "process": self._page("process_import"),
                "changelist": self._page("changelist"),
            },
        )

    def _page(self, name):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}")


class FlatAdmin(SheetMixin, admin.ModelAdmin):
    """Rows that are edited in their fiche: here they are read and brought as sheets."""

    list_select_related = ("metier", "source")
    list_per_page = 100
    search_fields = (
        "metier__slug__folded",
        "metier__name_masculine__folded",
        "metier__name_feminine__folded",
    )
    ordering = ("metier__slug", "pk")
    actions = None

    @admin.display(description="estimation", ordering="is_estimate")
    def estimate(self, row):
        return yes_or_no(row.is_estimate)

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
    list_display = ("metier", "junior_low", "senior_high", "year", "source", "estimate")
    list_filter = ("year", "is_estimate")


@admin.register(Figure)
class FigureAdmin(FlatAdmin):
    resource_classes = [FigureSheet]
    list_display = ("metier", "label", "value", "unit", "year", "scope", "source", "estimate")
    list_filter = ("year", "scope", "is_estimate")


class SchoolSheetMixin(SheetMixin):
    resource_classes = [SchoolSheet]
