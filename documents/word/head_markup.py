"""The head of the first page in Word: flags, issuing body, number, red rule, from the same places as the PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from documents.layout import page

from .markup import PITCH, RED, Ink, Place, TableCell, TableRow, border, paragraph, run, table

WIDTH = page.TYPE_AREA[0] * page.MM
_SUNK = 5.4  # Word sets text lower in a line of exact height than the PDF does, points
_ABOVE = 2 * PITCH - _SUNK  # two empty lines above the number
MARKS = {"blue": "1D4F9C", "yellow": "D49A00", "red": RED}
"""The colours of the grades of a supervision slip."""
_RULE = border("bottom", page.RULE_THICKNESS, RED, space=7)  # with the leading below the number: 4 mm


def head_xml(head: dict[str, Any], form: str) -> list[str]:
    """Return the paragraphs of the head; head: as documents.heads gives it."""
    if "masthead" not in head:
        number = [paragraph([run(head["number"])], Place(align="center"))] if head["number"] else []
        return [*(paragraph([_flag(flag)], Place(align="left")) for flag in head["flags"]), *number]
    if form == "letter":
        return _letter(head)
    flags = [paragraph([_flag(flag)], Place(align="left")) for flag in head["flags"]]
    parts = [*flags, *_masthead(head["masthead"], len(flags))]
    if form == "order":
        if head["number"]:
            parts.append(paragraph([run(head["number"])], Place(align="center", before=_ABOVE)))
        return [*parts, paragraph([], Place(line=PITCH + _SUNK)), paragraph([])]
    if "editor" in head:
        return [*parts, *_issue(head)]
    if head.get("signers"):
        return [*parts, *_upward(head)]
    place = Place(align="center", before=_ABOVE, borders=_RULE)
    return [*parts, paragraph([run(head["number"])], place)]


def room_above_title(form: str) -> float:
    """Return the space above a title that follows a head: two lines, and what raised number and flags."""
    return 2 * PITCH + {"letter": 1.5 * _SUNK, "order": 0.0}.get(form, _SUNK - 2)


def _flag(flag: dict[str, Any]) -> str:
    ink = Ink(face="hei" if flag["hei"] else "fangsong")
    shape = run(f"{flag['shape']} ", replace(ink, colour=MARKS[flag["colour"]])) if flag.get("shape") else ""
    return shape + run(flag["text"], ink)


def _ink(mast: dict[str, Any]) -> Ink:
    scale = max(1, round(float(mast["scale"]) * 100) - 1)  # a hair narrower: a line of the full width would wrap
    return Ink(face="title", size=float(mast["size"]), colour=RED, scale=scale, tracking=0)


def _masthead(mast: dict[str, Any], flags: int) -> list[str]:
    line = float(mast["line"]) * 1.1
    before = max(float(mast["top"]) - flags * PITCH - _SUNK, 0.0)
    if not mast["names"]:
        return [paragraph([run(mast["text"], _ink(mast))], Place(align="center", before=before, line=line))]
    line = float(mast["line"])  # of joint names already with room above and below
    names = [paragraph([run(name, _ink(mast))], Place(align="distribute", line=line)) for name in mast["names"]]
    width = float(mast["names_width"]) * float(mast["scale"]) + 2
    widths, cells = [width], [TableCell("".join(names), width)]
    if mast["suffix"]:
        widths.append(max(WIDTH - width, float(mast["size"]) * (len(mast["suffix"]) + 0.3)))
        place = Place(align="left", left=float(mast["size"]) * 0.2, line=line)
        cells.append(TableCell(paragraph([run(mast["suffix"], _ink(mast))], place), widths[1]))
    return [
        paragraph([], Place(line=max(before, 1.0))),
        table([TableRow(tuple(cells))], widths, "", padding=(0.0, 0.0)),
    ]


def _upward(head: dict[str, Any]) -> list[str]:
    """The number on the line of the last signer, the names below one another."""
    rows = head["signers"]
    parts = []
    for index, row in enumerate(rows):
        last = index == len(rows) - 1
        runs = [
            run(f"{head['number'] if last else ''}\t{'' if index else '签发人：'}"),
            run(row["names"], Ink(face="kai")),
        ]
        before = 0.0 if index else _ABOVE
        place = Place(
            align="left",
            first=page.CELL,
            before=before,
            borders=_RULE if last else "",
            tabs_left=(float(row["left"]),),
        )
        parts.append(paragraph(runs, place))
    return parts


def _issue(head: dict[str, Any]) -> list[str]:
    parts = []
    if head["issue"]:
        parts.append(paragraph([run(head["issue"])], Place(align="center", before=_ABOVE)))
    before = 0.0 if parts else _ABOVE
    place = Place(align="left", left=page.CELL, tabs=(WIDTH - page.CELL,), borders=_RULE, before=before)
    editor = "\n".join(head["editor"])
    return [*parts, paragraph([run(f"{editor}\t{head['date']}")], place)]


def letterhead(head: dict[str, Any]) -> str:
    """Return what stands in the header of the first page of a letter: the issuing body and the double rule."""
    mast = head["masthead"]
    rule = border("bottom", 3.0, RED, space=6, kind="thickThinSmallGap")
    place = Place(align="center", left=-8 * page.MM, right=-6 * page.MM, line=float(mast["line"]) * 1.1, borders=rule)
    return paragraph([run(mast["text"], _ink(mast))], place)


def _letter(head: dict[str, Any]) -> list[str]:
    """Flags on the left, the number right on the line of the first, 7/8 of a character below the rule."""
    parts = []
    flags = head["flags"] or [{"text": "", "hei": False}]
    for index, flag in enumerate(flags):
        number = [run(f"\t{head['number']}")] if not index and head["number"] else []
        # the text begins below the header, and a line of exact height has its leading above the text
        place = Place(align="left", line=PITCH if index else PITCH - 1.5 * _SUNK, tabs=(WIDTH,))
        parts.append(paragraph([_flag(flag), *number], place))
    return parts
