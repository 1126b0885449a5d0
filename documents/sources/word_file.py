"""A Word file as every door reads it: opened with suspicion, as Word prints it, numbers written in.

From here on only plain paragraphs and tables are walked: word_text makes lines of them, word_outline blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from documents.file_beginnings import HEAD, begins_as
from documents.refusal import Refused

from . import word_printed as printed
from .docx_archive import Archive
from .html_body import body_of, is_page
from .word_fields import write_fields
from .word_formulas import write_formulas
from .word_numbering import Listing, W, read_listing
from .word_printed import PICTURES, columns, is_on, text_of

__all__ = ["PICTURES", "WordFile", "columns", "opened", "text_of"]

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_FEW = 15  # characters of a paragraph by which somebody finds it again


@dataclass(slots=True)
class WordFile:
    """The body of a Word file as Word prints it, and the parts it draws on."""

    archive: Archive
    body: Any
    listing: Listing
    styles: dict[str, Any] = field(default_factory=dict)
    hidden: list[Any] = field(default_factory=list)
    """The paragraphs from which hidden words were left out."""
    foreign: list[str] = field(default_factory=list)
    """The lines behind which parts in another format stood."""
    taken_in: list[str] = field(default_factory=list)
    """The same for parts in another format that were read."""
    is_inside: bool = False
    """Whether the file lies in another one."""

    def prepared(self, root: Any) -> Any:
        """A part as it is printed: nothing hidden, what prints without text as text, numbers written in."""
        printed.drop_taken(root)
        self._write_notes(root)
        self._drop_hidden(root)
        printed.unwrap(root)
        write_fields(root)
        write_formulas(root)
        printed.write_symbols(root)
        printed.write_word_art(root)
        self._write_foreign(root)
        printed.join_paragraphs(root, self._lost_its_mark)
        printed.fill_rows(root)
        for paragraph in root.iter(f"{W}p"):
            self._write_number(paragraph)
        printed.lift_boxes(root)
        return root

    def picture(self, element: Any) -> bytes | None:
        """The bytes of a picture in the body; None when the file does not hold it."""
        part = self.archive.relations.get(element.get(f"{R}embed") or element.get(f"{R}id") or "")
        return self.archive.read(part.target) or None if part and not part.is_outside else None

    def letterhead(self) -> list[str]:
        """The lines in the header of the first page alone, where a letter has its issuing body."""
        section = next(self.body.iter(f"{W}sectPr"), None)
        if section is None or not is_on(section.find(f"{W}titlePg")):
            return []
        for reference in section.findall(f"{W}headerReference"):
            part = self.archive.relations.get(reference.get(f"{R}id", ""))
            root = self.archive.xml(part.target) if part and reference.get(f"{W}type") == "first" else None
            if root is not None:
                return [text_of(paragraph) for paragraph in self.prepared(root).iter(f"{W}p")]
        return []

    def left_out(self) -> dict[str, list[str]]:
        """What the text of the file does not hold, or not as it was, by kind: the beginnings of the lines there."""
        drawn = [each for each in self.body.iter(_DRAWN) if each.get("uri", "").endswith(("/chart", "/diagram"))]
        pictures = [*self.body.iter(*PICTURES), *drawn]
        return {
            "pictures": [_near(next(each.iterancestors(f"{W}p"), None)) for each in pictures],
            "hidden": [_near(each) for each in dict.fromkeys(self.hidden)],
            "foreign": self.foreign,
            "taken_in": self.taken_in,
        }

    # --- hidden words ------------------------------------------------------------------------------------

    def _drop_hidden(self, root: Any) -> None:
        for run in [each for each in root.iter(f"{W}r") if self._is_hidden(each)]:
            paragraph = next(run.iterancestors(f"{W}p"), None)
            if any((each.text or "").strip() for each in run.iter(f"{W}t")):
                self.hidden.append(paragraph)
            if run.getparent() is not None:
                run.getparent().remove(run)

    def _is_hidden(self, run: Any) -> bool:
        """Whether a run is not printed: by itself, or by the style of its characters or of its paragraph."""
        own = run.find(f"{W}rPr/{W}vanish")
        if own is not None:
            return is_on(own)
        paragraph = next(run.iterancestors(f"{W}p"), None)
        characters = self._of_style(run.find(f"{W}rPr/{W}rStyle"))
        # what both styles hide is shown: each turns over what the other says
        return characters != (paragraph is not None and self._of_style(paragraph.find(f"{W}pPr/{W}pStyle")))

    def _of_style(self, name: Any) -> bool:
        """Whether a style hides its text, by itself or by the one it is based on."""
        said = (settings.find(f"{W}vanish") for settings in self._based(name) if settings is not None)
        return is_on(next((each for each in said if each is not None), None))

    def _based(self, name: Any) -> Iterator[Any]:
        """The run properties of a style and of those it is based on, the nearest first."""
        key, seen = name.get(f"{W}val") if name is not None else None, set[str]()
        while key in self.styles and key not in seen:
            seen.add(key)
            style = self.styles[key]
            yield style.find(f"{W}rPr")
            base = style.find(f"{W}basedOn")
            key = base.get(f"{W}val") if base is not None else None

    def _lost_its_mark(self, paragraph: Any) -> bool:
        """Whether the mark of a paragraph was deleted or moved away, or is hidden."""
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            return True
        own = mark.find(f"{W}vanish") if mark is not None else None
        return is_on(own) if own is not None else self._of_style(paragraph.find(f"{W}pPr/{W}pStyle"))

    # --- notes and parts in other formats ------------------------------------------------------------------

    def _write_notes(self, root: Any) -> None:
        """A footnote stands as a line of its own behind the paragraph, or the table, that it belongs to."""
        for reference in list(root.iter(*_NOTES)):
            outermost = [*reference.iterancestors(f"{W}tbl")][-1:] or [*reference.iterancestors(f"{W}p")][-1:]
            note = self._note(_NOTES[reference.tag], reference.get(f"{W}id", ""))
            reference.getparent().remove(reference)
            if not outermost or note is None:
                continue
            place = outermost[0]
            while place.getnext() is not None and place.getnext().get("note"):
                place = place.getnext()
            for paragraph in reversed(note):
                paragraph.set("note", "1")
                place.addnext(paragraph)

    def _note(self, kind: str, key: str) -> list[Any] | None:
        root = self.archive.xml(self.archive.related(kind))
        if root is None:
            return None
        printed.drop_taken(root)
        found = next((each for each in root if each.get(f"{W}id") == key and not each.get(f"{W}type")), None)
        paragraphs = list(found.iter(f"{W}p")) if found is not None else []
        if not paragraphs:
            return None
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}t").text = "注："
        settings = paragraphs[0].find(f"{W}pPr")
        paragraphs[0].insert(0 if settings is None else 1, run)
        return paragraphs

    def _write_foreign(self, root: Any) -> None:
        """Parts that programs put in as pages or whole files are read; where one of another format stood is kept."""
        for chunk in list(root.iter(f"{W}altChunk")):
            blocks = self._foreign_blocks(chunk)
            above = chunk.itersiblings(f"{W}p", preceding=True)
            place = _near(next((each for each in above if text_of(each).strip()), None))
            (self.foreign if blocks is None else self.taken_in).append(place)
            for block in reversed(blocks or []):
                chunk.addnext(block)
            chunk.getparent().remove(chunk)

    def _foreign_blocks(self, chunk: Any) -> list[Any] | None:
        part = self.archive.relations.get(chunk.get(f"{R}id", ""))
        data = self.archive.read(part.target) if part and not part.is_outside else b""
        if is_page(data):
            return list(body_of(data))
        if not begins_as(data[:HEAD], ".docx") or self.is_inside:
            return None
        inner = opened(data, is_inside=True)
        self.foreign += inner.foreign
        for settings in inner.body.iter(f"{W}pPr"):  # its numbers stand there already, of lists of its own
            for said in settings.findall(f"{W}numPr") + settings.findall(f"{W}pStyle"):
                settings.remove(said)
        return [each for each in inner.body if each.tag in (f"{W}p", f"{W}tbl")]

    def _write_number(self, paragraph: Any) -> None:
        """Put the number before the text; an empty cell of a column of numbers has nothing else."""
        text = text_of(paragraph)
        empty, cell = not text.strip(), next(paragraph.iterancestors(f"{W}tc", f"{W}txbxContent"), None)
        if empty and is_on(paragraph.find(f"{W}pPr/{W}rPr/{W}vanish")):
            return
        mark = self.listing.mark(paragraph, text)
        if mark and not (empty and (cell is None or cell.tag != f"{W}tc")):
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}t").text = mark
            settings = paragraph.find(f"{W}pPr")
            paragraph.insert(0 if settings is None else paragraph.index(settings) + 1, run)


def opened(data: bytes, *, is_inside: bool = False) -> WordFile:
    """Open a Word file; is_inside: one that lies in another.

    Raises: Refused when it is damaged, encrypted, another kind of file, or unpacks to too much."""
    archive = Archive(data)
    root = archive.xml(archive.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise Refused("damaged")
    numbering, styles = archive.xml(archive.related("numbering")), archive.xml(archive.related("styles"))
    known = {style.get(f"{W}styleId", ""): style for style in (styles.iter(f"{W}style") if styles is not None else ())}
    word = WordFile(archive, body, read_listing(numbering, styles), known, is_inside=is_inside)
    word.prepared(body)
    if word.foreign and not is_inside and not text_of(body).strip():
        raise Refused("foreign")
    return word


def _near(paragraph: Any) -> str:
    """The beginning of a paragraph, by which somebody finds it in Word."""
    text = " ".join(text_of(paragraph).split()) if paragraph is not None else ""
    return text if len(text) <= _FEW else f"{text[:_FEW]}…"
