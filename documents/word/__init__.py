"""Set a document as an editable Word file."""

from .write_docx import to_docx

__all__ = ["to_docx"]
