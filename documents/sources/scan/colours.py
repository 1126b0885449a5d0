"""Black and red taken apart before they are read: a seal lies over the signature, a head is printed in red."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

_REDDER, _LIGHT = 45, 90  # how much redder than it is green or blue, and how light: darker is print under the seal
_SPREAD = 3
_HARDLY, _ROUND = 4e-4, 20
_GROUND = 41  # pixels of the picture made small, in which the light of the paper hardly changes
_SMALL = 4
_WHITE, _BLACK = 235.0, 40.0


def black_of(picture: Any) -> Any:
    """Return what is printed in black, in grey on white paper, evenly lit; red is paper."""
    red = picture[:, :, 0].astype(np.float32)
    mask = cv2.dilate(red_mask(picture).astype(np.uint8), np.ones((_SPREAD, _SPREAD), np.uint8))
    grey = picture.min(axis=2).astype(np.float32)
    grey = np.where(mask > 0, red, grey)
    return _lit(grey, mask > 0)


def red_of(picture: Any) -> tuple[Any, int, int] | None:
    """Return the part of a page that is printed in red, as black on white, and how far it lies from its left and top.

    None where there is hardly any red.
    """
    mask = red_mask(picture)
    if mask.mean() < _HARDLY:
        return None
    rows, columns = (np.flatnonzero(mask.mean(axis=axis) > _HARDLY) for axis in (1, 0))
    if not len(rows) or not len(columns):
        return None
    top, left = max(0, rows[0] - _ROUND), max(0, columns[0] - _ROUND)
    part = mask[top : rows[-1] + _ROUND, left : columns[-1] + _ROUND]
    return np.where(part, 30, 255).astype(np.uint8), int(left), int(top)


def red_mask(picture: Any) -> Any:
    """Return where a picture is red."""
    red, green, blue = (picture[:, :, at].astype(np.int16) for at in range(3))
    return (red - np.maximum(green, blue) > _REDDER) & (red > _LIGHT)


def _lit(grey: Any, is_red: Any) -> Any:
    """A grey picture without its shadows: divided by the paper's own light, which is found where it is lightest."""
    small = cv2.resize(grey, None, fx=1 / _SMALL, fy=1 / _SMALL, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((7, 7), np.uint8)).astype(np.uint8), _GROUND)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    even = grey / np.maximum(paper, 30.0) * 255.0
    even = np.where(is_red & (even > 0.62 * 255), 255.0, even)
    return np.clip((even - _BLACK) * 255.0 / (_WHITE - _BLACK), 0, 255).astype(np.uint8)
