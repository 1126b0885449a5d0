"""Every piece keeps its source over all levels: where it comes from, and whether that still stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from activities.models import Assignment, Case
from activities.states import AssignmentState
from reports.models import RolledPiece, Summary
from reports.rolled import Loss

RELATED = ("source__unit", "source__campaign", "rolled")


@dataclass(frozen=True)
class Step:
    """One level of the way of a passage: who wrote it, the words as they stood there, what became of them since."""

    piece: RolledPiece
    mark: str
    number: int
    """How many levels below the summary that is looked at; 1 is its own unit."""
    opened: bool
    """Whether every office between has opened the filings below for the level above."""

    @property
    def source(self) -> Assignment:
        return self.piece.source

    @property
    def original(self) -> str:
        return self.piece.original


def marks_of(rows: Iterable[RolledPiece]) -> dict[int, str]:
    """By piece: whether the filing behind it was withdrawn or corrected since; empty while it stands: two queries."""
    pieces = list(rows)
    sources = [each.source_id for each in pieces]
    newest = newest_texts(Summary, sources) | newest_texts(Case, sources)
    return {each.pk: mark_of(each, newest) for each in pieces}


def mark_of(row: RolledPiece, newest: Mapping[int, tuple[int, str]]) -> str:
    """The mark of one piece. Arguments: it; number and text of the newest version, by assignment."""
    if row.source.state != AssignmentState.ACCEPTED:
        return Loss.WITHDRAWN
    version, text = newest.get(row.source_id, (row.version, row.original))
    return "" if version == row.version or row.original in text else Loss.CORRECTED


def newest_texts(model: type[Any], assignments: list[int]) -> dict[int, tuple[int, str]]:
    """The newest submitted version of each, with all that it says."""
    rows = model.objects.filter(assignment__in=assignments, submitted_at__isnull=False).order_by("version")
    return {row.assignment_id: (row.version, text_of(row)) for row in rows}


def text_of(filing: Summary | Case) -> str:
    """All that a version says."""
    if isinstance(filing, Summary):
        return "\n".join(each.text for each in filing.passages)
    return "\n".join((filing.practice, filing.effect, filing.background))


def pieces_of(assignment: Assignment) -> list[RolledPiece]:
    """The pieces of a summary that was put together."""
    return list(RolledPiece.objects.filter(rolled__assignment=assignment).select_related(*RELATED))


def ways(rows: Iterable[RolledPiece]) -> list[list[Step]]:
    """The way of each piece down to the unit that wrote it first: three queries a level, however many pieces."""
    chains = [[row] for row in rows]
    while wanted := {chain[-1].origin_id or 0 for chain in chains if leads_on(chain)}:
        known = {row.pk: row for row in RolledPiece.objects.filter(pk__in=wanted).select_related(*RELATED)}
        for chain in chains:
            if leads_on(chain):
                chain.append(known[chain[-1].origin_id or 0])
    marks = marks_of({row.pk: row for chain in chains for row in chain}.values())
    return [list(steps(chain, marks)) for chain in chains]


def leads_on(chain: list[RolledPiece]) -> bool:
    """Whether the last piece of a way comes from another; a way never meets itself."""
    return chain[-1].origin_id is not None and chain[-1].origin_id not in {row.pk for row in chain}


def steps(chain: list[RolledPiece], marks: Mapping[int, str]) -> Iterable[Step]:
    """A way as its page shows it."""
    opened = True
    for number, row in enumerate(chain, 1):
        opened = opened and row.rolled.opened
        yield Step(row, marks[row.pk], number, opened)
