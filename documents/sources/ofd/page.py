"""One page: everything that is drawn on it, wherever it hangs: layers, blocks, composite objects, template pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from documents.in_child import Stop
from documents.sources.pdf_sign import Sign

from .numbers import Matrix, is_true, numbers, times
from .rules import Rule, rules_of
from .texts import Run, placed, run_of

DEEPEST = 24
MOST_OBJECTS = 150_000
"""In a document of 200 pages: 120,000 characters, each an object of its own, and its rules."""


@dataclass(slots=True)
class Drawn:
    """What a page, a template or an annotation draws; pictures: what part of the page each may cover."""

    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[tuple[float, float]] = field(default_factory=list)
    unseen: int = 0
    """Texts that are there for programs alone."""


@dataclass(slots=True)
class Resources:
    """What pages draw on: names of fonts and composite units by their numbers."""

    fonts: dict[str, str] = field(default_factory=dict)
    units: dict[str, Any] = field(default_factory=dict)

    def add(self, root: Any) -> None:
        """Take over what a part of resources holds."""
        for each in root.iter("Font", "CompositeGraphicUnit"):
            if each.tag == "Font":
                self.fonts.setdefault(each.get("ID", ""), each.get("FontName") or each.get("FamilyName") or "")
            else:
                self.units.setdefault(each.get("ID", ""), each)


class Drawing:
    """Walks what is drawn; counts it, so that no file of a few bytes draws a million objects."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.count = 0
        self.went_round = False
        """Whether composite units draw on one another in a circle."""

    def draw(self, elements: Iterable[Any], onto: Drawn, outer: Matrix, inside: tuple[str, ...] = ()) -> None:
        """Draw elements. onto: what they are added to; outer: from where they lie to points of the page.

        inside: the composite units that hold them. Raises Stop: more than a document holds.
        """
        for each in elements:
            self.count += 1
            if self.count > MOST_OBJECTS:
                raise Stop("bomb")
            if each.tag == "TextObject":
                run = run_of(each, outer, self.resources.fonts)
                if run is not None:
                    onto.runs.append(run)
                else:
                    onto.unseen += 1
            elif not is_true(each.get("Visible"), True):
                continue
            elif each.tag == "PathObject":
                onto.rules += rules_of(each, placed(each, outer))
            elif each.tag == "ImageObject":
                onto.pictures.append(_size(each, outer))
            elif each.tag in ("PageBlock", "Layer") and len(inside) < DEEPEST:
                self.draw(each, onto, outer, (*inside, ""))
            elif each.tag == "CompositeObject":
                self._draw_unit(each, onto, outer, inside)

    def _draw_unit(self, element: Any, onto: Drawn, outer: Matrix, inside: tuple[str, ...]) -> None:
        key = (element.get("ResourceID") or "").strip()
        unit = self.resources.units.get(key)
        if unit is None:
            return
        if key in inside or len(inside) >= DEEPEST:
            self.went_round = True
            return
        for content in unit.iterchildren("Content"):
            self.draw(content, onto, placed(element, outer), (*inside, key))


def _size(element: Any, outer: Matrix) -> tuple[float, float]:
    """How wide and high a picture is, in points."""
    box = numbers(element.get("Boundary"), 4) or (0.0,) * 4
    a, b, c, d, _e, _f = times(outer, (box[2], 0, 0, box[3], 0, 0))
    return abs(a) + abs(c), abs(b) + abs(d)


def size_of(*areas: Any) -> tuple[float, float, float, float]:
    """Return left, top, width and height of a page in millimetres: of the first area that says them, else of A4."""
    for area in areas:
        for box in area.iterchildren("PhysicalBox") if area is not None else ():
            found = numbers(box.text, 4)
            if found and 5 < found[2] < 5000 and 5 < found[3] < 5000:
                return found[0], found[1], found[2], found[3]
    return 0.0, 0.0, 210.0, 297.0


def shown(runs: list[Run], width: float, height: float) -> tuple[list[Sign], list[Run], tuple[float, float], int]:
    """Return the signs of a page as somebody reads it, the texts that lie across it, and its width and height then.

    A page most of whose text is turned by a quarter is turned back, by how many quarters is said too.
    """
    turns: dict[int, int] = {}
    for run in runs:
        if run.turn is not None:
            turns[run.turn] = turns.get(run.turn, 0) + len(run.signs)
    turn = max(turns, key=lambda each: turns[each], default=0)
    level = [run for run in runs if run.turn is not None]
    across = [run for run in runs if run.turn is None]
    signs = [turned_back(sign, turn, width, height) for run in level for sign in run.signs]
    return signs, across, (height, width) if turn % 2 else (width, height), turn


def turned_back(sign: Sign, turn: int, width: float, height: float) -> Sign:
    """Return a sign where it stands when a page, whose text is turned clockwise by quarters, is turned back."""
    x0, y0, x1, y1 = sign[:4]
    match turn % 4:
        case 1:
            return sign._replace(left=y0, top=width - x1, right=y1, bottom=width - x0)
        case 2:
            return sign._replace(left=width - x1, top=height - y1, right=width - x0, bottom=height - y0)
        case 3:
            return sign._replace(left=height - y1, top=x0, right=height - y0, bottom=x1)
    return sign
