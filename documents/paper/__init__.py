"""Set a document on paper: outline → HTML → PDF."""

from .html import to_html
from .pdf import identity, imprint_stands_apart, to_pdf

__all__ = ["identity", "imprint_stands_apart", "to_html", "to_pdf"]
