"""Addresses that a page leads to forty times: each is worked out once."""

from collections.abc import Iterable
from functools import cache, lru_cache
from urllib.parse import urlencode

from django.urls import reverse

KEPT = 4_096
FEWEST_COMPARED, MOST_COMPARED = 2, 4


@lru_cache(KEPT)
def metier_address(slug: str) -> str:
    return reverse("metiers:detail", args=[slug])


@lru_cache(KEPT)
def school_address(slug: str) -> str:
    return reverse("metiers:school", args=[slug])


def compare_address(slugs: Iterable[str], answers: str = "") -> str:
    """The one address of these métiers in this order; `answers` is a visitor's code."""
    pairs = [("m", slug) for slug in slugs]
    pairs += [("r", answers)] if answers else []
    return _compare() + (f"?{urlencode(pairs)}" if pairs else "")


def can_be_compared(count: int) -> bool:
    """Whether so many stand side by side, all of them."""
    return FEWEST_COMPARED <= count <= MOST_COMPARED


@cache
def _compare():
    return reverse("metiers:compare")
