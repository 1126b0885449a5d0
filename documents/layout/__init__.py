"""Where everything stands on the page of GB/T 9704-2012, in numbers that PDF and Word share; what can be printed."""

from .document_images import prepare_images
from .glyph_check import missing_glyphs, missing_in_blocks, replace_missing
from .printable_images import prepare

__all__ = ["missing_glyphs", "missing_in_blocks", "prepare", "prepare_images", "replace_missing"]
