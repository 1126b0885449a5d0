"""A number as a format of Excel shows it, as far as lists use them: 98%, 0769, 12家, 第3季度."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

_TOKEN = re.compile(
    r'"(?P<said>[^"]*)"|\\(?P<sign>.)|\[(?P<bracket>[^\]]*)\]|[_*](?P<room>.)'
    r"|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?)|(?P<end>;)|(?P<other>.)",
    re.S,
)
_COLOUR = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|黑色|蓝色|绿色|红色|白色|黄色)$", re.I
)
_MONEY = re.compile(r"\$([^-]*)(?:-[0-9A-F]+)?$", re.I)
_PLAIN = " -+()%"


def number_shown(value: float, code: str) -> str | None:
    """Return the number as the format shows it; None for a format that is not of this kind (dates, fractions …)."""
    sections: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(code):
        if token["end"]:
            sections.append([])
        else:
            sections[-1].append(token)
    if value < 0 and len(sections) > 1:
        return _shown(-value, sections[1])
    return _shown(value, sections[2] if value == 0 and len(sections) > 2 else sections[0])


def _shown(value: float, tokens: list[re.Match[str]]) -> str | None:
    percent = any(token["other"] == "%" for token in tokens)
    shown, digits = "", 0
    for token in tokens:
        if token["digits"]:
            digits += 1
            part = _digits(abs(value) * (100 if percent else 1), token["digits"])
        else:
            part = _words(token)
        if part is None or digits > 1:
            return None
        shown += part
    return ("-" if value < 0 and digits else "") + shown.strip()


def _words(token: re.Match[str]) -> str | None:
    """What stands beside the digits; None where it is a letter of a format."""
    if token["said"] is not None or token["sign"]:
        return token["said"] or token["sign"] or ""
    if token["room"]:
        return ""
    if token["bracket"] is not None:
        money = _MONEY.match(token["bracket"])
        return money[1] if money else "" if _COLOUR.match(token["bracket"]) else None
    return token["other"] if token["other"] in _PLAIN or token["other"] >= "\u2e80" else None


def _digits(value: float, pattern: str) -> str | None:
    whole, _point, part = pattern.partition(".")
    if whole.endswith(","):
        return None  # in thousands
    step = Decimal(1).scaleb(-len(part))
    text = f"{Decimal(repr(value)).quantize(step, ROUND_HALF_UP):{',' if ',' in whole else ''}f}"
    before, _point, after = text.partition(".")
    after = after[: part.count("0")] + after[part.count("0") :].rstrip("0")
    return before.zfill(whole.count("0")) + ("." + after if after else "")
