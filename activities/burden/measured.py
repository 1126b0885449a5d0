"""What can be measured: length, days of lead time, photos, units below the county, more than last year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.models.units import UnitLevel
from activities.burden import grounds, mends
from activities.burden.asked import Asked, LastDay
from activities.burden.last_year import last_year
from activities.burden.weight import weigh
from activities.finding import Finding, Mend, in_short, mark, place, shown
from activities.models import Activity, Deliverable, Demand, Round
from activities.states import Kind
from campaigns.models import Notice
from campaigns.states import NoticeState
from documents.counts import so_many, thousands
from workflow.workdays import WorkingDays, working_days

BEFORE = {"liaison": "registration_due_on", "plan": "plan_due_on", "summary": "summary_due_on"}
"""Days that stand in the campaign."""
ROWS: dict[str, tuple[Any, str, Kind]] = {
    "demand": (Demand, "due_on", Kind.OTHER),
    "activity": (Activity, "due_on", Kind.DELIVERABLE),
    "deliverable": (Deliverable, "due_on", Kind.DELIVERABLE),
    "round": (Round, "prepare_by", Kind.ROUND),
}
"""By what a last day is named: the row that has it, in which field, and the kind of what is filed by then."""


def length(asked: Asked) -> Iterator[Finding]:
    """A text that is longer than such papers may be; annexes are not counted."""
    notice, most = asked.notice, asked.measures.ceiling(asked.notice)
    number = sum(not char.isspace() for char in notice.body)
    if number > most:
        said = _("The text has %(n)s characters without its annexes; %(most)s are the most for such a paper.")
        text = said % {"n": thousands(number), "most": thousands(most)}
        yield Finding(
            f"burden:length:{number}:{most}", text, where=place("campaigns:editor", notice.pk), rule=grounds.LENGTH
        )


# --- lead time -------------------------------------------------------------------------------------------------


def lead_time(asked: Asked) -> Iterator[Finding]:
    """Last days that come sooner than so many working days after the issue; those of one day in one line."""
    calendar = working_days()
    short: dict[tuple[date, int], list[LastDay]] = {}
    for each in asked.days:
        least = asked.measures.days[kind_of(each, asked)]
        if each.day >= asked.on and not each.event and days_left(asked.on, each.day, calendar) < least:
            short.setdefault((each.day, least), []).append(each)
    for (day, least), rows in short.items():
        yield too_soon(asked, day, least, rows)


def kind_of(each: LastDay, asked: Asked) -> str:
    """Of which kind it is that is due."""
    name, _colon, pk = each.code.partition(":")
    if name == "set":
        return pk
    demand = asked.demands.get(int(pk)) if name == "demand" else None
    return demand.counts if demand and demand.counts else ROWS[name][2]


def days_left(on: date, day: date, calendar: WorkingDays) -> int:
    """The working days after the issue up to the last day, that one counted."""
    return sum(calendar.is_working_day(on + timedelta(days=n)) for n in range(1, (day - on).days + 1))


def too_soon(asked: Asked, day: date, least: int, rows: list[LastDay]) -> Finding:
    """The finding about one day."""
    calendar = working_days()
    left = days_left(asked.on, day, calendar)
    text = so_many(
        "%(what)s: %(n)s working day is left until %(day)s; this office counts with %(least)s.",
        "%(what)s: %(n)s working days are left until %(day)s; this office counts with %(least)s.",
        left,
        what=in_short([f"“{row.what}”" for row in rows]),
        day=shown(day),
        least=thousands(least),
    )
    later = day
    while days_left(asked.on, later, calendar) < least:
        later += timedelta(days=1)
    stored = [found for row in rows if (found := stored_in(row, asked))]
    mend: tuple[Mend, ...] = ()
    if stored:
        mend = (Mend(_("Move to %(day)s") % {"day": shown(later)}, mends.set_days(stored, later)),)
    code = f"burden:soon:{mark(*(row.code for row in rows))}:{day}:{least}"
    where = place("activities:demands", asked.notice.pk)
    return Finding(code, text, where=where, mends=mend, days=(asked.on, day, later), rule=grounds.TIME)


def stored_in(each: LastDay, asked: Asked) -> tuple[Any, str] | None:
    """The row and field in which a last day stands; None for the receipt, whose day is typed at the issue."""
    name, _colon, pk = each.code.partition(":")
    if name == "set":
        return (asked.notice.campaign, BEFORE[pk]) if pk in BEFORE else None
    model, field, _kind = ROWS[name]
    return model(pk=int(pk)), field


# --- photos ------------------------------------------------------------------------------------------------------


def photos(asked: Asked) -> Iterator[Finding]:
    """Photos that are demanded."""
    label = _("Make photos optional")
    for pk, demand in asked.demands.items():
        if demand.photos_least:
            text = demanded(demand.title, demand.photos_least, demand.photos_why, len(asked.units_of(demand=pk)))
            code = f"burden:photos:demand:{pk}:{demand.photos_least}"
            mend = Mend(label, mends.photos_optional(demand))
            yield Finding(code, text, where=place("activities:demand", pk), mends=(mend,), rule=grounds.PHOTOS)
    for kind, row in asked.photos.items():
        if units := asked.units_of(kind):
            text = demanded(Kind(kind).label, row.least or 0, row.why, len(units))
            code = f"burden:photos:{kind}:{row.least}"
            where = place("activities:campaign-photos", asked.notice.campaign_id)
            mend = Mend(label, mends.photos_optional(row))
            yield Finding(code, text, where=where, mends=(mend,), rule=grounds.PHOTOS)


def demanded(what: object, least: int, why: str, units: int) -> str:
    """How many photos, of whom, why."""
    return so_many(
        "“%(what)s” demands at least %(least)s photos of %(n)s unit, because: %(why)s",
        "“%(what)s” demands at least %(least)s photos of each of %(n)s units, because: %(why)s",
        units,
        what=what,
        least=thousands(least),
        why=why,
    )


# --- whom, and how much --------------------------------------------------------------------------------------------


def below_county(asked: Asked) -> Iterator[Finding]:
    """Towns and streets that owe more than a signature."""
    towns = set(asked.notice.addressees.filter(level=UnitLevel.TOWN).values_list("pk", flat=True))
    owed = [each for each in asked.owed if each.unit in towns and each.kind != Kind.RECEIPT]
    units = {each.unit for each in owed}
    if units:
        names = in_short(list(Unit.objects.filter(pk__in=sorted(units)[:20]).values_list("name", flat=True)))
        text = so_many(
            "%(n)s unit below the county owes %(filings)s filings beside the receipt: %(names)s.",
            "%(n)s units below the county owe %(filings)s filings beside the receipt: %(names)s.",
            len(units),
            filings=thousands(len(owed)),
            names=names,
        )
        where = place("campaigns:addressees", asked.notice.pk)
        yield Finding(f"burden:towns:{len(units)}:{len(owed)}", text, where=where, rule=grounds.BELOW_COUNTY)


def more_than_before(asked: Asked) -> Iterator[Finding]:
    """More filings of each unit than last year's notice asked."""
    before = last_year(asked.notice)
    now = weigh(asked) if before else None
    if before is None or now is None or now.filings_each <= before.weight.filings_each:
        return
    said = _("Each unit owes %(now)s filings on average; %(year)s it was %(before)s.")
    values = {"now": now.filings_each, "year": before.year, "before": before.weight.filings_each}
    code = f"burden:more:{now.filings_each}:{before.weight.filings_each}"
    where = place("activities:burden", asked.notice.pk)
    yield Finding(code, said % values, where=where, rule=grounds.MATERIALS)


def more_papers(asked: Asked) -> Iterator[Finding]:
    """One paper more than the office issued in its last campaign before: the reason is the explanation."""
    notice, year = asked.notice, asked.notice.campaign.year
    papers = Notice.objects.filter(campaign__host=notice.campaign.host_id, issued_at__isnull=False)
    counted = papers.exclude(state=NoticeState.WITHDRAWN).order_by().values("campaign__year")
    issued = dict(counted.annotate(papers=Count("pk")).values_list("campaign__year", "papers"))
    before = max((each for each in issued if each < year), default=None)
    now = issued.get(year, 0) + 1
    if before is not None and now > issued[before]:
        said = _("This is paper %(now)s of this year; %(year)s there were %(before)s in all.")
        values = {"now": thousands(now), "year": before, "before": thousands(issued[before])}
        code = f"burden:papers:{now}:{issued[before]}"
        yield Finding(code, said % values, where=notice.campaign.get_absolute_url(), rule=grounds.MORE)
