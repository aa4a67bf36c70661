"""What a browser sends for the fields of a form, as texts that can be compared and sent again."""

import json
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError


def written(field, value):
    """How a form sends a value of the model: "08:00", "12", "" for none, ("4", "7") for links."""
    value = field.prepare_value(value)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return tuple(sorted(str(key) for key in value or ()))
    if isinstance(field, forms.BooleanField):
        return "on" if value else ""
    if value is None:
        return ""
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        return str(value)
    if isinstance(field, forms.JSONField):
        return json.dumps(json.loads(value), ensure_ascii=False, sort_keys=True)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return (field.widget.format_value(value) or "").replace("\r\n", "\n")


def read(field, data, name, widget=None):
    """The same of what was sent; what is no such value stands as it was typed."""
    sent = (widget or field.widget).value_from_datadict(data, {}, name)
    if isinstance(field, forms.ModelMultipleChoiceField):
        return tuple(sorted(_kept(field, key) for key in sent or ()))
    if isinstance(field, forms.ModelChoiceField):
        return _kept(field, sent) if sent else ""
    try:
        return written(field, field.to_python(sent))
    except ValidationError:
        return sent or ""


def _kept(field, key):
    """The key of what stands for a row that was merged since the form was opened."""
    known = getattr(field, "known", None)
    row = known and known.get(field.queryset.model, key)
    return str(row.pk) if row else key


def put(data, field, name, text):
    """Let the data say a text as its browser would."""
    if isinstance(field, forms.BooleanField) and not text:
        data.pop(name, None)
    else:
        data.setlist(name, text if isinstance(text, tuple) else [text])
