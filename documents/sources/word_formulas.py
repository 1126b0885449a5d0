"""Formulas of Word (OMML) in one line of text: 合格数/总数×100%, x², √(n)."""

from __future__ import annotations

from typing import Any

from lxml import etree

from .word_numbering import W

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_DEEPEST = 60


def write_formulas(root: Any) -> None:
    """Put the text of each formula into its place."""
    for formula in list(root.iter(f"{M}oMath")):
        if any(parent.tag == f"{M}oMath" for parent in formula.iterancestors()):
            continue
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}t").text = shown(formula)
        parent = formula.getparent()
        if not any(each.tag == f"{W}p" for each in formula.iterancestors()):
            paragraph = etree.Element(f"{W}p")
            paragraph.append(run)
            run = paragraph
        run.tail = None
        parent.replace(formula, run)
    for line in list(root.iter(f"{M}oMathPara")):
        _unwrapped(line)


def _unwrapped(element: Any) -> None:
    """The formulas of a line of formulas stand in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in [each for each in element if each.tag in (f"{W}r", f"{W}p")]:
        parent.insert(at, child)
        at += 1
    parent.remove(element)


def shown(element: Any, depth: int = 0) -> str:
    """Return a formula, or a part of one, in one line."""
    if depth > _DEEPEST or not isinstance(element.tag, str):
        return ""
    name = element.tag.removeprefix(M)

    def of(part: str) -> str:
        return "".join(shown(each, depth + 1) for each in element.findall(f"{M}{part}"))

    match name:
        case "t":
            return element.text or ""
        case "f":
            return f"{_held(of('num'))}/{_held(of('den'))}"
        case "sSup":
            return of("e") + _index(of("sup"), _RAISED, "^")
        case "sSub":
            return of("e") + _index(of("sub"), _LOWERED, "_")
        case "sSubSup":
            return of("e") + _index(of("sub"), _LOWERED, "_") + _index(of("sup"), _RAISED, "^")
        case "rad":
            return f"{of('deg').translate(_RAISED)}√{_held(of('e'), always=True)}"
        case "d":
            return _bracketed(element, [shown(each, depth + 1) for each in element.findall(f"{M}e")])
        case "nary":
            return _sign(element, f"{M}naryPr/{M}chr", "∫") + _limits(of("sub"), of("sup")) + of("e")
        case "limLow" | "limUpp":
            return f"{of('e')}({of('lim')})"
        case "m" | "eqArr":
            return "；".join(shown(each, depth + 1) for each in element if each.tag in (f"{M}mr", f"{M}e"))
    return "".join(shown(each, depth + 1) for each in element if not str(each.tag).endswith("Pr"))


def _held(text: str, *, always: bool = False) -> str:
    """In brackets where the line would read differently without them."""
    return f"({text})" if always or any(sign in text for sign in "+-−－×÷/=") else text


def _index(text: str, table: dict[int, int], sign: str) -> str:
    return text.translate(table) if text and all(ord(char) in table for char in text) else f"{sign}{_held(text)}"


def _limits(low: str, high: str) -> str:
    return (f"_({low})" if low else "") + (f"^({high})" if high else "")


def _sign(element: Any, path: str, usual: str) -> str:
    said = element.find(path)
    return usual if said is None else str(said.get(f"{M}val", usual))


def _bracketed(element: Any, parts: list[str]) -> str:
    begin, end = _sign(element, f"{M}dPr/{M}begChr", "("), _sign(element, f"{M}dPr/{M}endChr", ")")
    return begin + _sign(element, f"{M}dPr/{M}sepChr", ",").join(parts) + end
