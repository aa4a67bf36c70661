from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from careerguide.http import public
from metiers.addresses import compare_address
from metiers.catalogue.entries import entries_of, said_to
from metiers.fiche import read_fiche
from metiers.glossary import Glossary
from metiers.models import Metier
from metiers.pay_chart import compared, pay_chart
from metiers.qr import qr_svg
from metiers.riasec import Dimension
from metiers.self_assessment import SelfAssessment
from metiers.training_map import training_map


@require_safe
@public
def metier_detail(request, slug):
    metier = get_object_or_404(with_fiche(Metier.objects.published()), slug=slug)
    return render(request, "metiers/metier_detail.html", fiche_context(request, metier))


def with_fiche(metiers):
    """Métiers with what `read_fiche` expects beside them."""
    return metiers.select_related("sector", "picture", "salary__source", "testimony")


def fiche_context(request, metier):
    """What the page of a fiche shows, of a draft too."""
    fiche, visitor = read_fiche(metier), request.visitor
    near = [metier.slug, *(other.slug for other in fiche.similar)]
    answers = visitor.code if visitor else ""
    return {
        "metier": metier,
        "fiche": fiche,
        **said_to(visitor, metier),
        "assessment": SelfAssessment.of(metier.self_assessment, ()),
        "similar": entries_of(fiche.similar, visitor),
        "compare_address": compare_address([metier.slug], answers),
        "compare_similar_address": compare_address(near, answers),
        "glossary": Glossary.load(visitor.query if visitor else ""),
        **pay_context(metier, fiche),
        "training": training_map(fiche.training_steps),
        "interests": interest_rows(metier, fiche.evidence),
        "qr": qr_svg(request.build_absolute_uri(metier.get_absolute_url())),
    }


def pay_context(metier, fiche):
    """The chart and its sentence; nothing for a fiche without pay or a guide without benchmark."""
    salary = getattr(metier, "salary", None)
    if not salary or not fiche.benchmark:
        return {"pay": None, "pay_in_words": ""}
    figures = [figure for figure in fiche.figures if figure.is_pay]
    return {
        "pay": pay_chart(salary, fiche.benchmark, figures),
        "pay_in_words": compared(salary, fiche.benchmark),
    }


def interest_rows(metier, evidence):
    """Each interest's value, label and evidence, in the order R I A S E C."""
    rows = {row.dimension: row for row in evidence}
    return [
        {
            "dimension": dimension.value,
            "label": dimension.label,
            "value": value,
            "evidence": rows[dimension].evidence,
            "block": rows[dimension].block,
            "block_label": rows[dimension].get_block_display(),
        }
        for dimension, value in zip(Dimension, metier.interests or (), strict=False)
        if dimension in rows
    ]
