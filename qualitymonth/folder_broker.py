"""The queue as files in a folder, where there is no Redis; ready for programs that start at the same moment.

Kombu (5.7.0, transport/filesystem.py) opens an empty file for the table of an exchange and locks it only then: a second
worker that reads it in between finds no table and ends. So the tables are there before either comes.
"""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

EXCHANGES = ("quick", "celery.pidbox", "reply.celery.pidbox", "celeryev")
"""That of the lanes has the name of the first one; the others are those through which workers are asked and answer."""


def ready(folder: Path) -> dict[str, str]:
    """Make the folder, and in it the table of each exchange that has none.

    Arguments: the folder. Returns: what kombu is to know of it. Raises: OSError when nothing can be written there.
    """
    queue, control = folder / "queue", folder / "control"
    for each in (queue, control):
        each.mkdir(parents=True, exist_ok=True)
    for name in EXCHANGES:
        if not (table := control / f"{name}.exchange").exists():
            begin(table)
    return {"data_folder_in": str(queue), "data_folder_out": str(queue), "control_folder": str(control)}


def begin(table: Path) -> None:
    """Put an empty table there in one step, unless another program was faster."""
    with NamedTemporaryFile("w", dir=table.parent) as file:
        file.write("[]")
        file.flush()
        with suppress(OSError):  # it is there now; or this folder knows no links, and kombu makes it
            os.link(file.name, table)
