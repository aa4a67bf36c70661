"""What people type, of every kind, and the fiche that they mean.

A fixed list over the real content: the right métier stands among the first three for at least 95
of the 100, and what says nothing finds nothing.
"""

import pytest

from metiers.catalogue import read_catalogue

FIRST = 3
ENOUGH = 95

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
QUERIES = (
    NAMES
    | ACCENTS_AND_CASE
    | SYNONYMS
    | TYPING_ERRORS
    | ORDER_AND_SPACES
    | SENTENCES
    | WORK_AND_TOOLS
    | WISHES
)
NONSENSE = ("qsdfghjkl", "xyzzy", "zzzz", "asdf jkl mlkj", "wxcvbn 12345", "!!! ???", "😀😀", "ţţţ")


def first_slugs(query, count=FIRST):
    catalogue = read_catalogue()
    return [catalogue.stops[number].slug for number in catalogue.text.find(query).best(count)]


def test_there_are_a_hundred_queries():
    assert len(QUERIES) == 100


@pytest.mark.django_db
def test_the_right_metier_is_among_the_first_three(content):
    found = {query: first_slugs(query) for query in QUERIES}

    missed = {query: found[query] for query, slug in QUERIES.items() if slug not in found[query]}
    assert len(QUERIES) - len(missed) >= ENOUGH, missed


@pytest.mark.django_db
@pytest.mark.parametrize("query", NONSENSE)
def test_nonsense_finds_nothing(content, query):
    assert first_slugs(query) == []


@pytest.mark.django_db
@pytest.mark.parametrize("query", NAMES | ACCENTS_AND_CASE)
def test_a_name_is_found_first(content, query):
    assert first_slugs(query, 1) == [QUERIES[query]]
