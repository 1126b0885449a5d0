"""Read an official notice into a proposed campaign: documents.reading.read(text) -> NoticeDraft.

documents.reading.sources.text_of(name, data) turns a pasted text, .txt, .docx, .pdf, .doc or .wps into that text.
"""

from .draft import KnownUnit, NoticeDraft
from .reader import read

__all__ = ["KnownUnit", "NoticeDraft", "read"]
