"""What imports wrote, row by row under primary keys: `desk.undoing` puts back what stood before."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils import timezone

from careerguide.content.registry import document_of

from .history import is_copy, key_of
from .models import ImportBatch, ImportedRow
from .spreadsheets.sheets import DemandSheet, FigureSheet, SalarySheet, SchoolSheet

SHEETS = {
    sheet._meta.model: sheet for sheet in (DemandSheet, FigureSheet, SalarySheet, SchoolSheet)
}


@dataclass(frozen=True)
class Written:
    """A row that was written, and its values or its document before (None if new) and after."""

    row: models.Model
    before: dict | None
    after: dict
    is_document: bool = False


JUST_NOW = timedelta(minutes=10)


class AlreadyWritten(Exception):
    """The very same was accepted a moment ago by the same person: `batch` is that."""

    def __init__(self, batch):
        self.batch = batch
        super().__init__(f"C’est déjà importé\u00a0: «\u00a0{batch}\u00a0».")


def refuse_second_click(user, fingerprint):
    """`AlreadyWritten` where what bears this fingerprint has just been written, and stands."""
    batches = ImportBatch.objects.filter(user=user, undone_at=None)
    recent = batches.filter(at__gte=timezone.now() - JUST_NOW)
    if batch := recent.filter(fingerprint=fingerprint).order_by("-pk").first():
        raise AlreadyWritten(batch)


def keep(name, user, written, fingerprint):
    """The `ImportBatch` of what was written, as it was shown; None where nothing was."""
    if not written:
        return None
    batch = ImportBatch.objects.create(name=name, user=user, fingerprint=fingerprint)
    ImportedRow.objects.bulk_create(
        ImportedRow(
            batch=batch,
            model=one.row._meta.label_lower,
            row_key=one.row.pk,
            owner=_owner(one.row)._meta.label_lower,
            key=key_of(_owner(one.row)),
            is_draft=is_copy(_owner(one.row)),
            name=name_of(one.row)[:240],
            is_document=one.is_document,
            before=one.before,
            after=one.after,
        )
        for one in written
    )
    return batch


def name_of(row):
    """« Infirmier, infirmière (brouillon) : Bruxelles : En pénurie »."""
    owner = _owner(row)
    name = f"{owner} (brouillon)" if is_copy(owner) else str(owner)
    return name if owner is row else f"{name}\u00a0: {row}"


def _owner(row):
    """The fiche of a row, or the thing itself."""
    return getattr(row, "metier", row)


def found_rows(model, rows):
    """What each row of a sheet is by now, [instances] by its key in `ImportedRow`.

    Publishing writes the rows of a fiche anew, and what comes back from the wastebasket is new too:
    where the primary key is gone, it is what bears the same name.
    """
    by_key = model._base_manager.in_bulk([row.row_key for row in rows])
    lost = [row for row in rows if row.row_key not in by_key]
    named = _by_name(model, lost, without=by_key) if lost else {}
    return {
        row.pk: [by_key[row.row_key]] if row.row_key in by_key else named.get(row.pk, [])
        for row in rows
    }


def _by_name(model, rows, without):
    """Those of a fiche by what names a row within it: the region of a demand."""
    sheet, named = SHEETS[model], defaultdict(list)
    within = [name for name in sheet._meta.import_id_fields if name not in ("metier", "slug")]
    owned = {f"{'metier__' if sheet.is_of_metiers else ''}slug__in": {row.key for row in rows}}
    others = model._base_manager.filter(**owned).order_by("pk")
    for one in others.select_related("metier") if sheet.is_of_metiers else others:
        if one.pk not in without:
            owner = _owner(one)
            name = (key_of(owner), is_copy(owner), *(getattr(one, key) for key in within))
            named[name].append(one)
    return {
        row.pk: named[row.key, row.is_draft, *(row.after[key] for key in within)] for row in rows
    }


def found_things(row):
    """The same of a row that holds a whole document."""
    document = document_of(row.model_class)
    same = document.model._base_manager.filter(pk=row.row_key)
    named = {document.natural_key: row.key or row.after[document.natural_key]}
    return same or document.model.objects.filter(**named)


def overwrite(rows, columns):
    """Write columns of rows of one model that exist: `bulk_update` takes much longer."""
    if rows:
        type(rows[0])._base_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["pk"], update_fields=columns
        )
