"""What the templates print: a document turned into plain values, every length worked out, nothing left to decide."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from math import ceil
from typing import Any, TypeAlias, TypeVar

from documents.numbering import CHINESE_DIGITS
from documents.outline import (
    Annex,
    Block,
    Blocks,
    Document,
    Figure,
    Gallery,
    Heading,
    Imprint,
    ListBlock,
    Paragraph,
    Table,
)
from documents.text import chinese_date, clean

from . import gallery, page, tables
from .clauses import clauses_of, leads
from .first_page import squeeze, squeezed
from .first_page_head import WIDTH, head, height, suffix
from .printable_images import address
from .signatures import closing
from .text_width import body_width
from .title_shape import balance

Sizes: TypeAlias = Mapping[str, tuple[int, int]]
T = TypeVar("T")

LONGEST_LEAD = 56  # a numbered line of more than two lines is text, not a heading
LONGEST_BOOKMARK = 60
LINES_ABOVE = 2  # of a turned table: who fills it in, on which day
LONG_NOTE = 5  # an annex note of more lines may be divided between two pages
FIGURE_HEIGHT = 170 * page.MM
_ORDINAL = f"[{CHINESE_DIGITS}]{{1,5}}"
_CHAPTER = re.compile(f"^第{_ORDINAL}[编章节][ \u3000]+[^。；，：]{{1,24}}$")
_ARTICLE = re.compile(f"^第{_ORDINAL}条(?=[ \u3000])")
_FACES = {1: "hei", 2: "kai"}


def document_view(document: Document, sizes: Sizes, *, imprint_apart: bool = False) -> dict[str, Any]:
    """Return the context of templates/documents/document.html.

    sizes: pixels of the images by name, as far as they are known; imprint_apart: the imprint stands on the back of the
    last sheet, where nothing else does.
    """
    found = head(document)
    title = balance(clean(document.title), page.TITLE, WIDTH)
    addressees = _addressees(document.addressees)
    moved = _crowded(height(document, found), len(title), addressees)
    notes, signed = _annex_notes(document.annexes), closing(document)
    subtitle = _subtitle(document.subtitle)
    above = height(document, found) + (2 * bool(title) + len(title) + len(subtitle)) * page.PITCH
    closer = squeeze(document, above, "" if moved else addressees, sum(note["lines"] for note in notes), signed)
    return {
        "language": document.language,
        "form": document.form,
        "headline": _headline(document),
        "author": "、".join(map(clean, document.masthead.bodies)),
        "head": found,
        "below_head": _below_head(document, found),
        "title": title,
        "subtitle": subtitle,
        "closer": closer,
        "addressees": "" if moved else addressees,
        "blocks": blocks_view(document.body, sizes),
        "attendance": [_attendance(entry.label, entry.names) for entry in document.attendance],
        "annex_notes": notes,
        "closing": squeezed(signed, closer),
        "notes": [clean(note).strip("（）()") for note in document.notes if note.strip()],
        "imprint": _imprint(document.imprint or Imprint(), addressees if moved else "", document.form != "letter"),
        "imprint_apart": imprint_apart,
        "long_note": len(notes) > LONG_NOTE or bool(closer and not closer.fits),
        "annexes": [_annex(label, annex, sizes) for label, annex in printed(document.annexes)],
    }


def _annex(label: str, annex: Annex, sizes: Sizes) -> dict[str, Any]:
    blocks = blocks_view(annex.body, sizes)
    return {
        "label": label,
        "title": balance(clean(annex.heading or annex.title), page.TITLE, WIDTH),
        "subtitle": _subtitle(annex.subtitle),
        "bookmark": f"{label} {clean(annex.heading or annex.title)}".strip(),
        "blocks": blocks,
        "turned": _is_turned(blocks),
    }


def _is_turned(blocks: list[dict[str, Any]]) -> bool:
    """Whether an annex stands on turned pages from its title to its end: it is a turned table, below a line or two."""
    first = next((index for index, block in enumerate(blocks) if block["kind"] == "table"), LINES_ABOVE + 1)
    return first <= LINES_ABOVE and bool(blocks[first]["landscape"])


def _subtitle(lines: tuple[str, ...]) -> list[str]:
    """Return the lines below a title, each broken where it is too long."""
    return [part for line in lines for part in balance(clean(line), page.BODY, WIDTH, "kai")]


def printed(annexes: Sequence[Annex]) -> list[tuple[str, Annex]]:
    """Return the annexes that have pages, each with its label; what is not marked has none and is not counted."""
    labels = {id(annex): label for label, annex in labelled([annex for annex in annexes if annex.marked])}
    return [(labels.get(id(annex), ""), annex) for annex in annexes if annex.has_page]


def _below_head(document: Document, found: dict[str, Any] | None) -> bool:
    """Return whether the text begins right below the head, as that of minutes may; an order has its own room there."""
    return bool(
        found
        and "masthead" in found
        and document.form != "order"
        and not (document.title + "".join(document.addressees))
    )


def _headline(document: Document) -> str:
    """Return what a reader is told the file is: its title, or who issued it under which number, or how it begins."""
    issued = f"{'、'.join(document.masthead.bodies)}{suffix(document) if any(document.masthead.bodies) else ''}"
    begins = (block.text for block in document.body if isinstance(block, (Heading, Paragraph)))
    named = (document.title, f"{issued} {document.number}", next(begins, "")[:LONGEST_BOOKMARK])
    return next((" ".join(words) for words in (clean(name).split() for name in named) if words), "")


def labelled(annexes: Sequence[T]) -> list[tuple[str, T]]:
    """Return each annex with its label: 附件 when it is the only one, otherwise 附件1, 附件2."""
    if len(annexes) == 1:
        return [("附件", annexes[0])]
    return [(f"附件{number}", annex) for number, annex in enumerate(annexes, start=1)]


def blocks_view(blocks: Blocks, sizes: Sizes) -> list[dict[str, Any]]:
    """Return blocks as plain values for templates/documents/blocks.html."""
    clauses = clauses_of(blocks)
    pairs = zip_longest(blocks, blocks[1:])
    return [_block(block, below, sizes, at in clauses) for at, (block, below) in enumerate(pairs)]


def _block(block: Block, below: Block | None, sizes: Sizes, is_clause: bool) -> dict[str, Any]:
    match block:
        case Heading():
            return _heading(block, below, is_clause)
        case Paragraph():
            return _paragraph(block)
        case ListBlock():
            items = [f"{block.mark(index)}{clean(item)}" for index, item in enumerate(block.items)]
            return {"kind": "list", "tag": "ol" if block.ordered else "ul", "items": items}
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, sizes)
        case Gallery():
            return _gallery(block, sizes)


def _paragraph(block: Paragraph) -> dict[str, Any]:
    """Chapters and sections of rules stand in the middle, in Hei, as does the number of an article before its text."""
    text = clean(block.text)
    chapter, article = _CHAPTER.match(text), _ARTICLE.match(text)
    align = "" if block.align == "justify" else block.align
    lead = text if chapter else article[0] if article else ""
    return {
        "kind": "paragraph",
        "align": "center" if chapter else align,
        "lead": lead,
        "text": text[len(lead) :],
        "keeps": bool(chapter),
    }


def _heading(block: Heading, below: Block | None, is_clause: bool) -> dict[str, Any]:
    lead, rest = clean(block.number + block.lead), clean(block.rest)
    is_heading = len(lead) <= LONGEST_LEAD and not is_clause
    proper = is_heading and not rest and (lead[-1:] not in "。；！？" or (lead[-1:] == "。" and leads(block, below)))
    label = lead.rstrip("。：")
    return {
        "kind": "heading",
        "level": block.level,
        # a numbered sentence is text: only a heading proper keeps to the text that follows it
        "tag": f"h{block.level + 1}" if proper else "p",
        "face": _FACES.get(block.level, "") if is_heading else "",
        "lead": lead,
        "rest": rest,
        "label": label if len(label) <= LONGEST_BOOKMARK else label[: LONGEST_BOOKMARK - 1] + "…",
    }


def _table(block: Table) -> dict[str, Any]:
    how = tables.plan(block)
    return {
        "kind": "table",
        "caption": clean(block.caption),
        "landscape": how.landscape,
        "size": how.size,
        "shares": how.shares,
        "head": list(tables.printed(block, True, how)),
        "body": list(tables.printed(block, False, how)),
    }


def _figure(block: Figure, sizes: Sizes) -> dict[str, Any]:
    width = WIDTH * min(max(block.width, 0.05), 1.0)
    if block.name in sizes:
        across, down = sizes[block.name]
        width = min(width, FIGURE_HEIGHT * across / max(down, 1))
    return {
        "kind": "figure",
        "address": address(block.name),
        "caption": clean(block.caption),
        "width": f"{width:.2f}",
    }


def _gallery(block: Gallery, sizes: Sizes) -> dict[str, Any]:
    """Rows of images, each with its place; the same places are given to Word."""
    rows = gallery.rows(block, sizes, WIDTH)
    return {
        "kind": "gallery",
        "rows": [
            [{"address": address(each.name), "caption": clean(each.caption), **size} for each, size in row]
            for row in rows
        ],
        "places": rows,
    }


def _addressees(addressees: tuple[str, ...]) -> str:
    """Join addressees with commas of their own kind and end with a full-width colon."""
    joined = "，".join(clean(name).strip().rstrip("：:，,") for name in addressees if name.strip())
    return f"{joined}：" if joined else ""


def _attendance(label: str, names: str) -> dict[str, Any]:
    hang = body_width(f"{label}：", "hei")
    return {
        "label": clean(label),
        "names": clean(names),
        "hang": f"{hang:.2f}",
        "indent": f"{2 * page.CELL + hang:.2f}",
    }


def _annex_notes(annexes: tuple[Annex, ...]) -> list[dict[str, Any]]:
    """附件：name, empty 2; several numbered; no mark at the end; runs over below the first character of the name."""
    notes = []
    first = body_width("附件：")
    noted = [annex for annex in annexes if annex.noted]
    for number, annex in enumerate(noted, start=1):
        mark = f"{number}." if len(noted) > 1 else ""
        hang = body_width(mark) + (first if number == 1 else 0)
        title = clean(annex.title).replace("\n", "").rstrip("。；;.，,")
        indent = 2 * page.CELL + first + body_width(mark)
        notes.append(
            {
                "label": ("附件：" if number == 1 else "") + mark,
                "title": title,
                "hang": f"{hang:.2f}",
                "indent": f"{indent:.2f}",
                "lines": ceil(body_width(title) / (WIDTH - indent)) or 1,
            }
        )
    return notes


def _crowded(head: float, title: int, addressees: str) -> bool:
    """Return whether so many addressees leave no room for text on page 1: then they stand in the imprint (7.3.2)."""
    lines = (2 + title) * bool(title) + 1 + ceil(body_width(addressees) / WIDTH) + 1
    return bool(addressees) and head / page.PITCH + lines > page.LINES + 0.4


def _imprint(imprint: Imprint, main_to: str, ruled: bool) -> dict[str, Any] | None:
    if not (imprint.copy_to or imprint.issuer or imprint.issued or imprint.others or main_to):
        return None
    copies = "，".join(clean(name).strip().rstrip("。，,") for name in imprint.copy_to if name.strip())
    others = ((clean(label), clean(names)) for label, names in imprint.others)
    sent = (("主送", main_to), *others, ("抄送", copies))
    return {
        "ruled": ruled,
        "copies": [_sent(label, names) for label, names in sent if names],
        "issuer": clean(imprint.issuer),
        "issued": chinese_date(imprint.issued) if imprint.issued else "",
    }


def _sent(label: str, names: str) -> dict[str, Any]:
    """Names run over aligned after the colon of their label."""
    hang = (len(label) + 1) * page.SMALL
    return {
        "label": f"{label}：",
        "names": f"{names.rstrip('：。')}。",
        "hang": hang,
        "indent": f"{page.CELL + hang:.4f}",
    }
