"""Set a document on paper: outline → HTML → PDF."""

from .html import to_html
from .pdf import identity, to_pdf

__all__ = ["identity", "to_html", "to_pdf"]
