"""Pages beside the floor: home page, activity list and dashboard at 26 and at 5,000 units.

Two gunicorn workers of four threads on PostgreSQL, cache in Redis; one client, then four at once, each over
one connection that stays open. The floor is a bare view of a signed-in person (session, user, one SELECT) on
the same servers and the same data; all pages take turns in rounds, so that a slow moment meets all of them.
The visitor is one of the office's staff, who see every unit: theirs are the heaviest pages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2

from bench import frame
from bench.client import Memory, Visitor, gunicorn, visits

SIZES: dict[int, list[str]] = {26: [], 5_000: ["--units", "5000"]}  # the 26 are those of Shenzhen 2015
CLIENTS = (1, 4)
ROUNDS = 5
REQUESTS = 240  # of each page, shared by the clients
WARM_UP = 20


def main() -> None:
    """Run it and write ``bench/results/pages.json``."""
    rows: list[frame.Row] = []
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        for size, words in SIZES.items():
            folder = Path(top) / str(size)
            folder.mkdir()
            environment = office(servers, folder)
            prepare(environment, words, size)
            with gunicorn(environment) as (port, master):
                rows += measured(port, master, size, visitor(environment))
    method = f"2 gunicorn workers of 4 threads; {ROUNDS} rounds in turn; one kept connection for each client"
    frame.publish("pages", rows, method=method, requests_of_each_page=REQUESTS)


def office(servers: dict[str, str], folder: Path) -> dict[str, str]:
    """An office of its own on the shared servers: a database, its files, its clock.

    Arguments: the servers' addresses, and an empty folder whose name becomes the database's.
    Returns: its environment.
    """
    url, name = servers["DATABASE_URL"], f"office_{folder.name}"
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute(f"CREATE DATABASE {name}")
    connection.close()
    return {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": url.rpartition("/")[0] + f"/{name}",
        "REDIS_URL": servers["REDIS_URL"],
        "MEDIA": f"file://{folder / 'media'}",
        "BENCH_FOLDER": str(folder),
        "TODAY": "",
    }


def prepare(environment: dict[str, str], words: list[str], size: int) -> None:
    """Fill the office's database up to the plans, and bring the planner's statistics up to date."""
    print(f"building the demonstration with {size:,} units …", flush=True)
    run(environment, "manage.py", "migrate", "--verbosity", "0")
    run(environment, "manage.py", "seed", "--stage", "plans", *words)
    connection = psycopg2.connect(environment["DATABASE_URL"])
    connection.autocommit = True
    connection.cursor().execute("VACUUM ANALYZE")  # as autovacuum has done in an office by then
    connection.close()


def run(environment: dict[str, str], *words: str) -> str:
    """Run a program of this project. Returns: what it printed. Raises: CalledProcessError."""
    command = [sys.executable, *words]
    return subprocess.check_output(command, cwd=frame.TOP, env=os.environ | environment, text=True)


def visitor(environment: dict[str, str]) -> dict[str, str]:
    """A signed-in member of the office: the cookie and the address of each page (see visitor.py)."""
    return json.loads(run(environment, "-m", "bench.visitor").splitlines()[-1])


def measured(port: int, master: int, size: int, signed_in: dict[str, str]) -> list[frame.Row]:
    """The rows of one size.

    Arguments: where the site answers, gunicorn's process, the number of units, cookie and pages.
    Returns: the floor and each page, for one client and for four.
    """
    pages = {name: path for name, path in signed_in.items() if name != "cookie"}
    rows: list[frame.Row] = []
    for clients in CLIENTS:
        visitors = [Visitor(port, signed_in["cookie"]) for _ in range(clients)]
        times, peaks = in_rounds(visitors, pages, Memory(master))
        at = f"{size:,} units, {clients} at once"
        floor = frame.row("floor", at, times["floor"], peak_mb=peaks["floor"])
        rows += [floor]
        rows += [
            frame.row(name, at, times[name], floor, peak_mb=peaks[name], kb=visitors[0].kilobytes[path])
            for name, path in pages.items()
            if name != "floor"
        ]
    return rows


def in_rounds(
    visitors: list[Visitor], pages: dict[str, str], memory: Memory
) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Fetch all pages in turn, several rounds.

    Returns: for each page the milliseconds of every fetch, and the largest web process (MB) meanwhile.
    """
    times: dict[str, list[float]] = {name: [] for name in pages}
    peaks = dict.fromkeys(pages, 0.0)
    for path in pages.values():
        visits(visitors, path, WARM_UP)
    for _ in range(ROUNDS):
        for name, path in pages.items():
            memory.reset()
            times[name] += visits(visitors, path, REQUESTS // ROUNDS // len(visitors))
            peaks[name] = max(peaks[name], memory.peak())
    return times, peaks
