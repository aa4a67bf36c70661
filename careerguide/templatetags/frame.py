"""What every page repeats and no request changes, made once a process; builtins of all templates.

At the speed of a template, the icons, addresses and names of files of the frame took longer than a
step of the questionnaire takes for itself.
"""

from functools import lru_cache
from types import SimpleNamespace

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide as draw_icon

register = template.Library()

CODE = "code-of-the-visitor"
"""Stands for the code in the frame that is kept."""


@register.simple_tag
@lru_cache
def lucide(name, *, size=24) -> SafeString:
    return draw_icon(name, size=size)


@register.simple_tag
@lru_cache
def static(path) -> str:
    return staticfiles_storage.url(path)


@register.simple_tag
def htmx_head() -> SafeString:
    """What a page with partials has in its head."""
    return (_htmx_head.__wrapped__ if settings.DEBUG else _htmx_head)()


@lru_cache
def _htmx_head():
    return render_to_string("includes/_htmx.html")


@register.simple_tag(takes_context=True)
def site_header(context, *, swapped=False) -> SafeString:
    """`swapped` beside a fragment, whose code is newer than that of the page around it."""
    return _frame("includes/_header.html", context, _current(context.get("request")), swapped)


@register.simple_tag(takes_context=True)
def site_footer(context, *, swapped=False) -> SafeString:
    return _frame("includes/_footer.html", context, "", swapped)


def _current(request) -> str:
    """Which way of the header this page is on: « list », « method », « quiz » or none."""
    match = request and request.resolver_match
    if not match:
        return ""
    if match.url_name == "method":
        return "method"
    return "quiz" if match.namespace == "quiz" else "list" if match.url_name == "list" else ""


def _frame(name, context, current, swapped):
    """Around a step the answers so far go along too, though they are no profile yet."""
    visitor = context.get("visitor") or None
    said = visitor or getattr(context.get("request"), "said", None)
    make = _make_frame.__wrapped__ if settings.DEBUG else _make_frame
    html = make(
        name,
        context["SITE_NAME"],
        current,
        swapped,
        has_visitor=visitor is not None,
        is_carried=said is not None,
    )
    return mark_safe(html.replace(CODE, said.code)) if said else html  # noqa: S308


@lru_cache
def _make_frame(name, site_name, current, swapped, *, has_visitor, is_carried):
    address = reverse("quiz:result", args=[CODE])
    visitor = SimpleNamespace(profile_address=address) if has_visitor else None
    carried = f"?r={CODE}" if is_carried else ""
    said = {"SITE_NAME": site_name, "visitor": visitor, "carried": carried}
    return render_to_string(name, {**said, "current": current, "swapped": swapped})
