"""A part of a Word file as Word prints it: plain paragraphs and tables, with nothing else around or inside them.

Each step takes away what is not printed or puts text in the place of what prints without having any.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from .word_numbering import W, whole
from .word_symbols import is_symbol_font, symbol

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
MOST_COLUMNS = 200
_OFF = {"0", "false", "off", "none"}
# what was taken away, what was moved; the reading beside a phonetic guide
_TAKEN = {f"{W}{name}" for name in ("del", "moveFrom", "delText", "delInstrText", "fldData", "rt", "rubyPr")}
_WRAPPERS = tuple(f"{W}{name}" for name in ("sdtContent", "sdt", "ins", "moveTo", "customXml", "smartTag"))
_SETTINGS = {f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr")}
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"


def is_on(element: Any) -> bool:
    """Return whether a setting that may be said as on, off, 1 or 0 is said and on."""
    return element is not None and element.get(f"{W}val", "1").lower() not in _OFF


def drop_taken(root: Any) -> None:
    """Take out what tracked changes deleted or moved away, and what stands there once more for older programs."""
    for element in [each for each in root.iter() if isinstance(each.tag, str) and _is_taken(each)]:
        parent = element.getparent()
        if parent is not None and not _is_mark(parent):
            parent.remove(element)
    for table in list(root.iter(f"{W}tbl")):
        if next(table.iter(f"{W}tr"), None) is None and table.getparent() is not None:
            table.getparent().remove(table)


def _is_taken(element: Any) -> bool:
    if element.tag in _TAKEN:
        return True
    if element.tag == f"{MC}Fallback":
        return element.getparent() is not None and element.getparent().find(f"{MC}Choice") is not None
    if element.tag == f"{W}tr":
        settings = element.find(f"{W}trPr")
        return settings is not None and (settings.find(f"{W}del") is not None or is_on(settings.find(f"{W}hidden")))
    return element.tag == f"{W}tc" and element.find(f"{W}tcPr/{W}cellDel") is not None


def _is_mark(element: Any) -> bool:
    """Whether an element holds the settings of a paragraph's mark, or of a row: what is deleted is told there."""
    return element.tag == f"{W}trPr" or (element.tag == f"{W}rPr" and element.getparent().tag == f"{W}pPr")


def unwrap(root: Any) -> None:
    """Let what controls, insertions and the like hold stand in their place."""
    for name in _WRAPPERS:
        for element in list(root.iter(name)):
            parent = element.getparent()
            if parent is None or _is_mark(parent):
                continue
            at = parent.index(element)
            children = [each for each in element if each.tag not in _SETTINGS]
            parent.remove(element)
            for step, child in enumerate(children):
                parent.insert(at + step, child)


def write_symbols(root: Any) -> None:
    """Put text in the place of signs of symbol fonts."""
    for sign in list(root.iter(f"{W}sym")):
        try:
            text = chr(int(sign.get(f"{W}char", ""), 16))
        except (ValueError, OverflowError):
            text = ""
        plain = etree.Element(f"{W}t")
        plain.text = _printable(symbol(sign.get(f"{W}font", ""), text))
        sign.getparent().replace(sign, plain)
    for fonts in root.iter(f"{W}rFonts"):
        font, run = fonts.get(f"{W}ascii") or "", fonts.getparent().getparent()
        if is_symbol_font(font) and run is not None and run.tag == f"{W}r":
            for text in run.iterchildren(f"{W}t"):
                text.text = "".join(_of_font(font, char) for char in text.text or "")


def _printable(text: str) -> str:
    return text if text.isprintable() else ""


def _of_font(font: str, char: str) -> str:
    """A letter set in a symbol font; Chinese ones are taken from the other font of the run."""
    return symbol(font, char) if ord(char) <= 0xFF or 0xF000 <= ord(char) <= 0xF0FF else char


def write_word_art(root: Any) -> None:
    """The words of old WordArt, as of a red head, are words."""
    for path in list(root.iter(_WORD_ART)):
        run = next(path.iterancestors(f"{W}r"), None)
        if run is not None and path.get("string"):
            etree.SubElement(run, f"{W}t").text = path.get("string")


def join_paragraphs(root: Any, is_gone: Any) -> None:
    """A paragraph whose mark was deleted, or is hidden, goes on with the next one.

    is_gone: tells of a paragraph whether its mark is gone.
    """
    for paragraph in list(root.iter(f"{W}p")):
        while paragraph.getparent() is not None and is_gone(paragraph):
            following = _following(paragraph)
            if following is None:
                break
            if _is_empty(paragraph):
                paragraph.getparent().remove(paragraph)
                break
            _take_over(paragraph, following)


def _following(paragraph: Any) -> Any:
    following = next(paragraph.itersiblings(f"{W}p", f"{W}tbl"), None)
    return following if following is not None and following.tag == f"{W}p" else None


def _is_empty(paragraph: Any) -> bool:
    held = (f"{W}t", f"{W}sym", *PICTURES)
    return not any(each.tag in PICTURES or each.tag == f"{W}sym" or each.text for each in paragraph.iter(*held))


def _take_over(paragraph: Any, following: Any) -> None:
    """The first paragraph keeps its number and style and ends as the second does."""
    first, second = paragraph.find(f"{W}pPr/{W}rPr"), following.find(f"{W}pPr/{W}rPr")
    if first is not None:
        settings = first.getparent()
        settings.remove(first)
        if second is not None:
            settings.append(second)
    elif second is not None and paragraph.find(f"{W}pPr") is not None:
        paragraph.find(f"{W}pPr").append(second)
    for child in [each for each in following if each.tag != f"{W}pPr"]:
        paragraph.append(child)
    following.getparent().remove(following)


def lift_boxes(root: Any) -> None:
    """Text boxes stand as paragraphs of their own behind the one that they are anchored in."""
    last: dict[Any, Any] = {}
    for box in list(root.iter(f"{W}txbxContent")):
        anchor = next(box.iterancestors(f"{W}p"), None)
        if anchor is None or box.getparent() is None:
            continue
        box.getparent().remove(box)
        for child in [each for each in box if each.tag in (f"{W}p", f"{W}tbl")]:
            last.get(anchor, anchor).addnext(child)
            last[anchor] = child
    for anchor in last:
        if _is_empty(anchor) and anchor.getparent() is not None and anchor.getparent().tag != f"{W}tc":
            anchor.getparent().remove(anchor)


def fill_rows(root: Any) -> None:
    """A row that begins late, or ends early, has empty cells there; cells merged sideways are one wide cell.

    Raises: Refused when what is said is no number.
    """
    for row in root.iter(f"{W}tr"):
        for cell in [each for each in row.iterchildren(f"{W}tc") if _goes_on(each)]:
            _widen(cell)
        for name, at_end in (("gridBefore", False), ("gridAfter", True)):
            skipped = whole(row.find(f"{W}trPr/{W}{name}")) or 0
            for _ in range(min(max(skipped, 0), MOST_COLUMNS)):
                cell = etree.Element(f"{W}tc")
                etree.SubElement(cell, f"{W}p")
                behind = sum(1 for each in row.iterchildren(f"{W}trPr", f"{W}tblPrEx"))
                row.insert(len(row) if at_end else behind, cell)


def _goes_on(cell: Any) -> bool:
    merge = cell.find(f"{W}tcPr/{W}hMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _widen(cell: Any) -> None:
    """Give the columns of a cell to the one before it."""
    before = next(cell.itersiblings(f"{W}tc", preceding=True), None)
    if before is None:
        return
    settings = before.find(f"{W}tcPr")
    if settings is None:
        settings = etree.Element(f"{W}tcPr")
        before.insert(0, settings)
    span = settings.find(f"{W}gridSpan")
    if span is None:
        span = etree.SubElement(settings, f"{W}gridSpan")
    width = columns(before) + columns(cell) if span.get(f"{W}val") else 1 + columns(cell)
    span.set(f"{W}val", str(min(width, MOST_COLUMNS)))
    cell.getparent().remove(cell)


def columns(cell: Any) -> int:
    """How many columns a cell is wide. Raises: Refused when what is said is no number."""
    width = whole(cell.find(f"{W}tcPr/{W}gridSpan"))
    return min(max(1 if width is None else width, 1), MOST_COLUMNS)


def text_of(element: Any, tab: str = " ") -> str:
    """The text of the runs below an element; a line end where Word breaks the line. tab: what a tab becomes."""
    return "".join(_character(each, tab) for each in element.iter(*_SIGNS))


_SIGNS = tuple(f"{W}{name}" for name in ("t", "br", "cr", "tab", "ptab", "noBreakHyphen"))


def _character(element: Any, tab: str) -> str:
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag in (f"{W}tab", f"{W}ptab"):
        return tab if element.getparent().tag == f"{W}r" else ""  # elsewhere it is a tab stop
    return "-" if element.tag == f"{W}noBreakHyphen" else "\n"
