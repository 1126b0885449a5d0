"""Joint meetings in the calendar: those of the office, and those to which a unit is invited."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _

from activities.models import Invitation, Meeting
from activities.schedule.chosen import MEETINGS, Chosen
from activities.schedule.items import MEETING, Entry, Item, Viewer
from activities.states import InvitationState, MeetingState
from workflow.addresses import address

DAY = timedelta(days=1)


def meetings(viewer: Viewer, chosen: Chosen, first: date, last: date, *, called_off: bool = False) -> list[Item]:
    """Meetings between these days that were convened. One query.

    Arguments: who looks; what is chosen; the days; whether to have those that do not take place as well.
    """
    if not viewer.campaigns or not chosen.takes(MEETINGS):
        return []
    rows = Meeting.objects.filter(within(first, last), seen_by(viewer, chosen), convened_at__isnull=False)
    if not called_off:
        rows = rows.exclude(state=MeetingState.CANCELLED)
    if chosen.words:
        rows = rows.filter(Q(title__icontains=chosen.words) | Q(place__icontains=chosen.words))
    return [item_of(row) for row in rows.distinct().order_by("starts_at", "pk")]


def within(first: date, last: date) -> Q:
    """That it takes place on one of these days."""
    found = Q(starts_at__lt=midnight(last + DAY)) if last < date.max - DAY else Q()
    return found & Q(ends_at__gte=midnight(first)) if first > date.min + DAY else found


def midnight(day: date) -> datetime:
    """The moment at which a day begins."""
    return make_aware(datetime.combine(day, time.min))


def seen_by(viewer: Viewer, chosen: Chosen) -> Q:
    """Those of campaigns the reader oversees, and those to which the reader's units are invited."""
    invited = Invitation.objects.exclude(state=InvitationState.TAKEN_OUT)
    mine: Any = Q(campaign__in=viewer.pks, pk__in=invited.filter(unit__in=viewer.units).values("meeting"))
    found = mine if chosen.whose == "ours" and viewer.only_files else mine | Q(campaign__in=viewer.overseen)
    if chosen.unit:
        found &= Q(pk__in=invited.filter(unit=chosen.unit).values("meeting"))
    if chosen.group:
        found &= Q(pk__in=invited.filter(unit__in_groups=chosen.group).values("meeting"))
    return found


def item_of(row: Meeting) -> Item:
    """A meeting as the calendar has it."""
    first, last = localtime(row.starts_at), localtime(row.ends_at)
    entry = Entry(
        row.title, address("activities:meeting", row.pk), row.campaign_id, row.place, f"{first:%H:%M}–{last:%H:%M}",
        at=row.starts_at, until=row.ends_at, kind=_("Joint meeting"), code=row.title,
        mark="closed" if row.is_off else "",
    )  # fmt: skip
    return Item(MEETING, row.pk, first.date(), max(first.date(), last.date()), place=row.place, entry=entry)
