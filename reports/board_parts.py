"""What stands on the dashboard beside the tallies: the course, activities, this week, what is newest, figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from activities.models import Activity, Assignment, Photo
from activities.models.activity import ActivityKind
from activities.models.photo import handed_in
from activities.states import OWED, AssignmentState, Kind
from campaigns.models import Campaign
from documents.charts import Chart, Series
from reports.changed import rows_of
from reports.figures import Filed, IndicatorTotal, Tally, total_of
from reports.models import Figure, Summary
from reports.past import course
from reports.scope import Scope
from workflow import clock

LONGEST = 150
"""Days a course shows at most, up to the deadline and a fortnight behind it."""
BEHIND = timedelta(days=14)
FEW, NAMED = 5, 12
"""Of what is newest so many rows; of activities of today, and of the days left of the week, so many by name."""


def short(day: date) -> str:
    """A day below a chart."""
    return f"{day.month}.{day.day}"


# --- the course of submissions ------------------------------------------------------------------------------


def course_chart(scope: Scope, campaign: Campaign) -> Chart | None:
    """Which share was filed on the evening of each day, last year's behind it; None where nothing was asked."""
    tallies = course(scope)
    if not tallies:
        return None
    deadline = campaign.summary_due_on
    first, last = min(tallies), min(scope.day, deadline + BEHIND)
    end = max(deadline, last)
    first = max(first, end - timedelta(days=LONGEST))
    days = [first + timedelta(days=each) for each in range((end - first).days + 1)]
    series = [Series(str(campaign.year), rates(tallies, days, last))]
    before = year_before(campaign)
    if before is not None:
        shift = before.summary_due_on - deadline
        then = course(replace(scope, campaign=before.pk, on=date.max - timedelta(days=2)))
        series.append(Series(str(before.year), rates(then, [day + shift for day in days], date.max)))
    marks = ((days.index(deadline), _("summary due")),) if deadline in days else ()
    title = _("Share of what was asked for that was filed, in per cent, day by day")
    return Chart(title, _("Day"), tuple(map(short, days)), tuple(series), marks)


def rates(tallies: dict[date, Tally], days: list[date], last: date) -> tuple[float | None, ...]:
    """The share filed on the evening of each day; nothing before anything was asked, nor after the last day."""
    known = sorted(tallies)
    found: list[float | None] = []
    place, rate = 0, None
    for day in days:
        while place < len(known) and known[place] <= day:
            rate, place = tallies[known[place]].rate, place + 1
        found.append(rate if day <= last else None)
    return tuple(found)


def year_before(campaign: Campaign) -> Campaign | None:
    """The same office's campaign of the year before."""
    return Campaign.objects.filter(host=campaign.host_id, year=campaign.year - 1).order_by("pk").last()


# --- activities ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Programme:
    """The activities of a campaign: by category, each with how many are over; by week."""

    kinds: Chart
    weeks: Chart
    all: int
    held: int
    undated: int


def programme(campaign: Campaign, day: date) -> Programme:
    """How many activities there are, and how many are over on an evening: one query."""
    rows = list(campaign.activities.order_by().values_list("kind", "starts_on", "ends_on").annotate(Count("pk")))
    labels = [*ActivityKind.choices, ("", _("no category"))]
    wanted, over = Counter[str](), Counter[str]()
    for kind, first, last, number in rows:
        wanted[kind] += number
        over[kind] += number if (last or first or date.max) <= day else 0
    kinds = [(key, label) for key, label in labels if wanted[key]]
    by_kind = (
        Series(_("planned"), tuple(wanted[key] for key, _label in kinds)),
        Series(_("held"), tuple(over[key] for key, _label in kinds)),
    )
    weeks = by_week(rows)
    of_weeks = Series(_("activities"), tuple(weeks.values()))
    return Programme(
        Chart(_("Activities by category"), _("Category"), tuple(str(label) for _key, label in kinds), by_kind),
        Chart(_("Activities by week"), _("Week from"), tuple(map(short, weeks)), (of_weeks,)),
        all=wanted.total(),
        held=over.total(),
        undated=sum(number for _kind, first, _last, number in rows if first is None),
    )  # fmt: skip


def by_week(rows: Iterable[tuple[str, date | None, date | None, int]]) -> dict[date, int]:
    """How many activities have a day in each week, which begins on Monday; a year of weeks at most.

    Arguments: of activities alike their category, first and last day, and how many there are.
    """
    found: Counter[date] = Counter()
    for _kind, first, last, number in rows:
        if first:
            monday = first - timedelta(days=first.weekday())
            weeks = min(((last or first) - monday).days // 7, 52)
            found.update(dict.fromkeys((monday + timedelta(days=7 * each) for each in range(weeks + 1)), number))
    return dict(sorted(found.items())[:53])


# --- this week, what is newest ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Week:
    """What happens on a day, and until the Sunday after it."""

    today: list[Activity]
    later: list[Activity]
    due: list[tuple[str, datetime, int]]
    """What falls due: the kind, until when, how many miss."""
    more: int
    """How many activities there are beside those named, which the calendar shows."""


def week(scope: Scope, campaign: Campaign) -> Week:
    """Four queries. Of what goes on today the latest begun comes first: what runs all month is no news."""
    day = scope.day
    sunday = day + timedelta(days=6 - day.weekday())
    ends = Q(ends_on__gte=day) | Q(ends_on=None, starts_on__gte=day)
    coming = campaign.activities.filter(ends, starts_on__lte=sunday)
    today = list(coming.filter(starts_on__lte=day).order_by("-starts_on", "order")[:NAMED])
    later = list(coming.filter(starts_on__gt=day).order_by("starts_on", "order")[:NAMED])
    owed = rows_of(scope).filter(state__in=OWED, last_at__gt=clock.end_of(day - timedelta(days=1)))
    due = owed.filter(last_at__lte=clock.end_of(sunday)).order_by("last_at", "kind").values_list("kind", "last_at")
    return Week(
        today=today,
        later=later,
        more=coming.count() - len(today) - len(later),
        due=[(str(Kind(kind).label), at, number) for kind, at, number in due.annotate(number=Count("*"))],
    )


def newest_cases(scope: Scope) -> list[Assignment]:
    """The cases filed last, up to the evening of a scope."""
    rows = Assignment.objects.filter(campaign=scope.campaign, kind=Kind.CASE, submitted_at__lte=scope.at)
    filed = rows.filter(state__in=(AssignmentState.SUBMITTED, AssignmentState.ACCEPTED))
    return list(filed.select_related("unit").order_by("-submitted_at", "-pk")[:FEW])


def newest_photos(scope: Scope) -> list[Photo]:
    """The photos filed last that were made anew already, up to the evening of a scope."""
    rows = Photo.objects.filter(handed_in(), assignment__campaign=scope.campaign, added_at__lte=scope.at)
    return list(rows.exclude(thumbnail="").select_related("assignment__unit").order_by("-pk")[:FEW])


# --- the figures of summaries -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Against:
    """A figure over the accepted summaries, against its target."""

    total: IndicatorTotal
    target: int | None
    pk: int

    @property
    def per_cent(self) -> int | None:
        """Reached of the target, in whole per cent, rounded down."""
        return int(self.total.value * 100 // self.target) if self.target else None


def indicators(campaign: Campaign) -> list[Against]:
    """The figures asked for, over what the office has accepted: three queries."""
    figures = list(campaign.indicators.all())
    if not figures:
        return []
    newest = Summary.objects.filter(assignment=OuterRef("summary__assignment"), submitted_at__isnull=False)
    version = newest.order_by().values("assignment").annotate(last=Max("version")).values("last")
    content = Q(summary__assignment__campaign=campaign, summary__assignment__state=AssignmentState.ACCEPTED)
    rows = Figure.objects.filter(content, summary__version=Subquery(version)).order_by("summary__submitted_at", "pk")
    found: dict[int, list[Filed]] = {}
    units: set[int] = set()
    columns = ("indicator", "value", "about", "summary__assignment__unit")
    for indicator, value, about, unit in rows.values_list(*columns):
        found.setdefault(indicator, []).append(Filed(value, about))
        units.add(unit)
    return [Against(total_of(row, found), row.target and row.target * len(units), row.pk) for row in figures]
