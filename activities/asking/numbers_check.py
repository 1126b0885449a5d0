"""The numbers a text demands against those asked in data, and of whom they are asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

import documents
from accounts.models import Unit
from activities.asking import mends
from activities.asking.said_in_text import Spoken
from activities.finding import Finding, Mend, in_short, mark, place, shown
from activities.models import Activity, Deliverable, Demand
from activities.reading.confirm import units_meant
from activities.reading.quotas import counts_of, least, some
from activities.reading.unit_names import Register
from campaigns.models import Notice
from documents.counts import so_many, thousands
from documents.text import bare


def numbers(notice: Notice, text: Spoken, demands: list[Demand], filings: Mapping[int, Demand]) -> Iterator[Finding]:
    """Numbers of the text that data do not ask, and demands asked of others than the text says.

    Arguments: the notice; what its text demands; its demands; which of these each filing of the text is.
    """
    asked = Numbers(notice, demands)
    loose = []
    for quota in text.quotas:
        if not asked.has(quota):
            found = asked.differs(quota)
            yield from [found] if found else ()
            loose += [] if found else [quota]
    if loose:
        what = in_short([f"“{quota.target.text}”" for quota in loose])
        said_so = _("The text names numbers that are asked of nobody: %(what)s.") % {"what": what}
        code = f"numbers:{mark(*(quota.target.text for quota in loose))}"
        yield Finding(code, said_so, where=place("activities:activities", notice.campaign_id))
    yield from of_others(notice, text, filings, asked)


def in_numbers(text: Spoken, row: Demand) -> bool:
    """Whether a demand is one of the numbers of the text."""
    return any(fits(quota, row) for quota in text.quotas)


def fits(quota: documents.reading.Quota, row: Demand) -> bool:
    """Whether a demand asks for what a number counts."""
    mine, its = bare(quota.item), bare(row.title)
    alike = bool(mine and its) and (mine in its or its in mine)
    return alike or bool(row.counts and row.counts == counts_of(quota.item))


class Numbers:
    """The numbers asked in data."""

    def __init__(self, notice: Notice, demands: list[Demand]) -> None:
        self.notice, self.demands = notice, demands
        self.named = Named(notice)

    @cached_property
    def deliverables(self) -> list[tuple[int | None, str, str]]:
        rows = Deliverable.objects.filter(activity__campaign=self.notice.campaign_id)
        return list(rows.values_list("target", "measure", "title"))

    @cached_property
    def activities(self) -> list[tuple[Activity, str]]:
        rows = Activity.objects.filter(campaign=self.notice.campaign_id)
        return [(row, bare("".join([row.title, row.description, row.remark]))) for row in rows]

    def has(self, quota: documents.reading.Quota) -> bool:
        """Whether data ask for just so many."""
        number = least(quota.target)
        if number is None:
            return False
        if any(row.target == number and fits(quota, row) for row in self.demands):
            return True
        same = [
            title for target, measure, title in self.deliverables if (target, measure) == (number, quota.target.unit)
        ]
        return any(bare(title) in bare(quota.target.text) or bare(quota.item) in bare(title) for title in same)

    def differs(self, quota: documents.reading.Quota) -> Finding | None:
        """A number that can be asked by one press; None for one that says how long, how large or at most."""
        number, words = least(quota.target), quota.target.text
        if number is None:
            return None
        code, where = f"number:{mark(words)}", place("campaigns:editor", self.notice.pk)
        values: dict[str, Any] = {"text": words}
        counts = {"target": number, "measure": quota.target.unit[:20], "counts": counts_of(quota.item)}
        if row := next((row for row in self.demands if fits(quota, row)), None):
            said_so = _("The text says “%(text)s”; the system asks for “%(title)s” with another number, or with none.")
            mend = Mend(_("Ask for %(number)s") % {"number": as_said(quota)}, mends.set_numbers(row, **counts))
            return Finding(f"{code}:{row.pk}", said_so % {**values, "title": row.title}, where=where, mends=(mend,))
        if found := next((row for row, said in self.activities if bare(words) in said), None):
            said_so = _("The text says “%(text)s” of “%(title)s”; the system asks nobody for the number.")
            deed = mends.add_deliverable(found, quota.item, number, quota.target.unit)
            mend = Mend(_("Ask those who lead it for the number"), deed)
            return Finding(code, said_so % {**values, "title": found.title}, where=where, mends=(mend,))
        said_so = _("The text says “%(text)s”; the system asks nobody for it.")
        return Finding(code, said_so % values, where=where, mends=(self.new_demand(quota, counts),))

    def new_demand(self, quota: documents.reading.Quota, counts: dict[str, Any]) -> Mend:
        """It is asked of those the text names, by the day of its sentence or the last day of the campaign."""
        day: date = quota.day or self.notice.campaign.ends_on
        units = self.named.units(quota.who)
        deed = mends.add_demand(self.notice, quota.item, day, units, **counts)
        return Mend(_("Ask for %(number)s by %(day)s") % {"number": as_said(quota), "day": shown(day)}, deed)


def as_said(quota: documents.reading.Quota) -> str:
    """A number with its unit of measure."""
    return f"{thousands(least(quota.target))}{quota.target.unit}"


class Named:
    """Whom words for some of the addressees mean; the register is read once, and only if there are such words."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice

    @cached_property
    def register(self) -> Register:
        return Register(self.notice.campaign.host)

    @cached_property
    def addressed(self) -> set[Unit]:
        return set(self.notice.addressees.all())

    def units(self, who: str) -> list[Unit]:
        """The addressees the words mean; none where everybody is meant, or nobody knows who."""
        if not some(who):
            return []
        found = [unit for each in self.register.named(who) for unit in units_meant(each)]
        return [unit for unit in dict.fromkeys(found) if unit in self.addressed]


def of_others(notice: Notice, text: Spoken, filings: Mapping[int, Demand], asked: Numbers) -> Iterator[Finding]:
    """Demands asked of other units than the text names."""
    said = [(row, text.filings[at].who) for at, row in filings.items()]
    said += [(row, quota.who) for quota in text.quotas for row in asked.demands if fits(quota, row)]
    seen: set[int] = set()
    for row, who in said:
        meant = set() if row.pk in seen else set(asked.named.units(who))
        if meant and meant != asked_of(row, asked.named):
            seen.add(row.pk)
            yield other_units(notice, row, who, meant, asked.named)


def asked_of(row: Demand, named: Named) -> set[Unit]:
    """Of whom a demand is asked."""
    return set(row.units.all()) or named.addressed


def other_units(notice: Notice, row: Demand, who: str, meant: set[Unit], named: Named) -> Finding:
    """The text asks some units, the data ask others."""
    said_so = so_many(
        "The text asks %(who)s for “%(what)s”; the system asks %(n)s unit.",
        "The text asks %(who)s for “%(what)s”; the system asks %(n)s units.",
        len(asked_of(row, named)),
        who=who,
        what=row.title,
    )
    label = so_many("Ask %(who)s only: %(n)s unit", "Ask %(who)s only: %(n)s units", len(meant), who=who)
    mend = Mend(label, mends.ask_of(row, meant))
    code = f"units:{row.pk}:{mark(who, *sorted(str(unit.pk) for unit in meant))}"
    return Finding(code, said_so, where=place("campaigns:editor", notice.pk), mends=(mend,))
