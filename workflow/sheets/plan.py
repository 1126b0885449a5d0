"""What the rows of a file would change: each cell as it went out, as it stands now, as it came in.

A cell that nobody touched in the file changes nothing, whatever became of it here meanwhile. A cell that was changed
both here and in the file is a clash: what stands here stays, unless the person says otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from documents.text import bare
from workflow.sheets.columns import Column
from workflow.sheets.declared import Line, Sheet, Texts
from workflow.sheets.handed_in import Given, Table
from workflow.sheets.template import DIGEST, digest


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a cell of the file, or (without a column) with a row."""

    row: int
    column: str
    text: str
    why: str


@dataclass(frozen=True)
class Clash:
    """A cell that was changed here and in the file, each in another way."""

    row: int
    column: str
    here: str
    file: str

    @property
    def mark(self) -> str:
        """By which a person names it when the file is to win."""
        return f"{self.row}:{self.column}"


@dataclass
class Plan:
    """What a file would change."""

    lines: list[Line] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    kept: list[Clash] = field(default_factory=list)
    """Cells nobody touched in the file, that were changed here since it was written out."""
    unchanged: int = 0
    absent: int = 0
    """Rows that stand and are not in the file."""

    @property
    def mark(self) -> str:
        """Names what a person looked at: another mark, and something else would be written."""
        seen = [(line.key, line.number, sorted(line.texts.items()), sorted(line.before.items())) for line in self.lines]
        return sha256(repr((seen, self.wrong, self.clashes)).encode()).hexdigest()[:32]


def plan_of(sheet: Sheet, table: Table, over: Collection[str] = ()) -> Plan:
    """What a file would change.

    Arguments: the list as it stands; the file; the clashes in which the file is to win (:attr:`Clash.mark`).
    """
    return _Comparison(sheet, table, frozenset(over)).plan


class _Comparison:
    """One file against one list."""

    def __init__(self, sheet: Sheet, table: Table, over: frozenset[str]) -> None:
        self.sheet, self.table, self.over, self.plan = sheet, table, over, Plan()
        self.standing = sheet.standing()
        self.there = [column for column in sheet.columns if column.name in table.places]
        self.at = {column.name: DIGEST * at for at, column in enumerate(sheet.columns)}
        self.read = [column for column in self.there if not column.is_shown_only]
        keys = self.keys()
        for row in table.rows:
            self.row(row, keys.get(row.number))
        self.plan.absent = len(self.standing.keys() - set(keys.values()))

    # --- which row it is ---------------------------------------------------------------------------------------------

    def keys(self) -> dict[int, int]:
        """The key of each row of the file that stands already, by its number."""
        found: dict[int, int] = {}
        first: dict[int, Given] = {}
        copied: dict[int, list[Given]] = {}
        for row in self.table.rows:
            if row.key is not None and first.setdefault(row.key, row) is not row:
                copied.setdefault(row.key, [first[row.key]]).append(row)
        for key, row in first.items():
            original = self.original(key, copied[key]) if key in copied else row
            if original is not None and key in self.standing:
                found[original.number] = key
        taken = set(found.values())
        left = [row for row in self.table.rows if row.number not in found]
        known = self.known() if left else {}
        for row in left:
            same = known.get(self.identified(self.tidied(row)), [])
            if len(same) == 1 and same[0] not in taken:
                found[row.number] = same[0]
                taken.add(same[0])
            elif len(same) == 1:
                self.say(row, "", _("The same row stands in the file twice."))
            elif same:
                self.say(row, "", _("Several rows are called so here. Fetch the list from this page and change that."))
        return found

    def original(self, key: int, rows: list[Given]) -> Given | None:
        """Of rows that were copied in the file, the one that was written out: it is still called so."""
        stands = self.standing.get(key)
        if stands is None:
            return None
        same = [row for row in rows if self.identified(self.tidied(row)) == self.identified(stands)]
        if len(same) == 1:
            return same[0]
        for row in rows[1:]:
            why = _("This row was copied from row %(first)d and is called the same: change its name.")
            self.say(row, "", why % {"first": rows[0].number})
        return rows[0]

    def known(self) -> dict[tuple[str, ...], list[int]]:
        """The keys of what stands, by what a row is found again by."""
        found: dict[tuple[str, ...], list[int]] = {}
        for key, texts in self.standing.items():
            found.setdefault(self.identified(texts), []).append(key)
        return found

    def identified(self, texts: Texts) -> tuple[str, ...]:
        """What a row is found again by, as far as the file has these columns."""
        return tuple(bare(texts.get(name, "")) for name in self.sheet.identity if name in self.table.places)

    def tidied(self, row: Given) -> Texts:
        """The identity of a row as cells are compared, as far as they can be read."""
        return {name: _read(self.sheet.by_name[name], row.texts.get(name, "")) for name in self.sheet.identity}

    # --- what changes ------------------------------------------------------------------------------------------------

    def row(self, row: Given, key: int | None) -> None:
        """One row of the file."""
        for name, why in row.trouble.items():
            self.say(row, name, why)
        if row.trouble:
            return
        if key is not None:
            self.known_row(row, key, self.standing[key])
        elif row.key is not None and row.key not in self.standing:
            self.say(row, "", _("This row is no longer there, or is not yours to change. Take it out of the file."))
        elif not self.sheet.adds:
            self.say(row, "", _("No such row is known here: %(name)s.") % {"name": self.sheet.called(row.texts)})
        else:
            self.new_row(row)

    def known_row(self, row: Given, key: int, stands: Texts) -> None:
        """A row that stands: what of it changes."""
        if row.texts == stands:  # as nearly all rows of a long list
            self.plan.unchanged += 1
            return
        texts, changed = dict(stands), []
        for column in self.read:
            now = stands.get(column.name, "")
            came = row.texts.get(column.name, "")
            if came == now or not self.touched(row, column, came, now):
                continue
            try:
                value = column.read(came)
            except ValidationError as error:
                if came != now:
                    self.say(row, column.name, " ".join(error.messages))
                continue
            if value != now and self.wins(row, column, value, now):
                texts[column.name] = value
                changed.append(column.name)
        if any(not texts.get(name) for name in changed if self.sheet.by_name[name].needed):
            for name in changed:
                if self.sheet.by_name[name].needed and not texts.get(name):
                    self.say(row, name, _("This cell is needed."))
        elif changed:
            self.plan.lines.append(Line(row.number, key, texts, stands, tuple(changed)))
        else:
            self.plan.unchanged += 1

    def went_out(self, row: Given, column: Column) -> str:
        """The digest of a cell as it was written out."""
        at = self.at[column.name]
        return row.went_out[at : at + DIGEST]

    def touched(self, row: Given, column: Column, came: str, now: str) -> bool:
        """Whether somebody changed the cell in the file; of a file that is not ours an empty cell says nothing."""
        if not row.went_out:
            return bool(came)
        if self.went_out(row, column) != digest(_read(column, came)):
            return True
        if _read(column, came) != now:
            self.plan.kept.append(Clash(row.number, column.name, now, came))
        return False

    def wins(self, row: Given, column: Column, value: str, now: str) -> bool:
        """Whether the cell of the file is to stand: always, unless it was changed here meanwhile too."""
        if not row.went_out or self.went_out(row, column) == digest(now):
            return True
        clash = Clash(row.number, column.name, now, value)
        self.plan.clashes.append(clash)
        return clash.mark in self.over

    def new_row(self, row: Given) -> None:
        """A row that is not known yet."""
        texts: dict[str, str] = {}
        well = True
        for column in self.read:
            try:
                texts[column.name] = column.read(row.texts.get(column.name, ""))
            except ValidationError as error:
                self.say(row, column.name, " ".join(error.messages))
                well = False
        for column in self.sheet.columns:
            if column.needed and not texts.get(column.name) and not row.texts.get(column.name):
                self.say(row, column.name, _("This cell is needed."))
                well = False
        if well:
            blank = {column.name: "" for column in self.sheet.columns}
            named = tuple(name for name, text in texts.items() if text)
            self.plan.lines.append(Line(row.number, None, blank | texts, blank, named))

    def say(self, row: Given, name: str, why: str) -> None:
        """Note what is wrong."""
        self.plan.wrong.append(Wrong(row.number, name, row.texts.get(name, ""), why))


def _read(column: Column, text: str) -> str:
    """A cell as it is compared; as it came where it cannot be read."""
    try:
        return column.read(text)
    except ValidationError:
        return text


def in_order(wrong: Collection[Wrong]) -> Iterator[Wrong]:
    """What is wrong from above to below."""
    yield from sorted(wrong, key=lambda each: each.row)
