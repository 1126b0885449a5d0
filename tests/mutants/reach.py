"""Which tests run which line: one run under coverage of those in one process, kept in ``var/mutants``."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from coverage import CoverageData

from tests.mutants.source import ROOMS

QUICK = [
    "-m",
    "not browser and not worker and not servers and not slow",
    "--ignore=tests/test_briefing_book.py",
]


class Reach:
    """What a run under coverage saw.

    Arguments: the top of the tree, the folder with what ``measure`` left.
    """

    def __init__(self, top: Path, folder: Path) -> None:
        seen = json.loads((folder / "tests.json").read_text())
        self.seconds = {test: row["seconds"] for test, row in seen.items() if row["outcome"] == "passed"}
        data = CoverageData(folder / "coverage")
        data.read()
        self._tests = {
            str(Path(file).relative_to(top)): {
                number: found
                for number, tests in data.contexts_by_lineno(file).items()
                if (found := self.seconds.keys() & set(tests))
            }
            for file in data.measured_files()
        }
        self._breadth = Counter(test for lines in self._tests.values() for tests in lines.values() for test in tests)

    def lines(self, path: str) -> set[int]:
        """The lines of a file that a test runs."""
        return set(self._tests.get(path, ()))

    def tests(self, path: str, number: int) -> list[str]:
        """The tests that run a line and pass, those that run least besides first."""
        return sorted(self._tests.get(path, {}).get(number, ()), key=lambda test: (self._breadth[test], test))


def reach_of(top: Path) -> Reach:
    """What the tests of a tree run; measured anew when anything they could depend on has changed since."""
    folder = top / "var" / "mutants"
    stamp, now = folder / "stamp", digest(top)
    if not stamp.exists() or stamp.read_text() != now:
        folder.mkdir(parents=True, exist_ok=True)
        measure(top, folder)
        stamp.write_text(now)
    return Reach(top, folder)


def digest(top: Path) -> str:
    """What a tree holds, told short. This tool and what is only read by people are no part of it."""
    content = hashlib.sha256()
    for path in sorted(tracked(top)):
        content.update(str(path.relative_to(top)).encode() + b"\0" + path.read_bytes())
    return content.hexdigest()


def tracked(top: Path) -> Iterator[Path]:
    """The files that git keeps or would keep, without this tool and what is only read by people."""
    without = [":!tests/mutants", ":!tests/test_mutants.py", ":!*.md"]
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".", *without]
    names = subprocess.run(listing, cwd=top, capture_output=True, text=True, check=True).stdout
    return (top / name for name in names.split("\0") if name and (top / name).is_file())


def measure(top: Path, folder: Path) -> None:
    """Run the tests once under coverage, in one process. A test that fails is left out of what follows."""
    options = [f"--source={','.join(ROOMS)}", "--omit=*/tests/*,*/migrations/*", f"--data-file={folder / 'coverage'}"]
    command = ["coverage", "run", *options, "-m", "pytest", "-q", "-p", "tests.mutants.witness", *QUICK]
    subprocess.run([sys.executable, "-m", *command], cwd=top, env=surroundings(folder / "tests.json"))


def surroundings(witness: Path) -> dict[str, str]:
    """The variables of a run of the quick tests: SQLite in memory, no Redis; the plugin writes to ``witness``."""
    kept = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
    return {**kept, "DATABASE_URL": "sqlite://:memory:", "WITNESS": str(witness)}
