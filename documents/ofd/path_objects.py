"""Lines and filled areas as path objects: the rules of a table are one object, each rule in it once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from . import markup
from .drawing import Picture, Shape, applied
from .text_objects import colour

_TOUCHING = 0.01
"""mm between the ends of two rules that are one."""
Piece = tuple[str, tuple[float, ...]]


def alike(before: Shape, shape: Shape) -> bool:
    """Whether a shape may be drawn together with the one before it: lines of one kind that hide nothing."""
    same = (before.colour, before.alpha, before.width, before.dash) == (shape.colour, 1.0, shape.width, shape.dash)
    return same and shape.width > 0


def merged(shapes: Sequence[Shape]) -> Shape:
    """Return shapes as one; rules that lie on one line and touch become one rule."""
    if len(shapes) == 1:
        return shapes[0]
    rules: dict[tuple[str, float], list[tuple[float, float]]] = defaultdict(list)
    others: list[Piece] = []
    for shape in shapes:
        if (rule := _rule(shape)) is None:
            others += shape.pieces
        else:
            rules[rule[0]].append(rule[1])
    pieces = [piece for (way, at), spans in rules.items() for piece in _spans(way, at, spans)]
    return replace(shapes[0], pieces=(*pieces, *others))


def _rule(shape: Shape) -> tuple[tuple[str, float], tuple[float, float]] | None:
    if [word for word, _points in shape.pieces] != ["M", "L"]:
        return None
    (x, y), (right, foot) = (points for _word, points in shape.pieces)
    if abs(y - foot) < 0.001:
        return ("across", round(y, 3)), (min(x, right), max(x, right))
    if abs(x - right) < 0.001:
        return ("down", round(x, 3)), (min(y, foot), max(y, foot))
    return None


def _spans(way: str, at: float, spans: list[tuple[float, float]]) -> Iterator[Piece]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + _TOUCHING:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    for start, end in joined:
        yield "M", (start, at) if way == "across" else (at, start)
        yield "L", (end, at) if way == "across" else (at, end)


def path_object(shape: Shape, number: int) -> str:
    """Return a shape as an object; number: its ID."""
    left, top, width, height = _boundary(shape)
    inner = [_paint(shape), markup.element("AbbreviatedData", _data(shape.pieces, left, top))]
    given: dict[str, object] = {"ID": number, "Boundary": markup.box(left, top, width, height)}
    if shape.width:
        given["LineWidth"] = shape.width
        if shape.dash:
            given["DashPattern"] = " ".join(map(markup.number, shape.dash))
    else:
        given |= {"Stroke": "false", "Fill": "true"}
        given["Rule"] = "Even-Odd" if shape.even_odd else None
    return markup.element("PathObject", "".join(inner), **given)


def _paint(shape: Shape) -> str:
    if shape.width:  # the colour of the area as well, though there is none: some readers draw lines in it
        return colour("StrokeColor", shape.colour, shape.alpha) + colour("FillColor", shape.colour, shape.alpha)
    return colour("FillColor", shape.colour, shape.alpha)


def _boundary(shape: Shape) -> tuple[float, float, float, float]:
    xs = [value for _word, points in shape.pieces for value in points[::2]]
    ys = [value for _word, points in shape.pieces for value in points[1::2]]
    half = shape.width / 2
    left, top = round(min(xs) - half, 3), round(min(ys) - half, 3)
    return left, top, max(max(xs) + half - left, 0.01), max(max(ys) + half - top, 0.01)


def _data(pieces: Sequence[Piece], left: float, top: float) -> str:
    words: list[str] = []
    for word, points in pieces:
        words.append(word)
        for x, y in zip(points[::2], points[1::2], strict=True):
            words += [markup.number(x - left), markup.number(y - top)]
    return " ".join(words)


def image_object(picture: Picture, resource: int, number: int) -> str:
    """Return a picture as an object; resource: the ID of the image."""
    corners = [applied(picture.matrix, x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
    left, top = min(x for x, _y in corners), min(y for _x, y in corners)
    width, height = max(x for x, _y in corners) - left, max(y for _x, y in corners) - top
    a, b, c, d, e, f = picture.matrix
    matrix = " ".join(markup.number(value) for value in (a, b, c, d, e - left, f - top))
    opacity = None if picture.alpha >= 1 else round(picture.alpha * 255)
    return markup.element(
        "ImageObject", ID=number, Boundary=markup.box(left, top, width, height), CTM=matrix, ResourceID=resource,
        Alpha=opacity,
    )  # fmt: skip
