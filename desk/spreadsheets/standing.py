"""What stands in the database under what a sheet names: the rows, their drafts, what they cite."""

from collections import Counter, defaultdict
from contextlib import suppress

from desk.models import MovedKey
from metiers.models import Metier
from metiers.whole import naming

from .cells import plain


class Standing:
    """All that the lines of a table can name, and the rows that stand there, in a query each.

    What was renamed or merged since the table was taken out is found too, and `notes` say so. A
    school that was merged has no line in `table_rows`: the line of the one that is kept counts.
    """

    def __init__(self, sheet, table):
        self.sheet, self.table_rows, self.notes, self.renamed = sheet, table.rows, [], {}
        for column in sheet.columns:
            cell = sheet.fields[column].widget
            if hasattr(cell, "known"):
                slugs = _texts(table, column)
                found = cell.model.objects.filter(slug__in=slugs).only(*_named_by(cell.model))
                cell.known = {instance.slug: instance for instance in found}
                self._follow_moved(cell, slugs)
        self.rows, self.draft_rows, self.drafts = defaultdict(list), defaultdict(list), {}
        self.last = Counter()
        if sheet.is_of_metiers:
            self._read_rows_of_metiers()
        else:
            self._read_named(_texts(table, sheet.keys[0]))

    def _follow_moved(self, cell, slugs):
        moves = MovedKey.of({(cell.model, slug) for slug in slugs - set(cell.known)})
        new = {move.new for move in moves.values()}
        found = cell.model.objects.filter(slug__in=new).only(*_named_by(cell.model)) if new else ()
        by_slug = {instance.slug: instance for instance in found}
        for move in moves.values():
            if move.new in by_slug:
                cell.known[move.old] = by_slug[move.new]
                self.notes.append(f"«\u00a0{move.old}\u00a0» s’appelle à présent {_quoted(move)}.")

    def _read_named(self, names):
        """Rows that a column of the sheet itself names: schools."""
        key = self.sheet.keys[0]
        rows = self.sheet.model.objects
        found = {getattr(row, key): row for row in rows.filter(**{f"{key}__in": names})}
        moves = MovedKey.of({(self.sheet.model, name) for name in names - set(found)})
        self.renamed = {move.old: move.new for move in moves.values() if not move.is_of_double}
        new = set(self.renamed.values()) - set(found)
        found |= {row.slug: row for row in rows.filter(slug__in=new)} if new else {}
        for row in found.values():
            self.rows[self._key(row)].append(row)
        self.renamed = {old: new for old, new in self.renamed.items() if new in found}
        self.notes += [
            f"«\u00a0{old}\u00a0» s’appelle à présent «\u00a0{new}\u00a0»."
            for old, new in self.renamed.items()
        ]
        self._leave_doubles_aside({m.old: m for m in moves.values() if m.is_of_double})

    def _leave_doubles_aside(self, doubles):
        kept = []
        for number, cells in self.table_rows:
            with suppress(ValueError):  # the line says it of itself
                if move := doubles.get(plain(cells.get(self.sheet.keys[0]))):
                    said = f"«\u00a0{move.old}\u00a0» est fusionné avec {_quoted(move)}"
                    self.notes.append(f"Ligne {number}, laissée de côté\u00a0: {said}.")
                    continue
            kept.append((number, cells))
        self.table_rows = kept

    def as_named_today(self, values):
        """The values of a line, under the new name of what was renamed."""
        key = self.sheet.keys[0]
        return (
            values | {key: self.renamed.get(values[key], values[key])} if self.renamed else values
        )

    def _read_rows_of_metiers(self):
        metiers = self.sheet.fields["metier"].widget.known.values()
        public = {metier.pk: metier for metier in metiers}
        drafts = Metier.with_drafts.filter(draft_of__in=public).order_by("pk")
        drafts = drafts.only(*_named_by(Metier))
        self.drafts = {draft.draft_of_id: draft for draft in drafts}
        by_draft = {draft.pk: draft for draft in self.drafts.values()}
        rows = self.sheet.model.objects.filter(metier__in=[*public, *by_draft])
        for row in rows.select_related("source").order_by("pk"):
            self.last[row.metier_id] = max(self.last[row.metier_id], getattr(row, "position", 0))
            if row.metier_id in public:
                row.metier = public[row.metier_id]
                self.rows[self._key(row)].append(row)
            else:
                row.metier = by_draft[row.metier_id]
                self.draft_rows[row.metier_id, self.name_of(row)].append(row)

    def _key(self, row):
        return tuple(getattr(row, key) for key in self.sheet.keys)

    def name_of(self, row):
        """What names a row within its fiche: its region, its title and where it holds."""
        return tuple(getattr(row, key) for key in self.sheet.keys if key != "metier")

    def new_row(self, values):
        """A row that goes after those of its fiche."""
        row = self.sheet.model()
        if self.sheet.is_of_metiers:
            self._put_last(row, values["metier"])
        return row

    def copied(self, line, rows, draft):
        """The row of a draft, or a new one, with what the line says."""
        row = rows[0] if rows else self.sheet.model()
        if not rows:
            self._put_last(row, draft)
        for name, value in line.after.items():
            setattr(row, name, value)
        return row

    def _put_last(self, row, metier):
        row.metier = metier
        if hasattr(row, "position"):
            self.last[metier.pk] += 1
            row.position = self.last[metier.pk]


def _quoted(move):
    return f"«\u00a0{move.new}\u00a0»"


def _texts(table, column):
    """What the cells of a column say, where they say something."""
    found = set()
    for _, cells in table.rows:
        with suppress(ValueError):  # the line says it of itself
            found.add(plain(cells.get(column)))
    return found - {""}


def _named_by(model):
    """The columns that say what an instance is; a fiche is long, and a draft or not."""
    return [*naming(model), *(["draft_of"] if model is Metier else [])]
