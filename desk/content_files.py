"""The pages where content files come in and go out."""

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from careerguide.content.errors import ContentError

from . import import_preview, importing, undoing
from .batches import AlreadyWritten
from .models import ImportBatch, ImportedRow
from .numbers import number_in
from .typed import clean_file

MOST_BATCHES = 50
TOLD = "desk.files-told"
CHANGED = (
    "Quelque chose a changé depuis que tu as vu ce qui suit\u00a0: voici ce que l’import ferait à "
    "présent."
)


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, as a list."""

    widget = FilesInput(attrs={"accept": ".yaml,.yml,.zip"})

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(file, initial) for file in data or [None]]


class FilesForm(forms.Form):
    files = FilesField(
        label="Fichiers YAML",
        help_text="Une fiche par fichier, ou une liste\u202f; ou le ZIP d’un export, dont les "
        "images ne sont pas reprises.",
    )


class TextField(forms.CharField):
    """A text with the newlines that it had: a browser sends two characters for each."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class ConfirmForm(forms.Form):
    """The files again, as the preview read them: what is written is what was told."""

    name = forms.CharField(max_length=200)
    text = TextField(max_length=importing.LARGEST_FILE, strip=False)


ConfirmFormSet = forms.formset_factory(
    ConfirmForm, extra=0, max_num=importing.MOST_FILES, absolute_max=importing.MOST_FILES
)


@require_http_methods(["GET", "HEAD", "POST"])
def import_files(request):
    """Choose, see what would change, then write."""
    if not request.user.has_perm("metiers.publish_metier"):
        raise PermissionDenied
    form, files, problems, report = FilesForm(), [], [], None
    is_confirmed = "form-TOTAL_FORMS" in request.POST
    if is_confirmed:
        confirmed = ConfirmFormSet(request.POST)
        if confirmed.is_valid():
            files = [(row["name"], row["text"].encode()) for row in confirmed.cleaned_data]
        else:
            problems = ["L’envoi est abîmé\u00a0: choisis tes fichiers à nouveau."]
    elif request.method == "POST":
        form = FilesForm(request.POST, request.FILES)
        if form.is_valid():
            files = [_read(file) for file in form.cleaned_data["files"][: importing.MOST_FILES + 1]]
    if files:
        try:
            files = importing.unpacked(files)
            importing.check_files(files)
            files = [(name, clean_file(data)) for name, data in files]
            if is_confirmed:
                written = importing.import_files(files, request.user, _told(request))
                messages.success(request, "C’est importé, et public si la fiche l’est.")
                for change in import_preview.told(written):
                    if change.draft:
                        messages.warning(request, f"{change.name}\u00a0: {change.draft}")
                return redirect("admin:import_batches")
            report = importing.preview(files)
        except ContentError as error:
            problems = error.problems
        except AlreadyWritten as error:
            return already_written(request, error)
        except importing.ChangedMeanwhile as error:
            report, problems = error.report, [CHANGED]
    return _page(
        request,
        "desk/import_files.html",
        title="Importer des fichiers",
        form=form,
        report=report,
        changes=import_preview.told(report) if report else [],
        told=report and signing.dumps(importing.fingerprint(report), salt=TOLD),
        problems=problems,
        files=[(name, data.decode(errors="replace")) for name, data in files] if report else [],
    )


def _read(file):
    """Its name and its bytes, one more than it may have where it has too many; of a ZIP, itself."""
    is_zip = importing.is_zip(file.name)
    return file.name, file if is_zip else file.read(importing.LARGEST_FILE + 1)


def already_written(request, error):
    """A second click is no failure: it leads to what the first has done."""
    messages.success(request, str(error))
    return redirect(f"{reverse('admin:import_batches')}#import-{error.batch.pk}")


def _told(request):
    """The fingerprint of what was shown, or None where none was."""
    try:
        return signing.loads(request.POST.get("told", ""), salt=TOLD)
    except signing.BadSignature:
        return None


@require_safe
def export(request):
    """All content files in a ZIP."""
    if not request.user.has_perm("metiers.view_metier"):
        raise PermissionDenied
    return given(f"contenu-{timezone.localdate():%Y-%m-%d}.zip", importing.archive())


def given(name, data):
    """A file for the browser to keep."""
    kind = "application/zip" if name.endswith(".zip") else "application/yaml"
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def batches(request):
    """What was imported, and the button that undoes it."""
    if not request.user.has_perm("metiers.publish_metier"):
        raise PermissionDenied
    if request.method == "POST":
        batch = get_object_or_404(ImportBatch, pk=number_in(request.POST.get("batch", "")))
        try:
            left = undoing.undo(batch, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            said = "défait en partie" if left else "défait"
            messages.success(request, f"«\u00a0{batch}\u00a0» est {said}.")
            for sentence in undoing.sentences(left):
                messages.warning(request, sentence)
        return redirect("admin:import_batches")
    rows = ImportBatch.objects.select_related("user").order_by("-at", "-pk")
    rows = rows.annotate(is_kept=Exists(ImportedRow.objects.filter(batch=OuterRef("pk"))))
    return _page(
        request, "desk/import_batches.html", title="Importations", batches=rows[:MOST_BATCHES]
    )


def _page(request, template, **context):
    return render(request, template, admin.site.each_context(request) | context)
