"""The activities of a campaign as lists show them: plain rows, each kind of thing around them in one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import Unit
from accounts.models.units import bare
from accounts.unit_names import known_by
from activities.models import Activity, Assignment, Deliverable, GroupParticipation, Part, Participation, Window
from activities.models.listed import OPEN_YET, named
from activities.states import CAME_IN
from workflow.compiled import COUNT, PART, Compiled, any_of
from workflow.pages import page_of

COLUMNS = (
    "pk", "title", "scope", "kind", "owner", "owner_name", "number", "sub_number", "place", "date_text", "due_on",
    "remark", "has_groups",
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
    has_groups: bool
    owed: int = 0
    done: int = 0
    """How many units owe something of it, and how many of these have filed it; read for the office only."""
    takes_part: list[tuple[str, str]] = field(default_factory=list)
    """Part and name: units named for it, then groups."""
    asked: list[AskedFor] = field(default_factory=list)

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


def number_of(**chosen: Any) -> Coalesce:
    """How many assignments of an activity there are."""
    rows = Assignment.objects.filter(activity=OuterRef("pk"), volunteered=False, **chosen).order_by()
    return Coalesce(Subquery(rows.values("activity").values_list(Count("pk"))), Value(0), output_field=IntegerField())


def listed(progress: bool, *shape: Any, **given: Any) -> Any:
    """The rows in their order, with how far each is if that is wanted."""
    rows = matching(*shape, **given).annotate(
        owner_name=named(Unit, "owner", "name"),
        has_groups=Exists(GroupParticipation.objects.filter(activity=OuterRef("pk"))),
    )
    if not progress:
        return rows.order_by("order").values_list(*COLUMNS)
    filed = [each.value for each in CAME_IN]
    counted = rows.annotate(owed=number_of(settled__in=(OPEN_YET, *filed)), done=number_of(settled__in=filed))
    return counted.order_by("order").values_list(*COLUMNS, "owed", "done")


ROWS = Compiled(listed, PART)
NUMBER = Compiled(lambda *shape, **given: matching(*shape, **given).values_list("pk"), COUNT)


def page_of_activities(
    campaign: int, size: int, asked: Any, *, kind: str = "", words: str = "", progress: bool = False
) -> "Page[Any]":
    """A page of the activities in their order.

    Arguments: the campaign; how many rows a page has; the number of the page as asked for; a kind and words; whether
    to count how far each is.
    """
    given: dict[str, Any] = {"campaign": campaign}
    if words:
        given |= {"words": words, "name": bare(words)}
    shape = kind, bool(words)

    def read(limit: int, offset: int) -> list[ListedActivity]:
        return [ListedActivity(*row) for row in ROWS(progress, *shape, **given, limit=limit, offset=offset)]

    return page_of(NUMBER.number(*shape, **given), size, asked, read)


NAMED = Compiled(
    lambda pks: (
        Participation.objects.filter(any_of("activity", pks), group=None)
        .order_by("pk")
        .annotate(name=named(Unit, "unit", "name"))
        .values_list("activity", "part", "name")
    )
)
GROUPED = Compiled(
    lambda pks: (
        GroupParticipation.objects.filter(any_of("activity", pks))
        .order_by("pk")
        .values_list("activity", "part", "group__name")
    )
)


def with_names(rows: Iterable[ListedActivity]) -> None:
    """Put in who takes which part: a group stays one name, however many units are in it. One query or two."""
    found = {row.pk: row for row in rows}
    in_groups = [row.pk for row in rows if row.has_groups]
    for pk, part, name in NAMED(pks=list(found)) if found else []:
        found[pk].takes_part.append((part, name))
    for pk, part, name in GROUPED(pks=in_groups) if in_groups else []:
        found[pk].takes_part.append((part, name))


OF_DELIVERABLE = ("pk", "activity", "order", "title", "target", "comparator", "measure", "share", "due_on")
OF_WINDOW = ("windows__pk", "windows__deliverable", "windows__starts_on", "windows__ends_on", "windows__text")
ASKED = Compiled(
    lambda pks: (
        Deliverable.objects.filter(any_of("activity", pks))
        .order_by("activity", "order", "windows__starts_on", "windows__pk")
        .values_list(*OF_DELIVERABLE, *OF_WINDOW)
    )
)


def with_asked(rows: Iterable[ListedActivity]) -> None:
    """Put in what each asks for in numbers, with the windows in which it is to happen. One query."""
    found = {row.pk: row for row in rows}
    asked: dict[int, AskedFor] = {}
    for columns in ASKED(pks=list(found)) if found else []:
        deliverable, window = columns[: len(OF_DELIVERABLE)], columns[len(OF_DELIVERABLE) :]
        if deliverable[0] not in asked:
            asked[deliverable[0]] = AskedFor(Deliverable(*deliverable), [])
            found[deliverable[1]].asked.append(asked[deliverable[0]])
        if window[0]:
            asked[deliverable[0]].windows.append(Window(*window))
