"""Make the two web fonts of static/fonts from the packages of Fontsource.

    python tools/build_fonts.py        # needs npm, fonttools and brotli

Each is cut down to the weights and the characters of the guide, and gets the
two no-break characters of French that its source lacks. Source Serif reserves
its name for unmodified copies (OFL, clause 3), so both fonts take ours.
"""

import io
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.hvar import add_HVAR
from fontTools.varLib.instancer import instantiateVariableFont

FONTS = Path(__file__).parent.parent / "static" / "fonts"

ASCII = "".join(map(chr, range(0x20, 0x7F)))
FRENCH = "àâäæçèéêëîïôöœùûüÿÀÂÄÆÇÈÉÊËÎÏÔÖŒÙÛÜ«»‘’“”–—…·€°½²×−"
SPACE, NO_BREAK_SPACE, ZERO_WIDTH_SPACE = 0x20, 0xA0, 0x200B
THIN_SPACE, NARROW_NO_BREAK_SPACE = 0x2009, 0x202F
HYPHEN, NO_BREAK_HYPHEN = 0x2D, 0x2011
NARROW = 0.55  # of a word space

FEATURES = ["kern", "liga", "ccmp", "locl", "mark", "tnum", "lnum", "pnum", "case"]
FAMILY, FULL_NAME, UNIQUE_ID, POSTSCRIPT_NAME, COPYRIGHT = 1, 4, 3, 6, 0


@dataclass(frozen=True)
class Face:
    """One font: `Face("Aiguillage Sans", "@fontsource-variable/…", (500, 800))`."""

    family: str
    package: str
    weights: tuple[int, int]

    @property
    def slug(self):
        return self.family.lower().replace(" ", "-")


FACES = [
    Face("Aiguillage Sans", "@fontsource-variable/sofia-sans-semi-condensed@5.3.0", (500, 800)),
    Face("Aiguillage Serif", "@fontsource-variable/source-serif-4@5.3.1", (400, 700)),
]


def fetch(package):
    """The latin variable font of a package, and the text of its licence."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, package]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own list
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            path = next(n for n in archive.getnames() if n.endswith("-latin-wght-normal.woff2"))
            font = archive.extractfile(path).read()
            licence = archive.extractfile("package/LICENSE").read().decode()
    return TTFont(io.BytesIO(font), recalcTimestamp=False), licence


def add_no_break_characters(font):
    """Map U+202F and U+2011, to the hyphen and to a blank glyph that nobody else uses."""
    characters = font.getBestCmap()
    narrow = characters[ZERO_WIDTH_SPACE]
    word_space, _ = font["hmtx"][characters[SPACE]]
    font["hmtx"][narrow] = (round(word_space * NARROW), 0)
    font["gvar"].variations[narrow] = []
    del font["HVAR"]
    add_HVAR(font)
    for table in font["cmap"].tables:
        table.cmap.pop(ZERO_WIDTH_SPACE, None)
        table.cmap |= {THIN_SPACE: narrow, NARROW_NO_BREAK_SPACE: narrow}
        table.cmap[NO_BREAK_HYPHEN] = characters[HYPHEN]


def rename(font, family):
    postscript_name = family.replace(" ", "") + "-Regular"
    names = {
        FAMILY: family,
        FULL_NAME: f"{family} Regular",
        UNIQUE_ID: postscript_name,
        POSTSCRIPT_NAME: postscript_name,
    }
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.string)


def subset(font):
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    no_break = [NO_BREAK_SPACE, THIN_SPACE, NARROW_NO_BREAK_SPACE, NO_BREAK_HYPHEN]
    subsetter.populate(text=ASCII + FRENCH, unicodes=no_break)
    subsetter.subset(font)


def licence_text(face, font, licence):
    """The copyright line that the font itself states, then the OFL."""
    copyright_line = font["name"].getDebugName(COPYRIGHT)
    source, _, version = face.package.rpartition("@")
    change = f"{face.family} is a subset of {source} {version}, renamed."
    terms = licence[licence.index("This Font Software is licensed") :].rstrip()
    return f"{copyright_line}\n\n{change}\n\n{terms}\n"


def build(face):
    source, licence = fetch(face.package)
    font = instantiateVariableFont(source, {"wght": face.weights})
    add_no_break_characters(font)
    rename(font, face.family)
    subset(font)
    font.flavor = "woff2"
    target = FONTS / f"{face.slug}.woff2"
    font.save(target)
    text = licence_text(face, font, licence)
    (FONTS / f"OFL-{face.slug}.txt").write_text(text, encoding="utf-8")
    print(f"{target.name}: {target.stat().st_size / 1000:.1f} kB")


if __name__ == "__main__":
    for face in FACES:
        build(face)
