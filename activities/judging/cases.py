"""Typical cases at the office: selected, edited beside the author's text, published to all units."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.models.memberships import OFFICE_ROLES, UNIT_ROLES
from activities.models import Assignment, Case, PublishedCase
from activities.states import AssignmentState, Kind
from workflow import clock
from workflow.compare import Piece, compare
from workflow.models import MoveRefused
from workflow.pages import label
from workflow.telling import notify


@transaction.atomic
def select(assignment: Assignment, *, by: Any) -> PublishedCase:
    """The office selects a filed case: it is accepted with that, and the office's wording begins as the author's.

    Arguments: the assignment, who selects. Returns: the selection; pressed twice the same one.
    Raises: MoveRefused when no case is filed.
    """
    case = Case.objects.filter(assignment=assignment, submitted_at__isnull=False).order_by("version").last()
    if assignment.kind != Kind.CASE or case is None or not assignment.is_filed:
        raise MoveRefused(_("Only a case that has been filed can be selected."))
    if assignment.state == AssignmentState.SUBMITTED:
        assignment.accept(by=by)
    texts = {name: getattr(case, name) for name in PublishedCase.TEXTS}
    found, made = PublishedCase.objects.get_or_create(
        case=case, defaults={**texts, "edited_by": by, "edited_at": clock.now()}
    )
    if made:
        log(found, by, gettext_noop("Selected as a typical case"))
    return found


@transaction.atomic
def publish(row: PublishedCase, *, by: Any) -> None:
    """Show it to all units; each person of theirs is told once, however often it is published.

    Raises: MoveRefused when it is published already.
    """
    if not PublishedCase.objects.filter(pk=row.pk, published_at=None).update(published_at=clock.now()):
        raise MoveRefused(_("It is published already."))
    log(row, by, gettext_noop("Published to all units"))
    campaign = row.case.assignment.campaign
    units = Assignment.objects.filter(campaign=campaign).values("unit")
    notify(
        User.objects.speaking_for(units, *UNIT_ROLES),
        gettext_noop("A typical case to read: %(title)s (%(unit)s)."),
        key=f"case-{row.pk}",
        url=row.get_absolute_url(),
        title=row.title,
        unit=str(row.case.assignment.unit),
    )


@transaction.atomic
def unpublish(row: PublishedCase, *, by: Any) -> None:
    """Show it to the office alone again. Raises: MoveRefused when it is not published."""
    if not PublishedCase.objects.filter(pk=row.pk, published_at__isnull=False).update(published_at=None):
        raise MoveRefused(_("It is not published."))
    log(row, by, gettext_noop("No longer published"))


@transaction.atomic
def give_up(row: PublishedCase, *, by: Any) -> None:
    """The selection is given up, with the office's wording; the case stays filed. Raises: MoveRefused."""
    log(row, by, gettext_noop("No longer selected"))
    if not PublishedCase.objects.filter(pk=row.pk, published_at=None).delete()[0]:
        raise MoveRefused(_("It is published: take it back first."))


def log(row: PublishedCase, by: Any, message: str) -> None:
    """A line in the history of the case."""
    row.case.assignment.remark(message, by=by, roles=OFFICE_ROLES)


def edited(row: PublishedCase) -> list[tuple[str, list[Piece]]]:
    """What the office changed in the author's text, field by field; nothing where it changed nothing."""
    pairs = [(name, getattr(row.case, name), getattr(row, name)) for name in PublishedCase.TEXTS]
    return [
        (str(label(row, name)), compare(old.replace("\r\n", "\n"), new.replace("\r\n", "\n")))
        for name, old, new in pairs
        if old.replace("\r\n", "\n") != new.replace("\r\n", "\n")
    ]
