"""One fault at a time in a copy of the tree: do the tests that run the line notice?"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.mutants.reach import Reach, surroundings
from tests.mutants.sample import Fault, Place

LINKED = ("node_modules", "var/fonts")  # installed, large, only read
NOT_COPIED = {".git", ".venv", "node_modules", "var", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
OPTIONS = ["--no-migrations", "-p", "no:cacheprovider", "-p", "tests.mutants.witness"]  # tables at once: seconds each
FIRST = 40  # so many of the tests that are closest to the line are asked before all the others
WAITING = 3600  # seconds by the clock, for a fault that waits for ever and uses no CPU
PASSED = 0  # pytest's exit status
ENDED = "pytest ended with"  # what is said when a fault keeps the tests from being gathered


@dataclass(frozen=True)
class Result:
    """``caught`` by a test (or by pytest, when the tests could not even be gathered), ``missed``, or ``timeout``."""

    result: str
    caught_by: str = ""
    tests: int = 0  # how many run the line


class Copy:
    """A copy of the tree to put faults into.

    Arguments: the top of the tree, an empty folder.
    """

    def __init__(self, top: Path, folder: Path) -> None:
        self.top = folder / "tree"
        self.witness = folder / "tests.json"
        self.arguments = folder / "arguments"
        shutil.copytree(top, self.top, ignore=lambda at, names: NOT_COPIED & set(names) if Path(at) == top else ())
        for name in LINKED:
            (self.top / name).parent.mkdir(exist_ok=True)
            (self.top / name).symlink_to((top / name).resolve())

    def tried(self, fault: Fault, place: Place, reach: Reach) -> Result:
        """Put the fault in, run the tests that run its line, take it out again.

        Raises: RuntimeError when pytest cannot gather these tests from the copy as it is, which no fault explains.
        """
        tests = reach.tests(place.source.path, place.number)
        result, by = "missed", ""
        with self.holding(place.source.path, place.source.with_line(place.number, fault.fault)):
            for some in (tests[:FIRST], tests[FIRST:]):
                if some and result == "missed":
                    result, by = self.run(some, seconds=60 + int(5 * sum(reach.seconds[test] for test in some)))
        if by.startswith(ENDED) and self.pytest(tests, "--collect-only", seconds=WAITING)[0] != PASSED:
            raise RuntimeError(f"pytest cannot gather what runs {fault.function} in {place.source.path}")
        return Result(result, by, tests=len(tests))

    @contextmanager
    def holding(self, path: str, text: str) -> Iterator[None]:
        """The copy with another text in one file; its old bytecode is never younger than what it was made from."""
        file = self.top / path
        before, times = file.read_text(), file.stat()
        file.write_text(text)
        try:
            yield
        finally:
            file.write_text(before)
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))

    def run(self, tests: list[str], seconds: int) -> tuple[str, str]:
        """Run tests until one fails.

        Returns: ``caught`` and by which test, ``missed``, or ``timeout`` after so many seconds of CPU.
        """
        status, seen = self.pytest(tests, "-x", seconds=seconds)
        if status == PASSED:
            return "missed", ""
        if status < 0:
            return "timeout", ""
        failed = [test for test, row in seen.items() if row["outcome"] == "failed"]
        return "caught", failed[0] if failed else f"{ENDED} {status}"

    def failing(self, tests: Iterable[str]) -> list[str]:
        """Those of the tests that do not pass in the copy as it is, each run after the others."""
        wanted = sorted(set(tests))
        _, seen = self.pytest(wanted, seconds=WAITING) if wanted else (PASSED, {})
        return [test for test in wanted if seen.get(test, {}).get("outcome") != "passed"]

    def pytest(self, tests: list[str], *options: str, seconds: int) -> tuple[int, dict[str, dict[str, str]]]:
        """Run pytest in the copy, with so many seconds of CPU: a busy machine makes no fault a timeout.

        Returns: its exit status, negative when it had to be ended, and what the plugin saw.
        """
        self.witness.write_text("{}")
        self.arguments.write_text("\n".join(tests))
        command = ["pytest", "-q", *OPTIONS, *options, f"@{self.arguments}"]
        with subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=self.top,
            env=surroundings(self.witness) | {"PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_CPU, (seconds, seconds)),
        ) as process:
            try:
                process.wait(WAITING)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        return process.returncode, json.loads(self.witness.read_text())
