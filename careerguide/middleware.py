from django.http import HttpResponseBadRequest
from django.middleware.gzip import GZipMiddleware


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
            return HttpResponseBadRequest(
                "Adresse illisible.", content_type="text/plain; charset=utf-8"
            )
        return self.get_response(request)
