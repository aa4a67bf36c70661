from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from .http import public


@require_safe
@public
def privacy(request):
    return render(request, "pages/privacy.html")


@require_safe
@public
def accessibility(request):
    return render(request, "pages/accessibility.html")


@require_safe
@public
def robots(request):
    """Everything may be read but results, which are one person's, and the editors' desk."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", "Disallow: /quiz/resultat/", "Disallow: /quiz/question/"]
    lines += ["", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


TOO_MUCH = RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent


def bad_request(request, exception):
    """400, or 413 where a form holds more than the server reads: its address is not at fault."""
    if request.method == "POST" and isinstance(exception, TOO_MUCH):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)
