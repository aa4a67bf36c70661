"""Fields that several models share, with the limits past which a number is a slip of the finger."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_PAY = 100_000
"""Euros gross a month; beyond it somebody typed a digit too many."""

TOO_MUCH_PAY = "Plus de 100\u202f000\u00a0€ par mois\u00a0: vérifie le nombre de chiffres."
LOWER_CASE = RegexValidator(
    r"\A[^A-Z]*\Z", "Des minuscules, des chiffres et des traits d’union, sans majuscule."
)
_NO_YEAR = "Une année s’écrit en quatre chiffres, de 1900 à 2100."


def slug(verbose_name, **options):
    """A key as the content files write it: « infirmier-en-chef », without a capital."""
    return models.SlugField(verbose_name, validators=[LOWER_CASE], **options)


def year(verbose_name, **options):
    return models.PositiveSmallIntegerField(
        verbose_name,
        validators=[
            MinValueValidator(FIRST_YEAR, _NO_YEAR),
            MaxValueValidator(LAST_YEAR, _NO_YEAR),
        ],
        **options,
    )


def monthly_pay(verbose_name):
    """In euros, gross."""
    return models.PositiveIntegerField(
        verbose_name, validators=[MaxValueValidator(MOST_PAY, TOO_MUCH_PAY)]
    )
