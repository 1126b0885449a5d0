"""Where the images of a gallery stand: rows filled from edge to edge, numbers that PDF and Word share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from documents.outline import Figure, Gallery

from . import page

Sizes: TypeAlias = Mapping[str, tuple[int, int]]
Placed: TypeAlias = tuple[Figure, dict[str, str]]

GAP = 6.0  # points between two images of a row
HIGHEST = 80 * page.MM  # of a row
ALONE = 0.6  # of the width: an image without a neighbour
UNKNOWN = (4, 3)  # the shape of an image that was not opened yet


def rows(gallery: Gallery, sizes: Sizes, width: float) -> list[list[Placed]]:
    """Return the images in rows, each with its width and that of its cell in points.

    Images of a row are equally high, and together as wide as the text unless that would make them too high.
    Arguments: the gallery; pixels of its images by name, as far as known; the width of the text in points.
    """
    return [_row(row, sizes, width) for row in _lines(gallery.figures)]


def _lines(figures: tuple[Figure, ...]) -> list[tuple[Figure, ...]]:
    """Two to a line; of an odd number the last three stand together, so that none is alone."""
    if len(figures) in (1, 3):
        return [figures]
    return [figures[:2], *_lines(figures[2:])] if figures else []


def _row(figures: tuple[Figure, ...], sizes: Sizes, width: float) -> list[Placed]:
    shapes = [across / max(down, 1) for across, down in (sizes.get(each.name, UNKNOWN) for each in figures)]
    room = width * ALONE if len(figures) == 1 else width - GAP * len(figures)
    high = min(room / sum(shapes), HIGHEST)
    return [
        (figure, {"width": f"{high * shape:.2f}", "cell": f"{high * shape + GAP:.2f}"})
        for figure, shape in zip(figures, shapes, strict=True)
    ]
