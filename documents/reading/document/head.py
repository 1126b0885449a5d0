"""Read the head of a document off its lines: flags, issuing bodies, number or issue, signers, title, addressees."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from documents.numbering import recognise
from documents.numerals import date_of
from documents.outline import Document, Masthead

MARK = "\ue000"  # a private character stands for a block that is no text
HEAD = 14  # lines among which a head is looked for
LONGEST_NAME, LONGEST_BODY = 30, 60
SUFFIXES = ("文件", "令", "纪要")
_FLAG = (
    r"(?P<copy_number>\d{6})|(?P<secrecy>绝密|机密|秘密)(?:\s*★\s*(?P<term>\S{1,8}))?|(?P<urgency>特提|特急|加急|平急)"
)
_FLAGS = re.compile(f"^(?:{_FLAG})$")
_NUMBER = re.compile(
    rf"^(?:(?:{_FLAG})\s+)?"  # of a letter: flag and number on one line
    r"(?P<number>\S{0,12}[〔\[［(（【]\s*\d{4}\s*[〕\]］)）】]\s*第?\s*\d+\s*号)"
    r"(?:\s+(?:签\s*发\s*人\s*[：:])?\s*(?P<names>[\u4e00-\u9fff\s]{2,20}))?$"
)
_ORDER = re.compile(r"^(?P<number>第?\s*[0-9〇零一二三四五六七八九十百]+\s*号)$")
_ISSUE = re.compile(r"^[（(]?\s*(?P<issue>(?:\d{4}年)?\s*第\s*\d+\s*期(?:\s*[（(]?总第?\s*\d+\s*期[）)]?)?)\s*[）)]?$")
_EDITOR = re.compile(r"^(?P<office>\S{2,40})\s+(?P<day>\d{4}年\d{1,2}月\d{1,2}日)$")
_SIGNERS = re.compile(r"^签\s*发\s*人\s*[：:]\s*(?P<names>\S.*)$")
_ADDRESSEES = re.compile(r"^[^。；]{2,400}[：:]$")
_CARD = re.compile(
    r"^(?:https?://\S+|(?P<name>索引号|信息分类|发布机构|发布日期|信息名称|文\s*号|关键词|主题词|名\s*称)\s*[:：]\s*(?P<value>.*))$"
)


def read_head(document: Document, lines: list[str]) -> tuple[Document, list[str]]:
    """Take the head off the lines of a document; returns what is known of it and the lines that are left."""
    card, lines = _card(lines)
    document, lines, rest = _issued(document, lines)
    end = next((index for index, line in enumerate(lines[:HEAD]) if _ADDRESSEES.match(line)), None)
    if end is not None and not all(map(_may_head, lines[: end + 1])):
        end = None
    title = lines[:end] if end is not None else lines[:1] if lines and _may_head(lines[0]) else []
    if document.form == "order" and document.number and end is None:
        title = []  # the text of an order begins below its number
    document = replace(document, title="\n".join(title) or card.get("信息名称", ""))
    document = replace(document, number=document.number or card.get("文号", ""))
    if end is None:
        return document, rest + lines[len(title) :]
    addressees = re.split("[，,]", lines[end].rstrip("：:"))
    return replace(document, addressees=tuple(addressees)), rest + lines[end + 1 :]


def _card(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Take the catalogue card of a web page off the lines; of it only title and number are of the document."""
    found = [_CARD.match(line) for line in lines[:HEAD]]
    if not (found and found[0]):
        return {}, lines
    count = next((index for index, match in enumerate(found) if not match), len(found))
    rows = [match for match in found[:count] if match]
    return {re.sub(r"\s", "", row["name"] or ""): row["value"] or "" for row in rows}, lines[count:]


def _issued(document: Document, lines: list[str]) -> tuple[Document, list[str], list[str]]:
    """Take who issues it under which number; returns the lines below the number and those above that are no head."""
    patterns = [_NUMBER, *([_ORDER] if document.form == "order" else [])]
    patterns += [_ISSUE] if document.form in {"bulletin", "minutes"} else []
    hits = ((at, pattern.match(line)) for at, line in enumerate(lines[:HEAD]) for pattern in patterns)
    at, hit = next((found for found in hits if found[1]), (0, None))
    if hit is None:
        return document, lines, []
    found: dict[str, Any] = {name: value for name, value in hit.groupdict().items() if value}
    above, below = lines[:at], lines[at + 1 :]
    while below and _FLAGS.match(below[0]):
        above.append(below.pop(0))
    masthead, rest = _masthead(above, found.pop("names", ""))
    document = replace(document, number=found.pop("number", ""), masthead=replace(masthead, **found))
    editor = _EDITOR.match(below[0]) if document.form == "bulletin" and below else None
    if editor and (day := date_of(editor["day"])):
        document, below = replace(document, signature=(editor["office"],), date=day), below[1:]
    return document, below, rest


def _masthead(lines: list[str], names: str) -> tuple[Masthead, list[str]]:
    """Return the masthead of these lines, and the lines that are no part of it.

    names: signers that stand on the line of the number.
    """
    flags: dict[str, str] = {}
    bodies: list[str] = []
    signers: list[str] = []
    rest: list[str] = []
    for line in lines:
        if found := _FLAGS.match(line):
            flags |= {name: value for name, value in found.groupdict().items() if value}
        elif found := _SIGNERS.match(line):
            signers += _names(found["names"])
        elif len(line) <= LONGEST_BODY and MARK not in line:
            bodies.append(line)
        else:
            rest.append(line)
    suffix = next((mark for mark in SUFFIXES if bodies and bodies[-1].endswith(mark)), "")
    named = tuple(name for name in (body.removesuffix(suffix) for body in bodies) if name)
    signers += _names(names)
    return Masthead(named, suffix if named else "文件", signers=tuple(signers), **flags), rest


def _names(text: str) -> list[str]:
    """Return the names of signers; one of two characters may be spread to three (王　某)."""
    return re.sub(r"(?<!\S)(\S)[ \u3000](\S)(?!\S)", r"\1\2", text).split()


def _may_head(line: str) -> bool:
    """Return whether a line may be of the title or the addressees: neither numbered nor a table or a picture."""
    return MARK not in line and not recognise(line)
