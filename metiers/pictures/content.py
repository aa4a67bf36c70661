"""Pictures in the content files: `pictures.yaml`, and each one's bytes beside it."""

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from careerguide.content.parts import Files, Part

from . import store
from .reading import is_clean


@dataclass(frozen=True)
class PictureFile(Part):
    """The name of a clean original, which holds its digest: « pictures/9f86….webp »."""

    key: str = "file"
    required = True

    def schema(self):
        return {
            "type": "string",
            "title": "fichier",
            "description": "Écrit par l’export ; le nom est l’empreinte SHA-256 du fichier.",
            "pattern": r"^pictures/[0-9a-f]{64}\.webp$",
        }

    def canonical(self, data):
        return data[self.key]

    def dump(self, picture):
        return picture.file.name

    def prepare(self, picture, name, references):
        digest = store.digest_of(name)
        if not (store.has(digest) or _stands_in(references.folder, name)):
            raise ValidationError({self.key: "Le fichier de cette image n’est plus là."})
        picture.file, picture.digest = name, digest


def _stands_in(folder, name):
    return folder is not None and (Path(folder) / name).is_file()


class PictureFiles(Files):
    pattern = "pictures/*.webp"

    def problems(self, data, folder, *, alone):
        path = folder / data["file"]
        if path.is_file():
            size = (data["width"], data["height"])
            if not is_clean(path.read_bytes(), path.stem, size):
                yield "file", data["file"], f"un WebP de {size[0]} × {size[1]}, de cette empreinte"
        elif alone or not store.has(path.stem):
            yield "file", data["file"], "un fichier du dossier"

    def take(self, data, folder):
        path = folder / data["file"]
        if path.is_file():
            store.keep(path.stem, path.read_bytes())
        store.make_sizes(path.stem, data["width"])

    def give(self, data, folder):
        target = folder / data["file"]
        if store.has(target.stem):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(store.original(target.stem).read_bytes())
        return [target]
