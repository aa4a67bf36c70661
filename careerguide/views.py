from difflib import get_close_matches

from django.shortcuts import render
from django.views.decorators.http import require_safe

from metiers.models import Metier

CLOSE_ENOUGH = 0.6


@require_safe
def privacy(request):
    return render(request, "pages/privacy.html")


@require_safe
def accessibility(request):
    return render(request, "pages/accessibility.html")


def not_found(request, exception):
    """404 with the métiers whose address looks like the one asked for."""
    wanted = request.path.strip("/").rpartition("/")[2][:50].lower()
    published = Metier.objects.published()
    slugs = published.filter(slug__startswith=wanted[:1]).values_list("slug", flat=True)
    near = get_close_matches(wanted, list(slugs), cutoff=CLOSE_ENOUGH) if wanted else []
    metiers = published.filter(slug__in=near).for_listing() if near else []
    return render(request, "404.html", {"metiers": metiers}, status=404)
