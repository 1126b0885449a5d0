"""Write an OFD (GB/T 33190-2016) of a PDF of ours: the same pages, with text as text, fonts and pictures once each.

The pages are taken as they were laid out and drawn, so page, line and character stand where the PDF has them. One page
after the other is read and written, so a book of any length takes the memory of one page; the same input gives the
same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf

from documents.errors import DocumentError
from documents.messages import gettext as _
from documents.outline import Document
from documents.text import clean

from . import markup, office_tags, way_finding
from .package import Package
from .pages import Shared, Written, page_part, shared_by
from .signing import STATE, UNSIGNED

CREATOR = "Quality Month"
_SOME_DAY = "2015-09-01"
"""When links were made, where nobody says: the standard wants a day."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself; document: what was set, so that its elements can be named; attachments: by name."""

    title: str = ""
    author: str = ""
    day: date | None = None
    document: Document | None = None
    attachments: Mapping[str, bytes] = field(default_factory=dict)


def properties_of(document: Document, attachments: Mapping[str, bytes] | None = None) -> Properties:
    """Return what an official document says of itself."""
    author = "、".join(clean(name) for name in document.masthead.bodies or document.signature)
    title = " ".join(clean(document.title).split())
    return Properties(title, author, document.date, document, attachments or {})


def from_pdf(pdf: bytes, document: Document | None = None, attachments: Mapping[str, bytes] | None = None) -> bytes:
    """Return a PDF of ours as OFD.

    document: what was set, for its properties and the names of its elements; attachments: files that go with it, by
    name. Raises DocumentError when the PDF holds what this house does not print.
    """
    out = io.BytesIO()
    write(out, io.BytesIO(pdf), properties_of(document, attachments) if document else Properties())
    return out.getvalue()


def write(out: BinaryIO, pdf: BinaryIO | Path, about: Properties | None = None) -> None:
    """Write a PDF of ours as OFD into an open file; arguments and errors as from_pdf()."""
    package = Package(out)
    try:
        with pikepdf.open(pdf) as opened:
            _Writer(package, opened, about or Properties()).write()
    except pikepdf.PdfError as error:
        raise DocumentError(_("The PDF is damaged: no OFD can be made of it.")) from error
    package.close()


class _Writer:
    """One OFD being written."""

    def __init__(self, package: Package, pdf: Any, about: Properties) -> None:
        self.package, self.pdf, self.about = package, pdf, about
        self.ids = {sheet.obj.objgen: index + 1 for index, sheet in enumerate(pdf.pages)}
        self.day = about.day.isoformat() if about.day else _SOME_DAY
        self.shared: Shared = shared_by(package, len(self.ids) + 1)
        self.written: list[Written] = []
        self.annotated: list[int] = []
        self.digest = sha256()

    def write(self) -> None:
        """Write every part; the ones that name the others come last."""
        for page, sheet in enumerate(self.pdf.pages, start=1):
            self._page(page, sheet)
        self._resources()
        self._annotations()
        tagged, attached = self._tags(), self._attachments()
        self._document(tagged, attached)
        self._entry()

    def _put(self, name: str, data: bytes) -> None:
        self.digest.update(name.encode() + b"\0" + sha256(data).digest())
        self.package.put(name, data)

    def _page(self, page: int, sheet: Any) -> None:
        part, written = page_part(sheet, page, self.shared)
        self._put(f"Doc_0/Pages/Page_{page - 1}/Content.xml", part)
        if self.about.document is not None:
            self.written += written
        links = way_finding.links(self.pdf, sheet, self.ids, self.shared.number, self.day)
        if links is not None:
            self._put(f"Doc_0/Annots/Page_{page - 1}/Annotation.xml", links)
            self.annotated.append(page)

    def _resources(self) -> None:
        """Fonts are what documents share with each other, pictures are this one's own."""
        fonts = []
        for face in self.shared.faces.values():
            if not face.places:
                continue
            name = f"font_{face.number}.ttf"
            self._put(f"Doc_0/Res/{name}", face.build())
            file = markup.element("FontFile", name)
            fonts.append(markup.element("Font", file, ID=face.number, FontName=face.name, Charset="unicode"))
        self._put("Doc_0/PublicRes.xml", _res("Fonts", fonts))
        images = [
            markup.element("MultiMedia", markup.element("MediaFile", name), ID=number, Type="Image", Format=kind)
            for number, kind, name in self.shared.images.values()
        ]
        self.digest.update("".join(self.shared.images).encode())
        self._put("Doc_0/DocumentRes.xml", _res("MultiMedias", images))

    def _annotations(self) -> None:
        if self.annotated:
            inner = "".join(
                markup.element("Page", markup.element("FileLoc", f"Page_{page - 1}/Annotation.xml"), PageID=page)
                for page in self.annotated
            )
            self._put("Doc_0/Annots/Annotations.xml", markup.root("Annotations", inner))

    def _tags(self) -> str:
        if self.about.document is None:
            return ""
        self._put("Doc_0/Tags/Tag_OfficeDoc.xml", office_tags.tags(self.about.document, self.written))
        file = markup.element("FileLoc", "Tag_OfficeDoc.xml")
        tag = markup.element("CustomTag", file, NameSpace=office_tags.SPACE)
        self._put("Doc_0/Tags/CustomTags.xml", markup.root("CustomTags", tag))
        return markup.element("CustomTags", "Tags/CustomTags.xml")

    def _attachments(self) -> str:
        if not self.about.attachments:
            return ""
        inner = [self._attached(index, *each) for index, each in enumerate(self.about.attachments.items())]
        self._put("Doc_0/Attachs/Attachments.xml", markup.root("Attachments", "".join(inner)))
        return markup.element("Attachments", "Attachs/Attachments.xml")

    def _attached(self, index: int, name: str, data: bytes) -> str:
        ending = Path(name).suffix.lower()
        file = f"Attach_{index}{ending if ending.isascii() else ''}"
        self._put(f"Doc_0/Attachs/{file}", data)
        given = {"Format": ending.lstrip(".") or None, "CreationDate": self.day, "Size": round(len(data) / 1024, 3)}
        place = markup.element("FileLoc", file)
        return markup.element("Attachment", place, ID=self.shared.number(), Name=name, **given, Visible="true")

    def _document(self, tagged: str, attached: str) -> None:
        outline = way_finding.outline(self.pdf, self.ids)
        shown = markup.element("VPreferences", markup.element("PageMode", "UseOutlines")) if outline else ""
        annotations = markup.element("Annotations", "Annots/Annotations.xml") if self.annotated else ""
        pages = "".join(
            markup.element("Page", ID=page, BaseLoc=f"Pages/Page_{page - 1}/Content.xml") for page in self.ids.values()
        )
        parts = [self._common(), markup.element("Pages", pages), outline, shown, annotations, tagged, attached]
        self._put("Doc_0/Document.xml", markup.root("Document", "".join(parts)))

    def _common(self) -> str:
        box = self.pdf.pages[0].mediabox
        mm = way_finding.MM
        area = markup.box(0, 0, float(box[2] - box[0]) * mm, float(box[3] - box[1]) * mm)
        return markup.element(
            "CommonData",
            markup.element("MaxUnitID", str(self.shared.number()))
            + markup.element("PageArea", markup.element("PhysicalBox", area))
            + markup.element("PublicRes", "PublicRes.xml")
            + markup.element("DocumentRes", "DocumentRes.xml"),
        )

    def _entry(self) -> None:
        about, info = self.about, self.pdf.docinfo
        title = about.title or str(info.get("/Title", ""))
        author = about.author or str(info.get("/Author", ""))
        state = markup.element("CustomData", UNSIGNED, Name=STATE)
        parts = [
            markup.element("DocID", self.digest.hexdigest()[:32]),
            markup.element("Title", markup.text(title)) if title else "",
            markup.element("Author", markup.text(author)) if author else "",
            markup.element("CreationDate", self.day) if about.day else "",
            markup.element("Creator", CREATOR),
            markup.element("CustomDatas", state),
        ]
        body = markup.element("DocInfo", "".join(parts)) + markup.element("DocRoot", "Doc_0/Document.xml")
        self.package.put("OFD.xml", markup.root("OFD", markup.element("DocBody", body), Version="1.0", DocType="OFD"))


def _res(name: str, entries: list[str]) -> bytes:
    return markup.root("Res", markup.element(name, "".join(entries)) if entries else "", BaseLoc="Res")
