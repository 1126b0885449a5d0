"""What may be handed on: every file that is accepted and kept is judged here by what a parser finds in it.

One judge behind every door. A file stays as it came, is made clean where a reader loses nothing by it, or is refused
with what to do. It works in the child for what strangers hand in (``documents.elsewhere.STRANGERS``).
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from documents.answers import Judged
from documents.elsewhere import STRANGERS


def judged(name: str, file: bytes | Path) -> Judged:
    """Judge a file that is to be handed on to others.

    name: as its owner calls it; its ending was found to be that of its content (``documents.file_beginnings``).
    Raises Refused with what to do; Unavailable when it takes too long.
    """
    return cast(Judged, STRANGERS.call("documents.safety.judge", "judge", name, file))
