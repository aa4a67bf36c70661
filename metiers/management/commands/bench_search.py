from random import Random
from statistics import median
from time import process_time

from django.conf import settings
from django.core.management.base import BaseCommand

from careerguide.content.reading import read_entries
from metiers.catalogue.absent import absents
from metiers.catalogue.snapshot import TEXT_WEIGHTS
from metiers.models import Criterion, Metier
from metiers.search.index import TextIndex
from metiers.search.indexed import Document, Wish
from metiers.search.words import words_of

SIZES = (24, 1_000, 10_000)
QUERIES = {
    "nom": "infirmière",
    "pluriel": "électriciennes",
    "faute": "comptabel",
    "à l’oreille": "arkitecte",
    "début": "méca",
    "envie": "travailler dehors sans longues études",
    "phrase": "comment devenir conductrice de poids lourds",
    "mission": "prise de sang",
    "sans fiche": "veterinère",
    "refus": "je ne veux pas travailler dehors",
    "rien": "qsdfghjkl",
    "dix mots": "soigner nuit équipe dehors main bois chantier école enfant police",
    "10 ko": "a b " * 2_500,
    "un mot de 10 ko": "a" * 10_000,
    "expression": "(a+)+" * 200 + "!",
}
SYLLABLES = ("ba", "cro", "du", "fé", "gri", "lan", "mo", "nel", "pi", "rou", "sta", "ve", "zin")


class Command(BaseCommand):
    help = (
        "Mesure la recherche à 24, 1 000 et 10 000 métiers, faits de lignes des vraies fiches sous "
        "des noms inventés : temps de processeur par requête, en millisecondes (médiane)."
    )

    def add_arguments(self, parser):
        parser.add_argument("--repeats", type=int, default=21, metavar="N")
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")

    def handle(self, repeats, sizes, **options):
        entries = read_entries(settings.CONTENT_DIR, alone=True)
        indexes = {size: made_up_index(entries, size) for size in sizes}
        self.stdout.write("métiers  " + "".join(f"{size:>10}" for size in sizes))
        for name, text in QUERIES.items():
            times = [milliseconds(index, text, repeats) for index in indexes.values()]
            self.stdout.write(f"{name:<16}" + "".join(f"{time:>10.2f}" for time in times))


def milliseconds(index, text, repeats):
    index.find(text)
    times = []
    for _ in range(repeats):
        start = process_time()
        index.find(text)
        times.append(process_time() - start)
    return 1_000 * median(times)


def made_up_index(entries, size):
    """The real fiches, then others with invented names and the lines of several real ones."""
    rng = Random(0)  # noqa: S311 — invented names are no secret
    fiches = [entry.data for entry in entries if entry.document.model is Metier]
    documents = [real_document(fiche) for fiche in fiches[:size]]
    lines = [text for document in documents for text in document.texts]
    while len(documents) < size:
        name = f"{invented(rng)} {invented(rng)}"
        texts = [*rng.sample(lines, 40), (1, " ".join(invented(rng) for _ in range(10)))]
        documents.append(Document((name, f"{name}e"), (invented(rng),), texts))
    criteria = [entry.data for entry in entries if entry.document.model is Criterion]
    wishes = [
        Wish(
            "critere",
            data["slug"],
            data["name"],
            (data["name"], *data["search_words"]),
            frozenset(rng.sample(range(size), size // 4)),
        )
        for data in criteria
    ]
    return TextIndex(documents, wishes, absents({}))


def real_document(fiche):
    texts = []
    for field, weight in TEXT_WEIGHTS.items():
        value = fiche[field]
        texts += [(weight, line) for line in ([value] if isinstance(value, str) else value)]
    return Document((fiche["name_masculine"], fiche["name_feminine"]), fiche["synonyms"], texts)


def invented(rng):
    """« crodulan », about as varied as the words of a language: some 30,000."""
    word = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(3, 4)))
    return words_of(word)[0]
