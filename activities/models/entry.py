"""What a unit reports of a deliverable: a count with its evidence; and how far it has come with it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Sum
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities import rules
from activities.models.assignment import Assignment, roles_of
from activities.models.deliverable import Comparator, Deliverable, Share, Window
from activities.models.photo import Photo
from activities.states import ENTRY_MOVES, OWED, AssignmentState, EntryState
from documents.counts import thousands
from workflow import clock
from workflow.day_field import DayField
from workflow.models import MoveRefused, Stateful
from workflow.site_language import in_site_language

MOST = 10**9
"""The largest count that can be reported."""


@dataclass(frozen=True)
class Report:
    """What a unit typed: so many, on this day, in this window, with a remark and a link."""

    key: str
    """Of the page that was opened: the same page sent twice is one report."""
    count: int
    on: date
    window: Window | None = None
    note: str = ""
    link: str = ""
    filed_for: str = ""
    """The person of the unit in whose name somebody else reports: after a telephone call, from a mail, by a link."""
    filed_note: str = ""
    """How it came."""


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: Any) -> Self:
        """Reports of the person's own units, and all to the office."""
        return self.filter(assignment__in=Assignment.objects.visible_to(user))

    def counted(self) -> Self:
        return self.filter(state=EntryState.COUNTED)


class Entry(Stateful, RulesModel):
    """One report: so many, on this day, in this window, with photos or a link. The office may reject it."""

    MOVES = ENTRY_MOVES

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="entries")
    key = models.CharField(max_length=40)
    count = models.PositiveIntegerField(_("how many"), validators=[MaxValueValidator(MOST)])
    on = DayField(_("day"))
    window = models.ForeignKey(Window, models.PROTECT, null=True, blank=True, related_name="entries")
    note = models.CharField(_("remark"), max_length=500, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    photos = models.ManyToManyField(Photo, related_name="entries", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=EntryState, default=EntryState.COUNTED)
    filed_for = models.CharField(_("on behalf of"), max_length=60, blank=True)
    filed_note = models.CharField(_("how it came"), max_length=300, blank=True)
    reason = models.CharField(_("why it is not counted"), max_length=500, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["assignment", "key"], name="entry_once")]
        rules_permissions = {"judge": rules.judges_entry, "take_back": rules.reported_entry}

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.assignment.acts_in()

    def __str__(self) -> str:
        measure = self.assignment.deliverable.measure if self.assignment.deliverable else ""
        return f"{thousands(self.count)} {measure}".strip()

    def get_absolute_url(self) -> str:
        return self.assignment.get_absolute_url()

    # --- deeds -------------------------------------------------------------------------------------

    @property
    def reported_by(self) -> str:
        """Who reported it, for a page; on whose behalf, or through whose link, both names."""
        if not self.filed_for:
            return str(self.by or "")
        if self.by is None:
            return gettext("%(person)s, through a personal link") % {"person": self.filed_for}
        return gettext("%(who)s, on behalf of %(person)s") % {"who": self.by, "person": self.filed_for}

    @classmethod
    @transaction.atomic
    def report(cls, assignment: Assignment, what: Report, *, by: Any, photos: Iterable[Photo] = ()) -> "Entry | None":
        """The unit reports. With the report that reaches the target the assignment is filed by itself.

        Arguments: the assignment; what was typed; who (None: by a personal link); photos of the assignment.
        Returns: the entry; None when the same was sent twice. Raises: MoveRefused when it is closed, or when the
        page was used for another report before: somebody went back and typed the next one over it.
        """
        _in_turn(assignment)
        if why := why_not_reported(assignment):
            raise MoveRefused(why)
        typed = {each.name: getattr(what, each.name) for each in fields(what) if each.name != "key"}
        entry, made = cls.objects.get_or_create(
            assignment=assignment, key=what.key, defaults={**typed, "by": by, "at": clock.now()}
        )
        if not made:
            entry.insist_same(typed)
            return None
        entry.photos.set(photos)
        _file_if_reached(assignment, entry, by=by, roles=roles_of(entry.filed_for))
        return entry

    def insist_same(self, typed: dict[str, Any]) -> None:
        """That this is the report that came in already. Raises: MoveRefused."""
        if any(getattr(self, name) != value for name, value in typed.items()):
            told = gettext("This page has reported %(count)s already. If this is a further report, send it once more.")
            raise MoveRefused(told % {"count": self})

    def why_not_taken_back(self) -> str:
        """Why the unit cannot take this report back; empty when it can."""
        row = self.assignment
        if why := row.why_not_given_up():
            return why
        if row.is_filed and row.last_moment < clock.now() and not count_of(row, without=self).is_reached:
            return gettext(
                "The deadline is past: without this report it would be late for good. Ask the office not to count it."
            )
        return ""

    @transaction.atomic
    def take_back(self, *, by: Any) -> None:
        """The unit takes back a report it got wrong. Raises: MoveRefused."""
        _in_turn(self.assignment)
        if why := self.why_not_taken_back():
            raise MoveRefused(why)
        self.move(EntryState.TAKEN_BACK, by=by, roles=UNIT_ROLES)
        if self.assignment.is_filed and not count_of(self.assignment).is_reached:
            nobody = {"submitted_at": None, "submitted_by": None, "filed_for": "", "filed_note": ""}
            note = in_site_language(gettext_noop("A report was taken back."))
            self.assignment.move(AssignmentState.OPEN, by=by, note=note, roles=UNIT_ROLES, **nobody)

    @transaction.atomic
    def reject(self, *, by: Any, reason: str) -> None:
        """The office does not count it; a target no longer reached goes back to the unit. Raises: MoveRefused."""
        _in_turn(self.assignment)
        self.move(EntryState.REJECTED, by=by, note=reason, roles=OFFICE_ROLES, reason=reason)
        if self.assignment.is_filed and not count_of(self.assignment).is_reached:
            self.assignment.send_back(by=by, reason=reason)

    @transaction.atomic
    def put_back(self, *, by: Any) -> None:
        """The office counts it after all; what it returned for that is filed again. Raises: MoveRefused."""
        _in_turn(self.assignment)
        self.move(EntryState.COUNTED, by=by, roles=OFFICE_ROLES, reason="")
        _file_if_reached(self.assignment, self, by=by, roles=OFFICE_ROLES)


def asked_of(assignment: Assignment) -> Deliverable:
    """What an assignment of this kind asks for. Raises: MoveRefused when it is of another kind."""
    if assignment.deliverable is None:
        raise MoveRefused(assignment.refusal())
    return assignment.deliverable


def why_not_reported(assignment: Assignment) -> str:
    """Why nothing can be reported now; empty when it can. More can be reported after the target was reached."""
    return "" if assignment.is_filed and not assignment.is_locked else assignment.why_not_filed()


def loose_photos(assignment: Assignment) -> models.QuerySet[Photo]:
    """Photos that wait for a report: of one taken back, or kept from a page on which something else was wrong."""
    return assignment.photos.exclude(entries__state__in=[EntryState.COUNTED, EntryState.REJECTED])


@transaction.atomic
def finish(assignment: Assignment, *, by: Any, remark: str, filed_for: str = "", filed_note: str = "") -> None:
    """The unit says that this is all, below the target, with a remark the office reads; as for Assignment.submit.

    Raises: MoveRefused.
    """
    _in_turn(assignment)
    if why := assignment.why_not_filed():
        raise MoveRefused(why)
    at = assignment.submitted_at or clock.now()
    signed = {"submitted_at": at, "submitted_by": by, "filed_for": filed_for, "filed_note": filed_note}
    assignment.move(AssignmentState.SUBMITTED, by=by, note=remark, roles=roles_of(filed_for), **signed)


def _in_turn(assignment: Assignment) -> None:
    """One after another, so that of two reports at once one sees both: the deliverable is the lock of a shared one."""
    asked = asked_of(assignment)
    if asked.share == Share.TOGETHER:
        Deliverable.objects.select_for_update().get(pk=asked.pk)
    now = Assignment.objects.select_for_update().get(pk=assignment.pk)
    assignment.state, assignment.submitted_at = now.state, now.submitted_at


def _file_if_reached(assignment: Assignment, last: Entry, *, by: Any, roles: Collection[str]) -> None:
    """File what has reached its target with this report; a target for all together files every unit that reported."""
    if not count_of(assignment).is_reached:
        return
    rows = [assignment]
    asked = asked_of(assignment)
    if asked.share == Share.TOGETHER:
        others = Assignment.objects.filter(deliverable=asked, entries__state=EntryState.COUNTED)
        rows += others.filter(state__in=OWED).exclude(pk=assignment.pk).distinct()
    note = in_site_language(gettext_noop("The target is reached."))
    for row in rows:
        if row.is_owed and not row.is_locked:
            own = row == assignment
            row.move(
                AssignmentState.SUBMITTED,
                by=by,
                note=note,
                roles=roles,
                submitted_at=row.submitted_at or clock.now(),
                submitted_by=last.by if own else None,
                filed_for=last.filed_for if own else "",
                filed_note=last.filed_note if own else "",
            )


# --- how far it has come ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Count:
    """What was reported of a deliverable, against what it asks for."""

    reported: int
    target: int | None
    comparator: str
    entries: int
    missing: tuple[Window, ...] = ()
    """Windows in which nothing was reported yet."""

    @property
    def is_reached(self) -> bool:
        """Whether nothing is missing. “At most” is never reached by itself: the unit says that this is all."""
        if not self.entries or self.missing:
            return False
        if self.target is None:
            return True
        if self.comparator == Comparator.AT_LEAST:
            return self.reported >= self.target
        return self.comparator == Comparator.EXACTLY and self.reported == self.target

    @property
    def is_exceeded(self) -> bool:
        """More than exactly or at most so many."""
        return self.target is not None and self.comparator != Comparator.AT_LEAST and self.reported > self.target

    @property
    def per_cent(self) -> int:
        """Of the target, in whole per cent, rounded down, at most 100."""
        if not self.target:
            return 100 if self.is_reached else 0
        return min(100, self.reported * 100 // self.target)

    @property
    def left(self) -> int:
        return max(0, (self.target or 0) - self.reported)


def count_of(assignment: Assignment, *, without: Entry | None = None) -> Count:
    """How far a unit has come with its deliverable; of a target for all together, how far all of them have.

    Arguments: what the unit owes; a report that is not to count.
    """
    asked = asked_of(assignment)
    counted = Entry.objects.counted().exclude(pk=without.pk if without else 0)
    own = counted.filter(assignment=assignment)
    rows = counted.filter(assignment__deliverable=asked) if asked.share == Share.TOGETHER else own
    sums = rows.aggregate(reported=Sum("count"), entries=models.Count("pk"))
    served = set(own.values_list("window", flat=True))
    return Count(
        reported=sums["reported"] or 0,
        target=asked.target,
        comparator=asked.comparator,
        entries=sums["entries"],
        missing=tuple(window for window in asked.windows.all() if window.pk not in served),
    )
