"""Running text as HTML: escaped, with what must stay on one line held together."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from documents.layout import fonts
from documents.text import HAN

_BREAKABLE = "\u3040-\u30fb\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # ideographs and kana
# 2015年9月1日, a document number, a number with its unit, an ellipsis or a dash of two characters
_HELD = re.compile(
    r"(?P<page>(?:https?://|www\.)[!-~]+)"  # may break anywhere: long, and nobody reads it word by word
    r"|(?P<mailbox>[A-Za-z0-9._+-]+@[!-~]+\.[a-z]+)"  # may break behind its signs
    r"|(?P<mark>［\d{1,3}］)"  # of a source in the list of sources
    # longer than LONGEST_HELD or than a line, and nothing to break at: may break anywhere
    rf"|[!-~]{{21,}}|[^\s!-~{_BREAKABLE}]{{21,}}|(?:(?!https?://|www\.)[^\s{_BREAKABLE}]){{57,}}"
    rf"|[{HAN}]{{0,8}}〔\d{{4}}〕\d+号"
    r"|\d{4}年\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日|\d{1,4}[年月日时号]"
    r"|\d[\d,.，．]{0,14}\d?(?:%|％|‰|℃|[万亿]?[元件家个项次人户批期条名场套])?"
    r"|…{2,}|—{2,}|[A-Za-z][A-Za-z0-9]{0,9}[.+/／-][A-Za-z0-9.+/／-]{0,9}"  # a plain word holds by itself
)
# Unicode never breaks beside a quotation mark, since it cannot tell which side it is on; Chinese ones can be told
_BREAKS = re.compile(
    "(?<=[\u3000-\u9fff\uff00-\uff5e])(?<![（《〈「『【〔])(?=[“‘])|(?<=[”’])(?=[\u4e00-\u9fff（《〈「『【〔])"
)
_SIGNS = re.compile("(?<=[@/?&=])(?![@/?&=])")
LONGEST_HELD = 20
LONGEST_CHUNK = 600
_MAY_BREAK = "\u200b"
_HARD = re.compile(r"[\t\n\r ]+")
register = template.Library()  # what the templates of documents need beyond Django's own


@register.filter
def line(text: str) -> SafeString:
    """Return text as HTML on one logical line: nothing in it is markup, dates and numbers do not break."""
    text = _HARD.sub(" ", text)
    parts: list[str] = []
    position = 0
    for found in _HELD.finditer(text):
        if len(found.group()) < 2:
            continue
        before, position = text[position : found.start()], found.end()
        if found["mark"]:
            parts = _marked([*parts, _escaped(before[:-1]), escape(before[-1:])], found["mark"][1:-1])
        else:
            parts += [_escaped(before), _held(found)]
    parts.append(_escaped(text[position:]))
    return mark_safe("".join(parts))  # nosec B308 # every part is escaped above


def _marked(parts: list[str], number: str) -> list[str]:
    """The mark of a source stays with what stands before it (but an address, which breaks): no line begins with it."""
    parts, mark = [part for part in parts if part], f'<sup class="source">[{number}]</sup>'
    if not parts or _MAY_BREAK in parts[-1]:
        return [*parts, mark]
    return [*parts[:-1], f'<span class="nb">{parts[-1]}{mark}</span>']


def _held(found: re.Match[str]) -> str:
    """An address of a page or of a mailbox is broken: held whole, it would leave a line of gaps."""
    if found["page"]:
        return _MAY_BREAK.join(map(escape, found.group()))
    parts = _SIGNS.split(found.group()) if found["mailbox"] else [found.group()]
    return _MAY_BREAK.join(map(_whole, parts))


def _whole(part: str) -> str:
    if len(part) <= LONGEST_HELD:
        return f'<span class="nb">{escape(part)}</span>'
    pieces = (part[start : start + LONGEST_CHUNK] for start in range(0, len(part), LONGEST_CHUNK))
    return "".join(f'<span class="ba">{escape(piece)}</span>' for piece in pieces)


def _escaped(text: str) -> str:
    return "".join(map(_chunk, _chunks(_BREAKS.sub(_MAY_BREAK, text))))


def _chunks(text: str) -> list[str]:
    """Cut very long text after its commas: WeasyPrint looks at all that is left of a text for every line."""
    if len(text) <= LONGEST_CHUNK:
        return [text]
    chunks, start = [], 0
    while start < len(text):
        end = start + LONGEST_CHUNK
        stop = max(text.rfind(mark, start, end) for mark in "，。；") + 1 if end < len(text) else len(text)
        chunks.append(text[start : stop if stop > start else end])
        start += len(chunks[-1])
    return chunks


def _chunk(text: str) -> str:
    """Escape, with runs of characters that FangSong lacks in an element of their own; a long chunk is one as well."""
    lacking = fonts.beyond(text)
    html = str(escape(text))
    if lacking:
        run = f"([{re.escape(''.join(sorted(lacking)))}]+)"
        parts = re.split(run, text)
        html = "".join(
            f'<span class="alt">{escape(part)}</span>' if number % 2 else str(escape(part))
            for number, part in enumerate(parts)
        )
    return f"<span>{html}</span>" if len(text) > LONGEST_CHUNK // 2 else html
