"""What people type, of every kind, and the fiche that they mean.

A fixed list over the real content: the right métier stands among the first three for at least 95
% of them, and what says nothing finds nothing.
"""

from csv import DictReader

import pytest
from django.conf import settings

from metiers.catalogue import read_catalogue
from metiers.catalogue.absent import NAMES as ABSENT_NAMES

FIRST = 3
ENOUGH = 0.95

NAMES = {
    "infirmier": "infirmier",
    "infirmière": "infirmier",
    "électriciennes": "electricien",
    "comptables": "comptable",
    "graphistes": "graphiste",
    "avocate": "avocat",
    "agricultrices": "agriculteur",
    "coiffeuse": "coiffeur",
    "institutrice primaire": "instituteur-primaire",
    "éducatrices spécialisées": "educateur-specialise",
    "boulangère-pâtissière": "boulanger-patissier",
    "médecins généralistes": "medecin-generaliste",
    "conductrice de poids lourds": "conducteur-poids-lourds",
    "développeuse de logiciels": "developpeur-logiciels",
    "inspectrice de police": "inspecteur-police",
    "directrice marketing": "directeur-marketing",
}
ACCENTS_AND_CASE = {
    "infirmiere": "infirmier",
    "ELECTRICIEN": "electricien",
    "macon": "macon",
    "Maçonne": "macon",
    "medecin": "medecin-generaliste",
    "PUÉRICULTRICE": "puericulteur",
    "kinesitherapeute": "kinesitherapeute",
    "educateur specialise": "educateur-specialise",
    "developpeur": "developpeur-logiciels",
    "patissier": "boulanger-patissier",
}
SYNONYMS = {
    "kiné": "kinesitherapeute",
    "routier": "conducteur-poids-lourds",
    "camionneur": "conducteur-poids-lourds",
    "chauffeur poids lourd": "conducteur-poids-lourds",
    "programmeur": "developpeur-logiciels",
    "informaticienne": "developpeur-logiciels",
    "instit": "instituteur-primaire",
    "fermier": "agriculteur",
    "policier": "inspecteur-police",
    "policière": "inspecteur-police",
    "flic": "inspecteur-police",
    "médecin de famille": "medecin-generaliste",
    "docteur": "medecin-generaliste",
    "CMO": "directeur-marketing",
    "reporter": "journaliste",
    "boulanger": "boulanger-patissier",
    "cuistot": "cuisinier",
    "graphic designer": "graphiste",
    "crèche": "puericulteur",
    "coiffure": "coiffeur",
}
TYPING_ERRORS = {
    "comptabel": "comptable",
    "infimier": "infirmier",
    "enfirmière": "infirmier",
    "electrissien": "electricien",
    "arkitecte": "architecte",
    "koifeur": "coiffeur",
    "boulangé": "boulanger-patissier",
    "kinésithérapeutte": "kinesitherapeute",
    "journalliste": "journaliste",
    "advocat": "avocat",
    "souduer": "soudeur",
    "cuisinnier": "cuisinier",
    "puericultrisse": "puericulteur",
    "agriculeur": "agriculteur",
    "progammeuse": "developpeur-logiciels",
}
ORDER_AND_SPACES = {
    "marketing directeur": "directeur-marketing",
    "poids lourds conducteur": "conducteur-poids-lourds",
    "primaire instituteur": "instituteur-primaire",
    "police inspecteur": "inspecteur-police",
    "electro mécanicien": "electromecanicien",
    "électro-mécanicienne": "electromecanicien",
    "aidesoignante": "aide-soignant",
    "aide soignant": "aide-soignant",
    "poidslourd": "conducteur-poids-lourds",
    "boulanger pâtissier": "boulanger-patissier",
    "développeurdelogiciels": "developpeur-logiciels",
}
SENTENCES = {
    "comment devenir avocat": "avocat",
    "devenir infirmière": "infirmier",
    "métier de comptable": "comptable",
    "l’architecte": "architecte",
    "je veux devenir journaliste": "journaliste",
    "études d'architecte": "architecte",
    "combien gagne un électricien": "electricien",
    "formation d’éducateur": "educateur-specialise",
    "travail de soudeuse": "soudeur",
    "qu’est-ce qu’un kiné": "kinesitherapeute",
}
WORK_AND_TOOLS = {
    "multimètre": "electricien",
    "prise de sang": "infirmier",
    "déclaration TVA": "comptable",
    "plaider au tribunal": "avocat",
    "pétrir la pâte": "boulanger-patissier",
    "tracteur": "agriculteur",
    "tachygraphe": "conducteur-poids-lourds",
    "shampooing": "coiffeur",
    "truelle": "macon",
    "stéthoscope": "medecin-generaliste",
    "chalumeau": "soudeur",
    "procès-verbal": "inspecteur-police",
}
WISHES = {
    "travailler dehors sans longues études": "macon",
    "s’occuper d’enfants": "puericulteur",
    "soigner des gens": "infirmier",
    "travailler avec des animaux": "agriculteur",
    "la nuit à l’hôpital": "infirmier",
    "être au volant": "conducteur-poids-lourds",
}
HEARD = {
    "masson": "macon",
    "contable": "comptable",
    "chofeur": "conducteur-poids-lourds",
    "quoiffeuse": "coiffeur",
    "kyné": "kinesitherapeute",
    "polissier": "inspecteur-police",
    "enfermière": "infirmier",
    "anfirmiere": "infirmier",
    "contabilité": "comptable",
    "boulanjer": "boulanger-patissier",
    "institutrisse": "instituteur-primaire",
    "elektricien": "electricien",
}
BESIDE_OTHER_WORDS = {
    "infirmière pédiatrique": "infirmier",
    "infirmière scolaire": "infirmier",
    "mon fils veut devenir policier": "inspecteur-police",
    "c'est quoi un kiné": "kinesitherapeute",
    "archi bruxelles": "architecte",
    "développeur python": "developpeur-logiciels",
    "coder des sites": "developpeur-logiciels",
    "salon de coifure": "coiffeur",
}
BELGIAN_AND_PLAIN = {
    "MRS": "aide-soignant",
    "home": "aide-soignant",
    "ordonnance": "medecin-generaliste",
    "javascript": "developpeur-logiciels",
    "C++": "developpeur-logiciels",
    "homme de loi": "avocat",
    "tableau noir": "instituteur-primaire",
    "interview": "journaliste",
    "plâtre": "macon",
    "faire des logos": "graphiste",
    "changer des couches": "puericulteur",
    "rooutier": "conducteur-poids-lourds",
}
QUERIES = (
    HEARD
    | BESIDE_OTHER_WORDS
    | BELGIAN_AND_PLAIN
    | NAMES
    | ACCENTS_AND_CASE
    | SYNONYMS
    | TYPING_ERRORS
    | ORDER_AND_SPACES
    | SENTENCES
    | WORK_AND_TOOLS
    | WISHES
)
NONSENSE = (
    *("qsdfghjkl", "xyzzy", "zzzz", "asdf jkl mlkj", "wxcvbn 12345", "!!! ???", "😀😀", "ţţţ"),
    *("95", "2024", "987654", "1+1", "xx", "ab", "mar", "lol", "mdr ptdr", "prout", "wesh", "brrr"),
    *("azertyuiop", "blablabla", "abracadabra", "loremipsum", "caca boudin", "tralala", "ùùù"),
)
HAVING = {
    "j'aime les animaux": {"animaux"},
    "pas d'études": {"secondaire"},
    "j'aime pas l'école": {"secondaire"},
    "je ne veux plus étudier": {"secondaire"},
    "promotion sociale": {"formation-courte"},
    "de chez soi": {"teletravail"},
    "bosser à la maison": {"teletravail"},
    "voyager": {"deplacements"},
    "je sais pas trop mais un truc dehors": {"dehors"},
    "pourquoi pas dehors": {"dehors"},
    "pas de bureau mais des animaux": {"animaux"},
    "unif": {"master"},
}
REFUSING = {
    "ne pas travailler dehors": {"dehors"},
    "sans travailler la nuit": {"nuit"},
    "je ne veux pas faire de longues études": {"master"},
    "pas envie de travailler avec des enfants": {"enfants"},
    "pas de bureau": {"bureau"},
    "pas rester assis toute la journée": {"bureau"},
    "pas trop de stress": {"pression"},
    "ni bureau ni ordinateur": {"bureau", "ecran"},
    "pas la nuit ou le week-end": {"nuit", "week-end"},
    "nul en math": {"chiffres"},
    "peur du vide": {"hauteur"},
    "dehors mais pas la nuit": {"nuit"},
}
WITHOUT_FICHE = {
    "vétérinaire": "vétérinaire",
    "veterinère": "vétérinaire",
    "sage femme": "sage-femme",
    "pompier volontaire": "pompier volontaire",
    "esteticienne": "esthéticien",
    "ca gagne combien un plombier": "plombier",
    "pilote d'avion": "pilote d’avion",
    "assistante sociale": "assistant social",
    "éducateur canin": "éducateur canin",
    "vendeuse": "vendeur",
    "serveuse": "serveur",
    "actrice": "acteur",
    "femme de ménage": "femme de ménage",
}
SAYING_NOTHING = (
    "aucune idée",
    "je sais pas",
    "test",
    "gens",
    "metier d'homme",
    "pas cher",
    "facile",
)


def first_slugs(query, count=FIRST):
    catalogue = read_catalogue()
    return [catalogue.stops[number].slug for number in catalogue.text.find(query).best(count)]


def test_no_query_stands_in_two_lists():
    assert len(QUERIES) == 132


@pytest.mark.django_db
def test_the_right_metier_is_among_the_first_three(content):
    found = {query: first_slugs(query) for query in QUERIES}

    missed = {query: found[query] for query, slug in QUERIES.items() if slug not in found[query]}
    assert len(QUERIES) - len(missed) >= ENOUGH * len(QUERIES), missed


@pytest.mark.django_db
@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_finds_nothing(content, query):
    assert first_slugs(query) == []


@pytest.mark.django_db
@pytest.mark.parametrize("query", NAMES | ACCENTS_AND_CASE)
def test_a_name_is_found_first(content, query):
    assert first_slugs(query, 1) == [QUERIES[query]]


@pytest.mark.django_db
@pytest.mark.parametrize("query", HAVING)
def test_a_wish_finds_first_those_that_have_it(content, query):
    catalogue = read_catalogue()
    having = catalogue.facets["critere"].holding(tuple(HAVING[query]))

    assert having[catalogue.text.find(query).best(FIRST)].tolist() == [True] * min(
        FIRST, having.sum()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("query", REFUSING)
def test_a_refusal_never_finds_first_what_it_refuses(content, query):
    catalogue = read_catalogue()
    criteria = catalogue.facets["critere"]
    refused = sum(criteria.holding((key,)) for key in REFUSING[query])

    best = catalogue.text.find(query).best(FIRST)
    assert best.size
    assert not refused[best].any()


@pytest.mark.django_db
@pytest.mark.parametrize("query", WITHOUT_FICHE)
def test_a_metier_without_a_fiche_is_named(content, query):
    assert read_catalogue().text.find(query).absent == WITHOUT_FICHE[query]


@pytest.mark.django_db
@pytest.mark.parametrize("query", NAMES | ACCENTS_AND_CASE | SYNONYMS)
def test_a_metier_that_has_a_fiche_is_not_called_absent(content, query):
    assert read_catalogue().text.find(query).absent == ""


@pytest.mark.django_db
@pytest.mark.parametrize("query", SAYING_NOTHING)
def test_what_says_nothing_is_not_understood(content, query):
    assert not read_catalogue().text.find(query).understood


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["pénurie", "qui recrute", "débouchés", "trouver du travail"])
def test_demand_can_be_said_in_words(content, query):
    catalogue = read_catalogue()
    wanted = catalogue.facets["demande"].masks.any(axis=0)

    assert wanted[catalogue.text.find(query).best(FIRST)].tolist() == [True] * FIRST


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query, step",
    [
        ("bien payé", "3500"),
        ("un métier qui paie bien", "3500"),
        ("4000 euros", "4000"),
        ("4 000 €", "4000"),
        ("gagner 3800 euros", "3500"),
        ("pas d'études mais 5000 euros", "5000"),
    ],
)
def test_pay_can_be_said_in_words(content, query, step):
    wishes = read_catalogue().text.find(query).wishes

    assert [wish.key for wish in wishes if wish.kind == "salaire"] == [step]


def test_the_fiches_near_an_absent_metier_exist():
    with ABSENT_NAMES.open(encoding="utf-8", newline="") as lines:
        near = {slug for row in DictReader(lines) for slug in row["near"].split()}

    assert near - {path.stem for path in (settings.CONTENT_DIR / "metiers").glob("*.yaml")} == set()
