from django import template
from django.db import models
from django.utils.html import format_html, format_html_join

from desk.faults import faults_of
from metiers.riasec import Dimension

register = template.Library()


@register.simple_tag(takes_context=True)
def faults(context):
    """Those of a page of the admin, but for somebody else's save, which has a panel of its own."""
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    overtaken = context.get("overtaken")
    found = faults_of(context["adminform"].form, formsets)
    return [fault for fault in found if not overtaken or fault.message != overtaken.message]


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
