"""Pieces of a document: how YAML data and model instances answer to each other.

A document is a tuple of `Part`s; `Value`, `Rows` and `Links` serve most models, an app adds its own
where a piece of its files is neither.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from . import schema


class References:
    """Primary keys by natural key, one query a model, for a whole import of a folder, if it is."""

    def __init__(self, folder=None):
        self.folder = folder
        self._keys = {}

    def get(self, model, key):
        return self.of(model)[key]

    def of(self, model):
        if model not in self._keys:
            self._keys[model] = dict(model.objects.values_list("slug", "pk"))
        return self._keys[model]

    def forget(self, model):
        self._keys.pop(model, None)


def to_data(value):
    """A model's value as YAML knows it; a date stays a date, an hour becomes « 08:00 »."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    return value


def to_model(model_field, value):
    if isinstance(model_field, models.DecimalField) and value is not None:
        return Decimal(str(value))
    if isinstance(model_field, models.TimeField) and value is not None:
        return datetime.time.fromisoformat(value)
    return value


def default_of(model_field):
    if model_field.has_default():
        return to_data(model_field.get_default())
    return None if model_field.null else ""


class Part:
    """A piece of a document under `key`.

    A subclass gives `schema()`, the JSON Schema of what may stand there; `canonical(data)`, the
    whole mapping's data with what a file may leave out filled in; `dump(instance)`, the same from
    the database. It changes the instance in `prepare`, before it is saved, or in `attach`, after.
    """

    key: str
    required = False

    def prepare(self, instance, data, references):
        """Set columns."""

    def attach(self, instance, data, references):
        """Write rows that need the saved instance."""

    def references(self, data):
        """Field, model and slug of every other instance that the data name."""
        return ()

    def renamed(self, data, names):
        """The data where each (model, slug) of `names` has the slug that it has there."""
        return data


@dataclass(frozen=True)
class Value(Part):
    """A column of the model under its own name; a foreign key is given by the other's slug."""

    model: type
    key: str

    @property
    def field(self):
        return self.model._meta.get_field(self.key)

    @property
    def required(self):
        return not (self.field.blank or self.field.has_default() or self.field.null)

    def schema(self):
        return schema.of_field(self.field)

    def canonical(self, data):
        value = data.get(self.key, default_of(self.field))
        if value is not None and isinstance(self.field, models.DecimalField):
            return to_data(Decimal(str(value)))
        if value is not None and isinstance(self.field, models.DateField):
            return datetime.date.fromisoformat(value)
        return self._ordered(value)

    def dump(self, instance):
        if isinstance(self.field, models.ForeignKey):
            other = getattr(instance, self.key)
            return other and other.slug
        return self._ordered(to_data(getattr(instance, self.key)))

    def _ordered(self, value):
        """A JSON object in its schema's order: PostgreSQL keeps one of its own."""
        names = self.schema().get("properties") if isinstance(value, dict) else None
        return {name: value[name] for name in names if name in value} if names else value

    def prepare(self, instance, value, references):
        if isinstance(self.field, models.ForeignKey):
            key = references.get(self.field.related_model, value) if value is not None else None
            setattr(instance, self.field.attname, key)
        else:
            setattr(instance, self.key, to_model(self.field, value))

    def references(self, value):
        if isinstance(self.field, models.ForeignKey) and value is not None:
            yield self.key, self.field.related_model, value

    def renamed(self, value, names):
        if isinstance(self.field, models.ForeignKey):
            return names.get((self.field.related_model, value), value)
        return value


@dataclass(frozen=True)
class Rows(Part):
    """Rows of another model that belong to the instance, under `key`, in their order.

    `single` is for a one-to-one row (a mapping or null), otherwise a list of mappings.
    """

    key: str
    model: type
    parent: str
    columns: tuple[str, ...]
    single: bool = False

    @property
    def values(self):
        return [Value(self.model, name) for name in self.columns]

    def schema(self):
        row = schema.of_mapping(self.values, description=str(self.model._meta.verbose_name))
        if self.single:
            return {"anyOf": [row, {"type": "null"}]}
        return {
            "type": "array",
            "items": row,
            "description": str(self.model._meta.verbose_name_plural),
        }

    def canonical(self, data):
        given = data.get(self.key)
        if self.single:
            return given and self._canonical_row(given)
        return [self._canonical_row(row) for row in given or []]

    def _canonical_row(self, row):
        return {value.key: value.canonical(row) for value in self.values}

    def dump(self, instance):
        rows = [
            {value.key: value.dump(row) for value in self.values} for row in self._rows(instance)
        ]
        return (rows[0] if rows else None) if self.single else rows

    def _rows(self, instance):
        """Those that `Document.fetch` brought with the instance, or else from the database."""
        brought = getattr(instance, "_prefetched_objects_cache", {})
        if self.key in brought:
            return brought[self.key]
        rows = self.model.objects.filter(**{self.parent: instance})
        keys = [name for name in self.columns if isinstance(self._field(name), models.ForeignKey)]
        order = ["pk"] if self.single else ["position", "pk"]
        return rows.select_related(*keys).order_by(*order) if keys else rows.order_by(*order)

    def _field(self, name):
        return self.model._meta.get_field(name)

    def attach(self, instance, data, references):
        self.model.objects.filter(**{self.parent: instance}).delete()
        for position, row in enumerate([data] if self.single and data else data or [], start=1):
            new = self.model(**{self.parent: instance})
            if not self.single:
                new.position = position
            for value in self.values:
                value.prepare(new, row[value.key], references)
            _clean(new, "" if self.single else f"[{position - 1}]")
            new.save(force_insert=True)

    def references(self, data):
        for index, row in enumerate([data] if self.single and data else data or []):
            for value in self.values:
                for key, model, slug in value.references(row[value.key]):
                    yield (
                        (f"{self.key}.{key}" if self.single else f"{self.key}[{index}].{key}"),
                        model,
                        slug,
                    )

    def renamed(self, data, names):
        """Two rows that say the same then are one."""
        if self.single:
            return data and self._renamed_row(data, names)
        found = []
        for row in data or []:
            row = self._renamed_row(row, names)
            if row not in found:
                found.append(row)
        return found

    def _renamed_row(self, row, names):
        return row | {value.key: value.renamed(row[value.key], names) for value in self.values}


def _clean(row, place):
    """`full_clean`, its errors named by the row's place: « [2].unit »."""
    try:
        row.full_clean()
    except ValidationError as error:
        said = {_placed(place, name): messages for name, messages in error.message_dict.items()}
        raise ValidationError(said) from error


def _placed(place, name):
    if name == NON_FIELD_ERRORS:
        return place or name
    return f"{place}.{name}".lstrip(".")


@dataclass(frozen=True)
class Links(Part):
    """A many-to-many as a list of slugs, in alphabetical order whatever the file's."""

    model: type
    key: str

    @property
    def other(self):
        return self.model._meta.get_field(self.key).related_model

    def schema(self):
        return schema.of_slugs(str(self.model._meta.get_field(self.key).verbose_name))

    def canonical(self, data):
        return sorted(set(data.get(self.key) or []))

    def dump(self, instance):
        return sorted(other.slug for other in getattr(instance, self.key).all())

    def attach(self, instance, slugs, references):
        getattr(instance, self.key).set([references.get(self.other, slug) for slug in slugs])

    def references(self, slugs):
        for index, slug in enumerate(slugs):
            yield f"{self.key}[{index}]", self.other, slug

    def renamed(self, slugs, names):
        return sorted({names.get((self.other, slug), slug) for slug in slugs})


class Files:
    """Files that stand beside a document in the folder, which its data name: a picture's bytes."""

    pattern: str

    def problems(self, data, folder, *, alone):
        """Field, found and allowed of each file that is not what the data say.

        One that is already kept need not be in the folder, unless that is looked at `alone`.
        """
        raise NotImplementedError

    def take(self, data, folder):
        """Keep what the folder has, whether or not the rows that name it are accepted later."""
        raise NotImplementedError

    def give(self, data, folder):
        """Write what is kept into the folder; the paths of all files, those that are lost too."""
        raise NotImplementedError


AT_ONCE = 500
"""Fourteen tables are asked for the rows of so many: a database takes some 32,000 parameters."""


@dataclass(frozen=True)
class Document:
    """What the files at `path` hold: one instance a file (`metiers/*.yaml`), or a list of them."""

    model: type
    path: str
    parts: tuple
    natural_key: str = "slug"
    check: Callable[[models.Model], Iterable[tuple]] | None = None
    fetch: Callable[[models.Model], models.Model] | None = None  # with all its rows, in few queries
    fetch_all: Callable[[list], list] | None = None  # the same of many
    files: Files | None = None

    @property
    def one_per_file(self):
        return "*" in self.path

    @property
    def schema_path(self):
        return f"schema/{self.model._meta.model_name}.json"

    def schema(self):
        entry = schema.of_mapping(self.parts, description=str(self.model._meta.verbose_name))
        whole = entry if self.one_per_file else {"type": "array", "items": entry}
        return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | whole

    def canonical(self, data):
        return {part.key: part.canonical(data) for part in self.parts}

    def dump(self, instance):
        whole = self.fetch(instance) if self.fetch else instance
        return {part.key: part.dump(whole) for part in self.parts}

    def dump_all(self, instances):
        """The same of many saved instances, one after the other, some queries for each hundred."""
        keys = [field.name for field in self.model._meta.concrete_fields if field.is_relation]
        keys = [part.key for part in self.parts if part.key in keys]
        for start in range(0, len(instances), AT_ONCE):
            some = instances[start : start + AT_ONCE]
            models.prefetch_related_objects(some, *keys)
            for whole in self.fetch_all(some) if self.fetch_all else some:
                yield {part.key: part.dump(whole) for part in self.parts}

    def order(self):
        has_position = any(part.key == "position" for part in self.parts)
        return ("position", self.natural_key) if has_position else (self.natural_key,)
