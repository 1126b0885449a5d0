"""The ruled lines of a picture, in points of the page: long straight strokes, level and upright."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from documents.sources.ofd.rules import Rule

_SHORTEST = 50  # pixels
_MOST_ASKEW, _FEWEST = 8.0, 3
_DARK = 150
_THICKEST, _HOLE = 8, 91


def rules_of(grey: Any, angle: float, scale: float) -> list[Rule]:
    """Return the ruled lines of a page. angle: by which it is turned, in degrees; scale: points of a pixel."""
    dark = (upright(grey, angle, 255) < _DARK).astype(np.uint8)
    found: list[Rule] = []
    for is_level in (True, False):
        along = (_SHORTEST, 1) if is_level else (1, _SHORTEST)
        gap = (5, 1) if is_level else (1, 5)
        closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(gap[::-1], np.uint8))
        strokes = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(along[::-1], np.uint8))
        over = (1, _HOLE) if is_level else (_HOLE, 1)  # rows by columns: a rule with holes is one rule
        strokes = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones(over, np.uint8))
        _count, _labels, boxes, _middles = cv2.connectedComponentsWithStats(strokes)
        for x, y, wide, high, _area in boxes[1:]:
            if (high if is_level else wide) <= _THICKEST:
                if is_level:
                    found.append(Rule(True, (y + high / 2) * scale, x * scale, (x + wide) * scale))
                else:
                    found.append(Rule(False, (x + wide / 2) * scale, y * scale, (y + high) * scale))
    return found


def askew_by(grey: Any) -> float | None:
    """Return by how many degrees the level rules of a page rise or fall; None where it has too few to tell."""
    dark = (grey < _DARK).astype(np.uint8) * 255
    strokes = cv2.HoughLinesP(dark, 1, np.pi / 1800, 200, minLineLength=grey.shape[1] // 6, maxLineGap=6)
    found = [
        np.degrees(np.arctan2(y1 - y0, x1 - x0))
        for x0, y0, x1, y1 in (strokes.reshape(-1, 4) if strokes is not None else ())
    ]
    level = [float(angle) for angle in found if abs(angle) < _MOST_ASKEW]
    return float(np.median(level)) if len(level) >= _FEWEST else None


def upright(grey: Any, angle: float, paper: int) -> Any:
    """Return a picture turned back by an angle, around its middle."""
    if abs(angle) < 0.05:
        return grey
    height, width = grey.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    return cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=paper)
