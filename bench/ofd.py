"""OFD in: ten pages of a notice, in the manner of each producer that is odd, and through the door in its child.

The floor is one pass over the same package: every part unpacked and parsed, nothing understood. Through the door the
floor is a child that reads nothing. Times of the readers are CPU of this process; memory is that of one of its own.
"""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from lxml import etree

from bench import frame, ofd_out
from documents.in_child import answer_of

child: Any = import_module("documents.sources.ofd.child")  # the reader itself: the door starts a process for it
files: Any = import_module("documents.sources.tests.ofd_files")
setting: Any = import_module("documents.sources.tests.ofd_setting")

PAGES, TIMES = 10, 15
LIMIT_MS, LIMIT_MB = 150.0, 300.0
OWN = Path(__file__).resolve().parent.parent / "documents" / "reading" / "tests" / "notices"


def main() -> None:
    """Run part "in" and part "out" (``ofd_out.py``) and write ``bench/results/ofd.json``."""
    rows = reading(sheets())
    slow = [f"{row.name}: {row.p50:.0f} ms" for row in rows if row.name.startswith("in: ") and row.p50 > LIMIT_MS]
    large = [f"{row.name}: {row.peak_mb} MB" for row in rows if (row.peak_mb or 0) > LIMIT_MB]
    written, over = ofd_out.writing()
    frame.publish("ofd", rows + written, method=f"in: {TIMES} runs", over_the_limit=slow + large + over)


def sheets() -> list[Any]:
    """Ten pages, with the tables of a task list: as much of the house's own papers as fills them."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(OWN.glob("*.txt"))]
    found: list[Any] = []
    for text in texts:
        found += setting.set_notice(text)
    return found[:PAGES]


def reading(pages: list[Any]) -> list[frame.Row]:
    """Time the reader on each manner, and once through the door."""
    rows = []
    for manner in files.MANNERS:
        rows += measured(manner, files.ofd(pages, manner))
    data = files.ofd(pages, files.MANNERS[0])
    nothing = frame.row("floor: a child that reads nothing", "", frame.timed(lambda: asked(b""), 5))
    through = frame.row("through the door", f"{PAGES} pages", frame.timed(lambda: asked(data), 5), nothing)
    return [*rows, nothing, through]


def asked(data: bytes) -> None:
    """What the door does; an empty file is refused at once."""
    try:
        json.loads(answer_of("sources.ofd.child", data))
    except ValueError:
        return


def measured(manner: Any, data: bytes) -> list[frame.Row]:
    """The floor of a file and the reader on it."""
    size = f"{PAGES} pages, {len(data) // 1024} kB"
    floor = frame.row(f"floor: {manner.name}", size, cpu(lambda: parsed(data)))
    _, peak = frame.in_child(lambda: child.read(data))
    return [floor, frame.row(f"in: {manner.name}", size, cpu(lambda: child.read(data)), floor, peak_mb=peak)]


def cpu(work: Callable[[], object]) -> list[float]:
    """Milliseconds of CPU, each time."""
    work()
    taken = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1000)
    return taken


def parsed(data: bytes) -> None:
    """Every part as XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            etree.fromstring(package.read(name).removeprefix(b"\xef\xbb\xbf"))
