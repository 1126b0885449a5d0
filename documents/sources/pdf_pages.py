"""The pages of a PDF as one text: without running heads and page numbers, tables that go on put together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from .pdf_paragraphs import Setting, joined
from .sign_lines import Line
from .table_cells import PageTable

_MARGIN = 0.12  # of the height of a page: heads and feet stand in it
_NEAR = 4.0  # points
_DASH = r"[-—–－―·•\s]"
_NUMBER = re.compile(
    rf"{_DASH}*\d{{1,4}}{_DASH}*|第\s*\d+\s*页\s*[,，/]?\s*(?:[（(]?共\s*\d+\s*页[)）]?)?|\d+\s*[/／]\s*\d+"
    r"|Page\s*\d+(?:\s*(?:of|/)\s*\d+)?",
    re.IGNORECASE,
)
_DASHED = re.compile(r"[-—–－―·•]\s*\d{1,4}\s*[-—–－―·•]")
# a browser puts its address and the number of the page below, the day and the title above
_BROWSER_FOOT = re.compile(r"(?:https?|file|about|chrome)\S*\s.*\d+/\d+|(?:https?|file)://\S+")
_BROWSER_HEAD = re.compile(r"\d{2,4}[/年.-]\d{1,2}[/月.-]\d{1,2}日?[,\s]*(?:[上下]午)?\s*(?:\d{1,2}:\d{2}.*)?")
_COUNTED = re.compile(
    r"第\s*\d+\s*页|共\s*\d+\s*页|\d+\s*[/／]\s*\d+|[-—–－]\s*\d+\s*[-—–－]|\s+\d{1,3}\s*$|^\s*\d{1,3}\s+"
)
_OF_EACH = re.compile(r"附\s*[件表录]|[一二三四五六七八九十]+、")
_SERIAL = re.compile(r"\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳])[.．、]?\s*")


@dataclass(slots=True)
class Page:
    """The lines of a page outside its tables, its tables, and how wide and high it is."""

    width: float
    height: float
    lines: list[Line]
    tables: list[PageTable] = field(default_factory=list)


def text_of_pages(pages: list[Page]) -> str:
    """Return the pages as one text: a line a paragraph, a row of a table as its cells with tabs between."""
    _drop_running(pages)
    setting = Setting.of([(page.width, page.lines) for page in pages])
    flow: list[Line | PageTable] = []
    for page in pages:
        items: list[Line | PageTable] = [*page.lines, *page.tables]
        items.sort(key=lambda item: item.box[1] if isinstance(item, PageTable) else item.top)
        for number, item in enumerate(items):
            last = flow[-1] if flow else None
            if number == 0 and isinstance(item, PageTable) and isinstance(last, PageTable) and _goes_on(last, item):
                _continue(last, item)
            elif isinstance(item, Line) and isinstance(last, Line) and setting.joins(last, item, over=number == 0):
                flow[-1] = joined(last, item)
            else:
                flow.append(item)
    return "\n".join(_printed(item) for item in flow)


def _printed(item: Line | PageTable) -> str:
    return item.text if isinstance(item, Line) else "\n".join("\t".join(row) for row in item.rows)


# --- heads and feet ---------------------------------------------------------------------------------------


def _drop_running(pages: list[Page]) -> None:
    """Take away page numbers and what stands at the head or foot of the pages; its first occurrence stays."""
    counted = Counter(
        key for page in pages for key in {_key(line) for line in page.lines if _in_margin(line, page)} if key[0]
    )
    seen: set[tuple[str, int]] = set()
    most = 2 if len(pages) == 2 else 3
    for page in pages:
        edges = _edges(page)
        browser = any(_BROWSER_FOOT.fullmatch(line.text.strip()) for line in edges)
        kept = []
        for line in page.lines:
            key = _key(line)
            near = next((each for each in (key, (key[0], key[1] - 1), (key[0], key[1] + 1)) if each in seen), None)
            runs = _in_margin(line, page) and counted[key] >= most and not _OF_EACH.match(line.text.strip())
            if line in edges and (_is_number(line, page) or (browser and _is_browsers(line, page))):
                continue
            if runs and near:
                continue
            if runs:
                seen.add(key)
            kept.append(line)
        page.lines = kept


def _key(line: Line) -> tuple[str, int]:
    """What a running head says on every page, and where."""
    return "".join(_COUNTED.sub("", line.text).split()), round(line.top / _NEAR)


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _edges(page: Page) -> list[Line]:
    """The first and the last lines of a page: a foot may have two, a number of a page and an address."""
    lines = [line for line in page.lines if line.text.strip()]
    tables = [table.box for table in page.tables]
    above = min((box[1] for box in tables), default=page.height)
    below = max((box[3] for box in tables), default=0.0)
    return [line for line in lines[:2] if line.top < above] + [line for line in lines[-2:] if line.bottom > below]


def _is_number(line: Line, page: Page) -> bool:
    parts = [part.strip() for part in line.text.split("   ")]
    if all(_DASHED.fullmatch(part) for part in parts):
        return True
    return _in_margin(line, page) and all(_NUMBER.fullmatch(part) for part in parts)


def _is_browsers(line: Line, page: Page) -> bool:
    text = line.text.strip()
    is_above = line.bottom < _MARGIN * page.height
    return bool(_BROWSER_HEAD.match(text) if is_above else _BROWSER_FOOT.fullmatch(text))


# --- tables over the end of a page ------------------------------------------------------------------------


def _goes_on(table: PageTable, other: PageTable) -> bool:
    """Whether a table at the head of a page is the rest of the one at the foot of the page before."""
    return len(table.columns) == len(other.columns) and all(
        abs(one - two) < _NEAR for one, two in zip(table.columns, other.columns, strict=True)
    )


def _continue(table: PageTable, rest: PageTable) -> None:
    """Put the rest of a table behind it: its head is not repeated, a row that the page's end cut is one row."""
    rows = rest.rows
    while rows and any(rows[0]) and rows[0] in table.rows[:3] and not _SERIAL.fullmatch(rows[0][0]):
        rows = rows[1:]
    if rows and (table.is_cut_below or rest.is_cut_above or _is_rest(rows[0], table, rows)):
        table.rows[-1] = [above + below for above, below in zip(table.rows[-1], rows[0], strict=True)]
        rows = rows[1:]
    table.rows += rows
    table.is_cut_below = rest.is_cut_below


def _is_rest(row: list[str], table: PageTable, rest: list[list[str]]) -> bool:
    """Whether a row without a number, in a table that numbers each of its rows, is the rest of the row before it."""
    own = table.rows[1:] or table.rows
    numbered = all(_SERIAL.fullmatch(each[0]) for each in own[-5:]) and all(_SERIAL.fullmatch(r[0]) for r in rest[1:])
    return not row[0].strip() and any(row) and numbered
