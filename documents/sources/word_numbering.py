"""The numbering that Word generates: 一、（一）1. stand in no text and must be counted again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from lxml import etree

from documents.refusal import Refused

from .word_numerals import printed
from .word_symbols import BOXES, symbol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFF = {"0", "false", "off", "none"}
DEEPEST = 8


@dataclass(slots=True)
class Level:
    """How one level of a list counts and prints; the style that stands for it."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    style: str = ""
    legal: bool = False
    """Its numbers are Arabic whatever the levels above print: 1.2 under 一、."""
    example: str = ""
    """How a format of the writer's own begins: 001, 002, 003, ..."""
    gap: str = "tab"
    """What stands between number and text: tab, space or nothing."""
    restart: int | None = None
    """The level (counted from 1) after which it begins anew; 0: it never does; None: after any level above."""
    font: str = ""
    """The font of its sign; those of symbol fonts have no code of their own."""


@dataclass(slots=True)
class Style:
    """What a paragraph style says of numbering, and on which it is based."""

    number: str | None
    depth: int | None
    base: str


@dataclass(slots=True)
class Listing:
    """The lists of a document: num id → levels, and how far each definition has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    starts: dict[str, dict[int, int]] = field(default_factory=dict)
    styles: dict[str, Style] = field(default_factory=dict)
    usual: str = ""
    """The style of a paragraph that names none."""
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, paragraph: etree._Element, text: str) -> str:
        """Return the number that Word prints before a paragraph, with the gap to its text; counts on.

        text: what the number stands before. Returns "" when Word prints none.
        Raises: Refused when what is said is no number.
        """
        number, depth = self._place(paragraph)
        levels = self.levels.get(number or "")
        if number is None or number == "0" or not levels or not 0 <= depth <= DEEPEST:
            return ""
        level = levels.get(depth) or Level()
        counts = self._counted(number, depth, level)
        if level.form == "bullet":
            return _bullet(level)
        mark = re.sub(r"%(\d)", lambda found: self._shown(level, levels, counts, int(found[1]) - 1), level.text)
        return mark + _gap(mark, text, level.gap)

    def _counted(self, number: str, depth: int, level: Level) -> dict[int, int]:
        """Count one on. Lists of one definition count together; one with a start of its own sets that once."""
        counts = self.counts.setdefault(self.shared.get(number, number), {})
        levels = self.levels[number]
        for deeper in [inner for inner in counts if inner > depth and _begins_anew(levels.get(inner), inner, depth)]:
            del counts[deeper]
        start = self.starts.get(number, {}).pop(depth, None)
        counts[depth] = start if start is not None else counts[depth] + 1 if depth in counts else level.start
        return counts

    def _shown(self, own: Level, levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth) or Level()
        form = "decimal" if own.legal and level.form != "decimalZero" else level.form
        return printed(counts.get(depth, level.start), form, level.example)

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """List and level of a paragraph: each its own, or else that of the nearest style that says it."""
        own, named = paragraph.find(f"{W}pPr/{W}numPr"), paragraph.find(f"{W}pPr/{W}pStyle")
        number, depth = (_value(own, "numId"), whole(own.find(f"{W}ilvl"))) if own is not None else (None, None)
        key, seen = named.get(f"{W}val", "") if named is not None else self.usual, list[str]()
        while key in self.styles and key not in seen:
            seen.append(key)
            style = self.styles[key]
            number = style.number if number is None else number
            depth = style.depth if depth is None else depth
            key = style.base
        if depth is None:  # the list itself says which style stands for which level
            depth = next((at for at, each in self.levels.get(number or "", {}).items() if each.style in seen), 0)
        return number, depth


def _begins_anew(level: Level | None, inner: int, depth: int) -> bool:
    """Whether a level begins anew after a paragraph of a level above it."""
    after = inner if level is None or level.restart is None else level.restart
    return depth < after


def _bullet(level: Level) -> str:
    """A bullet; a box to be ticked or a tick stays what it is."""
    sign = symbol(level.font, level.text)
    return sign if sign in BOXES else "• "


def _gap(mark: str, text: str, said: str) -> str:
    """The gap behind a number: none behind a mark that ends itself (、 or ①), and never figure on figure."""
    last, first = mark[-1:], text.lstrip()[:1]
    if not last or last.isspace() or not first or text[:1].isspace():
        return ""
    if (_is_figure(first) and _is_figure(last)) or (first.isdecimal() and last in ".．"):
        return " "
    if said == "nothing" or unicodedata.category(last)[0] in "PS" or unicodedata.category(last) == "No":
        return ""
    return " " if last.isascii() else "\u3000"


def _is_figure(sign: str) -> bool:
    return sign.isdecimal() or (sign.isascii() and sign.isalnum())


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val") if child is not None else None


def whole(element: etree._Element | None) -> int | None:
    """Return the whole number that an element says, None without one. Raises: Refused when it is none."""
    if element is None:
        return None
    try:
        return int(element.get(f"{W}val", ""))
    except ValueError as error:
        raise Refused("damaged") from error


def read_listing(numbering: etree._Element | None, styles: etree._Element | None) -> Listing:
    """Return the lists that numbering.xml and styles.xml define. Raises: Refused when what is said is no number."""
    listing = Listing()
    abstract: dict[str, dict[int, Level]] = {}
    linked: dict[str, str] = {}
    for element in numbering.iter(f"{W}abstractNum") if numbering is not None else ():
        key = element.get(f"{W}abstractNumId", "")
        abstract[key] = _levels(element)
        linked |= {name: key} if (name := _value(element, "styleLink")) else {}
    for element in numbering.iter(f"{W}abstractNum") if numbering is not None else ():
        if (name := _value(element, "numStyleLink")) in linked:
            abstract[element.get(f"{W}abstractNumId", "")] = abstract[linked[name]]
    for element in numbering.iter(f"{W}num") if numbering is not None else ():
        number, parent = element.get(f"{W}numId", ""), _value(element, "abstractNumId") or ""
        levels, starts = _overridden(dict(abstract.get(parent, {})), element)
        listing.levels[number], listing.starts[number], listing.shared[number] = levels, starts, f"a{parent}"
    for style in styles.iter(f"{W}style") if styles is not None else ():
        own, base = style.find(f"{W}pPr/{W}numPr"), _value(style, "basedOn") or ""
        said = (_value(own, "numId"), whole(own.find(f"{W}ilvl"))) if own is not None else (None, None)
        listing.styles[style.get(f"{W}styleId", "")] = Style(*said, base)
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default", "0").lower() not in _OFF:
            listing.usual = style.get(f"{W}styleId", "")
    return listing


def _levels(element: etree._Element) -> dict[int, Level]:
    levels = {}
    for item in element.iter(f"{W}lvl"):
        depth, start = item.get(f"{W}ilvl", "0"), whole(item.find(f"{W}start"))
        if not depth.isdecimal():
            raise Refused("damaged")
        form, example = _form(item)
        legal, fonts = item.find(f"{W}isLgl"), item.find(f"{W}rPr/{W}rFonts")
        levels[int(depth)] = Level(
            form,
            _value(item, "lvlText") or "",
            1 if start is None else start,
            _value(item, "pStyle") or "",
            legal is not None and legal.get(f"{W}val", "1").lower() not in _OFF,
            example,
            _value(item, "suff") or "tab",
            whole(item.find(f"{W}lvlRestart")),
            (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else "",
        )
    return levels


def _form(level: etree._Element) -> tuple[str, str]:
    """The format of a level; one of the writer's own is said beside the nearest that older programs know."""
    own = level.find(f"{_MC}AlternateContent/{_MC}Choice/{W}numFmt")
    said = own if own is not None else level.find(f"{W}numFmt")
    if said is None:
        return "decimal", ""
    return said.get(f"{W}val") or "decimal", said.get(f"{W}format") or ""


def _overridden(levels: dict[int, Level], element: etree._Element) -> tuple[dict[int, Level], dict[int, int]]:
    """The levels of a list that words some anew, and where it begins by itself."""
    starts: dict[int, int] = {}
    for override in element.iter(f"{W}lvlOverride"):
        levels |= _levels(override)
        depth, start = override.get(f"{W}ilvl", "0"), whole(override.find(f"{W}startOverride"))
        if start is not None and depth.isdecimal():
            starts[int(depth)] = start
            levels[int(depth)] = replace(levels.get(int(depth)) or Level(), start=start)
    return levels, starts
