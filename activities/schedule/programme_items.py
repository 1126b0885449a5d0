"""Activities on their days, the last days of tasks, and rounds, as the notice has them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import Unit, UnitGroup
from accounts.models.units import UnitKind, bare
from accounts.unit_names import known_by
from activities.models import Activity, Appearance, GroupParticipation, Part, Participation, Round
from activities.models.activity import ActivityKind, Scope
from activities.models.listed import named
from activities.programme.activity_list import GROUPED, NAMED
from activities.schedule.chosen import ACTIVITIES, ROUNDS, Chosen
from activities.schedule.items import ACTIVITY, ROUND, TASK, Entry, Item, Viewer
from activities.states import AssignmentState
from workflow.addresses import address
from workflow.compiled import COUNT, PART, Compiled, any_of

LIGHT = ("pk", "starts_on", "ends_on", "due_on", "order", "place", "leaders", "campaign")
MANY = 2000
"""So many rows are read in full with one statement."""


def matching(kind: str, *, campaigns: Any, ours: Any = None, unit: Any = None, group: Any = None, words: Any = None,
             name: Any = None) -> Any:  # fmt: skip
    """Activities of these campaigns, narrowed by each part that is given."""
    rows = Activity.objects.filter(any_of("campaign", campaigns))
    if kind:
        rows = rows.filter(kind=kind)
    if ours is not None:
        rows = rows.filter(Q(scope=Scope.COMMON) | any_of("owner", ours) | taken_by(any_of("unit", ours)))
    if unit is not None:
        rows = rows.filter(any_of("owner", [unit]) | taken_by(any_of("unit", [unit])))
    if group is not None:
        rows = rows.filter(taken_by(Q(unit__in=members(group))) | of_group(group))
    if words is not None:
        called = Unit.objects.filter(known_by(name)).order_by().values("pk")
        rows = rows.filter(Q(title__icontains=words) | Q(place__icontains=words) | taken_by(Q(unit__in=called)))
    return rows


def taken_by(units: Q) -> Q:
    """That a unit for which this holds takes part."""
    return Q(pk__in=Participation.objects.filter(units).order_by().values("activity"))


def of_group(group: Any) -> Q:
    """That a group takes part as such."""
    return Q(pk__in=GroupParticipation.objects.filter(any_of("group", [group])).order_by().values("activity"))


def members(group: Any) -> Any:
    """The units of a group."""
    return UnitGroup.units.through._default_manager.filter(any_of("unitgroup", [group])).values("unit")


def on_days(kind: str, *, first: Any, last: Any, **given: Any) -> Any:
    """Those of which a day, or the last day, lies between these."""
    begins, ends = Coalesce("starts_on", "ends_on"), Coalesce("ends_on", "starts_on")
    rows = matching(kind, **given).annotate(begins=begins, ends=ends)
    found = Q(begins__lte=last, ends__gte=first) | Q(due_on__gte=first, due_on__lte=last)
    return rows.filter(found).order_by("order", "pk").values_list(*LIGHT)


def without_day(kind: str, **given: Any) -> Any:
    """Those of which no day is known."""
    return matching(kind, **given).filter(starts_on=None, ends_on=None, due_on=None).order_by("order", "pk")


ON_DAYS = Compiled(on_days)
WITHOUT = Compiled(lambda kind, **given: without_day(kind, **given).values_list(*LIGHT), PART)
WITHOUT_NUMBER = Compiled(lambda kind, **given: without_day(kind, **given).values_list("pk"), COUNT)
LEADING = Compiled(
    lambda kind, **given: (
        Participation.objects.filter(part=Part.LEAD, activity__in=matching(kind, **given).order_by().values("pk"))
        .order_by("unit__order", "unit", "pk")
        .values_list("activity", "unit", "unit__name", "unit__order")
    )
)


def narrowing(viewer: Viewer, chosen: Chosen) -> dict[str, Any]:
    """The parts of a choice, as queries take them."""
    given: dict[str, Any] = {"campaigns": viewer.pks}
    if chosen.whose == "ours":
        given["ours"] = sorted(viewer.units) or [0]
    if chosen.unit:
        given["unit"] = chosen.unit
    if chosen.group:
        given["group"] = chosen.group
    if chosen.words:
        given |= {"words": chosen.words, "name": bare(chosen.words)}
    return given


def activities(viewer: Viewer, chosen: Chosen, first: date, last: date) -> list[Item]:
    """Activities of which a day lies between these, and the last days of tasks, as far as they are wanted."""
    if not viewer.campaigns or not chosen.takes(ACTIVITIES):
        return []
    rows = ON_DAYS(chosen.activity_kind, first=first, last=last, **narrowing(viewer, chosen))
    overseen, found = set(viewer.overseen), list[Item]()
    for pk, starts, ends, due, order, place, leaders, campaign in rows:
        people = leaders if campaign in overseen else ""
        begins, stops = starts or ends, ends or starts
        if begins and begins <= last and stops >= first:
            found.append(Item(ACTIVITY, pk, begins, stops, order, place, people))
        if due and first <= due <= last and due != stops:
            found.append(Item(TASK, pk, due, due, order))
    return found


def undated(viewer: Viewer, chosen: Chosen, limit: int, offset: int = 0) -> tuple[list[Item], int]:
    """The first activities without a day, and how many there are."""
    if not viewer.campaigns or not chosen.takes(ACTIVITIES):
        return [], 0
    given = narrowing(viewer, chosen)
    rows = WITHOUT(chosen.activity_kind, **given, limit=limit, offset=offset)
    number = WITHOUT_NUMBER.number(chosen.activity_kind, **given) if len(rows) == limit or offset else len(rows)
    overseen = set(viewer.overseen)
    return [
        Item(ACTIVITY, pk, None, None, order, place, leaders if campaign in overseen else "")
        for pk, _first, _last, _due, order, place, leaders, campaign in rows
    ], number


def leading(viewer: Viewer, chosen: Chosen) -> list[tuple[int, int, str, int]]:
    """Who leads what, of all that is chosen: activity, unit, its name and its place in the order of the office."""
    if not viewer.campaigns or not chosen.takes(ACTIVITIES):
        return []
    return LEADING(chosen.activity_kind, **narrowing(viewer, chosen))


def in_full(pks: Any) -> Any:
    """What is shown of some activities."""
    rows = Activity.objects.filter(any_of("pk", pks)).order_by()
    return rows.annotate(
        owner_name=named(Unit, "owner", "name"),
        has_groups=Exists(GroupParticipation.objects.filter(activity=OuterRef("pk"))),
    ).values_list("pk", "title", "campaign", "kind", "scope", "place", "date_text", "owner_name", "has_groups")


FULL = Compiled(in_full)


def fill(items: Iterable[Item], *, names: bool) -> None:
    """Put in what is shown of activities and tasks; with who leads them, if that is wanted. Two queries, or three."""
    wanted: dict[int, list[Item]] = {}
    for each in items:
        if each.sort in (ACTIVITY, TASK) and each.entry is None:
            wanted.setdefault(each.pk, []).append(each)
    pks = list(wanted)
    for start in range(0, len(pks), MANY):
        some, grouped = pks[start : start + MANY], []
        for pk, title, campaign, kind, scope, place, text, owner, has_groups in FULL(pks=some):
            grouped += [pk] if has_groups else []
            called = str(ActivityKind(kind).label) if kind else ""
            for each in wanted[pk]:
                each.entry = Entry(
                    title, address("activities:activity", pk), campaign, place, text, [owner] if owner else [],
                    kind=_("last day of a task") if each.sort == TASK else called, code=title,
                    for_all=scope == Scope.COMMON,
                )  # fmt: skip
        if names:
            put_names(wanted, NAMED(pks=some))
            put_names(wanted, GROUPED(pks=grouped) if grouped else [])


def put_names(wanted: dict[int, list[Item]], rows: Iterable[tuple[Any, ...]]) -> None:
    """Put in who leads."""
    for pk, part, name in rows:
        for each in wanted[pk]:
            if part == Part.LEAD and each.entry and name not in each.entry.who:
                each.entry.who.append(name)


# --- rounds ---------------------------------------------------------------------------------------------------


ROUNDS_ON = Compiled(
    lambda campaigns, first, last: (
        Round.objects.filter(any_of("activity__campaign", campaigns), on__gte=first, on__lte=last)
        .order_by()
        .values_list("pk")
    )
)


def rounds(viewer: Viewer, chosen: Chosen, first: date, last: date) -> list[Item]:
    """Rounds between these days, with whom they invite. One query, or four."""
    if not viewer.campaigns or not chosen.takes(ROUNDS):
        return []
    there = [pk for (pk,) in ROUNDS_ON(campaigns=viewer.pks, first=first, last=last)]
    if not there:
        return []
    rows = Round.objects.filter(pk__in=there)
    found = {row.pk: row for row in narrowed(rows, viewer, chosen).select_related("activity").distinct()}
    media = media_of({row.activity_id for row in found.values()}) if found else {}
    overseen, items = set(viewer.overseen), dict[int, Item]()
    for row in found.values():
        entry = Entry(
            f"{row} · {row.activity}", address("activities:rounds", row.activity.campaign_id) + f"#round-{row.pk}",
            row.activity.campaign_id, row.place, row.time_text, kind=_("round"),
            code=f"{row.title or row.order} {row.activity}",
        )  # fmt: skip
        through = (row.published_in,) if row.published_in else tuple(media.get(row.activity_id, ()))
        items[row.pk] = Item(ROUND, row.pk, row.on, row.on, row.order, row.place, "", through, row.activity_id, entry)
    guests = Appearance.objects.filter(round__in=found).exclude(assignments__state=AssignmentState.CLOSED)
    for pk, unit, name, speaker in guests.order_by("unit__order", "pk").values_list(
        "round", "unit", "unit__name", "speaker"
    ):
        item = items[pk]
        assert item.entry
        item.entry.who.append(name)
        if item.entry.campaign in overseen or unit in viewer.units:  # who speaks is known to the office and the unit
            item.people = "、".join(each for each in (item.people, speaker) if each)
    return list(items.values())


def narrowed(rows: Any, viewer: Viewer, chosen: Chosen) -> Any:
    """The rounds that a choice leaves; those of other units are no business of a unit."""
    if chosen.whose == "ours":
        rows = rows.filter(appearances__unit__in=viewer.units)
    if chosen.unit:
        rows = rows.filter(appearances__unit=chosen.unit)
    if chosen.group:
        rows = rows.filter(appearances__unit__in_groups=chosen.group)
    if chosen.words:
        text = Q(title__icontains=chosen.words) | Q(activity__title__icontains=chosen.words)
        named_so = Q(place__icontains=chosen.words) | known_by(bare(chosen.words), "appearances__unit__")
        rows = rows.filter(text | named_so)
    return rows


def media_of(activities: Iterable[int]) -> dict[int, list[str]]:
    """The media that take part in these activities: a round goes through them until it says where it came out."""
    found: dict[int, list[str]] = {}
    parts = Participation.objects.filter(activity__in=activities, unit__kind=UnitKind.MEDIA)
    for activity, name in parts.order_by("pk").values_list("activity", "unit__name").distinct():
        found.setdefault(activity, []).append(name)
    return found
