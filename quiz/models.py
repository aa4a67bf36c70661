"""What the questionnaire asks; never what a visitor answers, which lives in addresses only."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from metiers.riasec import LETTERS, Dimension
from quiz.scoring import Norms

NUMBERS = {"type": "array", "items": {"type": "number"}}
NORMS_SCHEMA = {
    "type": "object",
    "required": list(Norms.__dataclass_fields__),
    "additionalProperties": False,
    "properties": dict.fromkeys(Norms.__dataclass_fields__, NUMBERS)
    | {"match_sd": {"type": "number"}, "factor_corr": {"type": "array", "items": NUMBERS}},
}
FIVE_TEXTS = {
    "type": "array",
    "items": {"type": "string", "minLength": 1},
    "minItems": 5,
    "maxItems": 5,
}


class TypedJSONField(models.JSONField):
    """JSON whose shape content files are checked against."""

    def __init__(self, *args, content_schema=None, **kwargs):
        self.content_schema = content_schema
        super().__init__(*args, **kwargs)


class QuestionSetQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=QuestionSet.Status.PUBLISHED)

    def with_questions(self):
        return self.prefetch_related(
            models.Prefetch("questions", Question.objects.order_by("position", "pk"))
        )


class QuestionSet(models.Model):
    """A numbered questionnaire with its norms; once published it never changes.

    Links carry the number, so that an old one keeps its meaning. `norms` are the constants of
    `quiz.scoring.Norms`, frozen with the set so that publishing a métier moves no other's band.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Brouillon"
        PUBLISHED = "published", "Publié"

    number = models.PositiveSmallIntegerField("numéro", unique=True)
    status = models.CharField("statut", max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateField("publié le", null=True, blank=True)
    prompt = models.CharField("consigne", max_length=120)
    answer_labels = TypedJSONField("cinq réponses", content_schema=FIVE_TEXTS)
    level_prompt = models.CharField("question sur les études", max_length=120)
    level_labels = TypedJSONField("cinq niveaux d’études", content_schema=FIVE_TEXTS)
    norms = TypedJSONField("normes", content_schema=NORMS_SCHEMA)

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        verbose_name = "jeu de questions"
        verbose_name_plural = "jeux de questions"
        constraints = [
            models.CheckConstraint(
                condition=Q(number__range=(1, 255)),
                name="question_set_number_fits_the_code",
                violation_error_message="Le numéro va de 1 à 255.",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False),
                name="question_set_published_has_date",
                violation_error_message="Un jeu publié a une date de publication.",
            ),
        ]

    def __str__(self):
        return f"Jeu {self.number}"

    def save(self, *args, **kwargs):
        self.refuse_change()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.refuse_change()
        return super().delete(*args, **kwargs)

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED

    def clean(self):
        self.refuse_change()
        try:
            Norms.from_dict(self.norms)
        except (AttributeError, TypeError, ValueError) as error:
            raise ValidationError(
                {"norms": f"Ces normes ne peuvent servir\u00a0: {error}"}
            ) from error

    def refuse_change(self):
        """ValidationError when what the database holds is published."""
        if QuestionSet.objects.published().filter(pk=self.pk).exists():
            raise ValidationError(
                "Un jeu publié ne change jamais : des liens partagés en dépendent. "
                "Crée un nouveau jeu."
            )


class Question(models.Model):
    """One statement: item « r1 », type R, « Réparer un vélo qui ne freine plus. »."""

    question_set = models.ForeignKey(
        QuestionSet, on_delete=models.CASCADE, related_name="questions", verbose_name="jeu"
    )
    item = models.SlugField("identifiant", max_length=10)
    position = models.PositiveSmallIntegerField("ordre")
    dimension = models.CharField(
        "type", max_length=1, choices=[(d.value, d.label) for d in Dimension]
    )
    is_core = models.BooleanField("dans les 18 premières", default=False)
    text = models.CharField("phrase", max_length=120)

    class Meta:
        verbose_name = "question"
        constraints = [
            models.UniqueConstraint(fields=["question_set", "item"], name="question_item_once"),
            models.UniqueConstraint(
                fields=["question_set", "position"], name="question_position_once"
            ),
            models.CheckConstraint(
                condition=Q(dimension__in=list(LETTERS)),
                name="question_of_a_dimension",
                violation_error_message="Le type est R, I, A, S, E ou C.",
            ),
            models.CheckConstraint(
                condition=Q(position__range=(1, 36)),
                name="question_position_fits_the_code",
                violation_error_message="L’ordre va de 1 à 36.",
            ),
        ]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        self.question_set.refuse_change()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self.question_set.refuse_change()
        return super().delete(*args, **kwargs)

    def clean(self):
        self.question_set.refuse_change()
