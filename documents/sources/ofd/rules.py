"""The ruled lines of a page: level and upright strokes, and boxes so flat that they are seen as lines."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

from .numbers import Matrix, is_true, number

_FLAT = 2.2  # points: a box as flat as that is a line
_STRAIGHT = 0.8
_SHORTEST = 4.0
_LONGEST_PATH = 4_000  # signs of a path: what is longer is a drawing
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


class Rule(NamedTuple):
    """A level (at: its height) or upright (at: how far from the left) line, and from where to where it goes."""

    is_level: bool
    at: float
    first: float
    last: float

    def turned_back(self, turn: int, width: float, height: float) -> Rule:
        """Return the line where it stands when a page, whose text is turned clockwise by quarters, is turned back."""
        first, last = (width - self.last, width - self.first) if self.is_level else (self.first, self.last)
        match turn % 4:
            case 1:
                return Rule(not self.is_level, self.at if self.is_level else width - self.at, first, last)
            case 2:
                ends = (first, last) if self.is_level else (height - last, height - first)
                return Rule(self.is_level, (height if self.is_level else width) - self.at, *ends)
            case 3:
                ends = (self.first, self.last) if self.is_level else (height - last, height - first)
                return Rule(not self.is_level, height - self.at if self.is_level else self.at, *ends)
        return self


def rules_of(element: Any, matrix: Matrix) -> list[Rule]:
    """Return the ruled lines that a path draws."""
    data = next(element.iterchildren("AbbreviatedData"), None)
    if data is None or not data.text or len(data.text) > _LONGEST_PATH:
        return []
    is_filled, is_stroked = is_true(element.get("Fill"), False), is_true(element.get("Stroke"), True)
    if not (is_filled or is_stroked):
        return []
    found: list[Rule] = []
    for line in _lines(data.text, matrix):
        flat = _flat(line)
        if flat is not None:
            found.append(flat)
        elif is_stroked or _is_box(line):
            found += [rule for one, other in pairwise(line) if (rule := _rule(one, other)) is not None]
    return found


Point = tuple[float, float]


def _lines(said: str, matrix: Matrix) -> list[list[Point]]:
    """The broken lines of a path in points; a curve ends one and begins another."""
    a, b, c, d, e, f = matrix
    parts = said.replace(",", " ").split()
    found: list[list[Point]] = [[]]
    at = 0
    while at < len(parts):
        sign = parts[at]
        takes = _TAKES.get(sign)
        if takes is None:
            at += 1
            continue
        values = [number(part) for part in parts[at + 1 : at + 1 + takes]]
        at += 1 + takes
        if sign == "C":
            if found[-1]:
                found[-1].append(found[-1][0])
        elif len(values) == takes:
            x, y = values[-2:]
            point = (a * x + c * y + e, b * x + d * y + f)
            if sign == "L" and found[-1]:
                found[-1].append(point)
            else:
                found.append([point])
    return [line for line in found if len(line) > 1]


def _flat(line: list[Point]) -> Rule | None:
    """A box that is seen as a line."""
    xs, ys = [x for x, _ in line], [y for _, y in line]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if len(line) < 4 or min(wide, high) > _FLAT or max(wide, high) < _SHORTEST:
        return None
    if wide > high:
        return Rule(True, (min(ys) + max(ys)) / 2, min(xs), max(xs))
    return Rule(False, (min(xs) + max(xs)) / 2, min(ys), max(ys))


def _is_box(line: list[Point]) -> bool:
    """Whether a filled shape is a level box: a cell with a ground of its own."""
    return len(line) == 5 and all(_rule(one, other) is not None for one, other in pairwise(line))


def _rule(one: Point, other: Point) -> Rule | None:
    (x0, y0), (x1, y1) = one, other
    if abs(y0 - y1) <= _STRAIGHT and abs(x0 - x1) >= _SHORTEST:
        return Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    if abs(x0 - x1) <= _STRAIGHT and abs(y0 - y1) >= _SHORTEST:
        return Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
    return None
