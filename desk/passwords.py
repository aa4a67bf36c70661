"""Passwords that people who write French choose first; Django's own list is of English ones."""

import re

from django.core.exceptions import ValidationError

from metiers.search.words import fold

WORDS = (
    "motdepasse",
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
LOOKALIKES = {"a": "a4@", "e": "e3€", "i": "i1!", "l": "l1", "o": "o0", "s": "s5$", "t": "t7+"}
LETTERS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
FIGURES = "01234567890"
SHORTEST_RUN = 4
FEWEST = 7
"""The characters that a password has besides words, runs and repetitions."""
PADDING = re.compile(r"[\W\d_]+")
BETWEEN_WORDS = re.compile(r"[\s.,_-]+")
REPEATED = re.compile(r"(.{1,8}?)\1{2,}|(.{4,12}?)\2")


def _any_of(patterns):
    return re.compile("|".join(patterns))


def _spelt(word):
    """« secret » and « $3cr3t »"""
    return "".join(f"[{re.escape(LOOKALIKES.get(letter, letter))}]" for letter in word)


def _runs(*rows):
    """What follows itself in a row, either way, the longest first: « azerty », « 4321 »."""
    ways = [way for row in rows for way in (row, row[::-1])]
    runs = {
        way[start : start + length]
        for way in ways
        for length in range(SHORTEST_RUN, len(way) + 1)
        for start in range(len(way) - length + 1)
    }
    return sorted(runs, key=lambda run: (-len(run), run))


COMMON = _any_of([*map(_spelt, WORDS), *_runs(*LETTERS, ALPHABET)])
FIGURES_IN_A_ROW = _any_of(_runs(FIGURES))


class FrenchPasswordValidator:
    """Refuses what is nothing but common words, runs of keys and repetitions, figures and signs."""

    def validate(self, password, user=None):
        folded = fold(password)
        letters, text = PADDING.sub("", folded), BETWEEN_WORDS.sub("", folded)
        if _is_of_words(letters) or _is_of_words(text) or _is_short_besides(text):
            raise ValidationError(
                "Ce mot de passe se devine\u00a0: un mot courant, des touches qui se suivent ou "
                "une répétition, et presque rien d’autre. Prends plutôt une phrase à toi.",
                code="password_too_common",
            )

    def get_help_text(self):
        return (
            "Le mot de passe ne peut pas être un mot courant, des touches qui se suivent ou une "
            "répétition, avec quelques chiffres."
        )


def _is_of_words(text):
    rest = COMMON.sub("", text)
    return rest != text and not any(map(str.isalpha, rest))


def _is_short_besides(text):
    rest = FIGURES_IN_A_ROW.sub("", COMMON.sub("", text))
    rest = REPEATED.sub(r"\1\2", rest)
    return rest != text and len(rest) < FEWEST
