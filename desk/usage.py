"""Where a piece of a reference list is used, whatever kind of content uses it."""

from typing import NamedTuple

from django.db.models import Count, ManyToManyRel, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse


class Use(NamedTuple):
    """« chiffre », « 206 444 personnes », where the editor changes it."""

    kind: str
    name: str
    address: str


def relations(model):
    """Every foreign key and many-to-many of the content that leads to a model."""
    return [
        relation
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label == "metiers"
    ]


def with_usage(queryset):
    """The rows annotated with `usage`, the number of things that use each; no query a row."""
    total = Value(0)
    for relation in relations(queryset.model):
        name = relation.field.name
        users = relation.related_model._base_manager.filter(**{name: OuterRef("pk")}).order_by()
        counted = users.values(name).annotate(n=Count("pk")).values("n")
        total = Coalesce(Subquery(counted), 0) + total
    return queryset.annotate(usage=total)


def uses_of(instance):
    """Each `Use` of an instance, a row of a fiche under its fiche's name."""
    for relation in relations(type(instance)):
        model = relation.related_model
        rows = model._base_manager.filter(**{relation.field.name: instance}).order_by("pk")
        owners = ["metier"] if "metier" in {f.name for f in model._meta.fields} else []
        for row in rows.select_related(*owners):
            owner = getattr(row, "metier", row)
            name = f"{owner}\u00a0: {row}" if owner is not row else str(row)
            if getattr(owner, "draft_of_id", None):
                name = f"{name} (brouillon)"
            yield Use(str(model._meta.verbose_name), name, _address(owner))


def links_to(instances):
    """(instance, what links to it) for each bare link, which deleting the instance would undo.

    A foreign key refuses that by itself; a list, as the areas of a fiche, would lose a line.
    """
    for relation in relations(type(instances[0])) if instances else ():
        if isinstance(relation, ManyToManyRel) and relation.through._meta.auto_created:
            name = relation.field.name
            users = relation.related_model._base_manager.filter(**{f"{name}__in": instances})
            for user in users.prefetch_related(name).distinct().order_by("pk"):
                for linked in getattr(user, name).all():
                    if linked in instances:
                        yield linked, user


def _address(instance):
    meta = instance._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[instance.pk])
