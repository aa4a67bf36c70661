from django.shortcuts import redirect, render

from metiers.catalogue import read_catalogue
from metiers.catalogue.entries import read_entries
from metiers.models import MovedAddress
from metiers.models.moved import LONGEST_PATH
from metiers.search.query import LONGEST_QUERY

MOST_NEAR = 3


def not_found(request, exception):
    """404 with the métiers whose name looks like the address asked for; or where it moved to."""
    if moved := MovedAddress.objects.filter(old=request.path[:LONGEST_PATH]).first():
        query = request.META["QUERY_STRING"]
        return redirect(f"{moved.new}?{query}" if query else moved.new, permanent=True)
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
