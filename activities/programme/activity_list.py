"""The activities of a campaign as lists show them: plain rows, each kind of thing around them in one query."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from accounts.models import Unit
from accounts.models.units import bare
from accounts.naming import known_by
from activities.models import Activity, Assignment, Deliverable, GroupParticipation, Part, Participation, Window
from activities.states import FILED, OWED
from workflow.compiled import COUNT, PART, Compiled, any_of

COLUMNS = (
    "pk", "title", "scope", "kind", "owner", "owner__name", "number", "sub_number", "place", "date_text", "due_on",
    "remark",
)  # fmt: skip
ASSISTING = (Part.ASSIST, Part.PARTICIPATE)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What an activity asks for in numbers, with the windows in which it is to happen."""

    row: Deliverable
    windows: list[Window]


@dataclass(slots=True)
class ListedActivity:
    """One activity in a list; what stands in other tables is put in by those who show it."""

    pk: int
    title: str
    scope: str
    kind: str
    owner: int | None
    owner_name: str | None
    number: str
    sub_number: str
    place: str
    date_text: str
    due_on: date | None
    remark: str
    takes_part: list[tuple[str, str]] = field(default_factory=list)
    """Part and name: units named for it, then groups."""
    asked: list[AskedFor] = field(default_factory=list)
    owed: int = 0
    done: int = 0

    def __str__(self) -> str:
        return self.title

    def names(self, *parts: str) -> list[str]:
        """Who takes one of these parts, in their order."""
        return [name for part in parts for each, name in self.takes_part if each == part]


def matching(kind: str, sought: bool, *, campaign: Any, words: Any = None, name: Any = None) -> "QuerySet[Activity]":
    """The activities of a campaign, of a kind, with words in title or place or the name of a unit that takes part."""
    rows = Activity.objects.filter(campaign=campaign)
    if kind:
        rows = rows.filter(kind=kind)
    if not sought:
        return rows
    units = Unit.objects.filter(known_by(name)).order_by().values("pk")
    with_units = Participation.objects.filter(unit__in=units).order_by().values("activity")
    return rows.filter(Q(title__icontains=words) | Q(place__icontains=words) | Q(pk__in=with_units))


ROWS = Compiled(lambda *shape, **given: matching(*shape, **given).order_by("order").values_list(*COLUMNS), PART)
NUMBER = Compiled(lambda *shape, **given: matching(*shape, **given).values_list("pk"), COUNT)


def page_of_activities(campaign: int, size: int, asked: Any, *, kind: str = "", words: str = "") -> "Page[Any]":
    """A page of the activities in their order.

    Arguments: the campaign; how many rows a page has; the number of the page as asked for; a kind and words.
    """
    given: dict[str, Any] = {"campaign": campaign}
    if words:
        given |= {"words": words, "name": bare(words)}
    page = Paginator(range(NUMBER.number(kind, bool(words), **given)), size).get_page(asked)
    rows = ROWS(kind, bool(words), **given, limit=size, offset=(page.number - 1) * size)
    page.object_list = [ListedActivity(*row) for row in rows]
    return page


NAMED = Compiled(
    lambda pks: (
        Participation.objects.filter(any_of("activity", pks), group=None)
        .order_by("pk")
        .values_list("activity", "part", "unit__name")
    )
)
GROUPED = Compiled(
    lambda pks: (
        GroupParticipation.objects.filter(any_of("activity", pks))
        .order_by("pk")
        .values_list("activity", "part", "group__name")
    )
)


def with_names(rows: list[ListedActivity]) -> None:
    """Put in who takes which part: a group stays one name, however many units are in it. Two queries."""
    found = {row.pk: row for row in rows}
    if found:
        for pk, part, name in (*NAMED(pks=list(found)), *GROUPED(pks=list(found))):
            found[pk].takes_part.append((part, name))


ASKED = Compiled(
    lambda pks: (
        Deliverable.objects.filter(any_of("activity", pks))
        .order_by("activity__order", "order")
        .values_list("pk", "activity", "order", "title", "target", "comparator", "measure", "share", "due_on")
    )
)
WINDOWS = Compiled(
    lambda pks: (
        Window.objects.filter(any_of("deliverable", pks))
        .order_by("starts_on", "pk")
        .values_list("pk", "deliverable", "starts_on", "ends_on", "text")
    )
)


def with_asked(rows: list[ListedActivity]) -> None:
    """Put in what each asks for in numbers, with the windows in which it is to happen. Two queries."""
    found = {row.pk: row for row in rows}
    asked = [Deliverable(*row) for row in ASKED(pks=list(found))] if found else []
    windows: dict[int, list[Window]] = {}
    for row in WINDOWS(pks=[each.pk for each in asked]) if asked else []:
        windows.setdefault(row[1], []).append(Window(*row))
    for each in asked:
        found[each.activity_id].asked.append(AskedFor(each, windows.get(each.pk, [])))


PROGRESS = Compiled(
    lambda pks: (
        Assignment.objects.filter(any_of("activity", pks), volunteered=False, state__in=(*FILED, *OWED))
        .order_by()
        .values_list("activity")
        .annotate(owed=Count("*"), done=Count("pk", filter=Q(state__in=FILED)))
    )
)


def with_progress(rows: list[ListedActivity]) -> None:
    """Put in how many units owe something of each, and how many of these are done. One query."""
    found = {row.pk: row for row in rows}
    for pk, owed, done in PROGRESS(pks=list(found)) if found else []:
        found[pk].owed, found[pk].done = owed, done
