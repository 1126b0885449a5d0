"""Where the head of the first page stands: flags, issuing body, number, red rule, for each form of document."""

from __future__ import annotations

from typing import Any

from documents.outline import Document, Imprint, Masthead
from documents.text import chinese_date, clean, document_number

from . import fonts, page
from .text_width import body_width
from .title_shape import balance

WIDTH = page.TYPE_AREA[0] * page.MM
SIZE, JOINT_SIZE, SMALLEST, SMALLEST_JOINT = 46.0, 36.0, 24.0, 16.0  # points of the issuing body
MOST_ADDRESSEES = 6  # lines for which several issuing bodies make room; more move to the imprint
NARROWEST = 0.6  # a long name is narrowed to this share of its width before it gets smaller
_JOINT_LINE = 1.2
_MARKS = {"document": "文件", "order": "令", "minutes": "纪要"}


def head(document: Document) -> dict[str, Any] | None:
    """Return what the template of the head needs, or None when there is nothing to print in it.

    Without an issuing body (and on a "sheet") only flags and number are printed, in black.
    """
    mast = document.masthead
    context: dict[str, Any] = {
        "template": f"documents/head/{_template(document)}.html",
        "flags": _flags(mast),
        "flags_top": 0,
        "number": _number(document),
        "rule_gap": _pt(page.RULE_GAP * page.MM),
    }
    if document.form == "sheet" or not any(mast.bodies):
        plain = context["flags"] or context["number"]
        return context | {"template": "documents/head/plain.html"} if plain else None
    if document.form == "letter":
        return context | _letter(mast, context)
    top = page.ORDER_TOP if document.form == "order" else page.ISSUING_BODY_TOP
    context["masthead"] = _masthead(mast.bodies, suffix(document), top, _joint_room(document))
    if signs_in_head(document):
        context |= {"template": "documents/head/bulletin.html"} | _issue_line(document)
    elif mast.signers:
        context |= _signers(mast.signers)
    return context


def signs_in_head(document: Document) -> bool:
    """Return whether office and date stand below the issuing body: of a bulletin, and of minutes that name them."""
    named = document.form == "bulletin" or (document.form == "minutes" and bool(document.signature or document.date))
    return named and any(document.masthead.bodies)


def height(document: Document, found: dict[str, Any] | None) -> float:
    """Return roughly how far the head reaches down page 1, in points from the top of the type area."""
    if not found:
        return 0.0
    if "masthead" not in found:
        return page.PITCH * (len(found["flags"]) + bool(found["number"]))
    if document.form == "letter":
        return float(found["height"])
    mast = found["masthead"]
    rows = len(found.get("editor", ())) + bool(found.get("issue")) or len(found.get("signers", ())) or 1
    above = (page.ORDER_TOP if document.form == "order" else page.ISSUING_BODY_TOP) + page.RULE_GAP
    return above * page.MM + max(len(mast["names"]), 1) * float(mast["line"]) + (2 + rows) * page.PITCH


def _number(document: Document) -> str:
    """Return the document number; that of an order keeps its 第 (第5号), minutes may have an issue in its stead."""
    if document.form == "order":
        return clean(document.number)
    issue = clean(document.masthead.issue) if document.form == "minutes" else ""
    return document_number(document.number) or issue


def _template(document: Document) -> str:
    return "document" if document.form == "minutes" else document.form


def suffix(document: Document) -> str:
    """Return what follows the issuing body, 文件, 令 or 纪要, or nothing when the body ends with it itself."""
    mark = document.masthead.suffix
    if mark == "文件" and document.form != "document":  # the default of another form
        mark = _MARKS.get(document.form, "")
    last = document.masthead.bodies[0] if len(document.masthead.bodies) == 1 else ""
    return "" if mark and last.endswith(mark) else mark


def _flags(mast: Masthead) -> list[dict[str, Any]]:
    secrecy = clean(mast.secrecy) + (f"★{clean(mast.term)}" if mast.secrecy and mast.term else "")
    number = clean(mast.copy_number)
    flags = [
        (number.zfill(6) if number.isdigit() else number, False),
        (secrecy, True),
        (clean(mast.urgency), True),
    ]
    found = [{"text": text, "hei": hei} for text, hei in flags if text]
    mark = mast.mark
    boxed = {"hei": True, "text": clean(mark.text), "shape": clean(mark.shape), "colour": mark.colour} if mark else {}
    return [*found, boxed] if boxed else found


def _joint_room(document: Document) -> float:
    """Return the height in points that several issuing bodies may take, so that text begins on page 1 (7.3.3)."""
    title = len(balance(clean(document.title), page.TITLE, WIDTH))
    named = sum(map(len, document.addressees)) + len(document.addressees)
    addressees = min(-(-named // page.CHARACTERS), MOST_ADDRESSEES)
    number = max(1, -(-len(document.masthead.signers) // 2))
    # two empty lines each above number and title, one above the addressees, two lines of text
    lines = 2 + number + (2 + title) * bool(title) + (1 + addressees) * bool(named) + 2
    above = (page.ISSUING_BODY_TOP + page.RULE_GAP) * page.MM
    return page.TYPE_AREA[1] * page.MM - above - lines * page.PITCH


def _masthead(bodies: tuple[str, ...], suffix: str, top: float, room: float = 0.0) -> dict[str, Any]:
    """Return size, narrowing and place of the issuing body.

    top: mm from the type area to its upper edge; room: the height in points that several bodies have.
    """
    names = [clean(body) for body in bodies if body]
    joint = len(names) > 1
    widest = max(fonts.width(name, "title") for name in names)
    natural = widest + (fonts.width(suffix, "title") + 0.3 if joint and suffix else fonts.width(suffix, "title"))
    crowded = max(SMALLEST_JOINT, min(JOINT_SIZE, room / len(names) / _JOINT_LINE))
    size, scale = _fit(natural, crowded if joint else SIZE)
    line = size * (_JOINT_LINE if joint else 1.0)
    heights = fonts.metrics("title", names[0][:40])
    ink = heights.ink_below_line_top(line / size) * size
    below = (heights.em_below_line_top(line / size) + 1 - line / size) * size  # em box below the line box
    return {
        "names": names if joint else [],
        "text": names[0] + suffix,
        "suffix": suffix,
        "size": _pt(size),
        "line": _pt(line),
        "scale": f"{scale:.4f}",
        "width": _pt(natural * size + 0.1),
        "names_width": _pt(widest * size),
        "inset": _pt(-(natural * size + 0.1) * (1 - scale) / 2),
        "top": _pt(top * page.MM + _em_offset() - ink),
        "ink": ink,
        "bottom": _pt(2 * page.PITCH + below),
    }


def _fit(natural: float, size: float) -> tuple[float, float]:
    """Return size and narrowing of a line of natural em, so that it fits the type area."""
    if natural * size * NARROWEST > WIDTH:
        size = max(SMALLEST, WIDTH / (natural * NARROWEST))
    return size, min(1.0, WIDTH / (natural * size + 0.1))


def _signers(signers: tuple[str, ...]) -> dict[str, Any]:
    """Two names a line, aligned below one another, the widest line ending one character before the right edge."""
    longest = max(len(name) for name in signers)
    padded = [name if len(name) != 2 or longest < 3 else f"{name[0]}　{name[1]}" for name in map(clean, signers)]
    rows = ["　".join(padded[start : start + 2]) for start in range(0, len(padded), 2)]
    names = WIDTH - page.CELL - max(body_width(row, "kai") for row in rows)
    label = body_width("签发人：")
    places = [
        {"names": row, "top": _pt(index * page.PITCH), "left": _pt(names - (0 if index else label))}
        for index, row in enumerate(rows)
    ]
    return {"signers": places, "signers_height": _pt(len(rows) * page.PITCH)}


def _issue_line(document: Document) -> dict[str, Any]:
    """Issue (or the number where there is none), office and date: a bulletin is not signed at its end."""
    imprint = document.imprint or Imprint()
    offices = tuple(clean(name) for name in document.signature if name)
    if not offices and document.form == "bulletin":
        offices = (clean(imprint.issuer) or clean(document.masthead.bodies[0]),)
    issued = document.date or imprint.issued
    day = chinese_date(issued) if issued else ""
    room = WIDTH - 3 * page.CELL - body_width(day)
    beside = "　".join(offices)
    return {
        "issue": clean(document.masthead.issue) or document_number(document.number),
        "editor": (beside,) if body_width(beside) <= room else sum((_lines(name, room) for name in offices), ()),
        "date": day,
    }


def _lines(name: str, room: float) -> tuple[str, ...]:
    return balance(name, page.BODY, room, "fangsong")


def _letter(mast: Masthead, context: dict[str, Any]) -> dict[str, Any]:
    """Return the places of a letter in points below the top of the content box of the page."""
    start = page.MARGIN_TOP * page.MM - _em_offset()  # of the content box, from the top of the paper
    issuing = _masthead(mast.bodies[:1], "", 0)
    size = float(issuing["size"])
    ink_top = page.LETTER_TOP * page.MM
    upper = ink_top + _ink_height(mast.bodies[0], size) + page.RULE_GAP * page.MM
    # the first line below the rule begins 7/8 of a character lower
    flags = upper + page.DOUBLE_RULE * page.MM + page.BODY * 7 / 8 - _em_offset()
    rows = max(len(context["flags"]), 1 if context["number"] else 0)
    return {
        "masthead": issuing,
        "masthead_top": _pt(ink_top - issuing["ink"] - start),
        "upper_rule": _pt(upper - start),
        "lower_rule": _pt((page.PAPER[1] - page.LETTER_FOOT - page.DOUBLE_RULE / 2) * page.MM - start),
        "flags_top": _pt(flags - start),
        "height": _pt(flags - start + rows * page.PITCH),
    }


def _ink_height(text: str, size: float) -> float:
    heights = fonts.metrics("title", text[:40])
    return (heights.ink_top - heights.ink_bottom) * size


def _em_offset() -> float:
    return fonts.metrics("fangsong").em_below_line_top(page.PITCH / page.BODY) * page.BODY


def _pt(value: float) -> str:
    return f"{value:.3f}"
