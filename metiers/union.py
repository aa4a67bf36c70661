"""Rows of several tables in one query: a `UNION ALL` of `(kind, JSON object)`, instances again."""

from collections import defaultdict
from decimal import Decimal
from types import SimpleNamespace

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import JSONObject


def read(branches):
    """Instances by kind. A branch is a kind, a queryset and the columns wanted of it.

    « school__name » is a column of the other row, which then stands in `row.school`, or None where
    there is no other.
    """
    branches = list(branches)
    found = {kind: [] for kind, _, _ in branches}
    made_of = {kind: queryset.model for kind, queryset, _ in branches}
    for kind, data in _objects(branches):
        found[kind].append(_instance(made_of[kind], data))
    return found


def read_plain(branches):
    """The same as plain objects: a tenth of the time, where nothing but their columns is asked."""
    branches = list(branches)
    found = {kind: [] for kind, _, _ in branches}
    plans = {kind: _Plain(queryset.model, names) for kind, queryset, names in branches}
    for kind, data in _objects(branches):
        found[kind].append(plans[kind].made_of(data))
    return found


def _objects(branches):
    """(kind, {column: value}) of every row of every branch, in one query."""
    if not branches:
        return ()
    first, *others = [_as_json(*branch) for branch in branches]
    return first.union(*others, all=True) if others else first


class _Plain:
    """How the rows of a branch become plain objects."""

    def __init__(self, model, names):
        own = {name: _field(model, name) for name in ("id", *names) if "__" not in name}
        self.own = list(own)
        self.read = {name: field for name, field in own.items() if isinstance(field, UNLIKE_JSON)}
        self.others = defaultdict(list)
        for name in names:
            relation, _, column = name.partition("__")
            if column:
                self.others[relation].append((column, name))

    def made_of(self, data):
        columns = {name: data[name] for name in self.own}
        for name, field in self.read.items():
            columns[name] = _to_python(field, columns[name])
        row = SimpleNamespace(pk=columns["id"], **columns)
        for relation, columns in self.others.items():
            values = {column: data[name] for column, name in columns}
            is_there = any(value is not None for value in values.values())
            setattr(row, relation, SimpleNamespace(**values) if is_there else None)
        return row


UNLIKE_JSON = (models.DecimalField, models.DateField, models.TimeField, models.BooleanField)
"""Columns whose values JSON writes as something else."""


def _as_json(kind, queryset, names):
    data = JSONObject(**{name: F(name) for name in ("id", *names)})
    return queryset.order_by().values_list(Value(kind), data)


def _instance(model, data):
    own, related = {}, defaultdict(dict)
    for name, value in data.items():
        if "__" in name:
            relation, column = name.split("__")
            related[relation][column] = value
        else:
            own[name] = _to_python(_field(model, name), value)
    for relation, columns in related.items():
        if any(value is not None for value in columns.values()):
            own[relation] = _stored(model._meta.get_field(relation).related_model(**columns))
    return _stored(model(**own))


def _stored(instance):
    instance._state.adding, instance._state.db = False, "default"
    return instance


def _to_python(field, value):
    """A number of JSON has lost its decimals: 32.5 of a column with two is 32.50 again."""
    if isinstance(field, models.DecimalField) and value is not None:
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-field.decimal_places))
    return field.to_python(value)


def _field(model, name):
    return model._meta.get_field(name.removesuffix("_id"))
