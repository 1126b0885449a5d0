"""What a book is: its cover, its foreword, its chapters and annexes, with the images they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from documents.outline import Blocks

Files: TypeAlias = Mapping[str, "bytes | Path"]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a book.

    key: stable name of it, used in messages; files: the images it names, as bytes or as paths read when needed.
    A chapter may be made only when it has to be set: then ``make`` makes it, and ``stamp`` is a hash of everything it
    will say, by which it is kept. ``make`` can be pickled.
    """

    key: str
    title: str
    blocks: Blocks = ()
    files: Files = field(default_factory=dict)
    stamp: str = ""
    make: Callable[[], Chapter] | None = field(default=None, compare=False, repr=False)

    def whole(self) -> Chapter:
        """The chapter with its blocks and files. Raises whatever making it raises."""
        return self.make() if self.make else self


@dataclass(frozen=True, slots=True)
class Book:
    """A book: cover = lines at its foot (office, date); files: the images of the foreword."""

    title: str
    subtitle: str = ""
    cover: tuple[str, ...] = ()
    foreword: Blocks = ()
    chapters: tuple[Chapter, ...] = ()
    annexes: tuple[Chapter, ...] = ()
    language: str = "zh-CN"
    files: Files = field(default_factory=dict)
