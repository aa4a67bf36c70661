"""What to do after the result: whom to ask, and what."""

from typing import NamedTuple

from metiers.riasec import LETTERS

from .refining import blurred
from .result import Result

MOST_BLURRED = 2


class Place(NamedTuple):
    """Somewhere that answers questions: what it is for, and its address."""

    name: str
    purpose: str
    url: str


def people_to_ask() -> tuple[Place, ...]:
    return PLACES


PLACES = (
    Place(
        "SIEP",
        "Tes études : filières, conditions d’accès, bourses. Des centres dans plusieurs villes.",
        "https://www.siep.be/",
    ),
    Place(
        "Centre PMS de ton école",
        "Un entretien gratuit et confidentiel, si tu es encore en secondaire. Demande à l’accueil.",
        "",
    ),
    Place(
        "Cité des métiers",
        "À tout âge, pour se former, travailler, changer de voie : Bruxelles, Charleroi, Liège, "
        "Namur.",
        "https://www.citedesmetiers.brussels/",
    ),
    Place(
        "Le Forem",
        "En Wallonie : offres, essais de métiers en entreprise, formations pour adultes.",
        "https://www.leforem.be/",
    ),
    Place(
        "Actiris",
        "À Bruxelles : chercher un emploi, un stage, un accompagnement.",
        "https://www.actiris.brussels/",
    ),
    Place(
        "Bruxelles Formation",
        "À Bruxelles : formations courtes pour qui cherche un emploi, essais compris.",
        "https://www.bruxellesformation.brussels/",
    ),
    Place(
        "Journées portes ouvertes",
        "Une école se juge dans ses couloirs : parle aux étudiants plutôt qu’aux affiches. Les "
        "dates sont sur le site de chaque école.",
        "",
    ),
)

# For somebody who does the job, where a taste of the visitor's is still unclear.
UNSURE = {
    "R": (
        "Combien d’heures par jour travailles-tu vraiment de tes mains ou sur une machine ?",
        "Qu’est-ce que ton corps n’a pas aimé, la première année ?",
    ),
    "I": (
        "Quel est le dernier problème qui t’a pris une demi-journée à comprendre ?",
        "Qu’apprends-tu encore, et quand trouves-tu le temps de lire ?",
    ),
    "A": (
        "Qu’as-tu inventé ce mois-ci, et qui a décidé que ce serait gardé ?",
        "Quelle part de tes journées suit un modèle déjà fait ?",
    ),
    "S": (
        "À combien de personnes as-tu parlé hier, et lesquelles t’ont fatigué·e ?",
        "Que fais-tu quand quelqu’un refuse ton aide ?",
    ),
    "E": (
        "Qui as-tu dû convaincre cette semaine, et de quoi ?",
        "Que se passe-t-il quand l’objectif n’est pas atteint ?",
    ),
    "C": (
        "Combien de temps passes-tu à noter, classer, vérifier ?",
        "Quelle erreur de papier ou de chiffre t’a coûté le plus cher ?",
    ),
}
ALWAYS = (
    "Raconte-moi hier, heure par heure, même l’ennuyeux.",
    "Qu’est-ce qui t’a donné envie d’arrêter, et pourquoi es-tu resté·e ?",
    "Par quelle école ou formation es-tu passé·e, et la referais-tu ?",
)


def questions_for(result: Result) -> list[str]:
    """What to ask: on the tastes that are unclear, on what is refused, then what always helps."""
    unclear = [x for x in blurred(result.profile, result.questionnaire.norms) if x in LETTERS]
    asked = [question for letter in unclear[:MOST_BLURRED] for question in UNSURE[letter]]
    focus = result.focus
    flags = focus.ranked.flags if focus else []
    asked += [
        f"Je voudrais éviter {flag.label} : peux-tu t’en passer, chez toi ?" for flag in flags
    ]
    if focus and focus.argued.level_drawback:
        asked.append("Comment as-tu tenu pendant les études, et qui les a payées ?")
    return [*asked, *ALWAYS]
