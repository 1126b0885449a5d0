"""What a field of Word shows that keeps no text of it: circled characters, phonetic guides, boxes, drop-downs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from documents.refusal import Refused

from .word_numbering import W, whole

_OFF = {"0", "false", "off", "none"}
_CIRCLES, _SQUARES = "○〇◯O⭘", "□▢"
_ENCLOSED = {char: chr(ord("㊀") + at) for at, char in enumerate("一二三四五六七八九十")}
_ENCLOSED |= {chr(ord("A") + at): chr(ord("Ⓐ") + at) for at in range(26)}
_ENCLOSED |= {chr(ord("a") + at): chr(ord("ⓐ") + at) for at in range(26)}
_ENCLOSED |= {str(at + 1): chr(ord("①") + at) for at in range(20)}
_TICKS, _CROSSES = "√✓✔V", "×✗✘X"
_EQ_PARTS = re.compile(r"\\([a-zA-Z]{1,2})|([^\\(),;]+)|([(),;])|\\(.)", re.DOTALL)
_SWITCHES = re.compile(r"""\\\*\s*(?:"[^"]*"|[^\s\\"]+)""")
_DEEPEST = 20


@dataclass(slots=True)
class _Field:
    """A field that is open: its code so far, the data of a form, whether its result has begun and has a text."""

    data: Any = None
    code: str = ""
    has_result: bool = False
    has_begun: bool = False


def write_fields(root: Any) -> None:
    """Put what such fields show into their place; the codes of all fields go."""
    for simple in list(root.iter(f"{W}fldSimple")):
        shown = _shown(simple.get(f"{W}instr", ""), None, has_result=next(simple.iter(f"{W}t"), None) is not None)
        if shown:
            _append(simple, shown)
    opened: list[_Field] = []
    tags = (f"{W}fldChar", f"{W}instrText", f"{W}t", f"{W}sym")
    for element in list(root.iter(*tags)):
        if element.tag == f"{W}fldChar":
            _turn(element, opened)
        elif element.tag == f"{W}instrText":
            if opened and not opened[-1].has_begun:
                opened[-1].code += element.text or ""
        else:
            for each in opened[-1:]:
                each.has_result = each.has_result or (each.has_begun and bool(element.text or element.tag != f"{W}t"))
    for code in list(root.iter(f"{W}instrText")):
        code.getparent().remove(code)


def _turn(element: Any, opened: list[_Field]) -> None:
    """Where a field begins, where its result does, where it ends."""
    kind = element.get(f"{W}fldCharType")
    if kind == "begin":
        opened.append(_Field(element.find(f"{W}ffData")))
    elif kind == "separate" and opened:
        opened[-1].has_begun = True
    elif kind == "end" and opened:
        closed = opened.pop()
        shown = _shown(closed.code, closed.data, has_result=closed.has_result)
        if shown:
            plain = etree.Element(f"{W}t")
            plain.text = shown
            element.addnext(plain)


def _append(element: Any, text: str) -> None:
    etree.SubElement(etree.SubElement(element, f"{W}r"), f"{W}t").text = text


def _shown(code: str, data: Any, *, has_result: bool) -> str:
    name = code.split(maxsplit=1)[0].upper() if code.strip() else ""
    if name == "EQ":
        return "" if has_result else equation(code.strip()[2:])
    if name == "FORMCHECKBOX":
        return _box(data)
    if name == "FORMDROPDOWN" and not has_result:
        return _chosen(data)
    if name == "SYMBOL" and not has_result:
        found = re.match(r"\s*SYMBOL\s+(\d{2,6})\b", code, re.IGNORECASE)
        return chr(int(found[1])) if found and int(found[1]) > 255 and int(found[1]) < 0xD800 else ""
    return ""


def _box(data: Any) -> str:
    """The box of an old form: what was ticked, or else how it begins."""
    box = data.find(f"{W}checkBox") if data is not None else None
    if box is None:
        return "□"
    said = box.find(f"{W}checked")
    said = said if said is not None else box.find(f"{W}default")
    return "☑" if said is not None and said.get(f"{W}val", "1").lower() not in _OFF else "□"


def _chosen(data: Any) -> str:
    """The entry that was chosen in the drop-down of an old form, its first one before anybody chose."""
    options = data.find(f"{W}ddList") if data is not None else None
    if options is None:
        return ""
    entries = [each.get(f"{W}val", "") for each in options.iter(f"{W}listEntry")]
    try:
        at = whole(options.find(f"{W}result")) or whole(options.find(f"{W}default")) or 0
    except Refused:
        at = 0
    return entries[at] if 0 <= at < len(entries) else ""


# --- the field EQ: signs over one another, fractions, roots ------------------------------------------------


def equation(code: str) -> str:
    """Return what a field EQ shows, in one line: a figure in its circle, a word without its phonetic guide."""
    tokens = list(_EQ_PARTS.finditer(_SWITCHES.sub("", code)))
    parts, _at = _series(tokens, 0, 0)
    return "".join(parts).strip()


def _series(tokens: list[re.Match[str]], at: int, depth: int) -> tuple[list[str], int]:
    """The arguments up to the closing bracket, each as it is shown."""
    parts, text = [], ""
    while at < len(tokens):
        name, plain, sign, escaped = tokens[at].groups()
        at += 1
        if name:
            shown, at = _command(name.lower(), tokens, at, depth)
            text += shown
        elif sign == "(" and depth < _DEEPEST:
            inner, at = _series(tokens, at, depth + 1)
            text += f"({','.join(inner)})"
        elif sign == ")":
            break
        elif sign in (",", ";"):
            parts.append(text)
            text = ""
        else:
            text += plain or escaped or ""
    return [*parts, text], at


def _command(name: str, tokens: list[re.Match[str]], at: int, depth: int) -> tuple[str, int]:
    """A command with its options and its arguments in brackets."""
    while at < len(tokens) and tokens[at].group(3) != "(":
        at += 1  # options: \\ac, \\up 9, \\* jc2
    if at == len(tokens) or depth >= _DEEPEST:
        return "", at
    arguments, at = _series(tokens, at + 1, depth + 1)
    return _together(name, [each.strip() for each in arguments]), at


def _together(name: str, parts: list[str]) -> str:
    match name:
        case "o":
            return _overstruck(parts)
        case "f" if len(parts) == 2:
            return f"{parts[0]}/{parts[1]}"
        case "r":
            return f"√({parts[-1]})"
        case "s" | "su" | "do":
            return ""  # raised or lowered: in a phonetic guide the guide, elsewhere an index
        case _:
            return "".join(parts)


def _overstruck(parts: list[str]) -> str:
    shown = [part for part in parts if part]
    if len(shown) < 2:
        return "".join(shown)
    frame, inner = shown[0], shown[-1]
    if frame in _CIRCLES:
        return _ENCLOSED.get(inner, inner)
    if frame in _SQUARES:
        return "☑" if inner in _TICKS else "☒" if inner in _CROSSES else inner
    return inner
