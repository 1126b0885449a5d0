"""A set chapter in the form in which the binder can write it straight into a book.

A fragment is the objects of a small PDF with their references taken out, its pages, its bookmarks and the glyphs it
needs; it carries no fonts, since the book has one subset of each for all chapters. On disk: how long head and file
are, a checksum of the head, the head as JSON, and the bytes of all streams one after the other, so that binding copies
and never parses; whether a file is whole is seen without reading it through.
"""

from __future__ import annotations

import io
import json
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import pikepdf
from pikepdf import Name

from documents.paper.font_uses import FontUse

Pieces: TypeAlias = list[str | int]  # PDF text with the number of an object of the fragment where one is referred to
FONTS = -1  # refers to the fonts of the book
_BEGINNING = struct.Struct(">QQQI")  # lengths of the head, of its glyphs, of the file; checksum of head and glyphs


@dataclass(slots=True)
class Item:
    """One object: its text, and where the bytes of its stream lie; same: a digest by which images are shared."""

    text: Pieces
    start: int = 0
    length: int | None = None
    same: str = ""


@dataclass(slots=True)
class Leaf:
    """One page: the objects of its content and its resources, its size in points."""

    content: int
    resources: int
    width: float
    height: float


@dataclass(slots=True)
class Mark:
    """One bookmark: level from 1, label, page from 0, height on the page in points from the foot; open or closed."""

    level: int
    label: str
    page: int
    y: float
    open: bool = True


@dataclass(slots=True)
class Fragment:
    """The head of a fragment; anchors: named points (page, x, y from the foot).

    glyphs: which glyphs of each font it needs, one bit each. What they mean and how wide they are is read only where a
    book does not know them yet (``fonts_of``): most chapters of a book bring no new ones.
    """

    leaves: list[Leaf]
    items: list[Item]
    marks: list[Mark]
    glyphs: dict[str, int]
    anchors: dict[str, tuple[int, float, float]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    digest: str = ""

    def save(self, path: Path, streams: bytes, fonts: Mapping[str, FontUse]) -> None:
        """Write the fragment at once: a reader sees all of it or nothing."""
        values = [
            [astuple(leaf) for leaf in self.leaves],
            [[item.text, item.start, item.length, item.same] for item in self.items],
            [astuple(mark) for mark in self.marks],
            {name: f"{bits:x}" for name, bits in self.glyphs.items()},
            self.anchors,
            self.missing,
            self.digest,
        ]
        head, meant = _json(values), _json({name: astuple(use) for name, use in fonts.items()})
        part = path.with_suffix(f".{os.getpid()}.part")
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            whole = _BEGINNING.size + len(head) + len(meant) + len(streams)
            out.write(_BEGINNING.pack(len(head), len(meant), whole, zlib.crc32(head + meant)))
            for piece in (head, meant, streams):
                out.write(piece)
        part.replace(path)


def bits_of(fonts: Mapping[str, FontUse]) -> dict[str, int]:
    """The glyphs of each font, one bit each."""
    return {name: sum(1 << int(glyph) for glyph in use.unicode) for name, use in fonts.items()}


def fonts_of(stream: BinaryIO) -> dict[str, FontUse]:
    """What the glyphs of an open fragment mean and how wide they are."""
    stream.seek(0)
    _head, meant, _start = _read(stream)
    return {name: FontUse(*use) for name, use in json.loads(meant).items()}


def is_whole(path: Path) -> bool:
    """Whether a file is a whole fragment: as long as it says, its head as it was written."""
    with path.open("rb") as stream:
        try:
            _read(stream)
        except ValueError:
            return False
    return True


def load(stream: BinaryIO) -> tuple[Fragment, int]:
    """Read the head of a fragment; return it and where its streams begin.

    Raises ValueError when the file is not a whole fragment.
    """
    head, _meant, start = _read(stream)
    leaves, items, marks, glyphs, *others = json.loads(head)
    found = Fragment(
        [Leaf(*leaf) for leaf in leaves],
        [Item(*item) for item in items],
        [Mark(*mark) for mark in marks],
        {name: int(bits, 16) for name, bits in glyphs.items()},
        *others,
    )
    return found, start


def _json(values: Any) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _read(stream: BinaryIO) -> tuple[bytes, bytes, int]:
    beginning = stream.read(_BEGINNING.size)
    if len(beginning) < _BEGINNING.size:
        raise ValueError("not a fragment")
    length, glyphs, whole, checksum = _BEGINNING.unpack(beginning)
    if whole != os.fstat(stream.fileno()).st_size or length + glyphs > whole:
        raise ValueError("not a whole fragment")
    both = stream.read(length + glyphs)
    if zlib.crc32(both) != checksum:
        raise ValueError("not the head that was written")
    return both[:length], both[length:], _BEGINNING.size + length + glyphs


def cut(pdf: bytes) -> tuple[list[Leaf], list[Item], bytes]:
    """Take a PDF without fonts apart into pages, objects and the bytes of all streams."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        cutter = _Cutter()
        leaves = [
            Leaf(
                cutter.number(sheet.obj["/Contents"]),
                cutter.number(sheet.obj["/Resources"]),
                float(sheet.mediabox[2]),
                float(sheet.mediabox[3]),
            )
            for sheet in opened.pages
        ]
        cutter.run()
        return leaves, cutter.items, b"".join(cutter.streams)


def cut_object(pdf: bytes, key: str) -> tuple[int, list[Item], bytes]:
    """Take one entry of the resources of page 1 apart; returns its number among the objects, them, the streams."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        cutter = _Cutter(keep_fonts=True)
        found = opened.pages[0].obj["/Resources"][key]
        number = cutter.number(found if found.is_indirect else opened.make_indirect(found))
        cutter.run()
        return number, cutter.items, b"".join(cutter.streams)


class _Cutter:
    """Walks the objects that are referred to, in the order of their first mention, so that the result is stable."""

    def __init__(self, keep_fonts: bool = False) -> None:
        self.keep_fonts = keep_fonts
        self.items: list[Item] = []
        self.streams: list[bytes] = []
        self.waiting: list[pikepdf.Object] = []
        self.known: dict[tuple[int, int], int] = {}
        self.position = 0

    def number(self, obj: pikepdf.Object) -> int:
        if obj.objgen not in self.known:
            self.known[obj.objgen] = len(self.known)
            self.waiting.append(obj)
        return self.known[obj.objgen]

    def run(self) -> None:
        for obj in self._queue():
            pieces = list(self._pieces(obj, top=True))
            item = Item(_joined(pieces))
            if isinstance(obj, pikepdf.Stream):
                data = obj.read_raw_bytes()
                item.start, item.length = self.position, len(data)
                if obj.get("/Subtype") == Name.Image:
                    item.same = sha256(data).hexdigest()
                self.streams.append(data)
                self.position += len(data)
            self.items.append(item)

    def _queue(self) -> Iterator[pikepdf.Object]:
        index = 0
        while index < len(self.waiting):
            yield self.waiting[index]
            index += 1

    def _pieces(self, obj: Any, top: bool = False) -> Iterator[str | int]:
        if isinstance(obj, pikepdf.Object) and obj.is_indirect and not top:
            yield self.number(obj)
        elif isinstance(obj, (pikepdf.Dictionary, pikepdf.Stream)):
            yield "<<"
            for key in sorted(obj.keys()):
                if key == "/Length":
                    continue
                yield f"{key} "
                if key == "/Font" and not self.keep_fonts:
                    yield FONTS
                else:
                    yield from self._pieces(obj[key])
                yield " "
            yield ">>"
        elif isinstance(obj, pikepdf.Array):
            yield "["
            for entry in obj:
                yield from self._pieces(entry)
                yield " "
            yield "]"
        else:
            yield _plain(obj)


def _plain(obj: Any) -> str:
    if isinstance(obj, bool):
        return "true" if obj else "false"
    if obj is None:
        return "null"
    if isinstance(obj, pikepdf.Object):
        return obj.unparse().decode("latin-1")
    return str(obj)


def _joined(pieces: list[str | int]) -> Pieces:
    """Join neighbouring texts, so that only references stand apart."""
    joined: Pieces = []
    for piece in pieces:
        if joined and isinstance(piece, str) and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined
