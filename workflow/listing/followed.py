"""A sheet of everything is made once in each process and follows what is done: by the lines of the log.

Every deed writes a line (:mod:`workflow.stateful`), and a new row has a higher number than those before it. So what
changed since a sheet was made is read from where the log stood then, and only that is put on it. Somebody may have
begun to write before that and finish later: on PostgreSQL a snapshot says who was still at work, and the log is read
again from where it stood before the oldest of them began. What is changed without a line is found when the sheet is
made anew, after ten minutes at the latest, and soon where somebody was at work when it was made.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from workflow.compiled import Compiled
from workflow.listing.sheet import Fact, Shape, Sheet
from workflow.models import Transition

AGE = 600
"""Seconds after which a sheet is made anew, whatever the log says."""
SOON = 15
"""The same, of a sheet made while somebody was at work, who may write more than is read again: closing a notice."""
MANY = 1500
"""So many changed rows cost as much as making the sheet anew."""
SHEETS = 6
"""So many are kept in a process; the one asked for longest ago goes."""
BACK = 500
"""So many lines and rows before a sheet was made are read again while somebody is still at work who began earlier."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far log and table had come at a moment, and which writers were at work then."""

    line: int
    row: int
    oldest: int
    """Every writer before this one had finished."""
    next: int
    """No writer from this one on had begun."""


@dataclass
class Followed:
    """A sheet, and from where the log is to be read for what changed since."""

    sheet: Sheet
    made_at: float
    mark: Mark
    age: int = AGE
    """Seconds it is good for."""
    open: list[Mark] = field(default_factory=list)
    """Marks behind which somebody may still write, the oldest first."""

    def settle(self, now: Mark) -> None:
        """Those who were at work at an earlier mark have finished: nothing comes before it any more."""
        self.open.append(now)
        while self.open and self.open[0].next <= now.oldest:
            self.mark = self.open.pop(0)


class Follower:
    """All sheets of one model in this process, by what they are of."""

    every: ClassVar[list["Follower"]] = []

    def __init__(self, model: Any, shape: Shape, read: Callable[[Any, Collection[int] | None], Iterable[Fact]]) -> None:
        """Arguments: the model, whose deeds are in the log; the shape; what reads rows: of what, which (None: all)."""
        self.model, self.shape, self.read = model, shape, read
        self.sheets: OrderedDict[Hashable, Followed] = OrderedDict()
        self.lock = Lock()
        self.lines = Compiled(
            lambda kind, line: (
                Transition.objects.filter(pk__gt=line, content_type=kind).order_by().values_list("object_id")
            )
        )
        self.newest = Compiled(lambda: Transition.objects.order_by("-pk").values_list("pk")[:1], mark_of(model))
        self.every.append(self)

    def sheet(self, of: Hashable) -> Sheet:
        """The sheet of something (a campaign), as it stands now: one query while nothing was done, else three."""
        now = self.marked()
        with self.lock:
            known = self.sheets.get(of)
            if known is None or timezone.now().timestamp() - known.made_at > known.age:
                known = self.made(of, now)
            elif (known.mark.line, known.mark.row) != (now.line, now.row):
                self.follow(of, known, now)
            self.sheets[of] = known
            self.sheets.move_to_end(of)
            while len(self.sheets) > SHEETS:
                self.sheets.popitem(last=False)
            return known.sheet

    def made(self, of: Hashable, now: Mark) -> Followed:
        """Everything read."""
        from_here = Mark(max(now.line - BACK, 0), max(now.row - BACK, 0), 0, 0)
        found = Followed(Sheet(self.shape, self.read(of, None)), timezone.now().timestamp(), from_here)
        if now.oldest < now.next:
            found.age = SOON
        found.settle(now)
        return found

    def follow(self, of: Hashable, known: Followed, now: Mark) -> None:
        """Put on what changed since."""
        kind = ContentType.objects.get_for_model(self.model).pk
        changed = {pk for (pk,) in self.lines(kind=kind, line=known.mark.line) if pk in known.sheet.place}
        changed.update(range(known.mark.row + 1, now.row + 1) if now.row - known.mark.row < MANY else ())
        if len(changed) >= MANY or now.row - known.mark.row >= MANY:
            fresh = self.made(of, now)
            known.sheet, known.made_at, known.age = fresh.sheet, fresh.made_at, fresh.age
            known.mark, known.open = fresh.mark, fresh.open
            return
        if changed:
            known.sheet = self.put_on(known.sheet, of, changed)
        known.settle(now)

    def put_on(self, sheet: Sheet, of: Hashable, changed: Collection[int]) -> Sheet:
        """A copy of a sheet with some rows as they are now; the same one where all of them stand on it so."""
        found = {fact[0]: fact for fact in self.read(of, sorted(changed))}
        gone = [pk for pk in changed if pk not in found and sheet.lists_row(pk)]
        other = [fact for fact in found.values() if not sheet.has(fact)]
        if not gone and not other:
            return sheet
        sheet = sheet.copy()
        for fact in other:
            sheet.put(fact)
        for pk in gone:
            sheet.drop(pk)
        return sheet

    def marked(self) -> Mark:
        """How far everything has come: one query."""
        return Mark(*self.newest()[0])


def mark_of(model: Any) -> str:
    """SQL of a :class:`Mark`, around that of the newest line."""
    told = f"SELECT coalesce(({{0}}), 0), coalesce((SELECT max(id) FROM {model._meta.db_table}), 0)"  # nosec B608 # ours
    if connection.vendor != "postgresql":  # one writer at a time: whoever came later has the higher numbers
        return f"{told}, coalesce(({{0}}), 0), coalesce(({{0}}), 0)"
    return (
        f"{told}, pg_snapshot_xmin(at)::text::bigint, pg_snapshot_xmax(at)::text::bigint FROM pg_current_snapshot() at"
    )


def forget_all() -> None:
    """Forget every sheet of this process (for tests, whose rows are taken back without a line)."""
    for each in Follower.every:
        each.sheets.clear()
