"""A text of cells, read whatever its encoding and what parts its cells."""

import codecs
import csv
import re
from io import StringIO

from .table import UnreadableSheet, alike, bounded, title_of

SEPARATORS = (",", ";", "\t")
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
WINDOWS = "cp1252"
WRITTEN = frozenset(map(chr, [*range(32, 127), 9, 10, 13])) | frozenset(
    "àâäáåæçéèêëíîïñóôöøœßúùûüÿÀÂÄÁÅÆÇÉÈÊËÍÎÏÑÓÔÖØŒÚÙÛÜŸ«»‘’“”–—…·•°€£²³½¼¾×±µ§©®ªº\u00a0"
)
"""What people here type; a file of an old Macintosh or of DOS, read as one of Windows, has more."""


def read_text(data, known):
    """The lines of a CSV file, each with its cells, and notes of how they were read.

    `known` are titles, folded: what parts the cells is what finds most of them.
    """
    text, notes = _decoded(data)
    given = SEPARATOR_LINE.match(text)
    text = text[given.end() :] if given else text
    candidates = [given[1]] if given else SEPARATORS
    separator = max(candidates, key=lambda one: _known_titles(text, one, known))
    return _lines(text, separator), notes


def _known_titles(text, separator, known):
    first = next((line for _, line in _lines(text, separator)), [])
    return len({alike(title_of(cell)) for cell in first} & set(known))


def _lines(text, separator):
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for line, cells in enumerate(reader, start=1):
            yield line, [bounded(cell) for cell in cells]
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
                f"Ligne {line}\u00a0: «\u00a0{character}\u00a0» n’est pas ce qui était écrit. "
                "Enregistre la feuille en «\u00a0CSV UTF-8\u00a0», ou en classeur."
            )
    return text, ["Les accents sont lus comme ceux de Windows\u00a0: vérifie-les."]
