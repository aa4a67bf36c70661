"""The rows of métiers as lists show them, read once as long as the content stays as it is."""

from collections.abc import Iterable

import numpy as np

from metiers.models import Metier
from metiers.models.metier import INTEREST_FIELDS

FOUND_IN = {
    "synonyms": "Aussi appelé",
    "missions": "Dans les missions",
    "tools": "Dans les outils",
    "teaser": "Dans la présentation",
    "workplaces": "Dans les lieux de travail",
    "introduction": "Dans la présentation",
    "qualities_headline": "Dans les qualités",
    "conditions_headline": "Dans les conditions",
}
"""Fields that an entry does not show, in the order in which a found word is looked for there."""

SHOWN = (
    "slug",
    "name_masculine",
    "name_feminine",
    "catch_line",
    "studies_headline",
    "study_level",
    "entry_level",
    "sector__name",
    "sector__line",
    "salary__mid_low",
    "salary__mid_high",
    "salary__is_estimate",
    *FOUND_IN,
    *INTEREST_FIELDS,
)


class ShownRows:
    """Of one catalogue's métiers, by their numbers; nobody may change a row that all share.

    To read a page's rows anew took a fifth of its time, and an eighth of a profile's.
    """

    def __init__(self, keys: np.ndarray):
        """`keys` are the primary keys, in the order of the numbers."""
        self._keys = keys
        self._read: dict[int, Metier] = {}

    def of(self, numbers: Iterable[int]) -> dict[int, Metier]:
        """By number; one query for those not read before, and none of a row that is gone since."""
        numbers = [int(number) for number in numbers]
        missing = {int(self._keys[n]): n for n in numbers if n not in self._read}
        if missing:
            rows = Metier.objects.published().filter(pk__in=list(missing))
            for metier in rows.select_related("sector", "salary").only(*SHOWN):
                self._read[missing[metier.pk]] = metier
        return {number: self._read[number] for number in numbers if number in self._read}
