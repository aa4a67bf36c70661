"""An import taken back: each row that still says what the import wrote says again what it said.

One that was published anew, or came back from the wastebasket, is found by its name. A row that
somebody changed, removed or used meanwhile stays as it is, and is named.
"""

from collections import defaultdict
from functools import partial
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from careerguide.content.parts import References
from careerguide.content.reading import apply
from careerguide.content.registry import document_of
from metiers.content import METIER
from metiers.models import Metier

from .batches import found_rows, found_things, name_of, overwrite
from .comparing import STATE
from .history import record, record_all
from .models import Action, ImportBatch
from .usage import relations, with_usage
from .workflow import strands_draft

CHANGED, GONE, USED = "Changé depuis", "Supprimé depuis", "Utilisé depuis"
TWICE, OPENED = "Publié à nouveau depuis, en double", "Brouillon ouvert depuis"
COPIED, CITING, REFUSED = "Copié depuis", "Citait ce qui n’existe plus", "Refusé par les règles"
TOO_OLD = (
    "Cet import date d’avant que chaque ligne soit retenue\u00a0: il ne se défait plus. "
    "L’historique de chaque page garde ses versions."
)
MOST_NAMED = 10


def undo(batch, user):
    """Put back what stood before, in some queries for each hundred rows of a sheet.

    Names of what stays as it is, by the reason, are returned and kept in the batch; ValidationError
    where nothing can be undone.
    """
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if batch.undone_at:
            raise ValidationError("Cet import est déjà défait.")
        if not batch.rows.exists():
            raise ValidationError(TOO_OLD)
        undoing = _Undoing(batch, user)
        if undoing.is_idle and undoing.left:
            raise ValidationError(sentences(undoing.left))
        batch.left = [f"{name} ({why.lower()})" for why, name in _flat(undoing.left)]
        batch.undone_at = timezone.now()
        batch.save(update_fields=["undone_at", "left"])
    return undoing.left


def sentences(left):
    """« Changé depuis, donc laissé tel quel : HELMo, HEPL et 3 de plus. » for each reason."""
    said = []
    for why, names in left.items():
        more = len(names) - MOST_NAMED
        shown = ", ".join(names[:MOST_NAMED]) + (f" et {more} de plus" if more > 0 else "")
        said.append(f"{why}, donc laissé tel quel\u00a0: {shown}.")
    return said


def _flat(left):
    return [(why, name) for why, names in left.items() for name in names]


class _Undoing:
    """What becomes of the rows of a batch; `left` are the names of those that stay, by reason."""

    def __init__(self, batch, user):
        self.user, self.reason = user, f"Import défait\u00a0: {batch.name}"[:240]
        self.left, self.is_idle = defaultdict(list), True
        drafts = Metier.with_drafts.exclude(draft_of=None)
        self.drafts = set(drafts.values_list("slug", flat=True))
        rows = batch.rows.order_by("model", "pk")
        for _, some in groupby(rows, key=lambda row: (row.model, row.is_document)):
            some = list(some)
            if not some[0].is_document:
                self._undo_columns(some[0].model_class, some)
        self._undo_documents([row for row in batch.rows.order_by("-pk") if row.is_document])

    def _leave(self, why, row):
        self.left[why].append(row.name)

    def _standing(self, row, instances, says):
        """[the instance] where it still says what the import wrote, otherwise nothing."""
        if len(instances) == 1 and says(instances[0]):
            return instances
        if instances:
            self._leave(TWICE if len(instances) > 1 else CHANGED, row)
        elif (row.before or not row.key) and not self._went_with_its_draft(row):
            self._leave(GONE, row)
        return []

    def _went_with_its_draft(self, row):
        """Published, where the row of the fiche tells the rest, or thrown away."""
        return row.is_draft and row.key not in self.drafts

    def _undo_columns(self, model, rows):
        """Rows of a sheet."""
        by_row = found_rows(model, rows)
        standing = [
            (row, instance)
            for row in rows
            for instance in self._standing(row, by_row[row.pk], partial(_says, row.after))
        ]
        restored = self._citing_what_exists(model, [pair for pair in standing if pair[0].before])
        made = self._unused(model, [pair for pair in standing if not pair[0].before])
        if not (restored or made):
            return
        self.is_idle = False
        for row, instance in restored:
            _set(instance, row.before)
        is_of_metiers = any(field.name == "metier" for field in model._meta.concrete_fields)
        if not is_of_metiers:
            record_all([one for _, one in made], Action.DELETED, self.user, self.reason)
        if restored:
            overwrite([one for _, one in restored], list(restored[0][0].before))
        model._base_manager.filter(pk__in=[one.pk for _, one in made]).delete()
        if is_of_metiers:
            keys = {one.metier_id for _, one in [*restored, *made]}
            self._name_later_copies(model, restored, made)
            owners = Metier.with_drafts.filter(pk__in=keys)
        else:
            owners = [one for _, one in restored]
        record_all(owners, Action.RESTORED, self.user, self.reason)

    def _citing_what_exists(self, model, pairs):
        keys = [
            field
            for field in model._meta.concrete_fields
            if field.is_relation and pairs and field.attname in pairs[0][0].before
        ]
        for field in keys:
            wanted = {row.before[field.attname] for row, _ in pairs} - {None}
            others = field.related_model._base_manager.filter(pk__in=wanted)
            known = {None, *others.values_list("pk", flat=True)}
            for row, _ in pairs:
                if row.before[field.attname] not in known:
                    self._leave(CITING, row)
            pairs = [(row, one) for row, one in pairs if row.before[field.attname] in known]
        return pairs

    def _unused(self, model, pairs):
        if not (pairs and relations(model)):
            return pairs
        counted = with_usage(model._base_manager.filter(pk__in=[one.pk for _, one in pairs]))
        usage = dict(counted.values_list("pk", "usage"))
        for row, one in pairs:
            if usage[one.pk]:
                self._leave(USED, row)
        return [(row, one) for row, one in pairs if not usage[one.pk]]

    def _name_later_copies(self, model, restored, made):
        """Drafts opened since the import say what it wrote, and would publish it again."""
        said = defaultdict(list)
        for row, one in [*restored, *made]:
            said[one.metier_id].append(row.after)
        copies = model._base_manager.filter(metier__draft_of__in=said)
        for copy in copies.exclude(metier__in=said).select_related("metier").order_by("pk"):
            if any(_says(after, copy) for after in said[copy.metier.draft_of_id]):
                self.left[COPIED].append(name_of(copy))

    def _undo_documents(self, rows):
        """Things that content files wrote, the last first."""
        references, made = References(), {}
        for row in rows:
            document = document_of(row.model_class)
            says = partial(_holds, document, document.canonical(row.after))
            for instance in self._standing(row, found_things(row), says):
                if row.before is None:
                    made[row.model, instance.pk] = row, instance
                else:
                    self._put_back(document, row, instance, references)
        self._delete(made)

    def _put_back(self, document, row, instance, references):
        data = document.canonical(row.before)
        cited = [one for part in document.parts for one in part.references(data[part.key])]
        if any(slug not in references.of(model) for _, model, slug in cited):
            self._leave(CITING, row)
            return
        if document is METIER and strands_draft(instance, row.after, data):
            self._leave(OPENED, row)
            return
        try:
            with transaction.atomic():
                apply(document, instance, data, references)
        except (ValidationError, IntegrityError):
            self._leave(REFUSED, row)
            return
        self.is_idle = False
        record(instance, Action.RESTORED, self.user, self.reason)
        if document is METIER:
            self._name_later_copy(instance, data, document.canonical(row.after))

    def _name_later_copy(self, metier, before, after):
        """The same of a fiche that a file wrote, by all that the file changed in it."""
        for copy in Metier.with_drafts.filter(draft_of=metier):
            said = METIER.dump(copy)
            changed = {key for key in after if after[key] != before[key]} - {*STATE}
            if any(said[key] == after[key] for key in changed):
                self.left[COPIED].append(name_of(copy))

    def _delete(self, made):
        """What the import made, unless something else stands on it, or it may not go any more."""
        while used := [key for key, (_, one) in made.items() if _is_used(one, made)]:
            for key in used:
                self._leave(USED, made.pop(key)[0])
        for row, instance in made.values():
            try:
                with transaction.atomic():
                    record(instance, Action.DELETED, self.user, self.reason)
                    instance.delete()
            except (models.ProtectedError, IntegrityError, ValidationError):
                self._leave(REFUSED, row)
            else:
                self.is_idle = False


def _is_used(instance, going):
    """Whether anything names it but its own rows, and what goes with it."""
    for relation in relations(type(instance)):
        name = relation.field.name
        if name == "metier":
            continue
        for user in relation.related_model._base_manager.filter(**{name: instance}):
            owner = getattr(user, "metier", user)
            if (owner._meta.label_lower, owner.pk) not in going:
                return True
    return False


def _holds(document, content, instance):
    return document.dump(instance) == content


def _says(values, instance):
    return all(
        getattr(instance, name) == _field(instance, name).to_python(value)
        for name, value in values.items()
    )


def _set(instance, values):
    for name, value in values.items():
        setattr(instance, name, _field(instance, name).to_python(value))


def _field(instance, attname):
    return instance._meta.get_field(attname)
