"""One pass of reminders over a province: 5,000 units, 40,000 assignments, a mail for each person who owes something.

PostgreSQL that syncs, Redis, two workers as the Procfile starts them, and a mail server on loopback that writes down
what it takes. The floor is a bare loop that sends the same mails over one kept connection, without a database. A pass
is what beat asks for every minute: it looks who owes what, writes the letters and messages, and sends the mails; it is
over when nothing waits. Three days:

1. one pass, timed; then a second one, which sends nothing;
2. three passes asked for at the same moment;
3. one pass in which both workers are killed (SIGKILL) five times, at moments spread over it, and started again. What
   was on its way at such a moment may have been taken or not, which nobody can know (RFC 1047): the product does not
   send it twice and shows it to the office. What came of each person is counted where the mails arrive.
"""

from __future__ import annotations

import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg2
from celery import Celery

from bench import frame
from bench.pages import execute, office, run
from bench.post_office import PostOffice, post_office

UNITS = int(os.environ.get("REMINDED_UNITS", "5000"))
DAYS = ("2015-09-21", "2015-09-22", "2015-09-23")
RATIO, KILLS = 3.0, 5
LONGEST = 1800
"""Seconds after which a pass that is not over never will be."""
BEAT = 5
"""Seconds between two questions of what stands for beat after a kill; beat itself asks every minute."""
FLOOR, PASS = "floor: the same mails, one connection", "a pass of reminders"


class Workers:
    """Two of them, as the Procfile starts them."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment, self.folder = environment, folder
        self.running: list[subprocess.Popen[bytes]] = []
        self.queue = Celery(broker=environment["REDIS_URL"])

    def start(self) -> None:
        found = re.search(r"^worker: exec celery (.*)$", (frame.TOP / "Procfile").read_text(), re.M)
        assert found, "the Procfile starts no worker"
        for number in (1, 2):
            words = shlex.split(found[1].replace("worker@%h", f"worker{number}@%h"))
            with (self.folder / f"worker{number}.log").open("ab") as log:
                self.running.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "celery", *words], cwd=frame.TOP, env=os.environ | self.environment,
                        stdout=log, stderr=log, start_new_session=True,
                    )
                )  # fmt: skip

    def kill(self) -> None:
        """Each with its children, at once."""
        for each in self.running:
            with suppress(ProcessLookupError):
                os.killpg(each.pid, signal.SIGKILL)
            each.wait()
        self.running.clear()

    def ask(self, *tasks: str) -> None:
        """What beat does."""
        for task in tasks:
            self.queue.send_task(task, queue="quick")


class Bench:
    """The office on a day, and what its mail server took."""

    def __init__(self, environment: dict[str, str], folder: Path, post: PostOffice) -> None:
        self.environment, self.folder, self.post = environment, folder, post
        self.workers = Workers(environment, folder)
        self.database = psycopg2.connect(environment["DATABASE_URL"])
        self.database.autocommit = True

    def one(self, statement: str, *values: object) -> list[Any]:
        """The first column of what a query finds."""
        with self.database.cursor() as cursor:
            cursor.execute(statement, values)
            return [row[0] for row in cursor.fetchall()]

    def begin(self, day: str) -> None:
        """It is another day; the workers have been started."""
        self.workers.kill()
        (self.folder / "today").write_text(day)
        self.day, self.key = day, f"owed-{day}"
        self.post.begin()
        self.workers.start()
        self.one("DELETE FROM workflow_pulse RETURNING 1")
        self.wait(lambda: self.one("SELECT 1 FROM workflow_pulse WHERE name = 'quick'"))

    def wait(self, done: Callable[[], object], each: Callable[[], None] = lambda: None) -> None:
        """Wait for something. Raises: RuntimeError when it never comes."""
        end = time.monotonic() + LONGEST
        while not done():
            if time.monotonic() > end:
                raise RuntimeError("the pass never ended")
            each()
            time.sleep(0.05)

    def told(self) -> int:
        """How many messages this day has written."""
        return int(self.one("SELECT count(*) FROM workflow_notification WHERE key = %s", self.key)[0])

    def is_over(self) -> bool:
        """Whether this day's reminder was sent and nothing waits; asked in the order in which things go."""
        return not any(
            self.one(f"SELECT EXISTS ({each})")[0]
            for each in (
                f"SELECT WHERE NOT EXISTS (SELECT FROM activities_reminder WHERE day = '{self.day}')",
                "SELECT FROM activities_reminder WHERE state = 'waiting'",
                "SELECT FROM workflow_notification WHERE delivered_at IS NULL",
                "SELECT FROM workflow_delivery WHERE delivered_at IS NULL AND given_up_at IS NULL",
            )
        )

    def passed(self, times: int = 1) -> tuple[float, float]:
        """Ask for so many passes at once. Returns: seconds until all messages are written, and until nothing waits."""
        begun = time.perf_counter()
        self.workers.ask(*["activities.chase"] * times)
        self.wait(lambda: self.one("SELECT 1 FROM activities_reminder WHERE state = 'sent' AND day = %s", self.day))
        written = time.perf_counter() - begun
        self.wait(self.is_over)
        return written, time.perf_counter() - begun

    def came(self) -> dict[str, Any]:
        """What came of each person of this day."""
        wanted = self.one(
            "SELECT email FROM accounts_user u JOIN workflow_notification n ON n.person_id = u.id"
            " WHERE n.key = %s AND email <> ''", self.key
        )  # fmt: skip
        doubt = set(self.one(
            "SELECT email FROM accounts_user u JOIN workflow_notification n ON n.person_id = u.id"
            " JOIN workflow_delivery d ON d.notification_id = n.id WHERE n.key = %s AND d.cause = 'doubt'", self.key
        ))  # fmt: skip
        took = Counter(self.post.recipients())
        never = {each for each in wanted if not took[each]}
        return {
            "people": len(wanted),
            "once": sum(took[each] == 1 for each in wanted),
            "twice": sum(took[each] > 1 for each in wanted),
            "never": len(never),
            "never_and_nobody_is_told": len(never - doubt),
            "shown_as_in_doubt": len(doubt),
            "to_others": len(took.keys() - set(wanted)),
        }


def main() -> None:
    """Run it and write ``bench/results/reminders.json``."""
    with frame.servers() as servers, tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        environment = office(servers, Path(top) / "reminders")
        with post_office(Path(top)) as post:
            environment["EMAIL_URL"] = f"smtp://127.0.0.1:{post.port}"
            prepare(environment)
            bench = Bench(environment, Path(environment["BENCH_FOLDER"]), post)
            try:
                rows, about = measured(bench)
            finally:
                bench.workers.kill()
    frame.publish("reminders", rows, method=f"{UNITS} units; two workers; one mail a person", **about)


def prepare(environment: dict[str, str]) -> None:
    """Fill the office's database."""
    print(f"building a province of {UNITS:,} units …", flush=True)
    run(environment, "manage.py", "migrate", "--verbosity", "0")
    run(environment, "manage.py", "seed", "--stage", "plans", "--units", str(UNITS))
    print(run(environment, "-m", "bench.filled"), flush=True)
    execute(environment["DATABASE_URL"], "UPDATE workflow_notification SET delivered_at = now()")
    run(environment, "-m", "bench.reminded", "rules")
    execute(environment["DATABASE_URL"], "VACUUM ANALYZE")


def measured(bench: Bench) -> tuple[list[frame.Row], dict[str, Any]]:
    """The days in their order. Returns: the rows, and what is said beside them."""
    bench.begin(DAYS[0])
    written, took = bench.passed()
    one = bench.came()
    print(f"one pass: {took:.1f} s, the messages after {written:.1f} s; {one}", flush=True)
    bench.passed()
    second = len(bench.post.recipients()) - one["people"]
    floor = min(bare_loop(bench) for _ in range(3))
    print(f"floor: {floor:.1f} s", flush=True)

    bench.begin(DAYS[1])
    _written, at_once = bench.passed(times=3)
    together = bench.came()
    print(f"three at once: {at_once:.1f} s, {together}", flush=True)

    bench.begin(DAYS[2])
    kills = killed(bench)
    after = bench.came()
    print(f"killed {kills}: {after}", flush=True)

    first = frame.row(FLOOR, f"{one['people']:,} mails", [floor * 1000], a_second=round(one["people"] / floor))
    rows = [
        first,
        frame.row(PASS, f"{UNITS:,} units", [took * 1000], first, messages_written_ms=round(written * 1000)),
        frame.row("three passes at once", f"{UNITS:,} units", [at_once * 1000], first),
    ]
    about = {
        "one_pass": one, "sent_by_a_second_pass": second, "three_at_once": together, "killed_at": kills,
        "killed": after, "assignments": bench.one("SELECT count(*) FROM activities_assignment")[0],
    }  # fmt: skip
    return rows, about | {"over_the_limit": beyond(round(took / floor, 2), about)}


def bare_loop(bench: Bench) -> float:
    """The mails of the day once more, by the bare loop. Returns: seconds."""
    wanted = run(bench.environment, "-m", "bench.reminded", "mails", bench.key)
    done = subprocess.run(
        [sys.executable, "-m", "bench.bare_mails", str(bench.post.port)], cwd=frame.TOP, input=wanted, text=True,
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return float(done.stdout)


def killed(bench: Bench) -> list[str]:
    """One pass; both workers are killed once while letters are written, and then while mails go.

    Returns: how much there was at each of these moments.
    """
    everybody = len(json.loads(run(bench.environment, "-m", "bench.reminded", "mails", f"owed-{DAYS[0]}")))
    moments, asked = [], time.monotonic()

    def ask() -> None:
        nonlocal asked
        if time.monotonic() - asked > BEAT:
            bench.workers.ask("activities.chase", "workflow.deliver")
            asked = time.monotonic()

    bench.workers.ask("activities.chase")
    bench.wait(lambda: bench.one("SELECT 1 FROM activities_letter WHERE state = 'waiting' LIMIT 1"), ask)
    for number in range(KILLS):
        share = number * everybody // KILLS
        bench.wait(lambda share=share: len(bench.post.recipients()) >= share, ask)  # type: ignore[misc]
        time.sleep(random.uniform(0, 0.2))
        bench.workers.kill()
        moments.append(f"{bench.told()} messages, {len(bench.post.recipients())} mails")
        bench.workers.start()
    bench.wait(bench.is_over, ask)
    return moments


def beyond(ratio: float, about: dict[str, Any]) -> list[str]:
    """What is over its limit, in words."""
    days = {name: about[name] for name in ("one_pass", "three_at_once", "killed")}
    checks = {
        f"a pass takes {ratio} times the bare loop, limit {RATIO}": ratio > RATIO,
        f"a second pass sent {about['sent_by_a_second_pass']} mails": about["sent_by_a_second_pass"] != 0,
    }
    for name, day in days.items():
        checks |= {
            f"{name}: {day['twice']} people have it twice": day["twice"] > 0,
            f"{name}: {day['never']} people never got it": day["never"] > 0,
            f"{name}: of {day['never_and_nobody_is_told']} of them the office knows nothing":
                day["never_and_nobody_is_told"] > 0,
            f"{name}: {day['to_others']} others got one": day["to_others"] > 0,
            f"{name}: nobody was told": not day["people"],
        }  # fmt: skip
    return [words for words, wrong in checks.items() if wrong]


if __name__ == "__main__":
    main()
