"""What there is to see to in a fiche, each thing leading to its field.

The rules are those of `check_content` (`metiers.proofreading`) and of publishing
(`metiers.completeness`); this adds when the fiche was last reread, and where a field stands.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from careerguide.content.parts import Value
from careerguide.content.reading import apply
from careerguide.edition import current_stamp
from careerguide.french import is_singular
from metiers import union
from metiers.completeness import BLOCKS, lacking_in, need
from metiers.content import METIER
from metiers.models import Metier, PayBenchmark, Source, Status
from metiers.proofreading.guiding import guide_of
from metiers.proofreading.prose import set_right
from metiers.proofreading.repeats import Memory
from metiers.proofreading.rules import RULES_OF_A_FICHE, Guide
from metiers.whole import fetched_all

from .history import record
from .models import Action, Revision
from .places import anchor_of, block_of, label_of

TYPOGRAPHY = "typographie"
AT_A_TIME = 200


class Severity(StrEnum):
    LACKS = "lacks"
    WRONG = "wrong"
    LOOK = "look"

    @property
    def title(self):
        return {"lacks": "Manque pour publier", "wrong": "À corriger", "look": "À regarder"}[self]


TO_LOOK_AT = {"source dépassée", "loin de la mesure O*NET", "difficile à lire"}
"""True of what may be right: an editor judges."""


@dataclass(frozen=True)
class Item:
    """« faq[2].answer » (`place`) is said « questions fréquentes n° 3 » and found by its anchor."""

    severity: Severity
    rule: str
    place: str
    found: str

    @property
    def anchor(self):
        return anchor_of(self.place)

    @property
    def label(self):
        return label_of(self.place)


@dataclass(frozen=True)
class Quality:
    items: tuple[Item, ...]

    @property
    def whole(self) -> int:
        """How many blocks of the fiche lack nothing."""
        lacking = {block_of(item.place) for item in self.items if item.severity == Severity.LACKS}
        return len(set(BLOCKS) - lacking)

    @property
    def score(self) -> str:
        """« 18 blocs complets sur 25 »."""
        things = "bloc complet" if is_singular(self.whole) else "blocs complets"
        return f"{self.whole} {things} sur {len(BLOCKS)}"

    @property
    def groups(self):
        """Severity and its items, the gravest first."""
        for severity in Severity:
            if items := [item for item in self.items if item.severity == severity]:
                yield severity, items

    @property
    def is_badly_set(self) -> bool:
        return any(item.rule == TYPOGRAPHY for item in self.items)


def quality_of(data: dict, guide: Guide, today: datetime.date) -> Quality:
    """Of the document of a fiche, judged as if it were published; sentences of others apart."""
    data = data | {"status": Status.PUBLISHED.value}
    return Quality((*_lacking(data), *_broken(data, guide), *_overdue(data, today)))


def _lacking(data):
    for place, found, required in lacking_in(data):
        yield Item(Severity.LACKS, "bloc incomplet", place, f"{found} ({need(required)})")


def _broken(data, guide):
    for rule, finds in RULES_OF_A_FICHE.items():
        severity = Severity.LOOK if rule in TO_LOOK_AT else Severity.WRONG
        for place, found in finds(data, guide):
            yield Item(severity, rule, place, found)


def _overdue(data, today):
    reviewed = data["reviewed_date"]
    if reviewed and reviewed < today - datetime.timedelta(days=settings.REVIEW_EVERY):
        yield Item(
            Severity.LOOK, "relecture dépassée", "reviewed_date", f"relu le {reviewed:%d/%m/%Y}"
        )


def repeats_in(data: dict) -> list[Item]:
    """The sentences that stand in another fiche of the guide too."""
    return [
        Item(Severity.LOOK, finding.rule, finding.field, finding.found)
        for finding in sentences_of_today().like(data["slug"], data)
    ]


def documents_of(metiers) -> list[dict]:
    """What a file would hold of each, what is chosen from a list aside; one query for all."""
    parts = [p for p in METIER.parts if not (isinstance(p, Value) and p.field.is_relation)]
    return [{part.key: part.dump(whole) for part in parts} for whole in fetched_all(metiers)]


class Kept:
    """What is made from the content, until what `key` says of the content changes."""

    def __init__(self, make, key):
        self.make, self.key = make, key
        self._kept = (None, None)

    def __call__(self):
        key, (kept_key, value) = self.key(), self._kept
        if key != kept_key:
            value = self.make()
            self._kept = (key, value)
        return value


class Seen(NamedTuple):
    """How many things there are to see to in a fiche, and its `Quality.score`, where one lacks."""

    items: int
    score: str


@dataclass(frozen=True)
class Known:
    """The guide that the rules ask about, its mark, and the number of things to see by métier."""

    guide: Guide
    mark: int
    counts: dict[int, Seen]


def _documents(found):
    """(slug, document) of each métier of a queryset."""
    metiers = list(found.order_by("pk"))
    for start in range(0, len(metiers), AT_A_TIME):
        for data in documents_of(metiers[start : start + AT_A_TIME]):
            yield data["slug"], data


def _read_known():
    columns = {
        Metier: (
            *("slug", "status", "published_at", "withdrawn_at"),
            *("name_masculine", "name_feminine"),
        ),
        PayBenchmark: ("amount", "low_decile", "mean"),
        Source: ("slug", "year"),
    }
    found = union.read((m.__name__, m.objects.all(), names) for m, names in columns.items())
    guide = guide_of(*(map(vars, found[model.__name__]) for model in columns))
    return Known(guide, hash(repr(guide)), {})


class Sentences:
    """What the fiches of the guide say, without the copies, which are saved all day.

    Read whole once a process, then by what the history tells, and by the slugs that come and go:
    what `import_content` rewrites under a site that runs is seen when it starts again.
    """

    def __init__(self):
        self._memory, self._told_to = None, 0

    def __call__(self) -> Memory:
        told = Revision.objects.filter(pk__gt=self._told_to).order_by("pk")
        told = list(told.values_list("pk", "model", "is_draft", "key")) if self._memory else ()
        newest = told[-1][0] if told else self._told_to
        if self._memory is None:
            newest = Revision.objects.aggregate(newest=Max("pk"))["newest"] or 0
        slugs = set(Metier.objects.values_list("slug", flat=True))
        if self._memory is None:
            self._memory, self._slugs = Memory(_documents(Metier.objects.all())), slugs
        else:
            label = Metier._meta.label_lower
            keys = {key for _, model, is_draft, key in told if model == label and not is_draft}
            changed = (slugs ^ self._slugs) | keys
            if changed:
                now = dict(_documents(Metier.objects.filter(slug__in=changed)))
                self._memory.learn(dict.fromkeys(changed) | now)
        self._told_to, self._slugs = newest, slugs
        return self._memory


known = Kept(_read_known, lambda: (current_stamp(), timezone.localdate()))
sentences_of_today = Sentences()
_counted: dict[int, tuple[tuple, Seen]] = {}
"""By métier, what its rules were asked about and what they found."""


def counts_of(metiers) -> dict[int, Seen]:
    """What the meter counts of each, by key; sentences of others apart."""
    now = known()
    lacking = [metier for metier in metiers if metier.pk not in now.counts]
    for metier, data in zip(lacking, documents_of(lacking), strict=True):
        now.counts[metier.pk] = _count(metier.pk, data, now)
    return now.counts


def _count(pk, data, now):
    today = timezone.localdate()
    asked = (hash(repr(data)), now.mark, today)
    if _counted.get(pk, ((), None))[0] != asked:
        quality = quality_of(data, now.guide, today)
        score = quality.score if quality.whole < len(BLOCKS) else ""
        _counted[pk] = (asked, Seen(len(quality.items), score))
    return _counted[pk][1]


def repair_typography(metier, user) -> bool:
    """Set the whole draft as a printer would; whether anything changed."""
    data = METIER.dump(metier)
    right = set_right(data)
    if right == data:
        return False
    with transaction.atomic():
        apply(METIER, metier, right)
        record(metier, Action.SAVED, user, "Typographie réparée")
    return True
