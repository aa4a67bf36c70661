"""Pictures that tests make: none is anybody's photograph."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from metiers.models import Picture
from metiers.pictures import store
from metiers.pictures.reading import read_picture


def drawing(width=400, height=300, mode="RGB"):
    """Its top left quarter is red, the rest white: which way is up can be seen."""
    image = Image.new(mode, (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), fill="red")
    return image


def encoded(image=None, kind="PNG", **options):
    """The bytes of a file of this kind."""
    buffer = BytesIO()
    (image or drawing()).save(buffer, kind, **options)
    return buffer.getvalue()


def create_picture(*, slug="soudeuse", image=None, **fields):
    """A picture as an editor's upload leaves it, its files too."""
    clean = read_picture(ContentFile(encoded(image)))
    store.keep(clean.digest, clean.data)
    store.make_sizes(clean.digest, clean.width)
    if not fields.get("is_decorative"):
        fields.setdefault("alternative", "Une soudeuse règle son poste")
    fields = {"credit": "Jeanne Exemple", "licence": "CC BY 4.0"} | fields
    return Picture.objects.create(
        slug=slug,
        file=store.name_of(clean.digest),
        digest=clean.digest,
        width=clean.width,
        height=clean.height,
        **fields,
    )
