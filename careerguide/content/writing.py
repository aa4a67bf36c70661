"""From the database to files that import to the same database, the same bytes each time."""

import json

from . import yaml_files
from .registry import documents


def export_content(folder):
    """Write every document under `folder`; yields the relative paths written, then removed.

    Files that a document's path would also match and that no instance stands behind any more are
    removed, so that the folder imports to this database and nothing else.
    """
    for document in documents():
        written = set()
        for path, data in _files_of(document):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            depth = "../" * path.count("/")
            text = yaml_files.dump(data, schema=depth + document.schema_path)
            target.write_bytes(text.encode())
            written.add(target)
            yield path
        if document.one_per_file:
            for stale in sorted(set(folder.glob(document.path)) - written):
                stale.unlink()
                yield f"{stale.relative_to(folder)} (retiré)"


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
