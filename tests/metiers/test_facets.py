"""Facet counts are those of a count by hand, whatever is chosen."""

import numpy as np
import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from metiers.catalogue import read_catalogue
from metiers.catalogue.facets import Combine, Facet, FacetValue
from metiers.catalogue.listing import Listing
from metiers.catalogue.wishes import Wishes
from metiers.models import Demand, Metier
from tests.factories import create_criterion, create_demand, create_metier, create_salary

ANY, ALL, ONE = Combine.ANY, Combine.ALL, Combine.ONE
KEYS = "abcd"


@st.composite
def choices(draw):
    """Some facets over some métiers, as sets of métiers a value, and what is chosen of each."""
    size = draw(st.integers(0, 8))
    metiers = st.frozensets(st.integers(0, size - 1)) if size else st.just(frozenset())
    facets, chosen = {}, {}
    for name, combine in zip(("any", "all", "one"), (ANY, ALL, ONE), strict=True):
        facets[name] = combine, draw(st.lists(metiers, min_size=4, max_size=4))
        some = st.lists(st.sampled_from(KEYS), unique=True, max_size=1 if combine is ONE else 3)
        chosen[name] = tuple(draw(some))
    return size, facets, chosen


def facet_of(name, combine, holders, size):
    values = [FacetValue(key, key) for key in KEYS]
    return Facet.of(name, name, combine, values, holders, size)


def by_hand(facets, chosen, size, name, key):
    """The métiers that one more look at the list would show with `key` chosen too."""
    combine = facets[name][0]
    wanted = dict(chosen) | {name: (*chosen[name], key) if combine is ALL else (key,)}
    return sum(
        all(
            not wanted[other]
            or (all if how is ALL else any)(metier in holders[KEYS.index(k)] for k in wanted[other])
            for other, (how, holders) in facets.items()
        )
        for metier in range(size)
    )


@given(choices())
def test_a_count_is_what_choosing_the_value_shows(drawn):
    size, facets, chosen = drawn
    built = {name: facet_of(name, *facet, size) for name, facet in facets.items()}
    held = {name: facet.holding(chosen[name]) for name, facet in built.items()}

    for name, facet in built.items():
        among = np.ones(size, bool)
        for other, mask in held.items():
            if other != name or facet.combine is ALL:
                among &= mask
        assert facet.counts(among).tolist() == [
            by_hand(facets, chosen, size, name, key) for key in KEYS
        ]


@pytest.fixture
def guide(db):
    """Six métiers of every kind that a facet tells apart."""
    night, outside = create_criterion(name="Nuit"), create_criterion(name="Dehors")
    for i in range(6):
        metier = create_metier(
            title=f"Métier {i}",
            study_level=1 + i % 3,
            entry_level=1 if i == 5 else None,
            interests=tuple(90 - 10 * ((i + k) % 6) for k in range(6)),
            is_regulated=i % 2 == 0,
            regulation="Un visa." if i % 2 == 0 else "",
        )
        create_salary(
            metier, mid_low=2600 + 400 * i, mid_high=5500, senior_low=5000, senior_high=6000
        )
        if i % 2:
            metier.criteria.add(night)
        if i > 2:
            metier.criteria.add(outside)
        create_demand(metier, region=("wallonia", "brussels", "flanders")[i % 3])


QUERIES = [
    "",
    "critere=nuit",
    "critere=nuit&critere=dehors",
    "etudes=1&etudes=2",
    "etudes=1&acces=libre",
    "etudes=3&acces=reglemente",
    "salaire=3000&demande=wallonie&demande=bruxelles",
    "interet=R&critere=dehors",
    "q=metier&critere=nuit&salaire=3500&acces=libre",
]


def listed(query):
    catalogue = read_catalogue()
    return Listing(catalogue, Wishes.read(QueryDict(query), catalogue))


def holds(metier, name, key):
    """What a value means, said of one métier without the arrays."""
    strongest = sorted(range(6), key=lambda k: (-metier.interests[k], k))[:2]
    return {
        "critere": lambda: metier.criteria.filter(slug=key).exists(),
        "etudes": lambda: metier.level_asked <= int(key) <= metier.study_level,
        "secteur": lambda: metier.sector.slug == key,
        "interet": lambda: "RIASEC".index(key) in strongest,
        "salaire": lambda: metier.salary.mid_low >= int(key),
        "demande": lambda: metier.demands.filter(
            region={"wallonie": "wallonia", "bruxelles": "brussels", "flandre": "flanders"}[key]
        ).exists(),
        "acces": lambda: metier.is_regulated == (key == "reglemente"),
    }[name]()


@pytest.mark.parametrize("query", QUERIES)
def test_the_counts_of_a_list_are_those_of_the_metiers_themselves(guide, query):
    listing = listed(query)
    chosen = listing.wishes.chosen
    counted = {}
    for fieldset in listing.fieldsets:
        for choice in fieldset.choices:
            counted[fieldset.name, choice.key] = choice.count

    assert counted == {(name, key): _count_by_hand(chosen, name, key) for name, key in counted}


def _count_by_hand(chosen, name, key):
    wanted = {other: list(keys) for other, keys in chosen.items()}
    wanted[name] = [*wanted.get(name, []), key] if name == "critere" else [key]
    return sum(
        all(
            (all if other == "critere" else any)(holds(metier, other, k) for k in keys)
            for other, keys in wanted.items()
        )
        for metier in Metier.objects.published()
    )


def test_what_no_metier_left_has_is_disabled_and_what_is_chosen_is_not(guide):
    choices = {
        (fieldset.name, choice.key): choice
        for fieldset in listed("etudes=1&critere=nuit").fieldsets
        for choice in fieldset.choices
    }

    assert all(
        choice.is_disabled == (choice.count == 0 and not choice.is_chosen)
        for choice in choices.values()
    )
    assert choices["etudes", "1"].is_chosen
    assert not choices["critere", "nuit"].is_disabled


def test_a_draft_is_in_no_count(guide):
    before = {(f.name, c.key): c.count for f in listed("").fieldsets for c in f.choices}
    hidden = create_metier(title="Caché", published=False)
    hidden.criteria.add(create_criterion(name="Secret"))
    create_demand(hidden)

    after = {(f.name, c.key): c.count for f in listed("").fieldsets for c in f.choices}

    assert after == before


def test_an_absent_demand_is_none(guide):
    Demand.objects.update(status="absent")

    assert {c.count for f in listed("").fieldsets if f.name == "demande" for c in f.choices} == {0}
