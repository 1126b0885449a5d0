"""Which glyphs of which font something that is set needs: what a chapter notes, and a book builds its fonts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(slots=True)
class FontUse:
    """The glyphs a chapter needs of one font: {glyph: text} and {glyph: width in 1/1000 em}, glyphs as strings."""

    family: str
    weight: int
    unicode: dict[str, str]
    widths: dict[str, int]


Uses: TypeAlias = dict[str, FontUse]


def merge_uses(into: Uses, more: Mapping[str, FontUse]) -> None:
    """Add the glyphs of one chapter to those of the book."""
    for name, use in more.items():
        known = into.setdefault(name, FontUse(use.family, use.weight, {}, {}))
        known.unicode.update(use.unicode)
        known.widths.update(use.widths)
