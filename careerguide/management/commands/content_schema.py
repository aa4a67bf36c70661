from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from careerguide.content.writing import schema_files


class Command(BaseCommand):
    help = "Écrit les JSON Schema des fichiers de contenu, tirés des modèles."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR)

    def handle(self, folder, **options):
        for path, text in schema_files():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            self.stdout.write(path)
