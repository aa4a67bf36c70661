from pathlib import Path

from django.core.management.base import BaseCommand

from careerguide.content.writing import export_content


class Command(BaseCommand):
    help = "Écrit tout le contenu dans un dossier, en fichiers que import_content relit."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)

    def handle(self, folder, **options):
        for path in export_content(folder):
            self.stdout.write(path)
