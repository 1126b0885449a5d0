"""Justify lines as Chinese is: the rest of a line goes between characters, not only into spaces.

WeasyPrint 70.0 widens U+0020 and U+00A0 alone, so Chinese stays ragged. Two functions of it are replaced: the one
that spreads the rest of a line, and the one that hands a line's text to Pango for drawing. Latin words and numbers
keep their own spacing; the gap at their edges takes half a share. Two more are corrected for the grid of 28.
Pinned to that version (weasyprint_engine.py, which alone imports this module), with tests that read line ends back from
the PDF.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from weasyprint.draw import text as draw_text
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text import line_break
from weasyprint.text.ffi import TO_UNITS, ffi, pango

# characters that take a share on both sides: ideographs, kana, full-width forms, Chinese punctuation, spaces;
# not — and …, since —— and …… are one stroke
_SPREADING = re.compile(
    "[ \u00a0\u2010-\u2013\u2015-\u2025\u2027\u2030-\u205e\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U0003ffff\u2460-\u24ff]+"
)


MOST_SHARE = 0.25  # em between two characters; what would need more is left ragged


class Spread(float):
    """The share in CSS px of one gap between two characters, told apart from a plain word spacing."""

    everywhere = False  # a line of nothing but a long Latin word: its letters share the rest


def extend() -> None:
    """Replace the two functions in WeasyPrint; does nothing the second time."""
    if getattr(inline.justify_line, "spreads", False):
        return
    inline.justify_line = _justify_line
    line_break.Layout.set_text = _spreading(line_break.Layout.set_text)
    line_break.create_layout = _tracked(line_break.create_layout)
    draw_text.int = _exact


def _tracked(original: Any) -> Any:
    """Count the tracking after the last character of a line when Pango breaks it, as WeasyPrint does afterwards.

    Pango leaves it out, so that with negative tracking only 27 of 28 characters would fit.
    """

    def create_layout(text: str, style: Any, context: Any, max_width: float | None, spacing: float) -> Any:
        tracking = style["letter_spacing"]
        if max_width is not None and tracking != "normal" and tracking < 0:
            max_width -= tracking
        return original(text, style, context, max_width, spacing)

    return create_layout


def _exact(value: float) -> float:
    """Stand in for int() where WeasyPrint cuts the space between glyphs to whole thousandths of the size.

    Cut so, 28 characters would end 0.1 mm beyond the type area. The other use there is in Pango units: left whole.
    """
    return int(value) if abs(value) > 100_000 else round(value, 2)


def shares(text: str) -> list[float]:
    """Return the share of each gap inside text: 1 between two characters, ½ beside a Latin word, 0 within it.

    Where there is nothing but Latin, every gap has a share.
    """
    spreads = [False] * len(text)
    for found in _SPREADING.finditer(text):
        spreads[found.start() : found.end()] = [True] * (found.end() - found.start())
    if not any(spreads):
        spreads = [True] * len(text)
    return [(before + after) / 2 for before, after in pairwise(spreads)]


def _justify_line(context: Any, line: Any, extra: float) -> None:
    texts = [box for box in _leaves(line) if isinstance(box, boxes.TextBox) and box.text]
    whole = "".join(box.text for box in texts)
    total = sum(shares(whole))
    if total and (_is_spread(line) or extra / total <= MOST_SHARE * _em(texts)):
        _Spreader(context, extra / total, whole).spread(line, 0.0)


def _is_spread(line: Any) -> bool:
    """Return whether a line shall fill its width however short it is, as the names of joint issuing bodies do."""
    return bool(line.style["text_align_last"] == "justify")


def _em(texts: list[Any]) -> float:
    return max((float(box.style["font_size"]) for box in texts), default=0.0)


_justify_line.spreads = True  # type: ignore[attr-defined]


def _leaves(box: Any) -> list[Any]:
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        return [leaf for child in box.children if child.is_in_normal_flow() for leaf in _leaves(child)]
    return [box]


class _Spreader:
    """Walks the boxes of one line, moving each by what was spread before it."""

    def __init__(self, context: Any, share: float, whole: str) -> None:
        self.context, self.share = context, Spread(share)
        self.share.everywhere = _SPREADING.search(whole) is None
        self.shares, self.position = [*shares(whole), 0.0], 0

    def spread(self, box: Any, moved: float) -> float:
        """Move box by what has been spread so far, spread inside it, and return the new sum."""
        if isinstance(box, boxes.TextBox):
            return self._text(box, moved)
        if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
            box.translate(moved, 0)
            return moved
        box.position_x += moved
        before = moved
        for child in box.children:
            if child.is_in_normal_flow():
                moved = self.spread(child, moved)
        box.width += moved - before
        return moved

    def _text(self, box: Any, moved: float) -> float:
        box.position_x += moved
        if not box.text:
            return moved
        inner = self.shares[self.position : self.position + len(box.text) - 1]
        after = self.shares[self.position + len(box.text) - 1]
        self.position += len(box.text)
        box.justification_spacing = self.share
        box.pango_layout = line_break.create_layout(box.text, box.style, self.context, None, self.share)
        box.pango_layout.deactivate()
        box.width += sum(inner) * self.share
        return moved + (sum(inner) + after) * self.share


def _spreading(original: Any) -> Any:
    def set_text(layout: Any, text: str, justify: bool = False) -> None:
        spread = layout.justification_spacing if justify else 0
        if not isinstance(spread, Spread):
            original(layout, text, justify)
            return
        original(layout, text, False)
        _add_spacing(layout, spread)

    return set_text


def _add_spacing(layout: Any, spread: Spread) -> None:
    """Give every run of spreading characters its letter spacing; Pango halves it at the edges of a run."""
    tracking = layout.style["letter_spacing"]
    spacing = int(((0 if tracking == "normal" else tracking) + spread) * TO_UNITS)
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for start, end in _runs(layout.text, spread.everywhere):
        attribute = pango.pango_attr_letter_spacing_new(spacing)
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_change(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def _runs(text: str, everywhere: bool) -> list[tuple[int, int]]:
    """Return the spreading runs of text as byte offsets of its UTF-8 form."""
    if everywhere:
        return [(0, len(text.encode()))]
    return [
        (len(text[: found.start()].encode()), len(text[: found.end()].encode())) for found in _SPREADING.finditer(text)
    ]
