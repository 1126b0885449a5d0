"""Is the same photo known again? 100 pictures made here, what people do to photos, and how many are found.

``python -m tests.same_photo`` prints the table; ``python -m tests.same_photo folder`` measures photos of your own.
"""

import io
import random
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from activities.evidence.fingerprint import ALIKE, NEAR, Fingerprint, closeness, fingerprint
from reports.demonstration import pictures

Change = Callable[[Image.Image, random.Random], Image.Image]
MOST = 0.08
COLOURS = [(255, 255, 255), (0, 0, 0), (180, 20, 30), (240, 220, 90), (20, 60, 140)]


# --- originals ---------------------------------------------------------------------------------------------


def originals() -> list[Image.Image]:
    """100 different pictures: views of drawn scenes, one hall with other people in it, weather, pages of text."""
    return [*views(), *(hall(seed) for seed in range(22)), *(weather(seed) for seed in range(15)), *pages()]


def views() -> Iterator[Image.Image]:
    """Four corners of each scene of the demonstration, as if taken from four places: 48."""
    for number, scene in enumerate(pictures.SCENES):
        drawn = Image.open(io.BytesIO(pictures.picture(scene, "质量月", number)))
        whole = drawn.resize((1440, 960))
        for left, top in ((0, 0), (640, 0), (0, 400), (640, 400)):
            yield whole.crop((left, top, left + 800, top + 560))


def hall(seed: int, *, tripod: bool = False) -> Image.Image:
    """The same banner, wall and floor every time; other people, and, without tripod, the camera a little elsewhere."""
    chance = random.Random(f"hall {seed}")
    image = Image.new("RGB", (900, 600), (222, 214, 200))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 400, 900, 600), fill=(150, 110, 80))
    draw.rectangle((120, 50, 780, 130), fill=(190, 25, 30))
    for letter in range(9):
        draw.rectangle((160 + letter * 66, 70, 200 + letter * 66, 110), fill=(250, 230, 120))
    for row, (y, size) in enumerate(((330, 36), (400, 44), (480, 54))):
        for place in range(chance.randint(5, 9)):
            person(
                draw, 60 + place * 100 + row * 30 + chance.randint(-30, 30), y + chance.randint(-25, 25), size, chance
            )
    x, y = (50, 30) if tripod else (chance.randint(0, 100), chance.randint(0, 60))
    return image.crop((x, y, x + 800, y + 540))


def person(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, chance: random.Random) -> None:
    coat, skin = [tuple(chance.randint(low, 230) for _ in range(3)) for low in (10, 130)]
    draw.rounded_rectangle((x - size, y, x + size, y + 4 * size), size // 2, fill=coat)
    draw.ellipse((x - size // 2, y - size, x + size // 2, y + size // 4), fill=skin)
    draw.pieslice((x - size // 2, y - size, x + size // 2, y), 180, 360, fill=(30, 25, 20))


def weather(seed: int) -> Image.Image:
    """Clouds of all sizes: what has no edges."""
    chance = random.Random(f"weather {seed}")
    image = Image.new("L", (800, 600), 128)
    for cells in (96, 48, 24, 12, 6, 3):
        grey = Image.frombytes("L", (cells, cells), chance.randbytes(cells * cells))
        image = Image.blend(image, grey.resize(image.size, Image.Resampling.BICUBIC), 0.4)
    return ImageOps.colorize(ImageOps.autocontrast(image), (40, 60, 90), (250, 245, 235))


def pages() -> Iterator[Image.Image]:
    """White pages of the same layout with other words: 15."""
    for seed in range(15):
        chance = random.Random(f"page {seed}")
        image = Image.new("RGB", (840, 1188), "white")
        draw = ImageDraw.Draw(image)
        draw.rectangle((250, 110, 590, 140), fill="black")
        y = 190
        while y < 1080:
            for line in range(chance.randint(1, 7)):
                words(draw, 180 if line == 0 else 110, y, chance.randint(300, 730) if line > 4 else 730, chance)
                y += 30
        yield image.crop((0, 0, 840, 1188))


def words(draw: ImageDraw.ImageDraw, left: int, y: int, right: int, chance: random.Random) -> None:
    """A line of something like characters: strokes in squares."""
    for x in range(left, right, 21):
        for _ in range(5):
            a, b, c, d = (chance.randint(0, 17) for _ in range(4))
            across = chance.random() < 0.5
            draw.line((x + a, y + b, x + (c if across else a), y + (b if across else d)), fill="black", width=2)


# --- what people do to photos ------------------------------------------------------------------------------


def resized(image: Image.Image, chance: random.Random) -> Image.Image:
    return ImageOps.scale(image, chance.choice([0.25, 0.4, 0.5, 0.75, 1.5]), Image.Resampling.LANCZOS)


def compressed(image: Image.Image, chance: random.Random) -> Image.Image:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=chance.randint(35, 60))
    return Image.open(io.BytesIO(out.getvalue()))


def framed(image: Image.Image, chance: random.Random) -> Image.Image:
    """A border of up to 8 %: all around, or on some sides."""
    parts = [chance.uniform(0.02, MOST)] * 4
    if chance.random() < 0.5:
        parts = [chance.choice([0, chance.uniform(0.02, MOST)]) for _ in range(4)]
    left, top, right, bottom = (round(part * side) for part, side in zip(parts, image.size * 2, strict=True))
    return ImageOps.expand(image, (left, top, right, bottom), chance.choice(COLOURS))


def cropped(image: Image.Image, chance: random.Random) -> Image.Image:
    """Up to 8 % off any side."""
    return cut(image, [chance.choice([0, chance.uniform(0, MOST), MOST]) for _ in range(4)])


def cropped_all_around(image: Image.Image, chance: random.Random) -> Image.Image:
    return cut(image, [MOST] * 4)


def cut(image: Image.Image, parts: list[float]) -> Image.Image:
    left, top, right, bottom = (round(part * side) for part, side in zip(parts, image.size * 2, strict=True))
    return image.crop((left, top, image.width - right, image.height - bottom))


def brighter(image: Image.Image, chance: random.Random) -> Image.Image:
    return ImageEnhance.Brightness(image).enhance(chance.choice([0.85, 1.15]))


CHANGES: dict[str, list[Change]] = {
    "resized": [resized, compressed],
    "recompressed": [compressed],
    "border": [framed, compressed],
    "crop": [cropped, compressed],
    "crop of 8 % all around": [cropped_all_around, compressed],
    "brightness": [brighter, compressed],
    "resized, recompressed, border": [resized, compressed, framed, compressed],
    "resized, recompressed, crop": [resized, compressed, cropped, compressed],
    "everything at once": [brighter, resized, cropped, framed, compressed],
}


def changed(image: Image.Image, name: str, number: int) -> Image.Image:
    """The picture after a change; the same arguments give the same picture."""
    chance = random.Random(f"{name} {number}")
    for change in CHANGES[name]:
        image = change(image, chance)
    return image


# --- the figures -------------------------------------------------------------------------------------------


def found(asks: Fingerprint | None, kept: Fingerprint | None) -> bool:
    """Whether a photo that asks is pointed at one that is kept: by band, then by distance, then tile by tile."""
    if asks is None or kept is None:
        return False
    near = any(band in asks.questions and asks.distance(bits) <= NEAR for band, bits in kept.marks)
    return near and closeness(asks, kept) >= ALIKE


Photos = list[tuple[Image.Image, Fingerprint | None]]


def with_prints(images: Iterable[Image.Image]) -> Photos:
    return [(image, fingerprint(image)) for image in images]


def share_found(photos: Photos, name: str) -> float:
    """How many of 100 changed copies and their originals are found: once the one asks, once the other."""
    pairs = [(one, fingerprint(changed(image, name, i))) for i, (image, one) in enumerate(photos)]
    return 50 * sum(found(one, copy) + found(copy, one) for one, copy in pairs) / len(pairs)


def share_pointed(photos: Photos) -> float:
    """How many of 100 different pictures are pointed at another one of them."""
    prints = [one for _image, one in photos]
    pairs = combinations(range(len(prints)), 2)
    wrong = {i for pair in pairs if found(prints[pair[0]], prints[pair[1]]) for i in pair}
    return 100 * len(wrong) / len(prints)


def photos_in(folder: str) -> list[Image.Image]:
    """Your own photos, at the size in which they are kept."""
    paths = sorted(each for each in Path(folder).rglob("*") if each.suffix.lower() in (".jpg", ".jpeg"))
    images = [ImageOps.exif_transpose(Image.open(each)).convert("RGB") for each in paths]
    return [ImageOps.contain(image, (1600, 1600)) for image in images]


def main() -> None:
    photos = with_prints(photos_in(sys.argv[1]) if sys.argv[1:] else originals())
    print(f"{len(photos)} pictures; found of 100:")
    for name in CHANGES:
        print(f"  {name:32} {share_found(photos, name):5.1f}", flush=True)
    print(f"different ones pointed at, of 100: {share_pointed(photos):.1f}")


if __name__ == "__main__":
    main()
