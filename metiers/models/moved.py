from django.db import models

LONGEST_PATH = 120


class MovedAddress(models.Model):
    """An address that was promised, and where it leads now: `/ecoles/helmo-2/` → `/ecoles/helmo/`.

    Written when doubles are merged or an address is renamed; a visitor's bookmark still arrives.
    """

    old = models.CharField("ancienne adresse", max_length=LONGEST_PATH, unique=True)
    new = models.CharField("nouvelle adresse", max_length=LONGEST_PATH)

    class Meta:
        verbose_name = "adresse déplacée"
        verbose_name_plural = "adresses déplacées"

    def __str__(self):
        return f"{self.old} → {self.new}"

    @classmethod
    def remember(cls, old, new):
        """Lead `old` to `new`, and what led to `old` too; an address in use leads nowhere else."""
        if old == new:
            return
        cls.objects.filter(old=new).delete()
        cls.objects.filter(new=old).update(new=new)
        cls.objects.update_or_create(old=old, defaults={"new": new})
