"""Which of very many passages is nearly this one: MinHash over pairs of letters, then every candidate is compared.

Pairs survive where letters are changed: of a passage with 15 % of its letters changed about half of the pairs stand in
both. 40 bands of five find that in 93 of 100 (``make bench ONLY=alike``); what they find besides is compared letter by
letter and dropped. Frequent pairs stay: without them what is left of an edited sentence is too little to be found.
rensa (Rust) counts the hashes and keeps the bands; it is young, so nobody else knows of it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import rensa
from rapidfuzz import fuzz, process

from reports.alike.sentences import bare

HASHES, BANDS, SEED = 200, 40, 7
ALIKE = 70
"""Per cent of agreement, letter by letter, from which two passages are called nearly the same."""


class Near(NamedTuple):
    """A passage that is nearly the one asked for: its number, and per cent of agreement."""

    number: int
    percent: int


class Index:
    """Passages by their number, counted from nought in the order they were added."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.bands = rensa.RMinHashLSH(0.5, HASHES, BANDS)

    def add(self, passages: Iterable[str]) -> range:
        """Add passages. Returns: their numbers."""
        start, texts = len(self.texts), [bare(each) for each in passages]
        self.bands.insert_many(hashes(texts), start)
        self.texts += texts
        return range(start, len(self.texts))

    def near(self, passages: Sequence[str]) -> list[list[Near]]:
        """What is nearly each of these passages, the nearest first; a passage that was added is its own nearest."""
        texts = [bare(each) for each in passages]
        found = self.bands.query_all(hashes(texts)) if texts else []
        return [self.judged(text, numbers) for text, numbers in zip(texts, found, strict=True)]

    def judged(self, text: str, numbers: Iterable[int]) -> list[Near]:
        """The candidates that agree indeed."""
        candidates = {number: self.texts[number] for number in numbers}
        found = process.extract_iter(text, candidates, scorer=fuzz.ratio, score_cutoff=ALIKE)
        near = (Near(number, int(percent)) for _text, percent, number in found)
        return sorted(near, key=lambda each: (-each.percent, each.number))


def hashes(texts: Sequence[str]) -> list[rensa.RMinHash]:
    """The hashes of each text's pairs of letters."""
    return list(rensa.RMinHash.from_token_sets([pairs_of(each) for each in texts], HASHES, SEED))


def pairs_of(text: str) -> list[str]:
    """Each two letters that stand beside each other, once."""
    return list({text[place : place + 2] for place in range(len(text) - 1)})
