"""``python -m tests.mutants``: draw the sample, try every fault, say how many the tests catch."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.mutants.reach import Reach, reach_of
from tests.mutants.sample import SEED, Fault, draw, fault_of, load, placed, row
from tests.mutants.source import Source, sources
from tests.mutants.trial import Copy, Result

TOP = Path(__file__).resolve().parents[2]
SAMPLE = Path(__file__).with_name("sample.json")
NOT_PLACED = Result("not placed")


def main(arguments: list[str]) -> int:
    """Try a new sample, or an earlier one on this tree.

    Returns: 1 when a test that caught a fault fails without one as well, or an earlier catch is missed; else 0.
    """
    options = parsed(arguments)
    os.nice(10)
    files, reach = sources(TOP), reach_of(TOP)
    earlier = dict(load(options.replay)) if options.replay else {}
    faults = [fault for fault, result in earlier.items() if not options.only or result == options.only]
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(TOP, Path(folder))
        for fault, result in tried(faults or draw(files, reach, options.size), files, reach, copy):
            rows.append(row(fault, **asdict(result)))
            print(told(len(rows), fault, result), flush=True)
            write(options.out, rows)
        unsure = copy.failing(test for row in rows if "::" in (test := str(row["caught_by"])))
    return summed_up(rows, earlier, unsure)


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--size", type=int, default=100, help="how many faults to draw (100)")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="try the faults of this file instead")
    parser.add_argument("--only", metavar="RESULT", help="of those, only what was missed (or caught, timeout) then")
    parser.add_argument("--out", type=Path, help=f"where to write what became of them ({SAMPLE.name} beside the tool)")
    options = parser.parse_args(arguments)
    if options.replay and not options.out:
        parser.error("--replay needs --out: the earlier result is kept to compare with")
    options.out = options.out or SAMPLE
    return options


def tried(faults: Iterable[Fault], files: list[Source], reach: Reach, copy: Copy) -> Iterator[tuple[Fault, Result]]:
    """Every fault with what became of it."""
    for fault in faults:
        place = placed(fault, files)
        yield fault, copy.tried(fault, place, reach) if place else NOT_PLACED


def told(number: int, fault: Fault, result: Result) -> str:
    """One fault for somebody who waits."""
    return (
        f"{number:3} {result.result:10} {fault.file} {fault.function}\n"
        f"    - {fault.line}\n    + {fault.fault}\n    {result.caught_by or f'{result.tests} tests'}"
    )


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    """Keep what is known so far."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=TOP, capture_output=True, text=True).stdout.strip()
    kept = {"seed": SEED, "commit": commit, "counts": counts(rows), "faults": rows}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def counts(rows: list[dict[str, Any]]) -> dict[str, int]:
    """How many were tried, and how each ended."""
    return {"faults": len(rows), **Counter(str(row["result"]) for row in rows)}


def summed_up(rows: list[dict[str, Any]], earlier: dict[Fault, str], unsure: list[str]) -> int:
    """Say how it went, and against which earlier result. Returns: the status of the run."""
    print("\n" + ", ".join(f"{name}: {number}" for name, number in counts(rows).items()))
    lost = [
        fault
        for fault, result in ((fault_of(kept), kept["result"]) for kept in rows)
        if result == "missed" and earlier.get(fault, result) != result
    ]
    if earlier:
        print("before: " + ", ".join(f"{name}: {number}" for name, number in Counter(earlier.values()).items()))
    for fault in lost:
        print(f"no longer caught: {fault.file} {fault.function}: {fault.line}  →  {fault.fault}")
    for test in unsure:
        print(f"fails without a fault as well, what it caught does not count: {test}")
    return 1 if lost or unsure else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
