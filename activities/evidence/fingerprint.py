"""How a photo looks, small enough to keep and to look up: the same photo is known again after resizing,
recompression, a border or a slight crop.

Three steps, from cheap to sure. A *perceptual hash* (63 signs of a cosine transform, after C. Zauner, "Implementation
and Benchmarking of Perceptual Image Hash Functions", 2010) is kept for the whole picture and for its middle; who asks
brings the hashes of 81 slight crops of the other picture, so that one of them meets one of those whichever of the two
was cropped. Parts of the hashes (*bands*) are looked up by an index: hashes that differ in three bits or less share
one. Whatever is near is then laid over the other and compared tile by tile (:func:`closeness`), because the same hall
with other people has nearly the same hash, but not the same tiles.

Pillow alone: the same hash of ImageHash, whole picture against whole picture, found 8 to 47 of 100 cropped or framed
photos at ten bits, and it brings numpy, scipy and PyWavelets: 225 MB on disk, 42 MB in each process.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from operator import mul
from typing import NamedTuple

from PIL import Image

SIDE = 64
"""Width and height of the grey sketch that is kept, in pixels."""
CUT = 0.08
"""The part of a side that may be cut off."""
NEAR = 12
"""Hashes that differ in more bits than this are not compared further."""
ALIKE = 85
"""Per cent of the tiles that agree in two copies of one photo: copies 94 and more in 98 of 100 pairs, other
photos of the same hall from the same place 78 at most."""

BAND = 16
BANDS = 4
TURNED = 3
LOOKED = 256
LEAST = 48
SPECK = 10
SPECKS = 0.015
"""A line is blank when at most 1.5 per cent of its 256 grey values are more than 10 of 255 off."""

HASHED = 16
LOW = 8
WAVES = [[math.cos(math.pi * k * (2 * i + 1) / (2 * HASHED)) for i in range(HASHED)] for k in range(LOW)]

LAID = 48
TILE = 8
TEXTURE = TILE * TILE * 3.0**2
"""A tile whose grey values vary less (a standard deviation of 3 of 255) shows nothing that could be compared."""
SMALLEST = 32
TEXTURED = 9
"""A picture with fewer tiles that show something has no fingerprint."""
AGREES = 0.6
FURTHEST = 0.14

Cuts = tuple[float, ...]
"""Left, top, right and bottom: parts of a side cut off one picture; negative: off the other one."""


Box = tuple[float, float, float, float]


class Tile(NamedTuple):
    """A piece of a picture: its grey values, their sum, and how much they vary (the sum of squared differences)."""

    grey: bytes
    total: int
    varies: float


class Hash(NamedTuple):
    """63 bits, and their places, the least certain one first."""

    bits: int
    doubtful: list[int]

    def probes(self) -> Iterator[int]:
        """Its bands, and each with its least certain bits turned, one at a time."""
        yield from bands(self.bits)
        for place in range(BANDS):
            doubtful = [bit for bit in self.doubtful if bit // BAND == place]
            for bit in doubtful[:TURNED]:
                yield bands(self.bits ^ 1 << bit)[place]


@dataclass(frozen=True)
class Fingerprint:
    """A grey sketch of a picture without its frame, and what is computed from it."""

    sketch: bytes

    @cached_property
    def image(self) -> Image.Image:
        return Image.frombytes("L", (SIDE, SIDE), self.sketch)

    @cached_property
    def kept(self) -> tuple[int, int]:
        """The hashes to keep: of the whole and of the middle."""
        return self.hashed((0, 0, 0, 0)).bits, self.hashed((CUT,) * 4).bits

    @cached_property
    def asked(self) -> dict[Cuts, Hash]:
        """The hashes to ask with: of every slight crop."""
        return {cuts: self.hashed(cuts) for cuts in product((0, CUT / 2, CUT), repeat=4)}

    def hashed(self, cuts: Cuts) -> Hash:
        return perceptual_hash(part(self.image, cuts, HASHED))

    @cached_property
    def laid(self) -> dict[Cuts, list[Tile]]:
        """Its tiles at the cuts looked at so far: laying one picture over another moves one side of one of them."""
        return {}

    def tiles(self, cuts: Cuts) -> list[Tile]:
        """The picture with its sides cut off, in tiles."""
        if cuts not in self.laid:
            self.laid[cuts] = tiles(self.image, cuts)
        return self.laid[cuts]

    @property
    def marks(self) -> list[tuple[int, int]]:
        """What to keep in the database: pairs of a band and the hash it is part of."""
        return [(band, bits) for bits in sorted(set(self.kept)) for band in bands(bits)]

    @cached_property
    def questions(self) -> set[int]:
        """The bands under which alike photos are kept."""
        return {band for each in self.asked.values() for band in each.probes()}

    def distance(self, bits: int) -> int:
        """In how many bits a kept hash differs from the nearest slight crop of this picture."""
        return min((bits ^ each.bits).bit_count() for each in self.asked.values())


def fingerprint(image: Image.Image) -> Fingerprint | None:
    """The fingerprint of a picture.

    Arguments: the picture, upright.
    Returns: the fingerprint; None for a picture that shows next to nothing (a wall, a white page, a stripe), because
    all of those look alike.
    """
    if min(image.size) < SMALLEST:
        return None
    grey = image.convert("L")
    how = Image.Resampling.BOX if min(grey.size) >= 2 * SIDE else Image.Resampling.BILINEAR
    found = Fingerprint(grey.resize((SIDE, SIDE), how, box=inside_frame(grey)).tobytes())
    shows = sum(each.varies >= TEXTURE for each in tiles(found.image, (0, 0, 0, 0)))
    return found if shows >= TEXTURED else None


def bands(bits: int) -> list[int]:
    """The parts of a hash, each with its place, as numbers below 2**18."""
    return [place << BAND | bits >> (place * BAND) & 0xFFFF for place in range(BANDS)]


def perceptual_hash(grey: bytes) -> Hash:
    """Which of the lowest 8 × 8 frequencies, but the mean, lie above their median.

    Arguments: 16 × 16 grey values.
    """
    rows = [grey[i : i + HASHED] for i in range(0, HASHED * HASHED, HASHED)]
    across = [[dot(row, wave) for row in rows] for wave in WAVES]
    strengths = [dot(column, wave) for column in across for wave in WAVES][1:]
    median = sorted(strengths)[len(strengths) // 2]
    bits = sum((each > median) << place for place, each in enumerate(strengths))
    return Hash(bits, sorted(range(len(strengths)), key=lambda place: abs(strengths[place] - median)))


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(map(mul, one, other))


def part(image: Image.Image, cuts: Cuts, pixels: int) -> bytes:
    """The grey values of a sketch with its sides cut off, at ``pixels`` by ``pixels``."""
    left, top, right, bottom = cuts
    box = (left * SIDE, top * SIDE, (1 - right) * SIDE, (1 - bottom) * SIDE)
    return image.resize((pixels, pixels), Image.Resampling.BILINEAR, box=box).tobytes()


# --- the frame ---------------------------------------------------------------------------------------------


def inside_frame(grey: Image.Image) -> Box:
    """The box of a picture without blank edges: a frame, margins of paper, bare wall, one inside the other."""
    small = grey.resize((LOOKED, LOOKED), Image.Resampling.BOX)
    box = (0, 0, LOOKED, LOOKED)
    while (smaller := without_edges(small, box)) != box:
        box = smaller
    across, down = grey.width / LOOKED, grey.height / LOOKED
    return box[0] * across, box[1] * down, box[2] * across, box[3] * down


def without_edges(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The box without blank lines at its edges; the same box when there are none, or nothing would be left."""
    inner = image.crop(box)
    rows = lines(inner)
    top, bottom = blank(rows), blank(rows[::-1])
    columns = [line[top : len(line) - bottom] for line in lines(inner.transpose(Image.Transpose.TRANSPOSE))]
    left, right = blank(columns), blank(columns[::-1])
    found = (box[0] + left, box[1] + top, box[2] - right, box[3] - bottom)
    return found if min(found[2] - found[0], found[3] - found[1]) >= LEAST else box


def lines(image: Image.Image) -> list[bytes]:
    data = image.tobytes()
    return [data[i : i + image.width] for i in range(0, len(data), image.width)]


def blank(lines: list[bytes]) -> int:
    """How many lines from the edge are of one colour each, and the next one, which may be half of it."""
    count = 0
    while count < len(lines) and is_blank(lines[count]):
        count += 1
    return count + 1 if count else 0


def is_blank(line: bytes) -> bool:
    if not line:
        return False
    colour = sorted(line)[len(line) // 2]
    return sum(abs(value - colour) > SPECK for value in line) <= len(line) * SPECKS


# --- comparing ---------------------------------------------------------------------------------------------


def closeness(one: Fingerprint, other: Fingerprint) -> int:
    """How much of two pictures agrees when one is laid over the other.

    Returns: per cent of the tiles that show something; from :data:`ALIKE` on they are copies of one photo.
    """
    agreeing = [each > AGREES for each in agreement(one, other, best_laid(one, other))]
    return round(100 * sum(agreeing) / len(agreeing)) if agreeing else 0


def best_laid(one: Fingerprint, other: Fingerprint) -> Cuts:
    """How to lay one picture over the other: the nearest hashes give a start, small steps improve it."""
    cuts = first_laid(one, other)
    best = mean(agreement(one, other, cuts))
    for step in (0.02, 0.01, 0.005):
        while better := one_step(one, other, cuts, step, best):
            best, cuts = better
    return cuts


def first_laid(one: Fingerprint, other: Fingerprint) -> Cuts:
    whole, middle = other.kept
    starts = [((each.bits ^ whole).bit_count(), cuts) for cuts, each in one.asked.items()]
    starts += [((each.bits ^ middle).bit_count(), tuple(x - CUT for x in cuts)) for cuts, each in one.asked.items()]
    return min(starts)[1]


def one_step(one: Fingerprint, other: Fingerprint, cuts: Cuts, step: float, best: float) -> tuple[float, Cuts] | None:
    """The first way to move one side by a step so that the pictures agree better."""
    for side, by in product(range(4), (step, -step)):
        moved = max(-FURTHEST, min(FURTHEST, cuts[side] + by))
        tried = (*cuts[:side], moved, *cuts[side + 1 :])
        agrees = mean(agreement(one, other, tried))
        if agrees > best + 1e-4:
            return agrees, tried
    return None


def agreement(one: Fingerprint, other: Fingerprint, cuts: Cuts) -> list[float]:
    """How well each tile that shows something agrees, from -1 to 1."""
    ours = one.tiles(tuple(max(x, 0) for x in cuts))
    theirs = other.tiles(tuple(max(-x, 0) for x in cuts))
    return [correlation(a, b) for a, b in zip(ours, theirs, strict=True) if max(a.varies, b.varies) >= TEXTURE]


def correlation(one: Tile, other: Tile) -> float:
    """Pearson's correlation of two tiles; one that shows nothing agrees with none that shows something."""
    if min(one.varies, other.varies) < TEXTURE:
        return 0.5 if max(one.varies, other.varies) < 4 * TEXTURE else 0.0
    together = dot(one.grey, other.grey) - one.total * other.total / TILE**2
    return together / math.sqrt(one.varies * other.varies)


def tiles(image: Image.Image, cuts: Cuts) -> list[Tile]:
    """A sketch with its sides cut off, in 6 × 6 tiles."""
    grey = part(image, cuts, LAID)
    starts = [y * LAID + x for y, x in product(range(0, LAID, TILE), repeat=2)]
    return [tile(b"".join(grey[at + y : at + y + TILE] for y in range(0, TILE * LAID, LAID))) for at in starts]


def tile(grey: bytes) -> Tile:
    total = sum(grey)
    return Tile(grey, total, dot(grey, grey) - total * total / TILE**2)


def mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
