"""The tables of a page of HTML as sheets: as programs put them into the clipboard."""

from __future__ import annotations

from typing import Any

import lxml.html

from documents.refusal import Refused
from documents.sheets.said import MOST_COLUMNS, MOST_ROWS, Said, row
from documents.sources.html_body import is_page


def sheets_in(data: bytes) -> list[Said]:
    """Return the tables of a page, each called by its number. Raises Refused when it is none."""
    if not is_page(data):
        raise Refused("no-list-file")
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    root = lxml.html.document_fromstring(text)
    return [_said(str(number), table) for number, table in enumerate(root.iter("table"), 1)]


def _said(name: str, table: Any) -> Said:
    """The cells of a table in their columns; one that covers several stands in the first."""
    taken: dict[tuple[int, int], str] = {}
    merged = []
    lines = [each for each in table.iter("tr") if next(each.iterancestors("table"), None) is table]
    for top, line in enumerate(lines[: MOST_ROWS + 1]):
        left = 0
        for cell in line.iterchildren("td", "th"):
            while (top, left) in taken:
                left += 1
            tall, wide = (_number(cell.get(name)) for name in ("rowspan", "colspan"))
            for at in range(top, top + min(tall, len(lines) - top)):
                taken.update({(at, column): "" for column in range(left, left + wide)})
            taken[top, left] = " ".join(cell.text_content().split())
            if tall > 1 or wide > 1:
                merged.append((top + 1, left + 1, top + tall, left + wide))
            left += wide
    rows: dict[int, list[str]] = {}
    for (at, column), text in sorted(taken.items()):
        cells = rows.setdefault(at + 1, [])
        cells.extend([""] * (column - len(cells)))
        cells.append(text)
    return Said(name, [line for at, cells in rows.items() if (line := row(at, cells))], merged=merged)


def _number(said: str | None) -> int:
    return min(max(int(said), 1), MOST_COLUMNS) if said and said.isdecimal() and len(said) < 6 else 1
