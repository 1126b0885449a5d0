"""Write a PDF file object by object, so that a book of any length takes the memory of one chapter.

ISO 32000-1, 7.5: indirect objects, object streams (7.5.7) for what has no stream of its own, a cross-reference stream
(7.5.8) at the end.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import BinaryIO

_PACKED = 200  # objects in one object stream
_CHUNK = 1 << 20


class PdfFile:
    """An open PDF: reserve() numbers, put() and put_stream() objects in any order, finish() once."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._places: list[tuple[int, int, int]] = [(0, 0, 65535)]  # kind, offset or container, generation or index
        self._loose: list[tuple[int, bytes]] = []
        self._position = 0
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self, count: int = 1) -> int:
        """Return the first of count new object numbers."""
        first = len(self._places)
        self._places.extend([(0, 0, 0)] * count)
        return first

    def put(self, number: int, text: str) -> None:
        """Write an object without a stream; text: its PDF syntax in Latin-1."""
        self._loose.append((number, text.encode("latin-1")))
        if len(self._loose) >= _PACKED:
            self._pack()

    def put_stream(self, number: int, dictionary: str, data: Iterable[bytes], length: int) -> None:
        """Write a stream object; dictionary: "<<…>>" without /Length; data: its bytes in chunks."""
        self._places[number] = (1, self._position, 0)
        self._write(f"{number} 0 obj\n{dictionary.removesuffix('>>')}/Length {length}>>stream\n".encode("latin-1"))
        for chunk in data:
            self._write(chunk)
        self._write(b"\nendstream\nendobj\n")

    def finish(self, root: int, info: int, identity: bytes) -> None:
        """Write what is still waiting, the cross-reference stream and the end. identity: 16 bytes."""
        self._pack()
        number = self.reserve()
        start = self._position
        self._places[number] = (1, start, 0)
        table = b"".join(struct.pack(">BQH", *place) for place in self._places)
        packed = zlib.compress(table, 6)
        mark = identity.hex()
        dictionary = (
            f"<</Type /XRef /Size {len(self._places)} /W [1 8 2] /Root {root} 0 R /Info {info} 0 R"
            f" /ID [<{mark}> <{mark}>] /Filter /FlateDecode>>"
        )
        self.put_stream(number, dictionary, [packed], len(packed))
        self._write(f"startxref\n{start}\n%%EOF\n".encode())

    def _pack(self) -> None:
        if not self._loose:
            return
        container = self.reserve()
        index, bodies, offset = [], [], 0
        for place, (number, body) in enumerate(self._loose):
            self._places[number] = (2, container, place)
            index.append(f"{number} {offset}")
            bodies.append(body)
            offset += len(body) + 1
        head = " ".join(index).encode() + b"\n"
        packed = zlib.compress(head + b"\n".join(bodies), 2)
        dictionary = f"<</Type /ObjStm /N {len(self._loose)} /First {len(head)} /Filter /FlateDecode>>"
        self._loose = []
        self.put_stream(container, dictionary, [packed], len(packed))

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._position += len(data)


def chunks(stream: BinaryIO, start: int, length: int) -> Iterable[bytes]:
    """Yield length bytes of a file from start, a megabyte at a time."""
    stream.seek(start)
    while length > 0:
        chunk = stream.read(min(_CHUNK, length))
        if not chunk:
            raise ValueError("a fragment ends too early")
        length -= len(chunk)
        yield chunk


def text_string(text: str) -> str:
    """Return text as a PDF text string (UTF-16, hexadecimal)."""
    return f"<feff{text.encode('utf-16-be').hex()}>"
