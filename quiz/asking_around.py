"""What to do after the result: whom to ask, and what."""

from typing import NamedTuple

from .refining import MOST_BLURRED, blurred
from .result import Result


class Place(NamedTuple):
    """Somewhere that answers questions: what it is for, and its address."""

    name: str
    purpose: str
    url: str


PLACES = (
    Place(
        "SIEP",
        "Tes études : filières, conditions d’accès, bourses. Des centres dans plusieurs villes.",
        "https://www.siep.be/",
    ),
    Place(
        "Centre PMS de ton école",
        "Un entretien gratuit et confidentiel, si tu es encore en secondaire. Demande à l’accueil.",
        "",
    ),
    Place(
        "Cité des métiers",
        "À tout âge, pour se former, travailler, changer de voie : Bruxelles, Charleroi, Liège, "
        "Namur.",
        "https://www.citedesmetiers.brussels/",
    ),
    Place(
        "Le Forem",
        "En Wallonie : offres, essais de métiers en entreprise, formations pour adultes.",
        "https://www.leforem.be/",
    ),
    Place(
        "Actiris",
        "À Bruxelles : chercher un emploi, un stage, un accompagnement.",
        "https://www.actiris.brussels/",
    ),
    Place(
        "Bruxelles Formation",
        "À Bruxelles : formations courtes pour qui cherche un emploi, essais compris.",
        "https://www.bruxellesformation.brussels/",
    ),
    Place(
        "Journées portes ouvertes",
        "Une école se juge dans ses couloirs : crois qui y étudie plus que les affiches. "
        "Les dates sont sur le site de chaque école.",
        "",
    ),
)

# For somebody who does the job, where a taste of the visitor's is still unclear.
UNSURE = {
    "R": (
        "Combien d’heures par jour travailles-tu vraiment de tes mains ou sur une machine ?",
        "Qu’est-ce que ton corps n’a pas aimé, la première année ?",
    ),
    "I": (
        "Quel est le dernier problème qui t’a pris une demi-journée à comprendre ?",
        "Qu’apprends-tu encore, et quand trouves-tu le temps de lire ?",
    ),
    "A": (
        "Qu’as-tu inventé ce mois-ci, et qui a décidé que ce serait gardé ?",
        "Quelle part de tes journées suit un modèle déjà fait ?",
    ),
    "S": (
        "À combien de personnes as-tu parlé hier, et lesquelles t’ont pris le plus d’énergie ?",
        "Que fais-tu quand quelqu’un refuse ton aide ?",
    ),
    "E": (
        "Qui as-tu dû convaincre cette semaine, et de quoi ?",
        "Que se passe-t-il quand l’objectif n’est pas atteint ?",
    ),
    "C": (
        "Combien de temps passes-tu à noter, classer, vérifier ?",
        "Quelle erreur de papier ou de chiffre t’a coûté le plus cher ?",
    ),
}
# The same, where the métier has what the visitor refuses; by slug of the criterion. The length of
# studies has none: its question comes where they are longer than the visitor accepts.
REFUSED = {
    "sang": (
        "Quand as-tu vu du sang ou une plaie pour la dernière fois, et que fait l’équipe de "
        "quelqu’un qui ne le supporte pas ?"
    ),
    "hauteur": (
        "Jusqu’à quelle hauteur montes-tu, sur quoi, et que se passe-t-il si un matin tu refuses "
        "de monter ?"
    ),
    "nuit": (
        "Combien de nuits as-tu travaillé le mois passé, et peut-on faire ce métier sans en faire "
        "aucune ?"
    ),
    "bruit": (
        "Pendant combien d’heures, hier, fallait-il crier pour se parler ou porter un casque ?"
    ),
    "seul": (
        "Combien d’heures as-tu passées hier sans parler à personne, et qui appelles-tu quand tu "
        "bloques ?"
    ),
    "contact-public": (
        "Sur une journée, combien de temps passes-tu sans personne à accueillir, à servir ou à "
        "écouter ?"
    ),
    "conduite": (
        "Combien d’heures as-tu passées au volant cette semaine, et ce temps est-il payé ?"
    ),
}
ALWAYS = (
    "Raconte-moi hier, heure par heure, même l’ennuyeux.",
    "Qu’est-ce qui t’a donné envie d’arrêter, et qu’est-ce qui t’a fait continuer ?",
    "Quelle école ou quelle formation as-tu faite, et la referais-tu ?",
)


def questions_for(result: Result) -> list[str]:
    """What to ask: on the tastes that are unclear, on what is refused, then what always helps."""
    unclear = blurred(result.profile, result.questionnaire.norms)[:MOST_BLURRED]
    asked = [question for letter in unclear for question in UNSURE[letter]]
    focus = result.focus
    flags = focus.ranked.flags if focus else []
    asked += [REFUSED[flag.slug] for flag in flags if flag.slug in REFUSED]
    if focus and focus.argued.level_drawback:
        asked.append("Comment as-tu tenu pendant les études, et qui les a payées ?")
    return [*asked, *ALWAYS]
