"""Reminding by rule in tests: rules switched on, what beat asks for at a moment, and who was told."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import Role
from activities.chasing.tasks import chase
from activities.models import Assignment, Chasing, Ladder
from activities.states import Kind
from tests.cast import Cast, person, unit
from workflow.models import Notification


def switched_on(cast: Cast, **ladder: Any) -> None:
    """Rules are on, perhaps with a ladder; all but the summaries is filed."""
    Chasing.objects.create(campaign=cast.campaign, is_on=True)
    if ladder:
        Ladder.objects.create(campaign=cast.campaign, **ladder)
    Assignment.objects.exclude(kind=Kind.SUMMARY).update(state="submitted", submitted_at=timezone.now())


def one_more(cast: Cast, name: str, officer: str) -> None:
    """One more unit with an officer, which owes its summary by 15 October."""
    where = unit(name)
    person(officer, (where, Role.LIAISON))
    due, made = timezone.make_aware(datetime(2015, 10, 16)), cast.notice.issued_at
    values = {"notice": cast.notice, "campaign": cast.campaign, "kind": Kind.SUMMARY, "due_at": due, "made_at": made}
    Assignment.objects.create(unit=where, **values)


def chased(settings: Any, day: date, hour: int = 9, minute: int = 0) -> None:
    """What beat asks for, at a moment."""
    settings.TODAY = timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))
    chase()


def told() -> list[tuple[str, str]]:
    """Who was told, on which day, in order."""
    rows = Notification.objects.filter(key__startswith="owed-").order_by("pk")
    return [(row.person.username, row.key.removeprefix("owed-2015-")) for row in rows]
