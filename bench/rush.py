"""The last hour of 15 October: thousands sign in and file at once, while parts of the house die and come again.

2,000 units, each filing its summary with three photos of a telephone's size, through nginx (``deploy/nginx.conf``),
gunicorn (two processes of four threads), PostgreSQL that syncs, and Redis, sixteen at the same moment, all on this
machine, as are those who file. First everybody signs in. The floor is a bare view behind the same servers that takes
the same upload, syncs each file and its folder, and writes one row; it is measured before and after the rush, and the
better half counts. What fails is sent again until it is taken; then every success is looked for in the database and on
the disk, each file by its hash. ``units`` of the larger photos (twelve megapixels) file as well, without troubles.
"""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from PIL import Image

from bench import frame
from bench.crowd import CLIENTS, Onlooker, Person, all_at_once, multipart, until_taken
from bench.house import House, Troubles
from bench.pages import execute, office, run

UNITS = int(os.environ.get("RUSH_UNITS", "2000"))
LARGE_UNITS = UNITS // 20
FLOOR_UPLOADS = UNITS // 5
PHOTOS = 3
SMALL, LARGE = (1600, 1200), (4000, 3000)
PASSWORD = "quality-month"
THROUGHPUT, SIGNED_IN, SLOWER = 0.6, 2000, 5
"""The share of the floor's throughput; sign-ins a minute; somebody else's home page: p95 over its quiet p50."""
QUIET_LOOKS = 60


FLOOR, FILED, HOME = "floor: one row, files synced", "a summary with three photos", "somebody else's home page"


@dataclass(frozen=True)
class Task:
    """What one unit files: its person, the page, out of which photos, and its place, which makes them its own."""

    person: Person
    path: str
    drawer: Sequence[bytes]
    place: int

    @property
    def photos(self) -> list[bytes]:
        """Three of the photos, each with a remark of this unit in its head (a COM segment of JPEG)."""
        remark = f"{self.place}".encode()
        segment = b"\xff\xfe" + (len(remark) + 2).to_bytes(2, "big") + remark
        chosen = (self.drawer[(self.place * PHOTOS + number) % len(self.drawer)] for number in range(PHOTOS))
        return [photo[:2] + segment + photo[2:] for photo in chosen]


def main() -> None:
    """Run it and write ``bench/results/rush.json``."""
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        environment = office(servers, Path(top) / "rush")
        prepare(environment, UNITS)
        with House(environment, Path(top)) as house:
            owed = json.loads(run(environment, "-m", "bench.rushed", "owed"))
            rows, about = measured(house, environment, owed)
    frame.publish("rush", rows, method=f"{UNITS} units, {PHOTOS} photos each, {CLIENTS} at once", **about)


def prepare(environment: dict[str, str], units: int) -> None:
    """Fill the office's database."""
    print(f"building a province of {units:,} units …", flush=True)
    run(environment, "manage.py", "migrate", "--verbosity", "0")
    run(environment, "manage.py", "seed", "--stage", "plans", "--units", str(units))
    execute(
        environment["DATABASE_URL"], "CREATE TABLE bench_upload (id bigserial PRIMARY KEY, names text, at timestamptz)"
    )
    execute(environment["DATABASE_URL"], "VACUUM ANALYZE")


def measured(house: House, environment: dict[str, str], owed: dict[str, Any]) -> tuple[list[frame.Row], dict[str, Any]]:
    """Everything in its order. Returns: the rows, and what is said beside them."""
    staff = Person(house.port, owed["staff"])
    staff.sign_in(PASSWORD)
    quiet = frame.timed(lambda: staff.ask("GET", "/"), QUIET_LOOKS, warm_up=10)
    large, small = drawn(LARGE, 12), drawn(SMALL, 200)
    tasks = [
        Task(Person(house.port, name), path, large if place < LARGE_UNITS else small, place)
        for place, (name, path) in enumerate(owed["units"])
    ]
    print("signing in …", flush=True)
    signing_in = spent(lambda: all_at_once(lambda each: each.person.sign_in(PASSWORD), tasks))
    few, many = tasks[:LARGE_UNITS], tasks[LARGE_UNITS:]

    print("twelve megapixels …", flush=True)
    floor_large, filed_large = stored(few), filed(few, opened(few))
    wait_for_photos(environment)
    print("the rush …", flush=True)
    pages, before = opened(many), stored(many[:FLOOR_UPLOADS])
    with Onlooker(staff, "/") as somebody, Troubles(house) as troubles:
        rush = filed(many, pages)
    floor = max(before, stored(many[:FLOOR_UPLOADS]), key=lambda each: each.a_second)
    waited = wait_for_photos(environment)

    first = frame.row(FLOOR, "455 KB", floor.times, a_second=floor.a_second)
    rows = [
        first,
        frame.row(FILED, "455 KB", rush.times, first, a_second=rush.a_second, throughput=rush.beside(floor)),
        frame.row(FLOOR, "12 megapixels", floor_large.times, a_second=floor_large.a_second),
        frame.row(FILED, "12 megapixels", filed_large.times, a_second=filed_large.a_second,
                  throughput=filed_large.beside(floor_large)),
        frame.row(HOME, "quiet", quiet),
        frame.row(HOME, "in the rush", somebody.times, lost=somebody.lost),
    ]  # fmt: skip
    about = {
        "signed_in_a_minute": round(len(tasks) / signing_in * 60),
        "throughput": rush.beside(floor),
        "throughput_of_12_megapixels": filed_large.beside(floor_large),
        "home_p95_over_quiet_p50": round(rows[5].p95 / rows[4].p50, 2),
        "troubles": troubles.number,
        "sent_again": rush.tries - len(many),
        "photos_ready_after_s": round(waited),
        "found": checked(environment, tasks),
    }
    return rows, about | {"over_the_limit": beyond(about)}


# --- deeds -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """What came of many uploads: milliseconds of each, seconds of all, how often something was sent."""

    times: list[float]
    seconds: float
    tries: int

    @property
    def a_second(self) -> float:
        return round(len(self.times) / self.seconds, 1)

    def beside(self, floor: Sent) -> float:
        """Its throughput as a share of the floor's."""
        return round(self.a_second / floor.a_second, 2)


def opened(tasks: Sequence[Task]) -> list[dict[str, str]]:
    """Everybody has the page open and filled in."""
    return all_at_once(lambda each: each.person.filled(each.path), tasks)


def filed(tasks: Sequence[Task], pages: Sequence[dict[str, str]]) -> Sent:
    """All press, again and again until it is taken."""
    tries = [0] * len(tasks)

    def press(place: int) -> float:
        task, start = tasks[place], time.perf_counter()
        tries[place] = until_taken(lambda: task.person.press(task.path, pages[place], task.photos))
        return (time.perf_counter() - start) * 1000

    begun = time.perf_counter()
    times = all_at_once(press, range(len(tasks)))
    return Sent(times, time.perf_counter() - begun, sum(tries))


def stored(tasks: Sequence[Task]) -> Sent:
    """The same uploads to the bare view. Raises: RuntimeError when it does not take one."""

    def press(task: Task) -> float:
        start = time.perf_counter()
        status = task.person.ask("POST", "/bench/store/", *multipart({"action": "submit"}, task.photos))[0]
        if status != 200:
            raise RuntimeError(f"the floor answered {status}")
        return (time.perf_counter() - start) * 1000

    begun = time.perf_counter()
    times = all_at_once(press, tasks)
    return Sent(times, time.perf_counter() - begun, len(tasks))


def spent(deed: Callable[[], object]) -> float:
    """Seconds it took."""
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


def wait_for_photos(environment: dict[str, str]) -> float:
    """Wait until the workers have made every photo. Returns: seconds."""
    return spent(lambda: run(environment, "-m", "bench.rushed", "wait"))


def checked(environment: dict[str, str], tasks: Sequence[Task]) -> dict[str, int]:
    """Look for every success. Returns: how many of what. Raises: CalledProcessError, with what is missing printed."""
    sent = {each.path: [sha256(photo).hexdigest() for photo in each.photos] for each in tasks}
    command = [sys.executable, "-m", "bench.rushed", "check"]
    told = subprocess.run(
        command, cwd=frame.TOP, env=os.environ | environment, input=json.dumps(sent), text=True,
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found: dict[str, int] = json.loads(told.stdout)
    return found


# --- photos ----------------------------------------------------------------------------------------------------


def drawn(size: tuple[int, int], number: int) -> list[bytes]:
    """Photos as large as a telephone's: patches of colour under noise, each another one."""
    made = []
    for seed in range(number):
        lot = random.Random(seed)
        coarse, fine = ((size[0] // part, size[1] // part) for part in (8, 2))
        patches = Image.frombytes("RGB", coarse, lot.randbytes(coarse[0] * coarse[1] * 3)).resize(size)
        noise = Image.frombytes("RGB", fine, lot.randbytes(fine[0] * fine[1] * 3)).resize(size)
        out = io.BytesIO()
        Image.blend(patches, noise, 0.12).save(out, "JPEG", quality=80)
        made.append(out.getvalue())
    return made


def beyond(about: dict[str, Any]) -> list[str]:
    """What is over its limit, in words."""
    home = about["home_p95_over_quiet_p50"]
    checks = {
        f"throughput {about['throughput']} of the floor's, wanted {THROUGHPUT}": about["throughput"] < THROUGHPUT,
        f"{about['signed_in_a_minute']} sign-ins a minute, wanted {SIGNED_IN}": about["signed_in_a_minute"] < SIGNED_IN,
        f"somebody else's home page: p95 is {home} times its quiet p50, limit {SLOWER}": home > SLOWER,
    }
    return [words for words, wrong in checks.items() if wrong]
