"""A backup made while people file: its time beside a copy of the files, and whether everything is there afterwards.

5,000 units and 2 GB of photos, filed through the house of ``bench.rush``; then twenty people go on filing while
``manage.py backup`` runs. It is put back into an empty database beside an empty folder: as many rows as the list says,
each photo by its hash, and the audit trail unbroken. The floor is one copy of the files, synced, with nobody at work.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from bench import frame
from bench.crowd import Person, all_at_once, until_taken
from bench.house import House
from bench.pages import execute, office, run
from bench.rush import PASSWORD, PHOTOS, SMALL, Task, drawn, filed, opened, prepare, spent, wait_for_photos

UNITS = int(os.environ.get("BACKUP_UNITS", "5000"))
PEOPLE = 20
MEGABYTES = int(os.environ.get("BACKUP_MB", "2000"))


def main() -> None:
    """Run it and write ``bench/results/backup.json``."""
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        folder = Path(top)
        environment = office(servers, folder / "kept")
        prepare(environment, UNITS)
        with House(environment, folder) as house:
            rows, about = measured(house, environment, folder)
    frame.publish("backup", rows, method=f"{UNITS} units, {PEOPLE} people file meanwhile", **about)


def measured(house: House, environment: dict[str, str], folder: Path) -> tuple[list[frame.Row], dict[str, object]]:
    """Fill, copy, back up, put back, look. Returns: the rows, and what is said beside them."""
    tasks = to_file(house, environment)
    media = Path(environment["MEDIA"].removeprefix("file://"))
    number = min(MEGABYTES * 1_000_000 // (PHOTOS * len(tasks[0].drawer[0])), len(tasks) - 10 * PEOPLE)
    print(f"filing {number:,} summaries …", flush=True)
    file_all(tasks[:number])
    wait_for_photos(environment)
    size = sum(each.stat().st_size for each in media.rglob("*") if each.is_file())
    copied = spent(lambda: copy(media, folder / "copy"))
    print("backing up …", flush=True)
    with Filing(tasks[number:]) as meanwhile:
        taken = spent(lambda: run(environment, "manage.py", "backup", str(folder / "backup")))
    another = restored(environment, folder)
    found = json.loads(run(another, "-m", "bench.rushed", "kept"))
    listed = json.loads((folder / "backup" / "manifest.json").read_text())
    size_told = f"{size / 1e9:.1f} GB"
    floor = frame.row("floor: the files copied and synced", size_told, [copied * 1000])
    row = frame.row("backup while people file", size_told, [taken * 1000], floor)
    about = {
        "ratio": round(taken / copied, 2),
        "filed_meanwhile": meanwhile.number,
        "missing": len(listed["missing"]),
        "rows_differ": [name for name, number in listed["rows"].items() if found["rows"].get(name) != number],
        "photos": found["photos"],
        "photos_wrong": found["wrong"],
        "audit": run(another, "manage.py", "verify_audit").strip().splitlines()[-1],
    }
    return [floor, row], about


def to_file(house: House, environment: dict[str, str]) -> list[Task]:
    """What every unit files."""
    owed = json.loads(run(environment, "-m", "bench.rushed", "owed"))
    photos = drawn(SMALL, 200)
    return [Task(Person(house.port, name), path, photos, place) for place, (name, path) in enumerate(owed["units"])]


def file_all(tasks: Sequence[Task]) -> None:
    """They sign in, and file."""
    all_at_once(lambda each: each.person.sign_in(PASSWORD), tasks)
    filed(tasks, opened(tasks))


def copy(media: Path, to: Path) -> None:
    """The floor: every file once, on the disk."""
    shutil.copytree(media, to)
    os.sync()


def restored(environment: dict[str, str], folder: Path) -> dict[str, str]:
    """The backup in a new database beside a new folder. Returns: the environment of that office."""
    execute(environment["DATABASE_URL"], "CREATE DATABASE office_again")
    (folder / "again").mkdir()
    another = environment | {
        "DATABASE_URL": environment["DATABASE_URL"].rpartition("/")[0] + "/office_again",
        "MEDIA": f"file://{folder / 'again'}",
    }
    run(another, "manage.py", "restore", str(folder / "backup"))
    return another


class Filing:
    """People who file one summary after the other until it is over; ``number``: how many."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = iter(tasks)
        self.lock, self.over, self.number = threading.Lock(), threading.Event(), 0

    def next_one(self) -> Task | None:
        """The next that nobody files yet."""
        with self.lock:
            return next(self.tasks, None)

    def go_on(self) -> None:
        """One person: sign in for the next unit, open its page, file."""
        while not self.over.is_set() and (task := self.next_one()):
            task.person.sign_in(PASSWORD)
            form = task.person.filled(task.path)
            until_taken(partial(task.person.press, task.path, form, task.photos))
            with self.lock:
                self.number += 1

    def __enter__(self) -> Filing:
        self.pool = ThreadPoolExecutor(PEOPLE)
        self.done = [self.pool.submit(self.go_on) for _ in range(PEOPLE)]
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.pool.shutdown()
        for each in self.done:
            each.result()
