from functools import wraps

from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control

public = cache_control(public=True, max_age=60)
"""A page that is the same for everybody: whatever stands before us may keep it for a minute."""


def private(view):
    """A page whose address holds answers: unindexed, told to nobody by the Referer header."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return keep_private(response)

    return wrapped


def keep_private(response):
    """No index, no Referer, no cache but the visitor's own, whatever was said before."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private"
    return response
