"""WordprocessingML by hand: paragraphs, runs and tables as strings, every typed character escaped (ECMA-376, part 1).

Strings instead of python-docx objects, whose cost grows with the square of tables and pictures.
Lengths are in points; Word counts in twentieths of a point and half points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape  # nosec B406 # writes, and reads nothing

from docx.oxml.ns import nsdecls

from documents.layout import page
from documents.text import clean

# what Word and WPS call the faces of the standard on an office's computer
FAMILIES = {
    "fangsong": "仿宋_GB2312",
    "kai": "楷体_GB2312",
    "title": "方正小标宋简体",
    "hei": "黑体",
    "song": "宋体",
}
# of every part that holds text: mc and w15 for what one program reads and another must not
NAMESPACES = (
    f"{nsdecls('w', 'r', 'wp', 'a', 'pic')}"
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
_HAN, _LATIN = "[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]", "[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff]"
_SEAM = re.compile(f"(?<={_HAN})(?={_LATIN})|(?<={_LATIN})(?={_HAN})")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]{4,}|[!-~]{21,}")
_MARK = re.compile(r"［(\d{1,3})］")
_PIECE = 3  # characters
PITCH = 28.95  # exact line spacing: 22 lines of it fill 225 mm
TRACKING = -0.25
RED = "E60012"


@dataclass(frozen=True, slots=True)
class Ink:
    """How a run looks: face, size, colour, width of its characters in percent."""

    face: str = "fangsong"
    size: float = page.BODY
    colour: str = ""
    scale: int = 100
    tracking: float = TRACKING
    raised: bool = False


BODY = Ink()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands: alignment, indents, space, line height in points, what it keeps to."""

    align: str = "both"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = PITCH
    keep_next: bool = False
    page_break: bool = False
    style: str = ""
    borders: str = ""
    tabs: tuple[float, ...] = ()
    tabs_left: tuple[float, ...] = ()
    frame: str = ""
    anywhere: bool = False  # a long address may break inside its words


INDENTED = Place(first=2 * (page.BODY + TRACKING))


def twips(points: float) -> int:
    """Return points in twentieths."""
    return round(points * 20)


def fonts(face: str) -> str:
    """Return w:rFonts with all four scripts in one family."""
    family = FAMILIES[face]
    names = " ".join(f'w:{script}="{family}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts {names} w:hint="eastAsia"/>'


def either(word: str, other: str) -> str:
    """Return XML that Word 2013 and later reads as one thing and a program that knows less as the other.

    Markup compatibility, ECMA-376 part 3; allowed at any place of a Word file by part 4.
    """
    choice = f'<mc:Choice Requires="w15">{word}</mc:Choice>' if word else '<mc:Choice Requires="w15"/>'
    return f"<mc:AlternateContent>{choice}<mc:Fallback>{other}</mc:Fallback></mc:AlternateContent>"


def look(ink: Ink, *, hidden: bool = False) -> str:
    """Return w:rPr."""
    vanish = "<w:vanish/>" if hidden else ""
    colour = f'<w:color w:val="{ink.colour}"/>' if ink.colour else ""
    tracking = f'<w:spacing w:val="{twips(ink.tracking)}"/>' if ink.tracking else ""
    scale = f'<w:w w:val="{ink.scale}"/>' if ink.scale != 100 else ""
    half = round(ink.size * 2)
    size = f'<w:kern w:val="0"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    raised = '<w:vertAlign w:val="superscript"/>' if ink.raised else ""
    language = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'  # numbers and addresses are broken as such
    return f"<w:rPr>{fonts(ink.face)}{vanish}{colour}{tracking}{scale}{size}{raised}{language}</w:rPr>"


def run(text: str, ink: Ink = BODY) -> str:
    """Return text as runs; "\\n" becomes a line break, "\\t" a tab; nothing in text is markup but ［12］, the mark of a
    source, which is raised."""
    parts = _MARK.split(clean(text))
    raised = replace(ink, raised=True)
    return "".join(
        _run(f"[{part}]", raised) if number % 2 else _seamed(part, ink)
        for number, part in enumerate(parts)
        if part or len(parts) == 1
    )


def _seamed(text: str, ink: Ink) -> str:
    return _seam(ink).join(_broken(part, ink) for part in _SEAM.split(text))


def has_address(text: str) -> bool:
    """Return whether a text holds an address that would leave a line of gaps if it were held whole."""
    return bool(_ADDRESS.search(text))


def _broken(text: str, ink: Ink) -> str:
    """Return text as runs, its long addresses in pieces between which LibreOffice may end a line.

    Word does so by itself where a paragraph says it (w:wordWrap), which LibreOffice does not know.
    """
    runs, end = [], 0
    for found in _ADDRESS.finditer(text):
        pieces = [found.group()[at : at + _PIECE] for at in range(0, len(found.group()), _PIECE)]
        sign = either("", f'<w:sym w:font="{FAMILIES[ink.face]}" w:char="200B"/>')
        gap = f"<w:r>{look(ink)}{sign}</w:r>"
        runs += [_run(text[end : found.start()], ink), gap.join(_run(piece, ink) for piece in pieces)]
        end = found.end()
    return "".join(runs) + _run(text[end:], ink) if end < len(text) or not runs else "".join(runs)


def _seam(ink: Ink) -> str:
    """Keep LibreOffice from widening the place between Chinese and Latin: it knows no w:autoSpaceDE.

    It widens only where two visible texts meet, so a hidden sign without width lies between them, for it alone: not in
    w:t, which other programs take for text, and not there at all for Word, which heeds w:autoSpaceDE.
    """
    sign = either("", f'<w:sym w:font="{FAMILIES[ink.face]}" w:char="200B"/>')
    return f"<w:r>{look(ink, hidden=True)}{sign}</w:r>"


def _run(text: str, ink: Ink) -> str:
    parts = []
    for number, line in enumerate(text.split("\n")):
        parts.append("<w:br/>" if number else "")
        cells = line.split("\t")
        for index, cell in enumerate(cells):
            parts.append("<w:tab/>" if index else "")
            parts.append(f'<w:t xml:space="preserve">{escape(cell)}</w:t>' if cell else "")
    return f"<w:r>{look(ink)}{''.join(parts)}</w:r>"


def field(code: str, ink: Ink) -> str:
    """Return a field of the program's own (never of a user): PAGE.

    Written in full, begin to end: some programs show only the last result of a w:fldSimple, or nothing.
    """
    marks = {
        kind: f'<w:r>{look(ink)}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    }
    instruction = f'<w:r>{look(ink)}<w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{marks['begin']}{instruction}{marks['separate']}<w:r>{look(ink)}<w:t>1</w:t></w:r>{marks['end']}"


def paragraph(runs: Iterable[str], place: Place = Place()) -> str:
    """Return a paragraph."""
    return f"<w:p>{_properties(place)}{''.join(runs)}</w:p>"


def _properties(place: Place) -> str:
    tabs = "".join(f'<w:tab w:val="left" w:pos="{twips(stop)}"/>' for stop in place.tabs_left)
    tabs += "".join(f'<w:tab w:val="right" w:pos="{twips(stop)}"/>' for stop in place.tabs)
    parts = [
        f'<w:pStyle w:val="{place.style}"/>' if place.style else "",
        "<w:keepNext/>" if place.keep_next else "",
        "<w:pageBreakBefore/>" if place.page_break else "",
        place.frame,
        '<w:widowControl w:val="0"/>',
        f"<w:pBdr>{place.borders}</w:pBdr>" if place.borders else "",
        f"<w:tabs>{tabs}</w:tabs>" if tabs else "",
        "<w:kinsoku/>",
        '<w:wordWrap w:val="0"/>' if place.anywhere else "",
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>',
        '<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>',
        _spacing(place),
        _indent(place),
        f'<w:jc w:val="{place.align}"/>',
    ]
    return f"<w:pPr>{''.join(parts)}</w:pPr>"


def _spacing(place: Place) -> str:
    """A line height of 0 lets the line grow with what stands in it: a picture."""
    rule = f'w:line="{twips(place.line)}" w:lineRule="exact"' if place.line else 'w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="{twips(place.before)}" w:after="{twips(place.after)}" {rule}/>'


def _indent(place: Place) -> str:
    first = f'w:firstLine="{twips(place.first)}"' if place.first >= 0 else f'w:hanging="{twips(-place.first)}"'
    return f'<w:ind w:left="{twips(place.left)}" w:right="{twips(place.right)}" {first}/>'


def border(side: str, points: float, colour: str = "auto", space: int = 0, kind: str = "single") -> str:
    """Return a border; Word counts its width in eighths of a point."""
    return f'<w:{side} w:val="{kind}" w:sz="{round(points * 8)}" w:space="{space}" w:color="{colour}"/>'


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: its paragraphs, its width in points, how many columns it covers, its part in a vertical span."""

    content: str
    width: float
    columns: int = 1
    merge: str = ""  # "restart" or "continue"
    align: str = "center"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; repeated: at the head of every page; whole: never divided between two pages; height: at least, points."""

    cells: tuple[TableCell, ...]
    repeated: bool = False
    whole: bool = False
    height: float = 0.0


def table(
    rows: Iterable[TableRow],
    widths: list[float],
    borders: str,
    extra: str = "",
    padding: tuple[float, float] = (0.0, 3.0),
) -> str:
    """Return a table.

    extra: properties of its place; padding: above and below, beside.
    """
    sides = zip(("top", "left", "bottom", "right"), 2 * padding, strict=True)
    margins = "".join(f'<w:{side} w:w="{twips(room)}" w:type="dxa"/>' for side, room in sides)
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    body = "".join(map(_row, rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>{extra}'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def _row(row: TableRow) -> str:
    height = f'<w:trHeight w:val="{twips(row.height)}" w:hRule="atLeast"/>' if row.height else ""
    properties = f"{'<w:cantSplit/>' if row.whole else ''}{height}{'<w:tblHeader/>' if row.repeated else ''}"
    head = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{head}{''.join(map(_cell, row.cells))}</w:tr>"


def _cell(cell: TableCell) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(cell.width)}" w:type="dxa"/>{span}{merge}'
        f'<w:vAlign w:val="{cell.align}"/></w:tcPr>{cell.content}</w:tc>'
    )
