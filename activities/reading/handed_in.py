"""The annexes that were handed in with a notice, each put to the place the notice names it at.

What was handed in is printed as it was handed in. What the notice names and nobody handed in is a question; what was
handed in and is not named stands at the end, and is one too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop

import documents
from documents.answers import Source
from documents.block_json import as_json, from_json
from documents.outline import Figure
from documents.text import bare

LACKING = gettext_noop("The notice names this annex, but it was not handed in: say what is to be printed.")
NOT_NAMED = gettext_noop("It was handed in as an annex, but the notice does not name it.")
ISSUED = gettext_noop("It is what the notice issues: it is printed right behind the signature, without 附件.")
OTHER_TITLE = gettext_noop("The title on its page is another one than the notice names.")
OTHER_PLACE = gettext_noop("It was handed in at another place than the notice names it at.")


@dataclass(frozen=True)
class Placed:
    """An annex of the notice: its title, where it stands in the text, which of those handed in it is."""

    title: str
    span: documents.reading.Span | None
    part: int | None = None
    doubts: tuple[str, ...] = ()
    issued: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """The values of its row: ``part`` is its place among those handed in, empty for none."""
        values = {"text": self.title, "part": "" if self.part is None else self.part}
        return values | ({"issued": True} if self.issued else {})


def annexes_of(source: Source) -> list[dict[str, Any]]:
    """The annexes of a file or of a pasted text, as a reading keeps them: number, title and blocks of each."""
    blocks = source.blocks or documents.reading.pasted_blocks(source.text, broken=source.kind in ("pdf", "ofd"))
    found = documents.reading.annexes_of(blocks)
    return [
        {"number": each.number, "title": each.title, "blocks": as_json(each.blocks), "plan": each.is_plan}
        for each in found
    ]


def has_pictures(annexes: list[dict[str, Any]]) -> bool:
    """Whether pictures of the file are to be printed."""
    return any(isinstance(block, Figure) for each in annexes for block in from_json(each["blocks"]))


def placed(draft: documents.reading.NoticeDraft, annexes: list[dict[str, Any]]) -> Iterator[Placed]:
    """The annexes in the order in which the notice names them, then those it does not name."""
    left = {place: each for place, each in enumerate(annexes) if each["blocks"]}
    for place, named in enumerate(draft.attachments):
        title = named.title.value
        part = part_of(title, named.number, left, alone=len(draft.attachments) == 1)
        doubts = [LACKING] if part is None else list(differences(title, place, part, annexes))
        left.pop(part, None)  # type: ignore[arg-type]
        yield Placed(title, named.title.span, part, tuple(doubts))
    for part, each in left.items():
        at = draft.source.rfind(each["title"]) if each["title"] else -1
        span = documents.reading.Span(at, at + len(each["title"])) if at > 0 else None
        yield Placed(each["title"], span, part, (ISSUED if each["plan"] else NOT_NAMED,), each["plan"])


def part_of(title: str, number: str, left: dict[int, dict[str, Any]], *, alone: bool) -> int | None:
    """Which of those handed in is the one of a title and a number: by its title, else by its number."""
    for place, each in left.items():
        if bare(each["title"]) == bare(title):
            return place
    same = [place for place, each in left.items() if each["number"] == number and number]
    alike = [place for place, each in left.items() if each["title"] and is_alike(each["title"], title)]
    return next(iter([*same, *alike, *(left if alone and len(left) == 1 else ())]), None)


def is_alike(one: str, other: str) -> bool:
    """Whether a title is the other with something before or behind it."""
    return bare(one) in bare(other) or bare(other) in bare(one)


def differences(title: str, place: int, part: int, annexes: list[dict[str, Any]]) -> Iterator[str]:
    """In what an annex differs from what the notice names."""
    own = annexes[part]["title"]
    if own and bare(own) != bare(title):
        yield OTHER_TITLE
    if place != part - sum(1 for each in annexes[:part] if each["plan"]):
        yield OTHER_PLACE


def own_title(title: str, annex: dict[str, Any]) -> str:
    """The title above an annex, where it is another than the one by which the notice names it."""
    own = str(annex["title"])
    return own[:200] if own and bare(own) != bare(title) else ""
