"""Ways in for somebody who doesn't know what to type."""

from itertools import groupby

import numpy as np
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from careerguide.http import public
from metiers.catalogue import read_catalogue
from metiers.catalogue.entries import read_entries
from metiers.catalogue.pages import PAGE_SIZE
from metiers.catalogue.portrait import portray
from metiers.models import (
    Criterion,
    GlossaryTerm,
    Metier,
    School,
    SchoolOffer,
    Sector,
)

STOPS_OF_A_LINE = 8
MOST_WANTED = 8


@require_safe
@public
def home(request):
    catalogue = read_catalogue()
    context = {
        "lines": lines(catalogue),
        "count": len(catalogue),
        "wanted": catalogue.listed[:MOST_WANTED],
    }
    return render(request, "metiers/home.html", context)


@require_safe
@public
def sector_detail(request, slug):
    sector = get_object_or_404(Sector.objects.select_related("picture"), slug=slug)
    return render(
        request,
        "metiers/sector_detail.html",
        {
            "sector": sector,
            **shared_context(request, "secteur", slug),
            "schools": schools_of(Metier.objects.published().filter(sector=sector)),
        },
    )


@require_safe
@public
def criterion_detail(request, slug):
    criterion = get_object_or_404(Criterion, slug=slug)
    context = shared_context(request, "critere", slug)
    return render(request, "metiers/criterion_detail.html", {"criterion": criterion, **context})


@require_safe
@public
def school_detail(request, slug):
    school = get_object_or_404(School.objects.select_related("picture"), slug=slug)
    offers = (
        SchoolOffer.objects.filter(school=school, metier__in=Metier.objects.published())
        .select_related("metier__sector")
        .order_by("metier__sector__position", "metier__name_masculine", "position", "pk")
    )
    taught = [offer.metier_id for offer in offers]
    return render(
        request,
        "metiers/school_detail.html",
        {
            "school": school,
            "offers": with_bands(offers, request.visitor),
            "neighbours": schools_teaching(taught, school),
        },
    )


@require_safe
@public
def glossary(request):
    terms = GlossaryTerm.objects.order_by("slug", "pk")
    return render(request, "metiers/glossary.html", {"terms": terms})


def with_bands(offers, visitor):
    """(offer, the band of its métier); the band is None for who has not answered."""
    catalogue = read_catalogue() if visitor else None
    return [(offer, visitor and visitor.band(offer.metier.slug, catalogue)) for offer in offers]


def lines(catalogue):
    """Each sector with its first stops and how many more it has."""
    sectors = catalogue.facets["secteur"]
    return [
        {
            "sector": sectors.value(slug),
            "stops": stops[:STOPS_OF_A_LINE],
            "more": len(stops[STOPS_OF_A_LINE:]),
        }
        for slug, stops in (
            (slug, list(group)) for slug, group in groupby(catalogue.stops, lambda s: s.sector)
        )
    ]


def shared_context(request, facet, key):
    """What the pages of a sector and of a criterion show: the portrait and the first métiers."""
    catalogue = read_catalogue()
    found = catalogue.facets[facet]
    holding = found.holding([key]) if key in found.rows else np.zeros(len(catalogue), bool)
    numbers = np.flatnonzero(holding)[:PAGE_SIZE]
    return {
        "portrait": portray(catalogue, facet, key),
        "entries": read_entries(catalogue, numbers, visitor=request.visitor),
    }


def schools_of(metiers):
    """The schools that lead to these métiers, by kind."""
    offered = School.objects.filter(offers__metier__in=metiers)
    return offered.distinct().order_by("kind", "name", "pk")


def schools_teaching(metiers, school):
    """Other schools of the same kind that teach some of the same."""
    offered = School.objects.filter(offers__metier__in=metiers, kind=school.kind)
    return offered.exclude(pk=school.pk).distinct().order_by("name", "pk")
