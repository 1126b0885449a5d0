"""What lies beside the text of an OFD: annotations, signatures and their seals, attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from documents import archives
from documents.sources.sign_lines import lines_of

from .document import Body
from .numbers import POINTS, is_true
from .package import Package
from .page import Drawing, Drawn

MOST = 500
"""Annotations, attachments and signatures of a file that are looked at."""
_SEAL_BYTES = 4 * 1024 * 1024
_UTF8, _CONSTRUCTED, _SEQUENCES = 0x0C, 0x20, 40
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Annotation:
    """What is written over a page. kind: Watermark, Stamp, Highlight, Path, Link …; page: its id."""

    kind: str
    page: str
    text: str


def annotations_of(package: Package, body: Body) -> Iterator[Annotation]:
    """Yield the annotations that are seen and say something."""
    for listed in body.names(package, "Annotations"):
        root = package.xml(listed)
        for page in list(root.iter("Page"))[:MOST] if root is not None else ():
            place = next((each.text for each in page.iterchildren("FileLoc")), None)
            part = package.xml(package.place(listed, place) or package.place(body.part, place))
            for each in list(part.iter("Annot"))[:MOST] if part is not None else ():
                if is_true(each.get("Visible"), True):
                    kind = each.get("Type") or each.get("Subtype") or ""
                    yield Annotation(kind, page.get("PageID", ""), _text(each, body))


def _text(annotation: Any, body: Body) -> str:
    drawn = Drawn()
    for appearance in annotation.iterchildren("Appearance"):
        Drawing(body.resources).draw(appearance, drawn, (POINTS, 0, 0, POINTS, 0, 0))
    level = [sign for run in drawn.runs if run.turn is not None for sign in run.signs]
    across = [run.text for run in drawn.runs if run.turn is None]
    return " ".join([line.text for line in lines_of(level)] + list(dict.fromkeys(across))).strip()


def attachments_of(package: Package, body: Body) -> Iterator[str]:
    """Yield the names of the files that are attached and shown: data for programs is not."""
    for listed in body.names(package, "Attachments"):
        root = package.xml(listed)
        for each in list(root.iter("Attachment"))[:MOST] if root is not None else ():
            if is_true(each.get("Visible"), True):
                place = next((each.text or "" for each in each.iterchildren("FileLoc")), "")
                name, end = each.get("Name") or "", place.rpartition(".")[2].strip()
                has_end = name.lower().endswith(f".{end.lower()}") or not end or "/" in end
                yield name if name and has_end else f"{name}.{end}" if name else place.rpartition("/")[2].strip()


def seals_of(package: Package, listed: list[str]) -> Iterator[str]:
    """Yield, of each signature, the name of its seal, "" where it has none. Nothing is verified here."""
    for part in listed:
        root = package.xml(part)
        for each in list(root.iter("Signature"))[:MOST] if root is not None else ():
            own = package.place(part, each.get("BaseLoc"))
            yield _seal(package, own, package.xml(own))


def _seal(package: Package, part: str, root: Any) -> str:
    """The name in a seal (GM/T 0031, GB/T 38540): the first text of the first part that holds one."""
    if root is None:
        return ""
    places = [each.text for each in root.iter("BaseLoc")] + [each.text for each in root.iter("SignedValue")]
    for place in places:
        name = package.place(part, place)
        found = next(texts_of(archives.part(package.zip, name, _SEAL_BYTES)), "") if name else ""
        if found:
            return found
    return ""


def texts_of(data: bytes, deep: int = 0) -> Iterator[str]:
    """Yield the texts (UTF8String) of a structure in DER (X.690), in their order."""
    at = 0
    while at + 2 <= len(data) and deep < _SEQUENCES:
        tag, size, at = data[at], data[at + 1], at + 2
        if size > 0x80:
            many = size - 0x80
            size, at = int.from_bytes(data[at : at + many], "big"), at + many
        if size > len(data) - at:
            return
        inner = data[at : at + size]
        if tag == _UTF8:
            text = inner.decode("utf-8", "replace").strip()
            if text and text.isprintable() and len(text) <= _LONGEST_NAME:
                yield text
        elif tag & _CONSTRUCTED:
            yield from texts_of(inner, deep + 1)
        at += size
