"""An edition from the press of *freeze* in a living worker, beside one plain WeasyPrint document and one of Typst.

PostgreSQL, Redis, and a worker as the Procfile starts it (two processes). Every unit of a province has filed its
summary: three to four pages, two photographs. First nothing is set: the whole is set by both processes and bound. Then
one summary is filed and accepted anew, its chapter is set as beat has it, and freeze is pressed; three times. Measured
is what passes from the press to the moment at which the row names the stored book with its checksum; "all files" is
until paper and Word files are stored as well. The plain document is the same book in one piece, in a process of its
own; so is Typst's (PyPI ``typst``): warm, that is compiled once, one summary changed, compiled again. 5,000 units are
bound from set chapters without a database. Before a figure counts the book is read back: the numbers printed in the
contents, the links beside them and the bookmarks must name the pages on which the chapters stand.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench import frame
from bench.pages import execute, office, run

SIZES = tuple(int(size) for size in os.environ.get("EDITION_UNITS", "300 1000").split())
LONG = int(os.environ.get("EDITION_LONG", "5000"))
CHILD = "import django; django.setup(); from bench import freezing; freezing.main({work!r}, {size})"
PLAIN, TYPST, FIRST, CHANGED, ALL, BOUND = (
    "plain WeasyPrint", "Typst, warm", "edition, nothing set", "edition, one changed", "its paper and Word too",
    "bound from set chapters",
)  # fmt: skip
LIMITS = {300: 1 / 60, 1000: 1 / 120}
"""What the book may cost after one change, beside the plain document."""
WHOLE, LONGEST, MOST_MB, OF_TYPST = 0.40, 40, 500, 0.1
"""The first full run beside the plain document; seconds and megabytes of the long book; memory beside Typst's."""


def main() -> None:
    """Run it and write ``bench/results/edition.json``."""
    rows: list[frame.Row] = []
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        for size in SIZES:
            rows += measured(size, office(servers, Path(top) / f"edition{size}"))
        if LONG:
            rows.append(bound(office(servers, Path(top) / "long")))
    method = "a worker of 2 processes, started before; plain and Typst in a process of their own, imports not counted"
    frame.publish("edition", rows, method=method, over_the_limit=beyond(rows), checked="contents, links, bookmarks")


def measured(size: int, environment: dict[str, str]) -> list[frame.Row]:
    """One size: the plain document, Typst's, the edition from nothing and after a change."""
    print(f"building a province of {size:,} units …", flush=True)
    run(environment, "manage.py", "migrate", "--verbosity", "0")
    run(environment, "manage.py", "seed", "--stage", "plans", "--units", str(size))
    asked("fill", size, environment)
    execute(environment["DATABASE_URL"], "VACUUM ANALYZE")
    plain = asked("plain", size, environment)
    typst = asked("typst", size, environment)
    found = asked("edition", size, environment)
    floor = frame.row(PLAIN, size, plain["ms"], peak_mb=plain["peak"], pages=plain["pages"], file_mb=plain["mb"])
    row = {"peak_mb": found["peak"], "pages": found["pages"]}
    changed = [each["book"] for each in found["changed"]]
    return [
        floor,
        frame.row(TYPST, size, typst["ms"], floor, peak_mb=typst["peak"], pages=typst["pages"], cold=typst["cold"]),
        frame.row(FIRST, size, [found["first"]["book"]], floor, share=share([found["first"]["book"]], floor), **row),
        frame.row(CHANGED, size, changed, floor, share=share(changed, floor), press=found["press"], **row),
        frame.row(ALL, size, [each["all"] for each in found["changed"]], floor, file_mb=found["mb"]),
    ]


def share(times: list[float], floor: frame.Row) -> float:
    """The median beside the plain document."""
    return round(frame.percentile(times, 0.5) / floor.p50, 4)


def bound(environment: dict[str, str]) -> frame.Row:
    """The long book: its chapters are set beforehand, in processes that do not count."""
    print(f"setting {LONG:,} chapters …", flush=True)
    asked("set", LONG, environment)
    found = asked("bind", LONG, environment)
    return frame.row(BOUND, LONG, found["ms"], peak_mb=found["peak"], pages=found["pages"], file_mb=found["mb"])


def asked(work: str, size: int, environment: dict[str, str]) -> dict[str, Any]:
    """Do one part in a process of its own. Returns: what it says at last."""
    said = run(environment, "-c", CHILD.format(work=work, size=size))
    print(work, size, said.splitlines()[-1][:300], file=sys.stderr, flush=True)
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


def beyond(rows: list[frame.Row]) -> list[str]:
    """What is over its limit, in words."""
    at = {(row.name, int(row.size)): row for row in rows}
    checks: dict[str, bool] = {}
    for size in SIZES:
        changed, first, typst = at[CHANGED, size], at[FIRST, size], at[TYPST, size]
        now, memory = changed.more["share"], (changed.peak_mb or 0) / (typst.peak_mb or 1)
        if size in LIMITS:
            checks[f"{size}: {now} of the plain document, wanted {LIMITS[size]:.4f}"] = now > LIMITS[size]
        checks[f"{size}: the first run is {first.more['share']}, wanted {WHOLE}"] = first.more["share"] > WHOLE
        checks[f"{size}: {changed.p50} ms, Typst {typst.p50} ms"] = changed.p50 > typst.p50
        checks[f"{size}: {memory:.2f} of Typst's memory, wanted {OF_TYPST}"] = memory > OF_TYPST
    if LONG:
        row = at[BOUND, LONG]
        checks[f"{LONG}: {row.p50 / 1000:.1f} s, wanted {LONGEST}"] = row.p50 > LONGEST * 1000
        checks[f"{LONG}: {row.peak_mb} MB, wanted {MOST_MB}"] = (row.peak_mb or 0) > MOST_MB
    return [words for words, wrong in checks.items() if wrong]
