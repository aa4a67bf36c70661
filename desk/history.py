"""Who did what to the content, and all that it held afterwards."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone

from careerguide.content.parts import References, Rows, Value
from careerguide.content.reading import apply
from careerguide.content.registry import document_of
from careerguide.templatetags.french import day

from .models import Action, ImportedRow, MovedKey, Revision


def record(instance, action, user, reason="", *, data=None):
    """Keep what an instance holds now as a `Revision`; `data` where it was read already."""
    if data is None:
        data = document_of(type(instance)).dump(instance)
    revision = _revision(instance, action, user, reason, data)
    revision.save(force_insert=True)
    if action == Action.DELETED:
        _end_stories([revision])
    return revision


def record_all(instances, action, user, reason=""):
    """The same of many instances of one model, in some queries for each hundred."""
    instances = list(instances)
    if instances:
        contents = document_of(type(instances[0])).dump_all(instances)
        made = Revision.objects.bulk_create(
            _revision(instance, action, user, reason, data)
            for instance, data in zip(instances, contents, strict=True)
        )
        if action == Action.DELETED:
            _end_stories(made)


def _end_stories(deletions):
    """Of things of one model."""
    label, keys = deletions[0].model, [deletion.key for deletion in deletions]
    stories = Revision.objects.going_on().filter(model=label, key__in=keys)
    last = Revision.objects.going_on().filter(
        model=label, key=OuterRef("key"), action=Action.DELETED
    )
    stories.update(ended_by=Subquery(last.order_by("-pk").values("pk")[:1]))


def _revision(instance, action, user, reason, data):
    document = document_of(type(instance))
    return Revision(
        model=document.model._meta.label_lower,
        key=key_of(instance),
        name=str(instance),
        action=action,
        is_draft=is_copy(instance),
        data=data,
        reason=reason,
        user=user,
    )


def key_of(instance):
    """The slug or number that names an instance."""
    return str(getattr(instance, document_of(type(instance)).natural_key))


def record_change(instance, action, user, reason="", *, newest):
    """The same, unless the instance holds what `newest`, its newest revision, says already, and
    nobody says why.
    """
    data = document_of(type(instance)).dump(instance)
    if newest and not reason and content_of(newest) == data:
        return newest
    return record(instance, action, user, reason, data=data)


FIRST = "Avant le premier geste à la rédaction"
A_DOUBLE_CLICK = datetime.timedelta(minutes=1)
"""How long what somebody sends again is their second click, rather than a second thought."""


def record_first(instance):
    """Keep what was there before anybody touched it at the desk, so that it can be had again."""
    stored = type(instance)._base_manager.get(pk=instance.pk)
    if newest_of(stored) is None:
        record(stored, Action.IMPORTED, None, FIRST)


def record_first_all(instances):
    """The same of many instances of one model."""
    instances = list(instances)
    if instances:
        label = document_of(type(instances[0])).model._meta.label_lower
        story = Revision.objects.going_on().filter(model=label, key__in=map(key_of, instances))
        told = set(story.values_list("key", "is_draft"))
        untold = [one for one in instances if (key_of(one), is_copy(one)) not in told]
        record_all(untold, Action.IMPORTED, None, FIRST)


def newest_of(instance):
    """The newest revision of this very row: a copy's are not those of the fiche it is a copy of."""
    return Revision.objects.of(instance).filter(is_draft=is_copy(instance)).first()


def is_copy(instance):
    return getattr(instance, "draft_of_id", None) is not None


def content_of(revision):
    """The data of a revision as `careerguide.content` holds them: a date is a date again."""
    return document_of(revision.model_class).canonical(revision.data)


def rename(model, old, new):
    """Let the story follow an instance to its new name, and what imports wrote of it."""
    label = model._meta.label_lower
    _move(Revision.objects.going_on().filter(model=label, key=str(old)), label, old, new)
    MovedKey.remember(model, str(old), str(new))


def resume(deletion, key):
    """Let the story that a deletion ended go on, under the key with which its thing comes back."""
    story = Revision.objects.filter(ended_by=deletion)
    _move(story, deletion.model, deletion.key, key, until=deletion.at)
    Revision.objects.filter(ended_by=deletion).update(ended_by=None)


def _move(story, label, old, new, until=None):
    """Each import tells the history, before it keeps what it wrote: no row is of before it."""
    if str(old) == str(new):
        return
    rows = ImportedRow.objects.filter(owner=label, key=str(old))
    if since := story.aggregate(Min("at"))["at__min"]:
        rows = rows.filter(batch__at__gte=since)
    if until:
        rows = rows.filter(batch__at__lte=until)
    rows.update(key=str(new))
    story.update(key=str(new))


def restore(instance, revision, user, reason="", **kept):
    """Make an instance, a new one too, hold what a revision says, but for what is `kept`.

    Links to what is gone are left out, and named in the list that is returned; ValidationError
    where a row can't do without.
    """
    document = document_of(type(instance))
    references = References()
    data = with_names_of_today(document, content_of(revision) | kept, references)
    gone = [
        (part.key, model, slug)
        for part in document.parts
        for _, model, slug in part.references(data[part.key])
        if slug not in references.of(model)
    ]
    lists = {part.key for part in document.parts if not isinstance(part, (Value, Rows))}
    if needed := [found for found in gone if found[0] not in lists]:
        raise ValidationError(
            f"Cette version cite ce qui n’existe plus\u00a0: {', '.join(_named(needed))}. "
            "Rétablis-le d’abord depuis la corbeille."
        )
    for key, _, slug in gone:
        data[key] = [kept for kept in data[key] if kept != slug]
    apply(document, instance, data, references)
    record(instance, Action.RESTORED, user, reason or f"Version du {when(revision)}")
    return _named(gone)


def with_names_of_today(document, data, references):
    """The data where what was merged or renamed since has the name of today."""
    gone = {
        (model, slug)
        for part in document.parts
        for _, model, slug in part.references(data[part.key])
        if slug not in references.of(model)
    }
    moves = MovedKey.of(gone)
    new = {pair: moves[pair].new if pair in moves else pair[1] for pair in gone}
    return data | {part.key: part.renamed(data[part.key], new) for part in document.parts}


def _named(gone):
    return [f"«\u00a0{slug}\u00a0» ({model._meta.verbose_name})" for _, model, slug in gone]


def when(revision):
    """« 25 novembre 2026 à 14:17 »."""
    at = timezone.localtime(revision.at)
    return f"{day(at)} à {at:%H:%M}"
