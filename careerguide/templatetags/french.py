"""Filters for French screens; a builtin of every template."""

from django import template
from django.utils.formats import date_format, number_format

from careerguide import french

register = template.Library()

NARROW_SPACE = "\u202f"
SPACE = "\u00a0"
MINUS = "\u2212"


@register.filter
def number(value):
    """3728 → « 3 728 », 13.5 → « 13,5 », with narrow no-break spaces."""
    if isinstance(value, int):  # nearly always, dozens of times a page
        return f"{value:,}".replace(",", NARROW_SPACE)
    plain = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value}" else f"{value}"
    return number_format(plain, use_l10n=True, force_grouping=True).replace(SPACE, NARROW_SPACE)


@register.filter
def signed(value):
    """1240 → « +1 240 », -305 → « −305 », with a true minus."""
    if not value:
        return "0"
    return f"{'+' if value > 0 else MINUS}{number(abs(value))}"


@register.filter
def euros(value):
    return f"{number(value)}{SPACE}€"


@register.filter
def accord(count, forms):
    """`{{ count|accord:"métier,métiers" }}`: zero and one are singular in French."""
    singular, plural = forms.split(",")
    return singular if french.is_singular(count) else plural


@register.filter(expects_localtime=True)
def day(value):
    """« 1er décembre 2026 », « 2 décembre 2026 »."""
    said = date_format(value, "j F Y")
    return f"1er{said[1:]}" if value.day == 1 else said


@register.filter
def hour(value):
    """08:00 → « 8 h », 09:30 → « 9 h 30 »."""
    minutes = f"{SPACE}{value.minute:02}" if value.minute else ""
    return f"{value.hour}{SPACE}h{minutes}"


@register.filter
def capfirst_fr(value):
    """« électricien » → « Électricien »; the rest is left as it is."""
    return value[:1].upper() + value[1:]


@register.filter
def with_glossary(text, glossary):
    """Running text with its technical words linked; see `metiers.glossary.Glossary`."""
    return glossary.link(text)


@register.filter
def pair(line):
    """« Mesure : multimètre » as its two halves; a line without « : » has an empty first half."""
    head, separator, _ = line.replace("\u00a0", " ").replace("\u202f", " ").partition(" : ")
    if not separator:
        return {"head": "", "tail": line}
    return {"head": line[: len(head)], "tail": line[len(head) + len(separator) :]}


@register.filter
def css(value):
    """A number with a point whatever the language: 12.5, for coordinates."""
    return str(value)
