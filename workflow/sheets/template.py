"""The file that goes out: heads that stay, drop-downs, a sheet that explains, and marks by which it is known again.

What a person typed is only ever written as text: no formula, no link is made of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from hashlib import blake2b
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from workflow.sheets.columns import Column, Holds
from workflow.sheets.declared import Sheet, Texts

MARK, WENT_OUT = "quality-month", "quality-month-cells"
"""Heads of the hidden columns: of the key of a row, and of what its cells were when it went out."""
MARKED, LISTS = "_quality_month", "_choices"
"""The hidden sheets: of the marks, and of the choices."""
EMPTY_ROWS = 1000
"""So many rows below the last are ready to be filled in."""
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
LONGEST_CELL = 32_767
_LINE, _TALLEST = 15, 240
_INLINE = 250
"""Characters of choices that stand in the cell's rule itself; more lie in a sheet."""
_PARTS = {",", '"'}
"""Signs that end a choice, or all of them, inside the rule."""
_DIGITS = 4
DIGEST = 2 * _DIGITS
"""Characters of one digest."""
Format = dict[str, Any]
_HEAD: Format = {
    "bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border": 1, "border_color": "#9DB2C6",
    "valign": "vcenter", "text_wrap": True,
}  # fmt: skip
_NEEDED: Format = _HEAD | {"bg_color": "#9C2A1C"}
_CELL: Format = {"border": 1, "border_color": "#D5DDE5", "valign": "top", "text_wrap": True, "num_format": "@"}
_SHOWN: Format = _CELL | {"bg_color": "#F1F3F5", "font_color": "#5C6670"}
_FORMATS = {Holds.DAY: "yyyy-mm-dd", Holds.NUMBER: "0", Holds.AMOUNT: "General"}


def digest(text: str) -> str:
    """What is kept of a cell as it went out."""
    return blake2b(text.encode(), digest_size=_DIGITS).hexdigest()


def digests(columns: Sequence[Column], texts: Texts) -> str:
    """Those of a row, one behind the other."""
    return "".join(digest(texts.get(column.name, "")) for column in columns)


def write_template(
    file: IO[bytes], sheet: Sheet, *, blank: bool = False, step: Callable[[int, int], object] = lambda done, total: None
) -> int:
    """Write the list, or the same without its rows, into a file opened for writing.

    step: is told how many rows are written, and of how many. Returns: how many rows stand in it.
    """
    import xlsxwriter  # noqa: PLC0415 (a web process that writes no list does not hold it)

    rows = {} if blank else sheet.standing()
    book = xlsxwriter.Workbook(file, OPTIONS)
    try:
        page = book.add_worksheet(sheet_name(str(sheet.title)))
        guide = book.add_worksheet(_("How to fill it in"))
        marked, lists = book.add_worksheet(MARKED), book.add_worksheet(LISTS)
        for each in (marked, lists):
            each.very_hidden()
        _list(book, page, sheet, rows, step)
        _rules(page, lists, sheet.columns, len(rows))
        _guide(book, guide, sheet)
        _marks(marked, sheet, guide.get_name())
    finally:
        book.close()
    return len(rows)


def sheet_name(text: str) -> str:
    """A name as sheets may have it: 31 characters, without []:*?/\\ ."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in text)[:31].strip("' ") or "1"


def _list(book: Any, page: Any, sheet: Sheet, rows: dict[int, Texts], step: Callable[[int, int], object]) -> None:
    columns = sheet.columns
    formats = [book.add_format(_format_of(column)) for column in columns]
    behind = len(columns) + 1
    for at in (0, behind):
        page.set_column(at, at, None, None, {"hidden": True})
    for at, (column, format_) in enumerate(zip(columns, formats, strict=True), 1):
        page.set_column(at, at, column.width, format_)
    page.freeze_panes(1, 2)
    page.set_row(0, 30)
    page.write_string(0, 0, MARK)
    page.write_string(0, behind, WENT_OUT)
    head, needed = book.add_format(_HEAD), book.add_format(_NEEDED)
    for at, column in enumerate(columns, 1):
        page.write_string(0, at, str(column.label), needed if column.needed else head)
    for number, (key, texts) in enumerate(rows.items(), 1):
        tall(page, number, ((texts.get(column.name, ""), column.width) for column in columns))
        page.write_number(number, 0, key)
        for at, (column, format_) in enumerate(zip(columns, formats, strict=True), 1):
            write_cell(page, number, at, column.holds, texts.get(column.name, ""), format_)
        page.write_string(number, behind, digests(columns, texts))
        step(number, len(rows))
    page.autofilter(0, 0, max(len(rows), 1), behind)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)


def head_format() -> Format:
    """How the heads of a list look."""
    return dict(_HEAD)


def cell_format() -> Format:
    """How a cell of text looks."""
    return dict(_CELL)


def _format_of(column: Column) -> Format:
    return (_SHOWN if column.is_shown_only else _CELL) | {"num_format": _FORMATS.get(column.holds, "@")}


def tall(page: Any, row: int, texts: Iterable[tuple[str, int]]) -> None:
    """Make a row as tall as its longest text needs; programs do not all do so by themselves."""
    needed = 1
    for text, width in texts:
        if len(text) * 2 > width:
            needed = max(needed, sum(-(-min(len(line) * 2, 2000) // width) or 1 for line in text.split("\n")))
    if needed > 1:
        page.set_row(row, min(_LINE * needed, _TALLEST))


def write_cell(page: Any, row: int, at: int, holds: Holds, text: str, format_: Any) -> None:
    """Write a cell: a day as a day, a number as a number, everything else as text whatever it begins with."""
    if not text:
        page.write_blank(row, at, None, format_)
    elif holds is Holds.DAY:
        page.write_datetime(row, at, date.fromisoformat(text), format_)
    elif holds is Holds.NUMBER:
        page.write_number(row, at, int(text), format_)
    elif holds is Holds.AMOUNT and f"{float(text):.12g}" == text:  # else more figures than come back
        page.write_number(row, at, float(text), format_)
    else:
        page.write_string(row, at, text[:LONGEST_CELL], format_)


def _rules(page: Any, lists: Any, columns: Sequence[Column], rows: int) -> None:
    """Drop-downs, and what is said beside a cell that is chosen."""
    used: list[Sequence[str]] = []
    for at, column in enumerate(columns, 1):
        rule: dict[str, Any] = {"validate": "any"}
        offered = column.choices or column.offers
        if offered:
            short = len(",".join(offered)) <= _INLINE and not any(_PARTS & set(each) for each in offered)
            letter = chr(65 + len(used))
            source = list(offered) if short else f"={LISTS}!${letter}$1:${letter}${len(offered)}"
            rule = {"validate": "list", "source": source, "show_error": bool(column.choices)}
            rule |= {
                "error_title": str(column.label)[:32],
                "error_message": _("Please choose one from the list.")[:255],
            }
            if not short:
                used.append(offered)
        said = _help(column)
        if said and not column.is_shown_only:
            rule |= {"input_title": str(column.label)[:32], "input_message": said[:255]}
        if len(rule) > 1:
            page.data_validation(1, at, rows + EMPTY_ROWS, at, rule)
    for row in range(max(map(len, used), default=0)):
        for at, offered in enumerate(used):
            if row < len(offered):
                lists.write_string(row, at, offered[row])


def _help(column: Column) -> str:
    example = _("For example: %(example)s") % {"example": column.example} if column.example else ""
    return "\n".join(filter(None, [str(column.help), example]))


def _guide(book: Any, page: Any, sheet: Sheet) -> None:
    """Column by column: whether it is needed, how it is filled in, an example."""
    head, cell = book.add_format(_HEAD), book.add_format(_CELL)
    for at, (width, label) in enumerate(
        [(18, _("Column")), (10, _("Needed")), (60, _("How")), (28, _("Example")), (44, _("Choices"))]
    ):
        page.set_column(at, at, width)
        page.write_string(0, at, label, head)
    for number, column in enumerate(sheet.columns, 1):
        how = _("Shown only: what is written here is not read.") if column.is_shown_only else str(column.help)
        needed = pgettext("in a cell", "yes") if column.needed else ""
        choices = "、".join((column.choices or column.offers)[:40])
        for at, text in enumerate([str(column.label), needed, how, column.example, choices]):
            page.write_string(number, at, text, cell)
    rules = [
        _("A row that is deleted here stays as it is in the system. A cell that is emptied is emptied there."),
        _("New rows: write them below the last one. Do not touch the first row."),
        _("Rows may be sorted and filtered; each is found again by a hidden number."),
    ]
    for number, text in enumerate(rules, len(sheet.columns) + 2):
        page.write_string(number, 0, text)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _marks(page: Any, sheet: Sheet, guide: str) -> None:
    columns = ",".join(column.name for column in sheet.columns)
    about = [MARK, sheet.name, str(sheet.version), json.dumps(sheet.scope, sort_keys=True), columns, guide]
    for at, text in enumerate(about):
        page.write_string(0, at, text)
