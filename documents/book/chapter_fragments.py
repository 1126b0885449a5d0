"""A set chapter in the form in which the binder can write it straight into a book.

A fragment is the objects of a small PDF with their references taken out, its pages, its bookmarks and the glyphs it
needs; it carries no fonts, since the book has one subset of each for all chapters. On disk: the length of a JSON
head, the head, and the bytes of all streams one after the other, so that binding copies and never parses.
"""

from __future__ import annotations

import io
import json
import os
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import pikepdf
from pikepdf import Name

from documents.paper.font_uses import FontUse

Pieces: TypeAlias = list[str | int]  # PDF text with the number of an object of the fragment where one is referred to
FONTS = -1  # refers to the fonts of the book


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
    """The head of a fragment; path or data: where its streams are; anchors: named points (page, x, y from the foot)."""

    leaves: list[Leaf]
    items: list[Item]
    marks: list[Mark]
    fonts: dict[str, FontUse]
    anchors: dict[str, tuple[int, float, float]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    digest: str = ""

    def save(self, path: Path, streams: bytes) -> None:
        """Write the fragment at once: a reader sees all of it or nothing."""
        head = json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()
        part = path.with_suffix(f".{os.getpid()}.part")
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            out.write(struct.pack(">Q", len(head)))
            out.write(head)
            out.write(streams)
        part.replace(path)


def load(stream: BinaryIO) -> tuple[Fragment, int]:
    """Read the head of a fragment; return it and where its streams begin.

    Raises ValueError when the file is not a whole fragment.
    """
    try:
        (length,) = struct.unpack(">Q", stream.read(8))
        values = json.loads(stream.read(length))
    except (struct.error, json.JSONDecodeError, UnicodeDecodeError, MemoryError, OverflowError) as error:
        raise ValueError("not a fragment") from error
    values["leaves"] = [Leaf(**leaf) for leaf in values["leaves"]]
    values["items"] = [Item(**item) for item in values["items"]]
    values["marks"] = [Mark(**mark) for mark in values["marks"]]
    values["fonts"] = {name: FontUse(**use) for name, use in values["fonts"].items()}
    return Fragment(**values), 8 + length


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
