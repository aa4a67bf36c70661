import gzip
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import process_time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from careerguide.content.reading import import_content
from quiz.bench_data import fill_up
from quiz.questionnaire import Questionnaire
from quiz.steps import refine_address, result_address, step_address
from quiz.token import Answers, encode

SIZES = (24, 200, 2_000)
VARIED = (1, 5, 3, 4, 2, 1, 2, 5, 4, 4, 1, 2, 1, 4, 3, 5, 2, 1)
FACETS = {
    "q": "travail",
    "critere": ["equipe"],
    "etudes": ["2", "3", "4", "5"],
    "interet": ["R", "I", "S", "C"],
    "salaire": "2500",
    "demande": ["wallonie", "bruxelles"],
    "acces": "reglemente",
    "tri": "salaire",
}
COMPARED = ["infirmier", "educateur-specialise", "electricien", "comptable"]
HEADINGS = ("métiers", "page", "ms", "au moins", "fois vide", "requêtes", "octets", "gzip")


@dataclass(frozen=True)
class Cost:
    """What a page takes: milliseconds of processor, the median and the least, SQL queries, bytes
    as they are and gzipped."""

    milliseconds: float
    least: float
    queries: int
    size: int
    compressed: int


def costs_of(pages, repeats):
    """The `Cost` of each address by name, after a first time, which fills the caches.

    Each is asked for in turn, `repeats` times over: a moment when the machine is slow is the same
    for all.
    """
    client, found = Client(), {}
    times = {name: [] for name in pages}
    for name, address in pages.items():
        body = _get(client, address).content
        with CaptureQueriesContext(connection) as captured:
            _get(client, address)
        compressed = gzip.compress(body, compresslevel=6, mtime=0)
        found[name] = len(captured), len(body), len(compressed)
    for _ in range(repeats):
        for name, address in pages.items():
            times[name].append(1_000 * _processor_time(client, address))
    return {name: Cost(median(times[name]), min(times[name]), *found[name]) for name in pages}


class Command(BaseCommand):
    help = (
        "Mesure les pages à 24, 200 et 2 000 métiers, inventés dans une base de données "
        "temporaire en mémoire : temps de processeur (médiane et minimum, compression "
        "comprise), combien de fois celui d’une page vide, requêtes SQL, taille telle quelle "
        "et compressée."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--repeats", type=int, default=21, metavar="N", help="mesures par page (21)"
        )
        parser.add_argument(
            "--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="nombres de métiers"
        )

    def handle(self, repeats, sizes, **options):
        self.row(*HEADINGS)
        production = override_settings(
            DEBUG=False, ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False
        )
        with production:
            for size in sizes:
                self.measure(size, repeats)

    def measure(self, size, repeats):
        with temporary_database():
            import_content(settings.CONTENT_DIR)
            fill_up(size)
            costs = costs_of(addresses(), repeats)
            for name, cost in costs.items():
                times = (
                    f"{cost.milliseconds:.1f}",
                    f"{cost.least:.1f}",
                    f"{cost.least / costs['vide'].least:.1f}",
                )
                self.row(size, name, *times, cost.queries, cost.size, cost.compressed)

    def row(self, size, name, *figures):
        self.stdout.write(f"{size:>8}  {name:<9}" + "".join(f"{x:>10}" for x in figures))


@contextmanager
def temporary_database():
    """A migrated database in memory in place of the configured one, which is not opened."""
    configured = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(configured, verbosity=0)


def addresses():
    """Each kind of page; the answers given are the same each time."""
    answers = Answers(Questionnaire.load().number, values=VARIED + (None,) * 18, level=4)
    return {
        "vide": reverse("robots"),  # what Django and its middleware take of every page
        "accueil": reverse("metiers:home"),
        "liste": reverse("metiers:list"),
        "facettes": reverse("metiers:list", query=FACETS),
        "recherche": reverse("metiers:list", query={"q": "infirmière de nuit"}),
        "proximité": reverse("metiers:list", query={"tri": "proximite", "r": encode(answers)}),
        "secteur": reverse("metiers:sector", args=["sante"]),
        "fiche": reverse("metiers:detail", args=["infirmier"]),
        "comparer": reverse("metiers:compare", query={"m": COMPARED, "r": encode(answers)}),
        "étape": step_address(9, answers),
        "affiner": refine_address(Questionnaire.load(), answers),
        "résultat": result_address(answers),
        "pourquoi": reverse("quiz:why", args=[encode(answers), "infirmier"]),
    }


def _get(client, address, **options):
    response = client.get(address, **options)
    if response.status_code != 200:
        raise CommandError(f"{address} : {response.status_code} trouvé ; permis : 200")
    return response


def _processor_time(client, address):
    start = process_time()
    _get(client, address, headers={"accept-encoding": "gzip"})
    return process_time() - start
