"""One sign of a page of a PDF, and where it is seen."""

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """A sign and its box, measured from the upper left corner of the page as it is shown."""

    left: float
    top: float
    right: float
    bottom: float
    char: str
    blank: str = ""
    """The blanks typed before it."""
    is_apart: bool = False
    """Whether pdfium sees a blank before it that nobody typed."""

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2
