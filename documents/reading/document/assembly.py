"""Put a document together from its bare text: head, title, addressees, body, signature, date, annexes, imprint.

Made for setting a text as it stands; documents.reading is what understands a notice.
"""

from __future__ import annotations

import re
from dataclasses import replace

from documents.cells import bars_as_tabs, filled
from documents.numbering import recognise
from documents.numerals import date_of
from documents.outline import Attendance, Block, Blocks, Document, Form, Heading, Imprint, Paragraph, from_text, to_text
from documents.text import cells_whole, clean

from .enclosures import annexes
from .ending import NOTE, Ending, ending
from .head import bodies_of, read_head
from .lines import LONGEST_NAME, MARK, is_office

_ISSUED = re.compile(r"^(?P<issuer>.*?)\s*(?P<day>\d{4}年\d{1,2}月\d{1,2}日)\s*印发$")
_CONTACT = re.compile(r"^(?:联\s*系|电\s*话|传\s*真|邮\s*箱|地\s*址|此件|公开).{0,80}$")
_SENT = re.compile(r"^(?P<label>抄送|抄报|报送|分送|发送|主送|报|发|送)\s*[：:]\s*(?P<names>\S.*)$")
_ATTENDED = re.compile(r"^(?P<label>(?:出席|请假|列席|参加|缺席|主持|记录)(?:人员|人|单位)?)\s*[：:]\s*(?P<names>.+)$")
_GOES_ON = "、，的"  # no line of an official document ends so


def document_from_text(text: str, form: Form = "document") -> Document:
    """Return the document that a plain text is.

    text: as it would stand in an editor; form: the page it shall take. What is not recognised stays in the body,
    in its order; only the catalogue card that web pages put above a document is left out.
    """
    typed = bars_as_tabs(filled(cells_whole(clean(text)).split("\n")))
    document, lines, is_headless = read_head(Document(form=form), _run_on([_trimmed(line) for line in typed]))
    document, lines = _imprint(document, lines)
    if form == "minutes":
        document, lines = _attendance(document, lines)
    if document.signature:  # on the line below the head
        end = Ending(lines, (), "", [])
    else:
        known = (*document.masthead.bodies, *bodies_of(document.title))
        end = ending(lines, known, anyone=form == "order")
        document = replace(document, signature=end.names, date=date_of(end.date))
    notes, tail = _notes(end.tail)
    body, found = annexes(end.body, tail, signed=bool(end.names or end.date))
    document = replace(document, body=from_text("\n".join(body)), notes=notes, annexes=found)
    return _headed(document) if is_headless else document


def _trimmed(line: str) -> str:
    """Return a line without blanks around it; the tabs of a row stay, since they are its empty cells."""
    return line.strip(" \u3000\u00a0") if "\t" in line else line.strip()


def _headed(document: Document) -> Document:
    """Give a document that came from a web page the head it was printed with: bodies of its title, or those that sign.

    The word 文件 is not added, since the text does not have it.
    """
    bodies = bodies_of(document.title) or document.signature
    if not all(map(is_office, bodies)):
        return document
    return replace(document, masthead=replace(document.masthead, bodies=bodies, suffix=""))


def _notes(tail: list[str]) -> tuple[tuple[str, ...], list[str]]:
    """Take what stands below the date: lines in brackets, and whom to ask."""
    notes: list[str] = []
    for line in tail:
        found = NOTE.match(line)
        if not found and not _CONTACT.match(line):
            break
        notes.append(found[1] if found else line.rstrip("。"))
    return tuple(notes), tail[len(notes) :]


def document_from_blocks(blocks: Blocks, form: Form = "document") -> Document:
    """Return the document that blocks read from a Word file are; tables, lists and figures keep their places."""
    kept: dict[str, Block] = {}
    lines = []
    for index, block in enumerate(blocks):
        if isinstance(block, (Paragraph, Heading)):
            lines.append(to_text((block,)).replace(MARK, ""))
        else:
            mark = f"{MARK}{index}{MARK}"
            kept[mark] = block
            lines.append(mark)
    document = document_from_text("\n".join(lines), form)
    annexes = tuple(replace(annex, body=_restored(annex.body, kept)) for annex in document.annexes)
    return replace(document, body=_restored(document.body, kept), annexes=annexes)


def _restored(blocks: Blocks, kept: dict[str, Block]) -> Blocks:
    return tuple(kept.get(block.text, block) if isinstance(block, Paragraph) else block for block in blocks)


def _run_on(lines: list[str]) -> list[str]:
    """Join lines that break in the middle of a sentence: a web page or a PDF broke them, not the writer."""
    joined: list[str] = []
    for line in lines:
        broken = (
            joined and joined[-1][-1] in _GOES_ON and not ({MARK, "\t"} & {*joined[-1], *line}) and not recognise(line)
        )
        if broken:
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _attendance(document: Document, lines: list[str]) -> tuple[Document, list[str]]:
    """Take the lines that say who attended off the end of minutes."""
    found: list[Attendance] = []
    while lines and (line := _ATTENDED.match(lines[-1])):
        found.insert(0, Attendance(line["label"], line["names"]))
        lines = lines[:-1]
    return replace(document, attendance=tuple(found)), lines


def _imprint(document: Document, lines: list[str]) -> tuple[Document, list[str]]:
    """Take the imprint off the end: whom it is sent to, in the order written, and who issued it when."""
    copies: list[str] = []
    others: list[tuple[str, str]] = []
    issuer, issued = "", None
    while lines:
        found, sent = _ISSUED.match(lines[-1]), _SENT.match(lines[-1])
        day = date_of(found["day"]) if found else None
        if found and day and not issued:
            issuer, issued = found["issuer"], day
            lines = lines[:-1]
            if not issuer and lines and len(lines[-1]) <= LONGEST_NAME and lines[-1].endswith(("室", "局", "厅", "委")):
                issuer, lines = lines[-1], lines[:-1]
        elif sent and sent["label"] == "抄送" and not copies:
            copies = [name for name in re.split("[，,]", sent["names"].rstrip("。")) if name]
            lines = lines[:-1]
        elif sent:
            others.insert(0, (sent["label"], sent["names"].rstrip("。")))
            lines = lines[:-1]
        else:
            break
    if not (copies or others or issuer or issued):
        return document, lines
    return replace(document, imprint=Imprint(tuple(copies), issuer, issued, tuple(others))), lines
