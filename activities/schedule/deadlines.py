"""Deadlines: each of its own, for who files; for an office by what is asked, with how many have filed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from activities.models import Assignment, Listed
from activities.schedule.chosen import DEADLINES, Chosen
from activities.schedule.items import ASKED, OWED, Entry, Item, Viewer
from activities.states import CAME_IN, AssignmentState, Kind, Standing
from documents.counts import thousands
from workflow import clock
from workflow.addresses import address
from workflow.fresh import fresh

NOT_ASKED = (AssignmentState.WAIVED, AssignmentState.CLOSED)
MARKS = {
    Standing.ON_TIME: "done", Standing.EXTENDED: "done", Standing.LATE: "done", Standing.OVERDUE: "late",
    Standing.RETURNED: "returned", Standing.WAIVED: "closed", Standing.CLOSED: "closed", Standing.DUE: "",
}  # fmt: skip


def own_deadlines(viewer: Viewer, chosen: Chosen, *, closed: bool = False) -> list[Item]:
    """What the person's units owe; for an office that looks at one unit, what that unit owes.

    Arguments: who looks; what is chosen; whether to have what is no longer asked as well. One query.
    """
    if not chosen.takes(DEADLINES):
        return []
    mine = Q(unit__in=viewer.units)
    rows = Assignment.objects.visible_to(viewer.user).filter(campaign__in=viewer.pks, volunteered=False)
    if chosen.unit:
        rows = rows.filter(unit=chosen.unit)
    elif not viewer.units:
        return []
    else:
        rows = rows.filter(mine)
    if chosen.group:
        rows = rows.filter(unit__in_groups=chosen.group)
    if not closed:
        rows = rows.exclude(state__in=NOT_ASKED)
    found = [own(Listed(*columns), campaign) for campaign, *columns in Listed.read_from(rows, "campaign")]
    return [each for each in found if each.entry and fits(each.entry, chosen)]


def own(row: Listed, campaign: int) -> Item:
    """One of them. A deadline at midnight stands on the day it ends."""
    day, kind = clock.last_day(row.falls_due), Kind(row.kind)
    mark = MARKS[row.standing]
    entry = Entry(
        str(row),
        row.get_absolute_url(),
        campaign,
        who=[row.unit],
        at=row.falls_due,
        kind=str(kind.label),
        mark=mark,
        code=f"{row.kind} {row.title or row.round_number or ''}",
    )
    return Item(OWED, row.pk, day, day, entry=entry)


def fits(entry: Entry, chosen: Chosen) -> bool:
    """Whether the words sought stand in it."""
    sought = chosen.words.casefold()
    return not sought or any(sought in text.casefold() for text in (entry.title, *entry.who))


# --- for an office -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked of so many units by one moment."""

    notice: int
    kind: str
    what: str
    """Of a demand, deliverable or round: which one; empty for what every unit owes."""
    title: str
    due_at: datetime
    number: int
    filed: int
    closed: int


def asked_in(campaign: int, group: int = 0) -> list[Asked]:
    """All that is asked in a campaign, kept by this process until somebody does something."""
    if group:
        return counted(campaign, Q(unit__in_groups=group))
    return fresh(f"schedule-{campaign}", lambda: counted(campaign, Q()))


def counted(campaign: int, which: Q) -> list[Asked]:
    """The same, counted now."""
    keys = ("notice", "kind", "demand", "deliverable", "appearance__round", "due_at")
    titles = ("demand__title", "deliverable__title", "appearance__round__title")
    rows = Assignment.objects.filter(which, campaign=campaign, volunteered=False).order_by()
    found = rows.values_list(*keys, *titles).annotate(
        number=Count("pk"),
        arrived=Count("pk", filter=Q(settled__in=[each.value for each in CAME_IN])),
        not_asked=Count("pk", filter=Q(state__in=NOT_ASKED)),
    )
    return [
        Asked(notice, kind, named(demand, deliverable, turn), next(filter(None, called), ""), due, *numbers)
        for notice, kind, demand, deliverable, turn, due, *rest in found
        for called, numbers in [(rest[:3], rest[3:])]
    ]


def named(demand: int | None, deliverable: int | None, turn: int | None) -> str:
    """Which demand, deliverable or round it is."""
    parts = (("demand", demand), ("deliverable", deliverable), ("round", turn))
    return next((f"{name}-{pk}" for name, pk in parts if pk), "")


def office_deadlines(viewer: Viewer, chosen: Chosen) -> list[Item]:
    """What is asked in the campaigns the person oversees: one thing a day of each kind, each demand by itself."""
    if not chosen.takes(DEADLINES) or chosen.unit:
        return []
    found: list[Item] = []
    for campaign in viewer.overseen:
        together: dict[tuple[str, str, date], list[Asked]] = {}
        for each in asked_in(campaign, chosen.group):
            what = each.title if each.kind == Kind.OTHER else ""
            together.setdefault((each.kind, what, clock.last_day(each.due_at)), []).append(each)
        for (kind, what, day), rows in together.items():
            if sum(row.number - row.closed for row in rows):
                item = Item(ASKED, len(found) + 1, day, day, entry=asked_entry(campaign, Kind(kind), what, rows))
                found.append(item)
    return [each for each in found if each.entry and fits(each.entry, chosen)]


def asked_entry(campaign: int, kind: Kind, what: str, rows: list[Asked]) -> Entry:
    """How it is shown: what, and how many have filed."""
    titles = {row.title for row in rows if row.title}
    about = what or (titles.pop() if len(titles) == 1 else "")
    number, filed = sum(row.number - row.closed for row in rows), sum(row.filed for row in rows)
    at = max(row.due_at for row in rows)
    mark, label = "done" if filed >= number else "late" if at < clock.now() else "", str(kind.label)
    return Entry(
        f"{label} · {about}" if about else label,
        f"{address('activities:assignments', campaign)}?kind={kind.value}",
        campaign,
        at=at,
        kind=label,
        mark=mark,
        count=f"{thousands(filed)}/{thousands(number)}",
    )


def all_asked(viewer: Viewer) -> list[Item]:
    """What is asked in the campaigns the person oversees, each thing by itself, on the day most units have.

    Unlike on a page it keeps its name when its day is moved, which calendar programs ask for.
    """
    found: list[Item] = []
    for campaign in viewer.overseen:
        together: dict[tuple[int, str, str], list[Asked]] = {}
        for each in asked_in(campaign):
            together.setdefault((each.notice, each.kind, each.what), []).append(each)
        for (notice, kind, what), rows in together.items():
            usual = max(rows, key=lambda row: (row.number, row.due_at))
            day = clock.last_day(usual.due_at)
            entry = asked_entry(campaign, Kind(kind), usual.title, [usual])
            entry.mark = "closed" if all(row.closed == row.number for row in rows) else ""
            entry.code = f"{kind} {usual.title}"
            found.append(Item(f"{ASKED}-{notice}-{kind}", number_of(what), day, day, entry=entry))
    return found


def number_of(what: str) -> int:
    """The number of a demand, deliverable or round; 0 for what every unit owes. No kind has two of these."""
    return int(what.rpartition("-")[2] or 0)
