"""Draw the wordmark and the icons: a line that branches off to a yellow stop.

    python tools/draw_wordmark.py      # needs fonttools, brotli and Pillow

The wordmark is set in Aiguillage Sans, but for its two « l »: the first is the
line itself, the second leaves it for the stop. It goes inline into the page,
where the style sheets colour it; the icons carry their own colours.
"""

from pathlib import Path

from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from PIL import Image, ImageDraw

ROOT = Path(__file__).parent.parent
FONT = ROOT / "static" / "fonts" / "aiguillage-sans.woff2"
TEMPLATE = ROOT / "templates" / "includes" / "_wordmark.html"
IMAGES = ROOT / "static" / "img"

# In thousandths of the letters' size.
WEIGHT = 760
RING = 62  # stroke of the stop
STOP = 122  # radius of the stop, up to the middle of its stroke
RAIL = 826  # height of the branch: clear of the ears of both « g »
TURN = 190  # radius of both bends
SLOPE = 64  # run, and rise, of the stretch at 45° between them
MARGIN = 12
SCALE = 0.3  # whole numbers at this size are exact enough, and short

INK, PAPER, YELLOW = "#11262c", "#f7f7f2", "#ffc233"
# On a square of 32: the line, the branch from inside it, the stop at its end.
LINE = (5, 4, 10, 28)
BRANCH = ((7.5, 24), (21, 10.5))
BRANCH_WIDTH = 5
DISC, HOLE = (21, 10.5, 6.5), (21, 10.5, 2.5)


class PathPen(BasePen):
    """Writes SVG path data in whole numbers, each relative to the one before."""

    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.data = ""
        self.place = self.start = (0, 0)

    def write(self, command, *points):
        whole = [(round(x * SCALE), round(-y * SCALE)) for x, y in points]
        steps = [
            value - base for point in whole for value, base in zip(point, self.place, strict=True)
        ]
        self.data += command + "".join(f"{step:+d}" for step in steps).removeprefix("+")
        self.place = whole[-1]

    def _moveTo(self, point):
        self.write("m", point)
        self.start = self.place

    def _lineTo(self, point):
        self.write("l", point)

    def _qCurveToOne(self, control, point):
        self.write("q", control, point)

    def _closePath(self):
        self.data += "z"
        self.place = self.start


def scaled(value):
    return round(value * SCALE)


def bounds(font, character):
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(character)]].draw(pen)
    return pen.bounds


def set_text(pen, font, text, left):
    """Draw a text from `left` on; answers where the next letter would start."""
    glyphs, characters = font.getGlyphSet(), font.getBestCmap()
    for character in text:
        glyph = glyphs[characters[ord(character)]]
        glyph.draw(TransformPen(pen, (1, 0, 0, 1, left, 0)))
        left += glyph.width
    return left


def eighth_turns():
    """From upright to level by way of 45°: two arcs and the slope between them."""
    radius, slope = scaled(TURN), scaled(SLOPE)
    short, long = round(radius * (1 - 0.5**0.5)), round(radius * 0.5**0.5)
    first = f"a{radius} {radius} 0 0 1 {short} {-long}"
    second = f"a{radius} {radius} 0 0 1 {long} {-short}"
    return f"{first}l{slope} {-slope}{second}", slope + short + long


def wordmark():
    font = instantiateVariableFont(TTFont(FONT), {"wght": WEIGHT})
    stem_left, _, stem_right, stem_top = bounds(font, "l")
    pitch, _ = font["hmtx"]["l"]

    pen = PathPen(font.getGlyphSet())
    left = set_text(pen, font, "Aigui", 0)
    stem = left + (stem_left + stem_right) / 2
    right = set_text(pen, font, "age", left + 2 * pitch)
    right -= font["hmtx"]["e"][0] - bounds(font, "e")[2]

    y, radius, ring = scaled(-RAIL), scaled(STOP), scaled(RING)
    end = scaled(right - STOP - RING / 2)
    bend, rise = eighth_turns()
    rail = f"M{scaled(stem)} 0V{scaled(-stem_top)}M{scaled(stem + pitch)} 0V{y + rise}{bend}H{end}"

    top = scaled(-RAIL - STOP - RING / 2 - MARGIN)
    height = scaled(MARGIN - bounds(font, "g")[1]) - top
    box = f"0 {top} {scaled(right)} {height}"
    weight = scaled(stem_right - stem_left)
    return f"""\
<svg class="wordmark" viewBox="{box}" role="img" aria-label="Aiguillage">
  <path class="wordmark-ink" d="{pen.data}" />
  <path class="wordmark-rail" fill="none" stroke-width="{weight}" d="{rail}" />
  <circle class="wordmark-you" cx="{end}" cy="{y}" r="{radius}" stroke-width="{ring}" />
</svg>
"""


def favicon():
    left, top, right, bottom = LINE
    branch = " ".join(f"{x} {y}" for x, y in BRANCH)
    disc, hole = ('cx="{}" cy="{}" r="{}"'.format(*circle) for circle in (DISC, HOLE))
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <path fill="{INK}" d="M0 0h32v32H0z"/>
  <path fill="none" stroke="{YELLOW}" stroke-width="{BRANCH_WIDTH}" d="M{branch}"/>
  <circle fill="{YELLOW}" {disc}/>
  <circle fill="{INK}" {hole}/>
  <path fill="{PAPER}" d="M{left} {top}H{right}V{bottom}H{left}z"/>
</svg>
"""


def icon(size, sharpness=8):
    """The favicon as pixels, drawn large and then reduced."""
    scale = size * sharpness / 32
    image = Image.new("RGB", (size * sharpness, size * sharpness), INK)
    draw = ImageDraw.Draw(image)
    branch = [(x * scale, y * scale) for x, y in BRANCH]
    draw.line(branch, YELLOW, round(BRANCH_WIDTH * scale))
    for (x, y, radius), color in ((DISC, YELLOW), (HOLE, INK)):
        draw.circle((x * scale, y * scale), radius * scale, color)
    left, top, right, bottom = (value * scale for value in LINE)
    draw.rectangle((left, top, right - 1, bottom - 1), PAPER)
    return image.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    TEMPLATE.write_text(wordmark(), encoding="utf-8")
    (IMAGES / "favicon.svg").write_text(favicon(), encoding="utf-8")
    icon(32).save(IMAGES / "favicon.ico", sizes=[(32, 32)])
    icon(180).save(IMAGES / "apple-touch-icon.png", optimize=True)
