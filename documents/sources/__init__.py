"""The ways in: what is pasted or uploaded becomes text, a Word file also an outline with its tables and pictures."""

from .file_text import MAX_BYTES, pasted, text_of
from .word_outline import read_docx

__all__ = ["MAX_BYTES", "pasted", "read_docx", "text_of"]
