"""A workbook or a text of cells, read to rows that know their line; what is unsure is refused."""

import codecs
import csv
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from struct import error as StructError
from xml.etree.ElementTree import ParseError
from zlib import error as ZlibError

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

MOST_ROWS = 2_000
MOST_COLUMNS = 40
SEPARATORS = (",", ";", "\t")
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
WINDOWS = "cp1252"
WRITTEN = frozenset(map(chr, [*range(32, 127), 9, 10, 13])) | frozenset(
    "àâäáåæçéèêëíîïñóôöøœßúùûüÿÀÂÄÁÅÆÇÉÈÊËÍÎÏÑÓÔÖØŒÚÙÛÜŸ«»‘’“”–—…·•°€£²³½¼¾×±µ§©®ªº\u00a0"
)
"""What people here type; a file of an old Macintosh or of DOS, read as one of Windows, has more."""
ERRORS = re.compile(r"#(?:N/A|REF!|VALEUR!|VALUE!|DIV/0!|NOM\?|NAME\?|NUL!|NULL!|NOMBRE!|NUM!)")
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
    RuntimeError,  # a password
    TypeError,
    ValueError,
    AttributeError,
)
"""What openpyxl raises, having no error of its own, on a workbook that no spreadsheet wrote."""


class UnreadableSheet(Exception):
    """Sentences that say why nothing of a sheet can be taken."""

    def __init__(self, *faults):
        self.faults = faults
        super().__init__(" ".join(faults))


@dataclass(frozen=True)
class Odd:
    """A cell that is no plain value: a date, a formula, a percentage."""

    fault: str


@dataclass(frozen=True)
class Table:
    """`rows` are (line in the spreadsheet, {column: cell}); `places` the letter of each column.

    `notes` say what an editor should know of how the file was read.
    """

    places: dict
    rows: list
    notes: list


def read(data, columns, keys):
    """The `Table` of a file's bytes; `columns` are the names that it may have, `keys` must have."""
    is_workbook = zipfile.is_zipfile(BytesIO(data))
    lines, notes = _workbook(data) if is_workbook else _text(data, columns)
    lines = iter(lines)
    names = _names(next(lines, (1, []))[1], columns, keys)
    rows = list(islice(_rows(lines, names, is_workbook), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise UnreadableSheet(f"Plus de {MOST_ROWS} lignes\u00a0: coupe la feuille.")
    if faults := [row for row in rows if isinstance(row, str)]:
        raise UnreadableSheet(*faults)
    if not rows:
        raise UnreadableSheet("Il n’y a aucune ligne sous les titres.")
    places = {name: get_column_letter(n) for n, name in enumerate(names, start=1) if name}
    return Table(places, rows, notes)


def _names(cells, columns, keys):
    """The column that each place holds, "" where it has no title."""
    known = {column.casefold(): column for column in columns}
    titles = ["" if _is_blank(cell) else _plain(str(cell)) for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    names = [known.get(title.casefold()) if title else "" for title in titles]
    if faults := list(_faults_of_titles(titles, names, columns, keys)):
        raise UnreadableSheet(*faults)
    return names


def _faults_of_titles(titles, names, columns, keys):
    if not any(names):
        yield f"La première ligne ne nomme aucune colonne\u00a0: il faut {', '.join(columns)}."
    unknown = [
        f"« {title[:40]} » ({get_column_letter(place)})"
        for place, (title, name) in enumerate(zip(titles, names, strict=True), start=1)
        if name is None
    ]
    if unknown:
        known = ", ".join(columns)
        yield f"Colonnes inconnues\u00a0: {', '.join(unknown)}. Connues\u00a0: {known}."
    for column in columns:
        letters = [get_column_letter(n) for n, name in enumerate(names, start=1) if name == column]
        if len(letters) > 1:
            yield f"La colonne « {column} » est là plusieurs fois\u00a0: {', '.join(letters)}."
    if lacking := [key for key in keys if key not in names]:
        yield f"Il manque ce qui nomme chaque ligne\u00a0: {', '.join(lacking)}."


def _rows(lines, names, is_workbook):
    """(line, {column: cell}) of each line that says something, or a sentence where it is wrong."""
    for line, cells in lines:
        if all(_is_blank(cell) for cell in cells):
            continue
        strays = [
            get_column_letter(place)
            for place, cell in enumerate(cells, start=1)
            if not _is_blank(cell) and (place > len(names) or not names[place - 1])
        ]
        if strays:
            letters = ", ".join(strays[:3])
            yield f"Ligne {line}, colonne {letters}\u00a0: une valeur sous aucun titre."
        elif len(cells) < len(names) and not is_workbook:
            yield f"Ligne {line}\u00a0: {len(cells)} cellules pour {len(names)} colonnes."
        else:
            padded = [*cells, *[None] * (len(names) - len(cells))]
            yield line, {name: cell for name, cell in zip(names, padded, strict=False) if name}


def _is_blank(cell):
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _plain(text):
    return unicodedata.normalize("NFC", text.strip().removeprefix("\ufeff"))


def _text(data, columns):
    """Lines of a CSV file, whatever its encoding and what parts its cells."""
    text, notes = _decoded(data)
    given = SEPARATOR_LINE.match(text)
    text = text[given.end() :] if given else text
    candidates = [given[1]] if given else SEPARATORS
    separator = max(candidates, key=lambda one: _known_titles(text, one, columns))
    return _lines(text, separator), notes


def _known_titles(text, separator, columns):
    first = next((line for _, line in _lines(text, separator)), [])
    return len({_plain(cell).casefold() for cell in first} & {c.casefold() for c in columns})


def _lines(text, separator):
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from enumerate(reader, start=1)
    except csv.Error as error:
        said = "un guillemet de trop ou jamais fermé, ou une cellule démesurée"
        fault = f"Ligne {reader.line_num}\u00a0: {said}."
        raise UnreadableSheet(fault) from error


def _decoded(data):
    marks = {
        codecs.BOM_UTF8: "utf-8-sig",
        codecs.BOM_UTF16_LE: "utf-16",
        codecs.BOM_UTF16_BE: "utf-16",
    }
    encodings = [code for mark, code in marks.items() if data.startswith(mark)] or ["utf-8"]
    try:
        return data.decode(encodings[0]), []
    except UnicodeDecodeError as error:
        if encodings != ["utf-8"]:
            raise UnreadableSheet("Ce fichier est coupé, ou n’est pas une feuille.") from error
    text = data.decode(WINDOWS, errors="replace")
    for place, character in enumerate(text):
        if character not in WRITTEN:
            line = text.count("\n", 0, place) + 1
            raise UnreadableSheet(
                f"Ligne {line}\u00a0: « {character} » n’est pas ce qui était écrit. "
                "Enregistre la feuille en « CSV UTF-8 », ou en classeur."
            )
    return text, ["Les accents sont lus comme ceux de Windows\u00a0: vérifie-les."]


def _workbook(data):
    """Lines of the sheet that was open when the workbook was saved."""
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True)
        page = book.active if book.active in book.worksheets else book.worksheets[0]
        page.reset_dimensions()
        titles = next(page.iter_rows(max_row=1), ())
        lines = [(1, [_value(cell) for cell in titles])]
        gap = None  # the same tuple for each line that the file leaves out, a million at most
        for line, cells in enumerate(page.iter_rows(min_row=2, max_col=MOST_COLUMNS), start=2):
            if cells is gap:
                continue
            values = [_value(cell) for cell in cells]
            if all(_is_blank(value) for value in values):
                gap = cells
                continue
            lines.append((line, values))
            if len(lines) > MOST_ROWS + 1:
                break
    except DAMAGED as error:
        raise UnreadableSheet("Ce classeur est abîmé, ou fermé par un mot de passe.") from error
    several = len(book.worksheets) > 1
    return lines, [f"Seule la feuille « {page.title} » est lue."] if several else []


def _value(cell):
    value = cell.value
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            return Odd("un pourcentage\u00a0: écris le nombre, et « % » comme unité")
        return value
    if cell.data_type == "d":
        return Odd("une date\u00a0: aucune colonne n’en a, écris l’année ou un texte")
    return Odd("une formule, pas un texte")
