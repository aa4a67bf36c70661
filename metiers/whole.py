"""All the rows and links of a métier, read in one query into its own relations."""

from collections import defaultdict
from copy import copy

from . import union
from .models import (
    Area,
    BelgianFact,
    Criterion,
    Demand,
    Figure,
    FrequentQuestion,
    InterestEvidence,
    Metier,
    SalaryScale,
    School,
    SchoolOffer,
    SimilarMetier,
    Source,
    Testimony,
    TrainingStep,
    TypicalHour,
)

ROWS = {
    "evidence": InterestEvidence,
    "hours": TypicalHour,
    "belgian_facts": BelgianFact,
    "training_steps": TrainingStep,
    "faq": FrequentQuestion,
    "figures": Figure,
    "demands": Demand,
    "offers": SchoolOffer,
    "similar_rows": SimilarMetier,
}
SINGLE_ROWS = {"salary": SalaryScale, "testimony": Testimony}
LINKS = {"areas": Area, "criteria": Criterion, "sources": Source}

# What names an instance that another points to, and no more: a métier is long.
NAMING = {
    Source: ("id", "slug", "publisher", "title"),
    School: ("id", "slug", "name"),
    Metier: ("id", "slug", "name_masculine", "name_feminine"),
}


def naming(model):
    """The columns that an instance needs to say its slug and its name."""
    return NAMING.get(model) or tuple(field.attname for field in model._meta.concrete_fields)


def fetched(metier):
    """The métier, or a draft, with its rows and links as they are now; it is left as it was.

    They stand in its relations as `prefetch_related` would have put them: rows in their order, what
    they point to with its slug and its name.
    """
    return fetched_all([metier])[0] if metier.pk else _holding(metier, {})


def fetched_all(metiers):
    """The same of saved métiers, in one query for all of them."""
    keys = [metier.pk for metier in metiers]
    found = defaultdict(lambda: defaultdict(list))
    for name, rows in union.read(_branches(keys) if keys else ()).items():
        for row in rows:
            other = getattr(row, LINKS[name]._meta.model_name) if name in LINKS else row
            found[row.metier_id][name].append(other)
    return [_holding(metier, found[metier.pk]) for metier in metiers]


def read_all(metiers):
    """What has the columns, rows and links of saved métiers, to be read and nothing else."""
    keys = [metier.pk for metier in metiers]
    found = defaultdict(lambda: defaultdict(list))
    for name, rows in union.read_plain(_branches(keys) if keys else ()).items():
        for row in rows:
            other = getattr(row, LINKS[name]._meta.model_name) if name in LINKS else row
            found[row.metier_id][name].append(other)
    return [_Read(metier, found[metier.pk]) for metier in metiers]


class _Read:
    """A métier to its columns, with lists where it has managers."""

    def __init__(self, metier, found):
        self._metier = metier
        self._prefetched_objects_cache = {}
        for name in (*ROWS, *SINGLE_ROWS, *LINKS):
            listed = _Listed(sorted(found.get(name, []), key=_by_place))
            self._prefetched_objects_cache[name] = listed
            setattr(self, name, listed)

    def __getattr__(self, name):
        return getattr(self._metier, name)


class _Listed(list):
    def all(self):
        return self


def _by_place(row):
    return getattr(row, "position", 0), getattr(row, "pk", 0)


def _holding(metier, found):
    metier = copy(metier)
    metier._prefetched_objects_cache = {}
    for name in (*ROWS, *LINKS):
        rows = sorted(found.get(name, []), key=lambda row: (getattr(row, "position", 0), row.pk))
        kept = getattr(metier, name).get_queryset() if metier.pk else Metier.objects.none()
        kept._result_cache, kept._prefetch_done = rows, True
        metier._prefetched_objects_cache[name] = kept
    for name in SINGLE_ROWS:
        rows = found.get(name, [])
        metier._prefetched_objects_cache[name] = rows
        metier._state.fields_cache[name] = rows[0] if rows else None
    return metier


def forget(metier):
    """Take back what `fetched` has put there, once it was written over."""
    getattr(metier, "_prefetched_objects_cache", {}).clear()
    for name in SINGLE_ROWS:
        metier._state.fields_cache.pop(name, None)


def _branches(keys):
    for name, model in (ROWS | SINGLE_ROWS).items():
        yield name, model.objects.filter(metier__in=keys), tuple(_columns(model))
    for name, model in LINKS.items():
        links = getattr(Metier, name).through.objects.filter(metier__in=keys)
        other = model._meta.model_name
        yield name, links, ("metier_id", *(f"{other}__{column}" for column in naming(model)))


def _columns(model):
    for field in model._meta.concrete_fields:
        yield field.attname
        if field.is_relation and field.name != "metier":
            yield from (f"{field.name}__{name}" for name in naming(field.related_model))
