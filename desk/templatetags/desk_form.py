from django import template
from django.db import models
from django.utils.html import format_html, format_html_join

from metiers.riasec import Dimension

register = template.Library()


@register.filter
def interest_label(letter):
    """« Aider, transmettre » of S."""
    return Dimension(letter).label


@register.filter
def shown(field):
    """What a field that is only read says: a list as a list, not as JSON."""
    name = field.field["name"]
    model = field.form._meta.model
    names = {own.name for own in model._meta.concrete_fields if isinstance(own, models.JSONField)}
    lines = getattr(field.form.instance, name) if name in names else None
    if isinstance(lines, list) and lines:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ([x] for x in lines)))
    return field.contents()
