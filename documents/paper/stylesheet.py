"""The stylesheet of a document: templates/documents/style.css with the numbers and the faces of this machine."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

from documents.layout import fonts, page

STYLESHEET = Path(__file__).resolve().parents[2] / "templates" / "documents" / "style.css"


@cache
def stylesheet() -> str:
    """Return the CSS of every document, the same for one machine and one set of fonts."""
    return Template(STYLESHEET.read_text(encoding="utf-8")).substitute(_lengths(), **_faces())


def _lengths() -> dict[str, str]:
    # the em box of a character stands where its font puts it in the line, not quite in the middle
    above = fonts.metrics("fangsong").em_below_line_top(page.PITCH / page.BODY) * page.BODY
    below = page.PITCH - page.BODY - above
    lengths = {
        "top": page.MARGIN_TOP * page.MM - above,
        "bottom": page.MARGIN_FOOT * page.MM - below,
        "body": page.BODY,
        "titlesize": page.TITLE,
        "pitch": page.PITCH,
        "two": 2 * page.PITCH,
        "below": below,
        "quarter": page.PITCH / 4,
        "cell": page.CELL,
        "indent": 2 * (page.BODY + page.TRACKING),
        "tracking": page.TRACKING,
        "redrule": page.RULE_THICKNESS,
        # the line box of the number ends a little below its characters
        "rulegap": page.RULE_GAP * page.MM - below,
    }
    return {name: f"{value:.4f}".rstrip("0").rstrip(".") for name, value in lengths.items()}


def _faces() -> dict[str, str]:
    values = {}
    for name, face in fonts.faces().items():
        values[name] = f'"{face.family}", "{fonts.LAST_RESORT}"'
        values[f"{name}_weight"] = str(face.weight)
    return values
