"""Markup that a template would write too slowly: a list has ninety choices, two dozen entries."""

from functools import cache, lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from careerguide.templatetags.frame import lucide
from careerguide.templatetags.french import euros, number

register = template.Library()

CHOICE = (
    '<label class="choice"{}><input type="{}" id="f-{}-{}" name="{}" value="{}"',
    '> <span>{}</span> <span class="choice-count">',
    "</span></label>\n",
)
MOST_CHOICES = 1_024

ENTRY = (
    '<li class="entry" data-line="{line}">\n'
    '<p class="sector-name">{sector}</p>\n'
    '<h{level} class="entry-name"><a href="{address}{carried}">{name}</a></h{level}>\n'
    '<p class="entry-line">{catch_line}</p>\n'
    "{place}"
    '<p class="note">{studies}{pay}</p>\n'
    "{band}"
    "{flags}"
    "</li>\n"
)
FLAGS = '<p class="flags">{} <span>Surtout pas\u00a0: {}</span></p>\n'
PLACE = '<p class="entry-place"><span>{}\u00a0:</span> {}</p>\n'
PAY = " · {} à {} brut{}"
ESTIMATE = mark_safe(' <span class="estimate">estimation</span>')
NOTHING = mark_safe("")


@register.simple_tag
def choices_of(fieldset) -> SafeString:
    """The boxes of a `Fieldset`, each with its live count."""
    kind = "radio" if fieldset.is_single else "checkbox"
    parts = []
    for choice in fieldset.choices:
        box, label = _choice(kind, fieldset.name, choice.key, choice.label, choice.line)
        parts += [box, _state(choice), label, str(choice.count), CHOICE[-1]]
    return mark_safe("".join(parts))  # noqa: S308 — what is not a number comes from `_choice`


@lru_cache(MOST_CHOICES)
def _choice(kind, name, key, label, line):
    """What two counts of the same choice share."""
    line = format_html(' data-line="{}"', line) if line else ""
    box, rest, _ = CHOICE
    return format_html(box, line, kind, name, key, name, key), format_html(rest, label)


def _state(choice):
    return " checked" if choice.is_chosen else " disabled" if choice.is_disabled else ""


@register.simple_tag(takes_context=True)
def entry_of(context, entry, level) -> SafeString:
    """A métier in a list, its name a heading of this level."""
    metier = entry.metier
    return format_html(
        ENTRY,
        line=metier.sector.line,
        sector=metier.sector.name,
        level=level,
        address=metier.get_absolute_url(),
        carried=context["carried"],
        name=entry.name,
        catch_line=entry.catch_line,
        place=format_html(PLACE, entry.place.label, entry.place.line) if entry.place else NOTHING,
        studies=metier.studies_line,
        pay=_pay(metier),
        band=_band(entry.band) if entry.band else NOTHING,
        flags=_flags(entry.flags) if entry.flags else NOTHING,
    )


def _pay(metier):
    salary = getattr(metier, "salary", None)
    if salary is None:
        return NOTHING
    estimate = ESTIMATE if salary.is_estimate else NOTHING
    return format_html(PAY, number(salary.mid_low), euros(salary.mid_high), estimate)


def _flags(flags):
    return format_html(FLAGS, lucide("flag", size=20), ", ".join(flag.label for flag in flags))


@cache
def _band(band):
    return mark_safe(render_to_string("includes/_band.html", {"band": band}))  # noqa: S308
