"""Packing photos into one ZIP file in parts: 500 and 2,000 photos of print size, time and peak memory.

The floor is one ``zipfile`` over the same files, stored, in one go. Both read from a disk and write to one; every run
is a process of its own, imports of Django counted for neither. Before a figure counts the file is read back whole.
"""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bench import frame
from workflow.zip_in_parts import Entry, Names, PartWriter, directory

SIZES = (500, 2000)
PHOTO_BYTES = 400_000
"""About what a photo of 1,600 pixels has as JPEG of quality 80."""
PART_FILES = 200
ROUNDS = 3
AT = datetime(2015, 9, 1)


def main() -> None:
    """Run it and write ``bench/results/parcel.json``."""
    rows: list[frame.Row] = []
    with tempfile.TemporaryDirectory(prefix="quality-month-bench-") as top:
        folder = Path(top)
        noise = random.Random(1)
        photos = [folder / f"{number}.jpg" for number in range(SIZES[-1])]
        for photo in photos:
            photo.write_bytes(noise.randbytes(PHOTO_BYTES))
        for size in SIZES:
            rows += measured(photos[:size], folder)
    frame.publish("parcel", rows, method=f"{ROUNDS} runs each, files of {PHOTO_BYTES:,} bytes", checked="read back")


def measured(photos: list[Path], folder: Path) -> list[frame.Row]:
    """Time the floor and the parts on so many photos.

    Arguments: the photos; a folder for what is written. Returns: the floor's row and that of the parts.
    """
    size = f"{len(photos)} photos"
    floor_times, floor_peak = run(lambda: at_once(photos, folder / "once.zip"))
    floor = frame.row("floor: one zipfile", size, floor_times, peak_mb=floor_peak)
    times, peak = run(lambda: in_parts(photos, folder / "parts.zip"))
    check(folder / "parts.zip", photos)
    return [floor, frame.row("in parts", size, times, floor, peak_mb=peak)]


def run(work: Callable[[], object]) -> tuple[list[float], float]:
    """Times of some runs, and the peak memory of one in a process of its own."""
    _, peak = frame.in_child(work)
    return frame.timed(work, ROUNDS), peak


def at_once(photos: list[Path], target: Path) -> None:
    """One ZIP file over all photos."""
    with zipfile.ZipFile(target, "w") as archive:
        for photo in photos:
            archive.write(photo, photo.name)


def in_parts(photos: list[Path], target: Path) -> None:
    """The same in parts, each kept in a file of its own first, as a package is."""
    names, entries, before = Names(), list[Entry](), 0
    with target.open("wb") as whole:
        for start in range(0, len(photos), PART_FILES):
            with tempfile.TemporaryFile() as part:
                with PartWriter(part, before) as writer:
                    for photo in photos[start : start + PART_FILES]:
                        with photo.open("rb") as source:
                            writer.add(names.unique("Unit", photo.name), source, AT, size=PHOTO_BYTES)
                before += part.seek(0, io.SEEK_END)
                entries += writer.entries
                part.seek(0)
                while piece := part.read(2**18):
                    whole.write(piece)
        whole.write(directory(entries, before))


def check(target: Path, photos: list[Path]) -> None:
    """Every photo is in it as it was. Raises: RuntimeError."""
    with zipfile.ZipFile(target) as archive:
        wrong = [photo for photo in photos if archive.read(f"Unit/{photo.name}") != photo.read_bytes()]
    if wrong:
        raise RuntimeError(f"{len(wrong)} files came out differently, the first: {wrong[0].name}")
