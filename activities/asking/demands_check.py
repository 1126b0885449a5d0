"""What the text demands against what is asked in data: every difference, on either side, with its mend."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

import documents
from accounts.models import Unit
from activities.asking import mends
from activities.asking.deadlines import kinds_set, named
from activities.asking.figures_check import figures
from activities.asking.handing_out import WITH_ACTIVITIES, DueDates
from activities.asking.numbers_check import Named, in_numbers, numbers
from activities.asking.plans_check import plans_of_all
from activities.asking.proposed_days import proposed_due
from activities.asking.said_in_text import Said, Spoken, spoken
from activities.finding import Finding, Mend, in_short, mark, place, shown
from activities.models import Activity, Demand, Round, Window
from activities.states import Kind
from campaigns.models import Campaign, Notice
from documents.text import bare
from workflow import clock

CAMPAIGNS_OWN = {"liaison": "registration_due_on", "plan": "plan_due_on", "summary": "summary_due_on"}
"""The day of a campaign from which the day of each kind is proposed."""


def demands(notice: Notice, due: DueDates | None = None) -> Iterator[Finding]:
    """Filings and days of the text that data do not ask, and days of the data that the text does not name.

    Arguments: the notice; the days set on the issue page, if any yet.
    """
    yield from figures(notice)
    text = spoken(notice)
    if not text.is_readable:
        return
    asked = Asked(notice, due or proposed_due(notice))
    yield from filings(text, asked)
    yield from other_days(text, asked)
    yield from unsaid(text, asked)
    yield from numbers(notice, text, asked.demands, asked.of(text))


class Asked:
    """What is asked in data: a day for each kind, the demands, and every day that anything has."""

    def __init__(self, notice: Notice, due: DueDates) -> None:
        self.notice, self.campaign = notice, notice.campaign
        self.kinds = {name: getattr(due, name) for name in kinds_set(notice)}
        for name, field in CAMPAIGNS_OWN.items():  # asked for by another notice of the campaign
            if day := getattr(self.campaign, field):
                self.kinds.setdefault(name, max(day, clock.today()))
        self.demands = list(notice.demands.prefetch_related("units"))
        self.due = {row.pk: due.others.get(row.pk) or row.proposed(clock.today()) for row in self.demands}
        self.periods = list(periods(notice.campaign)) if notice.kind in WITH_ACTIVITIES else []
        self.dues = {each.day for each in named(notice) if not each.event}
        """Days on which something of the list of activities is due."""
        self.words = bare("".join(words(notice.campaign)))

    def of(self, text: Spoken) -> dict[int, Demand]:
        """Which demand each filing of the text is, by its place: by its words, then by its day, then by its kind."""
        found: dict[int, Demand] = {}
        fits: tuple[Any, ...] = (
            lambda each, row: each.is_like(row.title),
            lambda each, row: self.is_that_day(each, self.due[row.pk]),
            lambda each, row: each.filing != "other" and each.filing == documents.reading.kind_of_filing(row.title),
        )
        for fit in fits:
            for place_of, each in enumerate(text.filings):
                taken = {row.pk for row in found.values()}
                row = next((row for row in self.demands if row.pk not in taken and fit(each, row)), None)
                if place_of not in found and row and each.kind not in self.kinds:
                    found[place_of] = row
        return found

    def is_that_day(self, each: Said, day: date) -> bool:
        """Whether a day is the one the text names; what is past already can only be asked for today."""
        return each.day is not None and day == max(each.day, clock.today())

    def is_said(self, each: Said, row: Demand) -> bool:
        """Whether a filing of the text is this demand, by its words and its day."""
        return each.is_like(row.title) and self.is_that_day(each, self.due[row.pk])

    def has_day(self, day: date) -> bool:
        """Whether anything in data is due on a day, or begins or ends on it."""
        due = {*self.kinds.values(), *self.due.values(), *self.dues}
        return day in due or any(day in period for period in self.periods)

    def has_period(self, found: documents.reading.DateFound) -> bool:
        """Whether anything takes place at such a time, or says so in its words."""
        if bare(found.text) in self.words:
            return True
        first, last = found.start, found.end
        if first is None or last is None:
            return False
        whole = (self.campaign.starts_on, self.campaign.ends_on)
        if found.precision in ("month", "ten-day") and first <= whole[1] and last >= whole[0]:
            return found.precision == "month" or any(a <= last and b >= first for a, b in self.periods[1:])
        return any((a <= first and last <= b) or first == a for a, b in self.periods[1:]) or (first, last) == whole


def periods(campaign: Campaign) -> Iterator[tuple[date, date]]:
    """From when to when anything of the campaign takes place: the campaign itself first."""
    yield campaign.starts_on, campaign.ends_on
    rows = Activity.objects.filter(campaign=campaign).exclude(starts_on=None)
    yield from ((first, last or first) for first, last in rows.values_list("starts_on", "ends_on") if first)
    rounds = Round.objects.filter(activity__campaign=campaign)
    yield from ((day, day) for day in rounds.values_list("on", flat=True))
    yield from Window.objects.filter(deliverable__activity__campaign=campaign).values_list("starts_on", "ends_on")


def words(campaign: Campaign) -> Iterator[str]:
    """What the activities say of themselves."""
    rows = Activity.objects.filter(campaign=campaign)
    for row in rows.values_list("title", "date_text", "description", "remark"):
        yield "\n".join(row)


# --- the text's demands ----------------------------------------------------------------------------------------


def filings(text: Spoken, asked: Asked) -> Iterator[Finding]:
    """What is to be handed in by the text and not in data, or on another day."""
    known, agreed = asked.of(text), agreed_kinds(text, asked)
    for place_of, each in enumerate(text.filings):
        if each.kind in asked.kinds:
            if each.kind not in agreed:
                yield from differs(each, asked, asked.kinds[each.kind], kind_mend(each, asked))
            yield from plans_of_all(asked.notice, each, asked.demands)
        elif place_of in known:
            row = known[place_of]
            if not asked.is_that_day(each, asked.due[row.pk]):
                yield from differs(each, asked, asked.due[row.pk], demand_mend(each, row))
        elif not (each.days and asked.dues >= set(each.days)):
            yield missing(each, asked)


def agreed_kinds(text: Spoken, asked: Asked) -> set[str]:
    """The kinds whose day the text names, perhaps beside others: once for the units, once for the districts."""
    return {each.kind for each in text.filings if each.kind in asked.kinds and right(each, asked)}


def right(each: Said, asked: Asked) -> bool:
    return asked.is_that_day(each, asked.kinds[each.kind])


def differs(each: Said, asked: Asked, day: date, mend: tuple[Mend, ...]) -> Iterator[Finding]:
    """The text names another day than the data, or a term of which nobody knows the day."""
    said_so = _("The text asks for “%(item)s” %(when)s; the system asks for it by %(day)s.")
    values = {"item": each.item, "when": each.words, "day": shown(day)}
    code = f"said:{mark(each.item, each.words)}:{day}"
    where = place("campaigns:editor", asked.notice.pk)
    yield Finding(code, said_so % values, where=where, mends=mend, days=each.days)


def missing(each: Said, asked: Asked) -> Finding:
    """The text asks for something the data do not ask."""
    said_so = _("The text asks for “%(item)s” %(when)s; the system asks nobody for it.")
    values = {"item": each.item, "when": each.words}
    mend = missing_mend(each, asked) if each.day and each.day >= clock.today() else ()
    code = f"unasked:{mark(each.item, each.words)}"
    where = place("campaigns:editor", asked.notice.pk)
    return Finding(code, said_so % values, where=where, mends=mend, days=each.days)


def other_days(text: Spoken, asked: Asked) -> Iterator[Finding]:
    """Days by which something is to be done and that nothing has; in one line, when things take place."""
    loose = []
    for found in text.days:
        if found.relation == "by" and found.end and not asked.has_day(found.end):
            mend = add_mend(asked.notice, found.what, found.end) if found.end >= clock.today() else ()
            said_so = _("The text says “%(clause)s”; nothing in the system is due then.") % {"clause": found.what}
            where = place("campaigns:editor", asked.notice.pk)
            yield Finding(f"day:{mark(found.what)}", said_so, where=where, mends=mend)
        elif found.relation != "by" and not asked.has_period(found):
            loose.append(found)
    if loose:
        what = in_short([f"“{found.what}”" for found in loose])
        said_so = _("The text names days on which nothing takes place in the system: %(what)s.") % {"what": what}
        code = f"days:{mark(*(found.what for found in loose))}"
        yield Finding(code, said_so, where=place("activities:activities", asked.campaign.pk))


# --- the data's demands ----------------------------------------------------------------------------------------


def unsaid(text: Spoken, asked: Asked) -> Iterator[Finding]:
    """Days the campaign or the notice has and the text does not name."""
    known = {row.pk for row in asked.of(text).values()} | {row.pk for row in asked.demands if in_numbers(text, row)}
    kinds, own = {each.kind for each in text.filings}, kinds_set(asked.notice)
    for name, field in CAMPAIGNS_OWN.items():
        if name in own and getattr(asked.campaign, field) and name not in kinds:
            yield not_named(asked, f"unsaid:{name}", Kind(name).label, asked.kinds[name])
    known |= {row.pk for row in asked.demands for each in text.filings if asked.is_said(each, row)}
    for row in asked.demands:
        if row.pk not in known and row.due_on and not named_by_day(text, row.due_on):
            drop = Mend(_("Ask for it no longer"), mends.drop_demand(row))
            yield not_named(asked, f"unsaid:demand:{row.pk}", row.title, asked.due[row.pk], drop)


def named_by_day(text: Spoken, day: date) -> bool:
    """Whether the text names this day for something that is no filing."""
    return any(found.relation == "by" and found.end == day for found in text.days)


def not_named(asked: Asked, code: str, what: object, day: date, *more: Mend) -> Finding:
    """Something is asked by a day and the text does not say so."""
    said_so = _("The system asks for “%(what)s” by %(day)s; the text does not say so.")
    where, mend = place("campaigns:editor", asked.notice.pk), tuple[Mend, ...]()
    if asked.notice.is_written:
        mend = (Mend(_("Write it into the text"), mends.write(asked.notice, what, day)),)
    return Finding(f"{code}:{day}", said_so % {"what": what, "day": shown(day)}, where=where, mends=(*mend, *more))


# --- mending ---------------------------------------------------------------------------------------------------


def kind_mend(each: Said, asked: Asked) -> tuple[Mend, ...]:
    """The campaign's own day becomes the text's."""
    field = CAMPAIGNS_OWN.get(each.kind)
    if field is None or each.day is None or each.day < clock.today():
        return ()
    return (Mend(to_day(each.day), mends.set_day(asked.campaign, field, each.day)),)


def demand_mend(each: Said, row: Demand) -> tuple[Mend, ...]:
    """The demand's day becomes the text's."""
    if each.day is None or each.day < clock.today():
        return ()
    return (Mend(to_day(each.day), mends.set_day(row, "due_on", each.day)),)


def missing_mend(each: Said, asked: Asked) -> tuple[Mend, ...]:
    """It is asked of those the text names, or of everybody."""
    units = Named(asked.notice).units(each.who)
    return add_mend(asked.notice, each.item, each.day, units) if each.day else ()


def add_mend(notice: Notice, item: str, day: date, units: Collection[Unit] = ()) -> tuple[Mend, ...]:
    """It is asked of every addressee, or of some."""
    return (Mend(_("Ask for it by %(day)s") % {"day": shown(day)}, mends.add_demand(notice, item, day, units)),)


def to_day(day: date) -> str:
    return _("Change to %(day)s") % {"day": shown(day)}
