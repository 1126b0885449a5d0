"""The process that reads a list: bytes on standard input, its sheets on standard output (``said.py``).

What reads a kind of file judges it first, as every file of a stranger is judged, and both within the memory of
``in_child``. It is loaded when a file of the kind came: half of the time of a short list is loading.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from documents.file_beginnings import HEAD, begins_as
from documents.in_child import Stop
from documents.refusal import Refused
from documents.sheets.said import SHEETS, Said
from documents.sources.docx_archive import holds_workbook


def read(data: bytes) -> str:
    """Return the sheets of a file (see ``documents.sheets.HandedSheet``). Raises Stop with the reason."""
    try:
        sheets = _sheets(data)
        if not sheets:  # a page or a Word file without a table, a workbook of charts
            raise Refused("no-list")
        return SHEETS.join(sheet.written() for sheet in sheets)
    except Refused as refused:
        raise Stop("list-too-large" if refused.code == "bomb" else refused.code) from refused


def _sheets(data: bytes) -> list[Said]:
    head = data[:HEAD]
    if begins_as(head, ".xls") or (begins_as(head, ".xlsx") and holds_workbook(data)):
        module = "workbook"
    else:
        module = "word_tables" if begins_as(head, ".docx") else "page_tables"
    return cast(list[Said], import_module(f"documents.sheets.{module}").sheets_in(data))
