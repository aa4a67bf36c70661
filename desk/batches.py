"""What imports wrote, row by row under primary keys: `desk.undoing` puts back what stood before."""

from dataclasses import dataclass

from django.db import models

from .history import is_copy
from .models import ImportBatch, ImportedRow


@dataclass(frozen=True)
class Written:
    """A row that was written, and its values or its document before (None if new) and after."""

    row: models.Model
    before: dict | None
    after: dict
    is_document: bool = False


def keep(name, user, written):
    """The `ImportBatch` of what was written; None where nothing was."""
    if not written:
        return None
    batch = ImportBatch.objects.create(name=name, user=user)
    ImportedRow.objects.bulk_create(
        ImportedRow(
            batch=batch,
            model=one.row._meta.label_lower,
            row_key=one.row.pk,
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
    owner = getattr(row, "metier", row)
    name = f"{owner} (brouillon)" if is_copy(owner) else str(owner)
    return name if owner is row else f"{name} : {row}"


def overwrite(rows, columns):
    """Write columns of rows of one model that exist: `bulk_update` takes much longer."""
    if rows:
        type(rows[0])._base_manager.bulk_create(
            rows, update_conflicts=True, unique_fields=["pk"], update_fields=columns
        )
