"""The leaders' pages beside the floor: 5,000 units, 40,000 assignments, 200,000 log lines; by flag ten times as many.

As ``bench.pages``: two gunicorn workers of four threads on PostgreSQL, one client. The dashboard as of now and of a
past evening, each also after a line of the log with the cache emptied; a page of the matrix of fifty units; one step of
the tree; what changed since a week. What is slower than in the last committed run, in floors, is named.

``FIGURES_UNITS=50000``: with 400,000 assignments as well. ``FIGURES_SOAK=1200``: so many seconds twenty clients read
while five file; the 95th percentile of each quarter, errors, and memory. ``FIGURES_FIRST=500``: a smaller first size.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from bench import frame
from bench.client import Memory, Visitor, gunicorn, visits
from bench.crowd import Person
from bench.pages import emptying, execute, office, prepare, run

SIZES = (
    int(os.environ.get("FIGURES_FIRST", "5000")),
    *([int(os.environ["FIGURES_UNITS"])] if "FIGURES_UNITS" in os.environ else []),
)
SOAK = int(os.environ.get("FIGURES_SOAK", "0"))
READERS, FILERS, PASSWORD = 20, 5, "quality-month"
ROUNDS, REQUESTS, WARM_UP = 5, int(os.environ.get("FIGURES_REQUESTS", "120")), 5
PAST = "on=2015-09-10"
PAGES = {
    "dashboard": "",
    "dashboard, cache emptied": "",
    "past evening": f"?{PAST}",
    "past evening, cache emptied": f"?{PAST}",
    "matrix, page 2": "?page=2",
    "matrix of a past evening, page 2": f"?{PAST}&page=2",
    "tree": "?by=tree",
    "one kind": "?kind=plan",
}
LIMITS = {"dashboard": 2.5, "past evening": 8, "matrix, page 2": 4, "matrix of a past evening, page 2": 8}
LARGE = LIMITS | {"dashboard": 3}
SLOWER = 1.2
"""What takes so many times its floors of the last run is named."""


def main() -> None:
    """Run it and write ``bench/results/figures.json``."""
    rows: list[frame.Row] = []
    soaked: dict[str, Any] = {}
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        for size in SIZES:
            environment = office(servers, Path(top) / f"figures{size}")
            prepare(environment, size)
            print(run(environment, "-m", "bench.history"), flush=True)
            execute(environment["DATABASE_URL"], "VACUUM ANALYZE")
            with gunicorn(environment) as (port, master):
                rows += measured(port, master, size, environment)
                if SOAK and size == SIZES[0]:
                    soaked = soak(port, master, environment)
    over = beyond(rows)
    frame.publish(
        "figures", rows, method="2 gunicorn workers of 4 threads; rounds in turn; one kept connection",
        over_the_limit=over, slower_than_before=slower(rows), soak=soaked,
    )  # fmt: skip


def measured(port: int, master: int, size: int, environment: dict[str, str]) -> list[frame.Row]:
    """Each page in turn, several rounds."""
    people = json.loads(run(environment, "-m", "bench.visitor").splitlines()[-1])
    who, dashboard = people["pages"]["dashboard"]
    pages = {"floor": people["pages"]["floor"][1]} | {name: dashboard + query for name, query in PAGES.items()}
    pages["what changed since a week"] = f"{dashboard}changes/?on=2015-09-17&since=week"
    cookie, visitors = people["cookies"][who], [Visitor(port)]
    empty = next(iter(emptying(environment).values()))
    times: dict[str, list[float]] = {name: [] for name in pages}
    for path in pages.values():
        visits(visitors, path, cookie, WARM_UP)
    for _ in range(ROUNDS):
        for name, path in pages.items():
            first = empty if name.endswith("emptied") else lambda: None
            times[name] += visits(visitors, path, cookie, REQUESTS // ROUNDS, first)
    peak = Memory(master).peak()
    floor = frame.row("floor", f"{size:,} units", times["floor"], peak_mb=peak)
    found = [floor]
    for name in list(pages)[1:]:
        p50 = frame.percentile(times[name], 0.5)
        more = {"floors": round(p50 / floor.p50, 2), "kb": visitors[0].kilobytes[pages[name]]}
        found.append(frame.row(name, f"{size:,} units", times[name], floor, **more))
    return found


# --- judging ------------------------------------------------------------------------------------------------


def beyond(rows: list[frame.Row]) -> list[str]:
    """What is over its limit, in words."""
    found = []
    for row in rows:
        limit = (LIMITS if row.size.startswith("5,000 ") else LARGE).get(row.name)
        if limit and row.more["floors"] > limit:
            found.append(f"{row.name}, {row.size}: {row.more['floors']} floors, limit {limit}")
    return found


def slower(rows: list[frame.Row]) -> list[str]:
    """What takes longer, in floors, than in the last committed run; empty where there is none."""
    done = subprocess.run(
        ["git", "show", "HEAD:bench/results/figures.json"], cwd=frame.TOP, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return []
    before = {(row["name"], row["size"]): row["more"].get("floors") for row in json.loads(done.stdout)["rows"]}
    found = []
    for row in rows:
        was, now = before.get((row.name, row.size)), row.more.get("floors")
        if was and now and now > was * SLOWER:
            found.append(f"{row.name}, {row.size}: {now} floors, {was} before")
    return found


# --- for a long time ------------------------------------------------------------------------------------------


def soak(port: int, master: int, environment: dict[str, str]) -> dict[str, Any]:
    """Twenty read while five file. Returns: errors, p95 of the first and the last quarter, memory before and after."""
    people = json.loads(run(environment, "-m", "bench.visitor").splitlines()[-1])
    who, dashboard = people["pages"]["dashboard"]
    owed = json.loads(run(environment, "-m", "bench.rushed", "owed"))["units"]
    end, begun = time.monotonic() + SOAK, time.monotonic()
    times: list[tuple[float, float]] = []
    errors: list[str] = []
    filed: list[str] = []

    def read(seed: int) -> None:
        visitor, paths = Visitor(port), list(PAGES.values())
        while time.monotonic() < end:
            try:
                taken = visitor.get(dashboard + paths[(seed + len(times)) % len(paths)], people["cookies"][who])
                times.append((time.monotonic() - begun, taken))
            except (RuntimeError, OSError) as error:
                errors.append(str(error))

    def file(seed: int) -> None:
        for name, path in owed[seed::FILERS]:
            if time.monotonic() > end:
                return
            person = Person(port, name)
            person.sign_in(PASSWORD)
            (filed if person.press(path, person.filled(path), []) else errors).append(path)

    held = Memory(master)
    first = held.now()[0]
    threads = [threading.Thread(target=read, args=(n,)) for n in range(READERS)]
    threads += [threading.Thread(target=file, args=(n,)) for n in range(FILERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    quarters = [[taken for at, taken in times if part * SOAK / 4 <= at < (part + 1) * SOAK / 4] for part in range(4)]
    p95 = [round(frame.percentile(part, 0.95), 1) for part in quarters]
    agrees = run(environment, "manage.py", "recount").strip()
    return {
        "seconds": SOAK, "read": len(times), "filed": len(filed), "errors": errors[:20], "p95_by_quarter": p95,
        "last_over_first": round(p95[-1] / p95[0], 2), "memory_before_mb": first, "memory_after_mb": held.now()[0],
        "ledger": agrees,
    }  # fmt: skip
