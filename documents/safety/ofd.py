"""OFD: every part of the package; what runs, leads out or draws in from elsewhere is refused, seals and fonts stay."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from lxml import etree

from documents import archives
from documents.answers import Judged
from documents.file_beginnings import BEGINS, HEAD, begins_as, ofd_part
from documents.refusal import Refused

_ENTRY = 50 * 1024 * 1024
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
_DATA = {".dat", ".esl", ".jb2", ".jbig2", ".gbig2", ".ttf", ".otf", ".ttc", ".cff", ".icc", ".icm", ".der", ".cer"}
"""Seals, signatures, fonts, colour profiles and packed black and white: kinds of the standard, no program's."""
_PLACES = (b"<!DOCTYPE", b"<!ENTITY")
_OUTSIDE = re.compile(r"(?i)^\s*(?:[a-z][a-z0-9+.-]*:/?/?|//|\\\\)")
_WEB = re.compile(r"(?i)^\s*(?:https?|ftp|mailto|tel):")
_RUNS = re.compile(rb"(?i)(?:java|vb)script:|\bfile:|\\\\\\\\")
_NAMED = {"BaseLoc", "FileLoc", "MediaFile", "FontFile", "ImageMask", "DocRoot", "PublicRes", "DocumentRes", "PageRes"}


_DEEPEST = 2
"""A seal may be an OFD; that one holds no further one."""


def judge_ofd(file: bytes | Path, judge: Callable[[str, bytes], Judged], depth: int = 1) -> Judged:
    """An OFD as it came; judge: who judges the files attached to it, which are files like any other.

    Raises Refused: no OFD, bombs, names that lead out, entities, programs, parts and fonts that lie elsewhere, links
    that start a program.
    """
    package = archives.opened(file)
    try:
        start = ofd_part(package)
    except archives.BROKEN as error:
        raise Refused("damaged") from error
    if not start:
        raise Refused("damaged")
    for entry in package.infolist():
        if not entry.is_dir():
            data = archives.part(package, entry.filename, _ENTRY)
            _judge_part(entry.filename, data, judge, depth)
    return Judged()


def _judge_part(name: str, data: bytes, judge: Callable[[str, bytes], Judged], depth: int) -> None:
    """A part by what it is, whatever it is called."""
    kind = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    head = data[:HEAD]
    if head.startswith(_PROGRAMS):
        raise Refused("inside", name)
    if kind == ".xml" or head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        _judge_xml(name, data)
    elif kind in _DATA or not data:
        return
    elif kind not in BEGINS or kind == ".zip" or not begins_as(head, kind) or (kind == ".ofd" and depth >= _DEEPEST):
        raise Refused("inside", name)
    else:
        _judge_inside(name, data, judge, depth)


def _judge_inside(name: str, data: bytes, judge: Callable[[str, bytes], Judged], depth: int) -> None:
    is_ofd = name.lower().endswith(".ofd")
    try:
        clean = judge_ofd(data, judge, depth + 1) if is_ofd else judge(PurePosixPath(name).name, data)
    except Refused as refused:
        raise Refused(refused.code, name) from refused
    if clean.data is not None:
        raise Refused("inside", name)


def _judge_xml(name: str, data: bytes) -> None:
    """A part of XML: no entities, nothing from elsewhere. Some producers' tags and invoices are no XML: as text."""
    if any(mark in data[:_ENTRY].replace(b"\0", b"") for mark in _PLACES):
        raise Refused("damaged", name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        if _RUNS.search(data.replace(b"\0", b"")):
            raise Refused("external", name) from None
        return
    for each in root.iter(etree.Element):
        tag = etree.QName(each).localname
        places = [each.get(key, "") for key in ("BaseLoc", "Src", "File")] + (
            [each.text or ""] if tag in _NAMED else []
        )
        for place in places:
            if _OUTSIDE.match(place) or _leads_out(name, place):
                raise Refused("external", place.strip())
        if tag == "URI":
            address = (each.get("Base") or "") + (each.get("URI") or "")
            if _OUTSIDE.match(address) and not _WEB.match(address):
                raise Refused("external", address.strip())


def _leads_out(name: str, place: str) -> bool:
    """Whether a path leads out of the package."""
    path = place.strip().replace("\\", "/")
    return ".." in path and posixpath.normpath(posixpath.join(posixpath.dirname(name), path)).startswith("..")
