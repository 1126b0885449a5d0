"""The fonts of an OFD: of each face one TrueType font of the glyphs that are printed, with cmap and post.

The outlines come from the PDF: what WeasyPrint embeds there is the source font itself, cut down to the glyphs that
are printed and with their numbers kept. So a file is made the same on a machine that has other fonts, or years later.
Outlines of PostScript become TrueType ones: some readers of OFD take no others.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from documents.layout import fonts

from .pdf_fonts import PdfFont

_TOLERANCE = 0.001  # em by which a curve may differ when it becomes a quadratic one
NAMES = {"fangsong": "仿宋", "kai": "楷体", "title": "方正小标宋简体", "hei": "黑体", "song": "宋体"}
"""What a face is called where a reader has to find it among its own fonts: as the standard of documents names it."""


@dataclass(slots=True)
class Face:
    """A face of the document: the programs that hold its glyphs, which of them are printed, and what each is called."""

    name: str
    family: str
    number: int
    programs: dict[tuple[int, int], Any] = field(default_factory=dict)
    places: dict[int, int] = field(default_factory=dict)
    """The number of each glyph in the font of the OFD, by its number in the source font."""
    chars: dict[int, int] = field(default_factory=dict)
    """The glyph (of the source font) by which a character is drawn that is not written otherwise."""

    def take(self, glyph: int, text: str) -> bool:
        """Note a glyph that is printed. Returns whether its text alone leads to it."""
        self.places.setdefault(glyph, len(self.places) + 1)
        return len(text) == 1 and self.chars.setdefault(ord(text), glyph) == glyph

    def add(self, font: PdfFont) -> None:
        """Note a program of the PDF that holds glyphs of this face."""
        self.programs.setdefault(font.program.objgen, font.program)

    def build(self) -> bytes:
        """Return the font as a file; the same glyphs give the same bytes."""
        sources = [TTFont(io.BytesIO(program.read_bytes()), lazy=True) for program in self.programs.values()]
        head = sources[0]
        names = [".notdef", *(f"g{place}" for place in self.places.values())]
        builder = FontBuilder(head["head"].unitsPerEm, isTTF=True)
        builder.setupGlyphOrder(names)
        drawn = {".notdef": _empty()} | dict(self._drawn(sources))
        builder.setupGlyf({name: glyph for name, (glyph, _width) in drawn.items()}, calcGlyphBounds=True)
        glyf = builder.font["glyf"]
        builder.setupHorizontalMetrics(
            {name: (width, getattr(glyf[name], "xMin", 0)) for name, (_glyph, width) in drawn.items()}
        )
        builder.setupCharacterMap({char: f"g{self.places[glyph]}" for char, glyph in sorted(self.chars.items())})
        _describe(builder, head)
        out = io.BytesIO()
        builder.font.recalcTimestamp = False
        builder.font.save(out)
        return out.getvalue()

    def _drawn(self, sources: list[TTFont]) -> Any:
        sets = [(source, source.getGlyphSet(), source["hmtx"]) for source in sources]
        for glyph, place in self.places.items():
            for source, outlines, widths in sets:
                if glyph < source["maxp"].numGlyphs:
                    name = source.getGlyphName(glyph)
                    outline = _quadratic(outlines, name, "glyf" not in source, source["head"].unitsPerEm)
                    if outline.numberOfContours or source is sources[-1]:  # else another subset may hold it
                        yield f"g{place}", (outline, widths[name][0])
                        break
            else:
                yield f"g{place}", _empty()


def _empty() -> tuple[Any, int]:
    return TTGlyphPen(None).glyph(), 0


def _quadratic(outlines: Any, name: str, cubic: bool, em: int) -> Any:
    record = DecomposingRecordingPen(outlines)
    outlines[name].draw(record)
    pen = TTGlyphPen(None)
    record.replay(Cu2QuPen(pen, _TOLERANCE * em, reverse_direction=True) if cubic else pen)
    return pen.glyph()


def _describe(builder: FontBuilder, source: TTFont) -> None:
    """What the source font says of itself: heights, weight, name."""
    builder.font["head"].created = builder.font["head"].modified = 0
    hhea = source["hhea"]
    builder.setupHorizontalHeader(ascent=hhea.ascent, descent=hhea.descent)
    names = {key: source["name"].getDebugName(number) for number, key in _NAMED.items()} if "name" in source else {}
    builder.setupNameTable({key: value for key, value in names.items() if value})
    os2 = source.get("OS/2")
    heights = {key: getattr(os2, key) for key in _KEPT if hasattr(os2, key)} if os2 else {}
    builder.setupOS2(**heights)
    builder.setupPost(keepGlyphNames=False)


_NAMED = {0: "copyright", 1: "familyName", 2: "styleName", 4: "fullName", 6: "psName", 13: "licenseDescription"}
_KEPT = (
    "usWeightClass", "usWidthClass", "fsType", "sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent",
    "usWinDescent", "fsSelection",
)  # fmt: skip


def called(font: PdfFont) -> str:
    """Return the name of a font in the OFD: that of the face it stands for, else its own."""
    heavy = font.face.endswith("-Bold")
    for key, face in fonts.faces().items():
        if face.family == font.family and (face.weight >= 600) == heavy:
            return NAMES[key]
    return font.face.replace("-", " ")
