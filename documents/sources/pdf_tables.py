"""The ruled tables of a page of a PDF: pdfplumber finds the cells, the signs that stand in them are their text."""

from __future__ import annotations

from typing import Any

from .pdf_sign import Sign
from .pdf_signs import placed
from .sign_lines import Box
from .table_cells import TOUCH, PageTable, filled

_FEWEST = 3  # so many rules end at the same height where a table is cut off


def tables_of(page: Any, signs: list[Sign]) -> list[PageTable]:
    """Return the tables of a page, from top to bottom.

    page: of pdfplumber; signs: what stands on the page.
    """
    left, top = (from_left + beyond for from_left, beyond in zip(page.bbox[:2], _cut_off(page), strict=True))
    above, below = _ends(page.edges)
    found = page.find_tables({"explicit_horizontal_lines": [*above, *below]})
    tables = []
    for table in sorted(found, key=lambda each: (each.bbox[1], each.bbox[0])):
        cells = [(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in table.cells]
        made = filled(cells, signs)
        if made is not None:
            made.is_cut_above = any(abs(edge["top"] - table.bbox[1]) < TOUCH for edge in above)
            made.is_cut_below = any(abs(edge["top"] - table.bbox[3]) < TOUCH for edge in below)
            tables.append(made)
    return tables


def _cut_off(page: Any) -> tuple[float, float]:
    """How much of the whole page lies to the left of what is shown, and above.

    pdfplumber measures from the whole page; the CropBox that it gives is wrong where a page is turned by 180 or 270.
    """
    left, bottom, right, top = _sorted(page.page_obj.mediabox)
    x0, y0, x1, y1 = _sorted(page.page_obj.cropbox)
    shown = (max(x0, left) - left, max(y0, bottom) - bottom, min(x1, right) - left, min(y1, top) - bottom)
    return placed(shown, page.rotation, right - left, top - bottom)[:2]


def _sorted(box: Any) -> Box:
    x0, y0, x1, y1 = map(float, box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _ends(edges: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rules that are missing where upright ones end together: above a table, and below one."""
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > TOUCH]
    # an upright rule that is drawn as a box has two short level edges
    level = [edge for edge in edges if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > 2 * TOUCH]
    return _missing(upright, level, "top"), _missing(upright, level, "bottom")


def _missing(upright: list[dict[str, Any]], level: list[dict[str, Any]], end: str) -> list[dict[str, Any]]:
    missing = []
    for group in _grouped(upright, end):
        height = group[0][end]
        closed = any(abs(edge["top"] - height) < 2 * TOUCH for edge in level)
        goes_on = [edge for edge in upright if edge["top"] < height - TOUCH and edge["bottom"] > height + TOUCH]
        joined = [
            edge
            for edge in upright
            if abs(edge["bottom" if end == "top" else "top"] - height) < TOUCH and edge not in group
        ]
        if len({round(edge["x0"]) for edge in group}) < _FEWEST or closed or goes_on or joined:
            continue
        x0, x1 = min(edge["x0"] for edge in group) - 1, max(edge["x1"] for edge in group) + 1
        missing.append(
            {"object_type": "line_edge", "orientation": "h", "x0": x0, "x1": x1, "top": height, "bottom": height,
             "width": x1 - x0, "height": 0}
        )  # fmt: skip
    return missing


def _grouped(edges: list[dict[str, Any]], end: str) -> list[list[dict[str, Any]]]:
    """Edges by the height at which they end."""
    groups: list[list[dict[str, Any]]] = []
    for edge in sorted(edges, key=lambda edge: edge[end]):
        if groups and edge[end] - groups[-1][0][end] < TOUCH:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups
