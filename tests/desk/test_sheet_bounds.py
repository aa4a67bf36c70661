"""A file made to hold the server up is refused at once, in words."""

import struct
import zipfile
from io import BytesIO
from time import monotonic

import pytest

from metiers.models import Demand
from tests.desk.bringing import (
    HEADERS,
    SHEET,
    beginning,
    bring,
    bring_and_write,
    csv,
    ending,
    plan_of,
    tampered,
    workbook,
)

FOREIGN = "ce qu’aucun tableur n’y met"
ENTITIES = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(6))
DOCTYPE = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{ENTITIES}]>'


def faults_of(client, data, **kinds):
    """What is said of a file that is refused whole, within seconds."""
    start = monotonic()
    response = bring(client, data, kind="", **kinds)
    assert monotonic() - start < 10
    assert response.context["confirm_form"] is None
    return " ".join(response.context["faults"])


@pytest.mark.parametrize("line", [20_000_000, 10**12])
def test_a_line_beyond_the_last_of_a_spreadsheet_is_not_waited_for(signed_in, line):
    data = tampered(ending(b'<row r="%d"><c r="A9"><v>1</v></c></row>' % line))

    start = monotonic()
    response = bring(signed_in, data, kind="")

    assert monotonic() - start < 5
    assert [one.number for one in response.context["plan"].lines] == [2]


@pytest.mark.parametrize(
    "change",
    [
        beginning(DOCTYPE),
        beginning(DOCTYPE, "utf-16"),
        beginning(DOCTYPE, "utf-16-be"),
        beginning(f'<?xml version="1.0" encoding="cp037"?>{DOCTYPE}'),
        beginning('<?xml version="1.0" encoding="cp1251"?>'),
        beginning("<!DOCTYPE x>"),
    ],
    ids=["utf-8", "utf-16", "utf-16 without mark", "cp037", "encoding", "no entity"],
)
@pytest.mark.parametrize("part", [SHEET, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
def test_a_part_with_entities_or_in_no_encoding_of_spreadsheets_is_refused(signed_in, change, part):
    assert FOREIGN in faults_of(signed_in, tampered(change, part=part))


def test_a_part_in_utf_16_is_read(signed_in):
    response = bring(signed_in, tampered(beginning("", "utf-16")), kind="")

    assert [one.number for one in response.context["plan"].lines] == [2]


@pytest.mark.parametrize("kind", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_packed_as_no_spreadsheet_does_is_refused(signed_in, kind):
    assert FOREIGN in faults_of(signed_in, tampered(lambda content: content, kind=kind))


def test_a_damaged_lzma_part_is_refused(signed_in):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("[Content_Types].xml", b"x" * 10_000)
    data = bytearray(buffer.getvalue())
    data[60:70] = bytes(10)

    assert FOREIGN in faults_of(signed_in, bytes(data))


def test_a_size_that_lies_is_found_out(signed_in):
    data = bytearray(tampered(lambda content: content + b" " * 100_000_000))
    entry = data.rfind(SHEET.encode()) - 46
    struct.pack_into("<L", data, entry + 24, 1_000)

    assert "Ce classeur est abîmé" in faults_of(signed_in, bytes(data))


def test_a_zip_in_several_volumes_is_refused(signed_in):
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 0, 2)

    assert "Ce classeur est abîmé" in faults_of(signed_in, locator + b"PK\x05\x06" + bytes(18))


@pytest.mark.parametrize("row", [b"<row/>", b"<row><c/></row>", b'<row><c r="XFD1"/></row>'])
def test_more_elements_than_a_sheet_has_are_refused(signed_in, row):
    assert "démesuré" in faults_of(signed_in, tampered(ending(row * 310_000)))


SHARED = b"""<row r="3"><c r="A3"><f t=%sshared%s si="0" ref="A3:A9">%s</f></c>%s</row>"""


@pytest.mark.parametrize("quote, said", [(b'"', "une valeur sous aucun titre"), (b"'", FOREIGN)])
def test_a_formula_that_many_cells_share_is_refused_before_it_is_translated(signed_in, quote, said):
    cells = b"<c><f t=%sshared%s si='0'/></c>" % (quote, quote) * 3_000
    row = SHARED % (quote, quote, b"+".join([b"A1"] * 2_500), cells)

    start = monotonic()
    response = bring(signed_in, tampered(ending(row)), kind="")

    assert monotonic() - start < 10
    assert response.context["confirm_form"] is None
    assert said in " ".join(response.context["faults"])


@pytest.mark.parametrize("make", [csv, workbook])
def test_a_cell_longer_than_any_column_is_refused_by_its_place(signed_in, make):
    rows = [
        ("infirmier", region, "shortage", "2026", "", "é" * 30_000)
        for region in ("wallonia", "brussels")
    ]

    response = bring(signed_in, make(*rows), kind="")

    faults = plan_of(response)[0]
    assert [fault for fault in faults if "note" in fault[1]] == [
        (
            line,
            "colonne F (note)",
            "C’est un texte démesuré\u00a0: 30000 caractères, alors qu’une cellule en a 1000 "
            "au plus.",
        )
        for line in (2, 3)
    ]
    assert len(response.content) < 100_000


@pytest.mark.parametrize("make", [csv, workbook])
def test_a_title_longer_than_any_column_is_refused(signed_in, make):
    data = make(("infirmier", "wallonia", ""), headers=[*HEADERS[:2], "z" * 30_000])

    assert "«\u00a0un texte démesuré" in faults_of(signed_in, data)


@pytest.mark.parametrize("number", [b"9" * 4_000, b"1E999"])
def test_a_number_beyond_all_is_refused_by_its_place(signed_in, number):
    cells = b'<row r="3"><c r="A3"><v>%s</v></c></row>' % number

    response = bring(signed_in, tampered(ending(cells)), kind="")

    assert (3, "colonne A (metier)", "C’est un nombre démesuré.") in plan_of(response)[0]


@pytest.mark.parametrize("make", [csv, workbook])
def test_a_title_beyond_what_is_read_is_refused(signed_in, make):
    blank = [None] * 255
    data = make(("infirmier", *blank, "wallonia"), headers=["metier", *blank, "region"])

    assert faults_of(signed_in, data) == (
        "Des titres vont plus loin que IV, la dernière colonne lue."
    )


def test_a_column_far_to_the_right_is_read(signed_in):
    blank = [None] * 42
    data = workbook(
        ("infirmier", "wallonia", *blank, "Loin"), headers=["metier", "region", *blank, "note"]
    )

    bring_and_write(signed_in, data, kind="")

    demand = Demand.objects.get(metier__slug="infirmier", metier__draft_of=None, region="wallonia")
    assert demand.note == "Loin"


@pytest.mark.parametrize(
    "make, place, letter", [(workbook, 200, "GR"), (csv, 200, "GR"), (csv, 20_000, "20000")]
)
def test_a_value_far_beyond_the_titles_is_told(signed_in, make, place, letter):
    row = ["infirmier", "wallonia", *[""] * (place - 3), "x"]
    data = make(row, headers=[*HEADERS[:2], *[""] * (place - 2)])

    assert faults_of(signed_in, data) == (
        f"Ligne 2, colonne {letter}\u00a0: une valeur sous aucun titre."
    )
