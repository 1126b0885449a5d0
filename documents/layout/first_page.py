"""A short document whose end does not fit page 1: closer lines instead of a first page without text (7.3.5.5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

from documents.outline import Document, Heading, Paragraph
from documents.text import clean

from . import page
from .signatures import Closing
from .text_width import body_width

WIDTH = page.TYPE_AREA[0] * page.MM
CLOSEST = 26.0  # points from line to line; closer lines are no longer those of an official document
SHORT = 3  # lines of a text that cannot be divided and keep two lines on both pages
_HELD = 0.06  # of a line: what is held together leaves lines a little short
_ROOM = (page.LINES - 0.15) * page.PITCH  # in Word a little less fits than in the PDF


@dataclass(frozen=True, slots=True)
class Squeeze:
    """How the lines of a short document stand closer, in points.

    line: from line to line; gap: above the note of the annexes; closing: taken from the space above the signature;
    fits: whether all of it stands on page 1 then; otherwise text and note may be divided anywhere.
    """

    line: float
    gap: float
    closing: float
    fits: bool


def squeeze(document: Document, above: float, addressees: str, notes: int, signed: Closing | None) -> Squeeze | None:
    """Return how the lines must stand so that text stands on page 1; None when they may stand as always.

    above: the height in points of head and titles; notes: lines of the note of the annexes.
    """
    text = _lines_of(document)
    if not signed or not text or text > SHORT:
        return None
    named = ceil(body_width(addressees) / WIDTH) if addressees else 0
    ends = len(signed.lines) + len(document.notes)
    rows = sum(row.height for row in signed.rows)
    gap = page.PITCH if notes else 0.0
    lines = named + text + notes + ends
    over = above + (page.PITCH if named else 0) + lines * page.PITCH + gap + rows + signed.space - _ROOM
    if over <= 0:
        return None
    closing = min(over, max(signed.space - page.PITCH, 0.0))
    line = max(CLOSEST, page.PITCH - (over - closing) / lines)
    left = over - closing - (page.PITCH - line) * lines
    less = min(max(left, 0.0), gap / 2)
    if left - less > 0.01:  # then nothing need stand closer
        return Squeeze(page.PITCH, gap, 0.0, fits=False)
    return Squeeze(line, gap - less, closing, fits=True)


def squeezed(signed: Closing | None, how: Squeeze | None) -> Closing | None:
    """Return the closing with less space above it."""
    return replace(signed, space=signed.space - how.closing) if signed and how else signed


def _lines_of(document: Document) -> int:
    """Return the lines of a text that moves as one: a paragraph, with its heading; 0 for any other text."""
    body = document.body
    if not 0 < len(body) <= 2 or not isinstance(body[-1], (Paragraph, Heading)) or document.attendance:
        return 0
    if len(body) == 2 and not (isinstance(body[0], Heading) and not body[0].rest):
        return 0
    return sum(
        ceil((body_width(clean(block.text)) + 2 * page.CELL) / WIDTH + _HELD)
        for block in body
        if isinstance(block, (Paragraph, Heading))
    )
