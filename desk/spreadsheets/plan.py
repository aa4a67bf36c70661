"""What a sheet would do, line by line, in as many queries for two thousand lines as for one."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from careerguide.french import is_singular
from desk.comparing import mark_words
from desk.conditions import violations
from desk.history import content_of
from desk.models import Action, Revision
from metiers.content import METIER
from metiers.models import Metier

from .standing import Standing

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"


@dataclass
class Line:
    """A line of a sheet and the row that it makes or changes; `before` is None for a new one.

    `faults` are (column or "", sentence).
    """

    number: int
    row: models.Model
    before: dict | None = None
    after: dict = field(default_factory=dict)
    shown: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    @property
    def kind(self):
        if self.faults:
            return WRONG
        if self.before is None:
            return NEW
        return SAME if self.before == self.after else CHANGED


@dataclass
class Followed:
    """A row of a draft that said what its fiche said, and will go on doing so."""

    row: models.Model
    before: dict | None
    after: dict


class Plan:
    """What `sheet` would do with a `Table`: `lines`, the drafts that follow, those that don't.

    A draft follows where its row says what the fiche's row says, or what it was copied from; what
    somebody wrote in it stays, and is in `kept` as (draft, row of the fiche).
    """

    def __init__(self, sheet, table):
        self.sheet, self.places = sheet, table.places
        self.columns = [name for name in sheet.columns if name in table.places]
        self.followed, self.kept = [], []
        standing = Standing(sheet, table)
        self.notes = [*table.notes, *standing.notes]
        self.lines = [self._line(number, cells, standing) for number, cells in standing.table_rows]
        _refuse_doubles(self.lines, sheet)
        if sheet.is_of_metiers and not self.is_wrong:
            self._follow_in_drafts(standing)

    @property
    def is_wrong(self):
        return any(line.faults for line in self.lines)

    @property
    def titles(self):
        return [self.sheet.titles[column] for column in self.columns]

    @property
    def counts(self):
        """{"new": 2, "changed": 3, "same": 1990, "wrong": 0}"""
        return dict.fromkeys((NEW, CHANGED, SAME, WRONG), 0) | Counter(
            line.kind for line in self.lines
        )

    @property
    def summary(self):
        """« 2 lignes nouvelles, 1 changée, 3 laissées telles quelles, 2 brouillons suivent »"""
        counts, drafts = self.counts, len({one.row.metier_id for one in self.followed})
        parts = [
            (counts[NEW], "ligne nouvelle", "lignes nouvelles"),
            (counts[CHANGED], "ligne changée", "lignes changées"),
            (counts[SAME], "ligne laissée telle quelle", "lignes laissées telles quelles"),
            (counts[WRONG], "ligne refusée", "lignes refusées"),
            (drafts, "brouillon suit", "brouillons suivent"),
        ]
        said = [f"{n} {one if is_singular(n) else many}" for n, one, many in parts if n]
        return ", ".join(said)

    @property
    def kept_names(self):
        """« Infirmier, infirmière : Bruxelles », of each row that a draft says otherwise."""
        return [f"{draft}\u00a0: {self._named(row)}" for draft, row in self.kept]

    @property
    def followed_names(self):
        return [f"{one.row.metier}\u00a0: {self._named(one.row)}" for one in self.followed]

    def _named(self, row):
        names = [key for key in self.sheet.keys if key != "metier"]
        shown = [str(getattr(row, f"get_{name}_display", lambda: "")()) for name in names]
        shown = [text or getattr(row, name) for text, name in zip(shown, names, strict=True)]
        return ", ".join(shown) or str(row._meta.verbose_name)

    @property
    def shown_lines(self):
        """The lines that change something, with a word for how."""
        return [("nouvelle" if line.before is None else "changée", line) for line in self.writes]

    @property
    def writes(self):
        """The lines that change something."""
        return [line for line in self.lines if line.kind in (NEW, CHANGED)]

    @property
    def faults(self):
        """(line, « colonne D (year) » or "", sentence)."""
        return [
            (line.number, self._place_of(column), sentence)
            for line in self.lines
            for column, sentence in line.faults
        ]

    def _place_of(self, column):
        place = self.places.get(column)
        return f"colonne {place}" if place else self.sheet.titles.get(column, column)

    @property
    def fingerprint(self):
        """The same for two plans that write the same over the same."""
        said = [
            self.sheet.model._meta.label_lower,
            [(line.row.pk, self._owner(line.row), line.before, line.after) for line in self.writes],
            [(one.row.pk, one.row.metier_id, one.before, one.after) for one in self.followed],
            [(draft.pk, row.pk) for draft, row in self.kept],
        ]
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()

    def _owner(self, row):
        return row.metier_id if self.sheet.is_of_metiers else row.slug

    def _line(self, number, cells, standing):
        values, faults = {}, []
        for column in self.columns:
            try:
                values[column] = self.sheet.fields[column].widget.clean(cells[column])
            except ValueError as error:
                faults.append((column, str(error)))
        wrong = {column for column, _ in faults}
        empty = {key for key in self.sheet.keys if key in values and values[key] in (None, "")}
        faults += [(key, "Vide, alors que cela nomme la ligne.") for key in sorted(empty)]
        if (wrong | empty) & set(self.sheet.keys):
            return Line(number, self.sheet.model(), faults=faults)
        values = standing.as_named_today(values)
        found = standing.rows[tuple(values[key] for key in self.sheet.keys)]
        if len(found) > 1:
            said = f"{len(found)} lignes du site portent ce nom\u00a0: change-les dans leur fiche."
            return Line(number, self.sheet.model(), faults=[*faults, (self.sheet.keys[-1], said)])
        line = Line(number, found[0] if found else standing.new_row(values), faults=faults)
        self._fill(line, values, wrong, is_new=not found)
        return line

    def _fill(self, line, values, wrong, *, is_new):
        row, cells_before = line.row, {}
        if not is_new:
            line.before, cells_before = self.sheet.values_of(row), self.sheet.shown(row)
        for column, value in values.items():
            setattr(row, column, value)
        line.faults += _faults_of(row, wrong)
        line.after = self.sheet.values_of(row)
        if line.kind in (NEW, CHANGED):
            cells = self.sheet.shown(row)
            line.shown = [
                mark_words(cells_before.get(column, ""), cells[column]) for column in self.columns
            ]

    def _follow_in_drafts(self, standing):
        copies = None
        for line in self.writes:
            draft = standing.drafts.get(line.row.metier_id)
            if draft is None:
                continue
            name = standing.name_of(line.row)
            rows = standing.draft_rows[draft.pk, name]
            before = self.sheet.values_of(rows[0]) if rows else None
            is_same = len(rows) < 2 and before == line.before
            if not is_same and len(rows) < 2:
                copies = copies or _Copies(self.sheet, standing.drafts.values())
                is_same = copies.says(draft, name, rows)
            if is_same:
                self.followed.append(
                    Followed(standing.copied(line, rows, draft), before, line.after)
                )
            elif before != line.after:
                self.kept.append((draft, line.row))


class _Copies:
    """What the drafts were copied from, known where no import nor version was put in them since."""

    def __init__(self, sheet, drafts):
        self.part = next(part for part in METIER.parts if getattr(part, "model", 0) is sheet.model)
        self.names = [key for key in sheet.keys if key != "metier"]
        story = Revision.objects.going_on().filter(
            model=Metier._meta.label_lower,
            key__in=[draft.slug for draft in drafts],
            is_draft=True,
            action__in=(Action.STARTED, Action.IMPORTED, Action.RESTORED),
        )
        newest = {revision.key: revision for revision in story.order_by("at", "pk")}
        self.contents = {
            key: content_of(revision)[self.part.key]
            for key, revision in newest.items()
            if revision.action == Action.STARTED
        }

    def says(self, draft, name, rows):
        """Whether a draft's row of a name, or that it has none, is as it was copied."""
        if draft.slug not in self.contents:
            return False
        copied = self.contents[draft.slug]
        copied = [row for row in ([copied] if self.part.single else copied) if row]
        named = [row for row in copied if tuple(row[key] for key in self.names) == name]
        return named == [{value.key: value.dump(row) for value in self.part.values} for row in rows]


def _faults_of(row, wrong):
    """What the model refuses, without asking the database: the plan knows every key and name."""
    relations = {f.name for f in row._meta.concrete_fields if f.is_relation}
    faults = []
    try:
        row.clean_fields(exclude={*relations, *wrong})
        row.clean()
    except ValidationError as error:
        for name, errors in error.error_dict.items():
            column = "" if name == NON_FIELD_ERRORS else name
            faults += [(column, _said(row, column, one)) for one in errors]
    broken = violations(row, without={*wrong, *(column for column, _ in faults)})
    return faults + [("", " ".join(error.messages)) for _, error in broken]


def _said(row, column, error):
    if error.code in ("null", "blank"):
        return "Vide, alors qu’il faut une valeur."
    if error.code != "invalid_choice":
        return " ".join(error.messages)
    field = row._meta.get_field(column)
    allowed = ", ".join(
        f"«\u00a0{label}\u00a0»" for value, label in field.choices if _may_be(field, value)
    )
    found = str(field.value_from_object(row))[:40]
    return f"«\u00a0{found}\u00a0» n’en est pas. Permis\u00a0: {allowed}."


def _may_be(field, value):
    """Whether the conditions of a column alone allow one of its choices: a demand is Belgian."""
    others = {one.name for one in field.model._meta.concrete_fields} - {field.name}
    return not any(violations(field.model(**{field.name: value}), without=others))


def _refuse_doubles(lines, sheet):
    """Two lines of one name: the second would write over the first, unseen."""
    first = {}
    for line in lines:
        key = tuple(getattr(line.row, sheet.attnames[key]) for key in sheet.keys)
        if line.faults or None in key:
            continue
        if key in first:
            said = f"La ligne {first[key]} porte déjà ce nom\u00a0: une seule fois par feuille."
            line.faults.append((sheet.keys[-1], said))
        first.setdefault(key, line.number)
