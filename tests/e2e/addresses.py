"""One address of each kind of page that a visitor can reach."""

from quiz.token import Answers, encode, slug_key

METIERS = (
    "comptable",
    "developpeur-logiciels",
    "directeur-marketing",
    "electricien",
    "graphiste",
    "infirmier",
)
STATEMENTS = 18
LEVEL_STEP = STATEMENTS + 1

# In the order of the statements, R I A S E C three times: somebody who cares and who builds.
OPINIONS = (4, 3, 1, 5, 2, 2) * 3
SAME_EVERYWHERE = (3,) * STATEMENTS
NOT_ASKED = (None,) * STATEMENTS


def code(opinions, *, level=None, started_from=None):
    """The code of somebody who gave these answers to the first statements."""
    values = (*opinions, *(None,) * (36 - len(opinions)))
    key = slug_key(started_from) if started_from else None
    return encode(Answers(1, values, level, key))


def step(number, opinions=(), *, level=None):
    return f"/quiz/question/{number}/?r={code(opinions, level=level)}"


def result(opinions, *, level=3, started_from=None):
    return f"/quiz/resultat/{code(opinions, level=level, started_from=started_from)}/"


ADDRESSES = {
    "home": "/",
    "list": "/metiers/",
    "filtered list": "/metiers/?critere=aide",
    "fiche of a regulated metier": "/metiers/infirmier/",
    "fiche of a free metier": "/metiers/developpeur-logiciels/",
    "glossary": "/glossaire/",
    "start": "/quiz/",
    "start from a metier": "/quiz/infirmier/",
    "first step": "/quiz/question/1/",
    "step": step(7, OPINIONS[:6]),
    "chosen step": step(2, OPINIONS, level=3),
    "level step": step(LEVEL_STEP, OPINIONS),
    "result": result(OPINIONS),
    "result from a metier": result(OPINIONS, level=1, started_from="directeur-marketing"),
    "flat result": result(SAME_EVERYWHERE),
    "broken code": "/quiz/resultat/abime/",
    "method": "/methode/",
    "privacy": "/vie-privee/",
    "accessibility": "/accessibilite/",
    "not found": "/metiers/infirmiere/",
}
