"""Markup of a step that a template writes too slowly: each of its tags looks up a name or two."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ANSWER = (
    '<li><a class="answer answer-{value}" href="{address}"{swap}{chosen} data-key="{value}"'
    ' rel="nofollow"><span class="answer-stop" aria-hidden="true"></span>'
    ' <span class="answer-label">{label}</span>'
    ' <span class="answer-key" aria-hidden="true">{value}</span></a></li>\n'
)
CHOSEN = mark_safe(' aria-current="true"')


@register.simple_tag
def stations_of(step) -> SafeString:
    return _stations(*step.place)


@lru_cache
def _stations(here, count):
    sides = ["done"] * (here - 1) + ["here"] + ["ahead"] * (count - here)
    return format_html_join("", '<li class="station-{}"></li>', ((side,) for side in sides))


@register.simple_tag
def answers_of(step) -> SafeString:
    """The links of a step's answers; where they lead to a step, htmx follows them in place."""
    rows = (
        {
            "value": choice.value,
            "label": choice.label,
            "address": choice.address,
            "swap": format_html(' hx-get="{}"', choice.address) if step.leads_to_step else "",
            "chosen": CHOSEN if choice.is_chosen else "",
        }
        for choice in step.choices
    )
    return format_html_join("", ANSWER, rows)
