"""Shape a title: whole words, balanced lines, a trapezium or a rhombus (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise
from math import comb

from . import fonts

_NEVER_FIRST = set("、，。；：？！）》〉」』”’】〕…—的和及与等了") | set(",.;:?!)]")
_NEVER_LAST = set("（《〈「『“‘【〔") | set("([")
_OPENERS = ("《", "“")  # a line may well begin here
# rjieba takes 〇 for no character of a word: 二〇二六年 would come in four pieces
_YEAR, _NUMBER = r"(?:\d+|[〇○零一二三四五六七八九]{4})年", r"[\d一二三四五六七八九十]+"
_UNBREAKABLE = re.compile(
    rf"“[^”]{{1,8}}”|《[^》]{{1,6}}》|{_YEAR}(?:度|{_NUMBER}月(?:{_NUMBER}日)?)?|第?{_NUMBER}[届期次号批个]|[A-Za-z0-9.\-+/]+"
)
# a blank that a page left in a title; but between the names of offices it stands with reason
_GAP = re.compile(
    r"(?<![局厅委会部院室府办处])(?<=[\u3000-\u9fff\uff00-\uffef”’])[ \t]+(?=[\u3000-\u9fff\uff00-\uffef“‘])"
)
MOST_CANDIDATES = 4000


def balance(title: str, size: float, width: float, face: str = "title") -> tuple[str, ...]:
    """Break a title into as few lines as fit, shaped well.

    title: without line ends, or with "\\n" where the author broke it himself, which is kept when it fits;
    size and width in points.
    """
    own = tuple(line.strip() for line in title.split("\n") if line.strip())
    room = width / size
    if len(own) > 1 and all(fonts.width(line, face) <= room for line in own):
        return own
    text = _GAP.sub("", " ".join(own))
    if fonts.width(text, face) <= room:
        return (text,) if text else ()
    words = [(word, fonts.width(word, face)) for word in _words(text, room)]
    total = sum(length for _, length in words)
    for count in range(max(2, -int(-total // room)), len(words) + 1):
        shaped = _best(words, count, room)
        if shaped:
            return shaped
    return tuple(word for word, _ in words)


def _words(text: str, room: float) -> list[str]:
    """Split into pieces between which a line may end; no piece is wider than the room."""
    pieces: list[str] = []
    for word in _segment(text):
        glued = pieces and (word[0] in _NEVER_FIRST or pieces[-1][-1] in _NEVER_LAST)
        if glued and len(pieces[-1]) + len(word) <= room:
            pieces[-1] += word
        else:
            pieces.extend(word[start : start + int(room)] for start in range(0, len(word), max(int(room), 1)))
    return pieces


def _segment(text: str) -> list[str]:
    words: list[str] = []
    position = 0
    fixed = [match.span() for match in _UNBREAKABLE.finditer(text) if len(match.group()) > 1]
    for start, end in fixed:
        words += [*_cut(text[position:start]), text[start:end]]
        position = end
    return [word for word in [*words, *_cut(text[position:])] if word]


@cache
def _cutter():  # type: ignore[no-untyped-def]
    import rjieba  # noqa: PLC0415 - reads a dictionary of megabytes: only for a title of several lines

    return rjieba.cut


def _cut(text: str) -> Sequence[str]:
    return _cutter()(text) if text else ()


def _best(words: list[tuple[str, float]], count: int, room: float) -> tuple[str, ...] | None:
    """Return the best shape of that many lines: every one is tried for few, only evenness counts for many."""
    if comb(len(words) - 1, count - 1) > MOST_CANDIDATES:
        return _even(words, count, room)
    ideal = sum(length for _, length in words) / count
    best: tuple[float, list[list[tuple[str, float]]]] | None = None
    for cuts in combinations(range(1, len(words)), count - 1):
        lines = [words[start:end] for start, end in pairwise((0, *cuts, len(words)))]
        lengths = [sum(length for _, length in line) for line in lines]
        if max(lengths) > room:
            continue
        cost = _cost(lines, lengths, ideal)
        if best is None or cost < best[0]:
            best = (cost, lines)
    return _joined(best[1]) if best else None


def _even(words: list[tuple[str, float]], count: int, room: float) -> tuple[str, ...] | None:
    """Return lines as even as possible (least squares, by dynamic programming)."""
    ideal = sum(length for _, length in words) / count
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _ in range(count):
        following: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, cuts) in best.items():
            length = 0.0
            for end in range(start + 1, len(words) + 1):
                length += words[end - 1][1]
                if length > room:
                    break
                found = cost + (length - ideal) ** 2
                if end not in following or found < following[end][0]:
                    following[end] = (found, [*cuts, end])
        best = following
    if len(words) not in best:
        return None
    return _joined([words[start:end] for start, end in pairwise((0, *best[len(words)][1]))])


def _joined(lines: list[list[tuple[str, float]]]) -> tuple[str, ...]:
    return tuple("".join(word for word, _ in line).strip() for line in lines)


def _cost(lines: list[list[tuple[str, float]]], lengths: list[float], ideal: float) -> float:
    cost = sum((length - ideal) ** 2 for length in lengths)
    steps = [after - before for before, after in pairwise(lengths)]
    hollow = any(first < 0 < second for first, second in pairwise(steps))  # an hour-glass is no shape
    cost += 40 if hollow else 0
    cost += sum(12 for step in steps if abs(step) < 0.5)  # a block of equal lines is no shape either
    for line in lines[1:]:
        first = line[0][0]
        cost -= 25 if first.startswith(("关于", " ")) else 6 if first.startswith(_OPENERS) else 0
        cost += 30 if first[0] in _NEVER_FIRST else 0
    return cost
