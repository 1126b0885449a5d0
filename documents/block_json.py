"""Blocks of an outline as JSON and back, for whoever keeps what was handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from .outline import Block, Blocks, Figure, Gallery, Heading, ListBlock, Paragraph, Span, Table

_KINDS: dict[str, type[Any]] = {
    each.__name__.lower(): each for each in (Heading, Paragraph, ListBlock, Table, Figure, Gallery)
}


def as_json(blocks: Blocks) -> list[dict[str, Any]]:
    """Return blocks as plain values: each with its kind and its fields."""
    return [{"kind": type(block).__name__.lower(), **_fields(block)} for block in blocks]


def _fields(block: Block) -> dict[str, Any]:
    """Its fields; cells are texts already, and tables may be long."""
    found = {name: getattr(block, name) for name in block.__dataclass_fields__}
    for name in ("spans", "figures"):
        if name in found:
            found[name] = [asdict(each) for each in found[name]]
    return found


def from_json(rows: Iterable[Mapping[str, Any]]) -> Blocks:
    """Return the blocks that as_json() wrote. Raises KeyError or TypeError for anything else."""
    return tuple(_block(dict(row)) for row in rows)


def _block(row: dict[str, Any]) -> Block:
    kind = _KINDS[row.pop("kind")]
    if kind is Table:
        row["spans"] = tuple(Span(**span) for span in row["spans"])
        row |= {name: tuple(tuple(cells) for cells in row[name]) for name in ("head", "rows")}
        row["widths"] = tuple(row["widths"])
    elif kind is ListBlock:
        row["items"] = tuple(row["items"])
    elif kind is Gallery:
        row["figures"] = tuple(Figure(**figure) for figure in row["figures"])
    block: Block = kind(**row)
    return block
