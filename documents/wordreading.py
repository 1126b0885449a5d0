"""Read a Word file as an outline: paragraphs with the numbering Word would print, tables with spans, pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from .errors import DocumentError
from .messages import gettext as _
from .outline import Block, Blocks, Figure, Row, Span, Table, from_text
from .text import clean

MOST_UNPACKED = 400 * 2**20  # bytes; a text of this size is no notice but a bomb
_CHINESE = "〇一二三四五六七八九"


def read_docx(data: bytes) -> tuple[Blocks, dict[str, bytes]]:
    """Read a .docx.

    Returns its blocks in order and its pictures by name. A nested table becomes lines of text in its cell.
    Raises DocumentError when it is no Word file or a broken one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise DocumentError(_("The Word file is too large when unpacked."))
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        if isinstance(error, DocumentError):
            raise
        reason = {"reason": str(error)[:120]}
        raise DocumentError(_("This is no Word file (.docx) that can be read: %(reason)s") % reason) from error
    reader = _Reader(document)
    return reader.blocks(), reader.files


class _Reader:
    """Walks the body of one file."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.files: dict[str, bytes] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.levels = _levels(document)

    def blocks(self) -> Blocks:
        found: list[Block] = []
        lines: list[str] = []
        for child in self.document.element.body.iterchildren():
            others: list[Block] = []
            if child.tag == qn("w:p"):
                lines.append(self._text(child))
                others += self._figures(child)
            elif child.tag == qn("w:tbl"):
                others.append(self._table(child))
            if others:
                found += [*from_text("\n".join(lines)), *others]
                lines = []
        return (*found, *from_text("\n".join(lines)))

    def _text(self, paragraph: Any) -> str:
        """Return the text of a paragraph, behind the number that Word puts before it."""
        text = _runs(paragraph)
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) == "Title":
            text = text.replace("\n", "")  # broken for its shape
        return f"{self._number(paragraph)}{text}" if text.strip() else ""

    def _number(self, paragraph: Any) -> str:
        settings = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if settings is None or settings.find(qn("w:numId")) is None:
            return ""
        numbering = settings.find(qn("w:numId")).get(qn("w:val"))
        depth_element = settings.find(qn("w:ilvl"))
        depth = int(depth_element.get(qn("w:val"))) if depth_element is not None else 0
        if (numbering, depth) not in self.levels:
            return ""
        for key in [key for key in self.counts if key[0] == numbering and key[1] > depth]:
            del self.counts[key]
        self.counts[numbering, depth] = self.counts.get((numbering, depth), 0) + 1
        kind, pattern = self.levels[numbering, depth]
        if kind == "bullet":
            return "• "
        for level in range(depth, -1, -1):
            count = self.counts.get((numbering, level), 1)
            pattern = pattern.replace(
                f"%{level + 1}", _printed(count, self.levels.get((numbering, level), (kind, ""))[0])
            )
        return pattern

    def _figures(self, paragraph: Any) -> Iterator[Figure]:
        for blip in paragraph.iter(qn("a:blip")):
            part = self.document.part.related_parts.get(blip.get(qn("r:embed")))
            if part is not None:
                name = f"picture-{len(self.files) + 1}"
                self.files[name] = part.blob
                yield Figure(name)

    def _table(self, element: Any) -> Table:
        rows: list[Row] = []
        spans: dict[tuple[int, int], Span] = {}
        open_spans: dict[int, tuple[int, int]] = {}
        heads = 0
        for index, row in enumerate(element.findall(qn("w:tr"))):
            if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None and heads == index:
                heads += 1
            rows.append(self._row(row, index, spans, open_spans))
        heads = heads or (1 if len(rows) > 1 else 0)
        kept = tuple(span for span in spans.values() if span.rows > 1 or span.columns > 1)
        return Table(tuple(rows[:heads]), tuple(rows[heads:]), kept)

    def _row(
        self, row: Any, index: int, spans: dict[tuple[int, int], Span], open_spans: dict[int, tuple[int, int]]
    ) -> Row:
        cells: list[str] = []
        for cell in row.findall(qn("w:tc")):
            column = len(cells)
            properties = cell.find(qn("w:tcPr"))
            width, merge = _spanning(properties)
            if merge == "continue" and column in open_spans:
                start = open_spans[column]
                known = spans[start]
                spans[start] = Span(known.row, known.column, index - known.row + 1, known.columns)
                cells += [""] * width
                continue
            open_spans[column] = (index, column)
            spans[index, column] = Span(index, column, 1, width)
            cells += [_cell_text(cell), *([""] * (width - 1))]
        return tuple(cells)


def _spanning(properties: Any) -> tuple[int, str]:
    if properties is None:
        return 1, ""
    span, merge = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
    width = int(span.get(qn("w:val"), "1")) if span is not None else 1
    kind = "" if merge is None else merge.get(qn("w:val"), "continue")
    return min(max(width, 1), 200), kind


def _cell_text(cell: Any) -> str:
    lines = (clean(_runs(paragraph)).strip() for paragraph in cell.iter(qn("w:p")))
    return "\n".join(line for line in lines if line)


def _runs(paragraph: Any) -> str:
    parts = []
    for element in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab"), qn("w:cr"), qn("w:noBreakHyphen")):
        if element.tag == qn("w:t"):
            parts.append(element.text or "")
        elif element.tag == qn("w:tab") and element.getparent().tag == qn("w:r"):
            parts.append(" ")
        elif element.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif element.tag in {qn("w:br"), qn("w:cr")}:
            parts.append("\n")
    return "".join(parts)


def _levels(document: Any) -> dict[tuple[str, int], tuple[str, str]]:
    """Return kind and pattern of every level of every numbering of the file."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {}
    for item in root.findall(qn("w:abstractNum")):
        levels = {}
        for level in item.findall(qn("w:lvl")):
            kind, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
            if kind is not None and text is not None:
                levels[int(level.get(qn("w:ilvl")))] = (kind.get(qn("w:val")), text.get(qn("w:val"), ""))
        abstract[item.get(qn("w:abstractNumId"))] = levels
    found = {}
    for number in root.findall(qn("w:num")):
        reference = number.find(qn("w:abstractNumId"))
        for depth, value in abstract.get(reference.get(qn("w:val")), {}).items():
            found[number.get(qn("w:numId")), depth] = value
    return found


def _printed(count: int, kind: str) -> str:
    if kind.startswith("chinese") or kind in {"japaneseCounting", "taiwaneseCountingThousand", "ideographDigital"}:
        tens, ones = divmod(count, 10)
        if not tens:
            return _CHINESE[ones]
        return ("" if tens == 1 else _CHINESE[min(tens, 9)]) + "十" + (_CHINESE[ones] if ones else "")
    if kind == "decimalEnclosedCircle" and count <= 20:
        return chr(ord("①") + count - 1)
    return str(count)
