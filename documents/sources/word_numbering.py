"""The numbering that Word generates: 一、（一）1. stand in no text and must be counted again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from documents.refusal import Refused

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CN = "零一二三四五六七八九"


@dataclass(slots=True)
class Level:
    """How one level of a list counts and prints; the style that stands for it."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    style: str = ""
    legal: bool = False
    """Its numbers are Arabic whatever the levels above print: 1.2 under 一、."""


@dataclass(slots=True)
class Style:
    """What a paragraph style says of numbering, and on which it is based."""

    number: str | None
    depth: int | None
    base: str


@dataclass(slots=True)
class Listing:
    """The lists of a document: num id → levels, and how far each list has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    styles: dict[str, Style] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, paragraph: etree._Element) -> str:
        """Return the number that Word prints before a paragraph, "" when it prints none; counts on.

        Raises: Refused when what is said is no number.
        """
        number, depth = self._place(paragraph)
        levels = self.levels.get(number or "")
        if number is None or number == "0" or levels is None:
            return ""
        level = levels.get(depth) or Level()
        counts = self.counts.setdefault(self.shared.get(number, number), {})
        for deeper in [inner for inner in counts if inner > depth]:
            del counts[deeper]
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        if level.form == "bullet":
            return "•"
        return re.sub(r"%(\d)", lambda found: self._shown(level, levels, counts, int(found[1]) - 1), level.text)

    def _shown(self, own: Level, levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth) or Level()
        return printed(counts.get(depth, level.start), "decimal" if own.legal else level.form)

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """List and level of a paragraph: each its own, or else that of the nearest style that says it."""
        own, named = paragraph.find(f"{W}pPr/{W}numPr"), paragraph.find(f"{W}pPr/{W}pStyle")
        number, depth = (_value(own, "numId"), whole(own.find(f"{W}ilvl"))) if own is not None else (None, None)
        key, seen = named.get(f"{W}val", "") if named is not None else "", list[str]()
        while key in self.styles and key not in seen:
            seen.append(key)
            style = self.styles[key]
            number = style.number if number is None else number
            depth = style.depth if depth is None else depth
            key = style.base
        if depth is None:  # the list itself says which style stands for which level
            depth = next((at for at, each in self.levels.get(number or "", {}).items() if each.style in seen), 0)
        return number, depth


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
        listing.levels[number] = _overridden(dict(abstract.get(parent, {})), element)
        if element.find(f"{W}lvlOverride") is None:
            listing.shared[number] = f"a{parent}"
    for style in styles.iter(f"{W}style") if styles is not None else ():
        own, base = style.find(f"{W}pPr/{W}numPr"), _value(style, "basedOn") or ""
        said = (_value(own, "numId"), whole(own.find(f"{W}ilvl"))) if own is not None else (None, None)
        listing.styles[style.get(f"{W}styleId", "")] = Style(*said, base)
    return listing


def _levels(element: etree._Element) -> dict[int, Level]:
    levels = {}
    for item in element.iter(f"{W}lvl"):
        depth, start = item.get(f"{W}ilvl", "0"), whole(item.find(f"{W}start"))
        if not depth.isdigit():
            raise Refused("damaged")
        levels[int(depth)] = Level(
            _value(item, "numFmt") or "decimal",
            _value(item, "lvlText") or "",
            1 if start is None else start,
            _value(item, "pStyle") or "",
            item.find(f"{W}isLgl") is not None,
        )
    return levels


def _overridden(levels: dict[int, Level], element: etree._Element) -> dict[int, Level]:
    for override in element.iter(f"{W}lvlOverride"):
        levels |= _levels(override)
        depth, start = override.get(f"{W}ilvl", "0"), whole(override.find(f"{W}startOverride"))
        if start is not None and depth.isdigit():
            levels[int(depth)] = replace(levels.get(int(depth)) or Level(), start=start)
    return levels


def printed(value: int, form: str) -> str:
    """Return a number as a format of Word prints it (Chinese, circled, letters, Roman, else Arabic)."""
    if form in _CHINESE:
        return chinese(value)
    if form == "decimalEnclosedCircle" and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if form == "decimalFullWidth":
        return "".join(chr(0xFF10 + int(digit)) for digit in str(value))
    if form in ("upperLetter", "lowerLetter") and 1 <= value <= 26:
        return chr(ord("A" if form == "upperLetter" else "a") + value - 1)
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    if form == "none":
        return ""
    return str(value)


_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "japaneseDigitalTenThousand", "chineseLegalSimplified",
}  # fmt: skip


def chinese(value: int) -> str:
    """Return 1-99 in Chinese figures (二十三), larger ones in Arabic."""
    if not 0 <= value <= 99:
        return str(value)
    tens, ones = divmod(value, 10)
    lead = ("" if tens == 1 else _CN[tens]) + "十" if tens else ""
    return lead + (_CN[ones] if ones or not tens else "")


def _roman(value: int) -> str:
    signs = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    shown = ""
    for worth, sign in signs:
        count, value = divmod(value, worth) if value < 400 else (0, value)
        shown += sign * count
    return shown
