"""The ways in: what is pasted or uploaded becomes text, a Word file also an outline with its tables and pictures.

What reads a kind of file is loaded when it is first asked for (PEP 562): a child that reads one list needs no other.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .file_text import MAX_BYTES as MAX_BYTES
    from .file_text import pasted as pasted
    from .file_text import text_of as text_of
    from .word_outline import read_docx as read_docx

_WHERE = {"MAX_BYTES": "file_text", "pasted": "file_text", "text_of": "file_text", "read_docx": "word_outline"}


def __getattr__(name: str) -> Any:
    """Load what is asked for by its name. Raises AttributeError for any other name."""
    if name in _WHERE:
        return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
