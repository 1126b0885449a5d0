"""Figures and summaries over four levels: 1 province, 21 cities, 200 districts, 5,000 towns, 100,000 assignments.

Two gunicorn workers of four threads on PostgreSQL, cache in Redis. The floor is a bare view of a signed-in person on
the same servers; both pages take turns in rounds. "After a deed" is the page whose figures have to be added up anew, as
after any line of the log. A correction: a town's accepted summary is returned, filed and accepted again in another
process; its time is that of the province's page behind it, until it says so. Composing: of 250 units.
"""

from __future__ import annotations

import http.client
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import redis

from bench import frame
from bench.client import Visitor, gunicorn, visits
from bench.pages import ONE_MORE_LINE, execute, office, run

ROUNDS, REQUESTS = 5, 40
FLOORS, SHOWN_MS, COMPOSED_MS = 3.0, 1000, 1000
SIZE = "5,000 towns"


def main() -> None:
    """Run it and write ``bench/results/cascade.json``."""
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        environment = office(servers, Path(top) / "cascade")
        run(environment, "manage.py", "migrate", "--verbosity", "0")
        print("building four levels …", flush=True)
        found: dict[str, Any] = json.loads(run(environment, "-m", "bench.cascaded", "build").splitlines()[-1])
        execute(environment["DATABASE_URL"], "VACUUM ANALYZE")
        with gunicorn(environment) as (port, _master):
            rows = measured(port, environment, found)
            rows.append(corrected(port, environment, found))
        composed = json.loads(run(environment, "-m", "bench.cascaded", "compose").splitlines()[-1])
        rows.append(frame.row("a city's summary from 250 units", SIZE, composed))
    frame.publish("cascade", rows, assignments=found["assignments"], over_the_limit=beyond(rows))


def measured(port: int, environment: dict[str, str], found: dict[str, Any]) -> list[frame.Row]:
    """The floor and the province's page, kept and added up anew."""
    store, visitor = redis.Redis.from_url(environment["REDIS_URL"]), Visitor(port)

    def empty() -> None:
        store.flushall()
        execute(environment["DATABASE_URL"], ONE_MORE_LINE)

    times: dict[str, list[float]] = {name: [] for name in found["pages"]}
    for path in found["pages"].values():
        visits([visitor], path, found["cookie"], 10)
    for _each in range(ROUNDS):
        for name, path in found["pages"].items():
            anew = name.endswith("after a deed")
            first = (empty,) if anew else ()
            times[name] += visits([visitor], path, found["cookie"], 4 if anew else REQUESTS, *first)
    floor = frame.row("floor", SIZE, times["floor"])
    return [floor] + [frame.row(name, SIZE, taken, floor) for name, taken in times.items() if name != "floor"]


def corrected(port: int, environment: dict[str, str], found: dict[str, Any]) -> frame.Row:
    """How long after its last deed a correction stands on the province's page."""
    run(environment, "-m", "bench.cascaded", "correct")
    begun = time.perf_counter()
    while "badge-of late" not in page(port, found["pages"]["rolled-up figures"], found["cookie"]):
        if time.perf_counter() - begun > 30:
            raise RuntimeError("the correction is not shown")
    return frame.row("a correction shows above", SIZE, [(time.perf_counter() - begun) * 1000])


def page(port: int, path: str, cookie: str) -> str:
    """The text of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Cookie": cookie})
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def beyond(rows: list[frame.Row]) -> list[str]:
    """What is over its limit, in words."""
    known = {row.name: row.p50 for row in rows}
    limits = {
        "rolled-up figures": known["floor"] * FLOORS,
        "a correction shows above": SHOWN_MS,
        "a city's summary from 250 units": COMPOSED_MS,
    }
    return [f"{name}: {known[name]} ms, limit {limit:.0f}" for name, limit in limits.items() if known[name] > limit]


if __name__ == "__main__":
    main()
