"""Two people changed one text: both changes in one text, where they lie apart."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel


class Change(NamedTuple):
    """Lines start to end of the old text became these."""

    start: int
    end: int
    lines: Sequence[str]


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of a text in one.

    Arguments: the text both began with, and what each made of it. Returns: the text with both changes; None when
    both changed the same paragraph or neighbouring ones, which only a person can join.
    """
    old = base.split("\n")
    own, others = (list(changes(old, text.split("\n"))) for text in (mine, theirs))
    if any(a.start <= b.end and b.start <= a.end and a != b for a in own for b in others):
        return None
    for change in sorted({(each.start, each.end, tuple(each.lines)) for each in [*own, *others]}, reverse=True):
        old[change[0] : change[1]] = change[2]
    return "\n".join(old)


def changes(old: list[str], new: list[str]) -> Iterator[Change]:
    """The paragraphs that changed, neighbouring ones as one change."""
    at, there = 0, 0
    for block in Indel.opcodes(old, new).as_matching_blocks():  # the last one is empty and stands at the end
        if (at, there) != (block.a, block.b):
            yield Change(at, block.a, tuple(new[there : block.b]))
        at, there = block.a + block.size, block.b + block.size
