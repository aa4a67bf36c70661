"""Markup of a comparison that a template writes too slowly: twenty rows of four cells."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from careerguide.templatetags.french import euros, number

from .pay import pay_row

register = template.Library()

ROW = '<div class="comparison-row">\n{}<div>\n{}{}</div>\n</div>\n'
HEADING = "<h3>{}</h3>\n"
SHARED = '<p class="comparison-shared"><span>Pareil pour les {}\u00a0:</span> {}</p>\n'
OWN = '<dl class="comparison-cells">\n{}</dl>\n'
CELL = '<div data-line="{}"><dt>{}</dt>\n{}</div>\n'
ITEM = "<dd>{}{}{}</dd>\n"
LINK = '<a href="{}{}">{}</a>'
NOTE = ' <span class="note">{}</span>'
MORE = '<dd class="note">et {} de plus sur la fiche</dd>\n'
NONE = mark_safe('<dd class="note">Rien de tel</dd>\n')
NOTHING_ELSE = mark_safe('<dd class="note">Rien d’autre</dd>\n')
NOTHING = mark_safe("")
LENGTH = (
    '<svg class="length" aria-hidden="true" focusable="false">'
    '<line class="length-track" x1="0" x2="100%" y1="50%" y2="50%" />'
    '<line class="length-run" x1="0" x2="{end}%" y1="50%" y2="50%" />{years}'
    '<line class="length-end" x1="{end}%" x2="{end}%" y1="0" y2="100%" /></svg>'
)
YEAR = '<line class="length-year" x1="{0}%" x2="{0}%" y1="50%" y2="100%" />'
INTEREST = (
    '<div data-line="{}"><dt>{}</dt>\n<dd><span class="interest-value">{} '
    '<span class="visually-hidden">sur 100</span></span> {}</dd></div>\n'
)
RANGE = (
    '<li data-line="{}"><p class="pay-label"><span>{}</span> '
    "<span><strong>{} à {}</strong>{}</span></p>\n{}</li>\n"
)
ESTIMATE = mark_safe(' <span class="estimate">estimation</span>')
MOST_LINES = 1_024


@register.simple_tag(takes_context=True)
def row_of(context, row, cells, count) -> SafeString:
    """What all have is said once, then what each has besides."""
    carried = context["carried"]
    own = NOTHING
    if row.differs:
        none = NOTHING_ELSE if row.shared else NONE
        lines = ((column.line, column.name, _own(own, carried, none)) for column, own in cells)
        own = format_html(OWN, format_html_join("", CELL, lines))
    return format_html(
        ROW,
        format_html(HEADING, row.label) if row.label else NOTHING,
        format_html(SHARED, count, _shared(row.shared, carried)) if row.shared else NOTHING,
        own,
    )


def _shared(items, carried):
    """Where a school stands is read on its own page: the capsule stays short."""
    return format_html_join(
        "\u00a0· ",
        "{}{}",
        (
            (_text(item, carried), f" ({item.note})" if item.note and not item.address else "")
            for item in items
        ),
    )


def _own(own, carried, none):
    if not own.items:
        return none
    items = ((_text(item, carried), _note(item.note), _length(item.stops)) for item in own.items)
    more = format_html(MORE, own.more) if own.more else NOTHING
    return format_html_join("", ITEM, items) + more


def _text(item, carried):
    return format_html(LINK, item.address, carried, item.text) if item.address else item.text


def _note(note):
    return format_html(NOTE, note) if note else NOTHING


@lru_cache(MOST_LINES)
def _length(stops):
    """Years of study as a line that ends in a terminus."""
    if not stops:
        return NOTHING
    *years, end = stops
    ticks = format_html_join("", YEAR, ((str(year),) for year in years[1:]))
    return format_html(LENGTH, end=str(end), years=ticks)


# Interests


@register.simple_tag
def interest_cells(interest) -> SafeString:
    """Each métier's value of one interest, on the same scale."""
    letter = interest["dimension"]
    rows = (
        (column.line, column.name, value, _interest(letter, value))
        for column, value in interest["rows"]
    )
    return format_html_join("", INTEREST, rows)


@lru_cache(MOST_LINES)
def _interest(letter, place):
    said = {"letter": letter, "place": place, "mean": None}
    return mark_safe(render_to_string("includes/_interest_line.html", said))  # noqa: S308 — ours


# Pay


@register.simple_tag
def pay_rows(axis, rows) -> SafeString:
    """A range for each métier, at one time of a career."""
    return format_html_join(
        "",
        RANGE,
        (
            (
                column.line,
                column.name,
                number(span.low),
                euros(span.high),
                ESTIMATE if side.salary.is_estimate else NOTHING,
                pay_row(axis, span, side.salary.is_estimate),
            )
            for side, column, span in rows
        ),
    )
