"""Finding something among 40,000 assignments, and what other systems read: beside the floor of ``pages``.

5,000 units, each of whose filings says something of its own (``bench/searched.py``); two gunicorn workers of four
threads on PostgreSQL. Words that stand nearly everywhere and nowhere, long ones, one character, several, a number with
brackets, a unit by its initials, one kind on a far page; for one client and for four. Of the interface a list of a
hundred, one record, the figures; and the whole list by its cursor, as a program reads it every night.
"""

from __future__ import annotations

import http.client
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import frame
from bench.client import Memory, Visitor, gunicorn, visits
from bench.pages import execute, office, prepare, run

UNITS = 5_000
CLIENTS = (1, 4)
ROUNDS, REQUESTS, WARM_UP = 4, 120, 16
LIMITS = {"search": 5, "api": 4}
"""What a search and an answer of the interface may cost, in floors."""
WHOLE, WHOLE_ROWS = 3.0, 40_000
"""Seconds for the whole list by its cursor; so many rows it has at least."""


def main() -> None:
    """Run it and write ``bench/results/finding.json``."""
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        environment = office(servers, Path(top) / "finding") | {"API_A_MINUTE": "1000000"}
        prepare(environment, UNITS)
        index = run(environment, "-m", "bench.searched").strip()
        execute(environment["DATABASE_URL"], "VACUUM ANALYZE")
        measure(environment, index)


def measure(environment: dict[str, str], index: str) -> None:
    """The same on an office that is filled already."""
    found = json.loads(run(environment, "-m", "bench.found_pages").splitlines()[-1])
    with gunicorn(environment) as (port, master):
        memory = Memory(master)
        before = memory.now()[0]
        rows = measured(port, found)
        whole = [read_whole(port, found["token"]) for _ in range(3)]
        held = memory.now()[0]
    seconds, number = min(whole)
    about: dict[str, Any] = {
        "index": index,
        "hits": found["hits"],
        "queries": found["queries"],
        "whole_list_seconds": round(seconds, 2),
        "whole_list_rows": number,
        "web_process_mb": {"fresh": round(before, 1), "after": round(held, 1)},
        "over_the_limit": beyond(rows) + ([] if seconds <= WHOLE and number >= WHOLE_ROWS else [f"whole: {seconds} s"]),
    }
    frame.publish("finding", rows, method="2 gunicorn workers of 4 threads; rounds in turn; kept connections", **about)


def measured(port: int, found: dict[str, Any]) -> list[frame.Row]:
    """The floor and each page, for one client and for four."""
    rows: list[frame.Row] = []
    pages = {"floor": ("/bench/floor/", found["cookie"]), **found["pages"]}
    for clients in CLIENTS:
        visitors = {sort: [visitor(port, found["token"], sort) for _ in range(clients)] for sort in ("search", "api")}
        times: dict[str, list[float]] = {name: [] for name in pages}
        for measuring in (False, True):
            for _ in range(ROUNDS if measuring else 1):
                for name, (path, cookie) in pages.items():
                    of = visitors["api" if name.startswith("api") else "search"]
                    taken = visits(of, path, cookie, (REQUESTS // ROUNDS if measuring else WARM_UP) // clients)
                    times[name] += taken if measuring else []
        floor = frame.row("floor", f"{clients} at once", times["floor"])
        rows += [floor, *(beside(name, clients, times[name], floor) for name in pages if name != "floor")]
    return rows


class Program(Visitor):
    """A program with a token instead of a cookie."""

    token = ""

    def get(self, path: str, cookie: str) -> float:
        """Fetch an answer whole. Raises: RuntimeError when it is anything but 200."""
        start = time.perf_counter()
        self.connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return (time.perf_counter() - start) * 1000


def visitor(port: int, token: str, sort: str) -> Visitor:
    """A browser or a program."""
    if sort == "search":
        return Visitor(port)
    program = Program(port)
    program.token = token
    return program


def read_whole(port: int, token: str) -> tuple[float, int]:
    """Read the whole list of assignments by its cursor. Returns: seconds, and how many rows came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    start, seen, cursor = time.perf_counter(), set[int](), ""
    while cursor is not None:
        path = f"/api/v1/assignments?limit=500&cursor={cursor}"
        connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
        page = json.loads(connection.getresponse().read())
        seen |= {each["id"] for each in page["items"]}
        cursor = page["next"]
    return time.perf_counter() - start, len(seen)


def beside(name: str, clients: int, times: list[float], floor: frame.Row) -> frame.Row:
    """One page beside the floor."""
    floors = round(frame.percentile(times, 0.5) / floor.p50, 2)
    return frame.row(name, f"{clients} at once", times, floor, floors=floors)


def beyond(rows: list[frame.Row]) -> list[str]:
    """What is over its limit, in words; empty when everything keeps to it."""
    return [
        f"{row.name}, {row.size}: p50 {row.more['floors']} floors (limit {limit})"
        for row in rows
        for sort, limit in LIMITS.items()
        if row.name.startswith(sort) and row.more["floors"] > limit
    ]
