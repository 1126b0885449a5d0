"""What an OFD says of itself: which document of it is meant, its pages, templates, resources and what lies beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from documents.in_child import Stop

from .numbers import is_true
from .package import Package
from .page import Resources

_ENCRYPTED = ("Encryptions", "EncryptInfo", "CT_EncryptInfo")


@dataclass(slots=True)
class PageEntry:
    """A page as the document names it: its id, its part ("" where that is missing), its number for people."""

    key: str
    part: str
    number: int
    body: Body


@dataclass(slots=True)
class Body:
    """One document of the file. area: what it says of the size of its pages; templates: parts by id."""

    part: str
    root: Any
    resources: Resources
    templates: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Part and order (Background, Foreground) of each template page."""

    @property
    def area(self) -> Any:
        """What it says of the size of its pages."""
        return next(self.root.iter("PageArea"), None)

    def names(self, package: Package, tag: str) -> list[str]:
        """Return the parts that it names under a tag (CustomTags, Annotations, Attachments)."""
        found = [package.place(self.part, each.text) for each in self.root.iterchildren(tag)]
        return [part for part in found if part]


def bodies_of(package: Package) -> tuple[list[Body], list[str]]:
    """Return the documents of an OFD, and the parts that list its signatures.

    Raises Stop: encrypted, damaged.
    """
    start = package.place("", "OFD.xml")
    root = package.xml(start)
    if root is None or root.tag != "OFD":
        raise Stop("damaged")
    if any(next(root.iter(tag), None) is not None for tag in _ENCRYPTED) or package.place("", "Encryptions.xml"):
        raise Stop("encrypted")
    bodies, signatures = [], []
    for said in root.iterchildren("DocBody"):
        part = _current(package, start, said)
        document = package.xml(part)
        if document is not None:
            bodies.append(_body(package, part, document))
        signatures += [package.place(start, each.text) for each in said.iterchildren("Signatures")]
    if not bodies:
        raise Stop("damaged")
    return bodies, [part for part in signatures if part]


def _current(package: Package, start: str, said: Any) -> str:
    """The document that a DocBody means: of its versions the current one; DocRoot may be the old one."""
    for version in said.iter("Version"):
        if is_true(version.get("Current"), False):
            part = package.place(start, version.get("BaseLoc"))
            root = package.xml(part)
            for each in root.iter("DocRoot") if root is not None else ():
                found = package.place(part, each.text) or package.place(start, each.text)
                if found:
                    return found
    return next((package.place(start, each.text) for each in said.iterchildren("DocRoot")), "")


def _body(package: Package, part: str, root: Any) -> Body:
    body = Body(part, root, Resources())
    for tag in ("PublicRes", "DocumentRes"):
        for each in root.iter(tag):
            found = package.xml(package.place(part, each.text))
            if found is not None:
                body.resources.add(found)
    for each in root.iter("TemplatePage"):
        body.templates[each.get("ID", "")] = (package.place(part, each.get("BaseLoc")), each.get("ZOrder", ""))
    return body


def pages_of(package: Package, bodies: list[Body]) -> Iterator[PageEntry]:
    """Yield the pages of all documents in their order."""
    number = 0
    for body in bodies:
        for pages in body.root.iterchildren("Pages"):
            for each in pages.iterchildren("Page"):
                number += 1
                yield PageEntry(each.get("ID", ""), package.place(body.part, each.get("BaseLoc")), number, body)
