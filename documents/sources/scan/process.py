"""A scan read in a process of its own with ceilings of memory and time, page by page; the part is optional."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from documents.answers import Source
from documents.counts import so_many, so_many_noop
from documents.refusal import REASONS, Refused
from documents.text import plain_ideographs

_ROOT = Path(__file__).resolve().parents[3]
_PATIENCE = 240
"""Seconds without a further page after which it is given up; a busy machine takes its time."""
_MOST = 5
DOUBTS = so_many_noop(
    "%(n)s place of the scan was hard to read: %(places)s. Please compare it with the paper.",
    "%(n)s places of the scan were hard to read: %(places)s. Please compare them with the paper.",
)
SEALS = so_many_noop(
    "A seal stands on the scan: %(places)s. It was not verified here.",
    "%(n)s seals stand on the scan: %(places)s. They were not verified here.",
)
BLANK = so_many_noop("%(n)s page holds no text: page %(places)s.", "%(n)s pages hold no text: pages %(places)s.")


def is_installed() -> bool:
    """Return whether the optional part is there (``requirements-scans.txt``)."""
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime"))


def scan_source(name: str, data: bytes, progress: Callable[[int, int], None] | None = None) -> Source:
    """Return the text of a scan: a PDF or an OFD of pictures, a photograph of paper.

    progress: is told after each page how many of how many are read. Raises Refused: the part is not installed (how to
    add it), nothing can be read, damaged, too long.
    """
    if not is_installed():
        raise Refused("no-scans")
    told: dict[str, Any] = {}
    for said in _answers(data):
        told = said
        if progress and "page" in said:
            progress(said["page"], said["of"])
    return Source(name, plain_ideographs(told["text"]), "scan", tuple(_notes(told)))


def _answers(data: bytes) -> Iterator[dict[str, Any]]:
    """What the process says, line by line."""
    with tempfile.TemporaryFile() as errors:
        command = [sys.executable, "-m", "documents.sources.scan.child"]
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=_ROOT, bufsize=0
        )
        assert child.stdin and child.stdout
        try:
            child.stdin.write(data)
            child.stdin.close()
            while select.select([child.stdout], [], [], _PATIENCE)[0]:
                line = child.stdout.readline()
                if not line:
                    break
                yield json.loads(line)
            else:
                raise Refused("too-slow")
        except BrokenPipeError:
            pass  # it gave up before it had read all; it says why
        finally:
            child.kill() if child.poll() is None and sys.exc_info()[0] else None
            child.wait()
            child.stdout.close()
        if child.returncode:
            errors.seek(0)
            code = errors.read().decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
            raise Refused(code if code in REASONS else "too-slow" if child.returncode < 0 else "damaged")


def _notes(told: dict[str, Any]) -> Iterator[str]:
    if doubts := told["doubts"]:
        places = "、".join(f"{page} “{near}”" for page, near, _sure in doubts[:_MOST])
        yield so_many(*DOUBTS, len(doubts), places=places + ("…" if len(doubts) > _MOST else ""))
    if told["seals"]:
        yield so_many(*SEALS, len(told["seals"]), places="、".join(f"“{name}”" for name in told["seals"][:_MOST]))
    if told["blank"]:
        yield so_many(*BLANK, len(told["blank"]), places="、".join(map(str, told["blank"][:_MOST])))
