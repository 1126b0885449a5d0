"""The process in which a reader works (``in_child.py``): ``python -m documents.child sources.pdf_child``."""

from __future__ import annotations

import gc
import logging
import resource
import sys
from collections.abc import Callable
from importlib import import_module

from django.conf import settings

from documents.in_child import MEMORY, Stop


def serve(module: str) -> int:
    """Let a module ``read`` standard input; write standard output; return 0, or 1 with the reason on standard error."""
    settings.configure()  # a reader says no words, so the settings of the site are not loaded
    read: Callable[[bytes], str] = import_module(f"documents.{module}").read
    gc.disable()  # one file, then it ends: nothing it makes is garbage
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
    raise SystemExit(serve(sys.argv[1]))
