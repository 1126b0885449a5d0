"""Issue a notice to 5,000 units: assignments and messages by a real worker, whole and killed half-way.

PostgreSQL, Redis and a Celery worker of two processes. The floor is the same rows written to the same tables by one
``bulk_create`` each in one transaction, with nothing asked, checked or reported; both in the same run.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from bench import frame
from bench.pages import office, run

UNITS = 5_000
LIMIT_SECONDS = 20
CHILD = "import django; django.setup(); from bench.issuing import main; main()"


def main() -> None:
    """Run it and write ``bench/results/issue.json``."""
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        folder = Path(top) / "issue"
        folder.mkdir()
        environment = office(servers, folder)
        run(environment, "manage.py", "migrate", "--verbosity", "0")
        run(environment, "manage.py", "seed", "--stage", "draft", "--units", str(UNITS))
        found = json.loads(run(environment, "-c", CHILD).splitlines()[-1])
    at = f"{UNITS:,} units"
    floor = frame.row("floor: the same rows, bare", at, [found["floor"]], assignments=found["assignments"])
    rows = [
        floor,
        frame.row("the signer's press", at, [found["press"]], floor),
        frame.row("handed out", at, [found["whole"]], floor, peak_mb=found["peak"], steps_seen=found["steps"]),
        frame.row(
            "handed out, killed half-way", at, [found["killed"]], floor,
            done_when_killed=found["done_when_killed"], told_twice=found["told_twice"], complete=found["complete"],
        ),
    ]  # fmt: skip
    method = "a Celery worker of 2 processes; killed: SIGKILL of worker and children, then a new worker and the rescue"
    frame.publish("issue", rows, method=method, limit_ms=LIMIT_SECONDS * 1000)


if __name__ == "__main__":
    main()
