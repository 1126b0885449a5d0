"""A .docx as an archive, opened with suspicion: no bomb, no macros, nothing drawn in from elsewhere."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from documents.refusal import Refused

MAX_PART = 24 * 1024 * 1024  # 200 pages of a notice are some 5 MB of XML
_MAX_TOTAL = 400 * 1024 * 1024
_MAX_ENTRIES = 5000
_MAX_RATIO = 300
_SMALL = 1024 * 1024
_FETCHED = re.compile(r"/(?:attachedTemplate|oleObject|frame|subDocument|externalLink|package|aFChunk)$")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Archive:
    """The parts of a .docx that hold text."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = self._zip.namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, UnicodeDecodeError) as error:
            raise Refused("damaged") from error
        self._refuse_bombs()
        self._refuse_kinds()

    def _refuse_bombs(self) -> None:
        entries = self._zip.infolist()
        total = sum(entry.file_size for entry in entries)
        steep = any(e.file_size > _SMALL and e.file_size > _MAX_RATIO * max(1, e.compress_size) for e in entries)
        if len(entries) > _MAX_ENTRIES or total > _MAX_TOTAL or steep:
            raise Refused("bomb")
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused("encrypted")

    def _refuse_kinds(self) -> None:
        if "OFD.xml" in self.names:
            raise Refused("ofd")
        if any(name.startswith(("xl/", "ppt/")) for name in self.names):
            raise Refused("spreadsheet")
        if any("vbaProject" in name or name.endswith("vbaData.xml") for name in self.names):
            raise Refused("macros")
        if "word/document.xml" not in self.names:
            raise Refused("damaged" if "[Content_Types].xml" in self.names else "binary")
        if b"macroEnabled" in self.read("[Content_Types].xml"):
            raise Refused("macros")

    def read(self, name: str) -> bytes:
        """Return a part, b"" when there is none.

        Raises Refused when it is larger than any document's, or damaged.
        """
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as part:
                data = part.read(MAX_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
            ValueError,
        ) as error:
            raise Refused("damaged") from error
        if len(data) > MAX_PART:
            raise Refused("bomb")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Return a part as XML, without entities and without the network; None when there is none."""
        data = self.read(name)
        if not data:
            return None
        if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data[:2000]:
            raise Refused("damaged")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Refused("damaged") from error

    def outside_links(self) -> bool:
        """Return whether the document points outside; plain links are ignored.

        Raises Refused when it would draw in a template, an object or a part from elsewhere.
        """
        found = False
        for name in ("word/_rels/document.xml.rels", "word/_rels/settings.xml.rels"):
            root = self.xml(name)
            for relation in root.iter(_RELATION) if root is not None else ():
                if relation.get("TargetMode") != "External":
                    continue
                if _FETCHED.search(relation.get("Type", "")):
                    raise Refused("external")
                found = True
        return found
