"""How a record moves from state to state: one writer, one log."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflow import clock
from workflow.site_language import in_site_language

CHUNK = 1000
"""Rows of one statement when many move at once."""


class MoveRefused(Exception):
    """A move that the table of states does not allow, or that somebody else overtook."""


class Transition(models.Model):
    """One line of the log: who moved what from where to where, when, with what remark."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    acting_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """For whom a deputy acted."""
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["content_type", "object_id"]),
            models.Index(fields=["at"], name="moves_of_days"),  # what changed since a day
        ]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class Stateful(models.Model):
    """A record with a state that only :meth:`move` writes.

    A subclass declares ``MOVES`` (state → next states) and a ``state`` field with choices.
    """

    MOVES: ClassVar[Mapping[str, set[str]]]
    CONFIDENTIAL: ClassVar[bool] = False
    """Whether remarks are for those who see the record only: the audit trail holds the move without them."""
    state: Any
    get_state_display: Any

    class Meta:
        abstract = True

    def can_move(self, to: str) -> bool:
        """Whether the table of states allows this move now."""
        return to in self.MOVES.get(self.state, set())

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        """In which units people act on this record, and by which roles there: the first that somebody has counts."""
        return ()

    def acting_for(self, by: Any, roles: Collection[str] = ()) -> Any:
        """For whom somebody acts on this record as a deputy; None when the role is their own.

        Arguments: who acts (None: the system); by which roles, where not any of those of :meth:`acts_in` will do.
        """
        for unit, known in self.acts_in() if by else ():
            held = [role for role in known if not roles or role in roles]
            if by.is_in(unit, *held):
                return by.stands_in_for(unit, *held)
        return None

    def move(self, to: str, *, by: Any, note: str = "", roles: Collection[str] = (), **changes: Any) -> Self:
        """Move to another state: guard, conditional update and log line in one transaction.

        Arguments: the new state; who acts (None: the system); a remark, in a person's words or those of the site's
        language; by which roles (:meth:`acting_for`); fields written along with it.
        Returns: the record. Raises: MoveRefused when not allowed or when somebody else acted first.
        """
        if not self.can_move(to):
            raise MoveRefused(self.refusal())
        with transaction.atomic(), clock.as_of(clock.now()):  # row, log and what is counted say one moment
            rows = type(self)._base_manager.filter(pk=self.pk, state=self.state)
            if not rows.update(state=to, **changes):
                self.refresh_from_db()
                raise MoveRefused(self.refusal())
            self.log(to, by=by, note=note, roles=roles)
        for name, value in {"state": to, **changes}.items():
            setattr(self, name, value)
        return self

    def undo(self, line: "Transition", *, by: Any, note: str, **changes: Any) -> Self:
        """Take back the newest line of the log: the record stands again as it stood before it.

        Arguments: the line; who takes it back; a remark; fields written along with it. Returns: the record.
        Raises: MoveRefused when something followed the line.
        """
        with transaction.atomic(), clock.as_of(clock.now()):
            row = type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
            newest = row.history().last()
            if newest is None or newest.pk != line.pk or row.state != line.to_state:
                raise MoveRefused(row.refusal())
            type(self)._base_manager.filter(pk=self.pk).update(state=line.from_state, **changes)
            row.log(line.from_state, by=by, note=note)
        for name, value in {"state": line.from_state, **changes}.items():
            setattr(self, name, value)
        return self

    def remark(self, message: str, *, by: Any, roles: Collection[str] = (), **values: Any) -> None:
        """One line of the log beside the moves, in the language of the site.

        Arguments: message and values as for ``in_site_language``; who acts, and by which roles.
        """
        self.log(self.state, by=by, note=in_site_language(message, **values), roles=roles)

    def log(self, to: str, *, by: Any, note: str = "", roles: Collection[str] = ()) -> None:
        """Write one line of the log without moving (the state may stay the same), marking a deputy."""
        Transition.objects.create(
            content_type=ContentType.objects.get_for_model(self, for_concrete_model=False),
            object_id=self.pk,
            from_state=self.state,
            to_state=to,
            by=by,
            acting_for=self.acting_for(by, roles),
            note=note,
            at=clock.now(),
        )

    @classmethod
    def move_all(cls, rows: Any, to: str, *, by: Any, acting_for: Any, note: str = "", **changes: Any) -> list[int]:
        """Move every row of a set whose state allows it: few statements whatever the number, one log line a row.

        Arguments: a queryset; for whom a deputy acts on all of them; then as for :meth:`move`.
        Returns: the ids of the rows that moved.
        """
        moving = [state for state, nexts in cls.MOVES.items() if to in nexts]
        with transaction.atomic(), clock.as_of(clock.now()):
            locked = rows.filter(state__in=moving).order_by("pk").select_for_update(of=("self",))
            found = list(locked.values_list("pk", "state"))
            for start in range(0, len(found), CHUNK):
                chunk = found[start : start + CHUNK]
                moved = cls._base_manager.filter(pk__in=[pk for pk, _state in chunk])
                moved.update(state=to, **changes)  # type: ignore[misc]  # every subclass has the field
                cls.log_all(chunk, to, by=by, acting_for=acting_for, note=note)
        return [pk for pk, _state in found]

    @classmethod
    def log_all(cls, found: list[tuple[int, str]], to: str | None, *, by: Any, acting_for: Any, note: str = "") -> None:
        """One log line for each row, given as id and state; without a new state it stays."""
        kind = ContentType.objects.get_for_model(cls, for_concrete_model=False)
        now = clock.now()
        same = {"content_type": kind, "by": by, "acting_for": acting_for, "note": note, "at": now}
        Transition.objects.bulk_create(
            (Transition(object_id=pk, from_state=state, to_state=to or state, **same) for pk, state in found),
            batch_size=CHUNK,
        )

    def refusal(self) -> str:
        """Why a move was refused, for a person: what the state is now and who brought it there."""
        last = self.history().last()
        state = self.get_state_display()
        if last is None or last.by is None:
            return _("This is not possible now: it stands at “%(state)s”. Nothing was changed.") % {"state": state}
        return _("Somebody was faster: it stands at “%(state)s” (%(who)s). Nothing was changed.") % {
            "state": state,
            "who": last.by,
        }

    def history(self) -> "models.QuerySet[Transition]":
        """The log of this record, oldest first, with the people who acted."""
        kind = ContentType.objects.get_for_model(self, for_concrete_model=False)
        return Transition.objects.filter(content_type=kind, object_id=self.pk).select_related("by", "acting_for")

    @classmethod
    def last_lines(cls, rows: Iterable[Self]) -> "dict[int, Transition]":
        """The newest line of the log of each row that has one, by the row's number: one query."""
        kind = ContentType.objects.get_for_model(cls, for_concrete_model=False)
        lines = Transition.objects.filter(content_type=kind, object_id__in=[row.pk for row in rows])
        return {line.object_id: line for line in lines.select_related("by").order_by("pk")}

    def told(self) -> list[dict[str, Any]]:
        """The history as a page shows it: label of the new state, who, when, remark."""
        labels = dict(self._meta.get_field("state").flatchoices)  # type: ignore[union-attr]
        return [
            {"state": labels.get(line.to_state, line.to_state), "code": line.to_state, "line": line}
            for line in self.history()
        ]


class JobState(models.TextChoices):
    QUEUED = "queued", gettext_lazy("Waiting")
    RUNNING = "running", gettext_lazy("Running")
    READY = "ready", gettext_lazy("Ready")
    FAILED = "failed", gettext_lazy("Failed")


JOB_MOVES: dict[str, set[str]] = {
    JobState.QUEUED: {JobState.RUNNING},
    JobState.RUNNING: {JobState.READY, JobState.FAILED, JobState.QUEUED},
    JobState.FAILED: {JobState.QUEUED},
    JobState.READY: set(),
}
