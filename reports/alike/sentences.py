"""Texts taken apart into sentences, and what of a sentence counts when two are compared."""

import re
from collections.abc import Iterator

from campaigns.near_quotations import folded

SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]*")
NUMBER = re.compile(r"\d+(?:[.,．，]\d+)*")
SHORTEST = 16
"""Letters below which a sentence says nothing of who wrote it (“活动取得了良好成效”)."""
LONGEST = 400
"""Letters after which a passage is cut: a page without a full stop is several passages."""


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text as they stand there; a short one goes with the next.

    Arguments: the text. Returns: pieces in order, each with at least ``SHORTEST`` letters.
    """
    waiting = ""
    for piece in SENTENCE.findall(text):
        waiting += piece
        if len(bare(waiting)) >= SHORTEST:
            yield from pieces_of(waiting.strip())
            waiting = ""


def pieces_of(sentence: str) -> Iterator[str]:
    """A sentence, cut where it has no end."""
    for start in range(0, len(sentence), LONGEST):
        yield sentence[start : start + LONGEST]


def bare(text: str) -> str:
    """What counts: letters, and one nought for each number, so that another year makes no other sentence."""
    return "".join(map(folded, NUMBER.sub("0", text)))
