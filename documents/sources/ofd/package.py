"""The parts of an OFD, opened with suspicion, and the paths by which they name one another."""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import unquote

from lxml import etree

from documents import archives
from documents.in_child import Stop

MAX_PAGE = 12 * 1024 * 1024
"""Bytes of XML of one part: a page of 3,000 characters, each an object of its own, has one million."""
_PLACES = (b"<!DOCTYPE", b"<!ENTITY")
_BOM = b"\xef\xbb\xbf"


class Package:
    """The parts of an OFD by the names others call them."""

    def __init__(self, data: bytes) -> None:
        self.zip = archives.opened(data)
        self.names = self.zip.namelist()
        self._known = {_key(name): name for name in reversed(self.names)}
        self.damaged: set[str] = set()
        """Parts that are no whole XML; what could be read of them was."""

    def place(self, base: str, path: str | None) -> str:
        """Return the part that a part means by a path, "" for none.

        base: the part that names it. Files name parts from their own folder, from the root with and without a slash,
        with escapes, in another case than the entry has, with back-slashes; none of it leads out.
        """
        said = (path or "").strip().replace("\\", "/")
        if not said:
            return ""
        own = posixpath.join("/", posixpath.dirname(base), said)
        for each in (own, f"/{said}", unquote(own), unquote(f"/{said}")):
            found = self._known.get(_key(posixpath.normpath(each)))
            if found:
                return found
        return ""

    def xml(self, name: str) -> Any:
        """Return a part as XML whose tags are local names; None when there is none, or nothing of it can be read.

        Producers disagree about the namespace (with and without the year, both in one package), so none counts.
        Raises Stop: entities, larger than any page. Refused: damaged, a bomb.
        """
        data = archives.part(self.zip, name, MAX_PAGE).removeprefix(_BOM) if name else b""
        if not data.strip():
            return None
        if any(mark in data[:4000].replace(b"\0", b"") for mark in _PLACES):
            raise Stop("damaged")
        root = _parsed(data)
        if root is None:
            self.damaged.add(name)
            root = _parsed(data, recover=True)
        if root is None or root.getroottree().docinfo.doctype:
            return None
        for each in root.iter(etree.Element):
            tag = each.tag
            if tag[0] == "{" or ":" in tag:
                each.tag = tag.rpartition("}")[2].rpartition(":")[2] or "_"  # half a name, of a damaged part
        return root


def _key(path: str) -> str:
    return path.replace("\\", "/").lstrip("/").casefold()


def _parsed(data: bytes, *, recover: bool = False) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, recover=recover,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
