"""The head of a bulletin: the number of its issue, and the line that says who edits it."""

from __future__ import annotations

import re

from documents.reading.phrases.units import is_signer
from documents.reading.structure.lines import Line
from documents.reading.structure.parts import Parts

_EDITED = re.compile(r"(?P<office>\S{3,30})\s+(?P<day>\S{4} ?年 ?\S{1,3} ?月 ?\S{1,3} ?[日号])$")
_ISSUE = re.compile(r"[(〔]?(?:\d{4}年)?第?\s*[\d一二三四五六七八九十]+\s*期(?:[(]?总第?\s*\d+\s*期[)]?)?[)〕]?$")


def edited(parts: Parts) -> list[tuple[Line, re.Match[str]]]:
    """Return the line of a bulletin that says who edits it and of which day it is."""
    found = [(line, _EDITED.match(line.text)) for line in parts.notice.body[:8]]
    return [(line, match) for line, match in found if match is not None and is_signer(match["office"])]


def is_issue_line(line: Line) -> bool:
    """Return whether a line is the number of an issue (第3期) or says who edits it."""
    return _ISSUE.match(line.text) is not None or _EDITED.match(line.text) is not None
