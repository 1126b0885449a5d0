"""A file that came in as rows of the list: by its marks where it is our own, else by the heads of its columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

import documents
from documents.counts import so_many
from documents.text import bare
from workflow.sheets.declared import Sheet
from workflow.sheets.template import DIGEST, LISTS, MARK, MARKED, WENT_OUT

_HEADS_WITHIN = 20
_NAMED = 20


@dataclass(slots=True)
class Given:
    """One row as it came in.

    key: of the row it was written out as; texts: by column, of the columns the file has; went_out: digests of the cells
    one behind the other, as they were written out; trouble: what is wrong with a cell whatever stands in it.
    """

    number: int
    key: int | None
    texts: dict[str, str]
    went_out: str = ""
    trouble: dict[str, str] = field(default_factory=dict)


@dataclass
class Table:
    """What came in: its rows, the letter of each column there, what is to be said about the file."""

    rows: list[Given]
    places: dict[str, str]
    is_ours: bool = False
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For a row of the database."""
        rows = [[row.number, row.key, row.texts, row.went_out, row.trouble] for row in self.rows]
        return {"rows": rows, "places": self.places, "is_ours": self.is_ours, "notes": self.notes}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Table:
        """The same again."""
        return cls(**{**kept, "rows": [Given(*row) for row in kept["rows"]]})


def table_of(sheet: Sheet, sheets: Sequence[documents.sheets.HandedSheet]) -> Table:
    """The rows of a list. Raises: ValidationError when it is another list, or none."""
    marks = next((each for each in sheets if each.name == MARKED), None)
    ours = {MARKED, LISTS}
    if marks is not None:
        insist_on(sheet, marks)
        ours.update(marks.rows[0][1][5:6])  # the sheet that explains
    visible = [each for each in sheets if not each.is_hidden and each.name not in ours and each.rows]
    found = [(each, head) for each in visible if (head := head_of(sheet, each)) is not None]
    if not found:
        raise ValidationError(why_no_head(sheet, visible))
    if len(found) > 1:
        names = "、".join(each.name for each, _head in found)
        raise ValidationError(_("Several sheets hold such a list: %(names)s. Leave one of them.") % {"names": names})
    source, head = found[0]
    table = Table(list(rows_of(sheet, source, head)), places_of(head), is_ours=marks is not None)
    table.notes += notes_on(source, head, table, [each for each in visible if each is not source])
    if hidden := [each.name for each in sheets if each.is_hidden and each.name not in ours and each.rows]:
        table.notes.append(_("Hidden sheets were left out: %(names)s.") % {"names": "、".join(hidden)})
    return table


def insist_on(sheet: Sheet, marks: documents.sheets.HandedSheet) -> None:
    """That a file of ours is the template of this list. Raises: ValidationError."""
    said = [*marks.rows[0][1], *[""] * 5]
    if said[0] != MARK:
        return
    if said[1] != sheet.name:
        values = {"wanted": sheet.title}
        raise ValidationError(
            _("This is the template of another list. Take the one of this page: %(wanted)s.") % values
        )
    if said[2] != str(sheet.version) or said[4] != ",".join(column.name for column in sheet.columns):
        raise ValidationError(
            _("This template is of another version; its columns have changed since. Fetch it anew and copy the rows.")
        )
    if said[3] != scope_text(sheet):
        raise ValidationError(_("This file was written out of another campaign. Fetch the template of this one."))


def scope_text(sheet: Sheet) -> str:
    """Of what the list is, as the marks say it."""
    return json.dumps(sheet.scope, sort_keys=True)


# --- heads -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Head:
    """The row of heads: its number, which column lies where, where key and digests lie, heads nobody asked for."""

    number: int
    columns: dict[int, str]
    key: int | None
    went_out: int | None
    strange: list[str]


def head_of(sheet: Sheet, source: documents.sheets.HandedSheet) -> Head | None:
    """The row whose cells are the heads of the list; None where no row is."""
    known = heads(sheet)
    best: Head | None = None
    for number, cells in source.rows[:_HEADS_WITHIN]:
        found: dict[int, str] = {}
        for at, text in enumerate(cells):
            name = known.get(bare(text).rstrip("*"))
            if name and name not in found.values():
                found[at] = name
        key, went_out = (cells.index(mark) if mark in cells else None for mark in (MARK, WENT_OUT))
        strange = [text for at, text in enumerate(cells) if text and at not in {*found, key, went_out}]
        if best is None or len(found) > len(best.columns):
            best = Head(number, found, key, went_out, strange)
    if best is None or any(name not in best.columns.values() for name in sheet.identity[:1]):
        return None
    return best if len(best.columns) > 1 else None


def heads(sheet: Sheet) -> dict[str, str]:
    """The column of each head, in every language of the site: a colleague may read another one."""
    found: dict[str, str] = {}
    columns = sheet.columns  # made before the language changes: their choices are words of it
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {bare(str(column.label)): column.name for column in columns}
    return found


def why_no_head(sheet: Sheet, visible: Sequence[documents.sheets.HandedSheet]) -> str:
    """That no row of heads was found, and which heads were looked for."""
    if not visible:
        return _("The file is empty, or holds no text.")
    heads = "、".join(str(column.label) for column in sheet.columns if not column.is_shown_only)
    first = "、".join(text for text in visible[0].rows[0][1] if text)[:80]
    values = {"heads": heads, "first": first}
    return _("No row of heads was found. Looked for: %(heads)s. The first row says: %(first)s.") % values


def letter(at: int) -> str:
    """How people call a column. Arguments: its place, counted from 0."""
    letters, at = "", at + 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def places_of(head: Head) -> dict[str, str]:
    """The letter of each column that was found."""
    return {name: letter(at) for at, name in head.columns.items()}


# --- rows ------------------------------------------------------------------------------------------------------------


def rows_of(sheet: Sheet, source: documents.sheets.HandedSheet, head: Head) -> Iterator[Given]:
    """The rows below the heads, with what is wrong with their cells."""
    wrong = dict(troubles(source, head))
    width, length = max(head.columns) + 1, DIGEST * len(sheet.columns)
    names, cells_of = list(head.columns.values()), itemgetter(*head.columns)
    for number, cells in source.rows:
        if number <= head.number:
            continue
        if len(cells) < width:
            cells = [*cells, *[""] * (width - len(cells))]
        texts = dict(zip(names, cells_of(cells), strict=True))
        said = cells[head.key] if head.key is not None and head.key < len(cells) else ""
        key = int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else None
        kept = cells[head.went_out] if head.went_out is not None and head.went_out < len(cells) else ""
        trouble = wrong.pop(number, {}) if wrong else {}
        if trouble or any(texts.values()):
            yield Given(number, key, texts, kept if len(kept) == length else "", trouble)
    yield from (Given(number, None, {}, "", trouble) for number, trouble in wrong.items() if number > head.number)


def troubles(source: documents.sheets.HandedSheet, head: Head) -> Iterator[tuple[int, dict[str, str]]]:
    """What is wrong with cells by the number of their row."""
    found: dict[int, dict[str, str]] = {}
    by_letter = {letter(at): name for at, name in head.columns.items()}
    for cells, words in (
        (source.uncomputed, _("a formula without a stored value: open the file in Excel or WPS and save it again")),
        (source.wrong, _("the cell shows an error")),
        (source.long, _("Excel keeps only 15 digits of a number: format the cell as text and type it again")),
    ):
        for cell in cells:
            name = by_letter.get(cell.rstrip("0123456789"))
            if name:
                found.setdefault(int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), {})[name] = words
    for top, left, bottom, right in source.merged:
        name = next((name for at, name in head.columns.items() if left <= at + 1 <= right), None)
        if name and bottom > head.number:
            area = {"area": f"{letter(left - 1)}{top}:{letter(right - 1)}{bottom}"}
            words = _("the cells %(area)s are merged: part them, and write the value into each row") % area
            found.setdefault(max(top, head.number + 1), {})[name] = words
    yield from found.items()


def notes_on(
    source: documents.sheets.HandedSheet, head: Head, table: Table, others: Sequence[documents.sheets.HandedSheet]
) -> Iterator[str]:
    """What was read or left out although nobody sees it in the file, or the other way round."""
    there = {row.number for row in table.rows}
    hidden = [number for number in source.hidden if number in there]
    if hidden:
        rows = "、".join(map(str, hidden[:_NAMED])) + ("…" if len(hidden) > _NAMED else "")
        yield so_many(
            "%(n)s row is hidden or filtered away in the file and was read as well: %(rows)s.",
            "%(n)s rows are hidden or filtered away in the file and were read as well: %(rows)s.",
            len(hidden),
            rows=rows,
        )
    if head.strange:
        yield _("Columns nobody asked for were left out: %(heads)s.") % {"heads": "、".join(head.strange[:_NAMED])}
    left = [each.name for each in others]
    if left:
        yield _("Other sheets were left out: %(names)s.") % {"names": "、".join(left)}
