"""The rows of the tables of a paper, each proposed once: as an activity or as a task."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.reading.phrases.activity_titles import VERBS
from documents.reading.phrases.spans import Span
from documents.reading.structure.columns import Table
from documents.reading.structure.dissection import Paper, Sheet

from .activities import Context
from .activity_tables import as_activity, is_activity_table
from .draft import Activity, Task
from .task_tables import is_task_table, read_tasks

_NAME = 40
# of two titles, one within the other: so much of the longer is the same event
_LEAST, _MOST_OF = 4, 0.6


def lists_tasks(paper: Paper) -> bool:
    """Return whether a paper has a table of tasks."""
    return any(not is_activity_table(table, _called(paper, sheet, table)) for sheet, table in _tables(paper))


def rows_of_tables(paper: Paper, context: Context) -> tuple[list[Activity], list[Task]]:
    """Return the activities and the tasks that the tables of a paper list."""
    listed: list[Activity] = []
    owed: list[Task] = []
    for sheet, table in _tables(paper):
        tasks = read_tasks(table, context)
        if is_activity_table(table, _called(paper, sheet, table)) and len(tasks) == len(table.rows):
            listed.extend(as_activity(table, index, task, context) for index, task in enumerate(tasks))
        else:
            owed.extend(tasks)
    return listed, owed


def spans_of_rows(paper: Paper) -> list[Span]:
    """Return where the cells of these rows stand, also of one that only added to an activity of the text."""
    return [span for _, table in _tables(paper) for row in table.rows for cell in row for span in cell.spans]


def _tables(paper: Paper) -> list[tuple[Sheet, Table]]:
    """The tables that list what is to be done or held, with the part each stands in."""
    return [(sheet, table) for sheet in paper.sheets for table in sheet.tables if is_task_table(table)]


def _called(paper: Paper, sheet: Sheet, table: Table) -> str:
    """What a table is called: the title of its annex, and a short line right above it."""
    title = paper.title(sheet.part)
    above = paper.lines[table.start - 1].text if table.start else ""
    return (title.value if title else "") + (above if len(above) <= _NAME else "")


def with_rows(activities: list[Activity], rows: list[Activity]) -> list[Activity]:
    """Return the activities of the text and behind them those of tables.

    A row that names an activity of the text again only adds what that did not say: day, place, units.
    """
    found = list(activities)
    for row in rows:
        same = next((index for index, other in enumerate(activities) if _is_same(other, row)), None)
        if same is None:
            found.append(row)
        else:
            found[same] = _filled(found[same], row)
    return found


def _is_same(one: Activity, other: Activity) -> bool:
    names = sorted((re.sub(r"\W", "", re.sub(f"^{VERBS}", "", each.title.value)) for each in (one, other)), key=len)
    shorter, longer = names
    return shorter in longer and len(shorter) >= max(_LEAST, _MOST_OF * len(longer))


def _filled(told: Activity, row: Activity) -> Activity:
    return replace(
        told,
        dates=told.dates or row.dates,
        venue=told.venue or row.venue,
        units=told.units or row.units,
        doubts=told.doubts if told.units else row.doubts,
    )
