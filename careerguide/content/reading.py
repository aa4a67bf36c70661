"""From files to the database: all of it, or nothing.

Files are read and checked against the schema, references looked up in the files and the database,
then everything is written in one transaction.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

import jsonschema
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from . import yaml_files
from .errors import ContentError, Problem, shown
from .parts import Document, References
from .registry import documents


@dataclass
class Entry:
    """One instance's data, and where it was read."""

    document: Document
    file: str
    prefix: str
    data: dict

    @property
    def key(self):
        return self.data[self.document.natural_key]

    def problem(self, name, found, allowed):
        return Problem(self.file, f"{self.prefix}{name}", shown(found), allowed)


@dataclass(frozen=True)
class Change:
    """An instance that an import wrote, and its document before (None for a new one) and after."""

    document: Document
    instance: models.Model
    before: dict | None
    after: dict


@dataclass
class Report:
    """What an import did, as slugs or numbers by kind."""

    created: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    left: list = field(default_factory=list)
    written: list = field(default_factory=list)  # a `Change` for each of created and changed
    without_file: list = field(default_factory=list)  # in the database alone; left there
    renamed: list = field(default_factory=list)  # sentences: what the files called otherwise


class DryRun(Exception):
    """Raised to roll back what was only tried."""


def import_content(folder, *, dry_run=False, rename=None):
    """Make the database hold what the files under `folder` say; a `Report`, or `ContentError`.

    `rename` gives what stands for entries, and sentences that say so, where things that they name
    have another name by now.
    """
    report = Report()
    entries = read_entries(folder, rename=partial(_renamed, rename, report) if rename else None)
    if not dry_run:
        _take_files(entries, folder)
    try:
        with transaction.atomic():
            _write(entries, report, References(folder))
            if dry_run:
                raise DryRun
    except DryRun:
        pass
    return report


def _renamed(rename, report, entries):
    entries, report.renamed = rename(entries)
    return entries


def read_entries(folder, *, alone=False, rename=None):
    """What the files say; `alone`, each reference must stand in them, not in the database only."""
    entries, problems, files = [], [], []
    for document in documents():
        for path in sorted(folder.glob(document.path)):
            label = str(path.relative_to(folder))
            files.append(label)
            try:
                entries.extend(_entries_of(document, path, label))
            except ContentError as error:
                problems.extend(error.problems)
    problems.extend(_strangers(folder))
    if not entries and not problems:
        problems.append(_nothing_in(folder, files))
    problems.extend(_duplicates(entries))
    if problems:
        raise ContentError(problems)
    entries = rename(entries) if rename else entries
    problems.extend(_dangling(entries, None if alone else References()))
    problems.extend(_wrong_files(entries, folder, alone))
    if problems:
        raise ContentError(problems)
    return entries


def _nothing_in(folder, files):
    if files:
        return Problem(", ".join(files), "le contenu", "une liste vide", "une ligne ou plus")
    return Problem(folder, "le dossier", "aucun fichier", _all_paths())


def _strangers(folder):
    """YAML files that no document would read: a name mistyped, not to be passed over in silence."""
    known = {path for document in documents() for path in folder.glob(document.path)}
    for path in sorted({*folder.rglob("*.yaml"), *folder.rglob("*.yml")} - known):
        yield Problem(path.relative_to(folder), "le nom du fichier", path.name, _all_paths())


def _all_paths():
    return ", ".join(document.path for document in documents())


def _entries_of(document, path, label):
    data = yaml_files.load(path, label=label)
    problems = [
        problem for error in _schema_errors(document, data) for problem in _of_schema(error, label)
    ]
    if problems:
        raise ContentError(problems)
    items = [("", data)] if document.one_per_file else _numbered(data)
    entries = [Entry(document, label, prefix, document.canonical(item)) for prefix, item in items]
    for entry in entries:
        if document.one_per_file and str(entry.key) != path.stem:
            allowed = f"« {path.stem} », comme le nom du fichier"
            raise ContentError([entry.problem(document.natural_key, entry.key, allowed)])
    return entries


def _numbered(items):
    return [(f"[{index}].", item) for index, item in enumerate(items)]


def _pattern(validator, pattern, instance, schema):
    """As JSON Schema means it: Python's « $ » stands before a line break at the end, too."""
    if isinstance(instance, str) and not re.search(pattern.removesuffix("$") + r"\Z", instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


Validator = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": _pattern})


def _schema_errors(document, data):
    validator = Validator(document.schema(), format_checker=jsonschema.FormatChecker(["date"]))
    errors = [leaf for error in validator.iter_errors(data) for leaf in _leaves(error)]
    unique = {(str(list(error.absolute_path)), error.validator): error for error in errors}
    return [unique[key] for key in sorted(unique)]


def _leaves(error):
    """A row that may be null is wrong as a row: the first alternative says why."""
    if error.validator != "anyOf":
        return [error]
    return [cause for cause in error.context if cause.schema_path[0] == 0]


def _of_schema(error, label):
    """The problems of a schema error in an editor's words, one for each missing field."""
    where = "".join(
        f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path
    ).lstrip(".")
    if error.validator == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        for name in missing:
            yield Problem(label, f"{where}.{name}".lstrip("."), "rien", _allowed(error))
    elif error.validator == "additionalProperties":
        known = error.schema["properties"]
        for name in (name for name in error.instance if name not in known):
            yield Problem(
                label, f"{where}.{name}".lstrip("."), "un champ inconnu", ", ".join(known)
            )
    else:
        yield Problem(label, where or "le fichier", shown(error.instance), _allowed(error))


def _allowed(error):
    value = error.validator_value
    phrases = {
        "type": lambda: f"{_type_names(value)}",
        "enum": lambda: ", ".join("null" if choice is None else str(choice) for choice in value),
        "maxLength": lambda: f"{value} caractères au plus ({len(error.instance)} trouvés)",
        "minLength": lambda: "un texte non vide",
        "minimum": lambda: f"{value} ou plus",
        "maximum": lambda: f"{value} ou moins",
        "pattern": lambda: f"la forme {value}",
        "format": lambda: "une date comme 2026-11-20",
        "uniqueItems": lambda: "chaque valeur une seule fois",
        "required": lambda: "ce champ est obligatoire",
    }
    return phrases.get(error.validator, lambda: str(value))()


def _type_names(names):
    french = {
        "string": "un texte",
        "integer": "un nombre entier",
        "number": "un nombre",
        "boolean": "true ou false",
        "array": "une liste",
        "object": "des champs",
        "null": "null",
    }
    return " ou ".join(french[name] for name in ([names] if isinstance(names, str) else names))


def _duplicates(entries):
    counts = Counter((entry.document.model, entry.key) for entry in entries)
    seen = set()
    for entry in entries:
        identity = (entry.document.model, entry.key)
        if counts[identity] > 1 and identity in seen:
            yield entry.problem(entry.document.natural_key, entry.key, "une seule fois par liste")
        seen.add(identity)


def dangling(entries, database):
    """Entry, field, model and slug where that is neither in the files nor in the database."""
    given = {(entry.document.model, entry.key) for entry in entries}
    for entry in entries:
        for part in entry.document.parts:
            for where, model, slug in part.references(entry.data[part.key]):
                if (model, slug) not in given and slug not in (
                    database.of(model) if database else ()
                ):
                    yield entry, where, model, slug


def _dangling(entries, database):
    given = {(entry.document.model, entry.key) for entry in entries}
    for entry, where, model, slug in dangling(entries, database):
        known = {key for other, key in given if other is model}
        known |= set(database.of(model) if database else ())
        allowed = ", ".join(sorted(known)) or "aucune valeur connue"
        yield entry.problem(where, slug, allowed)


def _wrong_files(entries, folder, alone):
    for entry in entries:
        if entry.document.files:
            for row in entry.document.files.problems(entry.data, folder, alone=alone):
                yield entry.problem(*row)


def _take_files(entries, folder):
    """First of all, since a transaction that waits for pictures would hold every other writer."""
    for entry in entries:
        if entry.document.files:
            entry.document.files.take(entry.data, folder)


def _write(entries, report, references):
    written = []
    for entry in entries:
        instance = _find(entry)
        is_new = instance.pk is None
        before = {} if is_new else entry.document.dump(instance)
        name = f"{entry.document.model._meta.verbose_name} {entry.key}"
        if before == entry.data:
            report.left.append(name)
            continue
        (report.created if is_new else report.changed).append(name)
        report.written.append(Change(entry.document, instance, before or None, entry.data))
        _guarded(entry, lambda e=entry, i=instance: _set(e.document, i, e.data, references))
        references.forget(entry.document.model)
        written.append((entry, instance))
    for entry, instance in written:
        for part in entry.document.parts:
            _guarded(
                entry,
                lambda p=part, e=entry, i=instance: p.attach(i, e.data[p.key], references),
                part.key,
            )
    _check_whole(written)
    report.without_file = list(_without_file(entries))


def _without_file(entries):
    """Instances of documents of one file each whose file is not there."""
    for document in {entry.document for entry in entries if entry.document.one_per_file}:
        given = [entry.key for entry in entries if entry.document is document]
        others = document.model.objects.exclude(**{f"{document.natural_key}__in": given})
        for key in others.values_list(document.natural_key, flat=True).order_by("pk"):
            yield f"{document.model._meta.verbose_name} {key}"


def _find(entry):
    document = entry.document
    found = document.model.objects.filter(**{document.natural_key: entry.key}).first()
    return found or document.model(**{document.natural_key: entry.key})


def apply(document, instance, data, references=None):
    """Make a saved or new instance hold canonical data, its rows and links too.

    Rows and links that say it already stay as they are. ValidationError where the models refuse;
    KeyError for a slug that is gone.
    """
    references = references or References()
    with transaction.atomic():
        held = {} if instance._state.adding else document.dump(instance)
        _set(document, instance, data, references)
        for part in document.parts:
            if part.key not in held or held[part.key] != data[part.key]:
                part.attach(instance, data[part.key], references)


def _set(document, instance, data, references):
    for part in document.parts:
        part.prepare(instance, data[part.key], references)
    instance.full_clean()
    instance.save()


def _guarded(entry, write, name=""):
    """Turn what the models and the database refuse into a problem of this file."""
    try:
        with transaction.atomic():
            write()
    except ValidationError as error:
        raise ContentError(
            entry.problem(
                _joined(name, where),
                entry.data.get(name or where, entry.key),
                " ".join(messages),
            )
            for where, messages in error.message_dict.items()
        ) from error
    except (IntegrityError, DataError, models.ProtectedError) as error:
        raise ContentError([entry.problem(name or "l’ensemble", entry.key, str(error))]) from error


def _joined(name, where):
    """« figures » and « [2].unit » as one field; what concerns the whole has no second part."""
    where = "" if where == "__all__" else where
    separator = "." if name and where and not where.startswith("[") else ""
    return f"{name}{separator}{where}" or "l’ensemble"


def _check_whole(written):
    problems = []
    for entry, instance in written:
        if entry.document.check:
            problems += [entry.problem(*row) for row in entry.document.check(instance)]
    if problems:
        raise ContentError(problems)
