"""What somebody sent becomes a clean picture, or is refused in a sentence.

Nothing that was sent is kept as it came: only its pixels are, the right way up, in sRGB, encoded
again. Metadata, a script behind the pixels and a false name go no further.
"""

import hashlib
import struct
import warnings
import zlib
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from PIL import ExifTags, Image, ImageCms

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"
MOST_BYTES = 15_000_000
MOST_PIXELS = 52_000_000  # the largest sensors of phones have 50 million
SHORTEST_SIDE = 160
LONGEST_SIDE = 2400
QUALITY = {"quality": 90, "method": 2}

# What Pillow's readers were seen to raise at bytes that are not what they say.
BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, OverflowError, MemoryError),
    *(EOFError, struct.error, zlib.error, RuntimeError),
)
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# Pillow only warns of a picture that is not quite a bomb: it is one too.
warnings.simplefilter("error", Image.DecompressionBombWarning)

TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What each value of the EXIF orientation asks for."""


NO_PICTURE = "Ce fichier n’est pas une image JPEG, PNG, WebP ou AVIF, quel que soit son nom."
DAMAGED = "Cette image est abîmée\u00a0: elle ne s’ouvre pas en entier. Exporte-la à nouveau."


class Refused(ValueError):
    """Why a file is not taken, as its sender reads it."""


@dataclass(frozen=True)
class CleanPicture:
    """A WebP that holds pixels and nothing else."""

    data: bytes
    width: int
    height: int

    @cached_property
    def digest(self):
        return hashlib.sha256(self.data).hexdigest()


def read_picture(file):
    """The `CleanPicture` of an open file that knows its `size`; `Refused` otherwise."""
    refuse_heavy(file.size)
    image = _opened(file)
    try:
        # A JPEG is decoded at half or a quarter of its size when that is still large enough.
        image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        turned = TURNED.get(_orientation(image))
        image = _in_srgb(image)
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    except BROKEN as error:
        raise Refused(DAMAGED) from error
    if turned is not None:
        image = image.transpose(turned)
    image.info = {}
    buffer = BytesIO()
    image.save(buffer, "WEBP", **QUALITY)
    return CleanPicture(buffer.getvalue(), *image.size)


def refuse_heavy(size):
    """
    >>> refuse_heavy(100_000_000)
    Traceback (most recent call last):
    metiers.pictures.reading.Refused: Ce fichier pèse 100 Mo ; une image pèse 15 Mo au plus.
    """
    if size > MOST_BYTES:
        raise Refused(
            f"Ce fichier pèse {-(-size // 1_000_000)}\u00a0Mo\u202f; "
            f"une image pèse {MOST_BYTES // 1_000_000}\u00a0Mo au plus."
        )


def is_clean(data, digest, size):
    """Whether these bytes are what `read_picture` once made, named and measured as it did."""
    if len(data) > MOST_BYTES or hashlib.sha256(data).hexdigest() != digest:
        return False
    try:
        image = _opened(BytesIO(data))
        image.load()
    except (Refused, *BROKEN):
        return False
    is_bare = not {"exif", "xmp", "icc_profile"} & set(image.info)
    return image.format == "WEBP" and image.size == size and max(size) <= LONGEST_SIDE and is_bare


def _opened(file):
    """The picture known by its first bytes, measured before a pixel of it is decoded."""
    try:
        image = Image.open(file, formats=FORMATS)
        moves = getattr(image, "is_animated", False) and image.format != "MPO"
    except BOMBS as error:
        raise Refused(_too_many_pixels()) from error
    except BROKEN as error:
        raise Refused(DAMAGED if _begins_as_a_picture(file) else NO_PICTURE) from error
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Refused(_too_many_pixels())
    if min(width, height) < SHORTEST_SIDE:
        raise Refused(
            f"Cette image fait {width} × {height} pixels\u202f; "
            f"il en faut {SHORTEST_SIDE} au moins de chaque côté."
        )
    reduced = min(width, height) * LONGEST_SIDE // max(width, height, LONGEST_SIDE)
    if reduced < SHORTEST_SIDE:
        raise Refused(
            f"Cette image fait {width} × {height} pixels\u00a0: réduite à {LONGEST_SIDE} pixels de "
            f"long, elle en garde {reduced} de large\u202f; il en faut {SHORTEST_SIDE} au moins. "
            "Recadre-la."
        )
    if moves:
        raise Refused("Cette image est animée\u00a0: envoie une image fixe.")
    return image


def _begins_as_a_picture(file):
    """Whether these are the first bytes of a WebP or an AVIF, which are opened whole or not at all;
    what is cut of the others is seen when their pixels are read.
    """
    file.seek(0)
    start = file.read(12)
    return (start[:4], start[8:]) == (b"RIFF", b"WEBP") or start[4:] == b"ftypavif"


def _too_many_pixels():
    return f"Cette image a plus de {MOST_PIXELS // 1_000_000} millions de pixels\u00a0: réduis-la."


def _orientation(image):
    """1 to 8; what is unreadable turns nothing."""
    try:
        return image.getexif().get(ExifTags.Base.Orientation)
    except BROKEN:
        return None


def _in_srgb(image):
    """Its pixels as RGB, RGBA where some are transparent, in the colours that the web expects."""
    profile = image.info.get("icc_profile")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode.startswith("I"):  # sixteen bits a pixel, which convert() would cut off at 255
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("P", "PA", "LA", "La", "RGBa"):
        image = image.convert(mode)
    image.load()
    if not profile:
        return image.convert(mode)
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, given, srgb, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image.convert(mode)  # a profile of other pixels than these
