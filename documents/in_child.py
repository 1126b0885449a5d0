"""A reader in a process of its own: a hostile file can neither fill this one nor bring it down."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from documents.refusal import REASONS, Refused

SECONDS = 18
MEMORY = 260 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[1]


class Stop(Exception):
    """The reading ends with a reason (a key of refusal.REASONS)."""


def answer_of(module: str, data: bytes) -> str:
    """Return what a module of a room (``sources.pdf_child``) makes of a file, read in a process of its own.

    Raises Refused with the reason it gives, or when it takes too long or too much memory.
    """
    command = [sys.executable, "-m", "documents.child", module]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, cwd=_ROOT, check=False)
    except subprocess.TimeoutExpired as error:
        raise Refused("too-slow") from error
    if done.returncode == 0:
        return done.stdout.decode("utf-8", errors="replace")
    code = done.stderr.decode("utf-8", errors="replace").strip().rsplit("\n", 1)[-1]
    gave_up = done.returncode == -signal.SIGABRT  # as a library does that gets no memory
    raise Refused(code if code in REASONS else "too-slow" if gave_up else "damaged")
