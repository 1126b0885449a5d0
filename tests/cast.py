"""A cast of characters: two offices, the units they address, the people of all of them.

The district is a unit in the city's campaign and the host of its own; nothing may assume one office in the world.
The city's notice can be issued (``issued``), which happens on 20 August 2015; tests run on 1 September 2015.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from html import unescape
from threading import Barrier, Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Role, Unit, UnitGroup, User
from activities import tasks
from activities.asking import issue
from activities.models import (
    Activity,
    Assignment,
    HandOut,
    LiaisonOfficer,
    LiaisonRegistration,
    Part,
    Participation,
    Plan,
)
from activities.models.activity import Scope
from activities.states import AssignmentState, Kind
from campaigns.models import Campaign, Indicator, Notice
from campaigns.way import approve
from reports.briefings.facts import totals
from reports.briefings.moment import stood
from reports.figures import IndicatorTotal
from reports.models import Figure, Summary
from tests.remember import remembered
from workflow import clock

ISSUED_ON = date(2015, 8, 20)
PLAN = {
    "goal": "Teach every street how to read a label",
    "content": "Stalls, a quiz, a tour",
    "starts_on": "2015-09-05",
    "ends_on": "2015-09-06",
    "schedule": "Saturday: stalls. Sunday: tour.",
    "place": "Citizens' square",
    "expected_participants": "300",
    "person_in_charge": "An Liang",
    "person_phone": "138 0000 0003",
    "budget": "12000.50",
    "budget_source": "Own funds",
    "safety": "Two wardens at each gate",
}
"""A complete plan as the form sends it."""

CODES = {"District office": "区质强"}
"""Each office numbers its notices under a code of its own."""

postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time: nothing can race"
)


def unit(name: str, **more: Any) -> Unit:
    """A unit; the later made, the later in lists."""
    return Unit.objects.create(name=name, order=Unit.objects.count(), **more)


def person(username: str, *roles: tuple[Unit, Role], **more: Any) -> User:
    """A person with these roles, who cannot sign in by password."""
    address = f"{username}@example.com"
    user = User.objects.create(**{"username": username, "name": username, "email": address, "password": "!"} | more)
    Membership.objects.bulk_create(Membership(user=user, unit=where, role=role) for where, role in roles)
    return user


def campaign(host: Unit, title: str) -> Campaign:
    """A Quality Month of September 2015, its summary due on 15 October."""
    return Campaign.objects.create(
        host=host,
        year=2015,
        title=title,
        theme="Quality starts with me",
        starts_on=date(2015, 9, 1),
        ends_on=date(2015, 9, 30),
        summary_due_on=date(2015, 10, 15),
    )


def notice(of: Campaign, seq: int, addressees: Iterable[Unit]) -> Notice:
    """A draft notice to these units."""
    found = Notice.objects.create(
        campaign=of,
        title=f"Notice of {of.title}",
        org_code=CODES.get(of.host.name, "深质强"),
        year=2015,
        number_wanted=seq,
        salutation="All member units",
        body="一、Purpose\nEverybody takes part.",
        signature=of.host.name,
    )
    found.addressees.set(addressees)
    return found


def activity(of: Campaign, title: str, leads: Iterable[Unit], assists: Iterable[Unit] = ()) -> Activity:
    """An activity with the units that lead and assist."""
    found = Activity.objects.create(campaign=of, order=of.activities.count(), scope=Scope.COMMON, title=title)
    parts = [*((each, Part.LEAD) for each in leads), *((each, Part.ASSIST) for each in assists)]
    Participation.objects.bulk_create(Participation(activity=found, unit=each, part=part) for each, part in parts)
    return found


@dataclass(frozen=True)
class Cast:
    """Who is there: the city's office, water and health as its units, the district, its street, a stranger."""

    office: Unit
    water: Unit
    health: Unit
    district: Unit
    street: Unit
    staff: User
    signer: User
    leader: User
    admin: User
    liaison: User
    head: User
    neighbour: User
    district_staff: User
    district_signer: User
    district_liaison: User
    street_liaison: User
    stranger: User
    campaign: Campaign
    notice: Notice
    district_campaign: Campaign
    district_notice: Notice

    def people(self) -> dict[str, User]:
        """Everybody by name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}

    def owed(self, where: Unit, kind: str) -> Assignment:
        """What a unit owes in the city's campaign, freshly read."""
        return Assignment.objects.get(campaign=self.campaign, unit=where, kind=kind)


def make_cast() -> Cast:
    """Write the cast; both notices are drafts."""
    return remembered(written)


def written() -> Cast:
    office = unit("City office", kind="office")
    water, health = unit("Water bureau", kept_by=office), unit("Health bureau", kept_by=office)
    district = unit("District office", kind="office", kept_by=office)
    street = unit("Street", kept_by=district)
    city, local = campaign(office, "City month"), campaign(district, "District month")
    for host, members in ((office, (water, health, district)), (district, (street,))):
        UnitGroup.objects.create(owner=host, name="Member units").units.set(members)
    activity(city, "Open day of the waterworks", [water], [health])
    activity(city, "Clinic on the square", [health, district])
    activity(local, "Street fair", [street])
    Indicator.objects.create(campaign=city, order=1, name="Posters", measure="sheets")
    Indicator.objects.create(campaign=city, order=2, name="Visitors", measure="people")
    return Cast(
        office=office,
        water=water,
        health=health,
        district=district,
        street=street,
        staff=person("staff", (office, Role.STAFF)),
        signer=person("signer", (office, Role.SIGNER)),
        leader=person("leader", (office, Role.LEADER)),
        admin=person("admin", (office, Role.ADMIN)),
        liaison=person("liaison", (water, Role.LIAISON), department="Office", mobile="138 0000 0001"),
        head=person("head", (water, Role.HEAD)),
        neighbour=person("neighbour", (health, Role.LIAISON)),
        district_staff=person("district_staff", (district, Role.STAFF)),
        district_signer=person("district_signer", (district, Role.SIGNER)),
        district_liaison=person("district_liaison", (district, Role.LIAISON)),
        street_liaison=person("street_liaison", (street, Role.LIAISON)),
        stranger=person("stranger"),
        campaign=city,
        notice=notice(city, 1, [water, health, district]),
        district_campaign=local,
        district_notice=notice(local, 2, [street]),
    )


def issued(cast: Cast | None = None) -> Cast:
    """The cast (a new one unless given) after the city's signer issued the notice on 20 August."""
    return sent_out(cast) if cast else remembered(sent_out)


def sent_out(cast: Cast | None = None) -> Cast:
    cast = cast or written()
    with clock.as_of(ISSUED_ON):
        approve(cast.notice, author=cast.staff, reviewer=cast.signer)
        issue.issue(cast.notice, by=cast.signer, due=issue.proposed_due(cast.notice))
    return cast


def hand_out_everything() -> None:
    """What a worker does with the hand-outs that wait."""
    for row in HandOut.objects.filter(state="queued", beat_at__lte=timezone.now()):
        tasks.hand_out(row.pk)


def signed_in(user: User, **more: Any) -> Client:
    """A browser in which this person is signed in and reads English, so that tests read message ids."""
    client = Client(**more)
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def text(response: Any) -> str:
    """The page as a person reads it, entities resolved and white space single."""
    return " ".join(unescape(response.content.decode()).split())


def said(response: Any) -> list[str]:
    """The messages at the head of the page a deed led to."""
    return [str(message) for message in response.context["messages"]]


def filed_plan(assignment: Assignment, by: User, **values: Any) -> Plan:
    """A plan written and submitted through the models."""
    plan = Plan.draft(assignment)
    for name, value in ({"goal": "A goal", "place": "A place"} | values).items():
        setattr(plan, name, value)
    return filed(plan, by)


def filed_summary(assignment: Assignment, by: User, *figures: int, **values: Any) -> Summary:
    """A summary with its figures in the order of the indicators, written and submitted."""

    def add_figures(summary: Summary) -> None:
        for indicator, value in zip(assignment.campaign.indicators.all(), figures, strict=False):
            Figure.objects.create(summary=summary, indicator=indicator, value=value)

    summary = Summary.draft(assignment)
    for name, value in ({"overview": "An overview"} | values).items():
        setattr(summary, name, value)
    return filed(summary, by, add_figures)


def filed_registration(assignment: Assignment, by: User, *names: str) -> LiaisonRegistration:
    """Liaison officers of these names, registered."""

    def add_officers(registration: LiaisonRegistration) -> None:
        for name in names:
            LiaisonOfficer.objects.create(
                registration=registration, name=name, department="Office", mobile="138 0000 0002"
            )

    return filed(LiaisonRegistration.draft(assignment), by, add_officers)


def filed(filing: Any, by: User, add_parts: Callable[[Any], None] = lambda filing: None) -> Any:
    """Save a draft, add what hangs off it, submit it. Returns: the filing."""
    filing.save_draft(by=by, seen=filing.revision)
    add_parts(filing)
    filing.submit(by=by)
    return filing


def log(record: Any) -> list[tuple[str, str, User | None, str]]:
    """The lines of a record's log: from, to, who, remark."""
    return [(line.from_state, line.to_state, line.by, line.note) for line in record.history()]


def at_once(deed: Callable[[Callable[[], Any]], Any], threads: int = 4) -> list[Any]:
    """Do a deed in several threads, each with a database connection of its own.

    Arguments: the deed, given a function that waits until all threads have come so far; how many threads.
    Returns: what each returned or raised, in the order in which they ended.
    """
    start, ends = Barrier(threads), list[Any]()

    def run() -> None:
        try:
            ends.append(deed(lambda: start.wait(10)))
        except Exception as error:  # handed to the test, which says what it expects
            ends.append(error)
        finally:
            connection.close()

    running = [Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(30)
    return ends


def totals_if_accepted(cast: Cast) -> list[IndicatorTotal]:
    """The figures of the summaries as a briefing says them once the office accepts what is filed; nothing is kept."""
    with transaction.atomic():
        for row in cast.campaign.assignments.filter(kind=Kind.SUMMARY, state=AssignmentState.SUBMITTED):
            row.accept(by=cast.staff)
        found = [each.total for each in totals(stood(cast.campaign))]
        transaction.set_rollback(True)
    return found
