"""One text object: its characters where they are seen."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Any

from documents.sources.pdf_sign import Sign
from documents.sources.sign_lines import UNREAD
from documents.sources.word_symbols import is_symbol_font, symbol

from .numbers import Matrix, is_true, number, numbers, steps, times

_BLANKS = " \u00a0\u3000\u2002\u2003\u2009\u200a\u202f\t"
_NO_SIGN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\ufeff\ufffe\uffff")
_ASCENT, _DESCENT = 0.88, 0.12  # of the size: where a box begins above the baseline and ends below
_WIDEST = 0.75  # of the size: a further step behind a Latin letter is a gap
_ASLANT = 0.1
_UNREADABLE = {"Co", "Cn", "Cs"}
_FEWEST_GLYPHS = 3
_PALE, _WHITE, _SOLID = 0xA0, 0xF6, 0xA0  # as documents.sources.pdf_watermarks


@dataclass(slots=True)
class Run:
    """The characters of a text object; font: its number; turn: by how many quarters it is turned, None aslant."""

    key: str
    font: str
    turn: int | None
    is_pale: bool
    size: float = 0.0
    signs: list[Sign] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(sign.blank + sign.char for sign in self.signs).strip()


def run_of(element: Any, outer: Matrix, fonts: dict[str, str]) -> Run | None:
    """Return the characters of a text object, None where it shows none.

    outer: from where it lies to points of the page; fonts: the name of each by its number.
    """
    said = element.attrib
    if _is_unseen(said):
        return None
    inside: dict[str, list[Any]] = {}
    for child in element:
        inside.setdefault(child.tag, []).append(child)
    codes = inside.get("TextCode", [])
    size = number(said.get("Size"), 3.5) or 3.5
    matrix = placed(element, outer)
    font = said.get("Font", "")
    run = Run(said.get("ID", ""), font, _turn(matrix), _is_pale(said.get("Alpha"), inside.get("FillColor")))
    em = size * (number(said["HScale"], 1.0) or 1.0) if "HScale" in said else size
    unreadable = "CGTransform" in inside and _has_numbers_for_codes(codes, inside["CGTransform"])
    x = y = 0.0
    for code in codes:
        x, y = number(code.get("X"), x), number(code.get("Y"), y)
        _add(run, code, (x, y, size, em), matrix, unreadable, fonts.get(font, ""))
    if run.signs:
        first = run.signs[0]
        run.size = min(first.right - first.left, first.bottom - first.top) or size
        return run
    return None


def placed(element: Any, outer: Matrix) -> Matrix:
    """Return the matrix of a graphic object: its CTM, then its place (Boundary), then that of what holds it."""
    parts = (element.get("Boundary") or "").replace(",", " ").split()
    x, y = (number(parts[0]), number(parts[1])) if len(parts) > 1 else (0.0, 0.0)
    a, b, c, d, e, f = numbers(element.get("CTM"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return times(outer, (a, b, c, d, e + x, f + y))


def _add(run: Run, code: Any, where: tuple[float, float, float, float], matrix: Matrix, no: bool, font: str) -> None:
    """The characters of one TextCode. no: whether its codes say nothing of its characters."""
    text = _printed(code)
    x, y, size, em = where
    count = len(text) - 1
    across = steps(code.get("DeltaX"), count) if count > 0 else []
    down = steps(code.get("DeltaY"), count, padded=not across) if count > 0 else []
    blank = ""
    for at, char in enumerate(text):
        own = em if char >= "\u2e80" or unicodedata.east_asian_width(char) in "WFA" else em / 2
        step = across[at] if at < len(across) else 0.0 if down else own
        if char in _BLANKS:
            blank += char if char == "\u3000" else " "
        elif char not in _NO_SIGN:
            if char < "\u2e80" and 0 < step < _WIDEST * em:
                own = step
            said = UNREAD if no else _said(char, font)
            run.signs.append(Sign(*_box(matrix, x, y - _ASCENT * size, x + own, y + _DESCENT * size), said, blank))
            blank = ""
        x += step
        y += down[at] if at < len(down) else 0.0


def _printed(code: Any) -> str:
    """The characters of a TextCode without the breaks and blanks by which a program indents its XML."""
    text: str = code.text or "" if not len(code) else "".join(code.itertext())
    if "\n" in text or "\r" in text:
        text = text.strip("\r\n\t ")
        if not len(steps(code.get("DeltaX"), len(text))) >= len(text) - 1:
            text = text.replace("\r", "").replace("\n", "")
    return text


def _box(matrix: Matrix, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = matrix
    if not b and not c and a > 0 and d > 0:
        return a * left + e, d * top + f, a * right + e, d * bottom + f
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (top, bottom)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _said(char: str, font: str) -> str:
    """A character, or UNREAD for a code that only its font knows; boxes and ticks of symbol fonts are known."""
    if char < "\u0080" and not is_symbol_font(font):
        return char if char >= " " else UNREAD
    if is_symbol_font(font):
        return symbol(font, char)
    return UNREAD if char == UNREAD or unicodedata.category(char) in _UNREADABLE or char < "\u00a0" else char


def _has_numbers_for_codes(codes: list[Any], transforms: list[Any]) -> bool:
    """Whether the codes of a text are the numbers of its shapes, so that they say nothing of its characters."""
    said = [ord(char) for code in codes for char in code.text or ""]
    shapes: list[float] = []
    for each in transforms:
        for glyphs in each.iterchildren("Glyphs"):
            shapes += [number(part) for part in (glyphs.text or "").split()]
    known = [(code, shape) for code, shape in zip(said, shapes, strict=False) if code > ord(" ")]
    return len(known) >= _FEWEST_GLYPHS and all(code == shape for code, shape in known)


def _is_unseen(said: Any) -> bool:
    """Whether a text is there for programs alone: not visible, not filled, wholly transparent."""
    if not is_true(said.get("Visible"), True) or ("Alpha" in said and number(said["Alpha"], 255) <= 0):
        return True
    return not is_true(said.get("Fill"), True) and not is_true(said.get("Stroke"), False)


def _is_pale(alpha: str | None, colours: list[Any] | None) -> bool:
    """Whether a text lets others shine through, as a watermark does."""
    covers = number(alpha, 255)
    if not colours:
        return covers < _SOLID
    covers = min(covers, number(colours[0].get("Alpha"), 255))
    levels = [_level(part) for part in (colours[0].get("Value") or "").split()[:3]]
    return covers < _SOLID or (len(levels) == 3 and all(_PALE <= level < _WHITE for level in levels))


def _level(said: str) -> float:
    """A level of a colour: 238, or #ee."""
    try:
        return float(int(said[1:], 16)) if said.startswith("#") else number(said)
    except ValueError:
        return 0.0


def _turn(matrix: Matrix) -> int | None:
    a, b = matrix[:2]
    along, up = abs(a), abs(b)
    if min(along, up) > _ASLANT * max(along, up):
        return None
    if along >= up:
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3
