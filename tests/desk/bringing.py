"""An editor who brings a sheet: the file, its preview, its confirmation."""

import re
import zipfile
from io import BytesIO

import openpyxl
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile

from desk.models import ImportBatch

CSV, XLSX = "1", "0"
DEMANDS = "/gestion/metiers/demand/"
FIGURES = "/gestion/metiers/figure/"
SCHOOLS = "/gestion/metiers/school/"
BATCHES = "/gestion/importations/"
HEADERS = ["metier", "region", "status", "year", "source", "note"]


def sheet(*rows, headers=HEADERS):
    return tablib.Dataset(*rows, headers=headers)


def bring(client, data, *, name="penuries.csv", kind=CSV, address=DEMANDS):
    file = SimpleUploadedFile(name, data)
    return client.post(f"{address}import/", {"import_file": file, "format": kind})


def write(client, response, address=DEMANDS):
    form = response.context["confirm_form"]
    assert form, plan_of(response)
    return client.post(f"{address}process_import/", form.initial, follow=True)


def plan_of(response):
    """Faults of the whole and of its lines; what there is to write."""
    plan = response.context["plan"]
    return [*response.context["faults"], *(plan.faults if plan else [])], plan and plan.counts


def csv(*rows, headers=HEADERS):
    return sheet(*rows, headers=headers).export("csv").encode()


def workbook(*rows, headers=HEADERS, shapes=(), others=()):
    """A workbook of one sheet; `shapes` are number formats by cell, `others` more sheets."""
    book = openpyxl.Workbook()
    for cells in (headers, *rows):
        book.active.append(cells)
    for place, shape in dict(shapes).items():
        if shape:
            book.active[place].number_format = shape
    for name in others:
        book.create_sheet(name)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def tampered(change, *, part=SHEET, kind=zipfile.ZIP_DEFLATED):
    """A workbook of one right line, the bytes of one part of which were changed by hand."""
    source, buffer = BytesIO(workbook(("infirmier", "wallonia"), headers=HEADERS[:2])), BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w", kind) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return buffer.getvalue()


def ending(rows):
    """A change that adds rows of XML after the last."""
    return lambda content: content.replace(b"</sheetData>", rows + b"</sheetData>")


def beginning(prolog, encoding="utf-8"):
    """A change that puts another prolog."""
    return lambda content: (prolog + re.sub(rb"^<\?xml.*?\?>", b"", content).decode()).encode(
        encoding
    )


def bring_and_write(client, data, **kinds):
    """The page that comes after the confirmation."""
    address = kinds.get("address", DEMANDS)
    return write(client, bring(client, data, **kinds), address)


def undo(client, batch=None):
    """The page that comes after the button of an import, the newest by itself."""
    batch = batch or ImportBatch.objects.latest("pk")
    return client.post(BATCHES, {"batch": batch.pk}, follow=True)
