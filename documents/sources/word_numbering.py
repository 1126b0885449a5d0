"""The numbering that Word generates: 一、（一）1. stand in no text and must be counted again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CN = "零一二三四五六七八九"


@dataclass(slots=True)
class Level:
    """How one level of a list counts and prints."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Listing:
    """The lists of a document: num id → levels, and how far each list has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str | None, int | None]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, paragraph: etree._Element) -> str:
        """Return the number that Word prints before a paragraph, "" when it prints none; counts on."""
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
        return re.sub(r"%(\d)", lambda found: self._shown(levels, counts, int(found[1]) - 1), level.text)

    def _shown(self, levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth) or Level()
        return printed(counts.get(depth, level.start), level.form)

    def _place(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """List and level of a paragraph, of its own or of its style."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None, 0
        style = properties.find(f"{W}pStyle")
        number, depth = self.styles.get(style.get(f"{W}val", ""), (None, None)) if style is not None else (None, None)
        own = properties.find(f"{W}numPr")
        if own is not None:
            number = _value(own, "numId") or number
            level = _value(own, "ilvl")
            depth = int(level) if level and level.isdigit() else depth
        return number, depth or 0


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return child.get(f"{W}val") if child is not None else None


def read_listing(numbering: etree._Element | None, styles: etree._Element | None) -> Listing:
    """Return the lists that numbering.xml and styles.xml define."""
    listing = Listing()
    abstract: dict[str, dict[int, Level]] = {}
    for element in numbering.iter(f"{W}abstractNum") if numbering is not None else ():
        abstract[element.get(f"{W}abstractNumId", "")] = _levels(element)
    for element in numbering.iter(f"{W}num") if numbering is not None else ():
        number, parent = element.get(f"{W}numId", ""), _value(element, "abstractNumId") or ""
        listing.levels[number] = _overridden(dict(abstract.get(parent, {})), element)
        if element.find(f"{W}lvlOverride") is None:
            listing.shared[number] = f"a{parent}"
    _read_styles(listing, styles)
    return listing


def _levels(element: etree._Element) -> dict[int, Level]:
    levels = {}
    for item in element.iter(f"{W}lvl"):
        depth, start = item.get(f"{W}ilvl", "0"), _value(item, "start") or "1"
        form, text = _value(item, "numFmt") or "decimal", _value(item, "lvlText") or ""
        levels[int(depth) if depth.isdigit() else 0] = Level(form, text, int(start) if start.isdigit() else 1)
    return levels


def _overridden(levels: dict[int, Level], element: etree._Element) -> dict[int, Level]:
    for override in element.iter(f"{W}lvlOverride"):
        depth, start = override.get(f"{W}ilvl", "0"), _value(override, "startOverride")
        if start and start.isdigit() and depth.isdigit():
            level = levels.get(int(depth)) or Level()
            levels[int(depth)] = Level(level.form, level.text, int(start))
    return levels


def _read_styles(listing: Listing, styles: etree._Element | None) -> None:
    for style in styles.iter(f"{W}style") if styles is not None else ():
        own = style.find(f"{W}pPr/{W}numPr")
        if own is not None:
            level = _value(own, "ilvl")
            depth = int(level) if level and level.isdigit() else None
            listing.styles[style.get(f"{W}styleId", "")] = (_value(own, "numId"), depth)


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
