"""Units in a bracket that closes a sentence: （A负责，B协助）, （A、B）."""

from __future__ import annotations

import re

from .dates import Calendar, find
from .role_cues import clauses
from .role_partners import partner_list
from .spans import Flow
from .units import Register, UnitFound, are_units, named

_PARENS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)|[【〔]([^【】〔〕]*)[】〕]")


def brackets(flow: Flow, register: Register) -> list[UnitFound]:
    """Return the units of brackets that close a sentence: （A负责，B协助） or （A、B）."""
    found: list[UnitFound] = []
    for match in _PARENS.finditer(flow.text):
        if not re.match(r"[。；，\n]|$", flow.text[match.end() :]) or match.start() == 0:
            continue
        inner = flow.cut(match.start() + 1, match.end() - 1)
        for start, end in inner.pieces("；"):
            part = inner.cut(start, end)
            units = clauses(part, register) or _joint(part, register)
            if not units and "：" not in part.text and _closes(flow.text, match):
                units = _bare_names(part, register)
            found += units
    return found


def _bare_names(part: Flow, register: Register) -> list[UnitFound]:
    """（A、B，9月8日，某地） or （9月底前完成，A、B）: the names before the date, else those behind it."""
    clauses = [part.cut(start, end) for start, end in part.pieces("，")]
    dated = [bool(find(clause, Calendar(2000))) for clause in clauses]
    first, last = (dated.index(True), len(dated) - dated[::-1].index(True)) if any(dated) else (len(dated), 0)
    for chosen in (clauses[:first], clauses[last:]):
        if chosen and all(are_units(clause, register) for clause in chosen):
            return [unit for clause in chosen for unit in named(clause, "lead", "", register, confidence=0.9)]
    return []


def _closes(text: str, match: re.Match[str]) -> bool:
    """A bracket of names gives the units when it stands behind a sentence or closes the entry."""
    return text[match.start() - 1] in "。；\n" or match.end() >= len(text.rstrip("。；\n"))


def _joint(flow: Flow, register: Register) -> list[UnitFound]:
    """A会同B、C: A leads."""
    joint = re.search("会同|联合", flow.text)
    if joint is None or joint.start() < 2 or not are_units(flow.cut(0, joint.start()), register):
        return []
    partners = partner_list(flow, joint.end(), register)
    listed = named(partners, "partner", joint[0], register) if partners is not None else []
    return named(flow.cut(0, joint.start()), "lead", joint[0], register) + listed
