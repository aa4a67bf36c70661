"""Who did what to the content, and all that it held afterwards."""

from careerguide.content.registry import document_of

from .models import Revision


def record(instance, action, user, reason=""):
    """Keep what an instance holds now as a `Revision`."""
    document = document_of(type(instance))
    return Revision.objects.create(
        model=document.model._meta.label_lower,
        key=str(getattr(instance, document.natural_key)),
        name=str(instance),
        action=action,
        is_draft=getattr(instance, "draft_of_id", None) is not None,
        data=document.dump(instance),
        reason=reason,
        user=user,
    )


def content_of(revision):
    """The data of a revision as `careerguide.content` holds them: a date is a date again."""
    return document_of(revision.model_class).canonical(revision.data)
