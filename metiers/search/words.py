"""French words made comparable: accents, case, plurals, genders and elisions left aside."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[a-z0-9]{2,}|[a-z](?:\+\+|#)")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})

# What stands between the words that say something.
FUNCTION_WORDS = frozenset(
    WORD.findall(
        """
        ai ait au aux avec ca car ce cela celle celui ces cet cette ceux chez ci comme dans de
        des du elle elles en encore es est et eu eux il ils je la le les leur leurs lui ma
        mais me mes moi mon ne nos notre nous on or ou par pour qu que quel quelle quelles quels
        qui quoi sa se ses si soi son sont sur ta te tes toi ton tu un une vers vos votre vous
        """
    )
)

# What one says around the thing one looks for: « comment devenir », « métier de », « envie de ».
IDLE_WORDS = frozenset(
    WORD.findall(
        """
        aime aimer aimerais apprendre avoir beaucoup belge belges belgique bien bosser boulot
        boulots carriere carrieres cherche chercher combien comment devenir deviens emploi emplois
        envie etre etude etudes faire fais fait faut fiche fiches fonction fonctions formation
        formations gagne gagner info infos job jobs metier metiers paie paye payee payer peut peux
        poste postes pouvoir profession professions recherche salaire salaires suis travail
        travaillant travaille travailler veux voudrais wallonie
        """
    )
)
NEGATIONS = frozenset({"sans", "pas", "ni", "jamais", "aucun", "aucune", "sauf", "non"})

ENDINGS = (
    (re.compile(r"ieres?$"), "ier"),
    (re.compile(r"euses?$"), "eur"),
    (re.compile(r"trices?$"), "teur"),
)
_stemmer = snowballstemmer.stemmer("french")

SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"c(?=[eiy])", "s"),
        (r"g(?=[eiy])", "j"),
        (r"(?:er|ez|ets?|es|e|s|t|d|x)$", ""),
        (r"ph", "f"),
        (r"s?ch|sh", "x"),
        (r"eau|au", "o"),
        (r"(?:ai|ei)(?=.)", "e"),
        (r"oe|eu", "e"),
        (r"[ae](?=[mn][^aeiouymn])", "a"),
        (r"y", "i"),
        (r"h", ""),
        (r"qu|[cq]", "k"),
        (r"z", "s"),
        (r"t(?=ion)", "s"),
        (r"(.)\1+", r"\1"),
    )
)


def fold(text: str) -> str:
    """« Électricien·ne, œuvre » is « electricien·ne, oeuvre »."""
    text = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return "".join(character for character in text if not unicodedata.combining(character))


def words_of(text: str) -> list[str]:
    """The folded words: « L’aide-soignant » gives « aide », « soignant »."""
    return WORD.findall(fold(text))


def spans_of(text: str) -> list[tuple[str, int, int]]:
    """Each folded word with where it stands in `text`, however folding changes lengths."""
    folded = fold(text)
    if len(folded) == len(text):
        return [(match.group(), match.start(), match.end()) for match in WORD.finditer(folded)]
    parts = [(fold(character), place) for place, character in enumerate(text)]
    origins = [place for part, place in parts for _ in part]
    return [
        (match.group(), origins[match.start()], origins[match.end() - 1] + 1)
        for match in WORD.finditer("".join(part for part, _ in parts))
    ]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What the forms of a folded word share: « coiffeuses » and « coiffeur » are « coiffeur »."""
    for ending, masculine in ENDINGS:
        word = ending.sub(masculine, word)
    return _stemmer.stemWord(word)


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """How a folded word is heard, roughly: « arkitekte » and « architecte » come near."""
    for pattern, replacement in SOUNDS:
        word = pattern.sub(replacement, word)
    return word
