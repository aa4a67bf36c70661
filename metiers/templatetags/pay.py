"""The drawings of pay, a line each: numbers only, which a template would look up one by one."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from careerguide.templatetags.french import number

register = template.Library()

ROW = (
    '<svg class="pay-row{kind}" aria-hidden="true" focusable="false">'
    '<rect class="pay-employees" x="{employees.start}%" width="{employees.width}%" y="0" '
    'height="100%" /><line class="pay-median" x1="{median}%" x2="{median}%" y1="0" y2="100%" />'
    "{drawn}</svg>"
)
RANGE = (
    '<line class="pay-case" x1="{start}%" x2="{end}%" y1="50%" y2="50%" />'
    '<line class="pay-core" x1="{start}%" x2="{end}%" y1="50%" y2="50%" />'
    '<circle class="pay-stop" cx="{start}%" cy="50%" r="8" />'
    '<circle class="pay-stop" cx="{end}%" cy="50%" r="8" />'
)
POINT = '<circle class="pay-point" cx="{place}%" cy="50%" r="7" />'
AXIS = (
    '<svg class="pay-axis" aria-hidden="true" focusable="false">'
    '<line x1="0" x2="100%" y1="1" y2="1" />{}</svg>'
)
TICK = '<line x1="{0}%" x2="{0}%" y1="0" y2="8" /><text x="{0}%" y="26" class="{1}">{2}</text>'


@register.simple_tag
def pay_row(axis, span, is_estimate) -> SafeString:
    """A range beside what eight employees out of ten earn; hollow where it is an estimate."""
    drawn = RANGE.format(start=span.start, end=span.end)
    return _row(axis, drawn, " is-estimate" if is_estimate else "")


@register.simple_tag
def pay_point(axis, place) -> SafeString:
    """A published amount."""
    return _row(axis, POINT.format(place=place))


@register.simple_tag
def pay_axis(axis) -> SafeString:
    """The ends are written inside; every second tick is left out on a phone."""
    last = len(axis.ticks)
    ticks = (
        (str(place), _kind(i, last), number(amount))
        for i, (place, amount) in enumerate(axis.ticks, start=1)
    )
    return mark_safe(AXIS.format(format_html_join("", TICK, ticks)))  # noqa: S308 — escaped


def _row(axis, drawn, kind=""):
    row = ROW.format(kind=kind, employees=axis.employees, median=axis.median[0], drawn=drawn)
    return mark_safe(row)  # noqa: S308 — numbers of `pay_chart`


def _kind(i, last):
    if i == 1:
        return "axis-start"
    return "axis-end" if i == last else "" if i % 2 else "axis-minor"
