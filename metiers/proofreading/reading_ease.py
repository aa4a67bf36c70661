"""How easy a French text reads: Kandel and Moles' version of Flesch's formula.

207 − 1.015 × words per sentence − 73.6 × syllables per word. It knows lengths alone, neither rare
words nor order; syllables are counted by groups of vowels, a mute « e » at the end aside.

Source: L. Kandel & A. Moles, « Application de l’indice de Flesch à la langue française », Cahiers
d’études de radio-télévision 19 (1958).

>>> round(reading_ease("Tu scies. Tu ponces. Le bois sent bon."))
131
"""

import re

from .prose import sentences

FEWEST_WORDS = 30
"""Under it one long word decides."""
LEVELS = ((90, "très facile"), (70, "facile"), (60, "ordinaire"), (50, "assez difficile"))
LETTERS_ONLY = re.compile(r"[^\W\d_]+")
VOWELS = re.compile("[aeiouyàâäéèêëîïôöùûüÿœæ]+")
MUTE_END = re.compile("[^aeiouyàâäéèêëîïôöùûüÿœæ]es?$")


def reading_ease(text: str) -> float:
    """About 100 for what a child of ten reads, 30 and less for a law."""
    words = LETTERS_ONLY.findall(text)
    if not words:
        return 100.0
    count = sum(bool(LETTERS_ONLY.search(one)) for one in sentences(text))
    return 207 - 1.015 * len(words) / count - 73.6 * sum(map(syllables, words)) / len(words)


def syllables(word: str) -> int:
    """« menuiserie » counts 4 as it is written, « porte » 1 as it is said."""
    word = word.lower()
    groups = len(VOWELS.findall(word))
    return max(groups - bool(groups > 1 and MUTE_END.search(word)), 1)


def level(ease: float) -> str:
    return next((name for floor, name in LEVELS if ease >= floor), "difficile")
