"""What every benchmark shares: timing, memory, the machine, the table, and the file of results.

A benchmark makes :class:`Row` objects and hands them to :func:`publish`. Times are in milliseconds, memory in
megabytes (2**20 bytes). The floor is the cheapest honest version of the same work, measured in the same run;
``ratio`` is a row's 95th percentile over the floor's.
"""

from __future__ import annotations

import json
import math
import os
import platform
import resource
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests import servers as throwaway

TOP = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).parent / "results"
COLUMNS = ("name", "size", "p50 ms", "p95 ms", "ratio", "peak MB")


@dataclass(frozen=True)
class Row:
    """One line of a table: what, at which size, how long it took (ms), beside the floor, peak memory (MB)."""

    name: str
    size: str
    p50: float
    p95: float
    ratio: float | None = None
    peak_mb: float | None = None
    more: dict[str, Any] = field(default_factory=dict)


def percentile(times: Sequence[float], share: float) -> float:
    """The nearest-rank percentile.

    Arguments: measurements (at least one), and the share, 0 to 1. Returns: one of the measurements.
    """
    ordered = sorted(times)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def row(name: str, size: object, times: Sequence[float], floor: Row | None = None, **more: Any) -> Row:
    """Make a row of measurements.

    Arguments: a name, a size, times in milliseconds, the floor's row, ``peak_mb`` and any further values.
    """
    p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
    ratio = round(p95 / floor.p95, 2) if floor else None
    peak = more.pop("peak_mb", None)
    return Row(name, str(size), round(p50, 3), round(p95, 3), ratio, peak, {"runs": len(times), **more})


def timed(work: Callable[[], object], times: int, warm_up: int = 1) -> list[float]:
    """Do something several times.

    Arguments: the work, how many measured times, how many before that do not count. Returns: milliseconds.
    """
    for _ in range(warm_up):
        work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def peak_of(pid: int) -> float:
    """The most memory a process ever held, in MB (VmHWM of /proc, see proc(5)); 0 when it is gone."""
    return status_of(pid, "VmHWM")


def resident(pid: int) -> float:
    """The memory a process holds now, in MB (VmRSS); 0 when it is gone."""
    return status_of(pid, "VmRSS")


def share(pid: int) -> float:
    """The same, each page divided by the processes that hold it, in MB (Pss); 0 when it is gone."""
    return status_of(pid, "Pss:", "smaps_rollup")


def status_of(pid: int, name: str, file: str = "status") -> float:
    """A line of what /proc says of a process, in MB; 0 when the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((round(int(line.split()[1]) / 1024, 1) for line in lines if line.startswith(name)), 0.0)


def forget_peak(pid: int) -> None:
    """Let a process's peak memory count from now on (writes 5 to clear_refs, see proc(5))."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def descendants(pid: int) -> list[int]:
    """The process and everything it started, directly or not."""
    found = [pid]
    for each in found:
        for children in Path(f"/proc/{each}/task").glob("*/children"):
            found += [int(child) for child in children.read_text().split()]
    return found


def own_peak() -> float:
    """The most memory this process ever held, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def in_child(work: Callable[[], object]) -> tuple[float, float]:
    """Do something once in a child process of its own, so that its memory is its own.

    Arguments: the work. Returns: milliseconds, and the child's peak memory in MB.
    Raises: RuntimeError when the child fails.
    """
    start = time.perf_counter()
    pid = os.fork()
    if not pid:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    _, status, used = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"the work ended with status {os.waitstatus_to_exitcode(status)}")
    return (time.perf_counter() - start) * 1000, round(used.ru_maxrss / 1024, 1)


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    cpu = next(
        (line.split(":", 1)[1].strip() for line in lines_of("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    memory = next((int(line.split()[1]) for line in lines_of("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "cpu": cpu,
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory / 2**20, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
    }


def lines_of(path: str) -> list[str]:
    """The lines of a file, none when it is not there."""
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


def commit() -> str:
    """The commit measured, with a plus sign when files differ from it; "unknown" outside a repository."""
    try:
        head = git("rev-parse", "--short=12", "HEAD")
        changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!bench/results")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return head + ("+" if changed else "")


def git(*arguments: str) -> str:
    """What a git command says about this project."""
    done = subprocess.run(["git", *arguments], cwd=TOP, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def servers() -> AbstractContextManager[dict[str, str]]:
    """A throwaway PostgreSQL (syncing to disk as an office's does) and Redis, as environment variables."""
    return throwaway.servers(durable=True)


def table(rows: Iterable[Row]) -> str:
    """The rows as lines of aligned text, further values behind."""
    cells = [[*COLUMNS, ""], *(cells_of(each) for each in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=False))
        )
        + ("  " + line[-1]).rstrip()
        for line in cells
    )


def cells_of(each: Row) -> list[str]:
    """One row as text."""
    optional = [("" if value is None else f"{value:g}") for value in (each.ratio, each.peak_mb)]
    more = "  ".join(f"{key} {value}" for key, value in each.more.items())
    return [each.name, each.size, f"{each.p50:.2f}", f"{each.p95:.2f}", *optional, more]


def publish(name: str, rows: Sequence[Row], **about: Any) -> Path:
    """Print the table and write ``bench/results/<name>.json``.

    Arguments: the benchmark's name, its rows, and whatever a reader needs besides (requests, method).
    Returns: the file written.
    """
    print(f"\n{name}\n{table(rows)}")
    for key, value in about.items():
        print(f"{key}: {value}")
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    written = {
        "name": name,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "machine": machine(),
        **about,
        "rows": [asdict(each) for each in rows],
    }
    path.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n")
    print(f"written: {path.relative_to(TOP)}")
    return path
