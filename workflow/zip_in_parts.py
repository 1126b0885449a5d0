"""One large ZIP file, made in parts that are kept one by one, so that a killed worker goes on where it was.

A ZIP file is its entries one behind the other, then a directory that says where each begins. So each part holds some
entries as they will stand in the file, knowing how many bytes lie before it; the last part holds the directory; and
the download hands out the parts one after the other. Nothing is ever put together on a disk or in memory, the parts
may lie in any storage, and ZIP64 comes by itself (ISO/IEC 21320-1, APPNOTE.TXT 4.3).
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

CHUNK = 256 * 1024
LONGEST = 100
"""Characters of one part of a path: a folder or a file name. Windows takes 255, of the whole path 260."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+')
_DEVICES = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?=$|[.\s])", re.IGNORECASE
)
_STORED = re.compile(r"\.(?:jpe?g|png|webp|gif|heic|mp4|mov|mp3|zip|docx|xlsx|pptx|pdf)$", re.IGNORECASE)
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""ZIP knows no earlier one."""


# --- names -------------------------------------------------------------------------------------------


def safe(name: str, *, longest: int = LONGEST) -> str:
    r"""A name that Windows, macOS and Linux all take for one file or folder.

    Arguments: any text; the most characters. Returns: without < > : " / \ | ? *, control and invisible characters;
    no device of MS-DOS (CON, NUL, COM1 …), no point or space at the end, never empty; its ending kept when cut.
    See https://learn.microsoft.com/windows/win32/fileio/naming-a-file.
    """
    text = unicodedata.normalize("NFC", "".join(each for each in name if unicodedata.category(each) != "Cs"))
    text = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", text)).strip(" .")
    if _DEVICES.match(text):
        text = f"_{text}"
    stem, ending = split_ending(text)
    return f"{stem[: longest - len(ending)].rstrip(' .')}{ending}" or "_"


def split_ending(name: str) -> tuple[str, str]:
    """Stem and ending (with its point, at most ten characters); an empty ending when there is none."""
    stem, point, ending = name.rpartition(".")
    return (stem, f".{ending}") if point and stem and 0 < len(ending) <= 10 and " " not in ending else (name, "")


class Names:
    """Makes paths unique: also for systems that take A and a, or é written in two ways, for the same."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = {self.key(path) for path in taken}

    @staticmethod
    def key(path: str) -> str:
        """What Windows and macOS compare."""
        return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", path).casefold())

    def unique(self, *parts: str) -> str:
        """The safe path of these parts; a number behind the last one when it is taken. The same calls in the same
        order give the same names."""
        *folders, last = [safe(part) for part in parts]
        path, number = "/".join([*folders, last]), 1
        while self.key(path) in self.taken:
            number += 1
            stem, ending = split_ending(last)
            mark = f" ({number})"
            path = "/".join([*folders, f"{stem[: LONGEST - len(ending) - len(mark)].rstrip(' .')}{mark}{ending}"])
        self.taken.add(self.key(path))
        return path


# --- entries -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """What the directory must know of one file: plain values, kept as JSON with the part."""

    path: str
    offset: int
    size: int
    packed: int
    crc: int
    method: int
    flags: int
    version: int
    time: tuple[int, int, int, int, int, int]

    @classmethod
    def of(cls, info: zipfile.ZipInfo) -> "Entry":
        """What was written."""
        return cls(
            info.filename,
            info.header_offset,
            info.file_size,
            info.compress_size,
            info.CRC,
            info.compress_type,
            info.flag_bits,
            info.extract_version,
            info.date_time,
        )

    def info(self) -> zipfile.ZipInfo:
        """The same for :mod:`zipfile`."""
        found = zipfile.ZipInfo(self.path, tuple(self.time))  # type: ignore[arg-type]  # JSON has lists
        found.header_offset, found.file_size, found.compress_size = self.offset, self.size, self.packed
        found.CRC, found.compress_type, found.flag_bits = self.crc, self.method, self.flags
        found.extract_version = self.version
        found.external_attr = 0o644 << 16
        return found


class Behind(io.RawIOBase):
    """A file of which so many bytes lie elsewhere, before its beginning: positions count from there."""

    def __init__(self, file: IO[bytes], before: int) -> None:
        self.file, self.before = file, before

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.before + self.file.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_SET:
            offset -= self.before
        return self.before + self.file.seek(offset, whence)

    def write(self, data: Any) -> int:
        return self.file.write(data)


class PartWriter:
    """Writes the entries of one part into a file of its own.

    Arguments: an empty file open for writing; how many bytes the parts before it have. Use as a context; afterwards
    ``entries`` are those written and the file ends behind the last one.
    """

    def __init__(self, file: IO[bytes], before: int) -> None:
        self.file = file
        self.zip = zipfile.ZipFile(Behind(file, before), "w")
        self.entries: list[Entry] = []

    def __enter__(self) -> "PartWriter":
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave out the directory that a closing ZIP file writes: there will be one for all parts."""
        self.entries = [Entry.of(info) for info in self.zip.infolist()]
        end = self.file.tell()
        self.zip.close()
        self.file.truncate(end)
        self.file.seek(end)

    @property
    def size(self) -> int:
        """How many bytes it has now."""
        return self.file.tell()

    def add(self, path: str, source: IO[bytes], at: datetime, *, size: int = 0) -> None:
        """Add a file, read piece by piece; what is packed already (photos, clips, Word) is stored as it is.

        Arguments: its path, made by :class:`Names`; what to read; its time; its size where it is known.
        """
        info = zipfile.ZipInfo(path, max(at.timetuple()[:6], FIRST_DAY))
        info.compress_type = zipfile.ZIP_STORED if _STORED.search(path) else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        info.file_size = size
        with self.zip.open(info, "w", force_zip64=size > 2**31 - 2**20) as target:
            while piece := source.read(CHUNK):
                target.write(piece)


def directory(entries: Iterable[Entry], before: int) -> bytes:
    """The last part: the directory over the entries of all parts.

    Arguments: the entries in order; how many bytes all parts have together.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(Behind(file, before), "w") as whole:
        whole.infolist().extend(entry.info() for entry in entries)
    return file.getvalue()


def read_through(files: Iterable[Any]) -> Iterator[bytes]:
    """The parts one after the other, piece by piece.

    Arguments: stored files (FieldFile), opened when their turn comes.
    """
    for stored in files:
        with stored.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece
