"""``python -m bench [name…]``: run the named benchmarks, or all of them, each in a process of its own."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

SHARED = {
    "frame",
    "settings",
    "urls",
    "client",
    "visitor",
    "issuing",
    "ofd_out",
    "filled",
    "bare",
    "crowd",
    "house",
    "month_visitor",
    "rushed",
    "list_pages",
    "found_pages",
    "searched",
    "post_office",
    "bare_mails",
    "cascaded",
    "reminded",
    "returned",
    "history",
    "editioned",
    "freezing",
    "read_back",
    "typeset",
}  # no benchmarks: what they stand on


def names() -> list[str]:
    """Every benchmark: the modules and packages of this one that are not shared ground."""
    found = {module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])}
    return sorted(name for name in found - SHARED if not name.startswith("_"))


def main(wanted: list[str]) -> int:
    """Run them one after the other.

    Arguments: names; none means all. Returns: 0 when every one of them ended well.
    """
    if unknown := set(wanted) - set(names()):
        print(
            f"✗ No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(names())}",
            file=sys.stderr,
        )
        return 2
    if len(wanted) == 1:
        importlib.import_module(f"bench.{wanted[0]}").main()
        return 0
    failed = [
        name
        for name in wanted or names()
        if subprocess.run([sys.executable, "-m", "bench", name], env=os.environ | {"PYTHONUNBUFFERED": "1"}).returncode
    ]
    if failed:
        print(f"✗ failed: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
