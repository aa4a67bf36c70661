"""Passwords that people who write French choose first; Django's own list is of English ones."""

import re
from itertools import chain

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from metiers.models import Metier, Sector
from metiers.search.words import fold

from .roles import ROLES

WORDS = (
    "motdepasse",
    "bonjour",
    "jetaime",
    "belgique",
    "bruxelles",
    "wallonie",
    "soleil",
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
SAID_AGAIN = re.compile(r"(.{1,11})\1+")
"""What is nothing but one short text, again and again: no stronger than said once."""
SHORTEST_OWN = 5
"""Letters; a shorter word of this site is a piece of too many others."""
YEARS_AROUND = 10


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


RUNS = _runs(*LETTERS, ALPHABET)


def _own_words():
    """The words of this site, which who works there has before their eyes, folded."""
    metiers = Metier.objects.values_list("slug", "name_masculine", "name_feminine")
    sectors = Sector.objects.values_list("slug", "name")
    names = chain((settings.SITE_NAME,), ROLES, *metiers, *sectors)
    for words in (PADDING.split(fold(name)) for name in names):
        yield "".join(words)
        yield from words


def _common():
    """Of a password, folded: the words that everybody knows and those of this site."""
    own = {word for word in _own_words() if len(word) >= SHORTEST_OWN}
    words = sorted({*WORDS, *own}, key=lambda word: (-len(word), word))
    return _any_of([*map(_spelt, words), *RUNS])


def _figures_in_a_row():
    """« 1234 », and the years that one thinks of first."""
    now = timezone.localdate().year
    years = range(now - YEARS_AROUND, now + YEARS_AROUND + 1)
    return _any_of([*_runs(FIGURES), *map(str, years)])


class FrenchPasswordValidator:
    """Refuses what is nothing but common words, runs of keys and repetitions, figures and signs."""

    def validate(self, password, user=None):
        folded = fold(password)
        letters, text = PADDING.sub("", folded), BETWEEN_WORDS.sub("", folded)
        common = _common()
        is_known = any(_is_of_words(each, common) for each in (letters, text))
        is_said_again = any(SAID_AGAIN.fullmatch(each) for each in (letters, text))
        if is_known or is_said_again or _is_short_besides(text, common):
            raise ValidationError(
                "Ce mot de passe se devine\u00a0: un mot courant ou de ce site, des touches qui se "
                "suivent ou une répétition, et presque rien d’autre. Prends plutôt une phrase à "
                "toi.",
                code="password_too_common",
            )

    def get_help_text(self):
        return (
            "Le mot de passe ne peut pas être un mot courant ou de ce site, des touches qui se "
            "suivent ou une répétition, avec quelques chiffres."
        )


def _is_of_words(text, common):
    rest = common.sub("", text)
    return rest != text and not any(map(str.isalpha, rest))


def _is_short_besides(text, common):
    rest = _figures_in_a_row().sub("", common.sub("", text))
    rest = REPEATED.sub(r"\1\2", rest)
    return rest != text and len(rest) < FEWEST
