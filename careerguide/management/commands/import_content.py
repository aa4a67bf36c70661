from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careerguide.content.errors import ContentError
from careerguide.content.reading import import_content
from careerguide.content.registry import documents


class Command(BaseCommand):
    help = "Importe les fichiers de contenu : tout, ou rien."

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR)
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui changerait")
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="seulement dans une base sans contenu : ne touche jamais au travail des éditeurs",
        )

    def handle(self, folder, dry_run, if_empty, **options):
        if if_empty and any(document.model.objects.exists() for document in documents()):
            self.stdout.write("La base a déjà du contenu : rien n’a été importé.")
            return
        try:
            report = import_content(folder, dry_run=dry_run)
        except ContentError as error:
            raise CommandError(f"Rien n’a été importé.\n{error}") from error
        for verb, names in (("créé", report.created), ("changé", report.changed)):
            for name in names:
                self.stdout.write(f"{verb} : {name}")
        for name in report.without_file:
            self.stdout.write(f"en base, sans fichier (laissé) : {name}")
        counts = f"{len(report.created)} créés, {len(report.changed)} changés"
        suffix = " (à blanc : rien n’a été écrit)" if dry_run else ""
        self.stdout.write(f"{counts}, {len(report.left)} laissés tels quels{suffix}")
