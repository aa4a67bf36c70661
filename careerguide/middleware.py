from django.http import HttpResponseBadRequest


class RefuseMalformedInput:
    """Answers 400 to an address whose bytes are no text: NUL, or not UTF-8.

    PostgreSQL refuses NUL in a query with an error of its own, and Django decodes invalid bytes
    to U+FFFD, so that they must be caught before a view sees them.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest(
                "Adresse illisible.", content_type="text/plain; charset=utf-8"
            )
        return self.get_response(request)
