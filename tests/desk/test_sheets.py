import zipfile
from io import BytesIO

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile

from desk import workflow
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
    return client.post(f"{address}process_import/", form.initial, follow=True)


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

    assert response.context["result"].totals["update"] == 1
    assert demand().note != "Liste de 2026"


@pytest.mark.parametrize("kind, name", [(CSV, "a.csv"), (XLSX, "a.xlsx")])
def test_a_sheet_updates_the_lists_of_a_year(signed_in, row, kind, name):
    data = csv(row) if kind == CSV else sheet(row).export("xlsx")

    write(signed_in, bring(signed_in, data, kind=kind, name=name))

    assert (demand().year, demand().note) == (2026, "Liste de 2026")
    assert Revision.objects.get(key="infirmier").action == "imported"


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

    totals = told.context["result"].totals
    assert [str(e.error) for _, es in told.context["result"].row_errors() for e in es] == []
    assert [str(e.error) for e in told.context["result"].base_errors] == []
    assert [row.error_dict for row in told.context["result"].invalid_rows] == []
    assert (totals["new"], totals["update"]) == (0, 0)


@pytest.mark.parametrize(
    "change, told",
    [
        ({0: "dompteur"}, "aucune clé de ce nom"),
        ({4: "nulle-part"}, "aucune clé de ce nom"),
        ({2: "oui"}, "oui"),
        ({3: "bientôt"}, "« bientôt » n’est pas un nombre"),
        ({5: '=HYPERLINK("https://x")'}, "est une formule"),
        ({3: ""}, "année"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(signed_in, row, change, told):
    cells = [change.get(place, cell) for place, cell in enumerate(row)]

    response = bring(signed_in, csv(cells))

    assert told in response.content.decode()
    assert "confirm_form" not in response.context
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
