"""The reference lists that métiers share."""

from urllib.parse import urlsplit

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from metiers.addresses import school_address

from .fields import monthly_pay, slug, year
from .picture import picture_key


def search_words():
    return models.JSONField(
        "mots de recherche",
        default=list,
        blank=True,
        help_text="Ce que les visiteurs tapent pour dire cela, une expression par ligne.",
    )


class Line(models.TextChoices):
    """The fourteen line colours of the style sheet; a sector wears one."""

    SANTE = "sante", "rouge (santé)"
    SOCIAL = "social", "rose (social)"
    ENSEIGNEMENT = "enseignement", "violet (enseignement)"
    CONSTRUCTION = "construction", "brique (construction)"
    INDUSTRIE = "industrie", "acier (industrie)"
    TRANSPORT = "transport", "bleu (transport)"
    HORECA = "horeca", "ocre (horeca)"
    NUMERIQUE = "numerique", "canard (numérique)"
    GESTION = "gestion", "indigo (gestion)"
    COMMUNICATION = "communication", "orange (communication)"
    ARTS = "arts", "magenta (arts)"
    NATURE = "nature", "vert (nature)"
    SECURITE = "securite", "ardoise (sécurité)"
    BIEN_ETRE = "bien-etre", "émeraude (bien-être)"


class Sector(models.Model):
    """A line of the network: « Santé », « Construction »."""

    slug = slug("adresse", unique=True)
    name = models.CharField("nom", max_length=60)
    line = models.CharField("couleur de ligne", max_length=20, choices=Line)
    position = models.PositiveSmallIntegerField("ordre", default=0)
    description = models.TextField("description", blank=True)
    introduction = models.TextField(
        "introduction",
        blank=True,
        help_text="La page du secteur ; une ligne vide entre deux paragraphes.",
    )
    search_words = search_words()
    picture = picture_key("sectors")

    class Meta:
        verbose_name = "secteur"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("metiers:sector", args=[self.slug])


class CriterionGroup(models.TextChoices):
    CONDITIONS = "conditions", "Conditions"
    WORK = "work", "Type de travail"
    STUDIES = "studies", "Voies d’études"
    STATUS = "status", "Statut"


class Criterion(models.Model):
    """Something a visitor can wish for or refuse: « La nuit », « En équipe »."""

    slug = slug("adresse", unique=True)
    name = models.CharField("nom", max_length=60)
    group = models.CharField("groupe", max_length=20, choices=CriterionGroup)
    description = models.TextField("description", blank=True)
    introduction = models.TextField(
        "introduction",
        blank=True,
        help_text="La page du critère ; une ligne vide entre deux paragraphes.",
    )
    search_words = search_words()

    class Meta:
        verbose_name = "critère"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("metiers:criterion", args=[self.slug])


class Region(models.TextChoices):
    WALLONIA = "wallonia", "Wallonie"
    BRUSSELS = "brussels", "Bruxelles"
    FLANDERS = "flanders", "Flandre"
    ABROAD = "abroad", "À l’étranger"


class Area(models.Model):
    """A basin of employment: « Charleroi et Gosselies »."""

    slug = slug("adresse", unique=True)
    name = models.CharField("nom", max_length=80)
    region = models.CharField("région", max_length=20, choices=Region)

    class Meta:
        verbose_name = "zone d’emploi"
        verbose_name_plural = "zones d’emploi"

    def __str__(self):
        return self.name


class SchoolKind(models.TextChoices):
    UNIVERSITY = "university", "Université"
    UNIVERSITY_COLLEGE = "university_college", "Haute école"
    ART_SCHOOL = "art_school", "École supérieure des arts"
    ADULT_EDUCATION = "adult_education", "Enseignement pour adultes"
    SECONDARY = "secondary", "Enseignement secondaire"
    APPRENTICESHIP = "apprenticeship", "Alternance et PME"
    TRAINING_CENTRE = "training_centre", "Centre de formation"
    BUSINESS_SCHOOL = "business_school", "École de gestion"


class School(models.Model):
    """Where one trains: « HELMo », haute école, Liège."""

    slug = slug("adresse", unique=True)
    name = models.CharField("nom", max_length=120)
    kind = models.CharField("type", max_length=20, choices=SchoolKind)
    place = models.CharField("lieux", max_length=120)
    website = models.URLField("site web", blank=True)
    picture = picture_key("schools")

    class Meta:
        verbose_name = "établissement"

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return school_address(self.slug)

    @property
    def host(self):
        """« helmo.be » of « https://www.helmo.be/ »."""
        return urlsplit(self.website).netloc.removeprefix("www.")


class Source(models.Model):
    """Where a figure or a fact was read: « Structure des salaires 2022 », Statbel."""

    slug = slug("clé", unique=True)
    title = models.CharField("titre", max_length=160)
    publisher = models.CharField("éditeur", max_length=160)
    year = year("année", null=True, blank=True)
    url = models.URLField("adresse web", blank=True, max_length=300)
    licence = models.CharField("licence", max_length=40, blank=True)
    note = models.CharField("remarque", max_length=240, blank=True)

    class Meta:
        verbose_name = "source"

    def __str__(self):
        return f"{self.publisher}, {self.title}"


class GlossaryTerm(models.Model):
    """A technical word and the spellings to recognise in running text."""

    slug = slug("ancre", unique=True)
    term = models.CharField("terme", max_length=80)
    forms = models.JSONField(
        "formes reconnues",
        default=list,
        help_text="Une forme par ligne, au singulier et au pluriel.",
    )
    definition = models.TextField("définition")

    class Meta:
        verbose_name = "terme du glossaire"
        verbose_name_plural = "glossaire"

    def __str__(self):
        return self.term


class PayBenchmark(models.Model):
    """Gross monthly pay of full-time employees in Belgium, in euros; the newest year is shown.

    Statbel 2022: median 3 728 €, one in ten under 2 443 €, one in ten over 6 305 €.
    """

    slug = slug("clé", unique=True)
    amount = monthly_pay("médiane (€ brut par mois)")
    low_decile = monthly_pay("un sur dix gagne moins de (€)")
    high_decile = monthly_pay("un sur dix gagne plus de (€)")
    mean = monthly_pay("moyenne (€)")
    year = year("année", unique=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="benchmarks", verbose_name="source"
    )

    class Meta:
        verbose_name = "repère salarial belge"
        verbose_name_plural = "repères salariaux belges"
        constraints = [
            models.CheckConstraint(
                condition=Q(low_decile__lt=F("amount")) & Q(amount__lt=F("high_decile")),
                name="benchmark_median_between_deciles",
                violation_error_message="La médiane se trouve entre les deux déciles.",
            )
        ]

    def __str__(self):
        return f"Médiane belge {self.year}"
