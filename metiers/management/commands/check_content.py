from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from careerguide.content import yaml_files
from careerguide.content.errors import ContentError
from careerguide.content.reading import read_entries
from metiers.models import Metier, PayBenchmark, Source
from metiers.proofreading import proofread
from metiers.proofreading.guiding import guide_of
from metiers.proofreading.prose import set_right


class Command(BaseCommand):
    help = (
        "Relit les fichiers de contenu : phrases répétées, chiffres sans source, années dépassées, "
        "« vous », typographie, genres, liens morts, lignes trop longues, sources dépassées, "
        "intérêts loin de la mesure, sans preuve ou prouvés à contresens, textes difficiles à lire."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR)
        parser.add_argument(
            "--fix", action="store_true", help="corrige la typographie des fichiers, et elle seule"
        )

    def handle(self, folder, fix, **options):
        entries = self.read(folder)
        if fix:
            for entry in entries:
                entry.data = set_right(entry.data)
            self.write(folder, entries)
        fiches, lists = files_of(entries, is_fiche=True), files_of(entries, is_fiche=False)
        findings = list(proofread(fiches, lists, guide_to(entries)))
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(f"{len(findings)} choses à corriger")
        self.stdout.write(f"{len({entry.file for entry in entries})} fichiers relus, rien à dire")

    def read(self, folder):
        try:
            return read_entries(folder, alone=True)
        except ContentError as error:
            raise CommandError(str(error)) from error

    def write(self, folder, entries):
        for name, document, data in by_file(entries):
            depth = "../" * name.count("/")
            text = yaml_files.dump(data, schema=depth + document.schema_path).encode()
            if (folder / name).read_bytes() != text:
                (folder / name).write_bytes(text)
                self.stdout.write(f"corrigé : {name}")


def files_of(entries, *, is_fiche):
    """The data of each file that is a fiche, or of each that is not, in the shape of the file."""
    return {
        name: data
        for name, document, data in by_file(entries)
        if (document.model is Metier) == is_fiche
    }


def by_file(entries):
    names = dict.fromkeys(entry.file for entry in entries)
    for name in names:
        inside = [entry for entry in entries if entry.file == name]
        document = inside[0].document
        data = [entry.data for entry in inside]
        yield name, document, data[0] if document.one_per_file else data


def guide_to(entries):
    return guide_of(*(_data_of(entries, model) for model in (Metier, PayBenchmark, Source)))


def _data_of(entries, model):
    return [entry.data for entry in entries if entry.document.model is model]
