import json

from django.core.management.base import BaseCommand, CommandError

from quiz.norming import freeze
from quiz.reference import read_norms_json, read_reference

PEOPLE = 20_000
"""As many as the published sets were frozen with."""

FEWEST_PEOPLE = 20


class Command(BaseCommand):
    help = (
        "Écrit les normes d’un jeu de questions, en YAML à coller dans son fichier. "
        "Les mêmes fichiers de référence donnent toujours les mêmes normes."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--people",
            type=int,
            default=PEOPLE,
            metavar="N",
            help=f"nombre de personnes simulées (par défaut : {PEOPLE})",
        )

    def handle(self, people, **options):
        if people < FEWEST_PEOPLE:
            raise CommandError(f"--people : {people} trouvé ; permis : {FEWEST_PEOPLE} ou plus")
        interests = [metier.interests for metier in read_reference()]
        norms = freeze(read_norms_json(), interests, people=people)
        self.stdout.write("norms:")
        for name, value in norms.to_dict().items():
            self.stdout.write(f"  {name}: {json.dumps(value)}")
