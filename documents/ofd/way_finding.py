"""How one finds one's way in an OFD: the outline, and links as annotations of their pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pikepdf

from . import markup
from .drawing import MM

DEEPEST = 12
Ids = Mapping[tuple[int, int], int]
"""The ID of each page, by its object in the PDF."""


def outline(pdf: Any, ids: Ids) -> str:
    """Return the outline of a PDF as markup; nothing when it has none."""
    found = pdf.Root.get("/Outlines")
    inner = _entries(found, ids, 1) if found is not None else ""
    return markup.element("Outlines", inner) if inner else ""


def _entries(parent: Any, ids: Ids, depth: int) -> str:
    entries: list[str] = []
    entry = parent.get("/First") if depth < DEEPEST else None
    while entry is not None:
        below = _entries(entry, ids, depth + 1)
        inner = _actions(_goto(entry.get("/Dest"), ids)) + below
        size = below.count(' Count="0"')  # entries with none below them
        expanded = str(int(entry.get("/Count", 0)) >= 0).lower()
        entries.append(markup.element("OutlineElem", inner, Title=str(entry["/Title"]), Count=size, Expanded=expanded))
        entry = entry.get("/Next")
    return "".join(entries)


def links(pdf: Any, sheet: Any, ids: Ids, number: Any, day: str) -> bytes | None:
    """Return the links of a page as its part of annotations; None when it has none.

    number: gives each object its ID; day: when they were made, as the standard wants to know.
    """
    found = [each for each in sheet.obj.get("/Annots", pikepdf.Array()) if each.get("/Subtype") == pikepdf.Name.Link]
    made = [_link(each, _deed(pdf, each, ids), sheet, number, day) for each in found]
    inner = "".join(made)
    return markup.root("PageAnnot", inner) if inner else None


def _link(link: Any, deed: str, sheet: Any, number: Any, day: str) -> str:
    if not deed:
        return ""
    left, foot, right, top = (float(edge) for edge in link["/Rect"])
    width, height = (right - left) * MM, (top - foot) * MM
    place = markup.box((left - float(sheet.mediabox[0])) * MM, (float(sheet.mediabox[3]) - top) * MM, width, height)
    w, h = markup.number(width), markup.number(height)
    area = markup.element("AbbreviatedData", f"M 0 0 L {w} 0 L {w} {h} L 0 {h} C")
    identity, inside = number(), number()
    path = markup.element(
        "PathObject", _actions(deed) + area,
        ID=inside, Boundary=markup.box(0, 0, width, height), Stroke="false", Fill="false",
    )  # fmt: skip
    return markup.element(
        "Annot", markup.element("Appearance", path, Boundary=place),
        ID=identity, Type="Link", Creator="Quality Month", LastModDate=day,
    )  # fmt: skip


def _deed(pdf: Any, link: Any, ids: Ids) -> str:
    action = link.get("/A")
    if action is not None and "/URI" in action:
        return markup.element("URI", URI=str(action["/URI"]))
    dest = link.get("/Dest") if action is None else action.get("/D")
    if isinstance(dest, (pikepdf.String, str)):
        dest = _named(pdf, str(dest))
    return _goto(dest, ids)


def _named(pdf: Any, name: str) -> Any:
    """Find a place by its name in the tree of names."""
    tree = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if tree is None:
        return None
    found = pikepdf.NameTree(tree).get(name)
    return found.get("/D") if isinstance(found, pikepdf.Dictionary) else found


def _goto(dest: Any, ids: Ids) -> str:
    """Return the way to a place of the document, as the PDF has it: a page, or a height on it."""
    if dest is None or not isinstance(dest, pikepdf.Array) or dest[0].objgen not in ids:
        return ""
    page, height = ids[dest[0].objgen], float(dest[0]["/MediaBox"][3])
    if dest[1] == pikepdf.Name.XYZ:
        left, top = float(dest[2] or 0) * MM, (height - float(dest[3] or height)) * MM
        place = markup.element("Dest", Type="XYZ", PageID=page, Left=left, Top=max(top, 0.0), Zoom=0)
    else:
        place = markup.element("Dest", Type="Fit", PageID=page)
    return markup.element("Goto", place)


def _actions(deed: str) -> str:
    return markup.element("Actions", markup.element("Action", deed, Event="CLICK")) if deed else ""
