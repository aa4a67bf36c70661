"""A profile in French words: what the page says before it draws anything."""

from collections.abc import Sequence, Set
from typing import NamedTuple

from careerguide import french
from careerguide.templatetags.french import accord, number
from metiers.catalogue.shown import Shown
from metiers.riasec import CLEAR_DEMAND, LETTERS, Dimension
from metiers.studies import USUAL

from .doubts import Caution
from .matching import MATERIAL_SHARE, Band
from .scoring import Six

HEADLINES = {
    "R": "réparer",
    "I": "comprendre",
    "A": "créer",
    "S": "aider",
    "E": "convaincre",
    "C": "organiser",
}
DRAWN_TO = {
    "R": "le travail des mains et des machines",
    "I": "les énigmes et l’analyse",
    "A": "ce qui s’imagine et prend forme",
    "S": "l’aide, le soin et la transmission",
    "E": "la vente, la décision et l’entraînement des autres",
    "C": "le rangement, les comptes et la vérification",
}
LITTLE_DRAWN_TO = {
    "R": "Le travail manuel t’attire peu.",
    "I": "Les recherches et l’analyse t’attirent peu.",
    "A": "Créer t’attire peu.",
    "S": "Aider et accompagner t’attirent peu.",
    "E": "Vendre et diriger t’attirent peu.",
    "C": "Les dossiers et les contrôles t’attirent peu.",
}
IN_BETWEEN = {
    "R": "le manuel",
    "I": "l’analyse",
    "A": "la création",
    "S": "l’aide",
    "E": "la vente",
    "C": "l’organisation",
}
NOUNS = {
    "R": "manuel",
    "I": "analyse",
    "A": "création",
    "S": "aide",
    "E": "vente",
    "C": "organisation",
}
BLURRED = {
    "R": "ton goût pour le manuel",
    "I": "ton goût pour l’analyse",
    "A": "ton goût pour la création",
    "S": "ton goût pour l’aide",
    "E": "ton goût pour la vente",
    "C": "ton goût pour l’organisation",
}
UNANSWERED = "pas de réponse"
LESS_MARKED = {
    "très marqué": "plus de neuf personnes sur dix",
    "marqué": "sept à neuf personnes sur dix",
    "moyen": "trois à sept personnes sur dix",
    "peu marqué": "une à trois personnes sur dix",
    "très peu marqué": "moins d’une personne sur dix",
}
"""In whom the same answers would show less of it, by degree; after 18 answers or more."""
NOTHING_STANDS_OUT = "Aucun genre d’activités ne ressort nettement de tes réponses."
UNLIKED = (
    "Comparé à celui de la plupart des gens, ton profil penche quand même vers {}, sans qu’une "
    "réponse y "
    "dise «\u00a0plutôt oui\u00a0»."
)
ORDER_IN_A_BAND = (
    "Dans une même bande, nous ne classons pas : d’autres phrases auraient donné un autre ordre. "
    "Les métiers s’y suivent par secteur."
)
NEAR_EQUALS = "Les premiers se valent : rien ne dit lequel passerait devant demain."
SHARED_PLACES = (
    "Aucun secteur ne prend plus de trois places tant qu’un autre fait presque aussi bien."
)
CAUTIONS = {
    Caution.CONTRADICTORY: (
        "Tes réponses se contredisent par endroits : ce résultat tient à peu de chose."
    ),
    Caution.EVEN: (
        "Tu as répondu presque pareil aux six genres d’activités : l’ordre vient surtout de ce que "
        "les autres aiment plus ou moins."
    ),
    Caution.LOW_CONTRAST: (
        "Ton profil est peu contrasté : il ressemble à celui de la plupart des gens. Prends "
        "l’ordre des métiers comme une piste, pas plus."
    ),
    Caution.FEW: (
        "Ce profil repose sur {} réponses seulement. Avec toutes les phrases, il serait plus sûr."
    ),
}
MARKED, VERY_MARKED = 0.5, 1.25
ONE_DEVIATION = 16  # percent of the width of the chart


class Said(NamedTuple):
    """The letters of which an activity was answered, liked (4 or 5), disliked (1 or 2).

    What is only inferred from other types is not said of a type.
    """

    answered: Set[str]
    liked: Set[str]
    disliked: Set[str]


def caution(cause: Caution, answer_count: int) -> str:
    """What to keep in mind of a ranking, in words."""
    return CAUTIONS[cause].format(answer_count)


def studies_fit(accepted: int, usual: int) -> str:
    """Of a métier that the studies accepted open, though they may not be the `usual` ones.

    >>> studies_fit(4, 4)
    'Les études tiennent dans ce que tu acceptes\xa0: elles ne retirent rien.'
    >>> studies_fit(2, 4)
    'Les études que tu acceptes suffisent pour y entrer. Le plus courant\xa0: un bachelier.'
    """
    if usual <= accepted:
        return "Les études tiennent dans ce que tu acceptes\u00a0: elles ne retirent rien."
    enough = "Les études que tu acceptes suffisent pour y entrer."
    return f"{enough} Le plus courant\u00a0: {USUAL[usual]}."


def degree(theta: float) -> str:
    """How marked an interest is, in standard deviations of the respondents.

    >>> degree(1.4), degree(0), degree(-0.7)
    ('très marqué', 'moyen', 'peu marqué')
    """
    if theta >= VERY_MARKED:
        return "très marqué"
    if theta >= MARKED:
        return "marqué"
    if theta > -MARKED:
        return "moyen"
    return "peu marqué" if theta > -VERY_MARKED else "très peu marqué"


def demand(z: float) -> str:
    """How much of a type a métier holds, in standard deviations of the métiers.

    >>> demand(1.5), demand(0.1), demand(-0.6)
    ('bien plus que la plupart', 'comme la plupart', 'moins que la plupart')
    """
    if abs(z) < CLEAR_DEMAND:
        return "comme la plupart"
    much = "bien " if abs(z) >= VERY_MARKED else ""
    return f"{much}{'plus' if z > 0 else 'moins'} que la plupart"


def interest(dimension: Dimension, demands: bool) -> str:
    """What a métier holds of a type, where no sentence of its fiche says it.

    >>> interest(Dimension.A, demands=False)
    'Créer\xa0: moins que dans la plupart des métiers.'
    """
    how_much = "plus" if demands else "moins"
    return f"{dimension.label}\u00a0: {how_much} que dans la plupart des métiers."


def once_more(dimension: Dimension, demands: bool) -> str:
    """What a second answer says of the same type.

    >>> once_more(Dimension.A, demands=False)
    'Créer\xa0: moins qu’ailleurs, et une deuxième réponse va dans le même sens.'
    """
    if demands:
        return f"{dimension.label}, une deuxième fois."
    return (
        f"{dimension.label}\u00a0: moins qu’ailleurs, et une deuxième réponse va dans le même sens."
    )


def pulls_and_pushes(theta: Six, z: Six, parts: Six, said: Said) -> tuple[list[str], list[str]]:
    """Two words at most for a métier, then against: « le manuel », « peu d’analyse ».

    What it asks and the person dislikes, or what it lacks and the person likes, is against. A taste
    that no answer tells, inferred from the others, is no word, nor one that weighs too little to be
    a reason or a drawback (`matching.explain`).
    """
    material = MATERIAL_SHARE * sum(map(abs, parts))
    told = [
        k
        for k in range(6)
        if abs(z[k]) >= CLEAR_DEMAND
        and abs(theta[k]) >= MARKED
        and abs(parts[k]) >= material
        and LETTERS[k] in (said.liked if theta[k] > 0 else said.disliked)
    ]
    order = sorted(told, key=lambda k: -abs(parts[k]))
    pulls = [IN_BETWEEN[LETTERS[k]] for k in order if z[k] > 0 and theta[k] > 0]
    pushes = [
        IN_BETWEEN[LETTERS[k]] if z[k] > 0 else f"peu {french.of(NOUNS[LETTERS[k]])}"
        for k in order
        if parts[k] < 0
    ]
    return pulls[:2], pushes[:2]


def place(theta: float) -> float:
    """Where an interest's ring stands on its line, in percent; the mean stands at 50."""
    return round(min(max(50 + ONE_DEVIATION * theta, 4), 96), 1)


def standing_out(theta: Six, said: Said) -> list[str]:
    """At most two letters, the strongest first: marked in the profile, and liked in an answer."""
    marked = [x for x in _ranked(theta) if _of(theta, x) >= MARKED and x in said.liked]
    return marked[:2]


def standing_back(theta: Six, said: Said) -> str | None:
    """The weakest letter of those little marked in the profile, and disliked in an answer."""
    little = [x for x in _ranked(theta) if _of(theta, x) <= -MARKED and x in said.disliked]
    return little[-1] if little else None


def headline(theta: Six, said: Said) -> str:
    """« Comprendre et créer, plutôt que réparer. »

    Without the end where nothing is disliked; « Rien de tranché, pour l’instant. » where nothing
    stands out.
    """
    liked = [HEADLINES[letter] for letter in standing_out(theta, said)]
    if not liked:
        return "Rien de tranché, pour l’instant."
    start = " et ".join(liked)
    start = start[0].upper() + start[1:]
    last = standing_back(theta, said)
    if not last:
        return f"{start}, d’abord."
    than = "qu’" if french.elides(HEADLINES[last]) else "que "
    return f"{start}, plutôt {than}{HEADLINES[last]}."


def sentences(theta: Six, said: Said) -> list[str]:
    """Two to four sentences: the strongest interests, the weakest, what stays undecided."""
    ranked = [letter for letter in _ranked(theta) if letter in said.answered]
    drawn = [DRAWN_TO[letter] for letter in standing_out(theta, said)]
    told = [f"Tes réponses vont vers {', et vers '.join(drawn)}." if drawn else NOTHING_STANDS_OUT]
    unliked = [x for x in ranked if _of(theta, x) >= MARKED and x not in said.liked]
    if unliked:
        told.append(UNLIKED.format(_listed([IN_BETWEEN[letter] for letter in unliked])))
    last = standing_back(theta, said)
    if last:
        told.append(LITTLE_DRAWN_TO[last])
    middle = [IN_BETWEEN[letter] for letter in ranked if abs(_of(theta, letter)) < MARKED]
    if middle and drawn:
        told.append(f"Pour {_listed(middle)}, rien de tranché.")
    elif not drawn and not unliked:
        nearest = next((letter for letter in ranked if letter in said.liked), ranked[0])
        told.append(f"Ce qui s’en approche le plus, chez toi : {IN_BETWEEN[nearest]}.")
    return told


def ranking_heading(shown: int, count: int, is_narrowed: bool) -> str:
    """`count` métiers are left by the form, of which `shown` are shown.

    >>> ranking_heading(10, 57, is_narrowed=True)
    'Les 10 plus proches parmi 57'
    """
    if shown < count:
        return f"Les {shown} plus proches{f' parmi {number(count)}' if is_narrowed else ''}"
    if is_narrowed and not shown:
        return "Tes filtres ne laissent aucun métier"
    if is_narrowed:
        return f"Tes filtres laissent {shown} {accord(shown, 'métier,métiers')}"
    return f"Les {shown} métiers du guide" if shown > 1 else "Le seul métier du guide"


def far_notice(bands: Sequence[Band], *, is_spread: bool) -> str:
    """What the métiers at the far end have in common; `is_spread`: no two are of one sector.

    >>> far_notice([Band.FAR, Band.MIXED], is_spread=True)
    'Deux métiers parmi les moins proches de tes réponses, chacun d’un autre secteur.'
    """
    count = {1: "Un", 2: "Deux", 3: "Trois"}[len(bands)]
    are_far = all(band is Band.FAR for band in bands)
    if len(bands) == 1:
        return f"{'Un métier loin' if are_far else 'Le métier le moins proche'} de tes réponses."
    spread = ", chacun d’un autre secteur" if is_spread else ""
    if are_far:
        return f"{count} métiers loin de tes réponses{spread}."
    return f"{count} métiers parmi les moins proches de tes réponses{spread}."


def _of(theta, letter):
    return theta[LETTERS.index(letter)]


def _ranked(theta):
    return sorted(LETTERS, key=lambda letter: -_of(theta, letter))


def _listed(words):
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}"


class MovedInWords(NamedTuple):
    """A métier whose band changed, for a page: both bands, why, and what one refuses of it."""

    metier: Shown
    before: Band
    after: Band
    reason: str | None
    flags: list


def moved(move) -> MovedInWords:
    reason = None
    if move.because:
        reason = f"{IN_BETWEEN[move.because.letter]}, {_shift(move.because.is_up)}"
    return MovedInWords(move.metier, move.before, move.after, reason, move.flags)


def type_moved(move) -> str:
    """« Ton goût pour le manuel est plus marqué que ne le disaient tes premières réponses. »"""
    taste = BLURRED[move.letter]
    than = "plus" if move.is_up else "moins"
    first = "que ne le disaient tes premières réponses"
    return f"{taste[0].upper()}{taste[1:]} est {than} marqué {first}."


def _shift(is_up):
    return "un goût plus marqué" if is_up else "un goût moins marqué"
