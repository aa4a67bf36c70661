"""Writes a plan: the rows, the drafts that follow, one revision a fiche, and what undoes it all."""

from desk import history
from desk.batches import Written, keep, overwrite
from desk.models import Action
from metiers.models import Metier


def write(plan, name, user):
    """The `ImportBatch` of a plan that is right, in the transaction in which it was made."""
    told = plan.fingerprint  # a new row has no key in what was shown
    rows = [(line.row, line.before, line.after) for line in plan.writes]
    rows += [(one.row, one.before, one.after) for one in plan.followed]
    new = [row for row, before, _ in rows if before is None]
    old = [row for row, before, _ in rows if before is not None]
    columns = [name for name in plan.sheet.attnames.values() if name != "metier_id"]
    history.record_first_all(_owners(plan.sheet, old + new))
    plan.sheet.model._base_manager.bulk_create(new)
    overwrite(old, columns)
    history.record_all(_owners(plan.sheet, old + new), Action.IMPORTED, user, name)
    written = [Written(row, before, after) for row, before, after in rows]
    return keep(name, user, written, told)


def _owners(sheet, rows):
    """The things of which rows are told in the history: their fiches and drafts, or themselves."""
    if sheet.is_of_metiers:
        return Metier.with_drafts.filter(pk__in={row.metier_id for row in rows})
    return sheet.model.objects.filter(pk__in=[row.pk for row in rows])
