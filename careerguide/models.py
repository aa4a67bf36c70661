"""Which state of the content this is: what is kept in memory asks for it before it is used."""

from django.db import models


class Edition(models.Model):
    """One row, whose stamp every write to the content's tables replaces by a new random one.

    Triggers do it (`careerguide.edition`), so that a bulk update, another process or a line of SQL
    counts as much as an editor's click.
    """

    stamp = models.CharField("estampille", max_length=36)

    class Meta:
        verbose_name = "état du contenu"
        verbose_name_plural = "états du contenu"

    def __str__(self):
        return self.stamp
