"""A new year from last year's: what to take along, with days moved and weekends looked at.

It carries over from every room below, so the deed stands above them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from activities.asking.beginning import take_demands
from activities.models import Activity, Deliverable, GroupParticipation, Participation, Round, Window
from campaigns.models import Campaign, Indicator, Notice, NoticeKind, Point, Slogan
from campaigns.near_quotations import bare
from campaigns.new_notice import take_annexes, take_company
from campaigns.new_year import Reworded
from reports.models import SectionSet

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


@transaction.atomic
def renew(old: Campaign, *, year: int, theme: str, parts: Any, activities: Any) -> Campaign:
    """Make this year's campaign from last year's.

    Arguments: last year's campaign; the year; this year's theme; names of PARTS; the activities to take along.
    Returns: the new campaign, planned, with nothing issued.
    """
    worded = words_of(old, year, theme)
    new = next_year(old, year, theme, parts)
    for name, take in TAKE.items():
        if name in parts:
            take(old, new, worded)
    if "activities" in parts:
        for activity in old.activities.filter(pk__in=[each.pk for each in activities]):
            take_activity(activity, new, year - old.year, worded)
    return new


def words_of(old: Campaign, year: int, theme: str) -> Reworded:
    """What becomes of the words of last year's campaign."""
    return Reworded(old.year, year, old.theme, theme)


def new_titles(old: Campaign, year: int, theme: str) -> list[tuple[str, str]]:
    """What is called otherwise in the new year: campaign, notices and activities, each with its title then and now.

    Without a theme yet, only years are exchanged.
    """
    worded = words_of(old, year, theme or old.theme)
    titles = [
        (old.title, 120),
        *((notice.title, 200) for notice in notices_taken(old)),
        *((activity.title, 200) for activity in old.activities.all()),
    ]
    both = [(title, worded(title, longest)) for title, longest in titles]
    return list(dict.fromkeys((before, now) for before, now in both if before != now))


def next_year(old: Campaign, year: int, theme: str, parts: Any) -> Campaign:
    """The campaign itself, with its days moved; slogan and guiding ideology go with the parts they belong to."""
    years, worded = year - old.year, words_of(old, year, theme)
    return Campaign.objects.create(
        host=old.host,
        parent=None,
        year=year,
        title=worded(old.title, 120),
        theme=theme,
        spirit_slogan=worded(old.spirit_slogan, 120) if "slogans" in parts else "",
        logo_note=worded(old.logo_note),
        head_signs=old.head_signs,
        guiding_ideology=worded(old.guiding_ideology) if "points" in parts else "",
        starts_on=same_day(old.starts_on, years),
        ends_on=same_day(old.ends_on, years),
        registration_due_on=shifted(old.registration_due_on, years),
        plan_due_on=shifted(old.plan_due_on, years),
        summary_due_on=moved(old.summary_due_on, years).new,
    )


def take_units(old: Campaign, new: Campaign, _worded: Reworded) -> None:
    """Who takes part, by name and by group."""
    new.units.set({unit.successor for unit in old.units.select_related("merged_into")})
    new.groups.set(old.groups.all())


def take_slogans(old: Campaign, new: Campaign, worded: Reworded) -> None:
    """The slogans; the theme is this year's own."""
    rows = [row for row in old.slogans.filter(is_theme=False) if bare(row.text) != bare(old.theme)]
    Slogan.objects.bulk_create(Slogan(campaign=new, order=row.order, text=worded(row.text, 120)) for row in rows)


def take_points(old: Campaign, new: Campaign, worded: Reworded) -> None:
    """Focal points and requirements."""
    Point.objects.bulk_create(
        Point(campaign=new, kind=row.kind, number=row.number, heading=worded(row.heading, 120), body=worded(row.body))
        for row in old.points.all()
    )


def take_indicators(old: Campaign, new: Campaign, worded: Reworded) -> None:
    """What summaries are asked for in numbers, and in which sections they are written."""
    take_sections(old, new)
    Indicator.objects.bulk_create(
        Indicator(campaign=new, order=row.order, name=worded(row.name, 60), measure=row.measure)
        for row in old.indicators.all()
    )


def take_sections(old: Campaign, new: Campaign) -> None:
    """Which sections summaries have, as they were asked last; the usual ones go without saying."""
    if last := SectionSet.objects.filter(campaign=old).last():
        SectionSet.objects.create(campaign=new, version=1, rows=last.rows)


def take_notices(old: Campaign, new: Campaign, worded: Reworded) -> None:
    """What was issued, as drafts."""
    for notice in notices_taken(old):
        take_notice(notice, new, worded)


def notices_taken(old: Campaign) -> Any:
    """The notices that were issued; a correction belongs to its year."""
    return old.notices.filter(issued_at__isnull=False).exclude(kind=NoticeKind.CORRECTION)


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


def take_activity(old: Activity, campaign: Campaign, years: int, worded: Reworded) -> Activity:
    """An activity with its units, deliverables and rounds, a year later. Units merged into others follow them."""
    new = Activity.objects.create(
        campaign=campaign,
        order=old.order,
        scope=old.scope,
        kind=old.kind,
        owner=old.owner.successor if old.owner else None,
        number=old.number,
        sub_number=old.sub_number,
        group=worded(old.group, 120),
        title=worded(old.title, 200),
        description=worded(old.description),
        starts_on=shifted(old.starts_on, years),
        ends_on=max_day(shifted(old.starts_on, years), shifted(old.ends_on, years)),
        due_on=shifted(old.due_on, years),
        remark=worded(old.remark),
        place=worded(old.place, 120),
        words=old.words,
    )
    parts = {(row.unit.successor.pk, row.part) for row in old.participations.select_related("unit__merged_into")}
    Participation.objects.bulk_create(
        Participation(activity=new, unit_id=unit, part=part) for unit, part in sorted(parts)
    )
    GroupParticipation.objects.bulk_create(
        GroupParticipation(activity=new, group_id=row.group_id, part=row.part) for row in old.group_participations.all()
    )
    take_tasks(old, new, years, worded)
    return new


def take_tasks(old: Activity, new: Activity, years: int, worded: Reworded) -> None:
    """What the task asked for in numbers, and its rounds with the units invited; who speaks is asked anew."""
    for row in old.deliverables.prefetch_related("windows"):
        made = Deliverable.objects.create(
            activity=new,
            order=row.order,
            title=worded(row.title, 200),
            target=row.target,
            comparator=row.comparator,
            measure=row.measure,
            share=row.share,
            beside_plan=row.beside_plan,
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
            title=worded(old_round.title, 200),
            place=worded(old_round.place, 120),
            prepare=worded(old_round.prepare, 500),
            prepare_by=min(by, day) if by else None,
        )
        for unit in {each.unit.successor for each in old_round.appearances.all()}:
            new_round.appearances.create(unit=unit)


def take_notice(old: Notice, campaign: Campaign, worded: Reworded) -> Notice:
    """Last year's notice as a draft: its text with year and theme exchanged, its annexes, its addressees of today."""
    years = campaign.year - old.campaign.year
    new = Notice.objects.create(
        campaign=campaign,
        kind=old.kind,
        title=worded(old.title, 200),
        org_code=old.org_code,
        year=campaign.year,
        salutation=old.salutation,
        body=worded(old.body, 200_000),
        signature=old.signature,
        publicity=old.publicity,
        in_order=old.in_order,
    )
    take_company(old, new)
    take_annexes(old, new, worded)
    take_demands(old, new, lambda day: shifted(day, years), worded)
    return new


def max_day(first: date | None, last: date | None) -> date | None:
    """The last day, never before the first."""
    return max(first, last) if first and last else last
