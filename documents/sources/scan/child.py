"""The process that reads a scan: bytes on standard input; a line of JSON for each page read, the last with the text."""

from __future__ import annotations

import json
import logging
import resource
import sys

from django.conf import settings

from documents.in_child import Stop
from documents.refusal import Refused

from .reader import ScanReader

MEMORY = 1024 * 1024 * 1024
SECONDS = 40
"""Of CPU for each page, at most; a page takes some six."""


def main() -> int:
    """Read standard input; return 0, or 1 with the reason on standard error."""
    settings.configure()
    logging.disable()
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    try:
        reader = ScanReader(sys.stdin.buffer.read())
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS * (reader.count + 1),) * 2)
        for done in reader.read():
            say({"page": done, "of": reader.count})
        say({"text": reader.text(), "doubts": reader.doubts, "seals": reader.seals, "blank": reader.blank})
    except (Stop, Refused) as reason:
        sys.stderr.write(f"{reason.code if isinstance(reason, Refused) else reason}\n")
        return 1
    except MemoryError:
        sys.stderr.write("too-slow\n")
        return 1
    return 0


def say(what: dict[str, object]) -> None:
    """Write a line."""
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
