"""Made-up métiers: copies of real ones, with all their rows and interests of their own."""

from itertools import cycle, islice
from random import Random

from django.apps import apps

from metiers.models import Metier
from metiers.models.metier import INTEREST_FIELDS


def fill_up(count, *, seed=0):
    """Copy the métiers there are, in turn, until there are `count`; same seed, same copies.

    Once per database: a second time would make the same addresses again.
    """
    rng = Random(seed)  # noqa: S311 — made-up interests are no secret
    originals = list(Metier.objects.order_by("pk"))
    copied = list(islice(cycle(originals), max(count - len(originals), 0)))
    copies = [_copy(original, number, rng) for number, original in enumerate(copied, start=1)]
    Metier.objects.bulk_create(copies)
    pairs = [(original.pk, copy.pk) for original, copy in zip(copied, copies, strict=True)]
    for model, column in _rows_beside():
        _copy_rows(model, column, pairs)


def _copy(original, number, rng):
    values = {field.attname: getattr(original, field.attname) for field in Metier._meta.fields}
    values |= {name: rng.randint(0, 100) for name in INTEREST_FIELDS}
    values |= {
        "id": None,
        "slug": f"{original.slug}-{number}",
        "name_masculine": f"{original.name_masculine} {number}",
        "name_feminine": f"{original.name_feminine} {number}",
        "short_name": f"{original.short_name} {number}",
    }
    return Metier(**values)


def _rows_beside():
    """Each model that holds rows of a métier, those of its many-to-many fields too."""
    for model in apps.get_app_config("metiers").get_models(include_auto_created=True):
        keys = [field for field in model._meta.fields if field.related_model is Metier]
        if keys:
            yield model, keys[0].attname


def _copy_rows(model, column, pairs):
    rows = {}
    for row in model.objects.order_by("pk").values():
        rows.setdefault(row[column], []).append(row)
    model.objects.bulk_create(
        model(**row | {"id": None, column: copy})
        for original, copy in pairs
        for row in rows.get(original, ())
    )
