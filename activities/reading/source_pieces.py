"""The text of a reading cut into pieces, each knowing the proposals that came from it."""

from dataclasses import dataclass
from itertools import pairwise

from activities.models import Group, Proposal


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: its words, the proposals it belongs to (the smallest first), and those it begins."""

    text: str
    of: tuple[int, ...]
    begins: tuple[int, ...]
    style: str


def pieces(text: str, proposals: list[Proposal]) -> list[Piece]:
    """Cut the text at every place where a proposal begins or ends.

    Arguments: the text; its proposals. Returns: the pieces in order; together they are the text.
    """
    placed = [row for row in proposals if row.end > row.start]
    cuts = sorted({0, len(text), *(row.start for row in placed), *(row.end for row in placed)})
    found: list[Piece] = []
    opened: list[Proposal] = []
    starting = sorted(placed, key=lambda row: row.start, reverse=True)
    for start, end in pairwise(cuts):
        opened = [row for row in opened if row.end > start]
        begun = []
        while starting and starting[-1].start <= start:
            begun.append(starting.pop())
        opened += begun
        covering = sorted(opened, key=lambda row: row.end - row.start)
        of = tuple(row.pk for row in covering)
        found.append(Piece(text[start:end], of, tuple(row.pk for row in begun), style(covering)))
    return found


def style(covering: list[Proposal]) -> str:
    """How a piece looks: read, doubtful, not placed, dropped, or read by nobody."""
    if not covering:
        return ""
    nearest = covering[0]
    if nearest.dropped:
        return "dropped"
    if nearest.group == Group.UNPLACED:
        return "" if nearest.checked else "unplaced"
    return "doubtful" if nearest.is_doubtful else "placed"
