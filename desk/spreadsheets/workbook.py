"""A workbook, unpacked and parsed within bounds: what a file says of itself may be a lie."""

import re
import zipfile
from contextlib import suppress
from io import BytesIO
from itertools import count
from struct import error as StructError
from xml.etree.ElementTree import ParseError
from xml.parsers import expat
from zlib import error as ZlibError

import openpyxl
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.exceptions import InvalidFileException

from .table import MOST_COLUMNS, Odd, UnreadableSheet, bounded, is_blank

LARGEST_UNPACKED = 20_000_000
MOST_ELEMENTS = 300_000
"""Of all the parts together; two thousand lines of twelve cells have a hundred thousand."""
MOST_LINES = 1_048_576
"""What a spreadsheet has; openpyxl would make each line that is missing before a later one."""
LARGEST_NUMBER = 10**15
PARSED = (".xml", ".rels")
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The others unpack as much as they like at a time."""
ENCODINGS = {None, "utf-8", "utf-16", "us-ascii", "iso-8859-1"}
SHARED_FORMULA = re.compile(rb'(<(?:\w+:)?f [^<>]*?\bt=)"shared"')
"""One that openpyxl would translate for each cell that has it, for a minute; all are refused."""
FOREIGN = (
    "Ce classeur contient ce qu’aucun tableur n’y met (DTD, codage ou compression)\u00a0: "
    "ouvre-le dans le tien et enregistre-le à nouveau."
)
HUGE = (
    "Ce classeur est démesuré une fois décompressé\u00a0: "
    "n’y laisse que la feuille à importer, sans lignes vides mises en forme."
)
BROKEN = "Ce classeur est abîmé, ou fermé par un mot de passe."
DAMAGED = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    StructError,
    ZlibError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,  # a password
    TypeError,
    ValueError,
    AttributeError,
)
"""What openpyxl raises, having no error of its own, on a workbook that no spreadsheet wrote."""


def is_workbook(file):
    try:
        return zipfile.is_zipfile(file)
    except zipfile.BadZipFile:  # said of a zip in several volumes
        return True


def read_workbook(data):
    """The lines of the sheet that was open when a workbook was saved, and notes of how."""
    try:
        book = openpyxl.load_workbook(_checked(data), read_only=True)
        page = book.active if book.active in book.worksheets else book.worksheets[0]
        page.reset_dimensions()
    except DAMAGED as error:
        raise UnreadableSheet(BROKEN) from error
    several = len(book.worksheets) > 1
    return _lines(page), [
        f"Seule la feuille «\u00a0{page.title[:40]}\u00a0» est lue."
    ] if several else []


def _checked(data):
    """A zip of the parts that openpyxl may parse, read to a limit and looked through."""
    parts, left = {}, LARGEST_UNPACKED
    with zipfile.ZipFile(BytesIO(data)) as packed:
        for entry in packed.infolist():
            if not entry.filename.lower().endswith(PARSED):
                continue
            if entry.compress_type not in PACKED:
                raise UnreadableSheet(FOREIGN)
            with packed.open(entry) as part:
                content = part.read(left + 1)
            left -= len(content)
            parts[entry.filename] = SHARED_FORMULA.sub(rb'\1"normal"', content)
            if left < 0:
                raise UnreadableSheet(HUGE)
    _check(parts.values())
    checked = BytesIO()
    with zipfile.ZipFile(checked, "w") as repacked:
        for name, content in parts.items():
            repacked.writestr(name, content)
    return checked


def _check(parts):
    """Refuses entities, as the parser of openpyxl would find them, and elements without end."""
    elements = count(1)

    def declared(version, encoding, standalone):
        if (encoding and encoding.lower()) not in ENCODINGS:
            raise UnreadableSheet(FOREIGN)

    def defined(*doctype):
        raise UnreadableSheet(FOREIGN)

    def begun(name, attributes):
        if next(elements) > MOST_ELEMENTS:
            raise UnreadableSheet(HUGE)
        if attributes.get("t") == "shared":
            raise UnreadableSheet(FOREIGN)

    for content in parts:
        parser = expat.ParserCreate()
        parser.XmlDeclHandler = declared
        parser.StartDoctypeDeclHandler = defined
        parser.StartElementHandler = begun
        with suppress(expat.ExpatError):  # openpyxl says itself what is no XML
            parser.Parse(content, True)


def _lines(page):
    try:
        titles = next(page.iter_rows(max_row=1), ())
        yield 1, [_value(cell) for cell in titles]
        gap = None  # the same tuple for each line that the file leaves out, a million at most
        rows = page.iter_rows(min_row=2, max_row=MOST_LINES, max_col=MOST_COLUMNS)
        for line, cells in enumerate(rows, start=2):
            if cells is gap:
                continue
            values = {n: _value(cell) for n, cell in enumerate(cells) if cell is not EMPTY_CELL}
            if all(is_blank(value) for value in values.values()):
                gap = cells
                continue
            yield line, [values.get(n) for n in range(max(values) + 1)]
    except DAMAGED as error:
        raise UnreadableSheet(BROKEN) from error


def _value(cell):
    value = cell.value
    if isinstance(value, str):
        return bounded(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        if abs(value) >= LARGEST_NUMBER:
            return Odd("un nombre démesuré")
        if "%" in (cell.number_format or ""):
            return Odd("un pourcentage\u00a0: écris le nombre, et «\u00a0%\u00a0» comme unité")
        return value
    if cell.data_type == "d":
        return Odd("une date\u00a0: aucune colonne n’en a, écris l’année ou un texte")
    return Odd("une formule, pas un texte")
