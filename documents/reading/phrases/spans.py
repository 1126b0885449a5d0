"""Where a value stands in the source: half-open offsets, and a flow of text without white space that keeps them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from documents.text import pieces

# one sign for another, never one for two: offsets into the folded text are offsets into the source
_VARIANTS = {
    "(": "（﹙",
    ")": "）﹚",
    "：": ":﹕",
    "；": ";﹔",
    "，": ",﹐",
    ".": "．",
    "%": "％﹪",
    "@": "＠",
    "+": "＋",
    "/": "／",
    "〔": "［﹝[",
    "〕": "］﹞]",
    "—": "–－~～〜―─−﹣‐‑‒﹘",
    "“": "「『〝",
    "”": "」』〞",
}
FOLD = {ord(variant): sign for sign, variants in _VARIANTS.items() for variant in variants}
FOLD |= {0xFF10 + i: chr(0x30 + i) for i in range(10)}
FOLD |= {first + i: chr(plain + i) for first, plain in ((0xFF21, 0x41), (0xFF41, 0x61)) for i in range(26)}

_BROKEN = re.compile(r"[ \t\u3000]*[\r\n]\s*")


class Span(NamedTuple):
    """A stretch of the source: start and end offsets, end excluded."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Return whether the other stretch lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Text:
    """A string of the source."""

    value: str
    span: Span
    confidence: float = 1.0
    doubt: str = ""


def fold(text: str) -> str:
    """Return text of the same length in which full-width and variant signs are written one way."""
    return text.translate(FOLD)


def verbatim(source: str, span: Span) -> str:
    """Return the source text of a span with line breaks taken out and the ends trimmed."""
    return _BROKEN.sub("", source[span.start : span.end]).strip()


class Flow:
    """A stretch of the source, folded and without white space; a paragraph's end stays as one line feed.

    Rules search .text; .span() leads back to the source.
    """

    __slots__ = ("at", "source", "text")

    def __init__(self, source: str, text: str, at: list[int]) -> None:
        self.source = source
        self.text = text
        self.at = at

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int, end: int) -> Span:
        """Return the source span of text[start:end] (empty at the flow's end when nothing is left)."""
        if start >= end or start >= len(self.at):
            edge = self.at[-1] + 1 if self.at else 0
            return Span(edge, edge)
        return Span(self.at[start], self.at[min(end, len(self.at)) - 1] + 1)

    def value(self, start: int, end: int) -> str:
        """Return text[start:end] as the source prints it."""
        return verbatim(self.source, self.span(start, end))

    def cut(self, start: int, end: int | None = None) -> Flow:
        """Return the flow of text[start:end]."""
        return Flow(self.source, self.text[start:end], self.at[start:end])

    def whole(self) -> Span:
        """Return the span of the whole flow."""
        return self.span(0, len(self.text))

    def find(self, offset: int) -> int:
        """Return the index in the flow of an offset of the source (of the next sign kept, when it was dropped)."""
        return bisect_left(self.at, offset)

    def pieces(self, separators: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of the pieces between separators, brackets and quotes whole."""
        return pieces(self.text, separators)
