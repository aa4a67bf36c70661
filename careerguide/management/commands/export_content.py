from pathlib import Path

from django.core.management.base import BaseCommand

from careerguide.content.writing import export_content


class Command(BaseCommand):
    help = "Écrit tout le contenu dans un dossier, en fichiers que import_content relit."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--prune", action="store_true", help="retire les fichiers que la base ne connaît pas"
        )

    def handle(self, folder, prune, **options):
        for line in export_content(folder, prune=prune):
            self.stdout.write(line)
