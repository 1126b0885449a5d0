"""What is asked twice: in two places of one notice, or although it is known from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from django.utils.translation import gettext as _

from activities.burden import grounds, mends
from activities.burden.asked import Asked
from activities.burden.known import filed_last_year, known_contacts, standing_figures
from activities.finding import Finding, Mend, in_short, mark, place, shown
from activities.models import Deliverable, Demand
from activities.states import Kind
from documents.counts import so_many, thousands
from documents.text import bare
from workflow import clock
from workflow.workdays import working_days

CONTACTS = re.compile("联络员|联络人|联系人|通讯录|联系方式|联系电话")
LIKE_USUAL = ((re.compile("总结"), Kind.SUMMARY), (CONTACTS, Kind.LIAISON), (re.compile("方案|活动计划"), Kind.PLAN))
"""Words by which something asked beside the usual is the usual itself."""
FEW = 3
"""Units whose liaison officers have to be known before anything is said of it."""
TOGETHER = 5
"""Working days that two last days may lie apart and still be one."""


def usual_again(asked: Asked) -> Iterator[Finding]:
    """Something asked beside the usual that the same units owe already: a summary, a plan, whom to call."""
    for pk, row in asked.demands.items():
        kind = next((kind for words, kind in LIKE_USUAL if words.search(row.title) and not row.counts), None)
        of = asked.units_of(demand=pk)
        both = of & asked.units_of(kind) if kind else set()
        if kind and both:
            rest = of - both
            label = _("Ask for it no longer") if not rest else ask_rest(len(rest))
            deed = mends.ask_of(row, rest) if rest else mends.drop_demand(row)
            text = so_many(
                "“%(what)s” is asked of %(n)s unit that owes it already, as “%(usual)s”.",
                "“%(what)s” is asked of %(n)s units that owe it already, as “%(usual)s”.",
                len(both),
                what=row.title,
                usual=kind.label,
            )
            code = f"burden:usual:{pk}:{mark(row.title, *map(str, sorted(both)))}"
            where = place("activities:demand", pk)
            yield Finding(code, text, where=where, mends=(Mend(label, deed),), rule=grounds.TWICE)


def ask_rest(number: int) -> str:
    """The words of a press that asks only some."""
    return so_many("Ask only the other %(n)s unit", "Ask only the other %(n)s units", number)


def alike(asked: Asked) -> Iterator[Finding]:
    """Two things asked beside the usual that are one; and two that the same units could hand in together."""
    rows = [row for row in asked.demands.values() if not row.counts]
    for one, other in combinations(rows, 2):
        mine, its = bare(one.title), bare(other.title)
        first, second = asked.units_of(demand=one.pk), asked.units_of(demand=other.pk)
        same = bool(mine and its) and (mine in its or its in mine) and bool(first & second)
        if same or (first == second and near(day_of(one, asked), day_of(other, asked))):
            yield one_of_two(asked, one, other, same=same)


def day_of(row: Demand, asked: Asked) -> date:
    """By when it is due; without a day of its own, with the summary."""
    return row.due_on or asked.notice.campaign.summary_due_on


def near(one: date, other: date) -> bool:
    """Whether at most so many working days lie between two days."""
    first, last = sorted((one, other))
    calendar = working_days()
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(map(calendar.is_working_day, days)) <= TOGETHER


def one_of_two(asked: Asked, one: Demand, other: Demand, *, same: bool) -> Finding:
    """The finding about two demands, and the press that makes them one."""
    units = asked.units_of(demand=one.pk) | asked.units_of(demand=other.pk)
    day = max(day_of(one, asked), day_of(other, asked), clock.today())
    if same:
        said = _("“%(one)s” and “%(other)s” ask the same units for the same thing.")
    else:
        said = _("“%(one)s” and “%(other)s” are due by the same units within a few days: they could be handed in once.")
    everybody = not (one.units.all() and other.units.all())
    label = _("Make one of them, by %(day)s") % {"day": shown(day)}
    mend = Mend(label, mends.merge((one, other), () if everybody else units, day))
    code = f"burden:two:{one.pk}:{other.pk}:{mark(one.title, other.title, str(day), *map(str, sorted(units)))}"
    text = said % {"one": one.title, "other": other.title}
    days = () if same else (day_of(one, asked), day_of(other, asked))
    rule = grounds.TWICE if same else grounds.MATERIALS
    return Finding(code, text, where=place("activities:demands", asked.notice.pk), mends=(mend,), days=days, rule=rule)


def reports_and_summary(asked: Asked) -> Iterator[Finding]:
    """Reports on progress of units that write it all down once more in their summary."""
    for pk, row in asked.demands.items():
        both = asked.units_of(demand=pk) & asked.units_of(Kind.SUMMARY)
        if row.counts == Kind.PROGRESS and both:
            text = so_many(
                "“%(what)s”: %(n)s unit reports %(times)s times and says it all again in its summary.",
                "“%(what)s”: %(n)s units report %(times)s times and say it all again in their summaries.",
                len(both),
                what=row.title,
                times=thousands(row.target or 1),
            )
            code = f"burden:reports:{pk}:{row.target}:{len(both)}"
            mend = Mend(_("Leave it to the summary"), mends.drop_demand(row))
            yield Finding(code, text, where=place("activities:demand", pk), mends=(mend,), rule=grounds.MATERIALS)


def figures_twice(asked: Asked) -> Iterator[Finding]:
    """Figures of the summary that the same units report count by count already."""
    if not asked.units_of(Kind.SUMMARY):
        return
    campaign = asked.notice.campaign
    counted = [(row.title, row.measure) for row in asked.demands.values() if row.counts or row.target]
    rows = Deliverable.objects.filter(activity__campaign=campaign, pk__in={each.deliverable for each in asked.owed})
    counted += list(rows.values_list("title", "measure"))
    for figure in campaign.indicators.all():
        name = bare(figure.name)
        like = [
            title
            for title, measure in counted
            if measure == figure.measure and name and (name in bare(title) or bare(title) in name)
        ]
        if like:
            said = _("The summary asks for “%(figure)s”, which “%(other)s” counts already: it is added up by itself.")
            text = said % {"figure": figure.label, "other": in_short(like)}
            mend = Mend(_("Drop it from the summary"), mends.drop_figure(figure))
            code = f"burden:figure:{figure.pk}:{mark(figure.label, *like)}"
            yield Finding(code, text, where=place("campaigns:figures", campaign.pk), mends=(mend,), rule=grounds.TWICE)


# --- known from elsewhere ------------------------------------------------------------------------------------------


def known_already(asked: Asked) -> Iterator[Finding]:
    """Whom to call where the register says it; lists filed last year; figures that do not change."""
    yield from contacts_known(asked)
    yield from lists_known(asked)
    yield from figures_known(asked)


def contacts_known(asked: Asked) -> Iterator[Finding]:
    """Most of the units asked for their liaison officers have one in the register, with name and telephone.

    Where it is only a few there is nothing to win: they see the form filled in.
    """
    owing = asked.units_of(Kind.LIAISON)
    known = owing & set(known_contacts(asked.notice))
    if len(known) >= FEW and 2 * len(known) > len(owing):
        text = so_many(
            "Of %(all)s units asked for their liaison officers, name and telephone of %(n)s are known already.",
            "Of %(all)s units asked for their liaison officers, names and telephones of %(n)s are known already.",
            len(known),
            all=thousands(len(owing)),
        )
        rest = len(owing - known)
        label = ask_rest(rest) if rest else _("Ask nobody for them")
        code = f"burden:contacts:{mark(*map(str, sorted(known)))}"
        where = place("activities:contacts", asked.notice.campaign_id)
        mend = Mend(label, mends.spare(asked.notice, Kind.LIAISON, known))
        yield Finding(code, text, where=where, mends=(mend,), rule=grounds.KNOWN)


def lists_known(asked: Asked) -> Iterator[Finding]:
    """Lists that the same units handed in last year under the same name."""
    for pk, row in asked.demands.items():
        had = filed_last_year(asked.notice, row) & asked.units_of(demand=pk)
        if had:
            text = so_many(
                "%(n)s unit filed “%(what)s” last year; it is shown to it, and only changes need to be written.",
                "%(n)s units filed “%(what)s” last year; it is shown to them, and only changes need to be written.",
                len(had),
                what=row.title,
            )
            rest = asked.units_of(demand=pk) - had
            label = ask_rest(len(rest)) if rest else _("Ask for it no longer")
            deed = mends.ask_of(row, rest) if rest else mends.drop_demand(row)
            code = f"burden:list:{pk}:{mark(row.title, *map(str, sorted(had)))}"
            where = place("activities:demand", pk)
            yield Finding(code, text, where=where, mends=(Mend(label, deed),), rule=grounds.KNOWN)


def figures_known(asked: Asked) -> Iterator[Finding]:
    """Figures of which the last two years say the same."""
    if not asked.units_of(Kind.SUMMARY):
        return
    for figure, units in standing_figures(asked.notice.campaign):
        text = so_many(
            "“%(figure)s” was the same in the last two years at %(n)s unit: it is known.",
            "“%(figure)s” was the same in the last two years at %(n)s units: it is known.",
            units,
            figure=figure.label,
        )
        mend = Mend(_("Drop it from the summary"), mends.drop_figure(figure))
        code = f"burden:standing:{figure.pk}:{mark(figure.label)}"
        where = place("campaigns:figures", asked.notice.campaign_id)
        yield Finding(code, text, where=where, mends=(mend,), rule=grounds.KNOWN)
