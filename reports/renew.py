"""A new year from last year's: what to take along, with days moved and weekends looked at.

Indicators live in this room, so the deed does too.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from activities.asking.beginning import take_demands
from activities.models import Activity, Deliverable, GroupParticipation, Participation, Round, Window
from campaigns.drafting import take_annexes, take_company
from campaigns.models import Campaign, Notice, NoticeKind, Point, Slogan
from reports.models import Indicator

WEEKDAYS = 5


@dataclass(frozen=True)
class Moved:
    """A day of last year and the same one this year, moved off the weekend where it fell on one."""

    old: date
    new: date
    was_weekend: bool


def moved(day: date, years: int) -> Moved:
    """The same day some years later; one that falls on a weekend and did not before moves to the Monday after.

    29 February becomes the 28th. Days on which people work or rest by decree are for the check before issue.
    """
    same = same_day(day, years)
    weekend = same.weekday() >= WEEKDAYS > day.weekday()
    return Moved(day, same + timedelta(days=7 - same.weekday()) if weekend else same, weekend)


def shifted(day: date | None, years: int) -> date | None:
    """A day that may not be set, moved by some years."""
    return moved(day, years).new if day else None


def with_year(text: str, old: int, new: int) -> str:
    """A title with last year's number exchanged for this year's."""
    return text.replace(str(old), str(new))


@transaction.atomic
def renew(old: Campaign, *, year: int, theme: str, parts: Any, activities: Any) -> Campaign:
    """Make this year's campaign from last year's.

    Arguments: last year's campaign; the year; this year's theme; names of PARTS; the activities to take along.
    Returns: the new campaign, planned, with nothing issued.
    """
    new = next_year(old, year, theme, parts)
    for name, take in TAKE.items():
        if name in parts:
            take(old, new)
    if "activities" in parts:
        for activity in old.activities.filter(pk__in=[each.pk for each in activities]):
            take_activity(activity, new, year - old.year)
    return new


def next_year(old: Campaign, year: int, theme: str, parts: Any) -> Campaign:
    """The campaign itself, with its days moved; slogan and guiding ideology go with the parts they belong to."""
    years = year - old.year
    return Campaign.objects.create(
        host=old.host,
        parent=None,
        year=year,
        title=with_year(old.title, old.year, year),
        theme=theme,
        spirit_slogan=old.spirit_slogan if "slogans" in parts else "",
        logo_note=old.logo_note,
        guiding_ideology=old.guiding_ideology if "points" in parts else "",
        starts_on=same_day(old.starts_on, years),
        ends_on=same_day(old.ends_on, years),
        summary_due_on=moved(old.summary_due_on, years).new,
    )


def take_units(old: Campaign, new: Campaign) -> None:
    """Who takes part, by name and by group."""
    new.units.set({unit.successor for unit in old.units.select_related("merged_into")})
    new.groups.set(old.groups.all())


def take_slogans(old: Campaign, new: Campaign) -> None:
    """The slogans; the theme is this year's own."""
    rows = old.slogans.filter(is_theme=False)
    Slogan.objects.bulk_create(Slogan(campaign=new, order=row.order, text=row.text) for row in rows)


def take_points(old: Campaign, new: Campaign) -> None:
    """Focal points and requirements."""
    Point.objects.bulk_create(
        Point(campaign=new, kind=row.kind, number=row.number, heading=row.heading, body=row.body)
        for row in old.points.all()
    )


def take_indicators(old: Campaign, new: Campaign) -> None:
    """What summaries are asked for in numbers."""
    Indicator.objects.bulk_create(
        Indicator(campaign=new, order=row.order, name=row.name, measure=row.measure) for row in old.indicators.all()
    )


def take_notices(old: Campaign, new: Campaign) -> None:
    """What was issued, as drafts; a correction belongs to its year."""
    for notice in old.notices.filter(issued_at__isnull=False).exclude(kind=NoticeKind.CORRECTION):
        take_notice(notice, new)


TAKE = {
    "units": take_units,
    "slogans": take_slogans,
    "points": take_points,
    "indicators": take_indicators,
    "notices": take_notices,
}
"""What is taken along whole, by the name of its choice on the page."""
PARTS = ("activities", *TAKE)
"""What can be taken along; of the activities those that were chosen."""


def same_day(day: date, years: int) -> date:
    """The same day of the month, whatever weekday it falls on: a campaign begins on the 1st and ends on the 30th."""
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)


def take_activity(old: Activity, campaign: Campaign, years: int) -> Activity:
    """An activity with its units, deliverables and rounds, a year later. Units merged into others follow them."""
    new = Activity.objects.create(
        campaign=campaign,
        order=old.order,
        scope=old.scope,
        kind=old.kind,
        owner=old.owner.successor if old.owner else None,
        number=old.number,
        sub_number=old.sub_number,
        group=old.group,
        title=with_year(old.title, old.campaign.year, campaign.year),
        description=with_year(old.description, old.campaign.year, campaign.year),
        starts_on=shifted(old.starts_on, years),
        ends_on=max_day(shifted(old.starts_on, years), shifted(old.ends_on, years)),
        due_on=shifted(old.due_on, years),
        remark=old.remark,
        place=old.place,
    )
    parts = {(row.unit.successor.pk, row.part) for row in old.participations.select_related("unit__merged_into")}
    Participation.objects.bulk_create(
        Participation(activity=new, unit_id=unit, part=part) for unit, part in sorted(parts)
    )
    GroupParticipation.objects.bulk_create(
        GroupParticipation(activity=new, group_id=row.group_id, part=row.part) for row in old.group_participations.all()
    )
    take_tasks(old, new, years)
    return new


def take_tasks(old: Activity, new: Activity, years: int) -> None:
    """What the task asked for in numbers, and its rounds with the units invited; who speaks is asked anew."""
    for row in old.deliverables.prefetch_related("windows"):
        made = Deliverable.objects.create(
            activity=new,
            order=row.order,
            title=row.title,
            target=row.target,
            comparator=row.comparator,
            measure=row.measure,
            share=row.share,
            due_on=shifted(row.due_on, years),
        )
        for window in row.windows.all():
            first, last = moved(window.starts_on, years).new, moved(window.ends_on, years).new
            Window.objects.create(deliverable=made, starts_on=first, ends_on=max(first, last))
    for old_round in old.rounds.prefetch_related("appearances__unit__merged_into"):
        day = moved(old_round.on, years).new
        by = shifted(old_round.prepare_by, years)
        new_round = Round.objects.create(
            activity=new,
            order=old_round.order,
            on=day,
            time_text=old_round.time_text,
            title=old_round.title,
            place=old_round.place,
            prepare=old_round.prepare,
            prepare_by=min(by, day) if by else None,
        )
        for unit in {each.unit.successor for each in old_round.appearances.all()}:
            new_round.appearances.create(unit=unit)


def take_notice(old: Notice, campaign: Campaign) -> Notice:
    """Last year's notice as a draft: its text with the year exchanged, its annexes, its addressees that still exist."""
    years = old.campaign.year, campaign.year
    new = Notice.objects.create(
        campaign=campaign,
        kind=old.kind,
        title=with_year(old.title, *years),
        org_code=old.org_code,
        year=campaign.year,
        salutation=old.salutation,
        body=with_year(old.body, *years),
        signature=old.signature,
        publicity=old.publicity,
        in_order=old.in_order,
    )
    take_company(old, new)
    take_annexes(old, new, lambda text: with_year(text, *years))
    take_demands(old, new, lambda day: shifted(day, years[1] - years[0]))
    return new


def max_day(first: date | None, last: date | None) -> date | None:
    """The last day, never before the first."""
    return max(first, last) if first and last else last
