"""How files of each kind begin: the name of a file alone proves nothing."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

ZIPPED, OLE, MEDIA = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0",), (b"ftyp",)
BEGINS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",), ".ai": (b"%PDF-", b"%!PS"), ".eps": (b"%!PS", b"\xc5\xd0\xd3\xc6"), ".psd": (b"8BPS",),
    ".docx": ZIPPED, ".xlsx": ZIPPED, ".pptx": ZIPPED, ".zip": ZIPPED,
    ".doc": (*OLE, b"{\\rtf"), ".xls": OLE, ".wps": (*OLE, *ZIPPED), ".et": (*OLE, *ZIPPED),
    ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".png": (b"\x89PNG",), ".webp": (b"RIFF",),
    ".mp4": MEDIA, ".mov": (*MEDIA, b"moov", b"wide", b"mdat"),
}  # fmt: skip
"""By the end of the name; a clip carries its mark behind four bytes of length."""


def is_what_it_says(file: Any, kinds: Iterable[str]) -> bool:
    """Whether a file is of one of these kinds, by its name and by how it begins.

    Arguments: an uploaded file, which is left at its beginning; ends of names, all of them in ``BEGINS``.
    """
    end = PurePath(file.name).suffix.lower()
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    marks = BEGINS[end] if end in kinds else ()
    return head.startswith(marks) or head[4:].startswith(marks)
