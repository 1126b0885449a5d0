"""A page of HTML as the body of a Word file: what programs call Word, and what lies as a part inside a Word file.

Nothing is fetched and nothing is run: only words, tables and line ends are taken.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from documents.refusal import Refused

from .plain_text import decoded
from .word_numbering import W
from .word_printed import MOST_COLUMNS

_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*\?>\s*)?<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_LETTER = re.compile(rb"\s*(?:[\w-]+:[^\n]*\n\s*){0,8}?MIME-Version:", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSAID = {"script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "select", "del"}
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "section",
    "article", "header", "footer", "center", "pre", "form", "fieldset", "address", "main", "body", "html", "tr",
    "caption",
}  # fmt: skip
_BETWEEN = re.compile(r"(?<=[\u2e80-\uffef])[ \t\r\n\f]*[\r\n][ \t\r\n\f]*(?=[\u2e80-\uffef])")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 60


def is_page(data: bytes) -> bool:
    """Return whether a file is a page of HTML, or one packed as a letter (.mht), whatever it is called."""
    head = data.removeprefix(b"\xef\xbb\xbf")[:4096]
    return bool(_PAGE.match(head)) or (bool(_LETTER.match(head)) and b"multipart/related" in head.lower())


def body_of(data: bytes) -> Any:
    """Return the body of a Word file that says what a page says. Raises: Refused when it holds no page."""
    if not is_page(data):
        raise Refused("damaged")
    page = data if _PAGE.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]) else _unpacked(data)
    found = _CHARSET.search(page[:4096])
    said = found[1].decode("ascii").lower() if found else ""
    try:
        text = page.decode("gb18030" if said.startswith("gb") else said) if said else decoded(page)
    except (UnicodeDecodeError, LookupError):
        text = decoded(page)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"))
    try:
        root = lxml.html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused("empty") from error
    body = etree.Element(f"{W}body")
    body.extend(_blocks(root, 0))
    return body


def _unpacked(data: bytes) -> bytes:
    """The page in a letter."""
    letter = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    for part in letter.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
    raise Refused("damaged")


def _blocks(element: Any, depth: int) -> Iterator[Any]:
    """The paragraphs and tables below an element."""
    line: list[str] = []

    def ended() -> Iterator[Any]:
        text = "".join(line)
        line.clear()
        if text.strip(" \t\r\n\f"):
            yield _paragraph(text)

    for piece in _pieces(element, depth):
        if isinstance(piece, str):
            line.append(piece)
        else:
            yield from ended()
            if piece is not None:
                yield piece
    yield from ended()


def _pieces(element: Any, depth: int) -> Iterator[Any]:
    """The words below an element, its tables, and None where a paragraph ends."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and depth < _DEEPEST and not _is_hidden(child):
            if child.tag == "br":
                yield "\v"
            elif child.tag == "table":
                yield _table(child, depth + 1)
            else:
                is_block = child.tag in _BLOCKS
                yield from (None,) * is_block
                yield from _pieces(child, depth + 1)
                yield from (None,) * is_block
        if child.tail:
            yield child.tail


def _is_hidden(element: Any) -> bool:
    return element.tag in _UNSAID or bool(_HIDDEN.search(element.get("style", "")))


def _paragraph(text: str) -> Any:
    paragraph = etree.Element(f"{W}p")
    run = etree.SubElement(paragraph, f"{W}r")
    words = _SPACES.sub(" ", _BETWEEN.sub("", text))
    for number, line in enumerate(words.split("\v")):
        if number:
            etree.SubElement(run, f"{W}br")
        etree.SubElement(run, f"{W}t").text = _allowed(line.strip(" "))
    return paragraph


def _allowed(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char in "\u3000\xa0")


def _table(element: Any, depth: int) -> Any:
    """A table, None for one without cells."""
    table = etree.Element(f"{W}tbl")
    open_cells: dict[int, tuple[int, int]] = {}
    for line in element.iter("tr"):
        if next(line.iterancestors("table")) is element and not _is_hidden(line):
            row, open_cells = _row(line, open_cells, depth)
            if len(row):
                table.append(row)
    return table if len(table) else None


def _row(line: Any, open_cells: dict[int, tuple[int, int]], depth: int) -> tuple[Any, dict[int, tuple[int, int]]]:
    """A row, and the cells that go on below it: by column how wide they are and for how many rows more.

    open_cells: those that go on in this row.
    """
    row, below, at = etree.Element(f"{W}tr"), dict[int, tuple[int, int]](), 0
    cells = [each for each in line if each.tag in ("td", "th")]
    while at < MOST_COLUMNS and (cells or any(column >= at for column in open_cells)):
        if at in open_cells:
            width, left = open_cells[at]
            _cell(row, width, "continue")
        elif cells:
            source = cells.pop(0)
            width, left = _number(source, "colspan"), _number(source, "rowspan")
            cell = _cell(row, width, "restart" if left > 1 else "")
            cell.extend(_blocks(source, depth))
        else:
            width, left = 1, 1
            _cell(row, 1, "")
        if left > 1:
            below[at] = (width, left - 1)
        at += width
    return row, below


def _cell(row: Any, width: int, merge: str) -> Any:
    cell = etree.SubElement(row, f"{W}tc")
    settings = etree.SubElement(cell, f"{W}tcPr")
    if width > 1:
        etree.SubElement(settings, f"{W}gridSpan").set(f"{W}val", str(width))
    if merge:
        etree.SubElement(settings, f"{W}vMerge").set(f"{W}val", merge)
    return cell


def _number(element: Any, name: str) -> int:
    said = element.get(name, "1").strip()
    return min(max(int(said), 1), MOST_COLUMNS) if said.isascii() and said.isdigit() else 1
