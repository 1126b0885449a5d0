"""Find the characters that no font can print, before anything is printed, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import chain
from typing import Any, TypeVar

from documents.answers import Missing
from documents.messages import gettext as _
from documents.outline import Blocks, Document, Figure, Gallery, Heading, ListBlock, Paragraph, Table
from documents.text import clean

from . import fonts

SUBSTITUTE = "〓"  # the printers' sign for a character that is not in the case
NAMES_OF_FILES = ("name", "seals")  # fields of the outline that name images and print nothing
T = TypeVar("T")


def missing_glyphs(document: Document) -> tuple[Missing, ...]:
    """Return the characters of a document that cannot be printed, in reading order; under 1 ms when all can."""
    found: list[Missing] = []
    for place, text in _texts(document):
        found += [Missing(char, place) for char in fonts.lacking(clean(text))]
    return tuple(found)


def missing_in_blocks(blocks: Blocks, where: str = "") -> tuple[Missing, ...]:
    """Return the characters of some blocks that cannot be printed; where: put before each place."""
    found: list[Missing] = []
    for place, text in _block_texts(blocks):
        found += [Missing(char, where + place) for char in fonts.lacking(clean(text))]
    return tuple(found)


def replace_missing(outline: T) -> T:
    """Return an outline, a block or a text with 〓 for every character that no font can print."""
    return _replace(outline)


def _replace(value: Any) -> Any:
    if isinstance(value, str):
        lacking = fonts.lacking(clean(value))
        return value.translate({ord(char): SUBSTITUTE for char in lacking}) if lacking else value
    if isinstance(value, tuple):
        return tuple(_replace(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        printed = (field.name for field in fields(value) if field.name not in NAMES_OF_FILES)
        changed = {name: _replace(getattr(value, name)) for name in printed}
        return replace(value, **changed)
    return value


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    mast, imprint = document.masthead, document.imprint
    yield from ((_("the issuing body"), text) for text in (*mast.bodies, mast.suffix, *mast.signers, mast.issue))
    yield _("the document number"), document.number
    yield _("the title"), document.title
    yield from ((_("the title"), text) for text in document.subtitle)
    yield from ((_("the addressees"), text) for text in document.addressees)
    yield from _block_texts(document.body)
    for number, annex in enumerate(document.annexes, start=1):
        yield (
            _("the title of annex %(number)d") % {"number": number},
            annex.title + annex.heading + "".join(annex.subtitle),
        )
        where = _("annex %(number)d") % {"number": number}
        yield from ((f"{where}, {place}", text) for place, text in _block_texts(annex.body))
    yield from ((_("the signature"), text) for text in document.signature)
    yield from ((_("the notes"), text) for text in document.notes)
    yield from ((_("the attendance"), entry.label + entry.names) for entry in document.attendance)
    if imprint:
        sent = (*imprint.copy_to, *chain.from_iterable(imprint.others))
        yield from ((_("the imprint"), text) for text in (*sent, imprint.issuer))


def _block_texts(blocks: Blocks) -> Iterator[tuple[str, str]]:
    for number, block in enumerate(blocks, start=1):
        place = _("paragraph %(number)d") % {"number": number}
        match block:
            case Heading():
                yield place, block.number + block.text
            case Paragraph():
                yield place, block.text
            case ListBlock():
                yield from ((place, item) for item in block.items)
            case Figure():
                yield _("%(place)s (caption)") % {"place": place}, block.caption
            case Gallery():
                said = _("%(place)s (caption)") % {"place": place}
                yield from ((said, figure.caption) for figure in block.figures)
            case Table():
                yield from _table_texts(place, block)


def _table_texts(place: str, table: Table) -> Iterator[tuple[str, str]]:
    yield _("%(place)s (caption)") % {"place": place}, table.caption
    for number, row in enumerate((*table.head, *table.rows), start=1):
        yield _("%(place)s (row %(row)d of the table)") % {"place": place, "row": number}, "".join(row)
