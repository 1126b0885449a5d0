"""A reader in a process of its own: a hostile file can neither fill this one nor bring it down."""

from __future__ import annotations

import logging
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from django.conf import settings

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
    command = [sys.executable, "-m", "documents.in_child", module]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, cwd=_ROOT, check=False)
    except subprocess.TimeoutExpired as error:
        raise Refused("too-slow") from error
    if done.returncode == 0:
        return done.stdout.decode("utf-8", errors="replace")
    code = done.stderr.decode("utf-8", errors="replace").strip().rsplit("\n", 1)[-1]
    gave_up = done.returncode == -signal.SIGABRT  # as a library does that gets no memory
    raise Refused(code if code in REASONS else "too-slow" if gave_up else "damaged")


def serve(module: str) -> int:
    """Let a module ``read`` standard input; write standard output; return 0, or 1 with the reason on standard error."""
    settings.configure()  # a reader says no words, so the settings of the site are not loaded
    read: Callable[[bytes], str] = import_module(f"documents.{module}").read
    logging.disable()  # what the libraries remark on a file is for nobody
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    try:
        text = read(sys.stdin.buffer.read())
    except Stop as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    except MemoryError:
        sys.stderr.write("too-slow\n")
        return 1
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace"))
    return 0


if __name__ == "__main__":
    from documents import in_child

    raise SystemExit(in_child.serve(sys.argv[1]))
