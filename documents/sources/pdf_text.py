"""The text of a PDF, read in a process of its own so that a hostile file can neither fill nor crash this one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from documents.refusal import REASONS, Refused

SECONDS = 18
_ROOT = Path(__file__).resolve().parents[2]


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF with a text layer, tables as rows of tabs.

    Raises Refused when it is a scan, encrypted, damaged, longer than 200 pages, or takes too long.
    """
    command = [sys.executable, "-m", "documents.sources.pdf_child"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, cwd=_ROOT, check=False)
    except subprocess.TimeoutExpired as error:
        raise Refused("too-slow") from error
    if done.returncode == 0:
        return done.stdout.decode("utf-8", errors="replace")
    code = done.stderr.decode("utf-8", errors="replace").strip().rsplit("\n", 1)[-1]
    raise Refused(code if code in REASONS else "damaged")
