"""What the rooms answer besides outlines and bytes: plain values that any process can hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .messages import gettext as _

if TYPE_CHECKING:  # a child that reads a list needs no outline
    from .outline import Blocks


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file.

    kind: text, docx, pdf, ofd or office; notes: English message ids of what was left out; blocks: of a Word file its
    outline; word: the file as .docx, in which the pictures of the outline lie; fields: what the file says of itself as
    an official document (标题, 发文字号, 发文机关, 主送机关, 成文日期).
    """

    name: str
    text: str
    kind: str
    notes: tuple[str, ...] = ()
    blocks: Blocks = ()
    word: bytes = b""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that no installed font has, and where it stands."""

    char: str
    place: str

    def __str__(self) -> str:
        named = {"char": self.char, "code": f"U+{ord(self.char):04X}", "place": self.place}
        return _("no font can print “%(char)s” (%(code)s) in %(place)s") % named


@dataclass(frozen=True, slots=True)
class Judged:
    """A file that may be handed on: as it came (data is None), or made clean; removed: what was taken out, in words."""

    data: bytes | None = None
    removed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printable:
    """An image ready for print: its bytes (JPEG or PNG), its width and height in pixels."""

    data: bytes
    width: int
    height: int
