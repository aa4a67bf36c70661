"""What was deleted and not put back since: the revisions that ended a story."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import count

from django.core.exceptions import ValidationError

from careerguide.content.registry import document_of
from metiers.models import Metier

from . import workflow
from .history import restore, resume
from .models import Revision

MOST = 500
ALREADY = "C’est déjà remis."
TAKEN = "Son adresse est prise par autre chose\u00a0: choisis-en une autre."


@dataclass(frozen=True)
class Deleted:
    """A thing of the wastebasket; `free` is an address for it where its own is taken."""

    revision: Revision
    is_taken: bool
    free: str


class AlreadyBack(Exception):
    """Somebody else has put it back; `instance` is that, or None where it is gone again."""

    def __init__(self, instance):
        self.instance = instance
        super().__init__(ALREADY)


def contents():
    """A `Deleted` for each, the last deleted first, in a query for each kind of thing."""
    revisions = list(Revision.objects.in_wastebasket().newest_first().defer("data")[:MOST])
    by_model = defaultdict(list)
    for revision in revisions:
        by_model[revision.model_class].append(revision)
    taken = {model: _keys(model) for model in by_model}
    return [_deleted(revision, taken[revision.model_class]) for revision in revisions]


def _keys(model):
    name = document_of(model).natural_key
    return set(map(str, model._base_manager.values_list(name, flat=True).order_by()))


def _deleted(revision, taken):
    is_taken = revision.key in taken
    return Deleted(revision, is_taken, free_address(revision, taken) if is_taken else "")


def free_address(revision, taken):
    """« infirmier-2 » where « infirmier » is taken; "" of what has a number for a name."""
    document = document_of(revision.model_class)
    if document.natural_key != "slug":
        return ""
    longest = document.model._meta.get_field("slug").max_length
    candidates = (
        f"{revision.key[: longest - len(end)]}{end}" for end in (f"-{n}" for n in count(2))
    )
    return next(slug for slug in candidates if slug not in taken)


def put_back(deletion, user, slug="", reason=""):
    """The instance, and what it could not have back; a fiche comes back as a draft.

    In a transaction. `slug` is where it goes if not where it was; ValidationError where that is
    taken, `AlreadyBack` where somebody was faster.
    """
    deletion = Revision.objects.select_for_update(of=("self",)).get(pk=deletion.pk)
    if deletion.ended_by_id != deletion.pk:
        raise AlreadyBack(_standing(deletion.model_class, deletion.key))
    if _standing(deletion.model_class, slug or deletion.key):
        raise ValidationError(TAKEN)
    resume(deletion, slug or deletion.key)
    kept = {"slug": slug} if slug else {}
    if deletion.model_class is Metier:
        return workflow.restore_deleted(deletion, user, reason, **kept)
    instance = deletion.model_class()
    return instance, restore(instance, deletion, user, reason, **kept)


def _standing(model, key):
    named = {document_of(model).natural_key: key}
    return model._base_manager.filter(**named).order_by("pk").first()
