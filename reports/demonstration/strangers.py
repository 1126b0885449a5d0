"""What is in the database and not of the demonstration: somebody's own, which loading another one would delete."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Max, Q

from accounts.models import Unit, UnitGroup, User
from activities.models import Reading
from campaigns.models import Campaign, Notice
from reports.models import DemonstrationMark

KINDS: tuple[type[Any], ...] = (User, Unit, UnitGroup, Campaign, Notice, Reading)
"""What people bring. What they file for the demonstration's own campaign is playing with it."""
NAMED = 5


def mark() -> None:
    """Leave the mark: all that is there now is the demonstration."""
    last = {kind._meta.label: kind.objects.aggregate(last=Max("pk"))["last"] or 0 for kind in KINDS}
    DemonstrationMark.objects.create(last=last)


def demonstration() -> DemonstrationMark | None:
    """The mark of the demonstration that is here; None: there is none."""
    return DemonstrationMark.objects.order_by("-pk").first()


def anything() -> bool:
    """Whether somebody or something is there at all."""
    return any(kind.objects.exists() for kind in KINDS)


def strangers() -> list[str]:
    """What is not of the demonstration, a line for each kind: how many, and who or what."""
    here = demonstration()
    last = here.last if here else {}
    return [line for kind in KINDS for line in named(kind, kind.objects.filter(later(kind, last)).order_by("pk"))]


def later(kind: type[Any], last: dict[str, int]) -> Q:
    """Rows that came after the mark; also accounts of the demonstration that somebody made their own."""
    came_later = Q(pk__gt=last.get(kind._meta.label, 0))
    return came_later | ~Q(email__endswith="@example.com") if kind is User else came_later


def named(kind: type[Any], rows: Any) -> Iterator[str]:
    """One line with the first names; none where there is no row."""
    number = rows.count()
    if number:
        names = ", ".join(map(str, rows[:NAMED]))
        yield f"{number} {kind.__name__}: {names}{' …' if number > NAMED else ''}"
