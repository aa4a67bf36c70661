"""The widths in which a picture is served, and the files made of it once."""

from io import BytesIO

from PIL import Image

WIDTHS = (320, 640, 960, 1440)
EXTENSIONS = ("avif", "webp")
"""The smallest first: a browser takes the first that it knows."""

OPTIONS = {"avif": {"quality": 60, "speed": 9}, "webp": {"quality": 80, "method": 4}}


def widths_of(width):
    """Those that a picture of this width fills, its own where it is narrower than the widest.

    >>> widths_of(2400), widths_of(700), widths_of(200)
    ((320, 640, 960, 1440), (320, 640, 700), (200,))
    """
    return (*(w for w in WIDTHS[:-1] if w < width), min(width, WIDTHS[-1]))


def sizes_of(original):
    """(width, extension, bytes) of each file to serve, from the bytes of a clean original."""
    image = Image.open(BytesIO(original), formats=("WEBP",))
    image.load()
    for width in widths_of(image.width):
        height = max(1, round(image.height * width / image.width))
        scaled = image.resize((width, height), Image.Resampling.LANCZOS)
        scaled.info = {}
        for extension in EXTENSIONS:
            buffer = BytesIO()
            scaled.save(buffer, extension.upper(), **OPTIONS[extension])
            yield width, extension, buffer.getvalue()
