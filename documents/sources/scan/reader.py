"""A scan from its pictures to its text: black and red read apart, tables by their rules, lines joined as in a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from documents.in_child import Stop
from documents.sources.ofd.tables import tables_of
from documents.sources.pdf_pages import Page, text_of_pages
from documents.sources.pdf_sign import Sign
from documents.sources.sign_lines import lines_of
from documents.sources.table_cells import within

from .colours import black_of, red_of
from .lines import rules_of
from .pages import has_ink, pages_of, parted
from .recognised import Char, Reading, Recogniser

_A4 = 595.0  # points: a page is taken to be as wide, or as high where it lies
_DOUBTFUL, _SURE_RED = 0.75, 0.8
_HEAD = 0.45  # of the height of a page: above it red is a head, below a seal
_FEWEST_RED, _FEWEST = 4, 8
"""Characters of a line of a red head, and of all that is a text."""
_FEW = 10
_MOST_PLACES = 30
_HAN = re.compile("[\u3400-\u9fff]")
_BESIDE_MARKS = re.compile("(?<=[，。；：、！？”’）》〉】〕]) (?=[^ ])|(?<=[^ ]) (?=[“‘（《〈【〔])")
"""A mark of full width has its own room beside it, which is no blank."""
_WIDE = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）"}
"""Recognition does not always tell marks of half the width from whole ones; beside Han they are whole."""


class ScanReader:
    """Reads a scan page by page; doubts: page, what stands around the doubtful character, how sure it is."""

    def __init__(self, data: bytes, recogniser: Recogniser | None = None) -> None:
        self.count, self._pictures = pages_of(data)
        self._recogniser = recogniser or Recogniser()
        self._pages: list[Page] = []
        self.doubts: list[tuple[int, str, float]] = []
        self.seals: list[str] = []
        self.blank: list[int] = []
        self._read = 0

    def read(self) -> Iterator[int]:
        """Read the pages one after the other; yield how many are read."""
        for number, picture in enumerate(self._pictures, 1):
            for part in parted(picture):
                self._page(number, part)
            yield number

    def text(self) -> str:
        """Return the text of what was read. Raises Stop: nothing can be read on it."""
        if self._read < _FEWEST:
            raise Stop("scan-empty")
        return _BESIDE_MARKS.sub("", text_of_pages(self._pages))

    def _page(self, number: int, picture: Any) -> None:
        if not has_ink(picture):
            self.blank.append(number)
            return
        black = black_of(picture)
        reading = self._recogniser.read(black)
        if not reading.lines:
            self.blank.append(number)
            return
        black, picture = (np.ascontiguousarray(np.rot90(each, -reading.turn)) for each in (black, picture))
        height, width = black.shape[:2]
        scale = _A4 / min(width, height)
        chars = [marks_widened(line) for line in [*reading.lines, *self._red(picture)]]
        self._read += sum(char.score >= _DOUBTFUL and char.char.isalnum() for line in chars for char in line)
        signs = [sign for line in chars for sign in _signs(line, scale)]
        tables = tables_of(rules_of(black, reading.angle, scale), signs)
        self._doubt(number, chars)
        outside = [sign for sign in signs if not any(within(table.box, sign) for table in tables)]
        self._pages.append(Page(width * scale, height * scale, lines_of(outside), tables))

    def _red(self, picture: Any) -> list[list[Char]]:
        """The lines of a red head; what stands in a seal is told apart."""
        found = red_of(picture)
        if found is None:
            return []
        red, left, above = found
        reading: Reading = self._recogniser.read(red)
        head = []
        for line in reading.lines:
            sure = sum(char.score for char in line) / len(line)
            if len(line) < _FEWEST_RED or sure < _SURE_RED:
                continue
            if line[0].top + above < _HEAD * picture.shape[0] and reading.turn == 0:
                head.append([char.moved(left, above) for char in line])
            else:
                self.seals.append("".join(char.char for char in line))
        return head

    def _doubt(self, number: int, lines: list[list[Char]]) -> None:
        for line in lines:
            text = "".join(char.char for char in line)
            for at, char in enumerate(line):
                if char.score < _DOUBTFUL and char.char.isalnum() and len(self.doubts) < _MOST_PLACES:
                    self.doubts.append((number, text[max(0, at - _FEW) : at + _FEW], round(char.score, 2)))


def marks_widened(line: list[Char]) -> list[Char]:
    """Return a line whose marks beside Han are as wide as those."""
    found = []
    for at, char in enumerate(line):
        near = "".join(each.char for each in line[max(0, at - 1) : at + 2] if each is not char)
        wide = _WIDE.get(char.char) if _HAN.search(near) else None
        found.append(Char(wide, char.score, char.left, char.top, char.right, char.bottom) if wide else char)
    return found


def _signs(line: list[Char], scale: float) -> Iterator[Sign]:
    """The characters of a line as signs; all of a line are as high as it."""
    top = sum(char.top for char in line) / len(line) * scale
    bottom = sum(char.bottom for char in line) / len(line) * scale
    room = 0.12 * (bottom - top)  # recognition frames lines with some paper around them
    half, blank = (bottom - top) / 2 - room, ""
    for char in line:
        if char.char.isspace():
            blank = " "
        else:
            middle = (char.top + char.bottom) / 2 * scale
            yield Sign(char.left * scale, middle - half, char.right * scale, middle + half, char.char, blank)
            blank = ""
