"""The fonts of a book: one subset of each for the glyphs of all its chapters, kept for the next book."""

from __future__ import annotations

import os
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from documents.paper import page_numbers, weasyprint_engine
from documents.paper.font_uses import FontUse, Uses

from . import chapter_fragments
from .chapter_fragments import Fragment, Item
from .chapter_setting import house

_ROOT = "fonts"
"""The name of the point that says which object of the fragment holds the fonts."""


@cache
def number_glyphs() -> Uses:
    """The one face in which page numbers are drawn, with what they need of it."""
    return weasyprint_engine.write_bare(weasyprint_engine.lay_out(page_numbers.SAMPLE, {}))[1]


def kept_fonts(uses: Uses, shelf: Path) -> tuple[int, list[Item], int, Path]:
    """Build the fonts, or find them.

    Arguments: the glyphs of each font; where they are kept. Returns: which object holds all of them, the objects, and
    where in which file their streams begin.
    """
    uses = _in_order(uses)
    path = shelf / f"{_digest(uses)}.part"
    if not (path.exists() and chapter_fragments.is_whole(path)):
        _build(uses, path)
    os.utime(path)  # still in use
    with path.open("rb") as stream:
        head, start = chapter_fragments.load(stream)
    return head.anchors[_ROOT][0], head.items, start, path


def _in_order(uses: Uses) -> Uses:
    """The same whatever chapter came first, so that the same glyphs give the same bytes."""
    return {
        name: FontUse(use.family, use.weight, dict(sorted(use.unicode.items())), dict(sorted(use.widths.items())))
        for name, use in sorted(uses.items())
    }


def _digest(uses: Uses) -> str:
    digest = sha256(f"fonts\0{house()}".encode())
    for name, use in uses.items():
        digest.update(f"\0{name}\0{use.family}\0{use.weight}\0".encode())
        digest.update(repr(use.unicode).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _build(uses: Uses, path: Path) -> None:
    lines = "".join(
        f"<p style=\"font-family:'{escape(use.family)}';font-weight:{use.weight}\">{escape(_visible(use.unicode))}</p>"
        for use in uses.values()
    )
    laid = weasyprint_engine.lay_out(f'<html lang="zh-CN"><body>{lines}</body></html>', {})
    pdf = weasyprint_engine.write_with_glyphs(laid, uses)
    root, items, streams = chapter_fragments.cut_object(pdf, "/Font")
    Fragment([], items, [], {}, {_ROOT: (root, 0, 0)}).save(path, streams, {})


def _visible(unicode: dict[str, str]) -> str:
    """Return one character that draws its font surely."""
    return next((text for text in unicode.values() if text.strip()), "国")
