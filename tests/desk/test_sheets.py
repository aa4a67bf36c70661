import zipfile
from io import BytesIO

import openpyxl
import pytest
import tablib
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from desk import workflow
from desk.admin.sheets import GONE
from desk.models import ImportBatch, Revision
from metiers.models import Demand, Metier
from tests.factories import create_school

CSV, XLSX = "1", "0"
DEMANDS = "/gestion/metiers/demand/"
HEADERS = ["metier", "region", "status", "year", "source", "note"]


@pytest.fixture
def signed_in(client, reviewer):
    client.force_login(reviewer)
    return client


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


@pytest.fixture
def source(content):
    return Demand.objects.filter(source__isnull=False).order_by("pk")[0].source.slug


@pytest.fixture
def row(source):
    return ("infirmier", "wallonia", "shortage", "2026", source, "Liste de 2026")


def demand():
    return Demand.objects.get(metier__slug="infirmier", metier__draft_of=None, region="wallonia")


def test_a_sheet_is_shown_before_it_is_written(signed_in, row):
    response = bring(signed_in, csv(row))

    assert response.context["plan"].counts["changed"] == 1
    assert demand().note != "Liste de 2026"


@pytest.mark.parametrize("kind, name", [(CSV, "a.csv"), (XLSX, "a.xlsx")])
def test_a_sheet_updates_the_lists_of_a_year(signed_in, row, kind, name):
    data = csv(row) if kind == CSV else sheet(row).export("xlsx")

    write(signed_in, bring(signed_in, data, kind=kind, name=name))

    assert (demand().year, demand().note) == (2026, "Liste de 2026")
    assert Revision.objects.of(demand().metier)[0].action == "imported"


def test_a_sheet_is_undone(signed_in, row):
    before = (demand().year, demand().note)
    write(signed_in, bring(signed_in, csv(row)))

    signed_in.post("/gestion/importations/", {"batch": ImportBatch.objects.get().pk})

    assert (demand().year, demand().note) == before


def test_a_draft_follows_its_fiche(signed_in, row, writer):
    draft = workflow.start_draft(Metier.objects.get(slug="infirmier"), writer)

    write(signed_in, bring(signed_in, csv(row)))

    assert draft.demands.get(region="wallonia").note == "Liste de 2026"
    assert draft.demands.count() == 3


@pytest.mark.parametrize("address", ["demand", "salaryscale", "figure", "school"])
def test_what_is_taken_out_comes_back_the_same(signed_in, content, address):
    address = f"/gestion/metiers/{address}/"
    response = signed_in.get(f"{address}export/")

    told = bring(signed_in, response.content, name="a.xlsx", kind=XLSX, address=address)

    faults, counts = plan_of(told)
    assert faults == []
    assert (counts["new"], counts["changed"], counts["wrong"]) == (0, 0, 0)
    assert counts["same"] > 0
    assert told.context["confirm_form"] is None


@pytest.mark.parametrize(
    "change, told",
    [
        ({0: "dompteur"}, "aucune clé de ce nom"),
        ({4: "nulle-part"}, "aucune clé de ce nom"),
        ({2: "oui"}, "oui"),
        ({3: "bientôt"}, "« bientôt » n’est pas un nombre"),
        ({5: '=HYPERLINK("https://x")'}, "est une formule"),
        ({3: ""}, "année"),
        ({3: "1e400000"}, "n’est pas un nombre"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(signed_in, row, change, told):
    cells = [change.get(place, cell) for place, cell in enumerate(row)]

    response = bring(signed_in, csv(cells))

    assert told in response.content.decode()
    assert response.context["confirm_form"] is None
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    "data, kind, told",
    [
        (b"<script>alert(1)</script>", XLSX, "pas du format choisi"),
        (b"x" * 2_000_001, CSV, "au plus"),
        (b"inconnu\r\n1\r\n", CSV, "Colonnes inconnues"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(signed_in, content, data, kind, told):
    response = bring(signed_in, data, kind=kind)

    assert response.status_code == 200
    assert told in response.content.decode()


def workbook(*rows):
    book = openpyxl.Workbook()
    for cells in (HEADERS, *rows):
        book.active.append(cells)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("place, formula", [(5, '="a"&"b"'), (3, "=2020+5")])
def test_a_formula_of_a_workbook_is_refused_and_blanks_nothing(signed_in, row, place, formula):
    cells = [*row[:place], formula, *row[place + 1 :]]

    response = bring(signed_in, workbook(cells), name="a.xlsx", kind=XLSX)

    assert "est une formule" in response.content.decode()
    assert response.context["confirm_form"] is None


def test_a_cell_at_the_end_of_the_world_is_not_read(signed_in, row):
    book = openpyxl.Workbook()
    for cells in (HEADERS, row):
        book.active.append(cells)
    book.active["XFD1048576"] = "loin"
    buffer = BytesIO()
    book.save(buffer)

    response = bring(signed_in, buffer.getvalue(), name="a.xlsx", kind=XLSX)

    assert response.context["plan"].counts["changed"] == 1


def test_more_rows_than_a_sheet_may_hold_are_refused_before_the_first(signed_in, row, monkeypatch):
    monkeypatch.setattr("desk.spreadsheets.reading.MOST_ROWS", 2)
    rows = [("infirmier", region, *row[2:]) for region in ("wallonia", "brussels", "flanders")]

    response = bring(signed_in, csv(*rows))

    assert response.context["faults"] == ("Plus de 2 lignes\u202f: coupe la feuille.",)


def test_what_was_shown_is_written_once(signed_in, row):
    response = bring(signed_in, csv(row))

    write(signed_in, response)
    again = write(signed_in, response)

    assert [str(message) for message in again.context["messages"]][-1] == GONE
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize(
    "forged", ["", "secret", signing.dumps({"file": "secret", "name": "a", "fingerprint": "a"})]
)
def test_a_forged_confirmation_reads_no_other_file(signed_in, content, forged):
    response = signed_in.post(f"{DEMANDS}process_import/", {"shown": forged}, follow=True)

    assert [str(message) for message in response.context["messages"]] == [GONE]
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("query", ["year=abc", "xyz=1", "format=1"])
def test_an_export_that_filters_by_nothing_known_leads_to_the_list(signed_in, content, query):
    response = signed_in.get(f"{DEMANDS}export/?{query}", follow=True)

    assert response.status_code == 200


def test_a_sheet_that_unpacks_to_gigabytes_is_refused(signed_in, content):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sheet1.xml", b"0" * 61_000_000)

    response = bring(signed_in, buffer.getvalue(), name="a.xlsx", kind=XLSX)

    assert "démesuré" in response.content.decode()


def test_a_sheet_of_garbage_in_a_zip_is_refused(signed_in, content):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("rien.txt", b"rien")

    response = bring(signed_in, buffer.getvalue(), name="a.xlsx", kind=XLSX)

    assert response.status_code == 200
    assert not ImportBatch.objects.exists()


def test_a_writer_takes_out_and_brings_nothing(client, content, writer):
    client.force_login(writer)

    assert client.get(f"{DEMANDS}export/").status_code == 200
    assert client.get(f"{DEMANDS}import/").status_code == 403
    assert bring(client, b"a").status_code == 403
    assert client.post(f"{DEMANDS}process_import/", {}).status_code == 403


def test_a_cell_taken_out_is_never_a_formula(signed_in, db):
    create_school(name="=1+1")

    response = signed_in.get("/gestion/metiers/school/export/")

    found = tablib.Dataset().load(response.content, "xlsx")
    assert found["name"] == ["1+1"]
