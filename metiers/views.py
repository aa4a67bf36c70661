from difflib import get_close_matches
from itertools import groupby

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from careerguide.http import public

from .fiche import read_fiche
from .forms import ListForm
from .glossary import Glossary
from .models import Criterion, GlossaryTerm, Metier
from .pay_chart import compared, pay_chart
from .qr import qr_svg
from .riasec import Dimension
from .training_map import training_map

CLOSE_ENOUGH = 0.6


@require_safe
@public
def home(request):
    metiers = list(Metier.objects.published().for_listing())
    context = {"lines": by_sector(metiers), "count": len(metiers)}
    return render(request, "metiers/home.html", context)


@require_safe
@public
def metier_list(request):
    form = ListForm(request.GET)
    metiers = Metier.objects.published().for_listing()
    criterion = form.chosen(Criterion, "critere")
    if criterion:
        metiers = metiers.filter(criteria=criterion)
    return render(
        request,
        "metiers/metier_list.html",
        {"metiers": list(metiers), "criterion": criterion},
    )


@require_safe
@public
def metier_detail(request, slug):
    published = Metier.objects.published().select_related("sector", "salary__source", "testimony")
    metier = get_object_or_404(published, slug=slug)
    fiche = read_fiche(metier)
    return render(
        request,
        "metiers/metier_detail.html",
        {
            "metier": metier,
            "fiche": fiche,
            "glossary": Glossary.load(),
            **pay_context(metier, fiche),
            "training": training_map(fiche.training_steps),
            "interests": interest_rows(metier, fiche.evidence),
            "report_subject": f"Erreur dans la fiche {metier.slug}",
            "qr": qr_svg(request.build_absolute_uri(metier.get_absolute_url())),
        },
    )


@require_safe
@public
def glossary(request):
    terms = GlossaryTerm.objects.order_by("slug", "pk")
    return render(request, "metiers/glossary.html", {"terms": terms})


def not_found(request, exception):
    """404 with the métiers whose address looks like the one asked for."""
    near = slugs_near(request.path)
    metiers = Metier.objects.published().filter(slug__in=near).for_listing() if near else []
    return render(request, "404.html", {"metiers": metiers}, status=404)


def slugs_near(path):
    """Published slugs that a part of a mistyped path resembles, accents and case left aside."""
    parts = [slugify(part[:50]) for part in path.strip("/").split("/")[:4]]
    wanted = [part for part in parts[1:] or parts if part]
    if not wanted:
        return []
    starts = Q()
    for word in wanted:
        starts |= Q(slug__startswith=word[0])
    slugs = list(Metier.objects.published().filter(starts).values_list("slug", flat=True))
    return [slug for word in wanted for slug in get_close_matches(word, slugs, cutoff=CLOSE_ENOUGH)]


def by_sector(metiers):
    """Sector and its métiers, for rows that come in the sectors' order."""
    return [(sector, list(group)) for sector, group in groupby(metiers, lambda m: m.sector)]


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
        for dimension, value in zip(Dimension, metier.interests, strict=True)
        if dimension in rows
    ]
