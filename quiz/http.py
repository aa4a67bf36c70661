from functools import wraps

from django.utils.cache import patch_cache_control, patch_vary_headers


def private(view):
    """A page whose address holds answers: unindexed, told to nobody by the Referer header."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        patch_vary_headers(response, ["HX-Request"])
        patch_cache_control(response, private=True)
        return response

    return wrapped
