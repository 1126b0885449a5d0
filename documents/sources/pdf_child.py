"""The process that reads a PDF: bytes on standard input, text on standard output, a reason on standard error.

pypdfium2 gives the text of a page; where a page has ruled lines, pdfplumber tells the cells of its tables.
"""

from __future__ import annotations

import io
import re
import resource
import sys
import time
from typing import Any

import pdfplumber
import pypdfium2

MAX_PAGES = 200
MEMORY = 260 * 1024 * 1024
# tables cost some 0.2 s a page: after this many seconds the rest is read as plain text
_TABLE_SECONDS = 9.0
_RULED = 6
_SPARSE = 15
# parts of the height of a sign: how far centres of one line differ, and how wide a blank and a column's gap are
_SAME_LINE, _WORD, _COLUMN = 0.45, 0.25, 0.9
_NO_SIGN = {0xFFFE, 0xFFFF, 0xFFFD, 0xA0, 0x3000, 0xAD, 0x200B}


class Stop(Exception):
    """The reading ends with a reason (a key of refused.REASONS)."""


def main() -> int:
    """Read standard input; return 0, or 1 with the reason on standard error."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    try:
        text = read(sys.stdin.buffer.read())
    except Stop as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    except MemoryError:
        sys.stderr.write("too-slow\n")
        return 1
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    return 0


def read(data: bytes) -> str:
    """Return the text of a PDF; raises Stop with the reason."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Stop("encrypted" if "password" in str(error).lower() else "damaged") from error
    count = len(document)
    if count > MAX_PAGES:
        raise Stop("too-long")
    pages = [_Page(document, index) for index in range(count)]
    if sum(len(page.text.strip()) for page in pages) < _SPARSE * max(1, count):
        raise Stop("scan" if any(page.pictures for page in pages) else "empty")
    _read_tables(data, pages)
    return "\n".join(page.text for page in pages)


class _Page:
    """A page: its text, whether it carries pictures and how many ruled lines."""

    def __init__(self, document: Any, index: int) -> None:
        page = document[index]
        self.index = index
        kinds = [item.type for item in page.get_objects(max_depth=3)]
        self.pictures = kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)
        self.lines = kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_PATH)
        textpage = page.get_textpage()
        self.text = laid_out(textpage)
        textpage.close()
        page.close()


def laid_out(textpage: Any) -> str:
    """Return the text of a page line by line as it is seen.

    pdfium gives signs in the order of their fonts; a quote of another font than its words then stands beside them.
    """
    signs = []
    for index in range(textpage.count_chars()):
        code = pypdfium2.raw.FPDFText_GetUnicode(textpage, index)
        if code > 32 and code not in _NO_SIGN:
            left, bottom, right, top = textpage.get_charbox(index, loose=True)
            signs.append((-(top + bottom) / 2, left, right, top - bottom, chr(code)))
    signs.sort()
    lines: list[list[tuple[float, float, float, float, str]]] = []
    for sign in signs:
        if lines and sign[0] - lines[-1][0][0] < _SAME_LINE * max(sign[3], lines[-1][0][3]):
            lines[-1].append(sign)
        else:
            lines.append([sign])
    return "\n".join(_joined(sorted(line, key=lambda sign: sign[1])) for line in lines)


def _joined(line: list[tuple[float, float, float, float, str]]) -> str:
    """The signs of a line; a gap becomes a blank, a wide one three, so that columns stay apart."""
    text, end = "", line[0][1]
    for _, left, right, height, sign in line:
        gap = (left - end) / (height or 1)
        text += ("   " if gap > _COLUMN else " " if gap > _WORD else "") + sign
        end = right
    return text


def _read_tables(data: bytes, pages: list[_Page]) -> None:
    """Read the pages with ruled lines again, their tables cell by cell."""
    ruled = [page for page in pages if page.lines >= _RULED]
    if not ruled:
        return
    started = time.monotonic()
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for page in ruled:
                if time.monotonic() - started > _TABLE_SECONDS:
                    return
                page.text = _with_tables(document.pages[page.index]) or page.text
                document.pages[page.index].close()
    except MemoryError:
        raise
    except Exception:
        return  # whatever is wrong with the file, its plain text has been read already


def _with_tables(page: Any) -> str:
    """The lines of a page from top to bottom, the rows of tables among them; "" when it has no table."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1 and len(table.rows[0].cells) > 2]
    if not tables:
        return ""
    boxes = [table.bbox for table in tables]
    outside = page.filter(lambda item: not any(_within(item, box) for box in boxes))
    lines = [(line["top"], line["text"]) for line in outside.extract_text_lines(return_chars=False)]
    for table in tables:
        step = 0.001
        for number, row in enumerate(table.extract()):
            cells = [re.sub(r"\s*\n\s*", "", cell or "") for cell in row]
            lines.append((table.bbox[1] + number * step, "\t".join(cells)))
    return "\n".join(text for _, text in sorted(lines, key=lambda line: line[0]))


def _within(item: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x0, top, x1, bottom = box
    middle_x, middle_y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return x0 <= middle_x <= x1 and top <= middle_y <= bottom


if __name__ == "__main__":
    raise SystemExit(main())
