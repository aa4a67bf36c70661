from django import template
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from careerguide.templatetags.french import number
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


NORMS = {
    "item_mean": "Réponse moyenne, de 1 à 5",
    "item_loading": "Points par écart-type",
    "item_residual_var": "Variance restante",
    "factor_corr": "Corrélations entre les types",
    "interest_mean": "Intérêt moyen des métiers",
    "interest_sd": "Écart-type de ces intérêts",
    "match_sd": "Écart-type de la compatibilité",
    "match_quantiles": "Seuils de la compatibilité, de 5 à 95\u00a0%",
}
"""What a set of questions calls its constants, see `quiz.scoring.Norms`."""


@register.filter
def shown(field):
    """What a field that is only read says: a list as a list and a table as one, not as JSON."""
    name = field.field["name"]
    own = {one.name: one for one in field.form._meta.model._meta.concrete_fields}.get(name)
    value = getattr(field.form.instance, name) if own else None
    if isinstance(own, models.BooleanField) and value is not None:
        return "oui" if value else "non"
    if isinstance(own, models.JSONField) and isinstance(value, list) and value:
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ([x] for x in value)))
    if isinstance(own, models.JSONField) and isinstance(value, dict) and value:
        rows = ((NORMS.get(key, key), _cells(cells)) for key, cells in value.items())
        return format_html(
            '<div class="desk-scroll" tabindex="0" role="region" aria-label="Tableau">'
            "<table>{}</table></div>",
            format_html_join("", '<tr><th scope="row">{}</th><td>{}</td></tr>', rows),
        )
    return field.contents()


def _cells(value):
    """0.5 → « 0,5 », [1, 2] → « 1 ; 2 », and a matrix a line a line."""
    if not isinstance(value, list):
        return number(round(value, 2)) if isinstance(value, (int, float)) else str(value)
    if value and isinstance(value[0], list):
        return format_html_join(mark_safe("<br>"), "{}", ([_cells(line)] for line in value))
    return "\u202f; ".join(_cells(one) for one in value)
