"""What was deleted and is not there any more: revisions whose row is gone."""

from careerguide.content.registry import document_of
from metiers.models import Metier

from . import workflow
from .history import restore
from .models import Action, Revision

MOST = 500


def contents():
    """The newest revision of each deleted thing, the last deleted first."""
    deleted = Revision.objects.filter(action=Action.DELETED).newest_first().defer("data")[:MOST]
    newest = {}
    for revision in deleted:
        newest.setdefault((revision.model, revision.key), revision)
    return [revision for revision in newest.values() if not exists(revision)]


def exists(revision):
    document = document_of(revision.model_class)
    rows = document.model._base_manager.filter(**{document.natural_key: revision.key})
    return rows.exists()


def put_back(revision, user, reason=""):
    """The instance, and what it could not have back; a fiche comes back as a draft."""
    if revision.model_class is Metier:
        return workflow.restore_deleted(revision, user, reason)
    instance = revision.model_class()
    return instance, restore(instance, revision, user, reason)
