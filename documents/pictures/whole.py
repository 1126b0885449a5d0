"""Whether a picture came whole, told by the marks its format sets: nothing is unpacked.

That of the formats not named here is seen when they are opened: WebP says its length at the beginning, and Pillow holds
it against the file; BMP, GIF and TIFF come from no telephone.
"""

from __future__ import annotations

import re

JPEGS = ("JPEG", "MPO")
"""MPO: a JPEG with more pictures behind it (HDR, depth), as many telephones take them."""
START_OF_SCAN, FILLED = 0xDA, 0xFF
END_OF_IMAGE, END_OF_PNG = b"\xff\xd9", b"IEND"
NAME = re.compile(rb"[ -~]{4}")
TO_THE_END, LONG = 0, 1
"""Sizes of a box that say: as far as the file goes; in eight bytes behind its name."""


def whole(data: bytes, kind: str | None) -> bool:
    """Whether the end of a file came. Arguments: the file; its format as Pillow names it."""
    if kind in JPEGS:
        return _jpeg(data)
    if kind == "PNG":
        return END_OF_PNG in data
    return _boxes(data) if kind == "HEIF" else True


def _jpeg(data: bytes) -> bool:
    """The end is looked for behind the beginning of the first scan (ITU-T T.81, B.1).

    A small picture in the head has an end of its own, so the segments of the head are stepped over; behind the end a
    telephone may have put a film.
    """
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1 : at + 2] != bytes([START_OF_SCAN]):
        filled = data[at + 1 : at + 2] == bytes([FILLED])  # any number of these may stand before a mark
        at += 1 if filled else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return data.find(END_OF_IMAGE, at) > 0


def _boxes(data: bytes) -> bool:
    """Each box of the file says how long it is (ISO/IEC 14496-12, 4.2).

    What has no name of a box is what a telephone put behind the last one: a film, or a list of its own.
    """
    at = 0
    while at < len(data) and NAME.match(data, at + 4):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == LONG:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == TO_THE_END:
            return True
        at += max(size, 8)
    return at <= len(data)
