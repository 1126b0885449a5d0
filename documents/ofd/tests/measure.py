"""An OFD and a PDF measured with one ruler: what stands where, in millimetres from the upper left corner.

The OFD is read by the words of the standard alone, not by anything that wrote it; the PDF by pdfium.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass
from xml.etree import ElementTree

import pypdfium2
import pypdfium2.raw as raw

MM = 25.4 / 72
OFD = "{http://www.ofdspec.org/2016}"
UNSEEN = "\u200b\u0002\ufffe\r\n"


@dataclass(frozen=True)
class Sign:
    """One character and where it begins on its base line."""

    text: str
    x: float
    y: float


class Opened:
    """An OFD taken apart."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.pages = [each.get("BaseLoc") for each in self.part("Document.xml").iter(f"{OFD}Page")]

    def part(self, name: str) -> ElementTree.Element:
        """One part below the document, or by its whole name."""
        return ElementTree.fromstring(self.zip.read(name if name == "OFD.xml" else f"Doc_0/{name}"))

    def objects(self, page: int, kind: str) -> list[ElementTree.Element]:
        """The objects of one kind on a page, from 0."""
        return list(self.part(str(self.pages[page])).iter(f"{OFD}{kind}"))

    def signs(self, page: int) -> list[Sign]:
        """The characters of a page in the order of painting, blanks aside."""
        found = [sign for each in self.objects(page, "TextObject") for sign in _signs(each)]
        return [sign for sign in found if not sign.text.isspace()]

    def text(self, page: int) -> str:
        """The characters of a page as text."""
        return "".join(sign.text for sign in self.signs(page))


def floats(value: str | None) -> list[float]:
    """The numbers of an attribute."""
    return [float(each) for each in (value or "").split()]


def spread(value: str | None) -> list[float]:
    """The distances of DeltaX, written in full."""
    words, found = (value or "").split(), list[float]()
    while words:
        if words[0] == "g":
            found += [float(words[2])] * int(words[1])
            words = words[3:]
        else:
            found.append(float(words.pop(0)))
    return found


def _signs(each: ElementTree.Element) -> Iterator[Sign]:
    left, top, _width, _height = floats(each.get("Boundary"))
    a, b, c, d, e, f = floats(each.get("CTM")) or (1, 0, 0, 1, 0, 0)
    for code in each.iter(f"{OFD}TextCode"):
        x, y = float(code.get("X", 0)), float(code.get("Y", 0))
        for char, step in zip(code.text or "", [*spread(code.get("DeltaX")), 0.0], strict=True):
            yield Sign(char, left + a * x + c * y + e, top + b * x + d * y + f)
            x += step


def pdf_signs(pdf: bytes) -> list[list[Sign]]:
    """The characters of each page of a PDF as pdfium finds them, blanks aside."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [list(_page_signs(document, number)) for number in range(len(document))]
    finally:
        document.close()


def _page_signs(document: pypdfium2.PdfDocument, number: int) -> Iterator[Sign]:
    page = document[number]
    text, height = page.get_textpage(), page.get_height()
    x, y = c_double(), c_double()
    high = ""
    for index in range(text.count_chars()):
        char = high + chr(raw.FPDFText_GetUnicode(text, index))
        high = ""
        if len(char) == 1 and "\ud800" <= char <= "\udbff":  # the first half of a character beyond 16 bits
            high = char
            continue
        char = char.encode("utf-16", "surrogatepass").decode("utf-16")
        if char.isspace() or char in UNSEEN or raw.FPDFText_IsGenerated(text, index):
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        yield Sign(char, x.value * MM, (height - y.value) * MM)
