"""The métier, with everything that its fiche shows."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from careerguide import french
from careerguide.content.registry import documents
from metiers import studies
from metiers.card import Card
from metiers.riasec import LETTERS

from .fields import slug
from .picture import picture_key
from .reference import Area, Criterion, Sector, Source
from .rows import SimilarMetier

REQUIRED_TEXTS = (
    "name_masculine",
    "name_feminine",
    "short_name",
    "catch_line",
    "teaser",
    "introduction",
    "studies_headline",
    "qualities_headline",
    "conditions_headline",
)
REQUIRED_LISTS = (
    "missions",
    "tools",
    "workplaces",
    "strengths",
    "weaknesses",
    "tips",
    "self_assessment",
)
ENTRY_ABOVE_USUAL = "Le niveau à l’entrée ne dépasse pas le niveau d’études habituel."
KEPT_FOR_FILES = (
    "Cette adresse est le nom d’un autre fichier de contenu\u00a0: prends le nom du métier."
)
INTEREST_FIELDS = tuple(f"interest_{letter.lower()}" for letter in LETTERS)


class Status(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    REVIEW = "review", "À relire"
    PUBLISHED = "published", "Publié"


def complete_when_published():
    """What the métier's own row must hold to be public; the rows are counted by `completeness`."""
    complete = Q(published_at__isnull=False, reviewed_date__isnull=False)
    for name in INTEREST_FIELDS:
        complete &= Q(**{f"{name}__isnull": False})
    for name in REQUIRED_TEXTS:
        complete &= ~Q(**{name: ""})
    for name in REQUIRED_LISTS:
        complete &= ~Q(**{name: []})
    return ~Q(status=Status.PUBLISHED) | complete


def interests_in_range():
    within = Q()
    for name in INTEREST_FIELDS:
        within &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (0, 100)})
    return within


class MetierQuerySet(models.QuerySet):
    def published(self):
        """Those that visitors see today: from their date on, until the day of their withdrawal."""
        today = timezone.localdate()
        return self.filter(status=Status.PUBLISHED, published_at__lte=today).exclude(
            withdrawn_at__lte=today
        )

    def scheduled(self):
        """Published from a day that is yet to come."""
        return self.filter(status=Status.PUBLISHED, published_at__gt=timezone.localdate())

    def nearest_to(self, metier):
        """Published métiers, the nearest in interests first (squared distance)."""
        distance = sum(
            (F(name) - getattr(metier, name)) * (F(name) - getattr(metier, name))
            for name in INTEREST_FIELDS
        )
        return (
            self.published()
            .exclude(pk__in=[metier.pk, metier.draft_of_id])
            .filter(interest_r__isnull=False)
            .annotate(distance=distance)
            .order_by("distance", "pk")
        )


def lines(verbose_name, help_text=""):
    return models.JSONField(
        verbose_name, default=list, blank=True, help_text=help_text or "Un texte par ligne."
    )


def interest(label):
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )


class OriginalsManager(models.Manager.from_queryset(MetierQuerySet)):
    """The métiers of the guide, without the copies that editors work on."""

    def get_queryset(self):
        return super().get_queryset().filter(draft_of=None)


def _is_kept_for_files(address):
    """« 12 » and « sectors » name another content file than a fiche's, wherever that one comes
    without its folder.
    """
    lists = (document.path for document in documents() if not document.one_per_file)
    return address.isdecimal() or f"{address}.yaml" in lists


class Metier(Card, models.Model):
    """An occupation as people do it in French-speaking Belgium: « infirmier, infirmière ».

    A published row is what visitors read; it is edited in a copy of its own, `draft_of` it, whose
    content replaces it when the copy is published (`desk.workflow`).
    """

    slug = slug("adresse")
    status = models.CharField("statut", max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateField("publié le", null=True, blank=True)
    withdrawn_at = models.DateField("retiré le", null=True, blank=True)
    reviewed_date = models.DateField("relu le", null=True, blank=True)
    draft_of = models.OneToOneField(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="draft",
        verbose_name="brouillon de",
    )

    name_masculine = models.CharField("nom masculin", max_length=80)
    name_feminine = models.CharField("nom féminin", max_length=80)
    short_name = models.CharField("nom court", max_length=80, help_text="« électricien·ne »")
    synonyms = lines("synonymes et sigles")
    of_masculine_override = models.CharField(
        "forme « de » au masculin", max_length=90, blank=True, help_text="Vide : calculée."
    )
    of_feminine_override = models.CharField(
        "forme « de » au féminin", max_length=90, blank=True, help_text="Vide : calculée."
    )
    the_masculine_override = models.CharField(
        "forme « le » au masculin", max_length=90, blank=True, help_text="Vide : calculée."
    )
    the_feminine_override = models.CharField(
        "forme « la » au féminin", max_length=90, blank=True, help_text="Vide : calculée."
    )

    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, related_name="metiers", verbose_name="secteur"
    )
    rome_code = models.CharField("code ROME", max_length=5, blank=True)
    isco_code = models.CharField("code ISCO", max_length=4, blank=True)

    catch_line = models.CharField("accroche", max_length=60, blank=True)
    teaser = models.CharField("chapeau", max_length=240, blank=True)
    introduction = models.TextField(
        "introduction",
        blank=True,
        help_text="120 à 200 mots ; une ligne vide entre deux paragraphes.",
    )

    study_level = models.PositiveSmallIntegerField("niveau d’études", choices=studies.LEVELS)
    entry_level = models.PositiveSmallIntegerField(
        "niveau d’études à l’entrée",
        choices=studies.LEVELS,
        null=True,
        blank=True,
        help_text="Le plus bas par lequel on y entre vraiment en Belgique. Vide\u00a0: le même.",
    )
    study_years = models.PositiveSmallIntegerField("années après le CESS", default=0)
    studies_headline = models.CharField("études", max_length=50, blank=True)
    studies_detail = models.CharField("études, détail", max_length=120, blank=True)
    qualities_headline = models.CharField("qualités clés", max_length=60, blank=True)
    qualities_detail = models.CharField("qualités clés, détail", max_length=120, blank=True)
    salary_detail = models.CharField("salaire, détail", max_length=120, blank=True)
    conditions_headline = models.CharField("conditions", max_length=60, blank=True)
    conditions_detail = models.CharField("conditions, détail", max_length=120, blank=True)

    missions = lines("missions")
    tools = lines("outils", "Une ligne par outil : « Mesure : multimètre, pince ».")
    workplaces = lines("lieux de travail", "Une ligne par lieu : « Hôpital : en équipe ».")
    strengths = lines("points forts")
    weaknesses = lines("points faibles")
    tips = lines("conseils")
    self_assessment = lines("auto-évaluation")

    is_regulated = models.BooleanField("accès réglementé", default=False)
    regulation = models.TextField("ce que dit la règle", blank=True)
    regulation_url = models.URLField("organisme", blank=True)

    interest_r = interest("intérêt R, le concret")
    interest_i = interest("intérêt I, comprendre")
    interest_a = interest("intérêt A, créer")
    interest_s = interest("intérêt S, aider")
    interest_e = interest("intérêt E, convaincre")
    interest_c = interest("intérêt C, organiser")

    picture = picture_key("metiers")
    areas = models.ManyToManyField(
        Area, related_name="metiers", blank=True, verbose_name="zones d’emploi"
    )
    criteria = models.ManyToManyField(
        Criterion, related_name="metiers", blank=True, verbose_name="critères"
    )
    sources = models.ManyToManyField(
        Source, related_name="metiers", blank=True, verbose_name="sources"
    )
    similar = models.ManyToManyField(
        "self", through=SimilarMetier, symmetrical=False, verbose_name="métiers voisins"
    )

    objects = OriginalsManager()
    with_drafts = MetierQuerySet.as_manager()

    class Meta:
        verbose_name = "métier"
        permissions = [("publish_metier", "Peut publier et retirer un métier")]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(draft_of=None),
                name="metier_slug_once",
                violation_error_message="Un métier avec cette adresse existe déjà.",
            ),
            models.CheckConstraint(
                condition=Q(draft_of=None) | ~Q(status=Status.PUBLISHED),
                name="metier_draft_is_not_published",
                violation_error_message="Un brouillon remplace sa fiche : il n’est pas publié.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("published_at")),
                name="metier_withdrawn_after_published",
                violation_error_message="Le retrait vient après la publication.",
            ),
            models.CheckConstraint(
                condition=complete_when_published(),
                name="metier_published_is_complete",
                violation_error_message="Pour publier, il faut les deux dates, les six intérêts, "
                "tous les textes et une ligne au moins dans chaque liste.",
            ),
            models.CheckConstraint(
                condition=interests_in_range(),
                name="metier_interests_0_to_100",
                violation_error_message="Un intérêt va de 0 à 100.",
            ),
            models.CheckConstraint(
                condition=Q(study_level__range=(1, 5)),
                name="metier_study_level_1_to_5",
                violation_error_message="Le niveau d’études va de 1 à 5.",
            ),
            models.CheckConstraint(
                condition=Q(entry_level=None)
                | Q(entry_level__gte=1, entry_level__lte=F("study_level")),
                name="metier_entry_level_at_most_usual",
                violation_error_message=ENTRY_ABOVE_USUAL,
            ),
            models.CheckConstraint(
                condition=Q(is_regulated=False) | ~Q(regulation=""),
                name="metier_regulated_says_how",
                violation_error_message="Dis quelle est la règle d’un accès réglementé.",
            ),
        ]
        indexes = [models.Index(fields=["status", "published_at"], name="metier_public")]

    def __str__(self):
        return self.name_both

    def clean(self):
        if self.draft_of_id is None and _is_kept_for_files(self.slug):
            raise ValidationError({"slug": KEPT_FOR_FILES})
        if self.entry_level and self.study_level and self.entry_level > self.study_level:
            raise ValidationError({"entry_level": ENTRY_ABOVE_USUAL})

    @property
    def entry_and_usual(self):
        """« Possible dès le secondaire, le plus souvent un bachelier. », or nothing to add."""
        if not self.has_lower_entry:
            return ""
        return studies.entry_and_usual(self.entry_level, self.study_level)

    @property
    def of_masculine(self):
        return self.of_masculine_override or french.of(self.name_masculine)

    @property
    def of_feminine(self):
        return self.of_feminine_override or french.of(self.name_feminine)

    @property
    def of_both(self):
        """« d’infirmier ou d’infirmière », « de graphiste »."""
        return french.both(self.of_masculine, self.of_feminine, separator=" ou ")

    @property
    def the_masculine(self):
        return self.the_masculine_override or french.the(self.name_masculine)

    @property
    def the_feminine(self):
        return self.the_feminine_override or french.the(self.name_feminine, feminine=True)

    @property
    def interests(self):
        """Six values from 0 to 100 in the order R I A S E C, or None where not yet judged."""
        values = tuple(getattr(self, name) for name in INTEREST_FIELDS)
        return None if None in values else values

    @property
    def paragraphs(self):
        return [part.strip() for part in self.introduction.split("\n\n") if part.strip()]
