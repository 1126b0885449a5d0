"""What recognition says of a picture: words with their place and how sure it is, of a page that may lie on its side."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Any

import cv2
import numpy as np
from rapidocr import RapidOCR

from .lines import askew_by

_SIDE = 1280
"""Pixels of the longer side in which lines are looked for; they are read as large as they are."""
_ENOUGH = 0.9
_LINES = 4


@dataclass(frozen=True, slots=True)
class Char:
    """A character: its box in pixels of the upright page, and how sure it is, from 0 to 1."""

    char: str
    score: float
    left: float
    top: float
    right: float
    bottom: float

    def moved(self, across: float, down: float) -> Char:
        """The same elsewhere: of a part of a page, where it stands on the page."""
        return Char(self.char, self.score, self.left + across, self.top + down, self.right + across, self.bottom + down)


@dataclass(frozen=True, slots=True)
class Reading:
    """The lines of a page, each its characters; turn: by how many quarters it was turned; angle: how askew it was."""

    lines: list[list[Char]]
    turn: int
    angle: float

    @property
    def sure(self) -> float:
        """How sure the whole is."""
        scores = [char.score for line in self.lines for char in line]
        return sum(scores) / len(scores) if scores else 0.0


class Recogniser:
    """The models, loaded once; they lie in the package, nothing is fetched."""

    def __init__(self, threads: int = 1) -> None:
        self._engine = RapidOCR(
            params={
                "Global.log_level": "critical", "Global.use_cls": False, "Global.max_side_len": 4000,
                "Global.text_score": 0.0, "Global.return_word_box": True, "Global.return_single_char_box": True,
                "Det.limit_side_len": _SIDE, "Det.limit_type": "max",  # small parts are looked at as they are
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            }
        )  # fmt: skip

    def read(self, grey: Any) -> Reading:
        """Read a page as it is; where little is sure or lines stand upright, also turned, and the surest counts."""
        best, boxes = self._read(grey, 0)
        tall = sum(high > 1.5 * wide for wide, high in boxes)
        turns = [1, 3] if boxes and tall > 0.6 * len(boxes) else [2] if best.lines and best.sure < _ENOUGH else []
        for turn in turns:
            other, _ = self._read(np.ascontiguousarray(np.rot90(grey, -turn)), turn)
            best = max(best, other, key=lambda each: each.sure * (len(each.lines) > 0))
        return best

    def _read(self, grey: Any, turn: int) -> tuple[Reading, list[tuple[float, float]]]:
        found = self._engine(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
        if found.boxes is None or not found.txts:
            return Reading([], turn, 0.0), []
        sides = [(float(np.hypot(*(box[1] - box[0]))), float(np.hypot(*(box[3] - box[0])))) for box in found.boxes]
        by_rules = askew_by(grey)  # truer than a few short lines of text
        angle = _angle(found.boxes) if by_rules is None else by_rules
        words = [_chars(line, grey.shape, angle) for line in found.word_results]
        return Reading([line for line in words if line], turn, angle), sides


def _angle(boxes: Any) -> float:
    """By how many degrees the lines of a page rise or fall, most of them."""
    wide = [box for box in boxes if box[1][0] - box[0][0] > 5 * abs(box[3][1] - box[0][1])]
    if len(wide) < _LINES:
        return 0.0
    return float(median(np.degrees(np.arctan2(box[1][1] - box[0][1], box[1][0] - box[0][0])) for box in wide))


def _chars(line: Any, shape: tuple[int, ...], angle: float) -> list[Char]:
    """The characters of a line where they stand when the page is turned upright."""
    found = []
    for char, score, box in line:
        points = _turned(np.array(box, dtype=float), shape, angle)
        middle = points.mean(axis=0)
        wide = float(np.hypot(*(points[1] - points[0])))
        high = float(np.hypot(*(points[3] - points[0])))
        x, y = float(middle[0]), float(middle[1])
        found.append(Char(str(char), float(score), x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))
    return found


def _turned(points: Any, shape: tuple[int, ...], angle: float) -> Any:
    """Points turned back around the middle of the picture."""
    middle = np.array([shape[1] / 2, shape[0] / 2])
    turn = np.radians(-angle)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return (points - middle) @ matrix.T + middle
