"""A summary looked at before it is filed: the unit sees first what might be wrong. A pointer, never a penalty."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reports.models import Passage, Summary
from reports.summaries.looks.named import days, others
from reports.summaries.looks.numbers import numbers
from reports.summaries.looks.pointer import Pointer
from reports.summaries.looks.quoted import last_year, notice, plan
from reports.summaries.looks.wanted import lengths, proof

Look = Callable[[Summary, list[Passage]], Iterator[Pointer]]
LOOKS: tuple[Look, ...] = (lengths, proof, numbers, last_year, notice, plan, others, days)
"""What is looked at, in the order in which it is shown."""


def looked_at(summary: Summary) -> list[Pointer]:
    """What is to be pointed out in a summary as it is stored. Returns: nothing of one that was never saved."""
    if summary.pk is None:
        return []
    passages = [each for each in summary.passages if each.text.strip()]
    return list(dict.fromkeys(each for look in LOOKS for each in look(summary, passages)))


def unseen(found: list[Pointer], marks: str) -> list[Pointer]:
    """The pointers that a page has not shown yet. Arguments: all of them; the marks the page sent back."""
    seen = set(marks[:10_000].split())
    return [each for each in found if each.mark not in seen]
