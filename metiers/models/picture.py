"""A picture of the guide: what is kept is its clean original; the sizes served are made from it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from metiers.pictures.licences import licence_url
from metiers.pictures.sizes import EXTENSIONS, widths_of

from .fields import slug

FALLBACK_WIDTH = 640


class PictureQuerySet(models.QuerySet):
    def unused(self):
        """Those that no métier, draft, sector or school shows."""
        return self.filter(metiers=None, sectors=None, schools=None)


class Picture(models.Model):
    """A photograph or drawing: « Une soudeuse règle son poste », credited, under CC BY 4.0.

    `digest` names the original by its content, and the files made from it: what is served under
    that name never changes.
    """

    slug = slug("clé", unique=True)
    file = models.FileField("fichier", upload_to="pictures")
    digest = models.CharField("empreinte", max_length=64, editable=False)
    width = models.PositiveIntegerField("largeur (px)", editable=False)
    height = models.PositiveIntegerField("hauteur (px)", editable=False)
    alternative = models.CharField(
        "texte de remplacement",
        max_length=200,
        blank=True,
        help_text="Ce que l’image apprend à qui ne la voit pas.",
    )
    is_decorative = models.BooleanField("décorative : n’apprend rien", default=False)
    credit = models.CharField("crédit", max_length=120)
    licence = models.CharField("licence", max_length=40, help_text="« CC BY 4.0 »")
    origin = models.URLField("page d’origine", blank=True, max_length=300)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = "image"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=True, alternative="")
                | Q(is_decorative=False) & ~Q(alternative=""),
                name="picture_has_an_alternative_or_is_decorative",
                violation_error_message="Écris ce que montre l’image, ou coche « décorative ».",
            )
        ]

    def __str__(self):
        return self.alternative or self.slug

    @property
    def widths(self):
        return widths_of(self.width)

    def address(self, width, extension):
        return reverse("metiers:picture", args=[self.digest, width, extension])

    @property
    def thumbnail(self):
        return self.address(self.widths[0], "webp")

    @property
    def fallback(self):
        """What a browser that knows no `srcset` shows: the WebP nearest to 640 pixels."""
        return self.address(min(self.widths, key=lambda w: abs(w - FALLBACK_WIDTH)), "webp")

    @property
    def sources(self):
        """For each type, the smallest files first: every width with its address, as `srcset`."""
        return [
            {
                "type": f"image/{extension}",
                "srcset": ", ".join(f"{self.address(w, extension)} {w}w" for w in self.widths),
            }
            for extension in EXTENSIONS
        ]

    @property
    def licence_url(self):
        return licence_url(self.licence)


def picture_key(related_name):
    """The picture of something that may have one; what is shown can't be deleted."""
    return models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name="image",
    )
