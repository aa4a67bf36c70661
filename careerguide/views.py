from django.shortcuts import render
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
