from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from careerguide.http import private
from metiers.catalogue.entries import said_to
from metiers.models import Metier
from metiers.self_assessment import SelfAssessment


@require_safe
@private
def self_assessment(request, slug):
    """The sentences that a visitor ticked on a fiche, which stand in the address only."""
    metier = get_object_or_404(Metier.objects.published().select_related("sector"), slug=slug)
    return render(
        request,
        "metiers/self_assessment.html",
        {
            "metier": metier,
            "assessment": SelfAssessment.of(metier.self_assessment, request.GET.getlist("oui")),
            **said_to(request.visitor, metier),
        },
    )
