"""Signs of symbol fonts as text: the boxes and ticks of forms, circled figures, arrows."""

from __future__ import annotations

BOXES = "□☐☑☒"
"""What is to be ticked, or was."""
LOST = "〓"
"""What is printed for a sign nobody knows: something stood there."""


def _circled(first: int, sign: str) -> dict[int, str]:
    return {first + step: chr(ord(sign) + step) for step in range(10)}


_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x29: "☎", 0x2A: "✉", 0x2B: "✉", 0x3F: "✍", 0x4A: "☺", 0x4C: "☹",
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "◆", 0x74: "◆", 0x75: "◆",
    0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□", 0xAB: "★",
    0xD5: "⌫", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨",
    0xF1: "⇧", 0xF2: "⇩", 0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑",
    0x80: "⓪", **_circled(0x81, "①"), 0x8B: "⓿", **_circled(0x8C, "❶"),
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒",
    0xA2: "■", 0xA3: "□", 0x98: "•", 0x97: "•", 0x99: "○", 0x9E: "◉",
    0x69: "⓪", **_circled(0x6A, "①"), 0x74: "⓿", **_circled(0x75, "❶"),
}  # fmt: skip
_WEBDINGS = {0x61: "√", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "☒", 0xC8: "☎", 0x34: "►", 0x33: "◄"}
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xA8: "♦", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…",
    0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xCC: "⊂", 0xCE: "∈", 0xD0: "∠", 0xD1: "∇", 0xD5: "∏", 0xD6: "√",
    0xDB: "⇔", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
    **{0x61 + at: sign for at, sign in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")},
    **{0x41 + at: sign for at, sign in enumerate("ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ")},
}  # fmt: skip
_FONTS = {
    "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "wingdings 3": {}, "webdings": _WEBDINGS, "symbol": _SYMBOL,
}  # fmt: skip


def is_symbol_font(font: str) -> bool:
    """Return whether the letters of a font stand for other signs."""
    return font.lower() in _FONTS


def symbol(font: str, text: str) -> str:
    """Return text of a font as the signs it shows; text of another font as it is.

    A sign that only the font knows, and that has no place in Unicode here, becomes 〓.
    """
    table = _FONTS.get(font.lower())
    if table is None:
        return "".join(LOST if 0xE000 <= ord(char) <= 0xF8FF else char for char in text)
    return "".join(char if char.isspace() else _of(table, ord(char)) for char in text)


def _of(table: dict[int, str], code: int) -> str:
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if low > 0xFF:
        return chr(code)  # the font has no such sign, so Word takes it from another one
    plain = table is _SYMBOL and 0x20 <= low < 0x40
    return table.get(low, chr(low) if plain else LOST)
