"""How wide text of the body is when it is set."""

from __future__ import annotations

from . import fonts, page


def body_width(text: str, face: str = "fangsong") -> float:
    """Return the width of text in points, in body size with the tracking of the grid."""
    return fonts.width(text, face) * page.BODY + len(text) * page.TRACKING
