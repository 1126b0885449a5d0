"""A list of 40,000 rows with a count beside every value of every facet, beside the floor.

Also the lists of receipts, petitions, units and messages, whole and narrowed.

5,000 units, two gunicorn workers of four threads on PostgreSQL, the floor of ``pages`` in the same rounds. Every kind
of filter, several together, other orders and far pages; for one client and for four. "After a deed" is the list when
somebody has just moved an assignment: the sheet in each process follows. "First of a process" is what the list costs
the first person who asks a new process for it. The number of queries is counted in a process of its own.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import tempfile
from pathlib import Path
from typing import Any

from bench import frame
from bench.client import Before, Memory, Visitor, gunicorn, visits
from bench.pages import execute, office, prepare, run

UNITS = 5_000
CLIENTS = (1, 4)
ROUNDS, REQUESTS, WARM_UP = 4, 120, 16
P50, P95 = 4, 8
"""What a list may cost, in floors: its median over the floor's, its 95th percentile over the floor's."""
PARTS = ("month", "excel")
"""Benchmarks of what belongs to lists, each with a file of results of its own."""
A_DEED = (
    "WITH moved AS (UPDATE activities_assignment SET state = 'accepted' WHERE id = (SELECT min(id) FROM"
    " activities_assignment WHERE state = 'submitted' AND kind = 'plan') RETURNING id) INSERT INTO workflow_transition"
    " (content_type_id, object_id, from_state, to_state, by_id, acting_for_id, note, at) SELECT (SELECT id FROM"
    " django_content_type WHERE app_label = 'activities' AND model = 'assignment'), id, 'submitted', 'accepted', NULL,"
    " NULL, '', now() FROM moved"
)
AFTER = "after a deed"


def main() -> None:
    """Run it and write ``bench/results/lists.json``; then the parts there are."""
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        environment = office(servers, Path(top) / "lists")
        prepare(environment, UNITS)
        found = json.loads(run(environment, "-m", "bench.list_pages").splitlines()[-1])
        with gunicorn(environment) as (port, _master):
            first = Visitor(port).get(found["pages"]["nothing chosen"], found["cookie"])
        with gunicorn(environment) as (port, master):
            rows = measured(port, master, found, environment["DATABASE_URL"])
    about = {
        "rows_of_the_list": found["rows"],
        "queries": found["queries"],
        "first_of_a_process_ms": round(first, 1),
        "over_the_limit": beyond(rows) + uneven(found["pages"], found["queries"]),
    }
    frame.publish("lists", rows, method="2 gunicorn workers of 4 threads; rounds in turn; kept connections", **about)
    for name in PARTS:
        if importlib.util.find_spec(f"bench.{name}"):
            importlib.import_module(f"bench.{name}").main()


def measured(port: int, master: int, found: dict[str, Any], url: str) -> list[frame.Row]:
    """The floor and each list, for one client and for four."""
    rows: list[frame.Row] = []
    pages = {"floor": "/bench/floor/", **found["pages"], AFTER: found["pages"]["nothing chosen"]}
    before: dict[str, Before] = {AFTER: lambda: execute(url, A_DEED)}
    memory = Memory(master)
    for clients in CLIENTS:
        visitors = [Visitor(port) for _ in range(clients)]
        times: dict[str, list[float]] = {name: [] for name in pages}
        for path in pages.values():
            visits(visitors, path, found["cookie"], WARM_UP // clients)
        for _ in range(ROUNDS):
            for name, path in pages.items():
                first = before.get(name, lambda: None)
                times[name] += visits(visitors, path, found["cookie"], REQUESTS // ROUNDS // clients, first)
        floor = frame.row("floor", f"{clients} at once", times["floor"])
        rows += [floor, *(beside(name, clients, times[name], floor) for name in pages if name != "floor")]
    print(f"a web process holds {memory.now()[0]:.0f} MB")
    return rows


def beside(name: str, clients: int, times: list[float], floor: frame.Row) -> frame.Row:
    """One list beside the floor."""
    return frame.row(
        name, f"{clients} at once", times, floor, floors=round(frame.percentile(times, 0.5) / floor.p50, 2)
    )


def beyond(rows: list[frame.Row]) -> list[str]:
    """What is over its limit, in words; empty when everything keeps to it."""
    return [
        f"{row.name}, {row.size}: p50 {row.more['floors']} floors (limit {P50}), p95 {row.ratio} (limit {P95})"
        for row in rows
        if row.ratio is not None and (row.more["floors"] > P50 or row.ratio > P95)
    ]


def uneven(pages: dict[str, str], queries: dict[str, int]) -> list[str]:
    """The lists that ask the database more often under one filter than under another, in words."""
    counts: dict[str, set[int]] = {}
    for name, number in queries.items():
        counts.setdefault(pages[name].partition("?")[0], set()).add(number)
    return [f"{page}: {sorted(numbers)} queries" for page, numbers in counts.items() if len(numbers) > 1]
