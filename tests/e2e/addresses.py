"""One address of each kind of page that a visitor can reach."""

from django.conf import settings

from quiz.token import Answers, encode, slug_key

METIERS = sorted(path.stem for path in (settings.CONTENT_DIR / "metiers").glob("*.yaml"))
STATEMENTS = 18
LEVEL_STEP = STATEMENTS + 1

# In the order of the statements, R I A S E C three times: somebody who cares and who builds.
OPINIONS = (4, 3, 1, 5, 2, 2) * 3
SAME_EVERYWHERE = (3,) * STATEMENTS
MOSTLY_SKIPPED = (0,) * 12 + (5, 1, 2, 4, 5, 2)
CONTRADICTORY = (5, 1, 5, 1, 1, 5, 1, 5, 1, 5, 5, 1, 5, 1, 5, 1, 1, 5)
REFUSALS = 0b101  # the blood and the night
NOT_ASKED = (None,) * STATEMENTS


def code(opinions, *, level=None, started_from=None, dealbreakers=0, is_confirmed=False):
    """The code of somebody who gave these answers to the first statements."""
    values = (*opinions, *(None,) * (36 - len(opinions)))
    key = slug_key(started_from) if started_from else None
    return encode(Answers(1, values, level, key, dealbreakers, is_confirmed))


def step(number, opinions=(), *, level=None):
    return f"/quiz/question/{number}/?r={code(opinions, level=level)}"


def result(opinions, *, level=3, **said):
    return f"/quiz/resultat/{code(opinions, level=level, **said)}/"


# Four with long names, which share little.
COMPARISON = (
    "/comparer/?m=conducteur-poids-lourds&m=educateur-specialise&m=boulanger-patissier"
    "&m=developpeur-logiciels"
)

ADDRESSES = {
    "home": "/",
    "list": "/metiers/",
    "filtered list": "/metiers/?critere=aide",
    "list with answers": f"/metiers/?r={code(OPINIONS, level=3)}",
    "empty list": "/metiers/?critere=teletravail&critere=hauteur",
    "search": "/metiers/?q=enfirmiere",
    "sector": "/secteurs/sante/",
    "criterion": "/criteres/nuit/",
    "school": "/ecoles/ifapme/",
    "fiche of a regulated metier": "/metiers/infirmier/",
    "fiche of a free metier": "/metiers/developpeur-logiciels/",
    "self-assessment": "/metiers/infirmier/auto-evaluation/?oui=1&oui=3&oui=4",
    "choice of metiers": "/comparer/",
    "choice of another metier": "/comparer/?m=infirmier&m=infirmiere",
    "search of another metier": "/comparer/?m=infirmier&q=boulangre",
    "comparison": "/comparer/?m=infirmier&m=graphiste",
    "comparison with answers": COMPARISON + f"&r={code(OPINIONS, level=3, dealbreakers=REFUSALS)}",
    "comparison with confirmed answers": "/comparer/?m=infirmier&m=kinesitherapeute&m=macon"
    + f"&r={code(CONTRADICTORY, level=3, is_confirmed=True)}",
    "glossary": "/glossaire/",
    "start": "/quiz/",
    "start from a metier": "/quiz/infirmier/",
    "first step": "/quiz/question/1/",
    "step": step(7, OPINIONS[:6]),
    "chosen step": step(2, OPINIONS, level=3),
    "level step": step(LEVEL_STEP, OPINIONS),
    "result": result(OPINIONS),
    "result from a metier": result(OPINIONS, level=1, started_from="directeur-marketing"),
    "refinement": step(20, OPINIONS, level=3),
    "refused things": f"/quiz/surtout-pas/?r={code(OPINIONS, level=3, dealbreakers=REFUSALS)}",
    "refined result": result(OPINIONS * 2, dealbreakers=REFUSALS),
    "calculation": result(OPINIONS, dealbreakers=REFUSALS) + "metiers/infirmier/",
    "another answer": result(OPINIONS) + "et-si/?phrase=4&reponse=1",
    "questions to ask": result(OPINIONS) + "questions/",
    "flat result": result(SAME_EVERYWHERE),
    "skipped result": result(MOSTLY_SKIPPED),
    "contradictory result": result(CONTRADICTORY),
    "confirmed result": result(CONTRADICTORY, is_confirmed=True),
    "result without metier left": result(OPINIONS) + "?secteur=sante&etudes=1",
    "broken code": "/quiz/resultat/abime/",
    "method": "/methode/",
    "privacy": "/vie-privee/",
    "accessibility": "/accessibilite/",
    "not found": "/metiers/infirmiere/",
}
