from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from careerguide.http import public
from metiers.catalogue import read_catalogue
from metiers.catalogue.entries import said_to
from metiers.comparing import Choice, Comparison
from metiers.comparing.reading import read_sides, read_similar, renamed

from .browse import lines


@require_safe
@public
def compare(request):
    """Two to four métiers side by side; a page to choose them, where there are fewer."""
    catalogue, visitor = read_catalogue(), request.visitor
    choice = read_choice(request, catalogue)
    if not choice.is_enough or choice.text:
        return choose(request, choice, catalogue)
    if "q" in request.GET and not choice.notices:
        return redirect(choice.address)  # what the form adds is nothing to share
    sides, benchmark = read_sides(choice.slugs, catalogue)
    said = [said_to(visitor, side.metier, catalogue) for side in sides]
    similar = {side.metier.pk: side.similar for side in sides}
    return render(
        request,
        "metiers/comparison.html",
        {
            "choice": choice,
            "comparison": Comparison(choice, sides, benchmark, catalogue, said),
            "candidates": choice.near(catalogue, similar),
        },
    )


def choose(request, choice, catalogue):
    """What is chosen so far, and the others: those found, else neighbours and every line."""
    if choice.text:
        candidates, others = choice.found(catalogue), []
    else:
        candidates = choice.near(catalogue, read_similar(choice.slugs)) if choice.stops else []
        others = lines_without(catalogue, {*choice.stops, *candidates})
    return render(
        request,
        "metiers/comparison_choose.html",
        {"choice": choice, "candidates": candidates, "lines": others},
    )


def lines_without(catalogue, stops):
    """The lines as on the home page, less the stops that are shown already."""
    left = [
        {**line, "stops": [stop for stop in line["stops"] if stop not in stops]}
        for line in lines(catalogue)
    ]
    return [line for line in left if line["stops"]]


def read_choice(request, catalogue):
    """An address that moved still leads to its métier."""
    visitor = request.visitor
    answers = visitor.code if visitor else ""
    choice = Choice.read(request.GET, catalogue, answers)
    moved = renamed(choice.unknown)
    return Choice.read(request.GET, catalogue, answers, moved) if moved else choice
