import zipfile
from io import BytesIO

import openpyxl
import pytest
import tablib
from django.contrib.auth.models import User
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk import merging, workflow
from desk.admin.sheets import CHANGED, GONE
from desk.batches import AlreadyWritten
from desk.models import ImportBatch, Revision
from desk.spreadsheets.sheets import DemandSheet, FigureSheet, SalarySheet, SchoolSheet
from metiers.models import Demand, Metier, School, Sector, Source
from metiers.search.words import fold
from tests.desk.bringing import (
    CSV,
    DEMANDS,
    HEADERS,
    XLSX,
    bring,
    csv,
    plan_of,
    sheet,
    undo,
    workbook,
    write,
)
from tests.desk_editor import Member
from tests.factories import create_school, create_sector


@pytest.fixture
def signed_in(client, reviewer):
    client.force_login(reviewer)
    return client


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
        ({3: "bientôt"}, "«\u00a0bientôt\u00a0» n’est pas un nombre"),
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

    assert response.context["faults"] == ("Plus de 2 lignes\u00a0: coupe la feuille.",)


@pytest.mark.parametrize("is_new", [False, True])
def test_what_was_shown_is_written_once(signed_in, row, is_new):
    if is_new:
        demand().delete()
    response = bring(signed_in, csv(row))

    write(signed_in, response)
    again = write(signed_in, response)

    batch = ImportBatch.objects.get()
    assert again.redirect_chain[-1][0] == f"/gestion/importations/#import-{batch.pk}"
    assert [str(message) for message in again.context["messages"]][-1] == str(AlreadyWritten(batch))


def test_what_was_written_and_undone_is_sent_again_from_its_file(signed_in, row):
    response = bring(signed_in, csv(row))
    write(signed_in, response)
    undo(signed_in)

    again = write(signed_in, response)

    assert [str(message) for message in again.context["messages"]][-1] == GONE


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
    assert found["nom"] == ["'=1+1"]


@pytest.mark.parametrize("region, status", [("wallonie", "EN PENURIE"), ("Wallonie", "pénurie")])
def test_a_sheet_speaks_french(signed_in, source, region, status):
    titles = ["Métier", "REGION", "statut", "année de la liste", "source"]
    data = csv(("infirmier", region, status, "2030", source), headers=titles)

    write(signed_in, bring(signed_in, data))

    assert (demand().status, demand().year) == ("shortage", 2030)


def test_an_export_has_the_titles_and_the_values_of_the_screens(signed_in, content):
    response = signed_in.get(f"{DEMANDS}export/")

    found = tablib.Dataset().load(response.content, "xlsx")
    assert found.headers == [
        "métier",
        "région",
        "statut",
        "année de la liste",
        "source",
        "remarque",
    ]
    assert set(found["région"]) == {"Wallonie", "Bruxelles", "Flandre"}
    assert "En pénurie" in found["statut"]


def test_a_value_that_is_none_is_answered_in_french(signed_in, row):
    response = bring(signed_in, csv((*row[:2], "oui", *row[3:])))

    [(_, place, said)] = plan_of(response)[0]
    assert place == "colonne C (status)"
    assert said.replace("\u00a0", " ").startswith(
        "« oui » n’en est pas. Permis : « En pénurie », « Fonction critique »"
    )


def test_a_region_that_is_refused_is_not_said_to_be_allowed(signed_in, row):
    response = bring(signed_in, csv((row[0], "Ailleurs", *row[2:])))

    [(_, _, said)] = plan_of(response)[0]
    assert said.replace("\u00a0", " ") == (
        "« Ailleurs » n’en est pas. Permis : « Wallonie », « Bruxelles », « Flandre »."
    )


@pytest.mark.parametrize("kind", [DemandSheet, FigureSheet, SalarySheet, SchoolSheet])
def test_no_title_is_the_name_of_another_column(kind):
    for name, title in kind().titles.items():
        assert kind().titles.keys() & {fold(title)} <= {name}


ODD_NAMES = (
    "=1+1",
    "+ de formation",
    "- de dix",
    "@home",
    "#N/A",
    "'t Zand",
    "''",
    "A = B",
    "l'école",
)


@pytest.mark.parametrize("ending, kind", [("xlsx", XLSX), ("csv", CSV)])
def test_an_odd_text_taken_out_comes_back_the_same(signed_in, db, ending, kind):
    for place, name in enumerate(ODD_NAMES):
        School.objects.create(name=name, slug=f"ecole-{place}", kind="secondary", place="Liège")

    taken = SchoolSheet().export().export(ending)
    taken = taken if isinstance(taken, bytes) else taken.encode()
    told = bring(signed_in, taken, kind=kind, address="/gestion/metiers/school/")

    faults, counts = plan_of(told)
    assert faults == []
    assert counts == {"new": 0, "changed": 0, "same": len(ODD_NAMES), "wrong": 0}


SCHOOLS = "/gestion/metiers/school/"


def test_a_sheet_of_before_a_merge_brings_no_double_back(signed_in, reviewer, db):
    kept, double = create_school(name="HELMo"), create_school(name="HEPL")
    merging.merge(kept, [double], reviewer)
    rows = [("helmo", "Seraing"), ("hepl", "Verviers")]

    response = bring(signed_in, csv(*rows, headers=["slug", "place"]), address=SCHOOLS)
    write(signed_in, response, SCHOOLS)

    told = (
        "Ligne 3, laissée de côté\u00a0: «\u00a0hepl\u00a0» est fusionné avec «\u00a0helmo\u00a0»."
    )
    assert told in response.context["plan"].notes
    assert list(School.objects.values_list("slug", "place")) == [("helmo", "Seraing")]


def test_a_line_of_before_a_new_name_is_that_of_the_thing(signed_in, reviewer, db):
    school = create_school(name="HELMo")
    Member(signed_in, reviewer).save(f"{SCHOOLS}{school.pk}/change/", slug="helmo-guillemins")

    response = bring(
        signed_in, csv(("helmo", "Seraing"), headers=["slug", "place"]), address=SCHOOLS
    )
    write(signed_in, response, SCHOOLS)

    told = "«\u00a0helmo\u00a0» s’appelle à présent «\u00a0helmo-guillemins\u00a0»."
    assert told in response.context["plan"].notes
    assert list(School.objects.values_list("slug", "place")) == [("helmo-guillemins", "Seraing")]


def test_a_source_that_was_merged_is_read_as_the_one_that_is_kept(signed_in, reviewer, row, source):
    double = Source.objects.create(slug="forem-2", title="Liste", publisher="Forem", year=2025)
    merging.merge(Source.objects.get(slug=source), [double], reviewer)

    response = bring(signed_in, csv((*row[:4], "forem-2", row[5])))
    write(signed_in, response)

    told = f"«\u00a0forem-2\u00a0» s’appelle à présent «\u00a0{source}\u00a0»."
    assert told in response.context["plan"].notes
    assert demand().source.slug == source


REGIONS = ("wallonia", "brussels", "flanders")


def fiches(count, *, with_drafts):
    """Fiches of three regions each, which no sheet has touched."""
    sector = Sector.objects.first() or create_sector()
    fields = {"sector": sector, "study_level": 3, "name_masculine": "a", "name_feminine": "b"}
    made = Metier.objects.bulk_create(
        Metier(slug=f"fiche-{n}", short_name="a", **fields) for n in range(count)
    )
    copies = [
        Metier(slug=metier.slug, short_name="a", draft_of=metier, **fields) for metier in made
    ]
    drafts = Metier.with_drafts.bulk_create(copies if with_drafts else [])
    Demand.objects.bulk_create(
        Demand(metier=metier, region=region, status="unverified", position=place)
        for metier in (*made, *drafts)
        for place, region in enumerate(REGIONS[:2], start=1)
    )
    return made


def notes_of(metiers):
    """Two rows that change and a new one of each fiche."""
    rows = [(one.slug, region, "recurring", "Feuille") for one in metiers for region in REGIONS]
    return csv(*rows, headers=["metier", "region", "status", "note"])


def queries(action):
    with CaptureQueriesContext(connection) as found:
        response = action()
    assert response.status_code == 200
    return len(found), response


def steps(client, count, **kinds):
    """How many queries the preview, the confirmation and the undoing of a sheet take."""
    data = notes_of(fiches(count, **kinds))
    shown, response = queries(lambda: bring(client, data))
    form = response.context["confirm_form"]
    address = f"{DEMANDS}process_import/"
    written = CaptureQueriesContext(connection)
    with written:
        assert client.post(address, form.initial).status_code == 302
    return shown, len(written), queries(lambda: undo(client))[0]


@pytest.mark.parametrize("with_drafts", [False, True])
def test_a_long_sheet_asks_as_much_as_a_short_one(client, db, reviewer, with_drafts):
    client.force_login(reviewer)
    bring(client, notes_of(fiches(1, with_drafts=False)))  # what a first request sets up
    Metier.objects.all().delete()

    short = steps(client, 2, with_drafts=with_drafts)
    Metier.objects.all().delete()
    Revision.objects.all().delete()
    long = steps(client, 12, with_drafts=with_drafts)

    assert long == short


def test_the_longest_sheet_is_written_in_some_tens_of_queries(client, db, reviewer):
    client.force_login(reviewer)

    shown, written, undone = steps(client, 666, with_drafts=False)

    assert Demand.objects.filter(region="flanders").count() == 0
    assert shown < 20
    assert written < 100
    assert undone < 100


@pytest.fixture
def shown(signed_in, row):
    return bring(signed_in, csv(row))


def change_the_row(row):
    Demand.objects.filter(pk=row.pk).update(note="Entre-temps")


def remove_the_row(row):
    row.delete()


def open_a_draft(row):
    workflow.start_draft(row.metier, User.objects.get())


@pytest.mark.parametrize("meanwhile", [change_the_row, remove_the_row, open_a_draft])
def test_what_changed_since_the_preview_is_shown_anew(signed_in, shown, meanwhile):
    meanwhile(demand())
    count = Demand.objects.count()

    response = write(signed_in, shown)

    assert [str(message) for message in response.context["messages"]] == [CHANGED]
    assert not ImportBatch.objects.exists()
    assert Demand.objects.count() == count

    write(signed_in, response)

    assert demand().note == "Liste de 2026"


def test_what_is_wrong_since_the_preview_is_not_written(signed_in, shown, source):
    Source.objects.filter(slug=source).update(slug="autre")

    response = write(signed_in, shown)

    assert "aucune clé de ce nom" in response.content.decode()
    assert response.context["confirm_form"] is None
    assert not ImportBatch.objects.exists()


def test_a_confirmation_writes_nothing_in_another_list(signed_in, shown):
    form = shown.context["confirm_form"]

    signed_in.post("/gestion/metiers/school/process_import/", form.initial)

    assert not ImportBatch.objects.exists()


def test_a_line_that_is_refused_is_not_compared(signed_in, row):
    wrong = (*row[:5], "a b " * 200)

    response = bring(signed_in, csv(wrong))

    [line] = response.context["plan"].lines
    assert (line.kind, line.shown) == ("wrong", [])
