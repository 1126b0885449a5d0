"""Two texts compared, for a reader: what stayed, what was added, what was removed.

Paragraphs that stayed are found first. Those between them are paired by likeness, and each pair is compared by
character; a number or a foreign word is one piece, so 2015年 never becomes 20(1→2)5年. At last what merely happens to
stand on both sides of a rewriting (的, 。) is no longer called the same.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import Indel

Kind = Literal["same", "added", "removed"]
Run = tuple[int, str]
Chain = tuple[float, tuple[int, int], "Chain | None"]

TOKEN = re.compile(r"\d+(?:[.,:：．，]\d+)*[%％‰]?|[^\W\d_⺀-鿿豈-﫿\U00020000-\U0003ffff]+|\r\n|.", re.DOTALL)
PARAGRAPH = re.compile(r"[^\n]*\n(?:[^\S\n]*\n)*|[^\n]+")
"""A paragraph with its line end and the blank lines after it: blank lines are alike everywhere and lead astray."""
SENTENCE = re.compile(r"[^。！？；!?;]*[。！？；!?;]+|[^。！？；!?;]+")
KINDS: dict[int, Kind] = {0: "same", 1: "added", -1: "removed"}
ALIKE = 0.4
"""From here on two paragraphs are versions of one another; below it one went and another came."""
SURE = 0.8
"""From here on nobody looks for a better one."""
LARGEST = 400_000_000
"""Tokens times tokens compared in one piece (50 MB of memory); what is longer is compared by sentences first."""
LETTERS = 0xF0000
"""Where the private characters begin that stand for whole numbers and words."""


@dataclass(frozen=True)
class Piece:
    """A run of text that is the same, was added or was removed."""

    kind: Kind
    text: str

    @property
    def shown(self) -> str:
        """The text as a reader sees it: of a change that is nothing but white space, the line ends and spaces."""
        if self.kind == "same" or self.text.strip():
            return self.text
        return self.text.replace(" ", "␣").replace("\r", "").replace("\n", "¶\n")


def compare(old: str, new: str) -> list[Piece]:
    """What changed from one text to the other.

    Arguments: both texts. Returns: pieces in reading order, removed before added, no two neighbours of one kind;
    ``same`` and ``removed`` joined are the old text, ``same`` and ``added`` the new one.
    """
    return list(joined(runs_of(PARAGRAPH.findall(old), PARAGRAPH.findall(new))))


def joined(runs: Iterator[Run]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; between two that stayed what went stands before what came."""
    for stays, some in groupby((run for run in runs if run[1]), key=lambda run: run[0] == 0):
        group = list(some)
        for kind in (0,) if stays else (-1, 1):
            if text := "".join(words for each, words in group if each == kind):
                yield Piece(KINDS[kind], text)


def runs_of(old: list[str], new: list[str]) -> Iterator[Run]:
    """Paragraphs that stayed, and between them those that changed."""
    at, there = 0, 0
    for block in Indel.opcodes(old, new).as_matching_blocks():  # the last one is empty and stands at the end
        yield from changed(old[at : block.a], new[there : block.b])
        at, there = block.a + block.size, block.b + block.size
        yield 0, "".join(old[block.a : at])


def changed(old: list[str], new: list[str]) -> Iterator[Run]:
    """Paragraphs paired by likeness: each pair compared inside, the others gone or come as a whole."""
    at, there = 0, 0
    for mine, theirs in pairs(old, new):
        yield -1, "".join(old[at:mine])
        yield 1, "".join(new[there:theirs])
        yield from inside(old[mine], new[theirs])
        at, there = mine + 1, theirs + 1
    yield -1, "".join(old[at:])
    yield 1, "".join(new[there:])


def pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The paragraphs that belong together, in order, so that the sum of their likeness is greatest.

    Each chain of pairs is kept only while none that ends earlier is worth more.
    """
    ends: list[int] = []
    chains: list[Chain] = []
    for mine, row in enumerate(likenesses(old, new)):
        for theirs, worth in reversed(row):  # from behind: a paragraph is paired once
            place = bisect_left(ends, theirs)
            before = chains[place - 1] if place else None
            chain = (worth + (before[0] if before else 0.0), (mine, theirs), before)
            beaten = place
            while beaten < len(ends) and chains[beaten][0] <= chain[0]:
                beaten += 1
            if beaten > place or place == len(ends) or ends[place] != theirs:
                ends[place:beaten], chains[place:beaten] = [theirs], [chain]
    return links(chains[-1] if chains else None)


def likenesses(old: list[str], new: list[str]) -> Iterator[list[tuple[int, float]]]:
    """For each old paragraph the new ones like it, looked for near its own place; the nearer the more there are."""
    wide = max(8, 20_000 // (len(old) + len(new) + 1))
    for mine, text in enumerate(old):
        middle = mine * len(new) // len(old)
        near = range(max(0, middle - wide), min(len(new), middle + wide + 1))
        yield like(text, new, nearest_first(near, middle))


def nearest_first(places: range, middle: int) -> list[int]:
    """The places in the order of their distance from one of them."""
    return sorted(places, key=lambda each: abs(each - middle))


def like(text: str, new: list[str], places: list[int]) -> list[tuple[int, float]]:
    """Which of the paragraphs at these places are like the text, and how much; the first that surely is, alone."""
    found = []
    for place in places:
        worth = Indel.normalized_similarity(text, new[place], score_cutoff=ALIKE)
        if worth >= SURE:
            return [(place, worth)]
        if worth:
            found.append((place, worth))
    return sorted(found)


def links(chain: Chain | None) -> list[tuple[int, int]]:
    """The pairs of a chain from its beginning."""
    found = []
    while chain:
        found.append(chain[1])
        chain = chain[2]
    return found[::-1]


def inside(old: str, new: str) -> Iterator[Run]:
    """Two versions of one paragraph compared by characters, numbers and words, and made readable."""
    if len(old) * len(new) > LARGEST:
        yield from at_length(old, new)
        return
    mine, theirs = TOKEN.findall(old), TOKEN.findall(new)
    letters = letters_for(mine + theirs)
    runs = list(steps([letters[each] for each in mine], [letters[each] for each in theirs]))
    make_readable(runs)
    back = {letter: token for token, letter in letters.items()}
    yield from ((kind, "".join(map(back.__getitem__, text))) for kind, text in runs)


def at_length(old: str, new: str) -> Iterator[Run]:
    """A paragraph too long to be compared at once: sentence by sentence; without sentences it is exchanged."""
    mine, theirs = SENTENCE.findall(old), SENTENCE.findall(new)
    if len(mine) > 1 and len(theirs) > 1:
        yield from runs_of(mine, theirs)
    else:
        yield -1, old
        yield 1, new


def make_readable(runs: list[Run]) -> None:
    """Move changes to where a reader would draw their borders, and drop chance sameness between them; in place."""
    tool = diff_match_patch()
    tool.diff_cleanupMerge(runs)
    tool.diff_cleanupSemanticLossless(runs)
    tool.diff_cleanupSemantic(runs)


def letters_for(tokens: list[str]) -> dict[str, str]:
    """One character for each token: itself, or a private one for a number or a word (or a private one met)."""
    private = (chr(code) for code in range(LETTERS, 0x110000))
    return {each: each if len(each) == 1 and ord(each) < LETTERS else next(private) for each in dict.fromkeys(tokens)}


def steps(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """The shortest way from one sequence of letters to the other."""
    for step in Indel.opcodes(old, new):
        kept, came = old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]
        yield from [(0, "".join(kept))] if step.tag == "equal" else [(-1, "".join(kept)), (1, "".join(came))]
