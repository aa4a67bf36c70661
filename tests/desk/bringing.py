"""An editor who brings a sheet: the file, its preview, its confirmation."""

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


def bring_and_write(client, data, **kinds):
    """The page that comes after the confirmation."""
    address = kinds.get("address", DEMANDS)
    return write(client, bring(client, data, **kinds), address)


def undo(client, batch=None):
    """The page that comes after the button of an import, the newest by itself."""
    batch = batch or ImportBatch.objects.latest("pk")
    return client.post(BATCHES, {"batch": batch.pk}, follow=True)
