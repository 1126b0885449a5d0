"""Read the end of a text: the bodies that sign it and its date, between the text and its annexes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.numbering import recognise
from documents.numerals import date_of

from .lines import is_name, is_office, names_of

ANNEX = re.compile(r"^附\s*件\s*([0-9一二三四五六七八九十]*)\s*[：:]?$")
ANNEX_NOTE = re.compile(r"^附(?:\s*件)?\s*[：:]\s*(.*)$")
NOTE = re.compile(r"^[（(](.*)[）)]$")
MOST_SIGNATURES = 12
_SIGNED = re.compile(r"^(?P<name>\S.*?)[ \t\u3000]+(?P<day>\S{4,10}年\S{1,3}月\S{1,3}日)$")
_SEVERAL = re.compile(r"[；;，,、\s]+(?=[2-9]\d?[.．、][^\d])")  # the names of a note on one line
_ENDED = "。！”）)"


@dataclass(frozen=True, slots=True)
class Ending:
    """A text taken apart: body lines, who signs, the line of the date (or nothing), what follows it."""

    body: list[str]
    names: tuple[str, ...]
    date: str
    tail: list[str]


def ending(lines: list[str], known: tuple[str, ...] = (), *, anyone: bool = False) -> Ending:
    """Take signature and date off a text.

    known: bodies that the head names; anyone: a person may sign (an order).
    """
    lines = _parted(lines)
    for index, line in enumerate(lines):
        if index and date_of(line) and (is_office(lines[index - 1]) or _is_end(lines[index + 1 :])):
            start = _start(lines, index, known, anyone)
            names = tuple(name for line in lines[start:index] for name in names_of(line))
            return Ending(lines[:start], names, line, lines[index + 1 :])
    return _undated(lines)


def _parted(lines: list[str]) -> list[str]:
    """Put a date that stands on the line of the name, at the end of a text, on a line of its own."""
    for index, line in enumerate(lines):
        found = _SIGNED.match(line)
        if found and is_office(found["name"]) and date_of(found["day"]) and _is_end(lines[index + 1 :]):
            return [*lines[:index], found["name"], found["day"], *lines[index + 1 :]]
    return lines


def _is_end(lines: list[str]) -> bool:
    return not lines or bool(ANNEX.match(lines[0]) or ANNEX_NOTE.match(lines[0]) or NOTE.match(lines[0]))


def _start(lines: list[str], end: int, known: tuple[str, ...], anyone: bool) -> int:
    """Return where the names above the line of the date begin: below the text, or below the note of the annexes.

    Names below a line that has not come to its end may be a list of the text: then only bodies of the head sign, or
    the last one alone.
    """
    below_note = next((at + 1 for at in range(end - 1, -1, -1) if ANNEX_NOTE.match(lines[at])), 0)
    start, count = end, 0
    while start > below_note and is_office(lines[start - 1]) and count < MOST_SIGNATURES:
        start -= 1
        count += len(names_of(lines[start]))
    if start == end:
        above = lines[end - 2 : end - 1]
        alone = is_name(lines[end - 1]) and (anyone or bool(above and _has_ended(above[0])))
        return end - 1 if alone else end
    if start == below_note or _has_ended(lines[start - 1]):
        return start
    signing = end - 1
    while signing > start and all(name in known for name in names_of(lines[signing - 1])):
        signing -= 1
    return signing


def _has_ended(line: str) -> bool:
    return line[-1] in _ENDED or bool(ANNEX_NOTE.match(line))


def _undated(lines: list[str]) -> Ending:
    """Take the names of bodies that stand before the annexes without a date.

    Nothing is taken unless the text before them has come to its end.
    """
    cut = next((index for index, line in enumerate(lines) if ANNEX.match(line)), len(lines))
    start = cut
    while start and is_office(lines[start - 1]):
        start -= 1
    names = tuple(name for line in lines[start:cut] for name in names_of(line))
    ended = bool(start) and (lines[start - 1][-1] in "。！" or has_note(lines[:start]))
    if not ended or not 0 < len(names) <= MOST_SIGNATURES:
        return Ending(lines, (), "", [])
    return Ending(lines[:start], names, "", lines[cut:])


def has_note(lines: list[str]) -> bool:
    """Return whether a text ends with the note that names its annexes."""
    return bool(annex_note(lines)[0])


def annex_note(body: list[str]) -> tuple[list[str], list[str]]:
    """Take the note that names the annexes off the end of a text; returns the names and the text without it."""
    for index in range(len(body) - 1, -1, -1):
        found = ANNEX_NOTE.match(body[index])
        if found:
            rows = [*(_SEVERAL.split(found[1]) if found[1] else []), *body[index + 1 :]]
            numbered = [recognise(row) for row in rows]
            if not all(numbered[0 if not found[1] else 1 :]):
                return [], body
            names = [item.text if item else row for item, row in zip(numbered, rows, strict=True)]
            return [name.rstrip("。；;") for name in names], body[:index]
        if not recognise(body[index]):
            break
    return [], body
