"""How a table stands on the page: upright or turned, its size of type, the width of each column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from documents.outline import Row, Span, Table
from documents.text import clean

from . import page
from .fonts import width

SIZES = (12.0, 10.5, 9.0, 7.5, 6.0, 5.0)
TURN_BELOW = 10.5  # a table that would need smaller type than this is turned first
_NARROW, _SHORT, _WIDE, _PADDING = 2.0, 6.0, 16.0, 1.1  # em
_SAMPLE = 400  # rows looked at for the widths, characters of a cell for its height
LOW = 12  # lines
ROOM_TO_WRITE, ROOM_FOR_TEXT = 2.6, 9.0  # em, the least height of a row of a form: for a few words, for a text
_TEXTS = re.compile("简介|内容|意见|说明|情况|经过|事迹|理由|措施|成效|建议|总结|备注")
_HINT = re.compile("[（(].+[）)]")


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: text, how many rows and columns it covers, CSS class."""

    text: str
    rows: int
    columns: int
    style: str


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row of printed cells; whole: low enough to be kept on one page; height: at least so many em."""

    cells: tuple[Cell, ...]
    whole: bool
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is set: size in points, landscape, the share of each column in the width, the width itself in em."""

    size: float
    landscape: bool
    shares: tuple[float, ...]
    centred: tuple[bool, ...]
    room: float
    is_form: bool


def plan(table: Table) -> Plan:
    """Choose size, direction and widths, so that no column is narrower than two characters."""
    widest = _widest(table)
    least = sum(min(max(em, _NARROW), 5.0) + _PADDING for em in widest)
    upright, turned = page.TYPE_AREA[0] * page.MM, page.TYPE_AREA[1] * page.MM
    landscape = table.landscape if table.landscape is not None else least * TURN_BELOW > upright
    room = turned if landscape else upright
    size = next((size for size in SIZES if least * size <= room), SIZES[-1])
    is_form = table.is_form
    centred = tuple(em <= 10 and not (is_form and column % 2) for column, em in enumerate(widest))
    return Plan(size, landscape, _shares(table, widest, room / size), centred, room / size, is_form)


def keeps_whole(row: Row, how: Plan) -> bool:
    """Return whether a row is low enough (LOW lines, reckoned from its text) not to be divided between two pages."""
    return all(
        sum(
            max(1, ceil(width(line) / max(how.room * share / 100 - _PADDING, 1))) for line in text[:_SAMPLE].split("\n")
        )
        <= LOW
        for text, share in zip(row, how.shares, strict=False)
    )


def printed(table: Table, head: bool, how: Plan) -> Iterator[PrintedRow]:
    """Yield the rows of the head or of the body, the cells that a span covers left out."""
    first = 0 if head else len(table.head)
    rows = table.head if head else table.rows
    spans = {(span.row, span.column): span for span in table.spans}
    covered = set(_covered(table.spans))
    for index, row in enumerate(rows, start=first):
        last = first + len(rows) - index
        cells = tuple(_row(row, index, last, spans, covered, table.columns, how))
        yield PrintedRow(cells, keeps_whole(row, how), least_height(table, row))


def least_height(table: Table, row: Row) -> float:
    """Return the least height of a row in em: that of a form leaves room to write, and more for a text."""
    if not table.is_form:
        return 0.0
    is_text = not any(row[2:]) and (_TEXTS.search(row[0]) or _HINT.fullmatch(row[1]))
    return ROOM_FOR_TEXT if is_text else ROOM_TO_WRITE


def _row(
    row: Row, index: int, left: int, spans: dict[tuple[int, int], Span], covered: set[tuple[int, int]],
    columns: int, how: Plan,
) -> Iterator[Cell]:  # fmt: skip
    for column in range(columns):
        if (index, column) in covered:
            continue
        span = spans.get((index, column), Span(index, column))
        text = row[column] if column < len(row) else ""
        style = "c" if how.centred[column] or (span.columns > 1 and not how.is_form) else "j"
        yield Cell(clean(text), min(span.rows, left), min(span.columns, columns - column), style)


def _covered(spans: tuple[Span, ...]) -> Iterator[tuple[int, int]]:
    for span in spans:
        for row in range(span.row, span.row + span.rows):
            for column in range(span.column, span.column + span.columns):
                if (row, column) != (span.row, span.column):
                    yield row, column


def _widest(table: Table) -> list[float]:
    """Return the widest line of each column in em, cells over several columns left out."""
    wide = {(span.row, span.column) for span in table.spans if span.columns > 1}
    found = [0.0] * table.columns
    for index, row in enumerate((*table.head, *table.rows)[:_SAMPLE]):
        for column, text in enumerate(row):
            if (index, column) not in wide:
                found[column] = max([found[column], *(width(line) for line in text[:200].split("\n"))])
    return found


def _shares(table: Table, widest: list[float], room: float) -> tuple[float, ...]:
    """Return percentages of the room (em): short columns as wide as their text, the others share what is left."""
    if len(table.widths) == table.columns and all(value > 0 for value in table.widths):
        wanted = list(table.widths)
    else:
        wanted = [(min(max(em, _NARROW), _WIDE) if em else _WIDE / 2) + _PADDING for em in widest]
        short = {column: need for column, need in enumerate(wanted) if need <= _SHORT}
        if table.is_form:  # a label is as wide as it is, what is to be filled in shares what is left
            short = {column: wanted[column] + _PADDING for column in range(0, len(wanted), 2)}
            wanted = [_WIDE] * len(wanted)
        if len(short) < len(wanted) and sum(short.values()) < room / 2:
            wanted = _stretched(wanted, short, _least(table), room)
    total = sum(wanted) or 1.0
    return tuple(round(100 * value / total, 3) for value in wanted)


def _least(table: Table) -> list[float]:
    """Return what each column needs, so that a head of at most five characters keeps to one line."""
    heads = _widest(replace(table, rows=()))
    heads += [0.0] * (table.columns - len(heads))
    return [min(max(em, _NARROW), _SHORT - _PADDING) + _PADDING for em in heads]


def _stretched(wanted: list[float], fixed: dict[int, float], least: list[float], room: float) -> list[float]:
    """Stretch or shrink the columns that are not fixed to fill the room, none below its least width if that can be."""
    free = [column for column in range(len(wanted)) if column not in fixed]
    left = room - sum(fixed.values())
    if not free or left < sum(least[column] for column in free):
        return wanted
    factor = left / sum(wanted[column] for column in free)
    narrow = {column: least[column] for column in free if wanted[column] * factor < least[column]}
    if narrow:
        return _stretched(wanted, fixed | narrow, least, room)
    return [fixed.get(column, need * factor) for column, need in enumerate(wanted)]
