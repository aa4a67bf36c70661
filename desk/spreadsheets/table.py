"""What a file is read to, whatever it was written with."""

import unicodedata
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from metiers.search.words import fold

MOST_COLUMNS = 256
"""How far a line is read: the titles end before, and what stands beside them is told."""
LAST_LETTERS = 18_278
"""The column « ZZZ »; a text of cells may have more."""
LONGEST_CELL = 1_000
"""Characters; the longest column of a sheet, a remark, has 240."""


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
    """`rows` are (line in the spreadsheet, {column: cell}); `places` where each column is.

    A place is « D (year) ». `notes` say what an editor should know of how the file was read.
    """

    places: dict
    rows: list
    notes: list


def alike(text):
    """The same for a word of the screens and what a keyboard makes of it.

    >>> alike("Jusqu’à") == alike("jusqu'a")
    True
    """
    return fold(text.replace("’", "'"))


def is_blank(cell):
    return cell is None or (isinstance(cell, str) and not cell.strip())


def bounded(text):
    """The text of a cell, or what it is where no column could hold it."""
    if len(text) > LONGEST_CELL:
        said = f"{len(text)} caractères, alors qu’une cellule en a {LONGEST_CELL} au plus"
        return Odd(f"un texte démesuré\u00a0: {said}")
    return text


def title_of(cell):
    """What a cell of the first line says, "" where it says nothing."""
    if cell is None:
        return ""
    text = cell.fault if isinstance(cell, Odd) else str(cell)
    return unicodedata.normalize("NFC", text.strip().removeprefix("\ufeff"))


def letter_of(place):
    """« AA » of 27; beyond the letters, the number itself."""
    return get_column_letter(place) if place <= LAST_LETTERS else str(place)
