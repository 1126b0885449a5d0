"""The ledger: every message to the people of a unit, by whom, when, over which channel, and what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.models.memberships import HOST_ROLES
from accounts.personal_data import masked_in
from activities.models import Assignment, Letter, Listed, Named
from workflow.channels.channel import MAIL, Cause, called
from workflow.models import Delivery, Notification
from workflow.templatetags.clock import short_moment


@dataclass(frozen=True)
class Outcome:
    """What became of a message over one channel."""

    channel: str
    said: str
    state: str
    """``done``, ``waits`` or ``failed``."""


@dataclass
class Entry:
    """One message in the ledger."""

    letter: Letter
    debts: list[Listed] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def at(self) -> datetime | None:
        return self.letter.sent_at

    @property
    def units(self) -> list[str]:
        """The units whose debts it named."""
        return list(dict.fromkeys(debt.unit for debt in self.debts))


def letters(user: Any, *, campaign: Any = None, unit: Any = None) -> Any:
    """The letters that were sent and that a person may see, the newest first.

    Arguments: who looks; only those of a campaign; only those that named a debt of a unit.
    """
    rows = Letter.objects.visible_to(user).sent().select_related("reminder__by", "reminder__campaign", "person")
    if campaign is not None:
        rows = rows.filter(reminder__campaign=campaign)
    if unit is not None:
        rows = rows.filter(pk__in=Named.objects.filter(assignment__unit=unit).values("letter"))
    return rows.order_by("-sent_at", "-pk")


def entries(rows: Iterable[Letter], user: Any, unit: Any = None) -> list[Entry]:
    """The letters of a page with what they named and what became of them; four queries, whatever the number.

    Arguments: letters; who looks: of what they named only what the person may see; only the debts of this unit.
    """
    found = {row.pk: Entry(row) for row in rows}
    rows_named = Named.objects.filter(letter__in=list(found)).order_by("pk")
    if unit is not None:
        rows_named = rows_named.filter(assignment__unit=unit)
    named = list(rows_named.values_list("letter", "assignment", "role"))
    seen = Assignment.objects.visible_to(user).filter(pk__in={debt for _letter, debt, _role in named})
    debts = {row.pk: row for row in seen.order_by().listed()}
    for letter, debt, role in named:
        if debt in debts:
            found[letter].debts.append(debts[debt])
        if (label := str(Role(role).label)) not in found[letter].roles:
            found[letter].roles.append(label)
    for pk, outcomes in outcomes_of([entry.letter for entry in found.values()], user).items():
        found[pk].outcomes = outcomes
    return list(found.values())


def outcomes_of(rows: Sequence[Letter], user: Any) -> dict[int, list[Outcome]]:
    """What became of the message in which each of these letters went; two queries.

    Arguments: the letters; who looks: only whoever is of the office reads what the other side said.
    """
    hosts = set(user.units_as(*HOST_ROLES))
    people, keys = {row.person_id for row in rows}, {row.key for row in rows}
    sent = Notification.objects.filter(person__in=people, key__in=keys).prefetch_related("deliveries")
    messages = {(each.person_id, each.key): each for each in sent}
    found = defaultdict[int, list[Outcome]](list)
    for row in rows:
        if message := messages.get((row.person_id, row.key)):
            hosted = row.reminder.campaign.host_id in hosts
            ways = [by_channel(each, in_full=hosted) for each in message.deliveries.all()]
            found[row.pk] = [in_inbox(message), *(ways or [no_way(message, row.person)])]
    return found


def in_inbox(message: Notification) -> Outcome:
    """Whether it was opened on the site."""
    if message.read_at:
        return Outcome(_("Inbox"), _("opened %(at)s") % {"at": short_moment(message.read_at)}, "done")
    return Outcome(_("Inbox"), _("not opened yet"), "waits")


def by_channel(delivery: Delivery, *, in_full: bool) -> Outcome:
    """Whether it arrived where the person is elsewhere, as far as the other side said.

    Arguments: the delivery; whether to say it in the other side's words, its addresses masked.
    """
    trouble = masked_in(delivery.trouble) if in_full else ""
    channel = called(delivery.channel)
    if delivery.delivered_at:
        return Outcome(channel, _("delivered %(at)s") % {"at": short_moment(delivery.delivered_at)}, "done")
    if delivery.given_up_at:
        why = " ".join(filter(None, [str(delivery.get_cause_display()), trouble]))
        return Outcome(channel, _("not delivered: %(why)s") % {"why": why}, "failed")
    if trouble:
        return Outcome(channel, _("tried again: %(why)s") % {"why": trouble}, "waits")
    return Outcome(channel, _("on its way"), "waits")


def no_way(message: Notification, person: Any) -> Outcome:
    """What can be said where no channel has it: none has taken it up yet, or it was handed on and none could."""
    why = _("not delivered: %(why)s")
    if not person.email:
        return Outcome(called(MAIL), why % {"why": str(Cause.NO_ADDRESS.label)}, "failed")
    if message.handed_on_at:
        none = _("there was no address then, or the channel is not in use")
        return Outcome(called(MAIL), why % {"why": none}, "failed")
    return Outcome(called(MAIL), _("on its way"), "waits")
