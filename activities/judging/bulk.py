"""One deed with many assignments: what it will do, what it skips and why; row by row, undone while nothing followed.

Each row is done by the ordinary deed in a transaction of its own, together with the mark that it is done: so a killed
worker's successor goes on with the next one, and nothing is done twice.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.handover import hand_over, in_hand_of
from accounts.models import Role, User
from activities.available_actions import why_not_review
from activities.models import Assignment, Bulk, BulkDeed, BulkRow, Filing, Outcome
from activities.states import OWED, AssignmentState
from activities.tell_unit import tell_unit
from campaigns.models import Campaign
from workflow import clock
from workflow.models import JobState, MoveRefused
from workflow.pages import may
from workflow.site_language import in_site_language

AT_ONCE = 200
"""So many rows are done while the person waits; more are a job."""
STEP = 20
FEW = 500
ORDINARY = (BulkDeed.ACCEPT, BulkDeed.RETURN, BulkDeed.EXTEND, BulkDeed.WAIVE, BulkDeed.HAND_OVER)


# --- what it will do --------------------------------------------------------------------------------------------------


@dataclass
class Outlook:
    """What a deed will do to whom, and what it will skip, by reason."""

    done: list[Assignment] = field(default_factory=list)
    skipped: dict[str, list[Assignment]] = field(default_factory=dict)

    @property
    def units(self) -> int:
        return len({row.unit_id for row in self.done})

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


# --- asking for it ----------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(
    campaign: Campaign,
    pks: Collection[int],
    deed: str,
    *,
    given: dict[str, str],
    key: UUID,
    by: Any,
    undoes: Any = None,
) -> Bulk:
    """Write down what is to be done; a second press of the same page finds the first.

    Arguments: the campaign; the assignments; a BulkDeed; what was typed; the key of the page; who does it; for undoing
    the deed that is undone. Returns: the row, to be begun by whoever calls.
    """
    more = {"campaign": campaign, "deed": deed, "given": given, "by": by, "undoes": undoes, "total": len(pks)}
    row, made = Bulk.objects.get_or_create(key=key, defaults=more)
    if made:
        BulkRow.objects.bulk_create((BulkRow(bulk=row, assignment_id=pk) for pk in pks), batch_size=1000)
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
            assignment = Assignment.objects.for_list().get(pk=row.assignment_id)
            if bulk.deed == BulkDeed.UNDO:
                take_back(bulk, assignment, by)
            else:
                if why := why_not(assignment, bulk.deed, by):
                    raise MoveRefused(why)
                locked.before = standing_before(assignment)
                locked.before |= DEEDS[BulkDeed(bulk.deed)](assignment, bulk.given, by) or {}
            locked.line, locked.outcome = assignment.history().last(), Outcome.DONE
            locked.save()
    except MoveRefused as refusal:
        BulkRow.objects.filter(pk=row.pk).update(outcome=Outcome.SKIPPED, why=str(refusal)[:400])


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
    """Who files for the unit hands it over to the successor."""
    taker = User.objects.get(pk=int(given["taker"]))
    held = in_hand_of(by).filter(unit=row.unit_id, role=Role.LIAISON, user__is_active=True).exclude(user=taker)
    giver = held.first()
    if giver is None:
        raise MoveRefused(
            _("Nobody files for the unit whose place could be taken, or its people are not yours to change.")
        )
    hand_over(row.unit, giver.user, taker, by=by)
    row.remark(gettext_noop("Handed over to %(person)s."), by=by, person=str(taker))
    return {"giver": giver.user_id, "taker": taker.pk}


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
    if giver := done.before.get("giver"):
        people = User.objects.in_bulk([giver, done.before["taker"]])
        hand_over(row.unit, people[done.before["taker"]], people[giver], by=by)
    else:
        tell_unit(row, gettext_noop("The office has taken back what it did with: %(what)s."))


def moment_of(text: str | None) -> datetime | None:
    """A moment as it was kept."""
    return parse_datetime(text) if text else None


def is_being_written(row: Assignment) -> bool:
    """Whether the unit has saved a draft of the next version: what was returned to it is in work."""
    if row.state != AssignmentState.RETURNED:
        return False
    kinds = [each for each in Assignment._meta.related_objects if issubclass(each.related_model, Filing)]
    return any(each.related_model._default_manager.filter(assignment=row, submitted_at=None).exists() for each in kinds)
