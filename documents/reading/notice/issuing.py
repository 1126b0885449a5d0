"""Who issues a paper and when: the red head, the signature, the line of a bulletin that says who edits it."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.reading.phrases.dates import DateFound, issue_date
from documents.reading.phrases.spans import Span, Text, verbatim
from documents.reading.phrases.units import is_body_name, is_signer
from documents.reading.structure.lines import Line, flow
from documents.reading.structure.parts import Parts

from .bulletin import edited
from .head import HEADER_END, head_lines

_ROWS = 16  # of a head: so many lines stand above a title


def find_header(source: str, parts: Parts, title: Text | None) -> Text | None:
    """Return the red header: a body's name, or …文件, above number and title, also where it takes two lines."""
    above: Line | None = None
    for line in head_lines(parts)[:12]:
        if title is not None and line.span.start >= title.span.start:
            break
        bare = line.bare
        if HEADER_END.search(bare) or is_body_name(bare):
            broken = above is not None and _begins_name(above.bare, bare)
            span = Span(above.span.start, line.span.end) if above is not None and broken else line.span
            return Text(verbatim(source, span), span)
        above = line
    return None


def _begins_name(first: str, second: str) -> bool:
    """Whether two lines are one name: the first is none by itself, and together they are."""
    if not re.fullmatch(r"[\u4e00-\u9fff“”]{4,24}", first) or re.search("关于|[特加]急|机密|秘密|绝密|号$", first):
        return False
    return is_body_name(first + HEADER_END.sub("", second))


def find_issuers(source: str, parts: Parts, title: Text | None, header: Text | None) -> tuple[Text, ...]:
    """Return the issuing bodies: of the signature, else of the red header, else of the title."""
    signed = [text for line in parts.notice.signature for text in _names(source, line)]
    if signed:
        return tuple(signed)
    for line, match in edited(parts):
        span = Span(line.span.start, line.span.start + match.end("office"))
        return (Text(verbatim(source, span), span, 0.9),)
    if several := _joint_head(source, parts, title):
        return tuple(several)
    if header is not None:
        name = HEADER_END.sub("", header.value)
        short = len(header.value) - len(name)
        return (Text(name, header.span._replace(end=header.span.end - short), 0.8),)
    if title is not None and "关于" in title.value[2:]:
        name = title.value.split("关于", 1)[0]
        words = list(re.finditer(r"\S+", name))
        joint = len(words) > 1 and all(is_body_name(word[0]) for word in words)
        places = [word.span() for word in words] if joint else [(0, len(name))]
        start = title.span.start
        return tuple(Text(name[a:b], Span(start + a, start + b), 0.6) for a, b in places)
    return ()


def _joint_head(source: str, parts: Parts, title: Text | None) -> list[Text]:
    """The bodies of a joint red head: their names in rows, 文件 beside one of them or on a line between two."""
    above = [line for line in head_lines(parts)[:_ROWS] if title is None or line.span.start < title.span.start]
    names = [replace(name, confidence=0.8) for line in above for name in _names(source, line)]
    return names if len(names) > 1 and any("文件" in line.text for line in above) else []


_SEAL = re.compile(r"\((?:盖章|印章|公章|章|代章|代)\)$")


def _names(source: str, line: Line) -> list[Text]:
    """The names of a line of the signature or of the red head, parted by wide gaps, by a blank between two, by 文件.

    文件 of a joint head stands beside the names, and in the text of a PDF even between two.
    """
    found = []
    for match in re.finditer(r"\S+(?:[ ]\S+)*", line.text.replace("文件", "\t\t")):
        words = list(re.finditer(r"\S+", match[0]))
        several = len(words) > 1 and all(is_body_name(word[0]) for word in words)
        for start, end in [word.span() for word in words] if several else [(0, len(match[0]))]:
            first = line.span.start + match.start()
            name = _SEAL.sub("", match[0][start:end].rstrip())
            span = Span(first + start, first + start + len(name))
            if is_signer(name):
                found.append(Text(_BLANK.sub("", verbatim(source, span)), span))
    return found


_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
"""Within a name it only shows where the line of a narrow column ended, or stretches the name."""


def find_issue_date(source: str, parts: Parts) -> DateFound | None:
    """Return the date under the signature; where nobody signs, as in minutes, the one in the head or at the foot."""
    for line in reversed(parts.notice.signature):
        found = issue_date(flow(source, [line]))
        if found is not None:
            return found
    lines = [*(line for line, _ in edited(parts)), *(line for line in parts.imprint if line.text.endswith("印发"))]
    return next(filter(None, (issue_date(flow(source, [line])) for line in lines)), None)
