"""What is drawn on a page of a PDF of ours: runs of glyphs, shapes, pictures, in millimetres from the upper left.

The instructions are read that WeasyPrint and the binder wrote (ISO 32000-1, 8 and 9): they name each glyph by its
number in the source font and say where it stands, so nothing is guessed from what a reader of PDF makes of it. What
they never write is refused, not passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import pikepdf

from documents.errors import DocumentError
from documents.messages import gettext as _

from .pdf_fonts import PdfFont

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Colour: TypeAlias = tuple[int, int, int]
MM = 25.4 / 72
BLACK: Colour = (0, 0, 0)
_TOKEN = re.compile(
    rb"\[(?P<array>[^\]]*)\]|<<(?P<dictionary>.*?)>>|<(?P<hex>[0-9A-Fa-f\s]*)>|/(?P<name>[^\s/\[\]<>()]+)"
    rb"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+))|(?P<word>[A-Za-z'\"][A-Za-z0-9*]*)|%[^\n]*|(?P<other>[^\s])",
    re.DOTALL,
)
_PIECE = re.compile(rb"<([0-9A-Fa-f\s]*)>|([-+]?(?:\d+\.?\d*|\.\d+))")
_SILENT = frozenset({"i", "j", "J", "M", "ri", "MP", "DP", "BMC", "BDC", "EMC"})
_RED = {(0.0, 0.8, 0.8, 0.0): (230, 0, 18)}  # the printing red on a screen, as the stylesheet has it for PDF/A


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: its number in the source font, the text it stands for, where it begins on the base line, its width.

    x is in the space of its run, before the run's matrix.
    """

    number: int
    text: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font on one base line.

    size in mm; x, y: where the line begins on the page; matrix: what turns or stretches it (a b c d, y downwards).
    """

    font: str
    size: float
    x: float
    y: float
    matrix: tuple[float, float, float, float]
    colour: Colour
    alpha: float
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Lines or filled areas: pieces of a path, each its points with the word before them (M, L, B, C).

    width: of the line in mm, 0 for a filled area.
    """

    pieces: tuple[tuple[str, tuple[float, ...]], ...]
    colour: Colour
    alpha: float
    width: float = 0.0
    dash: tuple[float, ...] = ()
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of the PDF, at its place: the matrix that takes the unit square to the page, y downwards."""

    name: str
    matrix: Matrix
    alpha: float


Drawn: TypeAlias = Run | Shape | Picture


@dataclass(slots=True)
class _State:
    matrix: Matrix
    fill: Colour = BLACK
    stroke: Colour = BLACK
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    line: float = 1.0
    dash: tuple[float, ...] = ()
    font: str = ""
    size: float = 0.0
    spacing: float = 0.0
    rise: float = 0.0
    clip: Box | None = None


@dataclass(slots=True)
class _Path:
    pieces: list[tuple[str, tuple[float, ...]]] = field(default_factory=list)
    boxes: list[Box] | None = field(default_factory=list)  # None: something in it is no upright rectangle


def drawn(sheet: Any, fonts: dict[str, PdfFont]) -> Iterator[Drawn]:
    """Read what a page shows, in the order of painting.

    sheet: a page of pikepdf; fonts: those of its resources by name. Raises DocumentError for an instruction that the
    programs of this house never write.
    """
    left, _bottom, _right, top = (float(edge) for edge in sheet.mediabox)
    page = (MM, 0.0, 0.0, -MM, -left * MM, top * MM)
    yield from _Reader(sheet.obj.get("/Resources", {}), fonts, _State(page)).read(_content(sheet.obj["/Contents"]))


def _content(contents: Any) -> bytes:
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams)


def times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one and then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point where the matrix takes it."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


class _Reader:
    """Follows the instructions of one stream; a form inside it is read by another one."""

    def __init__(self, resources: Any, fonts: dict[str, PdfFont], state: _State) -> None:
        self.resources, self.fonts, self.state = resources, fonts, state
        self.saved: list[_State] = []
        self.path = _Path()
        self.clips = False
        self.text: Matrix = state.matrix
        self.line: Matrix = state.matrix
        self.found: list[Drawn] = []
        self.operands: list[Any] = []

    def read(self, content: bytes) -> Iterator[Drawn]:
        for token in _TOKEN.finditer(content):
            kind = token.lastgroup
            if kind == "word":
                self._do(token["word"].decode("latin-1"))
                self.operands = []
                if self.found:
                    yield from self.found
                    self.found = []
            elif kind == "number":
                self.operands.append(float(token["number"]))
            elif kind == "other":
                raise _unknown(token["other"].decode("latin-1"))
            elif kind is not None:
                self.operands.append((kind, token[kind]))

    def _do(self, word: str) -> None:
        deed = _DEEDS.get(word)
        if deed is not None:
            deed(self)
        elif word not in _SILENT:
            raise _unknown(word)

    # --- state -----------------------------------------------------------------------------------------------

    def _save(self) -> None:
        self.saved.append(replace(self.state))

    def _restore(self) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def _transform(self) -> None:
        self.state.matrix = times(self._matrix(), self.state.matrix)

    def _matrix(self) -> Matrix:
        a, b, c, d, e, f = self.operands[-6:]
        return (a, b, c, d, e, f)

    def _graphics_state(self) -> None:
        found = self.resources["/ExtGState"][f"/{_text(self.operands[-1])}"]
        if "/SMask" in found and found["/SMask"] != pikepdf.Name("/None"):
            raise _unknown("SMask")
        self.state.fill_alpha = float(found.get("/ca", self.state.fill_alpha))
        self.state.stroke_alpha = float(found.get("/CA", self.state.stroke_alpha))

    def _colour(self) -> Colour:
        values = tuple(value for value in self.operands if isinstance(value, float))
        if len(values) == 1:
            values *= 3
        return from_cmyk(*values) if len(values) == 4 else (_byte(values[0]), _byte(values[1]), _byte(values[2]))

    def _fill_colour(self) -> None:
        self.state.fill = self._colour()

    def _stroke_colour(self) -> None:
        self.state.stroke = self._colour()

    def _space(self) -> None:
        if (name := _text(self.operands[-1])) not in {"DeviceCMYK", "DeviceRGB", "DeviceGray"}:
            raise _unknown(name)

    def _width(self) -> None:
        self.state.line = self.operands[-1]

    def _dash(self) -> None:
        self.state.dash = tuple(float(number) for _hex, number in _PIECE.findall(self.operands[0][1]) if number)

    # --- paths -----------------------------------------------------------------------------------------------

    def _point(self, word: str) -> None:
        points: list[float] = []
        for index in range(0, len(self.operands), 2):
            points += applied(self.state.matrix, *self.operands[index : index + 2])
        self.path.pieces.append((word, tuple(points)))
        if word == "B":
            self.path.boxes = None

    def _rectangle(self) -> None:
        x, y, width, height = self.operands
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        points = [applied(self.state.matrix, *corner) for corner in corners]
        self.path.pieces += [("M" if index == 0 else "L", point) for index, point in enumerate(points)]
        self.path.pieces.append(("C", ()))
        upright = not (self.state.matrix[1] or self.state.matrix[2])
        if self.path.boxes is not None and upright:
            self.path.boxes.append(_around(self.path.pieces[-5:]))
        else:
            self.path.boxes = None

    def _clip(self) -> None:
        self.clips = True

    def _paint(self, fill: bool = False, stroke: bool = False, even_odd: bool = False) -> None:
        state, path = self.state, self.path
        rectangles = sum(1 for word, _points in path.pieces if word == "M") == len(path.boxes or ())
        if fill and path.pieces:
            pieces = tuple(path.pieces)
            if path.boxes and rectangles:
                pieces = tuple(_frames([_within(box, state.clip) for box in path.boxes]))
            if pieces:
                self.found.append(Shape(pieces, state.fill, state.fill_alpha, even_odd=even_odd))
        if stroke and path.pieces:
            scale = abs(state.matrix[0] * state.matrix[3] - state.matrix[1] * state.matrix[2]) ** 0.5
            dash = tuple(round(length * scale, 4) for length in state.dash)
            width = max(state.line * scale, 0.01)
            self.found.append(Shape(tuple(path.pieces), state.stroke, state.stroke_alpha, width, dash))
        self._end_path()

    def _end_path(self) -> None:
        if self.clips and self.path.pieces:
            self.state.clip = _within(_around(self.path.pieces), self.state.clip)
        self.path, self.clips = _Path(), False

    # --- text ------------------------------------------------------------------------------------------------

    def _begin_text(self) -> None:
        self.text = self.line = self.state.matrix

    def _text_matrix(self) -> None:
        self.text = self.line = self._matrix()

    def _move_line(self) -> None:
        x, y = self.operands
        self.text = self.line = times((1.0, 0.0, 0.0, 1.0, x, y), self.line)

    def _font(self) -> None:
        self.state.font, self.state.size = _text(self.operands[0]), self.operands[1]

    def _character_spacing(self) -> None:
        self.state.spacing = self.operands[0]

    def _rise(self) -> None:
        self.state.rise = self.operands[0]

    def _show(self) -> None:
        kind, data = self.operands[-1]
        state, font = self.state, self.fonts[self.state.font]
        pieces = _PIECE.findall(data) if kind == "array" else [(data, b"")]
        x, glyphs = 0.0, []
        for codes, gap in pieces:
            if gap:
                x -= float(gap) / 1000 * state.size
                continue
            for number in font.numbers(codes):
                advance = font.width(number) * state.size
                glyphs.append(Glyph(number, font.text(number), x, advance))
                x += advance + state.spacing
        if glyphs:
            self.found.append(self._run(font, glyphs))
        self.text = times((1.0, 0.0, 0.0, 1.0, x, 0.0), self.text)

    def _run(self, font: PdfFont, glyphs: list[Glyph]) -> Run:
        state = self.state
        a, b, c, d, _e, _f = whole = times(self.text, state.matrix)
        scale = (c * c + d * d) ** 0.5 or 1.0
        left, base = applied(whole, glyphs[0].x, state.rise)
        matrix = (a / scale, b / scale, -c / scale, -d / scale)
        first = glyphs[0].x
        inside = tuple(replace(g, x=(g.x - first) * scale, width=g.width * scale) for g in glyphs)
        return Run(font.face, state.size * scale, left, base, matrix, state.fill, state.fill_alpha, inside)

    # --- what lies outside the stream ------------------------------------------------------------------------

    def _object(self) -> None:
        name = _text(self.operands[-1])
        found = self.resources["/XObject"][f"/{name}"]
        if found["/Subtype"] == pikepdf.Name.Form:
            self._form(found)
            return
        # the unit square of PDF has its foot below: turned over, so that the picture begins above
        matrix = times((1.0, 0.0, 0.0, -1.0, 0.0, 1.0), self.state.matrix)
        self.found.append(Picture(name, matrix, self.state.fill_alpha))

    def _form(self, form: Any) -> None:
        inner = replace(self.state, matrix=self.state.matrix)
        if "/Matrix" in form:
            a, b, c, d, e, f = (float(value) for value in form["/Matrix"])
            inner.matrix = times((a, b, c, d, e, f), inner.matrix)
        reader = _Reader(form.get("/Resources", self.resources), self.fonts, inner)
        self.found += list(reader.read(form.read_bytes()))


def from_cmyk(cyan: float, magenta: float, yellow: float, black: float) -> Colour:
    """A printing colour on a screen."""
    known = _RED.get((cyan, magenta, yellow, black))
    return known or tuple(_byte((1 - ink) * (1 - black)) for ink in (cyan, magenta, yellow))  # type: ignore[return-value]


def _byte(value: float) -> int:
    return round(min(max(value, 0.0), 1.0) * 255)


def _text(operand: Any) -> str:
    return operand[1].decode("latin-1") if isinstance(operand, tuple) else str(operand)


def _around(pieces: list[tuple[str, tuple[float, ...]]]) -> Box:
    xs = [value for _word, points in pieces for value in points[::2]]
    ys = [value for _word, points in pieces for value in points[1::2]]
    return (min(xs), min(ys), max(xs), max(ys))


def _within(box: Box, clip: Box | None) -> Box:
    if clip is None:
        return box
    return (max(box[0], clip[0]), max(box[1], clip[1]), min(box[2], clip[2]), min(box[3], clip[3]))


def _frames(boxes: list[Box]) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Rectangles as pieces; what is thinner than a thousandth of a millimetre shows nothing."""
    shown = [box for box in boxes if box[2] - box[0] > 0.001 and box[3] - box[1] > 0.001]
    for number, (left, top, right, bottom) in enumerate(shown):
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        # every second one the other way round: a frame is hollow by either rule of filling
        for index, corner in enumerate(reversed(corners) if number % 2 else corners):
            yield "L" if index else "M", corner
        yield "C", ()


def _unknown(word: str) -> DocumentError:
    return DocumentError(_("The page holds something that cannot be written as OFD yet: %(word)s") % {"word": word})


_DEEDS: dict[str, Callable[[_Reader], None]] = {
    "q": _Reader._save, "Q": _Reader._restore, "cm": _Reader._transform, "gs": _Reader._graphics_state,
    "w": _Reader._width, "d": _Reader._dash,
    "rg": _Reader._fill_colour, "g": _Reader._fill_colour, "k": _Reader._fill_colour, "scn": _Reader._fill_colour,
    "sc": _Reader._fill_colour, "RG": _Reader._stroke_colour, "G": _Reader._stroke_colour,
    "K": _Reader._stroke_colour, "SCN": _Reader._stroke_colour, "SC": _Reader._stroke_colour,
    "cs": _Reader._space, "CS": _Reader._space,
    "m": lambda reader: reader._point("M"), "l": lambda reader: reader._point("L"),
    "c": lambda reader: reader._point("B"), "h": lambda reader: reader._point("C"), "re": _Reader._rectangle,
    "W": _Reader._clip, "W*": _Reader._clip, "n": _Reader._end_path,
    "f": lambda reader: reader._paint(fill=True), "F": lambda reader: reader._paint(fill=True),
    "f*": lambda reader: reader._paint(fill=True, even_odd=True), "S": lambda reader: reader._paint(stroke=True),
    "B": lambda reader: reader._paint(fill=True, stroke=True),
    "BT": _Reader._begin_text, "ET": lambda reader: None, "Tm": _Reader._text_matrix, "Td": _Reader._move_line,
    "Tf": _Reader._font, "Tc": _Reader._character_spacing, "Ts": _Reader._rise, "TJ": _Reader._show,
    "Tj": _Reader._show, "Do": _Reader._object,
}  # fmt: skip
