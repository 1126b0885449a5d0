"""What a file says of itself as an official document: Tag_OfficeDoc.xml, whose elements point at objects of pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .document import Body
from .package import Package

FIELDS = {
    "发文机关名称": "发文机关", "发文机关": "发文机关", "发文机关署名": "发文机关", "发文字号": "发文字号",
    "标题": "标题", "主送机关": "主送机关", "成文日期": "成文日期",
}  # fmt: skip
"""Its elements, by what is taken from them; the body, the annexes and the imprint the reader finds better by itself."""
MOST = 200


def tagged(package: Package, bodies: list[Body]) -> list[tuple[str, Any]]:
    """Return the fields and their elements; none where a part is missing or, as with many invoices, no XML."""
    found: list[tuple[str, Any]] = []
    for body in bodies:
        for listed in body.names(package, "CustomTags"):
            root = package.xml(listed)
            for each in root.iter("FileLoc") if root is not None else ():
                part = package.xml(package.place(listed, each.text) or package.place(body.part, each.text))
                for element in part.iter() if part is not None else ():
                    if element.tag in FIELDS and len(found) < MOST:
                        found.append((FIELDS[element.tag], element))
    return found


def objects_of(element: Any) -> list[tuple[str, str]]:
    """Return the page and the id of each object that an element points at."""
    return [(each.get("PageRef", ""), (each.text or "").strip()) for each in element.iter("ObjectRef")]


def fields(found: list[tuple[str, Any]], text_of: Callable[[str, str], str]) -> list[tuple[str, str]]:
    """Return what is said of each field. text_of: what the object of an id on a page says."""
    said: list[tuple[str, str]] = []
    for field, element in found:
        text = "".join(text_of(page, key) for page, key in objects_of(element))
        text = text or " ".join("".join(element.itertext()).split())
        if text and (field, text) not in said:
            said.append((field, text))
    return said
