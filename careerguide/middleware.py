from django.http import HttpResponseBadRequest, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string

READING = "GET", "HEAD"
WRITABLE = ("/gestion/", "/signaler/")


class CompressText(GZipMiddleware):
    """Leaves pictures as they are: compressed already, and streamed with their length."""

    def process_response(self, request, response):
        if response.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)


class RefuseMalformedInput:
    """Answers 400 to an address with a NUL, which no page has and PostgreSQL refuses in a query.

    Bytes that are not UTF-8 reach the views as U+FFFD, and find nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(render_to_string("400.html"))
        return self.get_response(request)


class RefuseWriting:
    """Answers 405 in French to a POST that nothing takes, before anybody asks for a token.

    The views refuse it too (`require_safe`), in a word of English that no visitor should see.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method in READING or request.path_info.startswith(WRITABLE):
            return self.get_response(request)
        return HttpResponseNotAllowed(READING, render_to_string("405.html"))
