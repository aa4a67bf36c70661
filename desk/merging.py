"""Two rows of a reference list that are one thing: what used either uses the one that is kept."""

from collections import defaultdict

from django.db import IntegrityError, models, transaction

from metiers.models import MovedAddress

from .history import record, record_all, record_first_all
from .models import Action, MovedKey
from .usage import relations

JOINED = ("forms", "search_words")
"""Lists whose lines are worth keeping from both."""


def merge(kept, doubles, user):
    """Put `kept` in the place of `doubles` everywhere, and the doubles in the wastebasket.

    A row that would then stand twice (the same school for the same programme) stands once. The
    addresses of the doubles lead to the one that is kept, the history of all that used them says
    why it changed, and a form that was opened before knows what was chosen. The doubles that were
    still there are returned: none where somebody else merged them, or what is kept is gone itself.
    """
    with transaction.atomic():
        kept, doubles = _locked(kept, doubles)
        if not (kept and doubles):
            return []
        owners = list(_owners(doubles))
        for model, keys in owners:
            record_first_all(model._base_manager.filter(pk__in=keys).order_by("pk"))
        for double in doubles:
            for relation in relations(type(kept)):
                _repoint(relation, double, kept)
            _join(kept, double)
            record(double, Action.DELETED, user, f"Fusionné avec {kept}"[:240])
            MovedKey.remember(type(double), double.slug, kept.slug, row_key=double.pk)
            old = _address(double)
            double.delete()
            if old:
                MovedAddress.remember(old, _address(kept))
        kept.save(update_fields=[name for name in JOINED if hasattr(kept, name)])
        names = ", ".join(str(double) for double in doubles)
        record(kept, Action.MERGED, user, f"Remplace {names}"[:240])
        for model, keys in owners:
            changed = model._base_manager.filter(pk__in=keys).order_by("pk")
            record_all(changed, Action.MERGED, user, f"{kept} remplace {names}"[:240])
    return doubles


def _owners(doubles):
    """Each model and the keys of its instances, drafts too, in which a double is named."""
    found = defaultdict(set)
    for relation in relations(type(doubles[0])):
        name, model = relation.field.name, relation.related_model
        owner = next((f for f in model._meta.fields if f.name == "metier"), None)
        users = model._base_manager.filter(**{f"{name}__in": doubles})
        keys = users.values_list(owner.attname if owner else "pk", flat=True)
        found[owner.related_model if owner else model].update(keys.order_by())
    return [(model, keys) for model, keys in found.items() if keys]


def _locked(kept, doubles):
    """The same rows as they are now, and for this transaction alone; None for what is gone."""
    keys = [kept.pk, *(double.pk for double in doubles)]
    rows = type(kept)._base_manager.select_for_update().filter(pk__in=keys)
    rows = {row.pk: row for row in rows.order_by("pk")}
    return rows.get(kept.pk), [rows[key] for key in keys[1:] if key in rows]


def _repoint(relation, double, kept):
    name = relation.field.name
    users = relation.related_model._base_manager.filter(**{name: double}).order_by("pk")
    for row in users:
        if isinstance(relation, models.ManyToManyRel):
            getattr(row, name).add(kept)
            getattr(row, name).remove(double)
            continue
        setattr(row, name, kept)
        try:
            with transaction.atomic():
                row.save(update_fields=[name])
        except IntegrityError:
            row.delete()


def _join(kept, double):
    for name in JOINED:
        if hasattr(kept, name):
            mine = getattr(kept, name)
            setattr(kept, name, list(dict.fromkeys([*mine, *getattr(double, name)])))


def _address(instance):
    return instance.get_absolute_url() if hasattr(instance, "get_absolute_url") else None
