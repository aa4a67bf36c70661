"""What people type for a facet that is neither a criterion nor a sector: « qui recrute »."""

from collections.abc import Iterator, Mapping

import numpy as np

from metiers.search.indexed import Wish

from .facets import Facet

WANTED = (
    "pénurie",
    "en pénurie",
    "qui recrute",
    "recruter",
    "recrutement",
    "embaucher",
    "embauche",
    "qui engage",
    "débouché",
    "trouver du travail",
    "trouver un travail",
    "trouver du boulot",
    "trouver un emploi",
    "trouver un job",
    "on cherche du monde",
    "manque de monde",
    "manque de bras",
    "manque de personnel",
    "très demandé",
    "demandé",
    "fonction critique",
    "métier d’avenir",
    "employabilité",
)
WELL_PAID = (
    "bien payé",
    "payé bien",
    "mieux payé",
    "paie bien",
    "bien rémunéré",
    "bonne paie",
    "bon salaire",
    "gros salaire",
    "haut salaire",
    "salaire élevé",
    "gagner beaucoup",
    "gagne beaucoup",
    "beaucoup gagner",
    "gagner bien",
    "bien gagner",
    "gagner plus",
    "argent",
    "thune",
    "fric",
    "pognon",
    "riche",
    "rentable",
    "lucratif",
)
WELL_PAID_FROM = "3500"
SUMS = range(2_500, 10_001, 100)


def spoken_wishes(facets: Mapping[str, Facet]) -> Iterator[Wish]:
    """The demand in any Region, and each step of pay with the sums that reach no other.

    « 3800 euros » is the step from 3,500.
    """
    demand, pay = facets["demande"], facets["salaire"]
    wanted = demand.masks.any(axis=0)
    yield _wish(demand, "", demand.label, WANTED, wanted)
    steps = [int(value.key) for value in pay.values]
    for row, value in enumerate(pay.values):
        step, *higher = steps[row:]
        sums = [amount for amount in SUMS if step <= amount < min(higher, default=SUMS.stop)]
        phrases = [said for amount in sums for said in (f"{amount} euros", f"gagner {amount}")]
        phrases += WELL_PAID if value.key == WELL_PAID_FROM else ()
        yield _wish(pay, value.key, f"À partir de {value.label}", phrases, pay.masks[row])


def _wish(facet, key, name, phrases, mask):
    return Wish(facet.name, key, name, phrases, frozenset(np.flatnonzero(mask).tolist()))
