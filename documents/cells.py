"""Tables typed as text: cells parted by tabs or drawn with bars; and forms, with labels beside what is filled in.

Everything here is about rows of plain cells; documents.outline makes tables of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Row: TypeAlias = tuple[str, ...]

LONGEST_LABEL = 14  # characters of a cell that says what is to be filled in beside it
_RULE = re.compile(r"[|｜\s:：\-—]+")
_HINT = re.compile(r"[（(].*[）)]")
_SENTENCE = re.compile("[。；，、：:！？]")


def filled(lines: Sequence[str]) -> list[str]:
    """Return lines without blank ones; one of nothing but tabs below a row is a row of empty cells."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or ("\t" in line and kept and "\t" in kept[-1]):
            kept.append(line)
    return kept


def tabbed(line: str) -> str:
    """Return a line of cells parted by bars, parted by tabs instead; any other line as it is."""
    bare = line.replace("｜", "|").strip()
    if "|" not in bare:
        return line
    if bare.startswith("|"):  # drawn with bars at both ends
        bare = bare[1:].removesuffix("|")
    return "\t".join(cell.strip() for cell in bare.split("|"))


def ruled(line: str) -> bool:
    """Return whether a line only draws the rule of a table: bars and dashes, as some people type below its head."""
    return ("|" in line or "｜" in line) and "-" in line and bool(_RULE.fullmatch(line))


def bars_as_tabs(lines: Sequence[str]) -> list[str]:
    """Return lines in which a table drawn with bars at both ends is parted by tabs, its rule left out.

    A single line with bars is text.
    """
    drawn = [_is_drawn(line) for line in lines]
    found = []
    for index, line in enumerate(lines):
        beside = drawn[index] and (drawn[index - 1 : index] == [True] or drawn[index + 1 : index + 2] == [True])
        if not beside:
            found.append(line)
        elif not ruled(line):
            found.append(tabbed(line))
    return found


def _is_drawn(line: str) -> bool:
    bare = line.replace("｜", "|").strip()
    return bare.startswith("|") and bare.endswith("|") and bare.count("|") > 2


def rows_of(lines: Sequence[str]) -> tuple[list[Row], int]:
    """Return the rows of the table that lines begin with, all of one width, and how many lines they are.

    A line may lack its last cells, where they are empty. Only in a form may a row be wider than the first, and a label
    stand alone on its line between two others.
    """
    run = _run(lines)
    width = max(map(len, run), default=0)
    form = [(*row, *[""] * (width - len(row))) for row in run]
    if is_form(form):
        return form, len(form)
    rows: list[Row] = []
    for row in run:
        if len(row) < 2 or (rows and len(row) > len(rows[0])):
            break
        rows.append((*row, *[""] * (len(rows[0]) - len(row))) if rows else row)
    return rows, len(rows)


def _run(lines: Sequence[str]) -> list[Row]:
    run: list[Row] = []
    for index, line in enumerate(lines):
        cells = tuple(" ".join(cell.split()) for cell in line.split("\t"))
        alone = run and len(cells) == 1 and _is_label(cells[0]) and "\t" in "".join(lines[index + 1 : index + 2])
        if len(cells) < 2 and not alone:
            break
        run.append(cells)
    return run


def is_form(rows: Sequence[Row]) -> bool:
    """Return whether rows of one width are a form: each begins with a label, and most of what stands beside is empty.

    What is to be filled in may hold a hint in brackets. A first row that is full names columns.
    """
    if len(rows) < 2 or len(rows[0]) < 2 or not all(_is_label(row[0]) for row in rows):
        return False
    beside = [cell for row in rows for cell in row[1::2]]
    empty = sum(not cell or bool(_HINT.fullmatch(cell)) for cell in beside)
    return empty * 2 >= len(beside) and not all(cell and not _HINT.fullmatch(cell) for cell in rows[0][1:])


def _is_label(cell: str) -> bool:
    short = 0 < len(cell) <= LONGEST_LABEL and not cell[0].isdigit()
    return short and not _SENTENCE.search(cell) and not cell.startswith("表")


def wide_cells(rows: Sequence[Row]) -> Iterator[tuple[int, int, int]]:
    """Yield row, column and columns of the last cell of each row of a form, where it takes what is left of the row."""
    for number, row in enumerate(rows):
        last = max(index for index, cell in enumerate(row) if cell)
        start = last if last % 2 else last + 1
        if start < len(row) - 1:
            yield number, start, len(row) - start
