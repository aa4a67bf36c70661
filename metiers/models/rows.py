"""The blocks of a fiche that are rows of their own, each belonging to one métier."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from careerguide.typography import grouped
from metiers.riasec import Dimension

from .fields import MOST_PAY, TOO_MUCH_PAY, monthly_pay, year
from .reference import Region, School, Source


class Block(models.TextChoices):
    """The anchors of a fiche, promises like addresses: `/metiers/infirmier/#missions`."""

    PRESENTATION = "presentation", "le métier en bref"
    FIGURES = "chiffres", "le métier en chiffres"
    MISSIONS = "missions", "les missions"
    TOOLS = "outils", "les outils"
    WORKPLACES = "lieux", "les lieux de travail"
    DAY = "journee", "une journée"
    TESTIMONY = "temoignage", "le portrait"
    SALARY = "salaire", "le salaire"
    STRENGTHS = "points-forts", "les points forts"
    WEAKNESSES = "points-faibles", "les points faibles"
    DEMAND = "demande", "la demande en Belgique"
    TRAINING = "formation", "les études"
    SCHOOLS = "ou-se-former", "où se former et travailler"
    BELGIAN_FACTS = "faits-belges", "les faits belges"
    TIPS = "conseils", "les conseils"
    SELF_ASSESSMENT = "auto-evaluation", "l’auto-évaluation"
    FAQ = "faq", "les questions fréquentes"
    SIMILAR = "metiers-similaires", "les métiers voisins"
    CRITERIA = "criteres", "les critères"
    SOURCES = "sources", "les sources"


class Scope(models.TextChoices):
    BELGIUM = "belgium", "Belgique"
    FWB = "fwb", "Fédération Wallonie-Bruxelles"
    WALLONIA = "wallonia", "Wallonie"
    BRUSSELS = "brussels", "Bruxelles"
    FLANDERS = "flanders", "Flandre"


class Row(models.Model):
    """A row of a fiche; `position` keeps the editor's order."""

    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        abstract = True


def metier_key(related_name, verbose_name="métier"):
    return models.ForeignKey(
        "metiers.Metier",
        on_delete=models.CASCADE,
        related_name=related_name,
        verbose_name=verbose_name,
    )


def source_key(related_name):
    return models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name="source",
    )


def has_provenance():
    """A figure stands on a source and a year, or says that it is an estimate."""
    return Q(source__isnull=False, year__isnull=False) | Q(is_estimate=True)


class InterestEvidence(Row):
    """What in this work speaks for an interest, or against a low one, and the block to prove it.

    Quoted as a reason by who likes what the work asks, or dislikes what it lacks: the sentence of
    an interest lower than most métiers' says what is not there, and `is_low` says that it does.

    For the comptable, C: « Chaque facture est vérifiée, classée, encodée. », block `missions`.
    """

    metier = metier_key("evidence")
    dimension = models.CharField(
        "type", max_length=1, choices=[(d.value, d.label) for d in Dimension]
    )
    evidence = models.CharField(
        "phrase",
        max_length=140,
        help_text=(
            "Ce que le travail en demande\u00a0; pour un intérêt plus faible que dans la plupart "
            "des métiers, ce qu’il n’en demande pas."
        ),
    )
    block = models.CharField("bloc qui le montre", max_length=20, choices=Block)
    is_low = models.BooleanField(
        "dit ce qui manque",
        default=False,
        help_text="La phrase dit ce que le métier n’a pas, ou n’a qu’un peu.",
    )

    class Meta:
        verbose_name = "preuve d’intérêt"
        verbose_name_plural = "preuves d’intérêt"
        constraints = [
            models.UniqueConstraint(
                fields=["metier", "dimension"], name="evidence_once_per_dimension"
            )
        ]

    def __str__(self):
        return self.evidence


WITHOUT_SECONDS = "Une heure s’écrit sans secondes, comme 08:30."


class TypicalHour(Row):
    """A stop of the typical day: 08:00, « Tour des chambres »."""

    metier = metier_key("hours")
    starts_at = models.TimeField("heure")
    title = models.CharField("titre", max_length=40)
    text = models.CharField("texte", max_length=200)

    class Meta:
        verbose_name = "heure de la journée"
        verbose_name_plural = "journée type"

    def __str__(self):
        return self.title

    def clean(self):
        """An hour has no seconds: the files write none."""
        if self.starts_at and self.starts_at != self.starts_at.replace(second=0, microsecond=0):
            raise ValidationError({"starts_at": WITHOUT_SECONDS})


class BelgianFact(Row):
    """A fact that holds only in Belgium, with its source where there is one."""

    metier = metier_key("belgian_facts")
    text = models.CharField("texte", max_length=300)
    year = year("année", null=True, blank=True)
    source = source_key("belgian_facts")

    class Meta:
        verbose_name = "fait belge"
        verbose_name_plural = "faits belges"

    def __str__(self):
        return self.text


class Track(models.TextChoices):
    """Two parallel lines that part after the secondary school and meet again."""

    TRUNK = "trunk", "Tronc commun"
    DIRECT = "direct", "Voie directe"
    OTHER = "other", "Autre voie"


class TrainingStep(Row):
    """A station on the way to a métier: « Bachelier en soins infirmiers », 4 ans, haute école."""

    metier = metier_key("training_steps")
    track = models.CharField("voie", max_length=10, choices=Track, default=Track.TRUNK)
    title = models.CharField("titre", max_length=80)
    year = models.CharField("année", max_length=60)
    place = models.CharField("lieu", max_length=100)
    duration = models.CharField("durée", max_length=60)
    text = models.CharField("texte", max_length=240, blank=True)

    class Meta:
        verbose_name = "étape de formation"
        verbose_name_plural = "étapes de formation"

    def __str__(self):
        return self.title


class FrequentQuestion(Row):
    """« Faut-il parler néerlandais ? » and an answer of 40 to 90 words."""

    metier = metier_key("faq")
    question = models.CharField("question", max_length=160)
    answer = models.TextField("réponse")

    class Meta:
        verbose_name = "question fréquente"
        verbose_name_plural = "questions fréquentes"

    def __str__(self):
        return self.question


class Figure(Row):
    """A number that says its unit, its year, where it holds and where it was read.

    « 206 444 personnes, infirmiers en droit de prester, Belgique, 2023, INAMI ».
    """

    metier = metier_key("figures")
    label = models.CharField("intitulé", max_length=120)
    value = models.DecimalField("valeur", max_digits=12, decimal_places=2)
    value_max = models.DecimalField(
        "jusqu’à", max_digits=12, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField("unité", max_length=60)
    year = year("année", null=True, blank=True)
    scope = models.CharField("territoire", max_length=10, choices=Scope, default=Scope.BELGIUM)
    source = source_key("figures")
    is_estimate = models.BooleanField("estimation", default=False)
    is_pay = models.BooleanField(
        "sur l’axe des salaires", default=False, help_text="Montant en € brut par mois."
    )

    class Meta:
        verbose_name = "chiffre"
        constraints = [
            models.CheckConstraint(
                condition=~Q(unit=""),
                name="figure_has_unit",
                violation_error_message="Un chiffre a une unité.",
            ),
            models.CheckConstraint(
                condition=has_provenance(),
                name="figure_has_provenance",
                violation_error_message="Il faut la source et l’année, ou cocher « estimation ».",
            ),
            models.CheckConstraint(
                condition=Q(value_max__isnull=True) | Q(value_max__gt=F("value")),
                name="figure_range_rises",
                violation_error_message="« Jusqu’à » est plus grand que la valeur.",
            ),
        ]

    def __str__(self):
        return self.label

    def clean(self):
        highest = max(filter(None, (self.value, self.value_max)), default=0)
        if self.is_pay and highest > MOST_PAY:
            raise ValidationError({"value": TOO_MUCH_PAY})


class SalaryScale(models.Model):
    """Gross monthly pay, full time, in euros, at three levels of experience; it never goes down."""

    metier = models.OneToOneField(
        "metiers.Metier", on_delete=models.CASCADE, related_name="salary", verbose_name="métier"
    )
    junior_low = monthly_pay("début, de (€)")
    junior_high = monthly_pay("début, à (€)")
    mid_low = monthly_pay("après quelques années, de (€)")
    mid_high = monthly_pay("après quelques années, à (€)")
    senior_low = monthly_pay("avec beaucoup d’expérience, de (€)")
    senior_high = monthly_pay("avec beaucoup d’expérience, à (€)")
    year = year("année")
    scope = models.CharField("territoire", max_length=10, choices=Scope, default=Scope.BELGIUM)
    source = source_key("salaries")
    is_estimate = models.BooleanField("estimation", default=False)
    comment = models.CharField("remarque", max_length=240, blank=True)

    class Meta:
        verbose_name = "salaire"
        constraints = [
            models.CheckConstraint(
                condition=Q(junior_low__gt=0)
                & Q(junior_low__lte=F("junior_high"))
                & Q(mid_low__lte=F("mid_high"))
                & Q(senior_low__lte=F("senior_high")),
                name="salary_range_rises",
                violation_error_message="Chaque fourchette monte, à partir d’un euro.",
            ),
            models.CheckConstraint(
                condition=Q(junior_low__lte=F("mid_low"))
                & Q(mid_low__lte=F("senior_low"))
                & Q(junior_high__lte=F("mid_high"))
                & Q(mid_high__lte=F("senior_high")),
                name="salary_rises_with_experience",
                violation_error_message="Le salaire ne baisse pas avec l’expérience.",
            ),
            models.CheckConstraint(
                condition=has_provenance(),
                name="salary_has_provenance",
                violation_error_message="Il faut la source et l’année, ou cocher « estimation ».",
            ),
        ]

    def __str__(self):
        low, high = grouped(str(self.junior_low)), grouped(str(self.senior_high))
        return f"{low}–{high}\u00a0€ ({self.year})"


class DemandStatus(models.TextChoices):
    SHORTAGE = "shortage", "En pénurie"
    CRITICAL = "critical", "Fonction critique"
    ABSENT = "absent", "Pas dans la liste"
    RECURRING = "recurring", "Souvent cité"
    UNVERIFIED = "unverified", "Non vérifié"


class Demand(Row):
    """Whether a region's employment service lists the métier: Actiris, 2025, en pénurie."""

    LISTED = (DemandStatus.SHORTAGE, DemandStatus.CRITICAL, DemandStatus.ABSENT)
    SERVICES = {
        Region.WALLONIA.value: "Le Forem",
        Region.BRUSSELS.value: "Actiris",
        Region.FLANDERS.value: "VDAB",
    }

    metier = metier_key("demands")
    region = models.CharField("région", max_length=10, choices=Region)
    status = models.CharField("statut", max_length=12, choices=DemandStatus)
    year = year("année de la liste", null=True, blank=True)
    source = source_key("demands")
    note = models.CharField("remarque", max_length=200, blank=True)

    class Meta:
        verbose_name = "demande régionale"
        verbose_name_plural = "demande dans les trois régions"
        constraints = [
            models.UniqueConstraint(fields=["metier", "region"], name="demand_once_per_region"),
            models.CheckConstraint(
                condition=~Q(status__in=["shortage", "critical", "absent"])
                | Q(year__isnull=False, source__isnull=False),
                name="demand_listed_has_year_and_source",
                violation_error_message="Ce que dit une liste a une année et une source.",
            ),
            models.CheckConstraint(
                condition=Q(region__in=["wallonia", "brussels", "flanders"]),
                name="demand_in_a_belgian_region",
                violation_error_message="La demande se dit pour une des trois régions belges.",
            ),
        ]

    def __str__(self):
        return f"{self.get_region_display()} : {self.get_status_display()}"

    @property
    def service(self):
        return self.SERVICES[self.region]


class Testimony(models.Model):
    """Words of somebody who agreed to it in writing, or a composite portrait that says so."""

    class Kind(models.TextChoices):
        REAL = "real", "Témoignage réel"
        COMPOSITE = "composite", "Portrait composite"

    metier = models.OneToOneField(
        "metiers.Metier", on_delete=models.CASCADE, related_name="testimony", verbose_name="métier"
    )
    kind = models.CharField("nature", max_length=10, choices=Kind)
    text = models.TextField("texte")
    context = models.CharField("contexte", max_length=120, blank=True)
    author = models.CharField("auteur ou autrice", max_length=80, blank=True)
    consent_date = models.DateField("consentement écrit du", null=True, blank=True)

    class Meta:
        verbose_name = "témoignage"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="composite", author="", consent_date__isnull=True)
                | Q(kind="real", consent_date__isnull=False) & ~Q(author=""),
                name="testimony_real_with_consent_or_composite",
                violation_error_message="Un témoignage réel a un auteur et la date de son accord "
                "écrit ; un portrait composite n’a ni l’un ni l’autre.",
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class SchoolOffer(Row):
    """What a school offers towards a métier: HELMo, « bachelier en soins infirmiers »."""

    metier = metier_key("offers")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, related_name="offers", verbose_name="établissement"
    )
    programme = models.CharField("formation", max_length=100)

    class Meta:
        verbose_name = "établissement qui y forme"
        verbose_name_plural = "établissements qui y forment"
        constraints = [
            models.UniqueConstraint(fields=["metier", "school", "programme"], name="offer_once")
        ]

    def __str__(self):
        return self.programme


class SimilarMetier(Row):
    """A neighbour chosen by the editor; the nearest interests complete the list."""

    metier = metier_key("similar_rows")
    other = metier_key("similar_of", "métier voisin")

    class Meta:
        verbose_name = "métier voisin"
        verbose_name_plural = "métiers voisins"
        constraints = [
            models.UniqueConstraint(fields=["metier", "other"], name="similar_once"),
            models.CheckConstraint(
                condition=~Q(metier=F("other")),
                name="similar_is_another",
                violation_error_message="Un métier n’est pas son propre voisin.",
            ),
        ]

    def __str__(self):
        return str(self.other)
