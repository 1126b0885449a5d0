"""Who is asked for what: debts that ring on a day, the people of their units, and units nobody can reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from django.db.models import Count, DateField, Exists, F, Max, OuterRef, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils.timezone import localdate

from accounts.models import Membership, Role, Unit, User
from accounts.models.memberships import UNIT_ROLES
from activities.chasing.rungs import Rungs
from activities.models import Assignment, Chasing, Ladder, Listed, Named, Petition, Reminder, Signing
from activities.states import OWED, AssignmentState, LetterState, PetitionState, SigningState
from campaigns.models import Campaign
from campaigns.states import CampaignState
from workflow import clock
from workflow.channels.channel import Channel
from workflow.channels.sending import in_use
from workflow.models import Notification, StoppedAddress
from workflow.workdays import working_days

OVER = (CampaignState.CLOSED, CampaignState.ARCHIVED)

IN_ORDER = ("unit__order", "unit", "pk")


class Ask(NamedTuple):
    """One debt and the roles in its unit (leader: in the office) whose holders are asked for it."""

    assignment: int
    roles: tuple[str, ...]


Asks = dict[int, list[Ask]]
"""What is asked, by unit."""


def owing(rows: "QuerySet[Assignment]") -> "QuerySet[Assignment]":
    """What of these assignments somebody may be reminded of now: owed, open for filing, nothing asked of the office.

    The stop conditions: filed, waived, no longer asked, begun of the unit's own accord, closed for filing, an extension
    or a waiver asked for and not decided, a campaign that is over.
    """
    asked = Petition.objects.filter(assignment=OuterRef("pk"), state=PetitionState.ASKED)
    rows = rows.filter(state__in=OWED, volunteered=False).exclude(campaign__state__in=OVER)
    return rows.exclude(locked_at__lt=clock.now()).exclude(Exists(asked))


def with_head() -> Exists:
    """Whether what a unit owes lies before its head: then the head is asked, and nobody who has done their part."""
    return Exists(Signing.objects.filter(assignment=OuterRef("pk"), state=SigningState.WAITING))


def ringing(campaign: Campaign, day: date, *, but_for: int | None = None) -> Asks:
    """What the rules ask for on a day: of each unit for which something rings, all whose ladder has begun.

    It rings when a rung was reached and no letter has named the debt since, so a day on which nothing went is caught
    up, once. Three queries, whatever the number.

    Arguments: the campaign; the day; a reminder whose letters do not count, because they are being written.
    """
    chasing, ladders, known = Chasing.of(campaign), Ladder.of(campaign), working_days()
    before = handled(campaign, but_for)

    @cache
    def rungs(kind: str, due: datetime, last: datetime) -> tuple[date | None, int]:
        found = Rungs(ladders[kind], due, last, chasing.send_at, known)
        return found.latest(day), found.late(day)

    begun, loud = defaultdict[int, list[Ask]](list), set[int]()
    rows = owing(Assignment.objects.filter(campaign=campaign)).annotate(head=with_head()).order_by(*IN_ORDER)
    for pk, unit, kind, due, extended, last, made, head, state in rows.values_list(
        "pk", "unit_id", "kind", "due_at", "extended_until", "last_at", "made_at", "head", "state"
    ):
        rung, late = rungs(kind, max(due, extended or due), last)
        named, times = before.get(pk, (None, 0))
        if rung is None or rung <= localdate(made) or times >= ladders[kind].at_most:
            continue
        late = 0 if state == AssignmentState.RETURNED else late  # it came; what is to be corrected is its officer's
        begun[unit].append(Ask(pk, roles_of(ladders[kind], late, head)))
        if named is None or named < rung:
            loud.add(unit)
    return {unit: asks for unit, asks in begun.items() if unit in loud}


def handled(campaign: Campaign, but_for: int | None) -> dict[int, tuple[date, int]]:
    """On which day a letter last named each debt, and for how many days: sent, waiting, or left out by a person.

    The day is that of the reminder, or the one on which it went where that is later.
    """
    rows = Named.objects.filter(letter__reminder__campaign=campaign).exclude(letter__reminder=but_for).order_by()
    day = "letter__reminder__day"
    went = Greatest(F(day), Coalesce(TruncDate("letter__sent_at"), F(day)), output_field=DateField())
    found = rows.exclude(letter__state=LetterState.NOTHING).values_list("assignment")
    return {pk: (last, times) for pk, last, times in found.annotate(last=Max(went), times=Count(day, distinct=True))}


def quiet_by_extension(reminder: Reminder, chasing: Chasing, debts: Mapping[int, Listed]) -> set[int]:
    """What of a reminder by rule no rung calls for, because more time was given after its letters were written.

    Arguments: the reminder; the rules of its campaign; what it asks for. Three queries where anything is extended.
    """
    now = clock.now()
    extended = {pk: row for pk, row in debts.items() if row.extended_until and row.last_at > now}
    if not extended:
        return set()
    ladders, known = Ladder.of(reminder.campaign), working_days()
    before = handled(reminder.campaign, reminder.pk)
    quiet = set[int]()
    for pk, row in extended.items():
        due = max(row.due_at, row.extended_until or row.due_at)
        rung = Rungs(ladders[row.kind], due, row.last_at, chasing.send_at, known).latest(clock.today())
        named, _times = before.get(pk, (None, 0))
        if rung is None or (named is not None and named >= rung):
            quiet.add(pk)
    return quiet


def roles_of(ladder: Ladder, late: int, head: bool) -> tuple[str, ...]:
    """Who is asked: the liaison officer, and from so many working days on the head and the leader as well."""
    roles: list[str] = [] if head else [Role.LIAISON]
    if head or 0 < ladder.head_after <= late:
        roles.append(Role.HEAD)
    if 0 < ladder.leader_after <= late:
        roles.append(Role.LEADER)
    return tuple(roles)


def found_by(rows: "QuerySet[Assignment]", *, to_heads: bool) -> Asks:
    """What a filter found of what is owed, asked of the liaison officers, perhaps of the heads as well."""
    found = defaultdict[int, list[Ask]](list)
    listed = owing(rows).annotate(head=with_head()).order_by(*IN_ORDER)
    for pk, unit, head in listed.values_list("pk", "unit_id", "head"):
        roles = [*([] if head else [Role.LIAISON]), *([Role.HEAD] if head or to_heads else [])]
        found[unit].append(Ask(pk, tuple(roles)))
    return found


# --- people -------------------------------------------------------------------------------------------------


Roles = dict[int, dict[str, list[int]]]
"""Who holds which role, by unit."""


def reachable(units: Collection[int]) -> Roles:
    """Active people who file for these units now, by unit and role; one query."""
    rows = Membership.objects.held_now().filter(unit__in=units, role__in=UNIT_ROLES, user__is_active=True)
    found: Roles = defaultdict(lambda: defaultdict(list))
    for unit, role, person in rows.order_by("pk").values_list("unit_id", "role", "user_id"):
        found[unit][role].append(person)
    return found


def leaders(campaign: Campaign) -> list[int]:
    """The leaders of the office that hosts a campaign."""
    rows = Membership.objects.held_now().filter(unit=campaign.host_id, role=Role.LEADER, user__is_active=True)
    return list(rows.order_by("pk").values_list("user_id", flat=True))


Letters = dict[int, dict[int, str]]
"""What each person is asked for: the debts, each with the role in which the person is asked."""


def letters(asks: Asks, people: Roles, above: list[int]) -> Letters:
    """Who gets what. A unit without a liaison officer is asked through its head, one without a head by its officer.

    Arguments: what is asked; who can be reached of the units; the leaders.
    """
    found: Letters = defaultdict(dict)
    for unit, each in asks.items():
        for ask in each:
            for role in ask.roles:
                as_what, asked = (role, above) if role == Role.LEADER else holders(people.get(unit, {}), role)
                for person in asked:
                    found[person].setdefault(ask.assignment, as_what)
    return found


def holders(here: dict[str, list[int]], role: str) -> tuple[str, list[int]]:
    """Who is asked in a role of a unit, and in which role they are: where nobody holds it, whoever files otherwise."""
    return next(((each, here[each]) for each in (role, *UNIT_ROLES) if here.get(each)), (role, []))


# --- nobody to reach ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missing:
    """A unit that hears nothing, or that hears it only where somebody signs in, and what is missing."""

    unit: int
    name: str
    why: str
    """``nobody``: no account files for it; ``inactive``: all of them are closed; ``over``: their roles have ended;
    ``mail``: there is nobody with an address of mail, ``stopped``: mail to all who have one comes back, so it stands in
    the inbox alone. No unit is listed for its mail where the office sends none and has no webhook."""


def missing(units: Collection[int]) -> list[Missing]:
    """The units among these that cannot be reached, or only where somebody signs in; in the order of units.

    Arguments: ids of units. Three queries, whatever the number, and one for each webhook that is for an office.
    """
    today, ways = clock.today(), in_use()
    stopped = set(StoppedAddress.objects.values_list("address", flat=True))
    rows = Membership.objects.filter(unit__in=units, role__in=UNIT_ROLES).order_by()
    columns = ("unit_id", "until", "user__is_active", "user_id", "user__username", "user__email")
    states = defaultdict[int, set[str]](set)
    for unit, until, active, *who in rows.values_list(*columns):
        if until and until < today:
            states[unit].add("over")
        elif not active:
            states[unit].add("inactive")
        else:
            states[unit].add(how_reached(ways, stopped, *who))
    silent = {unit: why_silent(states.get(unit, set())) for unit in units if "reached" not in states.get(unit, set())}
    return [Missing(pk, name, silent[pk]) for pk, name in named(silent)]


def how_reached(ways: list[Channel], stopped: set[str], pk: int, username: str, mail: str) -> str:
    """Whether a reminder reaches a person where they are, or why not: as :class:`Missing` has it, or ``reached``.

    Arguments: the channels in use; addresses that get no mail; the person.
    """
    comes_back = mail.lower() in stopped
    told = Notification(person=User(pk=pk, username=username, email="" if comes_back else mail), key="reminder-")
    if not ways or any(way.address_of(told) for way in ways):
        return "reached"
    return "stopped" if comes_back else "mail"


def why_silent(states: set[str]) -> str:
    """What is missing, of several things the one nearest to being mended."""
    return next((each for each in ("stopped", "mail", "inactive", "over") if each in states), "nobody")


def named(units: Iterable[int]) -> list[tuple[int, str]]:
    """Units by id and name, in their order."""
    return list(Unit.objects.filter(pk__in=list(units)).values_list("pk", "name"))
