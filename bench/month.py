"""A month of 2,000 activities, 500 places that clash, 16,000 assignments: the calendar's pages beside the floor.

As ``bench/pages.py``: two gunicorn workers on PostgreSQL and Redis, one client and then four, all pages in turn. What a
month may cost is in LIMIT; what is over it is printed and kept with the figures. The other looks and the whole feed for
calendar programs, which are opened now and then, are fetched a few times behind them.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from bench import frame
from bench.client import Memory, Visitor, gunicorn, visits
from bench.pages import CLIENTS, in_rounds, office, page_row, prepare, run

ACTIVITIES = 2_000
FEW = 12
LIMIT = 5.0
"""What the median of a month may cost, in floors."""


def main() -> None:
    """Run it and write ``bench/results/month.json``."""
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        environment = office(servers, Path(top) / "month")
        prepare(environment, ACTIVITIES)
        rows = measured(environment)
    over = beyond(rows)
    frame.publish("month", rows, activities=ACTIVITIES, limit=LIMIT, over_the_limit=over)


def measured(environment: dict[str, str]) -> list[frame.Row]:
    """The calendar's pages of an office that is filled already, beside its floor.

    Arguments: its environment. Returns: the rows for one client and for four.
    """
    people: dict[str, Any] = json.loads(run(environment, "-m", "bench.month_visitor").splitlines()[-1])
    often, seldom = (
        {name: (path, people["cookies"][who]) for name, (who, path) in people[key].items()} for key in ("pages", "more")
    )
    rows: list[frame.Row] = []
    with gunicorn(environment) as (port, master):
        for clients in CLIENTS:
            visitors, memory = [Visitor(port) for _ in range(clients)], Memory(master)
            times, peaks = in_rounds(visitors, often, {}, memory)
            at = f"{ACTIVITIES:,} activities, {clients} at once"
            floor = frame.row("floor", at, times.pop("floor"), peak_mb=peaks["floor"])
            if clients == 1:
                times |= {name: visits(visitors, path, cookie, FEW) for name, (path, cookie) in seldom.items()}
                peaks |= dict.fromkeys(seldom, memory.peak())
            rows += [floor]
            for name, taken in times.items():
                path = (often | seldom)[name][0]
                rows += [page_row(name, at, taken, floor, peaks[name], visitors[0].kilobytes[path])]
    return rows


def beyond(rows: list[frame.Row]) -> list[str]:
    """Months that are over the limit, in words; empty when all keep to it."""
    return [
        f"{row.name}, {row.size}: {row.more['floors']} floors, limit {LIMIT:g}"
        for row in rows
        if "month" in row.name and row.more["floors"] > LIMIT
    ]
