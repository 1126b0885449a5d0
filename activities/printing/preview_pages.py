"""A notice as it will be printed, while it is still written: its pages, its headings, and what cannot be set.

Setting takes a quarter of a second for four pages, so it is done while the page waits, in a process beside this one
(``documents/elsewhere.py``), one text at a time. What was set is kept by its content for an hour, and each page is
drawn when a browser comes to it. A text of more than ``LONGEST`` characters is set up to there: nobody who types waits
for a book.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import accumulate, chain, islice
from threading import BoundedSemaphore
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext as _

import documents
from activities.printing.notice_document import notice_paper
from campaigns.models import Notice
from documents.numbering import ENUMERATED, recognise
from documents.outline import Block, Blocks, Document, Heading, ListBlock, Paragraph, Table
from documents.text import clean

LONGEST = 20_000
"""Characters set while somebody types: some 40 pages, about a second."""
LONGEST_READ = 100_000
"""The same for whoever reads the pages before signing."""
LINE, CELL = 28, 25
"""Characters of a line; and as many characters of text take as long to set as one cell of a table."""
PATIENCE = 4.0
"""Seconds to wait while another text is being set in this process."""
KEPT = 3600
"""Seconds the set pages are kept."""
SCALE = 1.5
"""Pixels a point: 893 × 1263 for A4."""
MOST_PROBLEMS, MOST_HEADINGS = 30, 300
WORDS = 16
"""Characters of a paragraph that are quoted."""

_setting = BoundedSemaphore(1)


class Busy(Exception):
    """Another text is being set; ask again in a moment."""


@dataclass(frozen=True)
class Line:
    """A heading of the text and the line it stands on, counted from 0."""

    line: int
    level: int
    text: str


@dataclass(frozen=True)
class Problem:
    """Something that cannot be printed; ``line`` of the text, or None when it stands elsewhere."""

    said: str
    line: int | None = None


@dataclass(frozen=True)
class Page:
    """One page by its number, and its size in pixels."""

    number: int
    width: int
    height: int


@dataclass(frozen=True)
class Preview:
    """What a writer sees of a notice: where the pages are kept, how it was understood, what is wrong."""

    key: str
    pages: tuple[Page, ...]
    outline: tuple[Line, ...]
    problems: tuple[Problem, ...]
    cut: bool = False


def preview(notice: Notice, most: int = LONGEST) -> Preview:
    """Set a notice as it stands, saved or not, up to so many characters.

    Returns: its preview. Raises: Busy; documents.errors.DocumentError when nothing at all can be set.
    """
    document, files, spoilt = notice_paper(notice)
    problems = chain(body_problems(notice.body), other_problems(document), (Problem(each.why) for each in spoilt))
    shown, cut = shortened(document, most)
    key, sizes = kept_pages(notice, shown, files)
    pages = tuple(Page(number, *size) for number, size in enumerate(sizes, start=1))
    headings = tuple(islice(outline(notice.body), MOST_HEADINGS))
    return Preview(key, pages, headings, tuple(islice(problems, MOST_PROBLEMS)), cut)


def kept_pages(row: Any, document: Document, files: dict[str, bytes]) -> tuple[str, list[tuple[int, int]]]:
    """Set a document unless the same was set lately.

    Arguments: the notice or slip it is of; the document; its pictures. Returns: its key, and the size of each page in
    pixels. Raises: Busy; documents.errors.DocumentError.
    """
    key = content_hash(document, files)
    found = kept(address(row, key))
    if found is None:
        with one_at_a_time():
            pdf = documents.paper.to_pdf(document, files, substitute=True)
        found = {"pdf": pdf, "sizes": documents.pictures.page_sizes(pdf, SCALE)}
        keep(address(row, key), found)
    return key, found["sizes"]


def content_hash(document: Document, files: dict[str, bytes]) -> str:
    """What all that is printed is known by."""
    digest = sha256(repr(document).encode("utf-8", "surrogatepass"))
    for name in sorted(files):
        digest.update(name.encode() + bytes(1) + sha256(files[name]).digest())
    return digest.hexdigest()


def page_picture(row: Any, key: str, number: int) -> bytes | None:
    """One page of a preview of this notice or slip as PNG; None when it is not kept (any more)."""
    place = f"{address(row, key)}:{number}"
    picture: bytes | None = kept(place)
    if picture is not None:
        return picture
    found = kept(address(row, key))
    if found is None or not 1 <= number <= len(found["sizes"]):
        return None
    picture = documents.pictures.page_picture(found["pdf"], number, SCALE)
    keep(place, picture)
    return picture


def address(row: Any, key: str) -> str:
    """Where pages are kept: under the notice or slip, so that its key opens no other one's pages."""
    return f"preview:{row._meta.model_name}:{row.pk}:{key}"


def kept(place: str) -> Any:
    """What is kept there, in the cache of all hosts or, from while that was away, on this one."""
    found = caches["previews"].get(place)
    return caches["previews-here"].get(place) if found is None else found


def keep(place: str, what: Any) -> None:
    """Keep it for all hosts; while their cache is away, on this one."""
    shared = caches["previews"]
    shared.set(place, what, KEPT)
    if getattr(shared, "is_away", False):
        caches["previews-here"].set(place, what, KEPT)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Set one text at a time in this process. Raises: Busy."""
    if not _setting.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _setting.release()


# --- how the text was understood ---------------------------------------------------------------------------


def outline(body: str) -> Iterator[Line]:
    """The headings of a text as the setting recognises them."""
    for number, line in enumerate(body.split("\n")):
        found = recognise(clean(line))
        if found and found.level < ENUMERATED:
            lead = found.text.split("。")[0]
            yield Line(number, found.level, f"{found.number}{lead[:40]}")


def body_problems(body: str) -> Iterator[Problem]:
    """Characters of the text that no font has, each with the number of its paragraph and how that begins."""
    if not documents.layout.missing_in_blocks((Paragraph(body),)):
        return
    paragraph = 0
    for number, line in enumerate(body.split("\n")):
        if not line.strip():
            continue
        paragraph += 1
        for missing in documents.layout.missing_in_blocks((Paragraph(line),)):
            said = _("No font can print “%(char)s” (%(code)s) in paragraph %(number)d, “%(words)s…”.")
            named = {"char": missing.char, "code": f"U+{ord(missing.char):04X}", "number": paragraph}
            yield Problem(said % {**named, "words": line.strip()[:WORDS]}, number)


def other_problems(document: Document) -> Iterator[Problem]:
    """The same for the head, the annexes, the signature and the imprint."""
    for missing in documents.layout.missing_glyphs(replace(document, body=())):
        yield Problem(str(missing))


# --- what is too long to be set while somebody types -------------------------------------------------------


def shortened(document: Document, most: int = LONGEST) -> tuple[Document, bool]:
    """A document of at most about so many characters: the text first, then the annexes as far as there is room."""
    body, left = first(document.body, most)
    annexes = []
    for each in document.annexes:
        blocks, left = first(each.body, left)
        annexes.append(replace(each, body=blocks))
    cut = left < 0
    return (replace(document, body=body, annexes=tuple(annexes)) if cut else document), cut


def first(blocks: Blocks, room: int) -> tuple[Blocks, int]:
    """The blocks that fit into so many characters, and how many are left; the last one is cut where it must be."""
    found: list[Block] = []
    for block in blocks:
        if room <= 0:
            break
        kept, cost = cut_to(block, room)
        found.append(kept)
        room -= cost
    return tuple(found), room


def cut_to(block: Block, room: int) -> tuple[Block, int]:
    """A block of at most so many characters, and how many it would take uncut."""
    match block:
        case Table():
            costs = [sum(CELL + len(cell) for cell in row) for row in block.rows]
            return replace(block, rows=block.rows[: fitting(costs, room)]), 1 + sum(costs)
        case ListBlock():
            costs = [lines_of(item) for item in block.items]
            return replace(block, items=block.items[: fitting(costs, room)]), 1 + sum(costs)
        case Paragraph() | Heading():
            return replace(block, text=block.text[:room]), lines_of(block.text)
    return block, LINE


def lines_of(text: str) -> int:
    """The room a text takes: whole lines."""
    return LINE * (len(text) // LINE + 1)


def fitting(costs: list[int], room: int) -> int:
    """How many of them fit, at least one."""
    return max(1, sum(1 for total in accumulate(costs) if total <= room))
