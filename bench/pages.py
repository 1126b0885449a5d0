"""The pages a person opens most, beside the floor, at 500 and at 5,000 units (40,000 assignments, 200,000 log lines).

Two gunicorn workers of four threads on PostgreSQL, cache in Redis; one client, then four at once, each over one
connection that stays open. The floor is a bare view of a signed-in person (session, user, one SELECT) on the same
servers and the same data; all pages take turns in rounds, so that a slow moment meets all of them. Most visitors are
the office's staff, who see every unit: theirs are the heaviest pages. Figures are kept in each process by the newest
line of the log: "cache emptied" is the page after such a line, with the cache in Redis emptied as well. What a page may
cost is in LIMITS; what is over it is printed, and kept with the figures. Afterwards the memory of a web process beside
a bare Django project's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg2
import redis

from bench import frame
from bench.client import BARE, Before, Memory, Visitor, gunicorn, visits

SIZES = (500, 5_000)
CLIENTS = (1, 4)
ROUNDS = 5
REQUESTS = 240  # of each page, shared by the clients
WARM_UP = 20

LISTS = (
    "activities",
    "tasks",
    "assignments",
    "assignments, page 20",
    "assignments by name",
    "waiting for review",
    "filings",
    "receipts",
    "units",
    "units by name",
)
EMPTIED = "dashboard, cache emptied"
ONE_MORE_LINE = (
    "INSERT INTO workflow_transition (content_type_id, object_id, from_state, to_state, by_id, acting_for_id, note, at)"
    " SELECT content_type_id, object_id, from_state, to_state, by_id, acting_for_id, note, at FROM workflow_transition"
    " ORDER BY id DESC LIMIT 1"
)
"""A line of the log, as any deed writes one: whatever is kept by the newest line is old then, in every process."""
LIMITS: dict[str, float] = {"dashboard": 2.5, EMPTIED: 6, "home": 3.5, "home of a unit": 3.5} | dict.fromkeys(LISTS, 4)
"""What a page's median may cost, in floors."""
SPREAD, KILOBYTES, GROWTH, HELD = 2, 60, 1.25, 1.35
"""Its 95th percentile over its median (one client); its size; its median at 5,000 units over that at 500; the memory of
a web process over that of a bare project."""


def main() -> None:
    """Run it and write ``bench/results/pages.json``."""
    rows: list[frame.Row] = []
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        for size in SIZES:
            environment = office(servers, Path(top) / str(size))
            prepare(environment, size)
            with gunicorn(environment) as (port, master):
                rows += measured(port, master, size, signed_in(environment), emptying(environment))
                held = Memory(master).now()
        bare = bare_memory(office(servers, Path(top) / "bare"))
    growth = grown(rows)
    memory = beside(held, bare)
    over = beyond(rows, growth, memory["ratio"])
    method = f"2 gunicorn workers of 4 threads; {ROUNDS} rounds in turn; one kept connection for each client"
    about = {"memory": memory, "growth": growth, "over_the_limit": over}
    frame.publish("pages", rows, method=method, requests_of_each_page=REQUESTS, **about)


# --- what is measured on ------------------------------------------------------------------------------------


def office(servers: dict[str, str], folder: Path) -> dict[str, str]:
    """An office of its own on the shared servers: a database, its files, its clock.

    Arguments: the servers' addresses, and a folder whose name becomes the database's. Returns: its environment.
    """
    url, name = servers["DATABASE_URL"], f"office_{folder.name}"
    folder.mkdir(exist_ok=True)
    execute(url, f"CREATE DATABASE {name}")
    return {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": url.rpartition("/")[0] + f"/{name}",
        "REDIS_URL": servers["REDIS_URL"],
        "MEDIA": f"file://{folder / 'media'}",
        "BENCH_FOLDER": str(folder),
        "TODAY": "",
    }


def execute(url: str, statement: str) -> None:
    """Run one statement outside of any transaction."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


def prepare(environment: dict[str, str], size: int) -> None:
    """Fill the office's database, and bring the planner's statistics up to date as autovacuum has by then."""
    print(f"building a province of {size:,} units …", flush=True)
    run(environment, "manage.py", "migrate", "--verbosity", "0")
    run(environment, "manage.py", "seed", "--stage", "plans", "--units", str(size))
    print(run(environment, "-m", "bench.filled"), flush=True)
    execute(environment["DATABASE_URL"], "VACUUM ANALYZE")


def run(environment: dict[str, str], *words: str) -> str:
    """Run a program of this project. Returns: what it printed. Raises: CalledProcessError."""
    command = [sys.executable, *words]
    return subprocess.check_output(command, cwd=frame.TOP, env=os.environ | environment, text=True)


def signed_in(environment: dict[str, str]) -> dict[str, Any]:
    """People signed in, and their pages (see visitor.py)."""
    found: dict[str, Any] = json.loads(run(environment, "-m", "bench.visitor").splitlines()[-1])
    return found


def emptying(environment: dict[str, str]) -> dict[str, Before]:
    """What is done before a page is fetched, by the page's name."""
    store = redis.Redis.from_url(environment["REDIS_URL"])

    def empty() -> None:
        store.flushall()
        execute(environment["DATABASE_URL"], ONE_MORE_LINE)

    return {EMPTIED: empty}


# --- measuring ----------------------------------------------------------------------------------------------


def measured(port: int, master: int, size: int, people: dict[str, Any], before: dict[str, Before]) -> list[frame.Row]:
    """The rows of one size: the floor and each page, for one client and for four."""
    rows: list[frame.Row] = []
    pages = {name: (path, people["cookies"][who]) for name, (who, path) in people["pages"].items()}
    for clients in CLIENTS:
        visitors = [Visitor(port) for _ in range(clients)]
        times, peaks = in_rounds(visitors, pages, before, Memory(master))
        at = f"{size:,} units, {clients} at once"
        floor = frame.row("floor", at, times["floor"], peak_mb=peaks["floor"])
        rows += [floor]
        for name, (path, _cookie) in pages.items():
            if name != "floor":
                rows += [page_row(name, at, times[name], floor, peaks[name], visitors[0].kilobytes[path])]
    return rows


def page_row(name: str, at: str, times: list[float], floor: frame.Row, peak: float, kilobytes: float) -> frame.Row:
    """One page beside its floor: also its median in floors, and its 95th percentile over its median."""
    p50, p95 = frame.percentile(times, 0.5), frame.percentile(times, 0.95)
    more = {"floors": round(p50 / floor.p50, 2), "spread": round(p95 / p50, 2), "kb": kilobytes}
    return frame.row(name, at, times, floor, peak_mb=peak, **more)


def in_rounds(
    visitors: list[Visitor], pages: dict[str, tuple[str, str]], before: dict[str, Before], memory: Memory
) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Fetch all pages in turn, several rounds.

    Returns: for each page the milliseconds of every fetch, and the largest web process (MB) meanwhile.
    """
    times: dict[str, list[float]] = {name: [] for name in pages}
    peaks = dict.fromkeys(pages, 0.0)
    for path, cookie in pages.values():
        visits(visitors, path, cookie, WARM_UP)
    for _ in range(ROUNDS):
        for name, (path, cookie) in pages.items():
            memory.reset()
            first = before.get(name, lambda: None)
            times[name] += visits(visitors, path, cookie, REQUESTS // ROUNDS // len(visitors), first)
            peaks[name] = max(peaks[name], memory.peak())
    return times, peaks


def bare_memory(environment: dict[str, str]) -> tuple[float, float]:
    """What a web process of a bare Django project holds after as many requests as a page got, in MB (RSS, PSS)."""
    environment = environment | {"DJANGO_SETTINGS_MODULE": "bench.bare"}
    run(environment, "-m", "django", "migrate", "--verbosity", "0")
    cookie = run(environment, "-m", "bench.bare").strip()
    with gunicorn(environment, BARE) as (port, master):
        for clients in CLIENTS:
            visits([Visitor(port) for _ in range(clients)], "/bench/floor/", cookie, REQUESTS)
        return Memory(master).now()


def beside(held: tuple[float, float], bare: tuple[float, float]) -> dict[str, float]:
    """The memory of a web process beside a bare project's, both as RSS, which is judged, and as PSS."""
    (rss, pss), (bare_rss, bare_pss) = held, bare
    return {
        "web_process_mb": rss,
        "bare_django_mb": bare_rss,
        "ratio": round(rss / bare_rss, 2),
        "web_process_pss_mb": pss,
        "bare_django_pss_mb": bare_pss,
        "ratio_pss": round(pss / bare_pss, 2),
    }


# --- judging ------------------------------------------------------------------------------------------------


def grown(rows: list[frame.Row]) -> dict[str, float]:
    """The median of each page at the largest size over that at the smallest, one client."""
    small, large = ({row.name: row.p50 for row in rows if row.size == f"{n:,} units, 1 at once"} for n in SIZES)
    return {name: round(large[name] / small[name], 2) for name in large if name != "floor"}


def beyond(rows: list[frame.Row], growth: dict[str, float], memory: float) -> list[str]:
    """What is over its limit at the largest size, in words; empty when everything keeps to it."""
    found: list[str] = []
    for row in rows:
        if not row.size.startswith(f"{SIZES[-1]:,}") or row.name == "floor":
            continue
        if row.more["floors"] > LIMITS.get(row.name, float("inf")):
            found.append(f"{row.name}, {row.size}: {row.more['floors']} floors, limit {LIMITS[row.name]}")
        if row.size.endswith(" 1 at once") and row.more["spread"] > SPREAD:
            found.append(f"{row.name}: p95 is {row.more['spread']} times its p50, limit {SPREAD}")
        if row.more["kb"] > KILOBYTES:
            found.append(f"{row.name}: {row.more['kb']} KB, limit {KILOBYTES}")
    found += [f"{name}: grew {by} times, limit {GROWTH}" for name, by in growth.items() if by > GROWTH]
    return found + ([f"memory: {memory} times a bare project's, limit {HELD}"] if memory > HELD else [])
