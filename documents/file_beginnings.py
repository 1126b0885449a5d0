"""How files of each kind begin: the name of a file proves nothing. The one table that every door asks."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Container
from pathlib import PurePath
from typing import IO

Test = Callable[[bytes], bool]

HEAD = 4096
"""So many bytes tell what a file is; whether it is a text, and nothing in disguise, needs most of them."""
_BLANK = b"\xef\xbb\xbf \t\r\n"


def _mark(*marks: bytes, at: int = 0) -> Test:
    return lambda head: head.startswith(marks, at)


def _riff(form: bytes) -> Test:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


def _any(*tests: Test) -> Test:
    return lambda head: any(test(head) for test in tests)


def _media(head: bytes) -> bool:
    """The box that MP4 begins with; still pictures (HEIC, AVIF) have the same box with a brand of their own."""
    return head.startswith(b"ftyp", 4) and not _still(head)


def _pdf(head: bytes) -> bool:
    """Blanks before the mark hinder no reader; anything else before it makes another file of it."""
    return head.lstrip(_BLANK).startswith(b"%PDF-")


def _bitmap(head: bytes) -> bool:
    """“BM” may begin a text too: in a bitmap four bytes stay empty behind the size."""
    return head[:2] == b"BM" and head[6:10] == bytes(4)


def _text(head: bytes) -> bool:
    """No NUL, unless it is marked as UTF-16, and no page or program in disguise."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    return b"\0" not in head and not head.lstrip(_BLANK).lower().startswith((b"<", b"#!", b"mz"))


def _mp3(head: bytes) -> bool:
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


_heif = _mark(
    *(b"ftyp" + brand for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")), at=4
)
_still = _any(_heif, _mark(b"ftypavif", b"ftypavis", at=4))
_ole, _zip = _mark(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), _mark(b"PK\x03\x04")
_rtf, _jpeg, _tiff = _mark(b"{\\rtf"), _mark(b"\xff\xd8\xff"), _mark(b"II*\0", b"MM\0*")

BEGINS: dict[str, Test] = {
    ".pdf": _pdf, ".ai": _any(_pdf, _mark(b"%!PS")), ".eps": _mark(b"%!PS", b"\xc5\xd0\xd3\xc6"),
    ".psd": _mark(b"8BPS"), ".ofd": _zip, ".zip": _zip,
    ".docx": _zip, ".xlsx": _zip, ".pptx": _zip,
    ".doc": _any(_ole, _rtf), ".rtf": _rtf,  # Word and WPS write and open both under the name of the other
    ".xls": _ole, ".ppt": _ole, ".wps": _ole, ".et": _ole, ".dps": _ole,
    ".txt": _text, ".csv": _text,
    ".jpg": _jpeg, ".jpeg": _jpeg, ".png": _mark(b"\x89PNG\r\n\x1a\n"), ".webp": _riff(b"WEBP"),
    ".gif": _mark(b"GIF87a", b"GIF89a"), ".bmp": _bitmap, ".tif": _tiff, ".tiff": _tiff, ".heic": _heif, ".heif": _heif,
    ".mp4": _media, ".m4v": _media, ".m4a": _media, ".mov": _any(_media, _mark(b"moov", b"wide", b"mdat", at=4)),
    ".webm": _mark(b"\x1a\x45\xdf\xa3"), ".avi": _riff(b"AVI "), ".wmv": _mark(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
    ".mp3": _mp3, ".wav": _riff(b"WAVE"),
}  # fmt: skip
"""By the end of the name, in small letters. What is inside a zipped document, whoever takes it in looks at."""

_WORD = "wordprocessingml."
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*>")


def word_part(file: zipfile.ZipFile) -> str:
    """Return the name of the part of a Word file that holds its text, "" when it is none.

    Programs name it as they like (word/document2.xml is usual online): the package says which part it is.
    """
    names = file.namelist()
    for listed, entry, name, kind in (
        ("_rels/.rels", _RELATION, "Target", "/officeDocument"),
        ("[Content_Types].xml", _OVERRIDE, "PartName", (f"{_WORD}document.main+xml", f"{_WORD}template.main+xml")),
    ):
        text = file.read(listed)[: 2**20] if listed in names else b""
        for found in entry.findall(text):
            said: dict[str, str] = dict(
                re.findall(r"""(\w+)\s*=\s*["']([^"']*)["']""", found.decode("utf-8", "replace"))
            )
            part = said.get(name, "").removeprefix("/").removeprefix("./")
            is_it = said.get("Type", said.get("ContentType", "")).endswith(kind)
            if is_it and part in names and not part.startswith(("xl/", "ppt/")):
                return part
    return "word/document.xml" if "word/document.xml" in names else ""


_OFD = re.compile(rb"<(?:[\w-]+:)?OFD[\s>]")


def ofd_part(file: zipfile.ZipFile) -> str:
    """Return the name of the part an OFD begins with, "" when a package is none: a Word file may hold any name.

    Programs write it as OFD.xml, some files with a slash before it; it is one by what it holds.
    """
    for name in file.namelist():
        if name.lstrip("/").casefold() == "ofd.xml":
            with file.open(name) as part:
                head = part.read(HEAD).replace(b"\0", b"")
            return name if _OFD.search(head) else ""
    return ""


OLD_OFFICE = (".doc", ".xls", ".ppt", ".wps", ".et", ".dps")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".heif")
FILMS = (".mp4", ".m4v", ".mov", ".webm", ".avi", ".wmv")


def begins_as(head: bytes, *kinds: str) -> bool:
    """Return whether a file that begins so can be of one of these kinds (keys of BEGINS)."""
    return any(BEGINS[kind](head) for kind in kinds)


def is_film(head: bytes) -> bool:
    """Return whether a file that begins so shows moving pictures; sound in the box of MP4 is none."""
    return begins_as(head, *FILMS) and not head.startswith((b"ftypM4A", b"ftypM4B"), 4)


def is_what_it_says(file: IO[bytes], name: str, kinds: Container[str]) -> bool:
    """Return whether a file is of one of these kinds, by its name and by how it begins.

    file: an open file, which is left at its beginning; name: as its owner calls it; kinds: keys of BEGINS.
    """
    kind = PurePath(name).suffix.lower()
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return kind in kinds and begins_as(head, kind)
