"""A synthetic province for load work: many units, issued by the real deed, filed in bulk."""

from datetime import date, timedelta
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Role, Unit, UnitGroup, User
from activities.asking import issue
from activities.models import Activity, Assignment, Participation
from activities.models.activity import Part, Scope
from activities.states import REVIEWED, AssignmentState, Kind
from campaigns.models import Campaign, Indicator, Notice, Slogan
from campaigns.way import approve
from reports.demonstration.stages import DAYS, ISSUED_ON
from reports.recount import rebuild
from workflow import clock
from workflow.models import Transition

FILED_BY_STAGE: dict[str, tuple[str, ...]] = {
    "draft": (),
    "issued": (Kind.RECEIPT,),
    "plans": (Kind.RECEIPT, Kind.LIAISON, Kind.PLAN),
    "summaries": tuple(Kind),
    "briefing": tuple(Kind),
}
MISSING, LATE, RETURNED = 0.04, 0.08, 0.05
"""Shares of what is never filed, filed late, and returned."""
BATCH = 2000


def build(stage: str, units: int) -> date:
    """Build a province with this many units at a stage; one activity for each unit.

    Arguments: one of the stages; the number of units. Returns: the day it is to be seen as of.
    """
    with transaction.atomic():
        campaign = make_campaign(make_units(units))
        notice = make_notice(campaign)
        if stage != "draft":
            with clock.as_of(ISSUED_ON):
                signer = User.objects.get(username="signer")
                approve(notice, author=User.objects.get(username="staff"), reviewer=signer)
                issue.issue(notice, by=signer, due=issue.proposed_due(notice))
            file_in_bulk(campaign, FILED_BY_STAGE[stage], DAYS[stage])
    return DAYS[stage]


def make_units(number: int) -> Unit:
    """An office, its people, and the units it addresses, each with a liaison officer. Returns: the office."""
    root = Unit.objects.create(name="示范省", full_name="示范省人民政府", kind="government", level="province")
    office = Unit.objects.create(name="省质强办", full_name="示范省质量强省工作领导小组办公室", kind="office",
                                 level="province", parent=root)  # fmt: skip
    units = Unit.objects.bulk_create(
        [
            Unit(name=f"第{n:04}单位", full_name=f"示范省第{n:04}单位", parent=root, order=n, kept_by=office)
            for n in range(1, number + 1)
        ],
        batch_size=BATCH,
    )
    group = UnitGroup.objects.create(owner=office, name="成员单位")
    through = UnitGroup.units.through
    through.objects.bulk_create((through(unitgroup=group, unit=unit) for unit in units), batch_size=BATCH)
    make_people(office, units)
    return office


def make_people(office: Unit, units: list[Unit]) -> None:
    """Four people of the office and one liaison officer a unit; one password for all."""
    password = make_password(settings.DEMONSTRATION_PASSWORD)
    posts = [(str(name), office, name) for name in (Role.STAFF, Role.SIGNER, Role.LEADER, Role.ADMIN)]
    posts += [(f"liaison-{unit.order}", unit, Role.LIAISON) for unit in units]
    users = User.objects.bulk_create(
        [
            User(username=name, name=f"示例{name}", password=password, email=f"{name}@example.com")
            for name, _unit, _role in posts
        ],
        batch_size=BATCH,
    )
    Membership.objects.bulk_create(
        [Membership(user=user, unit=unit, role=role) for user, (_n, unit, role) in zip(users, posts, strict=True)],
        batch_size=BATCH,
    )


def make_campaign(office: Unit) -> Campaign:
    """A campaign in which every addressed unit leads one activity."""
    campaign = Campaign.objects.create(
        host=office,
        year=2015,
        title="2015年示范省“质量月”活动",
        theme="质量成就未来",
        starts_on=date(2015, 9, 1),
        ends_on=date(2015, 9, 30),
        summary_due_on=date(2015, 10, 15),
    )
    campaign.groups.set(office.groups.all())
    Slogan.objects.create(campaign=campaign, order=1, text=campaign.theme, is_theme=True)
    Indicator.objects.create(campaign=campaign, order=1, name="开展活动场次", measure="场")
    units = list(UnitGroup.objects.get(owner=office).units.all())
    rows = [
        Activity(campaign=campaign, order=n, scope=Scope.MEMBER, owner=unit, title=f"{unit.name}质量开放日",
                 starts_on=date(2015, 9, 1 + n % 28), ends_on=date(2015, 9, 2 + n % 28))
        for n, unit in enumerate(units)
    ]  # fmt: skip
    activities = Activity.objects.bulk_create(rows, batch_size=BATCH)
    Participation.objects.bulk_create(
        [Participation(activity=each, unit=unit, part=Part.LEAD) for each, unit in zip(activities, units, strict=True)],
        batch_size=BATCH,
    )
    return campaign


def make_notice(campaign: Campaign) -> Notice:
    """The draft notice, addressed to all units."""
    notice = Notice.objects.create(
        campaign=campaign,
        title="关于开展2015年示范省“质量月”活动的通知",
        org_code="示质强办",
        year=2015,
        salutation="各成员单位",
        body="现就开展2015年“质量月”活动通知如下：\n一、按期报送活动总结\n请于10月15日前报送。",
        signature=campaign.host.full_name,
    )
    through = Notice.addressees.through
    units = UnitGroup.objects.get(owner=campaign.host).units.values_list("pk", flat=True)
    through.objects.bulk_create((through(notice=notice, unit_id=pk) for pk in units), batch_size=BATCH)
    return notice


def file_in_bulk(campaign: Campaign, kinds: tuple[str, ...], today: date) -> None:
    """File most of what is owed, with its line in the log: the same shares whatever the size."""
    random = Random(campaign.year)  # nosec B311 # the same shares each time
    rows = [
        row
        for row in Assignment.objects.filter(campaign=campaign, kind__in=kinds).order_by("pk")
        if random.random() > MISSING  # nosec B311 # the same
    ]
    for row in rows:
        late = random.random() < LATE  # nosec B311 # the same
        row.submitted_at = min(row.due_at + timedelta(days=2 if late else -2), clock.end_of(today))
        row.state = AssignmentState.SUBMITTED
        if row.kind in REVIEWED:
            row.state = AssignmentState.RETURNED if random.random() < RETURNED else AssignmentState.ACCEPTED  # nosec B311 # the same
    Assignment.objects.bulk_update(rows, ["state", "submitted_at"], batch_size=500)
    kind = ContentType.objects.get_for_model(Assignment)
    Transition.objects.bulk_create(
        [
            Transition(content_type=kind, object_id=row.pk, from_state="open", to_state=row.state,
                       at=row.submitted_at or timezone.now())
            for row in rows
        ],
        batch_size=BATCH,
    )  # fmt: skip
    rebuild(campaign)  # each line of the log is of the day of its filing, and so are the counts
