"""What is pointed out to a unit before it files: a place in its summary, and what might be wrong there."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from campaigns.near_quotations import folded
from documents.counts import so_many
from reports.models import Passage

SHORTEST = 15
"""Letters of a sentence that says something of its own; what is shorter is said by everybody."""
SENTENCE = re.compile(r"[^。！？；!?;\n]+")
YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零]?[〇○零一二三四五六七八九十]{1,3}(?=年)")
SHOWN = 60
"""Characters of a sentence that is quoted."""
FEW = 3
"""Places of one kind that a section names one by one."""


@dataclass(frozen=True)
class Pointer:
    """One thing to look at. ``key``: the section it stands in; empty where it is about none."""

    key: str
    heading: str
    text: str

    @property
    def mark(self) -> str:
        """What a page sends back of a pointer it has shown."""
        return f"{zlib.crc32(f'{self.key}:{self.text}'.encode()):08x}"


@dataclass(frozen=True)
class Sentence:
    """A sentence as it stands, and its letters: without signs, blanks and years."""

    text: str
    letters: str


def letters_of(text: str) -> str:
    """The letters and digits of a text as two writings of it share them; the years are left out."""
    return "".join(map(folded, YEAR.sub("", text)))


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text that are long enough to be somebody's own."""
    for found in SENTENCE.finditer(text):
        letters = letters_of(found[0])
        if len(letters) >= SHORTEST:
            yield Sentence(found[0].strip(), letters)


def quoted(text: str) -> str:
    """A sentence as it is quoted in a pointer."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def pointers(passage: Passage, said: str, found: list[str]) -> Iterator[Pointer]:
    """The first few places of one kind in a section, and how many more there are.

    Arguments: the section; what is said of each, with ``%(quote)s``; the places as they stand.
    """
    for each in found[:FEW]:
        yield Pointer(passage.key, passage.heading, said % {"quote": quoted(each)})
    if (more := len(found) - FEW) > 0:
        said = so_many("%(n)s more place of this kind.", "%(n)s more places of this kind.", more)
        yield Pointer(passage.key, passage.heading, said)
