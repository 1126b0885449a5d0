"""A font as a PDF of ours embeds it: glyphs by their numbers in the source font, with widths and the text they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")


class PdfFont:
    """One font of the resources of a page; face: the name of its source, the same for all subsets of one font."""

    def __init__(self, font: Any) -> None:
        self.face = str(font["/BaseFont"]).lstrip("/").partition("+")[2]
        descendant = font["/DescendantFonts"][0]
        descriptor = descendant["/FontDescriptor"]
        self.program = descriptor["/FontFile3"] if "/FontFile3" in descriptor else descriptor["/FontFile2"]
        self.family = str(descriptor["/FontFamily"])
        self._widths = dict(_widths(descendant["/W"]))
        self._texts = dict(_texts(font["/ToUnicode"].read_bytes())) if "/ToUnicode" in font else {}

    def numbers(self, codes: bytes) -> list[int]:
        """The numbers of glyphs in a string of the page, two bytes each, written in hexadecimal."""
        data = bytes.fromhex(codes.decode("ascii"))
        return [data[index] * 256 + data[index + 1] for index in range(0, len(data) - 1, 2)]

    def width(self, number: int) -> float:
        """How wide a glyph is, in em."""
        return self._widths.get(number, 1.0)

    def text(self, number: int) -> str:
        """The text a glyph stands for; U+FFFD where the font does not say."""
        return self._texts.get(number) or "\ufffd"


def _widths(array: Any) -> Iterator[tuple[int, float]]:
    """Read the widths of a composite font (ISO 32000-1, 9.7.4.3)."""
    entries = list(array)
    index = 0
    while index < len(entries) - 1:
        first, following = int(entries[index]), entries[index + 1]
        if hasattr(following, "__iter__") and not isinstance(following, (int, float, str)):
            for offset, width in enumerate(following):
                yield first + offset, float(width) / 1000
            index += 2
        else:
            for number in range(first, int(following) + 1):
                yield number, float(entries[index + 2]) / 1000
            index += 3


def _texts(data: bytes) -> Iterator[tuple[int, str]]:
    for chars in _CHARS.findall(data):
        for code, text in _PAIR.findall(chars):
            yield int(code, 16), bytes.fromhex(text.decode("ascii")).decode("utf-16-be", errors="replace")
