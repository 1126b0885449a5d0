"""A .docx as an archive, opened with suspicion: no bomb, no macros, nothing drawn in from elsewhere."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from base64 import b64decode
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from documents import archives
from documents.file_beginnings import word_part
from documents.refusal import Refused

_FETCHED = re.compile(r"/(?:attachedTemplate|oleObject|frame|subDocument|externalLink|package|aFChunk)$")
# a file saved as “Strict Open XML” says the same under other names
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part draws on: of what kind, where it lies, whether outside the file."""

    kind: str
    target: str
    is_outside: bool


class Archive:
    """The parts of a .docx that hold text."""

    def __init__(self, data: bytes, *, is_workbook: bool = False) -> None:
        self._zip = archives.opened(data)
        self.names = self._zip.namelist()
        self.main = ""
        self._refuse_kinds(is_workbook)

    def _refuse_kinds(self, is_workbook: bool) -> None:
        if "OFD.xml" in self.names:
            raise Refused("ofd")
        if not is_workbook and any(name.startswith(("xl/", "ppt/")) for name in self.names):
            raise Refused("spreadsheet")
        if any("vbaProject" in name or name.endswith("vbaData.xml") for name in self.names):
            raise Refused("macros")
        if is_workbook:
            return
        try:
            self.main = word_part(self._zip)
        except archives.BROKEN as error:
            raise Refused("damaged") from error
        if not self.main:
            raise Refused("damaged" if "[Content_Types].xml" in self.names else "binary")
        if b"macroEnabled" in self.read("[Content_Types].xml"):
            raise Refused("macros")

    def read(self, name: str) -> bytes:
        """Return a part, b"" when there is none.

        Raises Refused when it is larger than any document's, or damaged.
        """
        return archives.part(self._zip, name)

    def xml(self, name: str) -> etree._Element | None:
        """Return a part as XML, without entities and without the network; None when there is none."""
        data = self.read(name)
        if not data:
            return None
        if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data[:2000]:
            raise Refused("damaged")
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused("damaged") from error

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """What the text draws on, by the ids it uses."""
        return self._relations(self.main)

    def related(self, kind: str) -> str:
        """Return the part of a kind (styles, numbering) that belongs to the text; where none is said, the usual one."""
        said = (each.target for each in self.relations.values() if each.kind.endswith(f"/{kind}"))
        return next(said, posixpath.join(posixpath.dirname(self.main), f"{kind}.xml"))

    def _relations(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = {}
        for each in root.iter(_RELATION) if root is not None else ():
            is_outside = each.get("TargetMode") == "External"
            target = each.get("Target", "")
            inside = target.removeprefix("/") if target.startswith("/") else posixpath.join(folder, target)
            place = target if is_outside else posixpath.normpath(inside)
            found[each.get("Id", "")] = Relation(each.get("Type", ""), place, is_outside)
        return found

    def outside_links(self) -> bool:
        """Return whether the document points outside; plain links are ignored.

        Raises Refused when it would draw in a template, an object or a part from elsewhere.
        """
        found = False
        for part in (self.main, self.related("settings")):
            for relation in self._relations(part).values():
                if not relation.is_outside:
                    continue
                if _FETCHED.search(relation.kind):
                    raise Refused("external")
                found = True
        return found


def holds_workbook(data: bytes) -> bool:
    """Return whether a zipped file is a spreadsheet. Raises: Refused when it is damaged, a bomb, or holds macros."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except archives.BROKEN:
        return False
    if "xl/workbook.xml" not in names or "word/document.xml" in names:
        return False
    return Archive(data, is_workbook=True).main == ""


_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def zipped(data: bytes) -> bytes:
    """Return a Word file that was saved as one XML (.xml) as the usual archive. Raises: Refused when it is damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    out = io.BytesIO()
    try:
        root = etree.fromstring(data, parser)
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            for part in root.iter(f"{_PACKAGE}part"):
                held, coded = part.find(f"{_PACKAGE}xmlData"), part.findtext(f"{_PACKAGE}binaryData")
                content = etree.tostring(held[0]) if held is not None and len(held) else b64decode(coded or "")
                archive.writestr(part.get(f"{_PACKAGE}name", "").removeprefix("/"), content)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("damaged") from error
    return out.getvalue()
