"""Passwords that people who write French choose first; Django's own list is of English ones."""

import re

from django.core.exceptions import ValidationError

from metiers.search.words import fold

WORDS = (
    "motdepasse",
    "azerty",
    "qsdfgh",
    "wxcvbn",
    "bonjour",
    "jetaime",
    "belgique",
    "bruxelles",
    "wallonie",
    "soleil",
    "aiguillage",
    "administrateur",
    "metier",
    "gestion",
    "changemoi",
    "secret",
)
PADDING = re.compile(r"[\W\d_]+")


class FrenchPasswordValidator:
    """Refuses a password that is nothing but such a word, repeated or with figures and signs."""

    def validate(self, password, user=None):
        letters = PADDING.sub("", fold(password))
        if not letters or any(not letters.replace(word, "") for word in WORDS):
            raise ValidationError(
                "Ce mot de passe est parmi les premiers qu’on essaierait.",
                code="password_too_common",
            )

    def get_help_text(self):
        return "Le mot de passe ne peut pas être un mot courant suivi de chiffres."
