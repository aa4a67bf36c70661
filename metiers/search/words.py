"""French words made comparable: accents, case, plurals, genders and elisions left aside."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import snowballstemmer

WORD = re.compile(r"[a-z0-9]{2,}|[a-z](?:\+\+|#)")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})

# What stands between the words that say something.
FUNCTION_WORDS = frozenset(
    WORD.findall(
        """
        ai ait au aux avec ca car ce cela celle celui ces cet cette ceux ci comme dans de
        des du elle elles en encore es est et eu eux il ils je la le les leur leurs lui ma
        mais me mes mon ne nos notre on or ou par pour qu que quel quelle quelles quels
        qui quoi sa se ses si son sont sur ta te tes toi ton tu un une vers vos votre vous
        """
    )
)

# What one says around the thing one looks for: « comment devenir », « métier de », « envie de ».
IDLE_WORDS = frozenset(
    WORD.findall(
        """
        aime aimer aimerai aimerais aller an annee annees ans apprendre apres assez avant
        avenir avoir beaucoup belge belges belgique bien bonjour bosser boulot boulots
        carriere carrieres cherche chercher chez choisir chose choses combien comment
        conseil conseils declare devenir devenu deviens devient dois doit domaine emploi
        emplois endroit envie etre etude etudes etudie etudier exercer existe facile faire
        fais fait faut femme femmes fiche fiches fille filles fils fonction fonctions
        formation formations gagne gagner garcon garcons genre gens homme hommes idee idees
        info infos interessant interessants interesse job jobs jour journee kiffe lieu merci
        metier metiers milieu moi moins monde niveau nous orientation orienter paie parler
        passer paye payee payer personne personnes petit petite peu peut peux plaire plait
        plus poste postes pouvoir prendre profession professions quelque quoi recherche
        rester reve rever rien sais sait salaire salaires savoir secteur sens soi stp suis
        super supporte svp temps test tests toujours tous tout toute toutes travail
        travaillant travaille travailler tres trop trouver truc trucs type utiliser veut
        veux vie vivre voir voudrais vouloir vraiment wallonie
        """
    )
)
NEGATION = "sans"
NEGATIONS = frozenset(
    WORD.findall(
        """
        allergique aucun aucune deteste detester eviter evite hors jamais marre ni non nul nulle pas
        peur phobie sans sauf
        """
    )
)
# Where a refusal ends: « pas la nuit, mais dehors », « pas l’école, je veux bouger ».
TURNS = frozenset(
    WORD.findall(
        "adore aime aimerais cherche mais prefere plutot sinon veut veux voudrait voudrais"
    )
)
# A refusal goes on past a verb: « pas rester assis ».
INFINITIVE = re.compile(r"\w{3,}(?:er|ir|re)$")
# Negations that refuse nothing.
EMPTY_PHRASES = re.compile(
    r"\b(?:sai[st] (?:vraiment |trop )?pas|(?:aucune|pas d) ?.?idee|pas mal|pourquoi pas"
    r"|n.importe quoi|no idea|jsp)\b"
)
COMMON_WORDS = frozenset(
    line
    for line in (Path(__file__).with_name("common_words.txt")).read_text("utf-8").splitlines()
    if not line.startswith("#")
)

ENDINGS = (
    (re.compile(r"ieres?$"), "ier"),
    (re.compile(r"euses?$"), "eur"),
    (re.compile(r"trices?$"), "teur"),
)
FEMININE_OR_PLURAL = re.compile(r"(?<=..)(?:(?<=n)nes?|(?<=t)tes?|es?|s|x)$")
_stemmer = snowballstemmer.stemmer("french")

SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sc(?=[eiy])|c(?=[eiy])", "ss"),
        (r"(?<=[aeiouy])s(?=[aeiouy])", "z"),
        (r"m(?=[pb])", "n"),
        (r"npt", "nt"),
        (r"w", "v"),
        (r"g(?=[eiy])", "j"),
        (r"(?:er|ez|ets?|es|e|s|t|d|x)$", ""),
        (r"ph", "f"),
        (r"s?ch|sh", "x"),
        (r"eau|au", "o"),
        (r"(?:ai|ei)(?=.)", "e"),
        (r"oe|eu", "e"),
        (r"[aei](?=[mn][^aeiouymn])", "a"),
        (r"y", "i"),
        (r"h", ""),
        (r"qu|[cq]", "k"),
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
def bare(word: str) -> str:
    """A folded word without its gender and number, and no more: « code » is not « coder »."""
    for ending, masculine in ENDINGS:
        word = ending.sub(masculine, word)
    return FEMININE_OR_PLURAL.sub("", word)


def is_common(word: str) -> bool:
    """Whether a folded word is one that everybody knows, in one of its plain forms."""
    return bool(
        {word, word.removesuffix("s"), word.removesuffix("e"), word.removesuffix("es")}
        & COMMON_WORDS
    )


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """How a word is heard, roughly: « arkitekte » is « architecte », « masson » is « maçon »."""
    word = fold(word.casefold().replace("ç", "ss"))
    for pattern, replacement in SOUNDS:
        word = pattern.sub(replacement, word)
    return word
