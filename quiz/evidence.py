"""The sentences of the fiches that say how much of each interest a métier holds."""

from typing import NamedTuple
from weakref import WeakKeyDictionary

from metiers.catalogue import Catalogue
from metiers.catalogue.shown import Shown
from metiers.models import InterestEvidence


class Evidence(NamedTuple):
    """« On range ses fichiers… », the block that says it; `is_low`: of what the métier lacks."""

    text: str
    block: str
    block_label: str
    is_low: bool


_kept: WeakKeyDictionary[Catalogue, dict[int, dict[str, Evidence]]] = WeakKeyDictionary()


def evidence_of(metier: Shown, catalogue: Catalogue) -> dict[str, Evidence]:
    """By dimension; one query, once a métier of a catalogue."""
    known = _kept.setdefault(catalogue, {})
    if metier.pk not in known:
        known[metier.pk] = {
            row.dimension: Evidence(row.evidence, row.block, row.get_block_display(), row.is_low)
            for row in InterestEvidence.objects.filter(metier=metier.pk)
        }
    return known[metier.pk]
