"""Files that are text: RTF, which may hold objects and fields, and lists, whose cells a spreadsheet may run."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from documents.answers import Judged
from documents.refusal import Refused

_OBJECT = re.compile(rb"\\obj(?:data|emb|link|autlink|sub|pub|icemb|html|ocx|class)\b")
_TEMPLATE = re.compile(rb"\\template\s*(?:\\\*)?\s*[^}]*(?://|\\\\\\\\)")
_FIELD = re.compile(
    rb"(?i)\\fldinst\b(?:\\[a-z]+-?\d*|[{}\s])*(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK)\b"
)
_CELL = re.compile(r"[,;\t]")
_RUNS = re.compile(r"[(|!]")
_LONGEST = 50 * 1024 * 1024


def content(file: bytes | Path) -> bytes:
    """All of a file."""
    return file if isinstance(file, bytes) else file.read_bytes()


def judge_rtf(file: bytes | Path) -> Judged:
    """RTF as it came. Raises Refused: embedded objects, a template or fields that draw in from elsewhere."""
    data = content(file)
    if _OBJECT.search(data):
        raise Refused("embedded")
    if _TEMPLATE.search(data):
        raise Refused("template")
    if _FIELD.search(data):
        raise Refused("fields")
    return Judged()


def judge_list(file: bytes | Path) -> Judged:
    """A list (CSV) as it came. Raises Refused naming the first cell that a spreadsheet would run."""
    for number, line in enumerate(_text(content(file)).splitlines(), start=1):
        for cell in _CELL.split(line):
            if _runs(unicodedata.normalize("NFKC", cell).strip().strip("\"'").lstrip()):
                raise Refused("formulas", f"{number}: {cell.strip()[:40]}")
    return Judged()


def _runs(cell: str) -> bool:
    """Whether a cell is a formula; a number, a telephone, a dash and a line of signs are none."""
    if cell[:1] == "=":
        return any(each.isalnum() for each in cell)
    return cell[:1] in ("+", "-", "@") and bool(_RUNS.search(cell))


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
