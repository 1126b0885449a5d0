"""A sheet to draw flat illustrations on: shapes, light, lettering."""

import io
import subprocess
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1600, 1067
SHARP = 2  # drawn twice as large and reduced, which smooths every edge

Colour = tuple[int, int, int] | tuple[int, int, int, int]
Point = tuple[float, float]


class FontMissing(RuntimeError):
    """Fontconfig knows no font that can letter Chinese text."""


@cache
def font_file() -> tuple[str, int]:
    """Find the bold Chinese font of this machine.

    Returns: the file, and the face within it.
    Raises: FontMissing when fontconfig is absent or answers with a font that has no Chinese.
    """
    ask = ["fc-match", "-f", "%{file}\t%{index}\t%{lang}", "sans-serif:lang=zh-cn:bold"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise FontMissing("fc-match cannot be run; install fontconfig and a Chinese font") from error
    path, index, languages = answer.split("\t")
    if "zh-cn" not in languages.split("|"):
        raise FontMissing("no Chinese font is installed; install fonts-noto-cjk")
    return path, int(index) & 0xFFFF  # the upper half of the number names a variation, not a face


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Load the Chinese font in one size (pixels of the enlarged sheet)."""
    path, index = font_file()
    return ImageFont.truetype(path, size, index=index)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Blend two colours; a share of 0 is the first, of 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one[:3], other[:3], strict=True))
    return red, green, blue


def layouts(text: str) -> list[list[str]]:
    """Give the ways to set a banner: in one line, or in two, parted at a space or else in the middle."""
    text = text.strip().replace("\u3000", "  ")
    middle = len(text) / 2
    spaces = [i for i, sign in enumerate(text) if sign == " "]
    cut = min(spaces, key=lambda i: abs(i - middle)) if spaces else round(middle)
    ways = [[text], [text[:cut].strip(), text[cut:].strip()]]
    return [way for way in ways if all(way)]


def fitting(lines: list[str], w: float, h: float) -> float:
    """Work out how large lettering may be so that these lines stay within a box."""
    widest = max(font(100).getlength(line) for line in lines) / 100
    return min(w / widest, h / len(lines) * 0.8)


class Canvas:
    """A sheet of 1600 × 1067 units, the origin at the upper left."""

    def __init__(self, ground: Colour) -> None:
        self.image = Image.new("RGB", (WIDTH * SHARP, HEIGHT * SHARP), ground)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def rect(self, x: float, y: float, w: float, h: float, fill: Colour, radius: float = 0) -> None:
        """Fill a rectangle, its corners rounded by `radius`."""
        box = [x * SHARP, y * SHARP, (x + w) * SHARP - 1, (y + h) * SHARP - 1]
        self.pen.rounded_rectangle(box, radius * SHARP, fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """Fill an ellipse round its centre."""
        box = [(x - rx) * SHARP, (y - ry) * SHARP, (x + rx) * SHARP, (y + ry) * SHARP]
        self.pen.ellipse(box, fill=fill)

    def slice(self, x: float, y: float, r: float, start: int, end: int, fill: Colour) -> None:
        """Fill a part of a circle between two angles (degrees, clockwise from the right)."""
        box = [(x - r) * SHARP, (y - r) * SHARP, (x + r) * SHARP, (y + r) * SHARP]
        self.pen.pieslice(box, start, end, fill=fill)

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """Fill a polygon."""
        self.pen.polygon([(x * SHARP, y * SHARP) for x, y in points], fill=fill)

    def stroke(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """Draw a line with round joints and ends."""
        self.pen.line([(x * SHARP, y * SHARP) for x, y in points], fill, round(width * SHARP), "curve")
        if width >= 5:
            for x, y in (points[0], points[-1]):
                self.oval(x, y, width / 2, width / 2, fill)

    def fade(self, y: float, h: float, top: Colour, bottom: Colour) -> None:
        """Fill the whole width from `y` on with a colour that turns into another."""
        strip = Image.new("RGB", (1, 64))
        for row in range(64):
            strip.putpixel((0, row), mix(top, bottom, row / 63))
        size = (WIDTH * SHARP, round(h * SHARP))
        self.image.paste(strip.resize(size, Image.Resampling.BILINEAR), (0, round(y * SHARP)))

    def glow(self, x: float, y: float, r: float, colour: Colour, strength: float) -> None:
        """Lay soft light round a point; `strength` is between 0 and 1."""
        # Pillow's gradient reaches 181 where the circle touches the sides of its square, 255 in the corners.
        light = Image.radial_gradient("L").point(lambda v: round(max(0, 255 - v * 255 / 180) * strength))
        side = round(r * 2 * SHARP)
        mask = light.resize((side, side), Image.Resampling.BILINEAR)
        place = (round((x - r) * SHARP), round((y - r) * SHARP))
        self.image.paste(Image.new("RGB", (side, side), colour[:3]), place, mask)

    def letter(self, x: float, y: float, w: float, h: float, text: str, fill: Colour) -> None:
        """Letter a text as large as its box allows, centred, in one line or two."""
        ways = layouts(text)
        if not ways:
            return
        lines = max(ways, key=lambda way: fitting(way, w, h))
        size = int(fitting(lines, w, h) * SHARP)
        for row, line in enumerate(lines):
            at = ((x + w / 2) * SHARP, (y + h * (row + 0.5) / len(lines)) * SHARP)
            self.pen.text(at, line, fill, font(max(8, size)), anchor="mm")

    def jpeg(self) -> bytes:
        """Reduce the sheet to its final size and encode it; the same drawing gives the same bytes."""
        out = io.BytesIO()
        self.image.reduce(SHARP).save(out, "JPEG", quality=86, optimize=True, subsampling=0)
        return out.getvalue()
