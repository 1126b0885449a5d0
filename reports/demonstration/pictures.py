"""Photographs for the demonstration: drawn, so that they are nobody's, and the same on every machine run."""

from collections.abc import Callable
from random import Random

from . import indoors, outdoors
from .canvas import Canvas

SCENES: dict[str, Callable[[Canvas, str, Random], None]] = {
    "stage": indoors.stage,
    "laboratory": indoors.laboratory,
    "exhibition": indoors.exhibition,
    "classroom": indoors.classroom,
    "hospital": indoors.hospital,
    "market": indoors.market,
    "harbour": outdoors.harbour,
    "street": outdoors.street,
    "reservoir": outdoors.reservoir,
    "construction": outdoors.construction,
    "community": outdoors.community,
    "beach": outdoors.beach,
}


def picture(scene: str, text: str, seed: int) -> bytes:
    """Draw an illustration that stands for a photograph of an activity.

    Takes: the name of a scene, the words on its banner or board (may be empty), and a number on which people,
    colours and weather depend.
    Returns: a JPEG of 1600 × 1067 pixels; the same arguments give the same bytes.
    Raises: KeyError for a scene that does not exist, FontMissing where no Chinese font is installed.
    """
    draw = SCENES[scene]
    canvas = Canvas((255, 255, 255))
    draw(canvas, text, Random(f"{scene} {seed}"))  # nosec B311 # drawn alike each time
    return canvas.jpeg()
