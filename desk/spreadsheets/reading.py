"""A workbook or a text of cells, read to rows that know their line; what is unsure is refused."""

from io import BytesIO
from itertools import islice

from .table import MOST_COLUMNS, Table, UnreadableSheet, alike, is_blank, letter_of, title_of
from .text import read_text
from .workbook import is_workbook, read_workbook

MOST_ROWS = 2_000


def read(data, titles, keys):
    """The `Table` of a file's bytes; `titles` are what its columns may be called, by their names,
    which they may be called too; `keys` are those that it must have.
    """
    is_packed = is_workbook(BytesIO(data))
    known = {alike(title): name for name, title in titles.items()}
    known |= {name.casefold(): name for name in titles}
    lines, notes = read_workbook(data) if is_packed else read_text(data, known)
    first = next(lines, (1, []))[1]
    names = _names(first, known, titles, keys)
    rows = list(islice(_rows(lines, names, is_packed), MOST_ROWS + 1))
    if len(rows) > MOST_ROWS:
        raise UnreadableSheet(f"Plus de {MOST_ROWS} lignes\u00a0: coupe la feuille.")
    if faults := [row for row in rows if isinstance(row, str)]:
        raise UnreadableSheet(*faults)
    if not rows:
        raise UnreadableSheet("Il n’y a aucune ligne sous les titres.")
    places = {
        name: f"{letter_of(n)} ({title_of(cell)})"
        for n, (name, cell) in enumerate(zip(names, first, strict=False), start=1)
        if name
    }
    return Table(places, rows, notes)


def _names(cells, known, allowed, keys):
    """The column that each place holds, "" where it has no title."""
    titles = [title_of(cell) for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    if len(titles) > MOST_COLUMNS:
        last = letter_of(MOST_COLUMNS)
        raise UnreadableSheet(f"Des titres vont plus loin que {last}, la dernière colonne lue.")
    names = [known.get(alike(title)) if title else "" for title in titles]
    if faults := list(_faults_of_titles(titles, names, allowed, keys)):
        raise UnreadableSheet(*faults)
    return names


def _faults_of_titles(titles, names, allowed, keys):
    known = _quoted(allowed.values())
    if not any(names):
        yield f"La première ligne ne nomme aucune colonne\u00a0: il faut {known}."
    unknown = [
        f"«\u00a0{title[:40]}\u00a0» ({letter_of(place)})"
        for place, (title, name) in enumerate(zip(titles, names, strict=True), start=1)
        if name is None
    ]
    if unknown:
        yield f"Colonnes inconnues\u00a0: {', '.join(unknown)}. Connues\u00a0: {known}."
    for column, title in allowed.items():
        letters = [letter_of(n) for n, name in enumerate(names, start=1) if name == column]
        if len(letters) > 1:
            where = ", ".join(letters)
            yield f"La colonne «\u00a0{title}\u00a0» est là plusieurs fois\u00a0: {where}."
    if lacking := [key for key in keys if key not in names]:
        said = _quoted(allowed[key] for key in lacking)
        yield f"Il manque ce qui nomme chaque ligne\u00a0: {said}."


def _quoted(titles):
    return ", ".join(f"«\u00a0{title}\u00a0»" for title in titles)


def _rows(lines, names, is_packed):
    """(line, {column: cell}) of each line that says something, or a sentence where it is wrong."""
    for line, cells in lines:
        if all(is_blank(cell) for cell in cells):
            continue
        strays = [
            place
            for place, cell in enumerate(cells, start=1)
            if not is_blank(cell) and (place > len(names) or not names[place - 1])
        ]
        if strays:
            letters = ", ".join(map(letter_of, strays[:3]))
            yield f"Ligne {line}, colonne {letters}\u00a0: une valeur sous aucun titre."
        elif len(cells) < len(names) and not is_packed:
            yield f"Ligne {line}\u00a0: {len(cells)} cellules pour {len(names)} colonnes."
        else:
            padded = [*cells, *[None] * (len(names) - len(cells))]
            yield line, {name: cell for name, cell in zip(names, padded, strict=False) if name}
