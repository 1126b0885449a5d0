"""Old files of Office and WPS: a file system in a file, told by its streams and the records in them."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import olefile

from documents.answers import Judged
from documents.refusal import Refused

_MACROS = {"vba", "_vba_project", "_vba_project_cur", "macros", "_vba_project_pps"}
_OBJECTS = {"\x01ole10native", "package", "\x01ole10itemname"}
_ENCRYPTED = {"encryptedpackage", "encryptioninfo"}
_WORDS = "DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK"
_FIELD = re.compile(rb"\x13[\s\x00]*(?:" + b"|".join(
    rb"\x00?".join(bytes((letter,)) for letter in word.encode()) for word in _WORDS.split("|")
) + rb")[\s\x00]")  # fmt: skip
"""Behind the sign that begins a field, in eight bits or sixteen."""
_WORKBOOKS = ("Workbook", "Book")
# records of a workbook (MS-XLS 2.3) and of a presentation (MS-PPT 2.13.24)
_FILEPASS, _BOUNDSHEET, _SUPBOOK, _OBPROJ, _EXTERNAL_OBJECT = 0x2F, 0x85, 0x1AE, 0xD3, 0x1011
_OWN, _ADDIN = 0x0401, 0x3A01
_MACRO_SHEETS = (1, 6)


def judge_old(file: bytes | Path) -> Judged:
    """An old file as it came. Raises Refused: damaged, encrypted, macros, objects, links, fields that draw in."""
    try:
        with olefile.OleFileIO(io.BytesIO(file) if isinstance(file, bytes) else file) as found:
            _judge(found)
    except Refused:
        raise
    except Exception as error:  # olefile raises many kinds for damaged files
        raise Refused("damaged") from error
    return Judged()


def _judge(found: Any) -> None:
    paths = found.listdir(streams=True, storages=True)
    names = {part.lower() for path in paths for part in path}
    if names & _ENCRYPTED:
        raise Refused("encrypted")
    if names & _MACROS:
        raise Refused("macros")
    in_pool = any(len(path) > 1 and path[0].lower() == "objectpool" for path in paths)
    if in_pool or names & _OBJECTS or any(re.fullmatch(r"mbd[0-9a-f]{8}", name) for name in names):
        raise Refused("embedded")
    for name in _WORKBOOKS:
        if found.exists(name):
            _judge_workbook(found.openstream(name).read())
    if found.exists("PowerPoint Document"):
        _judge_slides(found.openstream("PowerPoint Document").read())
    if found.exists("WordDocument") and _FIELD.search(found.openstream("WordDocument").read()):
        raise Refused("fields")


def _judge_workbook(data: bytes) -> None:
    for kind, content in _records(data):
        if kind == _FILEPASS:
            raise Refused("encrypted")
        if kind == _OBPROJ or (kind == _BOUNDSHEET and content[5:6] and content[5] in _MACRO_SHEETS):
            raise Refused("macros")
        if kind == _SUPBOOK and int.from_bytes(content[2:4], "little") not in (_OWN, _ADDIN):
            raise Refused("workbook-links")


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, place)
        yield kind, data[place + 4 : place + 4 + length]
        place += 4 + length


def _judge_slides(data: bytes) -> None:
    """Records that hold others are walked into: only their heads are stepped over."""
    place = 0
    while place + 8 <= len(data):
        version, kind, length = struct.unpack_from("<HHI", data, place)
        if kind == _EXTERNAL_OBJECT:
            raise Refused("embedded")
        place += 8 if version & 0xF == 0xF else 8 + length
