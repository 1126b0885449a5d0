"""Numbers as OFD writes them: boxes, matrices, and the steps between characters."""

from __future__ import annotations

from functools import lru_cache

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f: a point becomes (a·x + c·y + e, b·x + d·y + f)."""

POINTS = 72 / 25.4
"""Points of a millimetre, in which OFD measures."""


def number(said: str | None, otherwise: float = 0.0) -> float:
    """Return a number, or another one where none is said."""
    try:
        found = float(said or "")
    except ValueError:
        return otherwise
    return found if -1e7 < found < 1e7 else otherwise


@lru_cache(maxsize=512)
def numbers(said: str | None, count: int) -> tuple[float, ...] | None:
    """Return so many numbers, None where they are not said. A matrix is that of most texts of a page."""
    parts = (said or "").replace(",", " ").split()
    if len(parts) < count:
        return None
    return tuple([number(part) for part in parts[:count]])


def times(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that does the inner one first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * e + r * f + t, q * e + s * f + u


def steps(said: str | None, count: int, *, padded: bool = True) -> list[float]:
    """Return the steps (DeltaX, DeltaY) between count + 1 characters; none where none are said.

    said: numbers, ``g n v`` for n times v. Too many are cut: programs add one that jumps back. Too few are filled up
    with the last one (one alone is meant for all), or with 0 where they are not to be padded.
    """
    parts = (said or "").replace(",", " ").split()
    found: list[float] = []
    at = 0
    while at < len(parts) and len(found) < count:
        if parts[at] in ("g", "G") and at + 2 < len(parts):
            found += [number(parts[at + 2])] * max(0, min(int(number(parts[at + 1], count)), count - len(found)))
            at += 3
        else:
            found.append(number(parts[at]))
            at += 1
    if found and len(found) < count:
        found += [found[-1] if padded else 0.0] * (count - len(found))
    return found


def is_true(said: str | None, otherwise: bool) -> bool:
    """Return what an attribute of truth says."""
    return otherwise if said is None else said.strip().lower() in ("true", "1")
