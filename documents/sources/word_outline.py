"""Read a Word file as an outline: paragraphs with the numbering Word would print, tables with spans, pictures."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from documents.errors import DocumentError
from documents.messages import gettext as _
from documents.outline import Block, Blocks, Figure, Row, Span, Table, from_text
from documents.text import clean

from .word_numbering import printed

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MOST_UNPACKED = 400 * 2**20  # bytes; a text of this size is no notice but a bomb
# what zip, XML and python-docx raise while they open a file that is damaged, encrypted or another kind of file
_NOT_OPENED = (
    zipfile.BadZipFile, zlib.error, PackageNotFoundError, KeyError, ValueError, SyntaxError, RuntimeError, EOFError,
    AttributeError, TypeError, OSError,
)  # fmt: skip
_HIDDEN = {f"{{{_MC}}}Fallback", qn("w:moveFrom")}  # what stands elsewhere in the file as well
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")}
_VML_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_BARE = {"nil", "none"}
# the boxes and ticks of forms, as Word takes them from its symbol fonts
_SYMBOLS = {"A8": "□", "6F": "□", "A3": "□", "FE": "☑", "52": "☑", "FC": "√", "50": "√"}


@dataclass(frozen=True, slots=True)
class _Opened:
    """What python-docx makes of a file: from here on only XML is walked."""

    body: Any
    styles: Any
    numbering: Any
    letterhead: list[str]  # the lines in the header of the first page alone, where a letter has its issuing body
    parts: Mapping[str, Any]


class _Damaged(Exception):
    """Something in the XML that Word would not write."""


def read_docx(data: bytes) -> tuple[Blocks, dict[str, bytes]]:
    """Read a .docx.

    Returns its blocks in order and its pictures by name. A nested table becomes lines of text in its cell.
    Raises DocumentError when it is no Word file or a broken one.
    """
    try:
        reader = _Reader(_opened(data))
        return reader.blocks(), reader.files
    except _Damaged as error:
        reason = {"reason": str(error)[:120]}
        raise DocumentError(_("This is no Word file (.docx) that can be read: %(reason)s") % reason) from error


def _opened(data: bytes) -> _Opened:
    """Open a file with zip and python-docx; whatever they raise is the file's fault. Raises _Damaged, DocumentError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked <= MOST_UNPACKED:
            return _parts(docx.Document(io.BytesIO(data)))
    except _NOT_OPENED as error:
        raise _Damaged(error) from error
    raise DocumentError(_("The Word file is too large when unpacked."))


def _parts(document: Any) -> _Opened:
    first = document.sections[0] if len(document.sections) else None
    letterhead = []
    if first is not None and first.different_first_page_header_footer:
        letterhead = [paragraph.text for paragraph in first.first_page_header.paragraphs]
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        numbering = None
    body = document.element.body
    if body is None:
        raise ValueError("no body")
    return _Opened(body, document.styles.element, numbering, letterhead, document.part.related_parts)


class _Reader:
    """Walks the body of one file."""

    def __init__(self, opened: _Opened) -> None:
        self.opened = opened
        self.files: dict[str, bytes] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.levels = _levels(opened.numbering) if opened.numbering is not None else {}
        self.styles = _styles(opened.styles)

    def blocks(self) -> Blocks:
        found: list[Block] = []
        lines = [*self.opened.letterhead]
        for child in _inside(self.opened.body):
            others: list[Block] = []
            if child.tag == qn("w:p"):
                lines.append(self._text(child))
                others += self._figures(child)
            elif child.tag == qn("w:tbl") and _is_layout(child):
                lines += _layout_lines(child)
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
        numbering, depth = self._numbering(paragraph)
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
            form = self.levels.get((numbering, level), (kind, ""))[0]
            pattern = pattern.replace(f"%{level + 1}", printed(count, form))
        return pattern

    def _numbering(self, paragraph: Any) -> tuple[str, int]:
        """Return the list and the level that number a paragraph: its own, or those of its style."""
        settings = paragraph.find(qn("w:pPr"))
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = named.get(qn("w:val")) if named is not None else ""
        seen: set[str] = set()
        while settings is None or settings.find(f"{qn('w:numPr')}/{qn('w:numId')}") is None:
            if style not in self.styles or style in seen:
                return "", 0
            seen.add(style)
            settings, style = self.styles[style]
        numbers = settings.find(qn("w:numPr"))
        depth = numbers.find(qn("w:ilvl"))
        return numbers.find(qn("w:numId")).get(qn("w:val")), 0 if depth is None else _whole(depth, "w:val")

    def _figures(self, paragraph: Any) -> Iterator[Figure]:
        """Yield the pictures of a paragraph: of DrawingML, and of VML as files of Word 2003 have them."""
        for element in _shown(paragraph, qn("a:blip"), _VML_IMAGE):
            part = self.opened.parts.get(element.get(qn("r:embed")) or element.get(qn("r:id")))
            if part is not None:
                name = f"图片{len(self.files) + 1}"  # as whoever made the file counts them
                self.files[name] = part.blob
                yield Figure(name)

    def _table(self, element: Any) -> Table:
        rows: list[Row] = []
        spans: dict[tuple[int, int], Span] = {}
        open_spans: dict[int, tuple[int, int]] = {}
        heads = 0
        for index, row in enumerate(_rows(element)):
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
        for cell in _cells(row):
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
    width = _whole(span, "w:val", 1) if span is not None else 1
    kind = "" if merge is None else merge.get(qn("w:val"), "continue")
    return min(max(width, 1), 200), kind


def _inside(element: Any) -> Iterator[Any]:
    """Yield the children of an element, those of content controls and of tracked insertions as its own."""
    for child in element.iterchildren():
        if child.tag in _WRAPPERS:
            yield from _inside(child)
        else:
            yield child


def _rows(table: Any) -> list[Any]:
    return [child for child in _inside(table) if child.tag == qn("w:tr")]


def _cells(row: Any) -> list[Any]:
    return [child for child in _inside(row) if child.tag == qn("w:tc")]


def _is_layout(table: Any) -> bool:
    """Return whether a table is said to have no rules: it only sets text side by side, as names of joint signatures."""
    rules = table.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
    if rules is None or table.find(f".//{qn('w:tcBorders')}") is not None:
        return False
    styled = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None
    return all(rule.get(qn("w:val")) in _BARE for rule in rules) and (len(rules) > 0 or not styled)


def _layout_lines(table: Any) -> list[str]:
    """Return the text of a table without rules: cells of one line beside one another, others one after the other."""
    lines: list[str] = []
    for row in _rows(table):
        cells = [[_runs(paragraph).replace("\n", "") for paragraph in cell.iter(qn("w:p"))] for cell in _cells(row)]
        single = all(len(cell) == 1 for cell in cells)
        lines += ["　　".join(cell[0] for cell in cells)] if single else [line for cell in cells for line in cell]
    return lines


def _cell_text(cell: Any) -> str:
    lines = (clean(_runs(paragraph)).strip() for paragraph in cell.iter(qn("w:p")))
    return "\n".join(line for line in lines if line)


def _shown(element: Any, *tags: str) -> Iterator[Any]:
    """Yield what is below an element of these tags, without what stands there once more: for older programs, moved."""
    for found in element.iter(*tags):
        if not any(parent.tag in _HIDDEN for parent in found.iterancestors()):
            yield found


def _runs(paragraph: Any) -> str:
    tags = ("w:t", "w:br", "w:tab", "w:cr", "w:noBreakHyphen", "w:sym")
    return "".join(map(_character, _shown(paragraph, *map(qn, tags))))


def _character(element: Any) -> str:
    """Return what an element of a run prints."""
    if element.tag == qn("w:t"):
        return element.text or ""
    if element.tag == qn("w:tab"):
        return " " if element.getparent().tag == qn("w:r") else ""  # elsewhere it is a tab stop
    if element.tag == qn("w:sym"):
        wingdings = element.get(qn("w:font"), "").startswith("Wingdings")
        return _SYMBOLS.get(element.get(qn("w:char"), "")[-2:].upper(), "〓") if wingdings else ""
    return "-" if element.tag == qn("w:noBreakHyphen") else "\n"


def _whole(element: Any, name: str, default: int | None = None) -> int:
    """Return a whole number that an element bears. Raises _Damaged when it is none, or missing without a default."""
    said = element.get(qn(name))
    if said is None and default is not None:
        return default
    try:
        return int(said or "")
    except ValueError as error:
        raise _Damaged(f"{name}={said!r}") from error


def _styles(root: Any) -> dict[str, tuple[Any, str]]:
    """Return the paragraph properties of every style, and the style that it is based on."""
    found = {}
    for style in root.findall(qn("w:style")):
        base = style.find(qn("w:basedOn"))
        found[style.get(qn("w:styleId"))] = (style.find(qn("w:pPr")), base.get(qn("w:val")) if base is not None else "")
    return found


def _levels(root: Any) -> dict[tuple[str, int], tuple[str, str]]:
    """Return kind and pattern of every level of every numbering of the file."""
    abstract = {}
    for item in root.findall(qn("w:abstractNum")):
        levels = {}
        for level in item.findall(qn("w:lvl")):
            kind, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
            if kind is not None and text is not None:
                shown = (kind.get(qn("w:val"), ""), text.get(qn("w:val"), ""))
                levels[_whole(level, "w:ilvl")] = shown
        abstract[item.get(qn("w:abstractNumId"))] = levels
    found = {}
    for number in root.findall(qn("w:num")):
        reference = number.find(qn("w:abstractNumId"))
        known = abstract.get(reference.get(qn("w:val")), {}) if reference is not None else {}
        for depth, value in known.items():
            found[number.get(qn("w:numId")), depth] = value
    return found
