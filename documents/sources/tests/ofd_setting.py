"""A notice set on pages by hand: where each character and each rule stands, in millimetres, for the OFD composer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
SIZE, TITLE_SIZE, PITCH, CELL_SIZE, CELL_PITCH = 5.64, 7.76, 10.2, 4.2, 6.0


@dataclass(frozen=True)
class Words:
    """A piece of text: where its first character stands on its line, its size, and how far each step is."""

    x: float
    y: float
    size: float
    text: str
    steps: tuple[float, ...]

    @property
    def wide(self) -> float:
        """How far it goes."""
        return sum(self.steps) + advance(self.text[-1], self.size)


@dataclass
class Sheet:
    """A page: its pieces of text and its rules (x0, y0, x1, y1)."""

    words: list[Words] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)


def advance(char: str, size: float) -> float:
    """How wide a character is."""
    return size if unicodedata.east_asian_width(char) in "WFA" else size / 2


def words(x: float, y: float, text: str, size: float = SIZE) -> Words:
    """A piece of text whose characters stand side by side."""
    return Words(x, y, size, text, tuple(advance(char, size) for char in text[:-1]))


class Setter:
    """Sets lines and tables down the pages."""

    def __init__(self) -> None:
        self.sheets = [Sheet()]
        self.y = TOP

    def room(self, high: float) -> None:
        """Go to the next page where there is no room."""
        if self.y + high > BOTTOM:
            self.sheets.append(Sheet())
            self.y = TOP

    def line(self, x: float, text: str, size: float = SIZE) -> None:
        """A line; blanks at its ends are not drawn."""
        self.room(PITCH)
        self.y += PITCH
        if text.strip():
            lead = len(text) - len(text.lstrip())
            x += sum(advance(char, size) for char in text[:lead])
            self.sheets[-1].words.append(words(x, self.y, text.strip(), size))

    def paragraph(self, text: str) -> None:
        """A paragraph, indented as official documents are; a line of labels far apart stays one line."""
        if re.search(r"\S[ \u3000]{3,}\S", text):
            wide = sum(advance(char, SIZE) for char in text)
            self.line(LEFT, text, min(SIZE, SIZE * (RIGHT - LEFT) / wide))
            return
        first = True
        for part in broken(text, RIGHT - LEFT, SIZE, 2 * SIZE):
            self.line(LEFT + (2 * SIZE if first else 0), part)
            first = False

    def title(self, text: str) -> None:
        """A line in the middle."""
        wide = sum(advance(char, TITLE_SIZE) for char in text.strip())
        lines = -(-wide // (RIGHT - LEFT))
        for part in broken(text.strip(), wide / lines + TITLE_SIZE, TITLE_SIZE, 0):
            wide = sum(advance(char, TITLE_SIZE) for char in part)
            self.line((LEFT + RIGHT - wide) / 2, part, TITLE_SIZE)

    def table(self, rows: list[list[str]]) -> None:
        """A ruled table; a row stands on one page."""
        edges = columns(rows)
        for row in rows:
            cells = [broken(text, edges[at + 1] - edges[at] - 3, CELL_SIZE, 0) for at, text in enumerate(row)]
            high = max(map(len, cells)) * CELL_PITCH + 3
            self.room(high)
            sheet = self.sheets[-1]
            for at, lines in enumerate(cells):
                for number, text in enumerate(lines, 1):
                    if text.strip():
                        place = self.y + number * CELL_PITCH
                        sheet.words.append(words(edges[at] + 1.5, place, text.strip(), CELL_SIZE))
                sheet.rules += box(edges[at], self.y, edges[at + 1], self.y + high)
            self.y += high
        self.y += 3


def box(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float, float, float]]:
    """The four sides of a cell."""
    return [(x0, y0, x1, y0), (x1, y0, x1, y1), (x0, y1, x1, y1), (x0, y0, x0, y1)]


def columns(rows: list[list[str]]) -> list[float]:
    """Where the columns of a table begin and end: as wide as what stands in them asks for."""
    most = [max(5, min(20, max(len(row[at]) for row in rows))) for at in range(len(rows[0]))]
    edges, least = [LEFT], 14.5
    room = RIGHT - LEFT - least * len(most)
    for each in most:
        edges.append(edges[-1] + least + room * (each - 4) / (sum(most) - 4 * len(most)))
    return edges


def broken(text: str, wide: float, size: float, indent: float) -> list[str]:
    """The lines of a paragraph; a figure and a Latin word stay whole."""
    lines, line, room = [], "", wide - indent
    for piece in pieces(text):
        need = sum(advance(char, size) for char in piece)
        if line and need > room:
            lines.append(line)
            line, room = "", wide
        line += piece
        room -= need
    return [*lines, line] if line else lines or [""]


def pieces(text: str) -> list[str]:
    """What no line end parts."""
    found: list[str] = []
    for char in text:
        sticks = found and char.isascii() and found[-1][-1].isascii() and not char.isspace()
        if sticks and len(found[-1]) < 40:
            found[-1] += char
        else:
            found.append(char)
    return found


def set_notice(text: str) -> list[Sheet]:
    """Return the pages of a notice: what stands before its addressees in the middle, rows with tabs as tables."""
    setter, rows = Setter(), []
    lines = text.replace("\r", "").split("\n")
    ends = [at for at, line in enumerate(lines[:30]) if line.rstrip().endswith(("：", ":"))]
    for at, line in enumerate([*lines, ""]):
        cells = line.split("\t")
        if rows and len(cells) != len(rows[0]):
            setter.table(rows)
            rows = []
        if len(cells) > 1 and any(cell.strip() for cell in cells):
            rows.append(cells)
        elif not line.strip():
            setter.y += 0.4 * PITCH
        elif ends and at < ends[0] and not re.search("[:：]", line):
            setter.title(line)
        elif ends and at == ends[0]:
            for part in broken(line, RIGHT - LEFT, SIZE, 0):
                setter.line(LEFT, part)
        else:
            setter.paragraph(line.strip())
    return setter.sheets
