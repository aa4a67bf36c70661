"""Writes a plan: the rows, the drafts that follow, one revision a fiche, and what undoes it all."""

from desk import history
from desk.batches import Written, keep, overwrite
from desk.models import Action
from metiers.models import Metier


def write(plan, name, user):
    """The `ImportBatch` of a plan that is right, in the transaction in which it was made."""
    sheet, model = plan.sheet, plan.sheet.model
    rows = [(line.row, line.before, line.after) for line in plan.writes]
    rows += [(one.row, one.before, one.after) for one in plan.followed]
    if sheet.is_of_metiers:
        keys = {row.metier_id for row, _, _ in rows}
        owners = Metier.with_drafts.filter(pk__in=keys)
    else:
        owners = model.objects.filter(pk__in=[row.pk for row, before, _ in rows if before])
    history.record_first_all(owners)
    model._base_manager.bulk_create([row for row, before, _ in rows if before is None])
    columns = [name for name in sheet.attnames.values() if name != "metier_id"]
    overwrite([row for row, before, _ in rows if before is not None], columns)
    if not sheet.is_of_metiers:
        owners = model.objects.filter(pk__in=[row.pk for row, _, _ in rows])
    history.record_all(owners, Action.IMPORTED, user, name)
    return keep(name, user, [Written(row, before, after) for row, before, after in rows])
