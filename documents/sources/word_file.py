"""A Word file as every door reads it: opened with suspicion, what Word does not print taken out, numbers written in.

From here on only plain paragraphs and tables are walked: word_text makes lines of them, word_outline blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from documents.refusal import Refused

from .docx_archive import Archive
from .word_numbering import Listing, W, read_listing, whole

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
MOST_COLUMNS = 200
# what was taken away, what was moved, what a field is made of
_UNPRINTED = {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "fldData")}
_OFF = {"0", "false", "off", "none"}
# the boxes and ticks of forms, as Word takes them from its symbol fonts
_SYMBOLS = {"A8": "□", "6F": "□", "A3": "□", "FE": "☑", "52": "☑", "FC": "√", "50": "√"}


@dataclass(slots=True)
class WordFile:
    """The body of a Word file as Word prints it, and the parts it draws on."""

    archive: Archive
    body: Any
    listing: Listing
    styles: dict[str, Any] = field(default_factory=dict)

    def prepared(self, root: Any) -> Any:
        """A part as it is printed: nothing hidden, numbers and ticks as text, cells that a row skips as empty ones."""
        _drop(root, self._is_unprinted)
        for symbol in list(root.iter(f"{W}sym")):
            _becomes_text(symbol, _tick(symbol))
        for row in root.iter(f"{W}tr"):
            _fill(row)
        for paragraph in root.iter(f"{W}p"):
            self._write_number(paragraph)
        return root

    def picture(self, element: Any) -> bytes | None:
        """The bytes of a picture in the body; None when the file does not hold it."""
        part = self.archive.relations.get(element.get(f"{R}embed") or element.get(f"{R}id") or "")
        return self.archive.read(part.target) or None if part and not part.is_outside else None

    def letterhead(self) -> list[str]:
        """The lines in the header of the first page alone, where a letter has its issuing body."""
        section = next(self.body.iter(f"{W}sectPr"), None)
        if section is None or not _is_on(section.find(f"{W}titlePg")):
            return []
        for reference in section.findall(f"{W}headerReference"):
            part = self.archive.relations.get(reference.get(f"{R}id", ""))
            root = self.archive.xml(part.target) if part and reference.get(f"{W}type") == "first" else None
            if root is not None:
                return [text_of(paragraph) for paragraph in self.prepared(root).iter(f"{W}p")]
        return []

    def left_out(self) -> dict[str, int]:
        """What the text of the file does not hold: how many pictures, how many footnotes."""
        notes = [*self.body.iter(f"{W}footnoteReference", f"{W}endnoteReference")]
        return {"pictures": sum(1 for each in self.body.iter(*PICTURES)), "notes": len(notes)}

    def _is_unprinted(self, element: Any) -> bool:
        if element.tag in _UNPRINTED:
            return True
        if element.tag == f"{_MC}Fallback":
            return element.getparent().find(f"{_MC}Choice") is not None  # once more, for older programs
        if element.tag == f"{W}tr":
            settings = element.find(f"{W}trPr")
            return settings is not None and (
                settings.find(f"{W}del") is not None or _is_on(settings.find(f"{W}hidden"))
            )
        return element.tag == f"{W}r" and self._is_hidden(element)

    def _is_hidden(self, run: Any) -> bool:
        """Whether a run is not printed: by itself, by the style of its characters, by that of its paragraph."""
        paragraph = next(run.iterancestors(f"{W}p"), None)
        named = (run.find(f"{W}rPr/{W}rStyle"), None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle"))
        for settings in (run.find(f"{W}rPr"), *(each for name in named for each in self._of_style(name))):
            said = settings.find(f"{W}vanish") if settings is not None else None
            if said is not None:
                return _is_on(said)
        return False

    def _of_style(self, name: Any) -> Iterator[Any]:
        """The run properties of a style and of those it is based on, the nearest first."""
        key, seen = name.get(f"{W}val") if name is not None else None, set[str]()
        while key in self.styles and key not in seen:
            seen.add(key)
            style = self.styles[key]
            yield style.find(f"{W}rPr")
            base = style.find(f"{W}basedOn")
            key = base.get(f"{W}val") if base is not None else None

    def _write_number(self, paragraph: Any) -> None:
        """Put the number before the text; an empty cell of a column of numbers has nothing else."""
        text = text_of(paragraph)
        alone = _is_on(paragraph.find(f"{W}pPr/{W}rPr/{W}vanish"))
        in_cell = next(paragraph.iterancestors(f"{W}tc", f"{W}txbxContent"), None)
        if not text.strip() and (alone or in_cell is None or in_cell.tag != f"{W}tc"):
            return
        mark = self.listing.mark(paragraph)
        if mark:
            gap = " " if mark == "•" or (mark[-1:] == "." and text[:1].isdigit()) else ""
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}t").text = mark + gap
            settings = paragraph.find(f"{W}pPr")
            paragraph.insert(0 if settings is None else paragraph.index(settings) + 1, run)


def opened(data: bytes) -> WordFile:
    """Open a Word file. Raises: Refused when it is damaged, encrypted, another kind of file, or unpacks to too much."""
    archive = Archive(data)
    root = archive.xml(archive.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise Refused("damaged")
    numbering, styles = archive.xml(archive.related("numbering")), archive.xml(archive.related("styles"))
    known = {style.get(f"{W}styleId", ""): style for style in (styles.iter(f"{W}style") if styles is not None else ())}
    word = WordFile(archive, body, read_listing(numbering, styles), known)
    word.prepared(body)
    return word


def text_of(element: Any) -> str:
    """The text of the runs below an element; a line end where Word breaks the line."""
    tags = (f"{W}t", f"{W}br", f"{W}cr", f"{W}tab", f"{W}noBreakHyphen")
    return "".join(map(character, element.iter(*tags)))


def character(element: Any) -> str:
    """What an element of a run prints."""
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag == f"{W}tab":
        return " " if element.getparent().tag == f"{W}r" else ""  # elsewhere it is a tab stop
    return "-" if element.tag == f"{W}noBreakHyphen" else "\n"


def columns(cell: Any) -> int:
    """How many columns a cell is wide. Raises: Refused when what is said is no number."""
    width = whole(cell.find(f"{W}tcPr/{W}gridSpan"))
    return min(max(1 if width is None else width, 1), MOST_COLUMNS)


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val", "1").lower() not in _OFF


def _drop(root: Any, unwanted: Any) -> None:
    for element in [each for each in root.iter() if isinstance(each.tag, str) and unwanted(each)]:
        if element.getparent() is not None:
            element.getparent().remove(element)


def _tick(symbol: Any) -> str:
    wingdings = symbol.get(f"{W}font", "").startswith("Wingdings")
    return _SYMBOLS.get(symbol.get(f"{W}char", "")[-2:].upper(), "〓") if wingdings else ""


def _becomes_text(element: Any, text: str) -> None:
    plain = etree.Element(f"{W}t")
    plain.text = text
    element.getparent().replace(element, plain)


def _fill(row: Any) -> None:
    """A row that begins late, or ends early, has empty cells there."""
    for name, at_end in (("gridBefore", False), ("gridAfter", True)):
        skipped = whole(row.find(f"{W}trPr/{W}{name}")) or 0
        for _ in range(min(max(skipped, 0), MOST_COLUMNS)):
            cell = etree.Element(f"{W}tc")
            etree.SubElement(cell, f"{W}p")
            behind = sum(1 for each in row.iterchildren(f"{W}trPr", f"{W}tblPrEx"))
            row.insert(len(row) if at_end else behind, cell)
