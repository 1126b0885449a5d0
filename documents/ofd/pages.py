"""The pages of a PDF as pages of an OFD, one at a time, and the fonts and pictures they share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

import pikepdf

from . import markup
from .drawing import MM, Drawn, Picture, Run, Shape, drawn
from .font_subset import Face, called
from .images import image_file
from .package import Package
from .path_objects import alike, image_object, merged, path_object
from .pdf_fonts import PdfFont
from .text_objects import follows, joined, text_objects


@dataclass(frozen=True, slots=True)
class Written:
    """A text object as it was written: the IDs of its page and of itself, its text."""

    page: int
    number: int
    text: str


@dataclass(slots=True)
class Shared:
    """What pages have in common. IDs are given in the order of painting: a reader may stack by them."""

    package: Package
    numbers: Iterator[int]
    faces: dict[str, Face] = field(default_factory=dict)
    fonts: dict[tuple[int, int], PdfFont] = field(default_factory=dict)
    images: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    """ID, format and file of each image, by the digest of its bytes."""
    known: dict[tuple[int, int], int] = field(default_factory=dict)

    def number(self) -> int:
        """The next ID."""
        return next(self.numbers)

    def font(self, found: Any) -> PdfFont:
        """The font of a page, read once."""
        if found.objgen not in self.fonts:
            font = self.fonts[found.objgen] = PdfFont(found)
            if font.face not in self.faces:
                self.faces[font.face] = Face(called(font), font.family, self.number())
            self.faces[font.face].add(font)
        return self.fonts[found.objgen]

    def image(self, found: Any) -> int:
        """The ID of an image; its file is written when it is first met."""
        if found.objgen not in self.known:
            kind, data = image_file(found)
            digest = sha256(data).hexdigest()
            if digest not in self.images:
                name = f"Image_{len(self.images)}.{'jpg' if kind == 'JPEG' else 'png'}"
                self.images[digest] = (self.number(), kind, name)
                self.package.put(f"Doc_0/Res/{name}", data)
            self.known[found.objgen] = self.images[digest][0]
        return self.known[found.objgen]


def shared_by(package: Package, first: int) -> Shared:
    """Return an empty stock of fonts and pictures; first: the first ID that is free."""
    return Shared(package, count(first))


def page_part(sheet: Any, page: int, shared: Shared) -> tuple[bytes, list[Written]]:
    """Write one page. Returns its part, and the text objects on it in the order of painting.

    sheet: a page of pikepdf; page: its ID. Raises DocumentError for what cannot be written.
    """
    left, bottom, right, top = (float(edge) for edge in sheet.mediabox)
    area = markup.box(0, 0, (right - left) * MM, (top - bottom) * MM)
    layer, written, objects = shared.number(), list[Written](), list[str]()
    resources = sheet.obj.get("/Resources", pikepdf.Dictionary())
    fonts = {name[1:]: shared.font(found) for name, found in resources.get("/Font", pikepdf.Dictionary()).items()}
    for group in _groups(drawn(sheet, fonts)):
        match group[0]:
            case Run():
                for number, words, text in text_objects(joined(group), shared.faces[group[0].font], shared.number):
                    objects.append(text)
                    written.append(Written(page, number, words))
            case Shape():
                objects.append(path_object(merged(group), shared.number()))
            case Picture() as picture:
                image = shared.image(resources["/XObject"][f"/{picture.name}"])
                objects.append(image_object(picture, image, shared.number()))
    content = markup.element("Layer", "".join(objects), Type="Body", ID=layer)
    inner = markup.element("Area", markup.element("PhysicalBox", area)) + markup.element("Content", content)
    return markup.root("Page", inner), written


def _groups(things: Iterator[Drawn]) -> Iterator[Any]:
    """Gather what is written as one object: a line of text, the rules of a table."""
    group: list[Any] = []
    for thing in things:
        if group and not _belongs(group[-1], thing):
            yield group
            group = []
        group.append(thing)
    if group:
        yield group


def _belongs(before: Drawn, thing: Drawn) -> bool:
    if isinstance(before, Run) and isinstance(thing, Run):
        return follows(before, thing)
    return isinstance(before, Shape) and isinstance(thing, Shape) and alike(before, thing)
