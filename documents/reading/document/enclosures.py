"""Read what follows a text: its annexes, marked as such, and what it issues (印发), which is marked nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.numbering import recognise
from documents.outline import Annex, from_text

from .ending import ANNEX, ANNEX_NOTE, annex_note
from .lines import is_subtitle, is_title, is_title_line

_TITLED = re.compile(r"^附\s*件\s*(?:[0-9一二三四五六七八九十]+\s*[：:]?|[ \u3000])\s*(?P<title>[^0-9：:、.\s].*)$")
MOST_TITLE_LINES = 4


@dataclass(slots=True)
class _Part:
    """The lines of one annex; marked: a line 附件 stood above them."""

    lines: list[str]
    marked: bool


def annexes(body: list[str], tail: list[str], *, signed: bool) -> tuple[list[str], tuple[Annex, ...]]:
    """Return the body without its note, and the annexes.

    body: up to the signature; tail: what follows it; signed: whether anything parts the two.
    """
    if not signed:
        cut = next((at for at, _ in enumerate(body) if _begins(body, at)), len(body))
        body, tail = body[:cut], body[cut:]
    named, body = annex_note(body)
    if not named:
        named, tail = _note_below(tail)
    parts = _parts(tail)
    found, taken = [], 0
    for part in parts:
        own = part.marked or taken < len(named)  # a page without 附件 is an annex where the note names one
        name = named[taken : taken + 1] if own else []
        taken += own
        found.append(_annex(part.lines, name, marked=own))
    found += [Annex(name) for name in named[taken:]]
    return body, tuple(found)


def _begins(lines: list[str], index: int) -> bool:
    """Return whether an annex begins at a line: 附件 by itself, and no list of names below it."""
    if not ANNEX.match(lines[index]):
        return False
    below = recognise(lines[index + 1]) if index + 1 < len(lines) else None
    return not (ANNEX_NOTE.match(lines[index]) and below and below.level > 2)


def _note_below(tail: list[str]) -> tuple[list[str], list[str]]:
    """Take a note that stands below the date, as some offices put it."""
    if not tail or not ANNEX_NOTE.match(tail[0]) or _begins(tail, 0):
        return [], tail
    end = 1
    while end < len(tail) and recognise(tail[end]):
        end += 1
    named, left = annex_note(tail[:end])
    return named, [*left, *tail[end:]]


def _parts(lines: list[str]) -> list[_Part]:
    parts: list[_Part] = []
    for index, line in enumerate(lines):
        titled = _TITLED.match(line)
        if _begins(lines, index):
            parts.append(_Part([], True))
        elif titled and is_title_line(titled["title"]):
            parts.append(_Part([titled["title"]], True))
        elif parts:
            parts[-1].lines.append(line)
        else:
            parts.append(_Part([line], False))
    return [part for part in parts if part.lines or part.marked]


def _annex(lines: list[str], named: list[str], *, marked: bool) -> Annex:
    """An annex that begins with a table, a picture or text has the title by which the note names it."""
    count = _title_lines(lines, named[0] if named else "")
    heading, rest = "\n".join(lines[:count]), lines[count:]
    subtitle = 0
    while count and subtitle < min(len(rest), 2) and is_subtitle(rest[subtitle]):
        subtitle += 1
    title = named[0] if named else heading
    body = from_text("\n".join(rest[subtitle:]))
    return Annex(
        title,
        body,
        heading if heading != title else "",
        tuple(rest[:subtitle]),
        bare=not body,
        noted=bool(named),
        marked=marked,
    )


def _title_lines(lines: list[str], named: str) -> int:
    """Return how many lines the title of an annex takes: as the note names it, or up to the kind it ends with."""
    joined = ""
    for count, line in enumerate(lines[:MOST_TITLE_LINES], start=1):
        if not is_title_line(line):
            break
        joined += line
        if joined == named or (count > 1 and is_title(joined) and not is_title(lines[0])):
            return count
    return int(bool(lines) and is_title_line(lines[0]))
