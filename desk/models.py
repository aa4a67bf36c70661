"""What the editors' desk keeps beside the content: who did what, links lent, what visitors report.

Nothing here says who a visitor is: a report has no author, a tally is a number by day and page.
"""

import datetime
import uuid

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from careerguide.content.registry import document_of
from careerguide.templatetags.french import day


def user_key(related_name, verbose_name):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=verbose_name,
    )


class Action(models.TextChoices):
    CREATED = "created", "Créé"
    SAVED = "saved", "Enregistré"
    STARTED = "started", "Brouillon ouvert"
    ASKED = "asked", "Relecture demandée"
    SENT_BACK = "sent_back", "Renvoyé"
    PUBLISHED = "published", "Publié"
    WITHDRAWN = "withdrawn", "Retiré"
    RESTORED = "restored", "Rétabli"
    DISCARDED = "discarded", "Brouillon abandonné"
    DELETED = "deleted", "Mis à la corbeille"
    IMPORTED = "imported", "Importé"
    MERGED = "merged", "Fusionné"


class RevisionQuerySet(models.QuerySet):
    def of(self, instance):
        """The story of an instance, the newest first."""
        document = document_of(type(instance))
        return (
            self.going_on()
            .filter(
                model=document.model._meta.label_lower,
                key=str(getattr(instance, document.natural_key)),
            )
            .newest_first()
        )

    def going_on(self):
        """What is no story of something that was deleted, whose address another may have by now."""
        return self.filter(ended_by=None)

    def in_wastebasket(self):
        """Each deletion whose content was not put back since."""
        return self.filter(action=Action.DELETED, ended_by=F("pk"))

    def newest_first(self):
        return self.select_related("user").order_by("-at", "-pk")


class Revision(models.Model):
    """One thing that was done to a piece of content, and all that it held afterwards.

    `data` is what its content file would say (`careerguide.content`), thus every row and link of a
    métier too; `key` is the slug or number that names it, which outlives its row: what is in the
    wastebasket is a revision. `is_draft` tells the copy that is worked on from what is public.
    `ended_by` is the deletion that ended a story, its own too: what takes the address afterwards
    has another. Put back, the thing has its story again.
    """

    model = models.CharField("sorte", max_length=60)
    key = models.CharField("adresse", max_length=60)
    name = models.CharField("nom", max_length=200)
    action = models.CharField("geste", max_length=10, choices=Action)
    is_draft = models.BooleanField("du brouillon", default=False)
    data = models.JSONField("contenu", encoder=DjangoJSONEncoder)
    reason = models.CharField("pourquoi", max_length=240, blank=True)
    user = user_key("revisions", "par")
    at = models.DateTimeField("quand", default=timezone.now)
    ended_by = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="ended",
        verbose_name="fini par",
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "révision"
        indexes = [models.Index(fields=["model", "key", "-at"], name="revision_story")]

    def __str__(self):
        return f"{self.get_action_display()}\u00a0: {self.name}"

    @property
    def model_class(self):
        return apps.get_model(self.model)

    @property
    def kind(self):
        """« métier »."""
        return self.model_class._meta.verbose_name


class ImportBatch(models.Model):
    """A file taken in at once; its `rows` say what it changed, so that it is undone in one click.

    `left` names what was not undone, having been changed meanwhile. One without rows is of a time
    when only natural keys were kept: it can't be undone any more. `fingerprint` is that of what was
    shown and accepted: sent a second time, it is known.
    """

    name = models.CharField("fichier", max_length=200)
    user = user_key("import_batches", "par")
    at = models.DateTimeField("quand", default=timezone.now)
    undone_at = models.DateTimeField("défait le", null=True, blank=True)
    left = models.JSONField("laissé tel quel", default=list, blank=True)
    fingerprint = models.CharField("empreinte", max_length=64, blank=True)

    class Meta:
        verbose_name = "importation"

    def __str__(self):
        return self.name


class ImportedRow(models.Model):
    """What an import made of one row: the demand for infirmiers in Brussels, in the draft too.

    `owner`, `key` and `is_draft` name the fiche that has the row, or the thing that it is, as those
    of a `Revision` do: publishing and the wastebasket give both a new primary key. `before` is null
    where it made the row. They hold columns of the table, {"status": "shortage", "source_id": 4},
    or, where `is_document`, all that a content file says of the thing.
    """

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="rows", verbose_name="importation"
    )
    model = models.CharField("sorte", max_length=60)
    row_key = models.PositiveBigIntegerField("clé primaire")
    owner = models.CharField("sorte de ce qui l’a", max_length=60, blank=True)
    key = models.CharField("adresse de ce qui l’a", max_length=60, blank=True)
    is_draft = models.BooleanField("du brouillon", default=False)
    name = models.CharField("nom", max_length=240)
    is_document = models.BooleanField("tout un contenu", default=False)
    before = models.JSONField("avant", encoder=DjangoJSONEncoder, null=True)
    after = models.JSONField("après", encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "ligne importée"
        verbose_name_plural = "lignes importées"

    def __str__(self):
        return self.name

    @property
    def model_class(self):
        return apps.get_model(self.model)


def in_a_week():
    return timezone.now() + datetime.timedelta(days=7)


class MovedKey(models.Model):
    """What a thing was called before, or a double of it: older versions of others say so still.

    `row_key` is the primary key of a double that was merged: forms that were open then send it.
    """

    model = models.CharField(max_length=60)
    old = models.CharField(max_length=60)
    new = models.CharField(max_length=60)
    row_key = models.PositiveBigIntegerField(null=True)

    class Meta:
        verbose_name = "clé déplacée"
        verbose_name_plural = "clés déplacées"
        constraints = [models.UniqueConstraint(fields=["model", "old"], name="moved_key_once")]

    def __str__(self):
        return f"{self.old} → {self.new}"

    @classmethod
    def remember(cls, model, old, new, *, row_key=None):
        """`old` and all that it stood for is called `new`."""
        label = model._meta.label_lower
        cls.objects.filter(model=label, old=new).delete()
        cls.objects.filter(model=label, new=old).update(new=new)
        said = {"new": new, "row_key": row_key}
        cls.objects.update_or_create(model=label, old=old, defaults=said)

    @classmethod
    def of(cls, pairs):
        """The move of each (model, slug) that has one; for those under which nothing stands."""
        if not pairs:
            return {}
        moves = cls.objects.filter(old__in={slug for _, slug in pairs})
        by_name = {(move.model, move.old): move for move in moves}
        named = {(model, slug): (model._meta.label_lower, slug) for model, slug in pairs}
        return {pair: by_name[name] for pair, name in named.items() if name in by_name}

    @property
    def is_of_double(self):
        return self.row_key is not None

    @classmethod
    def merged(cls, pairs):
        """What stands for each (model, primary key) of a double that was merged; one of none, as
        nearly always, is no query.
        """
        found = {}
        for model in {model for model, _ in pairs}:
            keys = [key for other, key in pairs if other is model]
            moved = cls.objects.filter(model=model._meta.label_lower, row_key__in=keys)
            new = dict(moved.values_list("row_key", "new"))
            kept = {row.slug: row for row in model.objects.filter(slug__in=new.values())}
            found |= {(model, key): kept[slug] for key, slug in new.items() if slug in kept}
        return found


class PreviewLink(models.Model):
    """A page lent to a colleague without an account, until a day or until it is taken back.

    `draft` is the row that was lent, and the fiche that it became once published; a later draft of
    the same fiche is another. `metier` is that fiche, the row itself where nobody has read it yet.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    metier = models.ForeignKey(
        "metiers.Metier",
        on_delete=models.SET_NULL,
        null=True,
        related_name="preview_links",
        verbose_name="métier",
    )
    draft = models.ForeignKey(
        "metiers.Metier",
        on_delete=models.SET_NULL,
        null=True,
        related_name="lent_by",
        verbose_name="brouillon prêté",
    )
    user = user_key("preview_links", "prêté par")
    created_at = models.DateTimeField("créé le", default=timezone.now)
    expires_at = models.DateTimeField("jusqu’au", default=in_a_week)
    revoked_at = models.DateTimeField("repris le", null=True, blank=True)

    class Meta:
        verbose_name = "lien d’aperçu"
        verbose_name_plural = "liens d’aperçu"

    def __str__(self):
        return f"Aperçu jusqu’au {timezone.localtime(self.expires_at):%d/%m/%Y}"


class Report(models.Model):
    """« Le barème de 2023 a changé », said of a page by nobody in particular."""

    page = models.CharField("page", max_length=120)
    text = models.CharField("message", max_length=1000)
    day = models.DateField("jour", default=timezone.localdate)
    handled_at = models.DateTimeField("traité le", null=True, blank=True)
    handled_by = user_key("handled_reports", "traité par")
    note = models.CharField("suite donnée", max_length=240, blank=True)

    class Meta:
        verbose_name = "signalement"

    def __str__(self):
        return self.text[:60]


class ReportHour(models.Model):
    """How many messages came in the hour at hand: one row for all processes, written over by the
    next hour, so that nothing tells later when somebody wrote.
    """

    hour = models.DateTimeField("heure")
    count = models.PositiveIntegerField("nombre", default=0)

    class Meta:
        verbose_name = "messages de l’heure"

    def __str__(self):
        return f"{self.hour:%H}\u00a0h\u00a0: {self.count}"

    @classmethod
    def count_one(cls, most):
        """Whether one more is within `most`; it is then counted. In a transaction."""
        hour = timezone.now().replace(minute=0, second=0, microsecond=0)
        row, _ = cls.objects.select_for_update().get_or_create(pk=1, defaults={"hour": hour})
        if row.hour != hour:
            row.hour, row.count = hour, 0
        if row.count >= most:
            return False
        row.count += 1
        row.save()
        return True


class Tally(models.Model):
    """How often something happened on a day: fiche « infirmier » read 41 times on 2026-11-25."""

    class Kind(models.TextChoices):
        READ = "read", "Fiche lue"
        FINISHED = "finished", "Profil affiché"
        NOT_FOUND = "not_found", "Recherche sans résultat"

    day = models.DateField("jour")
    kind = models.CharField("sorte", max_length=10, choices=Kind)
    key = models.CharField("page ou mots", max_length=60, blank=True)
    count = models.PositiveIntegerField("nombre", default=0)

    class Meta:
        verbose_name = "compteur"
        constraints = [
            models.UniqueConstraint(fields=["day", "kind", "key"], name="tally_once_a_day"),
            models.CheckConstraint(condition=Q(count__gt=0), name="tally_counts"),
        ]

    def __str__(self):
        parts = (self.get_kind_display(), self.key, f"le {day(self.day)}")
        return ", ".join(filter(None, parts))
