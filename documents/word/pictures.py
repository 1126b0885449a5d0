"""Pictures in a Word file: in a line of their own, or, as a seal, at a place of the page behind the text.

DrawingML of ECMA-376, part 1, chapter 20; lengths are in points, Word counts in EMU (12,700 a point).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr  # nosec B406 # writes, and reads nothing

from documents.answers import Printable

_EMU = 12700


@dataclass(slots=True)
class Pictures:
    """Puts pictures into one Word file and counts them; the same bytes are stored once."""

    part: Any
    count: int = 0

    def inline(self, image: Printable, width: float, words: str) -> str:
        """Return a run with a picture of that width; words: what is read aloud in its stead."""
        inner = self._picture(image, width, words)
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{inner}</wp:inline></w:drawing></w:r>'
        )

    def behind(self, image: Printable, width: float, place: tuple[float, float], words: str) -> str:
        """Return a run that hangs a picture behind the text; place: from the left edge of the type area and below the
        top of the paragraph (negative above it)."""
        left, top = (round(value * _EMU) for value in place)
        where = (
            '<wp:simplePos x="0" y="0"/>'
            f'<wp:positionH relativeFrom="column"><wp:posOffset>{left}</wp:posOffset></wp:positionH>'
            f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        )
        inner = self._picture(image, width, words, '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>')
        kind = 'simplePos="0" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"'
        return (
            f'<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" {kind} relativeHeight="{self.count}">'
            f"{where}{inner}</wp:anchor></w:drawing></w:r>"
        )

    def _picture(self, image: Printable, width: float, words: str, wrapping: str = "") -> str:
        identifier, _ = self.part.get_or_add_image(io.BytesIO(image.data))
        self.count += 1
        across = round(width * _EMU)
        extent = f'cx="{across}" cy="{round(across * image.height / image.width)}"'
        name = f'id="{self.count}" name="Picture {self.count}"'
        return (
            f"<wp:extent {extent}/>{wrapping}<wp:docPr {name} descr={quoteattr(words)}/><a:graphic>"
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f"<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        )
