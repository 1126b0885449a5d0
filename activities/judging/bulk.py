"""One deed with many assignments: what it will do, what it skips and why; row by row, undone while nothing followed.

Each row is done by the ordinary deed in a transaction of its own, together with the mark that it is done: so a killed
worker's successor goes on with the next one, and nothing is done twice.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.handover import hand_over, in_hand_of, successors
from accounts.models import Membership, Role, User
from accounts.models.memberships import UNIT_ROLES
from activities.available_actions import why_not_review
from activities.models import Assignment, Bulk, BulkDeed, BulkRow, Filing, Outcome
from activities.states import OWED, AssignmentState
from activities.tell_unit import tell_unit
from campaigns.models import Campaign
from workflow import clock
from workflow.jobs import AT_ONCE
from workflow.models import JobState, MoveRefused
from workflow.pages import may
from workflow.site_language import in_site_language

STEP = 20
FEW = 500
SEEN = "seen"
"""What a row keeps: the newest line of the log when somebody looked and said yes."""
ORDINARY = (BulkDeed.ACCEPT, BulkDeed.RETURN, BulkDeed.EXTEND, BulkDeed.WAIVE, BulkDeed.HAND_OVER)


# --- what it will do --------------------------------------------------------------------------------------------------


@dataclass
class Outlook:
    """What a deed will do to whom, and what it will skip, by reason."""

    done: list[Assignment] = field(default_factory=list)
    skipped: dict[str, list[Assignment]] = field(default_factory=dict)

    @property
    def units(self) -> set[int]:
        """Whose rows are done."""
        return {row.unit_id for row in self.done}

    @property
    def left(self) -> int:
        """How many are skipped."""
        return sum(map(len, self.skipped.values()))


def outlook(rows: Any, deed: str, user: Any) -> Outlook:
    """Look before anything happens.

    Arguments: assignments the person sees; the deed; who would do it.
    """
    found, seen = Outlook(), set[int]()
    rows = rows.for_list().prefetch_related("petitions").order_by("unit__order", "unit", "due_at", "pk")
    for row in rows:
        why = why_not(row, deed, user)
        if deed == BulkDeed.HAND_OVER and row.unit_id in seen:
            why = why or _("Its unit is among them already; what it owes goes with it.")
        if why:
            found.skipped.setdefault(why, []).append(row)
        else:
            found.done.append(row)
            seen.add(row.unit_id)
    return found


def why_not(row: Assignment, deed: str, user: Any) -> str:
    """Why a deed cannot be done with an assignment now; empty when it can."""
    right = "review" if deed in (BulkDeed.ACCEPT, BulkDeed.RETURN) else "change_terms"
    if deed in (BulkDeed.ACCEPT, BulkDeed.RETURN) and not row.is_reviewed_kind:
        return _("It is done when it is filed; nobody judges it.")
    if not may(user, right, row):
        return _("It is not yours to decide.")
    if deed == BulkDeed.ACCEPT:
        return why_not_review(row)
    if deed == BulkDeed.RETURN:
        return "" if row.state == AssignmentState.ACCEPTED else why_not_review(row)
    if deed == BulkDeed.HAND_OVER:
        return ""
    if row.state not in OWED or row.volunteered:
        return _("Nothing is owed: it stands at “%(state)s”.") % {"state": row.get_state_display()}
    if any(each.state == "asked" for each in row.petitions.all()):
        return _("The unit has asked about it: decide that first, under “Extensions”.")
    return ""


def newest_lines(rows: list[Assignment]) -> dict[int, int | None]:
    """The number of the newest line of the log of each, where it has one."""
    found: dict[int, int | None] = {row.pk: None for row in rows}
    for start in range(0, len(rows), FEW):
        found |= {pk: line.pk for pk, line in Assignment.last_lines(rows[start : start + FEW]).items()}
    return found


def as_seen(rows: list[Assignment], lines: dict[int, int | None]) -> str:
    """What stands for exactly these rows as they are now: another one when a row is another or has moved on.

    Arguments: the rows that would be done; their newest lines.
    """
    stand = sorted((row.pk, row.state, str(row.submitted_at), lines[row.pk]) for row in rows)
    return sha256(repr(stand).encode()).hexdigest()


# --- asking for it ----------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(
    campaign: Campaign,
    pks: Collection[int] | Mapping[int, int | None],
    deed: str,
    *,
    given: dict[str, str],
    key: UUID,
    by: Any,
    undoes: Any = None,
) -> Bulk:
    """Write down what is to be done; a second press of the same page finds the first.

    Arguments: the campaign; the assignments, with the newest line of the log that was seen of each (what moved on since
    is skipped; without it nothing is compared); a BulkDeed; what was typed; the key of the page; who does it; for
    undoing the deed that is undone. Returns: the row, to be begun by whoever calls.
    """
    more = {"campaign": campaign, "deed": deed, "given": given, "by": by, "undoes": undoes, "total": len(pks)}
    row, made = Bulk.objects.get_or_create(key=key, defaults=more)
    if made:
        seen = {pk: {SEEN: line} for pk, line in pks.items()} if isinstance(pks, Mapping) else {}
        rows = (BulkRow(bulk=row, assignment_id=pk, before=seen.get(pk, {})) for pk in pks)
        BulkRow.objects.bulk_create(rows, batch_size=1000)
    return row


def begin(row: Bulk) -> None:
    """Few are done at once, many by a worker."""
    if row.state != JobState.QUEUED:
        return
    if row.total > AT_ONCE:
        row.hint()
    else:
        row.work(lambda: carry_out(row))


# --- doing it ---------------------------------------------------------------------------------------------------------


def carry_out(bulk: Bulk) -> dict[str, Any]:
    """Do what is still waiting, row by row. Returns: nothing more to write."""
    by = User.objects.get(pk=bulk.by_id)
    while waiting := list(bulk.rows.filter(outcome=Outcome.WAITING)[:STEP]):
        for row in waiting:
            one(bulk, row, by)
        bulk.step(bulk.total - bulk.rows.filter(outcome=Outcome.WAITING).count(), bulk.total)
    return {}


def one(bulk: Bulk, row: BulkRow, by: Any) -> None:
    """One row: done by the ordinary deed, or skipped with the reason."""
    try:
        with transaction.atomic():
            locked = BulkRow.objects.select_for_update().get(pk=row.pk)
            if locked.outcome != Outcome.WAITING:
                return
            Assignment.objects.select_for_update().only("pk").get(pk=row.assignment_id)  # not every deed locks it
            assignment = Assignment.objects.for_list().get(pk=row.assignment_id)
            if bulk.deed == BulkDeed.UNDO:
                take_back(bulk, assignment, by)
            else:
                if why := why_not(assignment, bulk.deed, by) or why_not_as_seen(locked, assignment):
                    raise MoveRefused(why)
                locked.before |= standing_before(assignment)
                locked.before |= DEEDS[BulkDeed(bulk.deed)](assignment, bulk.given, by) or {}
            locked.line, locked.outcome = assignment.history().last(), Outcome.DONE
            locked.save()
    except MoveRefused as refusal:
        BulkRow.objects.filter(pk=row.pk).update(outcome=Outcome.SKIPPED, why=str(refusal)[:400])


def why_not_as_seen(row: BulkRow, assignment: Assignment) -> str:
    """Whether something was done with it after somebody looked at it and said yes; empty when nothing was."""
    newest = assignment.history().last()
    if SEEN in row.before and row.before[SEEN] != (newest.pk if newest else None):
        return _("Something was done with it after you looked.")
    return ""


def standing_before(row: Assignment) -> dict[str, Any]:
    """What a line of the log does not say."""
    moments = {name: getattr(row, name) for name in ("extended_until", "locked_at")}
    return {name: moment.isoformat() if moment else None for name, moment in moments.items()}


def accept(row: Assignment, given: dict[str, str], by: Any) -> None:
    row.accept(by=by)
    tell_unit(row, gettext_noop("Accepted: %(what)s."))


def send_back(row: Assignment, given: dict[str, str], by: Any) -> None:
    row.send_back(by=by, reason=given["reason"])
    tell_unit(row, gettext_noop("Returned, please correct: %(what)s."))


def extend(row: Assignment, given: dict[str, str], by: Any) -> None:
    row.extend(clock.end_of(parse_date(given["until"]) or date.min), by=by, note=given.get("reason", ""))
    tell_unit(row, gettext_noop("More time was given: %(what)s."))


def waive(row: Assignment, given: dict[str, str], by: Any) -> None:
    row.waive(by=by, reason=given["reason"])
    tell_unit(row, gettext_noop("It does not apply to your unit: %(what)s."))


def give_to(row: Assignment, given: dict[str, str], by: Any) -> dict[str, Any]:
    """The liaison officer of the unit hands over to the successor; who heads the unit stays its head.

    Returns: who had the role, until when, and who has it now.
    """
    taker = User.objects.get(pk=int(given["taker"]))
    if not successors([row.unit_id], by=by).filter(pk=taker.pk).exists():
        raise MoveRefused(_("The successor is not of this unit, nor of a unit your office looks after."))
    if Membership.objects.held_now().filter(unit=row.unit_id, user=taker, role__in=UNIT_ROLES).exists():
        raise MoveRefused(_("%(name)s files for this unit already.") % {"name": taker})
    held = in_hand_of(by).filter(unit=row.unit_id, role=Role.LIAISON, user__is_active=True)
    giver = held.first()
    if giver is None:
        raise MoveRefused(
            _("Nobody files for the unit whose place could be taken, or its people are not yours to change.")
        )
    hand_over(row.unit, giver.user, taker, by=by, roles=(Role.LIAISON,))
    row.remark(gettext_noop("Handed over to %(person)s."), by=by, person=str(taker))
    until = giver.until.isoformat() if giver.until else None
    return {"giver": giver.user_id, "taker": taker.pk, "role": giver.pk, "role_until": until}


DEEDS: dict[BulkDeed, Callable[[Assignment, dict[str, str], Any], dict[str, Any] | None]] = {
    BulkDeed.ACCEPT: accept,
    BulkDeed.RETURN: send_back,
    BulkDeed.EXTEND: extend,
    BulkDeed.WAIVE: waive,
    BulkDeed.HAND_OVER: give_to,
}


# --- taking it back ---------------------------------------------------------------------------------------------------


def take_back(bulk: Bulk, row: Assignment, by: Any) -> None:
    """One row of what is undone. Raises: MoveRefused when something followed it."""
    done = BulkRow.objects.select_related("line").get(bulk=bulk.undoes_id, assignment=row.pk)
    if not may(by, "change_terms", row):
        raise MoveRefused(_("It is not yours to decide."))
    if done.line is None:
        raise MoveRefused(_("Nothing is known of it any more."))
    if is_being_written(row):
        raise MoveRefused(_("The unit has begun to write in it."))
    note = in_site_language(gettext_noop("Taken back by the office"))
    row.undo(
        done.line,
        by=by,
        note=note,
        **{name: moment_of(done.before.get(name)) for name in ("extended_until", "locked_at")},
    )
    if "giver" in done.before:
        give_back(row, done.before, by)
    else:
        tell_unit(row, gettext_noop("The office has taken back what it did with: %(what)s."))


def give_back(row: Assignment, before: dict[str, Any], by: Any) -> None:
    """The role that was handed over, and no other, is again as it was. Raises: MoveRefused."""
    people = User.objects.in_bulk([before["giver"], before["taker"]])
    giver, taker = people[before["giver"]], people[before["taker"]]
    if not in_hand_of(by).filter(unit=row.unit_id, user=taker, role=Role.LIAISON).exists():
        raise MoveRefused(
            _("The successor does not file for the unit any more, or its people are not yours to change.")
        )
    hand_over(row.unit, taker, giver, by=by, roles=(Role.LIAISON,))
    if until := before.get("role_until"):
        Membership.objects.filter(pk=before["role"]).update(until=parse_date(until))


def moment_of(text: str | None) -> datetime | None:
    """A moment as it was kept."""
    return parse_datetime(text) if text else None


def is_being_written(row: Assignment) -> bool:
    """Whether the unit has saved a draft of the next version: what was returned to it is in work."""
    if row.state != AssignmentState.RETURNED:
        return False
    kinds = [each for each in Assignment._meta.related_objects if issubclass(each.related_model, Filing)]
    return any(each.related_model._default_manager.filter(assignment=row, submitted_at=None).exists() for each in kinds)
