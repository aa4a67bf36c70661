"""Files taken in by the desk: told first, then written all at once."""

import hashlib
import json
import lzma
import re
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath

from django.db import transaction

from careerguide.content import yaml_files
from careerguide.content.errors import ContentError, Problem
from careerguide.content.reading import import_content
from careerguide.content.registry import documents
from careerguide.content.writing import export_content
from metiers.content import METIER
from quiz.models import QuestionSet

from . import workflow
from .batches import Written, keep, refuse_second_click
from .history import FIRST, newest_of, record
from .models import Action
from .names_of_today import renamed

LARGEST_FILE = 1_000_000
LARGEST_UPLOAD = 2_000_000
"""In bytes. The files come back in the confirmation, of which Django reads 2.5 MB at most."""
MOST_FILES = 200
ONLY = (
    "«\u00a0published\u00a0» tant que son brouillon est ouvert\u00a0: publie-le ou abandonne-le "
    "d’abord"
)
DAY_TO_COME = (
    "la fiche telle qu’elle est tant que ce brouillon attend son jour, où il effacerait ce que dit "
    "le fichier\u00a0: annule d’abord sa publication"
)
FOR_EVER = "«\u00a0draft\u00a0»\u00a0: un jeu se publie depuis sa page, pour toujours"
YAML = (".yaml", ".yml")
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(RuntimeError, ValueError),
)
"""What reading a ZIP raises: damaged, of a method or a password that nothing here knows."""
FILE_NAME = re.compile(r"[-A-Za-z0-9_]{1,60}\.ya?ml", re.IGNORECASE | re.ASCII)


def unpacked(files):
    """The files, and in the place of each ZIP the YAML files that it holds, up to the bounds.

    They are (name, bytes); a ZIP, which its pictures make heavy, may be an open file instead.

    What an export has beside them, schemas and pictures, is left out. `ContentError` for a ZIP that
    can't be read.
    """
    found = []
    for name, data in files:
        if not is_zip(name):
            found.append((name, data))
            continue
        try:
            found += _packed_in(data if hasattr(data, "read") else BytesIO(data))
        except UNREADABLE as error:
            problem = Problem(name, "le fichier", "une archive abîmée", "celle d’un export")
            raise ContentError([problem]) from error
    if not found:
        raise ContentError([Problem("l’envoi", "le contenu", "aucun fichier YAML", "un ou plus")])
    return found


def is_zip(name):
    return name.lower().endswith(".zip")


def _packed_in(data):
    """(name, bytes) of the YAML files of a ZIP; no more is unpacked than would be refused."""
    room = LARGEST_UPLOAD + 1
    with zipfile.ZipFile(data) as packed:
        names = [one for one in packed.infolist() if _is_brought(one.filename)]
        for one in names[: MOST_FILES + 1]:
            with packed.open(one) as file:
                content = file.read(min(room, LARGEST_FILE + 1))
            room -= len(content)
            yield one.filename, content


def _is_brought(path):
    """Pictures come in one by one, each seen: their list says nothing without them.

    Nor what a Macintosh packs beside each file, « __MACOSX/._infirmier.yaml », nor a hidden one.
    """
    parts = PurePosixPath(path.replace("\\", "/")).parts
    if "__MACOSX" in parts or any(part.startswith(".") and part != ".." for part in parts):
        return False
    lists = {document.path for document in documents() if document.files}
    return path.lower().endswith(YAML) and _base(path) not in lists


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
    total = sum(_sent_back(data) for _, data in files)
    if total > LARGEST_UPLOAD:
        yield Problem("l’envoi", "le poids", f"{total} octets", f"{LARGEST_UPLOAD} en tout")


def _sent_back(data):
    """The bytes of a file in its confirmation, where a browser makes two of each newline."""
    return len(data) + data.count(b"\n") - data.count(b"\r\n")


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
        return _checked(import_content(folder, dry_run=True, rename=renamed))


class ChangedMeanwhile(Exception):
    """Files would write something else than what was told; `report` says what."""

    def __init__(self, report):
        self.report = report


def import_files(files, user, told):
    """Write them, keep what stood before as an `ImportBatch`, tell the history.

    `told` is the `fingerprint` of what was shown; `AlreadyWritten` where that was just written, and
    `ChangedMeanwhile`, and nothing is written, where the files would do something else by now.
    """
    with _folder_of(files) as folder, transaction.atomic():
        report = _checked(import_content(folder, rename=renamed))
        if fingerprint(report) != told:
            refuse_second_click(user, told)
            raise ChangedMeanwhile(report)
        name = ", ".join(name for name, _ in files)[:200]
        keep(name, user, [_told(change, user, name) for change in report.written], told)
    return report


def _checked(report):
    """The report itself, or `ContentError` where a draft stands in the way of a file, or where one
    would publish a set of questions: that is for ever, and no import is.
    """
    if published := [change for change in report.written if _publishes_for_ever(change)]:
        raise ContentError(
            Problem(f"question_sets/{change.after['number']}.yaml", "status", "published", FOR_EVER)
            for change in published
        )
    changes = [change for change in report.written if change.document is METIER and change.before]
    if problems := [problem for change in changes for problem in _in_the_way(change)]:
        raise ContentError(problems)
    return report


def _publishes_for_ever(change):
    was = (change.before or {}).get("status")
    is_set = change.document.model is QuestionSet
    return is_set and change.after["status"] == "published" != was


def _in_the_way(change):
    """The `Problem`, if any, of writing over a fiche while its draft is open."""
    file = f"metiers/{change.after['slug']}.yaml"
    if workflow.strands_draft(change.instance, change.before, change.after):
        yield Problem(file, "status", "une fiche qui ne serait plus publiée", ONLY)
    elif waiting := workflow.waiting_draft_of(change.instance):
        found = f"un texte qui serait remplacé le {waiting.published_at:%d/%m/%Y}"
        yield Problem(file, "le brouillon programmé", found, DAY_TO_COME)


def _told(change, user, name):
    """What was written of an instance, once the history has it."""
    instance = change.document.model.objects.get(pk=change.instance.pk)
    after = change.document.dump(instance)
    if change.before and newest_of(instance) is None:
        record(instance, Action.IMPORTED, None, FIRST, data=change.before)
    record(instance, Action.IMPORTED, user, name, data=after)
    return Written(instance, change.before, after, is_document=True)


def fingerprint(report):
    """The same for two imports that write the same over the same."""
    said = [
        (change.document.path, change.before and change.instance.pk, change.before, change.after)
        for change in report.written
    ]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


def archive():
    """Every content file as a ZIP, in bytes: what `export_content` writes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        export_content(folder)
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        return zipped([(str(path.relative_to(folder)), path.read_bytes()) for path in paths])


def files_of(metiers):
    """(name, bytes) of the content file of each métier, as `export_content` writes it."""
    schema = f"../{METIER.schema_path}"
    return [
        (f"metiers/{data['slug']}.yaml", yaml_files.dump(data, schema=schema).encode())
        for data in METIER.dump_all(list(metiers))
    ]


def zipped(files):
    """(name, bytes) as one ZIP, in bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files:
            packed.writestr(name, data)
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
