"""The annexes of a notice cut off its outline, each as it was handed in: every block in its order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from documents.outline import Block, Blocks, Figure, Table, from_text, to_text
from documents.reading.structure.lines import Line, soft, split
from documents.reading.structure.parts import cut
from documents.text import bare

from .head import MARK

_SPREAD = re.compile(r"(?<=[\u4e00-\u9fff“”])[ \u3000]+(?=[\u4e00-\u9fff“”])")
_MOST_LINES = 4  # of a title
_FULL = 0.9  # a line of so much of the usual width runs on in the next, if it ends in the middle of a sentence


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An annex as it stands in what was handed in: its printed number, the title above it, its blocks.

    is_plan: it stands behind the signature without the word 附件, as what the notice issues.
    """

    number: str
    title: str
    blocks: Blocks
    is_plan: bool = False


def annexes_of(blocks: Blocks) -> tuple[HandedIn, ...]:
    """Return the annexes of a notice, and the plan that stands behind its signature, in their order.

    blocks: the outline of the whole notice, as sources.read_docx() or pasted_blocks() give it.
    """
    rows = [(index, line) for index, block in enumerate(blocks) for line in _rows(index, block)]
    source = "\n".join(line for _index, line in rows)
    starts = list(accumulate((len(line) + 1 for _index, line in rows), initial=0))
    lines = [replace(line, table=True, numbering=None) if MARK in line.text else line for line in split(source)]

    def block_of(line: Line) -> int:
        return rows[bisect_right(starts, line.span.start) - 1][0]

    parts = cut(lines)
    listed = bare("".join(line.text for line in parts.notice.attachments))
    found = []
    for part in parts.others:
        below = [*part.title, *part.body]
        title = _title(part.title, below, listed)
        held = _held(below[len(title) :], lines)
        words = "".join(source[line.span.start : line.span.end].strip() for line in title)
        kept = tuple(blocks[index] for index in sorted({block_of(line) for line in held}))
        found.append(HandedIn(part.number, _SPREAD.sub("", words), kept, part.kind == "plan"))
    return tuple(found)


def pasted_blocks(text: str, *, broken: bool = False) -> Blocks:
    """Return the outline of a text.

    broken: its lines end where the page ends them, as those of a PDF do; they are put together again.
    """
    return from_text("\n".join(_whole_lines(split(text), text)) if broken else text)


def _whole_lines(lines: list[Line], text: str) -> Iterator[str]:
    """Yield the lines of a page as the writer wrote them."""
    widths = sorted(len(line.text) for line in lines if not line.table)
    full = _FULL * widths[int(len(widths) * 0.95)] if widths else 0
    written = ""
    for line, below in pairwise([*lines, None]):
        assert line is not None
        written += text[line.span.start : line.span.end]
        if below is None or not (len(line.text) >= full and soft(line, below)):
            yield written
            written = ""


def _rows(index: int, block: Block) -> Iterable[str]:
    """The lines of a block; what is no text is one line with a mark."""
    if isinstance(block, (Table, Figure)):
        return [f"{MARK}{index}{MARK}"]
    return to_text((block,)).replace(MARK, "").split("\n")


def _title(title: list[Line], below: list[Line], listed: str) -> list[Line]:
    """The lines of a title: as the notice lists it, if it does; a date in brackets below it is not of it."""
    joined = accumulate(bare(line.text) for line in below[:_MOST_LINES] if not line.table)
    count = max((count for count, text in enumerate(joined, 1) if text in listed), default=0)
    return below[:count] or [line for line in title if not line.text.startswith("(")]


def _held(below: list[Line], lines: list[Line]) -> list[Line]:
    """The lines of an annex below its title, to its end; also those between that look like an imprint."""
    return [line for line in lines if below and below[0].span.start <= line.span.start <= below[-1].span.start]
