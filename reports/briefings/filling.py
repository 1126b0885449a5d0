"""A text with figures in it: 【应报总结】 becomes 26份, with the mark of its source on paper and a link on the page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.briefings.facts import Fact
from reports.briefings.sources import Sources

PLACE = re.compile("【([^【】\n]{1,40})】")
CASES, PROBLEMS = "典型做法", "存在问题"
"""What stands for the chosen cases and for the problems, each on a line of its own."""


@dataclass(frozen=True)
class Piece:
    """A run of words; those of a figure with the fact behind it."""

    text: str
    fact: Fact | None = None


def pieces(line: str, known: Mapping[str, Fact]) -> list[Piece]:
    """A line taken apart: words as they are typed, and the figures that fill themselves."""
    found, end = list[Piece](), 0
    for place in PLACE.finditer(line):
        fact = known.get(place[1])
        if fact is None:
            continue
        found += [Piece(line[end : place.start()]), Piece(fact.text, fact)]
        end = place.end()
    return [piece for piece in [*found, Piece(line[end:])] if piece.text]


def unknown(text: str, known: Mapping[str, Fact]) -> list[str]:
    """What stands in 【】 and is the name of nothing."""
    return [name for name in dict.fromkeys(PLACE.findall(text)) if name not in known and name not in (CASES, PROBLEMS)]


def on_paper(line: str, known: Mapping[str, Fact], sources: Sources) -> str:
    """A line as it is printed: figures with the mark of their source, once behind several of one source."""
    parts = pieces(line, known)
    out = []
    for at, piece in enumerate(parts):
        out.append(piece.text)
        if piece.fact and piece.fact.source != next_source(parts[at + 1 :]):
            out.append(sources.mark(piece.fact.source))
    return "".join(out)


def next_source(parts: Iterable[Piece]) -> object:
    """The source of the next figure of a line; None where there is none."""
    return next((each.fact.source for each in parts if each.fact), None)
