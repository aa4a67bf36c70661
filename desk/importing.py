"""Files taken in by the desk: told first, then written all at once, and undone all at once."""

import re
import tempfile
import zipfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from careerguide.content.errors import ContentError, Problem
from careerguide.content.reading import apply, import_content
from careerguide.content.registry import document_of, documents
from careerguide.content.writing import export_content

from .history import record
from .models import Action, ImportBatch, Revision

LARGEST_FILE = 1_000_000
LARGEST_UPLOAD = 2_000_000
"""In bytes. The files come back in the confirmation, of which Django reads 2.5 MB at most."""
MOST_FILES = 60
FILE_NAME = re.compile(r"[-A-Za-z0-9_]{1,60}\.ya?ml", re.IGNORECASE | re.ASCII)


def check_files(files):
    """`ContentError` with a `Problem` for each upload that is too large, or too many, or no YAML,
    or that has the place of another.

    `files` are (name, bytes).
    """
    if problems := [*_problems_of_all(files), *_problems_of_each(files)]:
        raise ContentError(problems)


def _problems_of_all(files):
    if len(files) > MOST_FILES:
        yield Problem("l’envoi", "le nombre", len(files), f"{MOST_FILES} fichiers")
    total = sum(len(data) for _, data in files)
    if total > LARGEST_UPLOAD:
        yield Problem("l’envoi", "le poids", f"{total} octets", f"{LARGEST_UPLOAD} en tout")


def _problems_of_each(files):
    taken = set()
    for name, data in files:
        if not FILE_NAME.fullmatch(_base(name)):
            allowed = (
                "un fichier .yaml, nommé par des lettres sans accent, des chiffres et des tirets"
            )
            yield Problem(name, "le nom", name, allowed)
            continue
        if len(data) > LARGEST_FILE:
            yield Problem(name, "le poids", f"{len(data)} octets", f"{LARGEST_FILE}")
        if _place(name) in taken:
            yield Problem(name, "le nom", "un second fichier de ce nom", "un seul par envoi")
        taken.add(_place(name))


def preview(files):
    """What importing these files would do, as a `Report`; nothing is written."""
    with _folder_of(files) as folder:
        return import_content(folder, dry_run=True)


def import_files(files, user):
    """Write them, keep what stood before as an `ImportBatch`, tell the history."""
    with _folder_of(files) as folder, transaction.atomic():
        foreseen = import_content(folder, dry_run=True)
        before = contents(foreseen.written)
        report = import_content(folder)
        names = ", ".join(name for name, _ in files)[:200]
        keep(names, before, user)
    return report


def contents(written):
    """What the database holds now of each (document, key): {model: {key: data or None}}."""
    found = {}
    for document, key in written:
        instance = document.model.objects.filter(**{document.natural_key: key}).first()
        held = found.setdefault(document.model._meta.label_lower, {})
        held[str(key)] = document.dump(instance) if instance else None
    return found


def keep(name, before, user):
    """An `ImportBatch`, and a revision of each thing that it wrote."""
    batch = ImportBatch.objects.create(name=name, before=before, user=user)
    for _, instance in _instances(before):
        if instance:
            record(instance, Action.IMPORTED, user, name)
    return batch


def undo(batch, user):
    """Put back what stood before; ValidationError when something was changed since."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.undone_at:
            raise ValidationError("Cet import est déjà défait.")
        now = [instance for _, instance in _instances(batch.before)]
        changed = [str(instance) for instance in now if _moved(instance, batch)]
        if changed:
            raise ValidationError(f"Changé depuis, donc laissé tel quel : {', '.join(changed)}.")
        for document, instance in reversed(list(_instances(batch.before))):
            if instance:
                _put_back(document, instance, batch, user)
        batch.undone_at = timezone.now()
        batch.save(update_fields=["undone_at"])


def _put_back(document, instance, batch, user):
    key = str(getattr(instance, document.natural_key))
    data = batch.before[document.model._meta.label_lower][key]
    if data is None:
        record(instance, Action.DELETED, user, f"Import défait : {batch.name}"[:240])
        try:
            instance.delete()
        except models.ProtectedError as error:
            raise ValidationError(f"« {instance} » est utilisé : rien n’a été défait.") from error
        return
    apply(document, instance, document.canonical(data))
    record(instance, Action.RESTORED, user, f"Import défait : {batch.name}"[:240])


def _instances(before):
    for label, rows in before.items():
        document = document_of(apps.get_model(label))
        for key in rows:
            yield document, document.model.objects.filter(**{document.natural_key: key}).first()


def _moved(instance, batch):
    """Whether somebody did something to it after the import."""
    if instance is None:
        return False
    stories = Revision.objects.of(instance).filter(at__gt=batch.at, is_draft=False)
    return stories.exclude(action=Action.IMPORTED, reason=batch.name).exists()


def archive():
    """Every content file as a ZIP, in bytes: what `export_content` writes."""
    buffer = BytesIO()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export_content(folder)
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    packed.write(path, path.relative_to(folder))
    return buffer.getvalue()


@contextmanager
def _folder_of(files):
    """The uploads as a content folder: « infirmier.yaml » is `metiers/infirmier.yaml`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, data in files:
            target = folder / _place(file)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        yield folder


def _place(file):
    """Where a file belongs: a list under its own name, a number among sets, else a fiche."""
    name = _base(file).rpartition(".")[0]
    lists = {document.path for document in documents() if not document.one_per_file}
    if f"{name}.yaml" in lists:
        return f"{name}.yaml"
    folder = "question_sets" if name.isdecimal() else "metiers"
    return f"{folder}/{name}.yaml"


def _base(file):
    return PurePosixPath(file.replace("\\", "/")).name
