"""Put a document together from its bare text: head, title, addressees, body, signature, date, annexes, imprint.

Made for setting a text as it stands; documents.reading is what understands a notice.
"""

from __future__ import annotations

import re
from dataclasses import replace

from documents.numbering import recognise
from documents.numerals import date_of
from documents.outline import (
    Annex,
    Attendance,
    Block,
    Blocks,
    Document,
    Form,
    Heading,
    Imprint,
    Paragraph,
    from_text,
    to_text,
)
from documents.text import clean

from .head import LONGEST_NAME, MARK, read_head

_ANNEX = re.compile(r"^附\s*件\s*([0-9一二三四五六七八九十]*)\s*[：:]?$")
_ANNEX_NOTE = re.compile(r"^附(?:\s*件)?\s*[：:]\s*(.*)$")
_ISSUED = re.compile(r"^(?P<issuer>.*?)\s*(?P<day>\d{4}年\d{1,2}月\d{1,2}日)\s*印发$")
_OFFICE = re.compile("(?:局|厅|委|部|院|会|室|政府|中心|公司)$")
_NOTE = re.compile(r"^[（(](.*)[）)]$")
_BESIDE = re.compile("[ \t\u3000]{2,}")  # names side by side
_ATTENDED = re.compile(r"^(?P<label>(?:出席|请假|列席)(?:人员)?)\s*[：:]\s*(?P<names>.+)$")
_GOES_ON = "、，的"  # no line of an official document ends so
MOST_SIGNATURES = 12


def document_from_text(text: str, form: Form = "document") -> Document:
    """Return the document that a plain text is.

    text: as it would stand in an editor; form: the page it shall take. What is not recognised stays in the body,
    in its order; only the catalogue card that web pages put above a document is left out.
    """
    lines = _run_on([line.strip() for line in clean(text).split("\n") if line.strip()])
    document, lines = read_head(Document(form=form), lines)
    document, lines = _imprint(document, lines)
    if form == "minutes":
        document, lines = _attendance(document, lines)
    body, tail = _split_at_date(lines)
    if tail:
        document = replace(document, date=date_of(tail[0]))
        document, body = _signature(document, body)
        tail = tail[1:]
    else:
        document, body, tail = _undated(document, body)
    notes = [found[1] for line in tail[:1] if (found := _NOTE.match(line))]
    document = replace(document, notes=tuple(notes))
    return _annexes(document, body, tail[len(notes) :])


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
    copies, issuer, issued = [], "", None
    while lines:
        found = _ISSUED.match(lines[-1])
        day = date_of(found["day"]) if found else None
        if found and day and not issued:
            issuer, issued = found["issuer"], day
            lines = lines[:-1]
            if not issuer and lines and len(lines[-1]) <= LONGEST_NAME and lines[-1].endswith(("室", "局", "厅", "委")):
                issuer, lines = lines[-1], lines[:-1]
        elif lines[-1].startswith(("抄送：", "抄送:")):
            copies = [name for name in re.split("[，,]", lines[-1][3:].rstrip("。")) if name]
            lines = lines[:-1]
        else:
            break
    if not (copies or issuer or issued):
        return document, lines
    return replace(document, imprint=Imprint(tuple(copies), issuer, issued)), lines


def _split_at_date(lines: list[str]) -> tuple[list[str], list[str]]:
    """Split at the date of the document: an office stands above it, or nothing of the text below it."""
    for index, line in enumerate(lines):
        if index and date_of(line) and (_is_office(lines[index - 1]) or _is_end(lines[index + 1 :])):
            return lines[:index], lines[index:]
    return lines, []


def _is_office(line: str) -> bool:
    return all(_is_name(name) and _OFFICE.search(name) for name in _BESIDE.split(line))


def _is_end(lines: list[str]) -> bool:
    return not lines or bool(_ANNEX.match(lines[0]) or _NOTE.match(lines[0]))


def _signature(document: Document, body: list[str]) -> tuple[Document, list[str]]:
    names: list[str] = []
    while body and len(names) < MOST_SIGNATURES and all(map(_is_name, _BESIDE.split(body[-1]))):
        names = [*_BESIDE.split(body.pop()), *names]
    return replace(document, signature=tuple(names)), body


def _undated(document: Document, lines: list[str]) -> tuple[Document, list[str], list[str]]:
    """Take the names of issuing bodies that stand before the annexes without a date, side by side or one below another.

    Returns the document, what is before the names, what is behind them. Nothing is taken unless all are offices and
    the text before them has come to its end.
    """
    cut = next((index for index, line in enumerate(lines) if _ANNEX.match(line)), len(lines))
    start = cut
    while start and _is_office(lines[start - 1]):
        start -= 1
    names = tuple(name for line in lines[start:cut] for name in _BESIDE.split(line))
    ended = lines[start - 1][-1] in "。！" or bool(_annex_note(lines[:start])[0]) if start else False
    if not ended or not 0 < len(names) <= MOST_SIGNATURES:
        return document, lines, []
    return replace(document, signature=names), lines[:start], lines[cut:]


def _is_name(line: str) -> bool:
    return len(line) <= LONGEST_NAME and not re.search(f"[。，；：！？、\t{MARK}]", line) and not recognise(line)


def _annexes(document: Document, body: list[str], rest: list[str]) -> Document:
    """Cut the annexes off, at lines that say 附件; what follows the date without such a line is an annex as well."""
    cuts = [index for index, line in enumerate(body) if _ANNEX.match(line)]
    if cuts and not rest:
        body, rest = body[: cuts[0]], body[cuts[0] :]
    named, body = _annex_note(body)
    parts: list[list[str]] = []
    for line in rest:
        if _ANNEX.match(line):
            parts.append([])
        elif parts:
            parts[-1].append(line)
        else:
            parts.append([line])
    annexes = [_annex(part, named[index : index + 1]) for index, part in enumerate(filter(None, parts))]
    annexes += [Annex(name) for name in named[len(annexes) :]]
    return replace(document, body=_blocks(body), annexes=tuple(annexes))


def _annex(lines: list[str], named: list[str]) -> Annex:
    """An annex that begins with a table or a picture has the title by which the text names it."""
    if MARK in lines[0]:
        return Annex(named[0] if named else "", _blocks(lines))
    return Annex(lines[0], _blocks(lines[1:]))


def _annex_note(body: list[str]) -> tuple[list[str], list[str]]:
    """Take the note that names the annexes off the end of the body."""
    for index in range(len(body) - 1, max(len(body) - 8, -1), -1):
        found = _ANNEX_NOTE.match(body[index])
        if found:
            names = [found.group(1)] if found.group(1) else []
            end = index + 1
            while end < len(body) and recognise(body[end]):
                names.append(body[end])
                end += 1
            numbered = [recognise(name) for name in names]
            titles = [item.text if item else name for item, name in zip(numbered, names, strict=True)]
            return titles, body[:index] + body[end:]
    return [], body


def _blocks(lines: list[str]) -> tuple[Block, ...]:
    return from_text("\n".join(lines))
