"""What a calendar program is told: each thing by a name that stays, with a number that grows when it is moved.

The numbers are kept in :class:`CalendarMark` and written when a calendar is read: what nobody has read between two
changes, nobody needs to be told. Only facts that every reader is told alike count as a change.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from activities.models import Activity, CalendarFeed, CalendarMark, Round
from activities.schedule.called_off import called_off
from activities.schedule.chosen import LIST, Chosen
from activities.schedule.deadlines import all_asked, own_deadlines
from activities.schedule.items import ACTIVITY, MEETING, OWED, ROUND, TASK, Entry, Item, Viewer
from activities.schedule.meeting_items import meetings
from activities.schedule.programme_items import activities, fill, rounds
from campaigns.models import Campaign, Notice
from campaigns.states import CampaignState
from workflow import clock
from workflow.once import put_once

BACK = timedelta(days=366)
"""How far back a calendar goes."""
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a calendar program gets it. ``is_off``: it does not take place, or is no longer asked."""

    mark: CalendarMark
    item: Item
    is_off: bool


def told(feed: CalendarFeed) -> list[Told]:
    """All that a feed tells, as far as its person may see it now, in the language of the feed."""
    reader, today = feed.reader(), clock.today()
    known = list(Campaign.objects.visible_to(reader).exclude(state=CampaignState.ARCHIVED))
    gone = called_off([each.pk for each in known])
    whole = Viewer.of(reader, known)
    found: list[Item] = []
    with translation.override(feed.language):
        for overseen in (True, False):  # whoever oversees one campaign takes part in another
            some = [each for each in known if (each.host_id in whole.hosts) is overseen]
            found += shown(Viewer.of(reader, some), Chosen(LIST, today, whose="" if overseen else "ours"), today - BACK)
    marks = marked(found, known, gone)
    events = [Told(marks[each.key], each, is_off(each, gone)) for each in found]
    there = {each.key for each in found}
    left = [mark for key, mark in marks.items() if key not in there]
    return events + [Told(mark, item, True) for mark, item in no_longer(whole, left)]


def shown(viewer: Viewer, chosen: Chosen, first: date) -> list[Item]:
    """Everything that has a day from the first on, filled in."""
    dated = [*rounds(viewer, chosen, first, date.max), *activities(viewer, chosen, first, date.max)]
    fill(dated, names=True)
    dated += meetings(viewer, chosen, first, date.max, called_off=True)
    owed = [*own_deadlines(viewer, chosen, closed=True), *all_asked(viewer)]
    return [*dated, *(each for each in owed if each.first and each.first >= first)]


def is_off(item: Item, gone: Collection[int]) -> bool:
    """Whether it does not take place, or is no longer asked."""
    assert item.entry
    return item.entry.mark == "closed" or item.entry.campaign in gone


# --- what is kept of it ---------------------------------------------------------------------------------------


def facts(item: Item, gone: Collection[int]) -> dict[str, Any]:
    """What is kept of a thing: what every reader is told alike, and its title for when it is no more."""
    entry = item.entry
    assert entry
    return {
        "code": entry.code,
        "title": entry.title if item.sort in (ACTIVITY, TASK, ROUND, MEETING) else "",
        "first": str(item.first),
        "last": str(item.last),
        "at": "–".join(each.isoformat() for each in (entry.at, entry.until) if each),
        "place": entry.place,
        "note": entry.note,
        "done": item.sort == OWED and entry.mark == "done",
        "off": is_off(item, gone),
    }


def same_for_all(kept: dict[str, Any]) -> dict[str, Any]:
    """Of what is kept what is in no language: the title of a round without one is words of the reader's language."""
    return {name: value for name, value in kept.items() if name != "title"}


def marked(items: Collection[Item], campaigns: Iterable[Campaign], gone: Collection[int]) -> dict[str, CalendarMark]:
    """The mark of each thing, brought up to date. Two readers at once write the same; the first one counts."""
    pks = [each.pk for each in campaigns]
    issued = set(Notice.objects.filter(campaign__in=pks, issued_at__isnull=False).values_list("campaign", flat=True))
    known = {each.key: each for each in CalendarMark.objects.filter(campaign__in=pks)}
    fresh, moved = list[CalendarMark](), list[tuple[CalendarMark, dict[str, Any]]]()
    for item in items:
        assert item.entry
        now, campaign = facts(item, gone), item.entry.campaign
        for_all = item.entry.for_all and campaign in issued
        mark = known.get(item.key)
        if mark is None:
            fresh.append(CalendarMark(campaign_id=campaign, key=item.key, facts=now, for_all=for_all))
        elif (same_for_all(mark.facts), mark.for_all) != (same_for_all(now), for_all):
            moved.append((mark, {"facts": now, "for_all": for_all}))
    if fresh or moved:
        written(fresh, moved)
    if fresh:  # somebody else may have written one of them first
        new = CalendarMark.objects.filter(campaign__in=pks, key__in=[each.key for each in fresh])
        known |= {each.key: each for each in new}
    return known


@transaction.atomic
def written(fresh: list[CalendarMark], moved: list[tuple[CalendarMark, dict[str, Any]]]) -> None:
    """Write new marks, and of those that changed the facts and the next number."""
    put_once(CalendarMark, fresh, "key", batch_size=CHUNK)
    for mark, changes in moved:
        if same_for_all(changes["facts"]) != same_for_all(mark.facts):
            changes |= {"sequence": mark.sequence + 1, "changed_at": timezone.now()}
        rows = CalendarMark.objects.filter(pk=mark.pk, sequence=mark.sequence)
        if not rows.update(**changes):
            mark.refresh_from_db()
        for name, value in changes.items():
            setattr(mark, name, value)


def no_longer(viewer: Viewer, left: Iterable[CalendarMark]) -> list[tuple[CalendarMark, Item]]:
    """Things that calendars were told of and that are no more, or have no day any more: told to who knew of them.

    A thing that is still there is simply not this reader's, or outside the days of a calendar.
    Arguments: who reads; the marks of what is not shown to the reader now.
    """
    public, overseen = (ACTIVITY, TASK, ROUND), set(viewer.overseen)
    gone = [
        each for each in left if each.key.partition("-")[0] in public and (each.for_all or each.campaign_id in overseen)
    ]
    still = still_there([each.key for each in gone])
    found = []
    for mark in gone:
        if mark.key not in still:
            if not mark.facts["off"]:
                written([], [(mark, {"facts": mark.facts | {"off": True}, "for_all": mark.for_all})])
            found.append((mark, as_it_was(mark)))
    return found


def still_there(keys: Collection[str]) -> set[str]:
    """Those of these keys whose things are there and have their days."""
    numbers: dict[str, list[int]] = {ACTIVITY: [], TASK: [], ROUND: []}
    for key in keys:
        sort, _dash, number = key.partition("-")
        numbers[sort].append(int(number))
    dated = Activity.objects.filter(pk__in=numbers[ACTIVITY]).exclude(starts_on=None, ends_on=None)
    due = Activity.objects.filter(pk__in=numbers[TASK]).exclude(due_on=None)
    held = Round.objects.filter(pk__in=numbers[ROUND])
    rows = {ACTIVITY: dated, TASK: due, ROUND: held}
    return {f"{sort}-{pk}" for sort, found in rows.items() for pk in found.values_list("pk", flat=True)}


def as_it_was(mark: CalendarMark) -> Item:
    """A thing that is no more, as calendars were told of it last."""
    known, (sort, _dash, number) = mark.facts, mark.key.partition("-")
    entry = Entry(known["title"], "", mark.campaign_id, known["place"], known["note"])
    return Item(sort, int(number), date.fromisoformat(known["first"]), date.fromisoformat(known["last"]), entry=entry)


def newest(events: Iterable[Told]) -> datetime | None:
    """When anything of it changed last."""
    return max((each.mark.changed_at for each in events), default=None)
