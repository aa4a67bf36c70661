from django.shortcuts import render

from metiers.catalogue import read_catalogue
from metiers.catalogue.entries import read_entries
from metiers.search.query import LONGEST_QUERY

MOST_NEAR = 3


def not_found(request, exception):
    """404 with the métiers whose name looks like the address asked for."""
    entries = entries_near(request.path, request.visitor)
    return render(request, "404.html", {"entries": entries}, status=404)


def entries_near(path, visitor):
    """`/metiers/infirmiere/` is near infirmier; the name of the folder says nothing.

    A métier half as near as the nearest is no guess: its texts only hold the word.
    """
    parts = path.strip("/").split("/")
    words = " ".join(parts[1:] or parts).replace("-", " ")[:LONGEST_QUERY]
    catalogue = read_catalogue()
    hits = catalogue.text.find(words)
    nearest = hits.best(MOST_NEAR)
    likely = hits.score[nearest] > hits.score.max(initial=0) / 2
    return read_entries(catalogue, nearest[likely], visitor=visitor)
