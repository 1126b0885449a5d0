"""Plans the text asks of every unit, and units that owe none because they lead no activity."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.models import Unit
from activities.asking import mends
from activities.asking.handing_out import debts
from activities.asking.said_in_text import Said
from activities.finding import Finding, Mend, in_short, mark, place, shown
from activities.models import Demand
from activities.states import Kind
from campaigns.models import Notice
from documents.counts import so_many
from workflow import clock


def plans_of_all(notice: Notice, each: Said, demands: list[Demand]) -> Iterator[Finding]:
    """The text asks every unit for a plan; those that would owe none, and the press that asks them too.

    Arguments: the notice, a filing of its text, what the notice asks beside the usual.
    """
    if each.kind != Kind.PLAN or not each.of_all:
        return
    without = owing_none(notice, [row for row in demands if each.is_like(row.title)])
    if not without:
        return
    names = [unit.name for unit in without]
    said_so = so_many(
        "The text asks every unit for “%(item)s”; %(n)s unit leads no activity, so the system does not ask it: "
        "%(units)s.",
        "The text asks every unit for “%(item)s”; %(n)s units lead no activity, so the system does not ask them: "
        "%(units)s.",
        len(without),
        item=each.item,
        units=in_short(names),
    )
    code = f"plans:{mark(each.item, *(str(unit.pk) for unit in without))}"
    where = place("activities:activities", notice.campaign_id)
    yield Finding(code, said_so, where=where, mends=ask(notice, each, without))


def owing_none(notice: Notice, asked: list[Demand]) -> list[Unit]:
    """The addressees that would owe no plan, nor any of these demands."""
    units = list(notice.addressees.exclude(pk=notice.campaign.host_id))
    ids = [unit.pk for unit in units]
    owing = {debt.unit for debt in debts(notice, ids) if debt.kind in (Kind.PLAN, Kind.DELIVERABLE)}
    for row in asked:
        owing |= set(row.of(ids))
    return [unit for unit in units if unit.pk not in owing]


def ask(notice: Notice, each: Said, units: list[Unit]) -> tuple[Mend, ...]:
    """They are asked for it by the day of the text, beside the usual; without a day to come there is no press."""
    if each.day is None or each.day < clock.today():
        return ()
    label = _("Ask them too by %(day)s") % {"day": shown(each.day)}
    return (Mend(label, mends.add_demand(notice, each.item, each.day, units)),)
