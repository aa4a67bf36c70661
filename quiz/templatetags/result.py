"""Markup of a result that a template writes too slowly: sixteen métiers, nineteen answers."""

from functools import cache, lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from careerguide.templatetags.frame import lucide
from careerguide.templatetags.french import capfirst_fr
from metiers.addresses import can_be_compared, compare_address

register = template.Library()

ROW = (
    '<li data-line="{line}">\n'
    '<p class="row-name"><a href="{address}{carried}">{name}</a>{band}</p>\n'
    '<div class="row-said">\n'
    '<span class="note">{catch_line} · {studies}</span>\n'
    "{said}{flags}"
    '<a class="row-more" href="{why}" rel="nofollow">Pourquoi\u202f?'
    '<span class="visually-hidden"> {name}</span></a>\n'
    "</div>\n"
    "</li>\n"
)
BAND = ' <span class="row-band">{}</span>'
SAID = '<span class="note">{}</span>\n'
FLAGS = '<p class="flags">{} <span>Surtout pas\u00a0: {}</span></p>\n'
FLAG = '<a href="{}{}#{}">{}</a>'
ANSWER = (
    '<li><span>{text}</span> <strong>{given}</strong> <a href="{address}" rel="nofollow">Changer'
    '<span class="visually-hidden"> la réponse à «\u00a0{text}\u00a0»</span></a></li>\n'
)
COMPARE = (
    '<p class="band-compare"><a href="{}" rel="nofollow">Comparer ces métiers côte à côte</a></p>\n'
)
OPTION = '<option value="{}"{}>{}</option>'
CHOSEN = mark_safe(" selected")
NOTHING = mark_safe("")
MOST_LINES = 1_024
CODE, SLUG = "code-of-the-visitor", "slug-of-the-metier"
"""Stand for them in an address that is made once."""


@register.simple_tag(takes_context=True)
def row_of(context, ranked, *, show_band) -> SafeString:
    """A métier of a list, what speaks for it and against it, and the way to the whole why."""
    metier = ranked.metier
    return format_html(
        ROW,
        line=metier.sector.line,
        address=metier.get_absolute_url(),
        carried=context["carried"],
        name=capfirst_fr(metier.name_both),
        band=format_html(BAND, ranked.match.band.label) if show_band else NOTHING,
        catch_line=metier.catch_line,
        studies=metier.studies_line,
        said=_said(ranked),
        flags=flags_of(context, ranked),
        why=_why().replace(CODE, context["visitor"].code).replace(SLUG, metier.slug),
    )


def _said(ranked):
    sides = ("Pour", ranked.pulls), ("Contre", ranked.pushes)
    said = [f"{side}\u00a0: {', '.join(words)}." for side, words in sides if words]
    return format_html(SAID, " ".join(said)) if said else NOTHING


@register.simple_tag(takes_context=True)
def flags_of(context, ranked) -> SafeString:
    """What a métier has of what the visitor refuses; nothing where it has none of it."""
    if not ranked.flags:
        return NOTHING
    fiche = ranked.metier.get_absolute_url()
    rows = ((fiche, context["carried"], flag.anchor, flag.label) for flag in ranked.flags)
    return format_html(FLAGS, lucide("flag", size=20), format_html_join(", ", FLAG, rows))


@register.simple_tag(takes_context=True)
def comparing(context, rows) -> SafeString:
    """The way to all métiers of a band side by side; nothing where they are too many.

    The first few of a longer list are no closer than the rest: none is chosen here.
    """
    if not can_be_compared(len(rows)):
        return NOTHING
    slugs = [ranked.metier.slug for ranked in rows]
    return format_html(COMPARE, compare_address(slugs, context["visitor"].code))


@register.simple_tag
def answers_given(rows) -> SafeString:
    """Each statement with its answer, and the way to change it."""
    return format_html_join("", ANSWER, rows)


@register.simple_tag
def options_of(choices) -> SafeString:
    """What a list may be narrowed by, each with its key."""
    rows = ((c["key"], CHOSEN if c["is_chosen"] else NOTHING, c["label"]) for c in choices)
    return format_html_join("", OPTION, rows)


@register.simple_tag
@lru_cache(MOST_LINES)
def interest_line(letter, place) -> SafeString:
    """An interest beside the mean; its place has one decimal, so that few lines are drawn."""
    said = {"letter": letter, "place": place, "mean": 50}
    return mark_safe(render_to_string("includes/_interest_line.html", said))  # noqa: S308 — ours


@cache
def _why():
    return reverse("quiz:why", args=[CODE, SLUG])
