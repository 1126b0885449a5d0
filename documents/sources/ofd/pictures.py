"""The pictures of an OFD that is a scan, in the order of its pages: the largest of each."""

from __future__ import annotations

from typing import Any

from documents import archives

from .document import Body, bodies_of, pages_of
from .numbers import numbers
from .package import Package

_MOST = 50 * 1024 * 1024


def pictures_of(data: bytes) -> list[bytes]:
    """Return the picture of each page that has one. Raises Stop, Refused: no OFD, encrypted, damaged."""
    package = Package(data)
    bodies, _signatures = bodies_of(package)
    files = {id(body): _files(package, body) for body in bodies}
    found: list[bytes] = []
    for entry in pages_of(package, bodies):
        root = package.xml(entry.part) if entry.part else None
        drawn = sorted(root.iter("ImageObject"), key=_area, reverse=True) if root is not None else []
        names = [files[id(entry.body)].get(each.get("ResourceID", ""), "") for each in drawn]
        name = next(filter(None, names), "")
        if name:
            found.append(archives.part(package.zip, name, _MOST))
    return found


def _area(element: Any) -> float:
    box = numbers(element.get("Boundary"), 4) or (0.0,) * 4
    return box[2] * box[3]


def _files(package: Package, body: Body) -> dict[str, str]:
    """The parts of the pictures of a document by their numbers."""
    found: dict[str, str] = {}
    for tag in ("PublicRes", "DocumentRes"):
        for named in body.root.iter(tag):
            part = package.place(body.part, named.text)
            root = package.xml(part)
            for each in root.iter("MultiMedia") if root is not None else ():
                place = next((file.text or "" for file in each.iterchildren("MediaFile")), "")
                base = (root.get("BaseLoc") or "").strip("/ ")
                name = package.place(part, f"{base}/{place.strip()}") or package.place(part, place)
                found[each.get("ID", "")] = name
    return found
