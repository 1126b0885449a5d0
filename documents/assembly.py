"""Put a document together from its bare text: head, title, addressees, body, signature, date, annexes, imprint.

Made for setting a text as it stands; documents.reading is what understands a notice.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as Date

from .numbering import recognise
from .outline import Annex, Block, Blocks, Document, Form, Heading, Imprint, Masthead, Paragraph, from_text, to_text
from .text import clean

_NUMBER = re.compile(r"^\S{2,12}[〔\[［(（【]\s*\d{4}\s*[〕\]］)）】]\s*第?\s*\d+\s*号$")
_ADDRESSEES = re.compile(r"^[^。；]{2,400}[：:]$")
_DAY = re.compile(
    r"^([0-9〇○零一二三四五六七八九]{4})\s*年\s*([0-9一二三四五六七八九十]{1,3})\s*月\s*([0-9一二三四五六七八九十]{1,3})\s*日$"
)
_ANNEX = re.compile(r"^附\s*件\s*([0-9一二三四五六七八九十]*)\s*[：:]?$")
_ANNEX_NOTE = re.compile(r"^附(?:\s*件)?\s*[：:]\s*(.*)$")
_ISSUED = re.compile(r"^(?:(.*?)\s*)(\d{4})年(\d{1,2})月(\d{1,2})日\s*印发$")
_CARD = re.compile(
    r"^(?:https?://\S+|(?P<name>索引号|信息分类|发布机构|发布日期|信息名称|文\s*号|关键词|主题词|名\s*称)\s*[:：]\s*(?P<value>.*))$"
)
_OFFICE = re.compile("(?:局|厅|委|部|院|会|室|政府|中心|公司)$")
_BESIDE = re.compile("[ \t\u3000]{2,}")  # names side by side
MOST_SIGNATURES = 12
_MARKS = ("文件", "令", "纪要")
_MARK = "\ue000"  # a private character stands for a block that is no text
_LONGEST_NAME, _HEAD = 30, 14
_DIGITS = "〇一二三四五六七八九"


def document_from_text(text: str, form: Form = "document") -> Document:
    """Return the document that a plain text is.

    text: as it would stand in an editor; form: the page it shall take. What is not recognised stays in the body,
    in its order; only the catalogue card that web pages put above a document is left out.
    """
    lines = [line.strip() for line in clean(text).split("\n") if line.strip()]
    document = Document(form=form)
    document, lines = _head(document, lines)
    document, lines = _imprint(document, lines)
    body, tail = _split_at_date(lines)
    if tail:
        document = replace(document, date=_day(tail[0]))
        document, body = _signature(document, body)
        tail = tail[1:]
    else:
        document, body, tail = _undated(document, body)
    notes = [line[1:-1] for line in tail[:1] if line[:1] in "（(" and line[-1:] in "）)"]
    document = replace(document, notes=tuple(notes))
    return _annexes(document, body, tail[len(notes) :])


def document_from_blocks(blocks: Blocks, form: Form = "document") -> Document:
    """Return the document that blocks read from a Word file are; tables, lists and figures keep their places."""
    kept: dict[str, Block] = {}
    lines = []
    for index, block in enumerate(blocks):
        if isinstance(block, (Paragraph, Heading)):
            lines.append(to_text((block,)))
        else:
            mark = f"{_MARK}{index}{_MARK}"
            kept[mark] = block
            lines.append(mark)
    document = document_from_text("\n".join(lines), form)
    annexes = tuple(replace(annex, body=_restored(annex.body, kept)) for annex in document.annexes)
    return replace(document, body=_restored(document.body, kept), annexes=annexes)


def _restored(blocks: Blocks, kept: dict[str, Block]) -> Blocks:
    return tuple(kept.get(block.text, block) if isinstance(block, Paragraph) else block for block in blocks)


def _head(document: Document, lines: list[str]) -> tuple[Document, list[str]]:
    """Take issuing bodies, number, title and addressees off the lines."""
    card, lines = _card(lines)
    number = next((index for index, line in enumerate(lines[:_HEAD]) if _NUMBER.match(line)), None)
    if number is not None:
        bodies = tuple(line for line in lines[:number] if len(line) <= _LONGEST_NAME)
        mark = next((mark for mark in _MARKS if bodies and bodies[-1].endswith(mark)), "")
        bodies = tuple(body.removesuffix(mark) if body.removesuffix(mark) else body for body in bodies)
        masthead = Masthead(bodies, suffix=mark) if bodies else Masthead()
        document = replace(document, masthead=masthead, number=lines[number])
        lines = lines[number + 1 :]
    end = next((index for index, line in enumerate(lines[:_HEAD]) if _ADDRESSEES.match(line)), None)
    if end is not None and any(recognise(line) for line in lines[: end + 1]):
        end = None
    title = lines[:end] if end is not None else lines[:1] if lines and not recognise(lines[0]) else []
    document = replace(document, title="\n".join(title) or card.get("信息名称", ""))
    document = replace(document, number=document.number or card.get("文号", ""))
    if end is None:
        return document, lines[len(title) :]
    addressees = re.split("[，,]", lines[end].rstrip("：:"))
    return replace(document, addressees=tuple(addressees)), lines[end + 1 :]


def _card(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Take the catalogue card of a web page off the lines; of it only title and number are of the document."""
    found = [_CARD.match(line) for line in lines[:_HEAD]]
    if not (found and found[0]):
        return {}, lines
    count = next((index for index, match in enumerate(found) if not match), len(found))
    rows = [match for match in found[:count] if match]
    return {re.sub(r"\s", "", row["name"] or ""): row["value"] or "" for row in rows}, lines[count:]


def _imprint(document: Document, lines: list[str]) -> tuple[Document, list[str]]:
    copies, issuer, issued = [], "", None
    while lines:
        found = _ISSUED.match(lines[-1])
        if found and not issued:
            issuer = found.group(1)
            issued = Date(*(int(part) for part in found.groups()[1:]))
            lines = lines[:-1]
            if (
                not issuer
                and lines
                and len(lines[-1]) <= _LONGEST_NAME
                and lines[-1].endswith(("室", "局", "厅", "委"))
            ):
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
    for index, line in enumerate(lines):
        if index and _day(line):
            return lines[:index], lines[index:]
    return lines, []


def _signature(document: Document, body: list[str]) -> tuple[Document, list[str]]:
    names: list[str] = []
    while body and len(names) < MOST_SIGNATURES and _is_name(body[-1]):
        names.insert(0, body.pop())
    return replace(document, signature=tuple(names)), body


def _undated(document: Document, lines: list[str]) -> tuple[Document, list[str], list[str]]:
    """Take the names of issuing bodies that stand before the annexes without a date, side by side or one below another.

    Returns the document, what is before the names, what is behind them. Nothing is taken unless all are offices and
    the text before them has come to its end.
    """
    cut = next((index for index, line in enumerate(lines) if _ANNEX.match(line)), len(lines))
    start = cut
    while start and all(_is_name(name) and _OFFICE.search(name) for name in _BESIDE.split(lines[start - 1])):
        start -= 1
    names = tuple(name for line in lines[start:cut] for name in _BESIDE.split(line))
    ended = lines[start - 1][-1] in "。！" or bool(_annex_note(lines[:start])[0]) if start else False
    if not ended or not 0 < len(names) <= MOST_SIGNATURES:
        return document, lines, []
    return replace(document, signature=names), lines[:start], lines[cut:]


def _is_name(line: str) -> bool:
    return len(line) <= _LONGEST_NAME and not re.search(f"[。，；：！？、\t{_MARK}]", line) and not recognise(line)


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
    annexes = [Annex(part[0], _blocks(part[1:])) for part in parts if part]
    annexes += [Annex(name) for name in named[len(annexes) :]]
    return replace(document, body=_blocks(body), annexes=tuple(annexes))


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


def _day(line: str) -> Date | None:
    found = _DAY.match(line)
    if not found:
        return None
    try:
        return Date(_year(found.group(1)), _small(found.group(2)), _small(found.group(3)))
    except ValueError:
        return None


def _year(text: str) -> int:
    return int("".join(char if char.isdigit() and char.isascii() else str(_digit(char)) for char in text))


def _digit(char: str) -> int:
    return 0 if char in "○零" else _DIGITS.index(char)


def _small(text: str) -> int:
    if text.isascii():
        return int(text)
    tens, mark, ones = text.rpartition("十")
    return (10 * (_digit(tens) if tens else 1) if mark else 0) + (_digit(ones) if ones else 0)
