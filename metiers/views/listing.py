from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from careerguide.http import public
from metiers.catalogue import read_catalogue
from metiers.catalogue.listing import Listing
from metiers.catalogue.suggesting import suggest
from metiers.catalogue.wishes import Wishes
from metiers.search.query import clean
from metiers.signals import found_nothing


@require_safe
@public
def metier_list(request):
    """The catalogue: the page, or the fragment that a change of the form swaps in."""
    catalogue, visitor = read_catalogue(), request.visitor
    wishes = Wishes.read(request.GET, catalogue, visitor.code if visitor else "")
    is_fragment = bool(request.htmx) and not request.htmx.history_restore_request
    template = "metiers/metier_list.html#list" if is_fragment else "metiers/metier_list.html"
    listing = Listing(catalogue, wishes, visitor)
    if wishes.text and (listing.absent_name or not listing.count):
        found_nothing.send(metier_list, words=wishes.text)
    context = {
        "listing": listing,
        "wishes": wishes,
        "is_fragment": is_fragment,
    }
    response = render(request, template, context)
    if is_fragment:
        response["HX-Push-Url"] = wishes.address
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@public
def suggestions(request):
    """What the search field proposes while one types; without script, the results themselves."""
    text = clean(request.GET.get("q", ""))
    if request.htmx:
        found = suggest(read_catalogue(), text)
        context = {"suggestions": found, "text": text}
        response = render(request, "metiers/_suggestions.html", context)
    else:
        said = {"q": text, "r": request.visitor.code if request.visitor else ""}
        query = {name: value for name, value in said.items() if value}
        response = redirect(reverse("metiers:list", query=query or None))
    patch_vary_headers(response, ["HX-Request"])
    return response
