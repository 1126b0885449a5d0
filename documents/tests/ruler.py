"""Read a PDF back as a ruler would: lines of text, their places in millimetres, their faces, the rules."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pdfplumber

MM = 25.4 / 72
ABOVE = 0.88  # of the em box of a Chinese character, above the baseline


@dataclass(frozen=True)
class Line:
    """One line of text; lengths in mm from the upper left corner of the paper, size in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    font: str
    colour: tuple[float, ...]
    chars: tuple[Any, ...]


@dataclass(frozen=True)
class Page:
    """One page: its lines from top to bottom, its filled rules (left, right, top, bottom in mm)."""

    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[tuple[float, float, float, float], ...]

    def find(self, text: str) -> Line:
        """Return the first line with the text, white space aside."""
        for line in self.lines:
            if text.replace(" ", "") in line.text.replace(" ", ""):
                return line
        raise AssertionError(f"no line with {text!r} among {[line.text for line in self.lines]}")

    def body(self) -> tuple[Line, ...]:
        """Return the lines inside the type area."""
        return tuple(line for line in self.lines if line.top > 35 and line.bottom < 263)


def read(pdf: bytes) -> list[Page]:
    """Read all pages of a PDF."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return [_page(sheet) for sheet in opened.pages]


def _page(sheet: Any) -> Page:
    height = float(sheet.height)
    rules = [
        tuple(round(rect[key] * MM, 3) for key in ("x0", "x1", "top", "bottom")) for rect in sheet.rects if rect["fill"]
    ]
    return Page(float(sheet.width) * MM, height * MM, tuple(_lines(sheet, height)), tuple(rules))  # type: ignore[arg-type]


def _lines(sheet: Any, height: float) -> Iterator[Line]:
    rows: dict[float, list[Any]] = {}
    for char in sheet.chars:
        if char["text"].strip():
            rows.setdefault(_row(rows, char["matrix"][5]), []).append(char)
    for baseline in sorted(rows, reverse=True):
        chars = sorted(rows[baseline], key=lambda char: float(char["x0"]))
        biggest = max(chars, key=lambda char: float(char["size"]))
        size = float(biggest["size"])
        yield Line(
            text="".join(char["text"] for char in chars),
            left=chars[0]["x0"] * MM,
            right=chars[-1]["x1"] * MM,
            top=(height - biggest["matrix"][5] - ABOVE * size) * MM,
            bottom=(height - biggest["matrix"][5] + (1 - ABOVE) * size) * MM,
            size=size,
            font=biggest["fontname"].partition("+")[2],
            colour=tuple(biggest["non_stroking_color"] or ()),
            chars=tuple(chars),
        )


def _row(rows: dict[float, list[Any]], baseline: float) -> float:
    return next((known for known in rows if abs(known - baseline) < 2.5), baseline)
