"""Read the head of a document off its lines: flags, issuing bodies, number or issue, signers, title, addressees."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from documents.numerals import date_of
from documents.outline import Document, Masthead

from .lines import MARK, is_addressees, is_office, is_subtitle, is_title, is_title_line

HEAD = 14  # lines among which a head is looked for
LONGEST_BODY, MOST_TITLE_LINES = 60, 4
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
_BRACKETED = re.compile(r"^[（(]\s*(?P<number>\S{1,12}[〔\[［(（【]\s*\d{4}\s*[〕\]］)）】]\s*第?\s*\d+\s*号)\s*[）)]$")
_ORDER = re.compile(r"^(?P<number>第?\s*[0-9〇零一二三四五六七八九十百]+\s*号)$")
_ISSUE = re.compile(r"^[（(]?\s*(?P<issue>(?:\d{4}年)?\s*第\s*\d+\s*期(?:\s*[（(]?总第?\s*\d+\s*期[）)]?)?)\s*[）)]?$")
_EDITOR = re.compile(r"^(?P<office>\S{2,40})\s+(?P<day>\d{4}年\d{1,2}月\d{1,2}日)$")
_SIGNERS = re.compile(r"^签\s*发\s*人\s*[：:]\s*(?P<names>\S.*)$")
_CARD = re.compile(
    r"^(?:https?://\S+|(?P<name>索引号|信息分类|发布机构|发布日期|信息名称|文\s*号|关键词|主题词|名\s*称)\s*[:：]\s*(?P<value>.*))$"
)


_PORTAL = re.compile(  # what a web page puts between title and text
    r"^(?:(?:信息|文章)?来源|发布(?:时间|日期|机构|单位)|浏览(?:次数|量)|点击(?:数|率|量)|阅读(?:次数|量)|字体|【字体|打印本页)\s*[：:\s]"
)


def read_head(document: Document, lines: list[str]) -> tuple[Document, list[str], bool]:
    """Take the head off the lines of a document.

    Returns what is known of it, the lines that are left, and whether its number stood below the title without a head,
    as on web pages.
    """
    card, lines = _card(lines)
    lines = [line for line in lines[:HEAD] if not _PORTAL.match(line)] + lines[HEAD:]
    document, lines, rest = _issued(document, lines)
    is_headless = bool(document.title) and not document.masthead.bodies
    if not document.title:
        document, lines = _titled(document, lines)
    document, lines = _subtitled(document, lines)
    document = replace(document, title=document.title or card.get("信息名称", ""))
    document = replace(document, number=document.number or card.get("文号", ""))
    if lines and is_addressees(lines[0]):
        addressees = re.split("[，,]", lines[0].rstrip("：:"))
        return replace(document, addressees=tuple(addressees)), rest + lines[1:], is_headless
    return document, rest + lines, is_headless


def bodies_of(title: str) -> tuple[str, ...]:
    """Return the bodies that a title names before 关于."""
    before, about, _ = title.replace("\n", " ").partition("关于")
    names = before.split()
    return tuple(names) if about and names and all(map(is_office, names)) else ()


def _titled(document: Document, lines: list[str]) -> tuple[Document, list[str]]:
    """Take the title: what stands above the addressees, or else up to the kind of the document, or one short line."""
    most = next((at for at, line in enumerate(lines[:HEAD]) if not is_title_line(line)), min(len(lines), HEAD))
    if most < len(lines) and is_addressees(lines[most]):
        count = most
    elif document.form == "order" and document.number:
        count = 0  # the text of an order begins below its number
    else:
        ends = (at for at in range(1, min(most, MOST_TITLE_LINES) + 1) if is_title("".join(lines[:at])))
        count = next(ends, min(most, 1))
    while count > 1 and is_subtitle(lines[count - 1]):
        count -= 1
    return replace(document, title="\n".join(lines[:count])), lines[count:]


def _subtitled(document: Document, lines: list[str]) -> tuple[Document, list[str]]:
    """Take the lines below the title that belong to it."""
    count = 0
    while document.title and count < min(len(lines), 2) and is_subtitle(lines[count]):
        count += 1
    return replace(document, subtitle=tuple(lines[:count])), lines[count:]


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
    patterns = [_NUMBER, _BRACKETED, *([_ORDER] if document.form == "order" else [])]
    patterns += [_ISSUE] if document.form in {"bulletin", "minutes"} else []
    hits = ((at, pattern.match(line)) for at, line in enumerate(lines[:HEAD]) for pattern in patterns)
    at, hit = next((found for found in hits if found[1]), (0, None))
    if hit is None:
        return document, lines, []
    found: dict[str, Any] = {name: value for name, value in hit.groupdict().items() if value}
    above, below = lines[:at], lines[at + 1 :]
    while below and _FLAGS.match(below[0]):
        above.append(below.pop(0))
    above, title = _title_above(above, is_numbered="number" in found and document.form in {"document", "letter"})
    masthead, rest = _masthead(above, found.pop("names", ""))
    document = replace(document, number=found.pop("number", ""), masthead=replace(masthead, **found), title=title)
    editor = _EDITOR.match(below[0]) if document.form in {"bulletin", "minutes"} and below else None
    if editor and (day := date_of(editor["day"])):
        document, below = replace(document, signature=(editor["office"],), date=day), below[1:]
    return document, below, rest


def _title_above(lines: list[str], *, is_numbered: bool) -> tuple[list[str], str]:
    """Take the title off the lines above the number, where web pages put it: what ends with the kind of the document.

    The lines before it are the head proper, unless the title itself goes on from the name of a body.
    """
    if not is_numbered or not lines or not is_title(lines[-1]):
        return lines, ""
    start = len(lines) - 1
    while start and is_title_line(lines[start - 1]) and not _FLAGS.match(lines[start - 1]):
        if lines[start - 1].endswith(SUFFIXES) or is_title(lines[start - 1]) or "关于" in "".join(lines[start:]):
            break
        start -= 1
    named = "".join(lines[start:])
    if start and named.startswith("关于") and is_office(lines[start - 1]):
        start -= 1
    return lines[:start], "\n".join(lines[start:])


def _masthead(lines: list[str], names: str) -> tuple[Masthead, list[str]]:
    """Return the masthead of these lines, and the lines that are no part of it.

    names: signers that stand on the line of the number.
    """
    flags: dict[str, Any] = {}
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
