"""A bound book read back: do contents, links and bookmarks name the pages on which the chapters stand?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2


def weighed(path: Path) -> dict[str, Any]:
    """How long and how large it is."""
    with pikepdf.open(path) as pdf:
        return {"pages": len(pdf.pages), "mb": round(path.stat().st_size / 2**20, 1)}


def check(path: Path, chapters: int) -> None:
    """Read it back. Raises AssertionError when a number, a link or a bookmark names another page than the title's."""
    document = pypdfium2.PdfDocument(str(path))
    texts = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
    document.close()
    titled = (re.match(r"示范省第(\d+)单位", text) for text in texts)
    firsts = {int(found[1]): page for page, found in enumerate(titled, 1) if found and "·" not in texts[page - 1]}
    assert len(firsts) == chapters, f"{len(firsts)} chapters found of {chapters}"
    contents = "".join(text for text in texts[: min(firsts.values())] if "·" in text)
    printed = {int(unit): int(page) for unit, page in re.findall(r"示范省第(\d+)单位[·.]+(\d+)", contents)}
    with pikepdf.open(path) as pdf:
        pages = {sheet.obj.objgen: number for number, sheet in enumerate(pdf.pages, 1)}
        with pdf.open_outline() as outline:
            marks: list[Any] = [item.destination for item in outline.root if re.match("示范省第", item.title)]
            marked = [pages[place[0].objgen] for place in marks]
        links = {
            pages[link.Dest[0].objgen]
            for sheet in list(pdf.pages)[: min(firsts.values())]
            for link in sheet.obj.get("/Annots", [])
        }
    assert marked == list(firsts.values()), "the bookmarks name other pages"
    assert set(firsts.values()) <= links, "the links name other pages"
    assert printed == firsts, "the contents name other pages"
