from django.http import FileResponse, Http404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from metiers.pictures import store

A_YEAR = 31_536_000


def etag(request, digest, width, extension):
    return f'"{digest[:16]}-{width}-{extension}"'


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
@condition(etag_func=etag)
def picture(request, digest, width, extension):
    """One size of a picture: its address names its bytes, so that it is asked for once."""
    try:
        file = store.served(digest, width, extension).open("rb")
    except FileNotFoundError as error:
        raise Http404("no such picture") from error
    return FileResponse(file, content_type=f"image/{extension}")
