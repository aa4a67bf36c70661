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
