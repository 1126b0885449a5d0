"""Lists as Excel: 40,000 rows out beside bare XlsxWriter with the same rows, and in with the preview beside calamine.

Out: both write the same ten columns (texts, a number, a day, a moment) with constant_memory into a file of the disk.
In: a template of 40,000 rows of which one in a hundred was changed is judged, read in its child, matched, and each cell
compared as it went out, as it stands, as it came in, up to the report of the page. The floor is a process of its own
that reads the same sheet with calamine, since ours is read in one; what stands is held in memory, so no database is
measured. Floor and work take turns.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from operator import itemgetter
from pathlib import Path
from typing import Any, ClassVar

import django
import xlsxwriter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualitymonth.settings")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402 (the settings are to be loaded first)
from django.utils import timezone  # noqa: E402

import documents  # noqa: E402
from bench import frame  # noqa: E402
from workflow.listing.columns import Column, Type  # noqa: E402
from workflow.sheets import columns as cells  # noqa: E402
from workflow.sheets.declared import Sheet, Texts  # noqa: E402
from workflow.sheets.entering import report_of  # noqa: E402
from workflow.sheets.handed_in import table_of  # noqa: E402
from workflow.sheets.listing import write_listing  # noqa: E402
from workflow.sheets.plan import plan_of  # noqa: E402
from workflow.sheets.template import OPTIONS, write_template  # noqa: E402

ROWS, COLUMNS, TIMES = 40_000, 10, 5
LIMITS = {"out": 1.5, "in, with the preview": 3.0}
MOST_MB = 150
_BARE = (
    "import sys, python_calamine; "
    "print(len(python_calamine.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()))"
)


def main() -> None:
    """Run it and write ``bench/results/excel.json``."""
    rows = [*going_out(), *coming_in()]
    frame.publish("excel", rows, method=f"{ROWS:,} rows of {COLUMNS} columns; {TIMES} rounds in turn", over=over(rows))


def over(rows: list[frame.Row]) -> list[str]:
    """What is over its limit, in words."""
    found = []
    for row in rows:
        if row.name in LIMITS and row.more["floors"] > LIMITS[row.name]:
            found.append(f"{row.name}: {row.more['floors']} floors, limit {LIMITS[row.name]}")
        if row.name == "out" and row.peak_mb and row.peak_mb > MOST_MB:
            found.append(f"{row.name}: {row.peak_mb} MB, limit {MOST_MB}")
    return found


def in_turn(floor: Callable[[], object], work: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Milliseconds of both, taken in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(TIMES):
        for taken, each in zip(times, (floor, work), strict=True):
            taken += frame.timed(each, 1, warm_up=0)
    return times


def beside(name: str, floor: Callable[[], object], work: Callable[[], object], peak: float) -> list[frame.Row]:
    """The rows of a floor and of what stands on it."""
    bare, ours = in_turn(floor, work)
    below = frame.row(f"floor: {name}", f"{ROWS:,} rows", bare)
    above = frame.row(name, f"{ROWS:,} rows", ours, below, peak_mb=peak)
    above.more["floors"] = round(above.p50 / below.p50, 2)
    return [below, above]


# --- out --------------------------------------------------------------------------------------------------------------


def values(number: int) -> tuple[Any, ...]:
    """One row of a list."""
    day = date(2026, 9, 1) + timedelta(days=number % 30)
    moment = timezone.make_aware(datetime(2026, 9, 1, 8, 30) + timedelta(minutes=number))
    texts = (
        f"市水务局第{number}所",
        "计划",
        f"第{number}项：质量开放日",
        "138 0000 0000",
        "=1+1",
        "按时报送",
        "成员单位",
    )
    return (*texts, number, day, moment)


def going_out() -> list[frame.Row]:
    """A list as its page hands it out, beside the same cells written with nothing around them."""
    rows = [values(number) for number in range(ROWS)]
    types = (*[Type.TEXT] * 7, Type.NUMBER, Type.DAY, Type.MOMENT)
    columns = [Column(str(at), f"列{at}", itemgetter(at), type_) for at, type_ in enumerate(types)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"

        def ours() -> None:
            with path.open("wb") as file:
                write_listing(file, "名单", columns, rows)

        _, peak = frame.in_child(ours)
        return beside("out", lambda: bare(path, rows), ours, peak)


def bare(path: Path, rows: list[tuple[Any, ...]]) -> None:
    """The same rows with XlsxWriter alone."""
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    page = book.add_worksheet()
    day, moment = (book.add_format({"num_format": code}) for code in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
    for number, row in enumerate(rows):
        for at, text in enumerate(row[:7]):
            page.write_string(number, at, text)
        page.write_number(number, 7, row[7])
        page.write_datetime(number, 8, row[8], day)
        page.write_datetime(number, 9, timezone.make_naive(row[9]), moment)
    book.close()


# --- in ---------------------------------------------------------------------------------------------------------------


class Held(Sheet):
    """A list of which all that stands is in memory."""

    name = "bench"
    title = "名单"
    identity: ClassVar[tuple[str, ...]] = ("c0",)
    columns = tuple(
        cells.Column(f"c{at}", f"列{at}", cells.Holds.DAY if at == 8 else cells.Holds.WORDS) for at in range(COLUMNS)
    )
    held: ClassVar[Mapping[int, Texts]] = {}

    def standing(self) -> dict[int, Texts]:
        return dict(self.held)


def coming_in() -> list[frame.Row]:
    """A template that comes back with one row in a hundred changed."""
    stands = {
        number + 1: {f"c{at}": f"第{number}行第{at}列" for at in range(COLUMNS)} | {"c8": "2026-09-20"}
        for number in range(ROWS)
    }
    Held.held = stands
    sheet, file = Held(AnonymousUser(), {}), io.BytesIO()
    write_template(file, sheet)
    Held.held = {
        number: {**texts, "c3": "另有他人改动"} if number % 100 == 0 else texts for number, texts in stands.items()
    }
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as kept:
        kept.write(file.getvalue())
        kept.flush()
        command = [sys.executable, "-c", _BARE, kept.name]
        data = file.getvalue()

        def ours() -> None:
            table = table_of(sheet, documents.sheets.tables_of(data))
            plan = plan_of(sheet, table)
            assert len(report_of(sheet, table, plan)["kept"]) == 200
            assert (len(table.rows), len(plan.kept)) == (ROWS, ROWS // 100)

        _, peak = frame.in_child(ours)
        return beside("in, with the preview", lambda: subprocess.check_output(command), ours, peak)


if __name__ == "__main__":
    main()
