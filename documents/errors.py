"""What is said when a document cannot be read, set or bound: always the place, in the words of the user."""

from __future__ import annotations


class DocumentError(ValueError):
    """A document or a file that cannot be set; the message names the place and what to do."""


class ImageError(DocumentError):
    """An image that cannot be printed."""


class GlyphError(DocumentError):
    """Characters that no installed font can print."""


class RefusedAddress(DocumentError):
    """Something in a document asked for a file or an address that nobody handed over."""


class Unavailable(DocumentError):
    """What was to be done cannot be done at the moment; the message says why."""
