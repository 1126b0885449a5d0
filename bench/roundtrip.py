"""Out, in, nothing changed; one wrong cell, nothing written: 5,000 units, 10,000 activities, 8,000 people.

Each list is written as its page writes it and handed in again: that it changes nothing is what is shown, how long that
takes is said beside it. Then one cell is made wrong and another is rightly changed: the wrong one is named by row and
column, and what stands is compared cell by cell with what stood before. What does not hold ends the run (``over``).
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from bench import frame
from bench.pages import office, run

MOST_MB = 300


def main() -> None:
    """Run it and write ``bench/results/roundtrip.json``."""
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        environment = office(servers, Path(top) / "roundtrip")
        run(environment, "manage.py", "migrate", "--verbosity", "0")
        found = json.loads(run(environment, "-m", "bench.returned").splitlines()[-1])
    rows = [
        frame.row(f"{each['name']}, {step}", f"{each['rows']:,} rows", [each[step]], peak_mb=each["peak_mb"])
        for each in found
        for step in ("out", "in", "one wrong cell")
    ]
    over = [f"{each['name']}: {fault}" for each in found for fault in each["faults"]]
    over += [f"{each['name']}: {each['peak_mb']} MB" for each in found if each["peak_mb"] > MOST_MB]
    frame.publish("roundtrip", rows, method="once each, in one process, as the page does it", over=over)
    if over:
        raise SystemExit("; ".join(over))


if __name__ == "__main__":
    main()
