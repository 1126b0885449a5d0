"""The ways in: a pasted text, .txt, .docx, .ofd, .pdf, .doc, .wps or a list in .xlsx, .xls or .et becomes one text.

What a file is, its content tells.
"""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext_noop

from documents.answers import Source
from documents.archives import BROKEN
from documents.file_beginnings import HEAD, OLD_OFFICE, PICTURES, begins_as, ofd_part
from documents.in_child import answer_of
from documents.outline import Blocks
from documents.refusal import Refused
from documents.text import cells_whole, plain_ideographs

from .docx_archive import holds_workbook, zipped
from .html_body import is_page
from .libreoffice import converted
from .ofd.remarks import remarks
from .plain_text import decoded
from .sheet_marks import HIDDEN
from .word_outline import read_docx
from .word_text import page_text, word_text

HIDDEN_ROWS = gettext_noop("Rows that are hidden or filtered away in the file were read as well.")
MAX_BYTES = 50 * 1024 * 1024

# the names of the streams that an old file of Office holds
_ENCRYPTED, _WORD, _SLIDES, *_BOOKS = (
    name.encode("utf-16-le")
    for name in ("EncryptedPackage", "WordDocument", "PowerPoint Document", "Workbook", "Book\0")
)

# a Word file saved as XML: of today in its parts, of 2003 in one
_WORD_XML, _PACKAGED = b'<?mso-application progid="Word.Document"?>', b"/office/2006/xmlPackage"


def pasted(text: str) -> Source:
    """Return a pasted text as a source.

    Raises Refused when there is nothing in it.
    """
    if not text.strip():
        raise Refused("empty")
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return Source("", cells_whole(plain_ideographs(lines)), "text")


def text_of(name: str, data: bytes, *, outline: bool = False) -> Source:
    """Return the text of a file.

    name: the file's name, kept for the record; data: its content, which alone decides how it is read; outline: whether
    the outline of a Word file is wanted too.
    Raises Refused with the reason: empty, larger than 50 MB, a picture, a scan, encrypted, damaged, with macros …
    """
    if len(data) > MAX_BYTES:
        raise Refused("too-big")
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused("empty")
    head = data[:HEAD]
    if begins_as(head, *PICTURES):
        raise Refused("image")
    if begins_as(head, ".pdf"):
        return Source(name, plain_ideographs(answer_of("sources.pdf_child", data)), "pdf")
    if begins_as(head, ".ofd") and _is_ofd(data):
        return ofd_source(name, answer_of("sources.ofd.child", data))
    if _is_workbook(data):
        return _list(name, answer_of("sources.sheet_child", data))
    if begins_as(head, ".docx"):
        return _word(name, data, "docx", outline)
    if begins_as(head, *OLD_OFFICE):
        _refuse_kinds(data)
        return _word(name, converted(data, ".rtf" if begins_as(head, ".rtf") else ".doc"), "office", outline)
    if _WORD_XML in head:
        whole = zipped(data) if _PACKAGED in head else converted(data, ".xml")
        return _word(name, whole, "office", outline)
    if is_page(data):
        return Source(name, plain_ideographs(page_text(data)), "office")
    return Source(name, plain_ideographs(decoded(data)), "text")


def _is_ofd(data: bytes) -> bool:
    """Whether a package is an OFD; what is wrong with one that cannot be opened is said by who reads it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return bool(ofd_part(package))
    except BROKEN:
        return False


def ofd_source(name: str, said: str) -> Source:
    """Return the text of an OFD, the fields it is tagged with, and what lies beside its text. said: by its reader."""
    told: dict[str, Any] = json.loads(said)
    fields = tuple((field, plain_ideographs(said)) for field, said in told["fields"])
    notes = tuple(remarks(told["remarks"]))
    return Source(name, plain_ideographs(told["text"]), "ofd", notes, fields=fields)


def _list(name: str, said: str) -> Source:
    """The text of a list; what nobody saw of it is read, and said."""
    notes = (HIDDEN_ROWS,) if said.endswith(HIDDEN) else ()
    return Source(name, plain_ideographs(said.removesuffix(HIDDEN)), "office", notes)


def _word(name: str, data: bytes, kind: str, outline: bool) -> Source:
    """The text of a Word file; the outline of one that holds parts in another format would lack them unsaid."""
    text, notes = word_text(data)
    text = plain_ideographs(text)
    blocks: Blocks = ()
    if outline:
        with suppress(Refused):
            blocks = read_docx(data)[0]
    return Source(name, text, kind, notes, blocks, data if blocks else b"")


def _refuse_kinds(data: bytes) -> None:
    """Say what an old file of Office is where it is no text."""
    if _ENCRYPTED in data:
        raise Refused("encrypted")
    if _WORD not in data and _SLIDES in data:
        raise Refused("spreadsheet")


def _is_workbook(data: bytes) -> bool:
    """Whether a file is a spreadsheet, by what it holds; a Word file may hold one as well."""
    if begins_as(data[:HEAD], ".xlsx"):
        return holds_workbook(data)
    is_old = begins_as(data[:HEAD], ".xls") and not any(name in data for name in (_ENCRYPTED, _WORD, _SLIDES))
    return is_old and any(name in data for name in _BOOKS)
