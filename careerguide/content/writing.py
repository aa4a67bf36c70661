"""From the database to files that import to the same database, the same bytes each time."""

import json

from django.db import transaction

from . import yaml_files
from .registry import documents


@transaction.atomic
def export_content(folder, *, prune=False):
    """Write every document and its schema under `folder`; the lines to report, as a list.

    With `prune`, files that a document would read and that no instance stands behind are removed,
    so that the folder imports to this database and nothing else; without, they are only named.
    """
    lines = []
    for document in documents():
        written = set()
        for path, data in _files_of(document):
            depth = "../" * path.count("/")
            text = yaml_files.dump(data, schema=depth + document.schema_path)
            written.add(_write(folder / path, text))
            lines.append(path)
            if document.files:
                beside = _give_files(document, data, folder)
                written |= beside
                lines += [_line_of(path, folder) for path in sorted(beside)]
        for stale in sorted(_known(document, folder) - written):
            lines.append(f"{stale.relative_to(folder)} ({'retiré' if prune else 'sans fiche'})")
            if prune:
                stale.unlink()
    for path, text in schema_files():
        _write(folder / path, text)
    return lines


def _give_files(document, data, folder):
    entries = [data] if document.one_per_file else data
    return {path for entry in entries for path in document.files.give(entry, folder)}


def _line_of(path, folder):
    return f"{path.relative_to(folder)}{'' if path.is_file() else ' (introuvable)'}"


def _known(document, folder):
    """The files of the folder that the document would read."""
    beside = folder.glob(document.files.pattern) if document.files else ()
    return {*folder.glob(document.path), *beside}


def _write(target, text):
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode())
    return target


def _files_of(document):
    instances = document.model.objects.order_by(*document.order())
    if not document.one_per_file:
        yield document.path, [document.dump(instance) for instance in instances]
        return
    for instance in instances:
        key = getattr(instance, document.natural_key)
        yield document.path.replace("*", str(key)), document.dump(instance)


def schema_files():
    """Relative path and text of each document's JSON Schema."""
    for document in documents():
        yield (
            document.schema_path,
            json.dumps(document.schema(), ensure_ascii=False, indent=2) + "\n",
        )
