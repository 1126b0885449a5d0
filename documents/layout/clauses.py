"""Numbered lines that are sentences of one list, not headings: all of a list are set alike."""

from __future__ import annotations

from documents.numbering import ordinal
from documents.outline import Block, Blocks, Heading


def clauses_of(blocks: Blocks) -> set[int]:
    """Return the places of numbered lines that belong to a list of sentences, in which none is a heading.

    A list is what is numbered on one level below one heading. It is one of sentences when no line of it is a heading
    with text below it, and one ends with a semicolon or more are whole sentences than run on after their first.
    """
    return {at for group in _lists(blocks) if len(group) > 1 and _is_of_sentences(blocks, group) for at in group}


def leads(block: Heading, below: Block | None) -> bool:
    """Return whether a numbered sentence stands above text of its own, as a heading with a full stop does."""
    return below is not None and not (isinstance(below, Heading) and below.level <= block.level)


def _lists(blocks: Blocks) -> list[list[int]]:
    lists: list[list[int]] = []
    running: dict[int, list[int]] = {}
    for at, block in enumerate(blocks):
        if not isinstance(block, Heading):
            continue
        running = {level: group for level, group in running.items() if level <= block.level}
        if block.level not in running or ordinal(block.number) == 1:
            running[block.level] = []
            lists.append(running[block.level])
        running[block.level].append(at)
    return lists


def _is_of_sentences(blocks: Blocks, group: list[int]) -> bool:
    clauses = sentences = running_on = 0
    for at in group:
        block, below = blocks[at], next(iter(blocks[at + 1 : at + 2]), None)
        assert isinstance(block, Heading)
        end = block.text[-1:]
        if block.rest:
            running_on += 1
        elif end == "；":
            clauses += 1
        elif end in {"。", "！", "？"} and not (at != group[-1] and leads(block, below)):
            sentences += 1
        else:
            return False
    return bool(clauses) or sentences > running_on
