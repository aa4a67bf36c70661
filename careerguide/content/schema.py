"""JSON Schema (2020-12) generated from the models, for editors' text editors and the import."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

SLUG = {"type": "string", "pattern": "^[-a-z0-9_]+$"}


def of_field(model_field):
    """The schema of one column, its label and help as title and description."""
    described = {"title": str(model_field.verbose_name)}
    if model_field.help_text:
        described["description"] = str(model_field.help_text)
    return described | _nullable(_typed(model_field), model_field.null)


def of_mapping(parts, *, description):
    return {
        "type": "object",
        "description": description,
        "properties": {part.key: part.schema() for part in parts},
        "required": [part.key for part in parts if part.required],
        "additionalProperties": False,
    }


def of_slugs(title):
    return {"type": "array", "title": title, "items": SLUG, "uniqueItems": True}


def _typed(model_field):
    if isinstance(model_field, models.ForeignKey):
        return SLUG
    if model_field.choices:
        return {"enum": [value for value, _ in model_field.choices]}
    if isinstance(model_field, models.JSONField):
        return _json(model_field)
    if isinstance(model_field, models.BooleanField):
        return {"type": "boolean"}
    if isinstance(model_field, models.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(model_field, models.TimeField):
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}
    if isinstance(model_field, models.DecimalField):
        return {"type": "number"} | _bounds(model_field)
    if isinstance(model_field, models.IntegerField):
        return {"type": "integer"} | _bounds(model_field)
    return _text(model_field)


def _json(model_field):
    """A list of texts, unless the field says otherwise by `content_schema`."""
    texts = {"type": "array", "items": {"type": "string", "minLength": 1}}
    return getattr(model_field, "content_schema", texts)


def _text(model_field):
    typed = {"type": "string"}
    if model_field.max_length:
        typed["maxLength"] = model_field.max_length
    if not model_field.blank:
        typed["minLength"] = 1
    if isinstance(model_field, models.SlugField):
        typed["pattern"] = SLUG["pattern"]
    return typed


def _bounds(model_field):
    bounds = {}
    for validator in model_field.validators:
        if isinstance(validator, MinValueValidator):
            bounds["minimum"] = max(
                validator.limit_value, bounds.get("minimum", validator.limit_value)
            )
        if isinstance(validator, MaxValueValidator):
            bounds["maximum"] = min(
                validator.limit_value, bounds.get("maximum", validator.limit_value)
            )
    return bounds


def _nullable(typed, null):
    if not null:
        return typed
    if "enum" in typed:
        return {"enum": [*typed["enum"], None]}
    return typed | {"type": [typed["type"], "null"]}
