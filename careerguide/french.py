"""French forms that sentences need, pure: elision, articles, agreement.

>>> of("infirmier"), of("graphiste"), of("handballeur")
('d’infirmier', 'de graphiste', 'de handballeur')
>>> the("infirmière", feminine=True), the("graphiste", feminine=True)
('l’infirmière', 'la graphiste')
"""

import unicodedata

VOWELS = "aeiouy"

# Names of métiers, and words that start them, whose h is « aspiré »: no elision before them.
# (Le Petit Robert marks these with an asterisk; « hôtesse », « horloger », « huissier » are mute.)
ASPIRATED = (
    "hacker",
    "handball",
    "handicap",
    "harpiste",
    "haut",
    "héraut",
    "héros",
    "hockey",
    "houblon",
    "housekeep",
    "hussard",
)
# A first letter that is a vowel in writing and not in speech.
UNELIDED = ("yacht", "yaourt", "yogi", "yeoman", "onz", "oui", "uhlan", "ux", "ui ", "youtub")


def elides(word: str) -> bool:
    """Whether « de », « le », « la » lose their vowel before `word`."""
    lower = word.lower().replace("œ", "oe")
    if lower.startswith(UNELIDED):
        return False
    first = unicodedata.normalize("NFD", lower)[:1]
    if first == "h":
        return not lower.startswith(ASPIRATED)
    return first in VOWELS


def of(name: str) -> str:
    return f"d’{name}" if elides(name) else f"de {name}"


def the(name: str, *, feminine: bool = False) -> str:
    if elides(name):
        return f"l’{name}"
    return f"la {name}" if feminine else f"le {name}"


def both(masculine: str, feminine: str, *, separator: str = ", ") -> str:
    """Both genders side by side, once where they are the same word."""
    return masculine if masculine == feminine else f"{masculine}{separator}{feminine}"


def is_singular(count: float) -> bool:
    """French counts zero and one and a half as singular."""
    return abs(count) < 2
