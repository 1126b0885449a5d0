"""A notice of the fixtures carried out over four levels: adopted, handed down, filed, accepted, released, rolled up.

The offices above and below, their people and what they filed are invented; the notice is the fixture's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Role, Unit, UnitGroup, User
from activities.adopting import coverage
from activities.adopting.adopt import Plan, adopt
from activities.adopting.choice import Choice
from activities.asking import issue
from activities.handing_down.hand_down import hand_down, own_assignments, why_not
from activities.models import Adoption, Assignment, Demand
from activities.states import Kind
from campaigns import way
from campaigns.models import Campaign, Indicator, Notice, RollUp
from campaigns.states import NoticeState
from reports.briefings.composing import begin as begin_briefing
from reports.demonstration.load import Demonstration
from reports.models import BriefingKind, Figure, LevelRelease, Quote, RolledSummary, Summary
from reports.rolling_up import compose
from reports.rolling_up.release import release
from workflow import clock

FIGURES = (
    ("开展活动场次", "场", RollUp.SUM),
    ("参加活动人次", "人次", RollUp.SUM),
    ("抽查产品批次", "批次", RollUp.SUM),
    ("合格产品批次", "批次", RollUp.SUM),
    ("开展质量开放日的单位", "个", RollUp.DISTINCT),
)
SHARE = "抽查合格率"
DISTRICTS = ("江东区", "江西区", "城南区")
TOWNS = ("一街道", "二街道", "三镇")
SILENT_TOWN = "城南区三镇"
"""Who files nothing, so that a list of the silent has somebody in it."""
WITHDRAWN_TOWN = "江西区二街道"
"""Whose summary is returned after everything was released."""
MARGIN = 4
DAYS_TO_ADOPT = 4


@dataclass(frozen=True)
class Office:
    """An office of the demonstration with its people: one who is staff and files for it, a signer, a head."""

    unit: Unit
    staff: User
    signer: User
    head: User


class People:
    """Makes people with the password of the demonstration, hashed once."""

    def __init__(self) -> None:
        self.password = make_password(settings.DEMONSTRATION_PASSWORD)

    def person(self, username: str, name: str, unit: Unit, *roles: Role) -> User:
        """Somebody with these roles in a unit; who is there already gets the roles."""
        address = f"{username}@example.com"
        user, _made = User.objects.get_or_create(
            username=username, defaults={"name": name, "password": self.password, "email": address}
        )
        for role in roles:
            Membership.objects.get_or_create(user=user, unit=unit, role=role)
        return user

    def office(self, unit: Unit, key: str) -> Office:
        """The people of an office: its staff also file for it above."""
        Unit.objects.filter(pk=unit.pk).update(kind="office")
        unit.refresh_from_db()
        return Office(
            unit,
            self.person(f"{key}-staff", f"{unit.name}经办", unit, Role.STAFF, Role.LIAISON),
            self.person(f"{key}-signer", f"{unit.name}签发", unit, Role.SIGNER),
            self.person(f"{key}-head", f"{unit.name}负责人", unit, Role.HEAD),
        )


def build(demonstration: Demonstration, cities: int | None = None) -> date:
    """Carry the fixture's notice out on every level and roll the results up.

    Arguments: the fixture, loaded, its notice still a draft; how many cities carry it out (None: all of them).
    Returns: the day it is to be seen as of.
    """
    people, province = People(), demonstration.campaign
    add_figures(province)
    Demand.objects.create(
        notice=demonstration.notice,
        order=demonstration.notice.demands.count() + 1,
        title="典型经验做法材料",
        due_on=province.summary_due_on,
    )
    national(demonstration, people)
    send(demonstration.notice, issued_on=demonstration.issued_on)
    for number, unit in enumerate(list(addressed_offices(demonstration))[:cities]):
        city(demonstration, people, unit, number)
    take_in(province)
    brief(province)
    return seen_on(province)


def seen_on(province: Campaign) -> date:
    """The day before the last day of the summaries."""
    return province.summary_due_on - timedelta(days=1)


def add_figures(campaign: Campaign) -> None:
    """The figures the province asks for; the share follows from two of them."""
    made = {
        name: Indicator.objects.create(campaign=campaign, order=order, name=name, measure=measure, rollup=rollup)
        for order, (name, measure, rollup) in enumerate(FIGURES, 1)
    }
    Indicator.objects.create(
        campaign=campaign,
        order=len(FIGURES) + 1,
        name=SHARE,
        measure="%",
        rollup=RollUp.RATIO,
        part=made["合格产品批次"],
        whole=made["抽查产品批次"],
    )


def national(demonstration: Demonstration, people: People) -> None:
    """The national notice, if the fixture names its campaign, issued and carried out by the province."""
    province = demonstration.campaign
    upper = province.parent
    if upper is None:
        return
    office = people.office(upper.host, "national")
    notice = Notice.objects.create(
        campaign=upper,
        title=f"关于开展{upper.title}的通知",
        org_code="国质检质联",
        year=upper.year,
        number_wanted=351,
        salutation="各省、自治区、直辖市质量技术监督局",
        body=f"现就开展{upper.title}有关事项通知如下：\n一、有关要求\n（一）加强组织领导。各地要制定实施方案，精心组织。\n"
        "（二）广泛宣传发动。各地要充分利用各类媒体开展宣传。",
        signature=upper.host.official_name,
    )
    notice.addressees.set([province.host])
    on = demonstration.issued_on - timedelta(days=6)
    with clock.as_of(on):
        issue_it(notice, office)
        adoption = adopt(notice, province.host, Plan(province.title, 0, (), province), by=staff_of(province.host))
        for row in coverage.open_rows(adoption):
            coverage.decide(adoption, row, f"unit:{province.host_id}", "", by=staff_of(province.host))
    province.refresh_from_db()


def staff_of(unit: Unit) -> User:
    return User.objects.speaking_for([unit], Role.STAFF).order_by("pk")[0]


def issue_it(notice: Notice, office: Office) -> None:
    """From the draft to what every unit owes, by two people."""
    way.approve(notice, author=office.staff, reviewer=office.signer)
    notice.refresh_from_db()
    issue.issue(notice, by=office.signer, due=issue.proposed_due(notice))


def send(notice: Notice, *, issued_on: date) -> None:
    """The province's notice goes out, countersigned by whoever issues it jointly."""
    host = notice.campaign.host
    signer = User.objects.speaking_for([host], Role.SIGNER).order_by("pk")[0]
    with clock.as_of(issued_on):
        way.approve(notice, author=staff_of(host), reviewer=signer)
        for body in notice.joint_bodies.select_related("unit"):
            by = User.objects.speaking_for([body.unit], Role.SIGNER).order_by("pk")[0]
            way.countersign(notice, body, by=by)
        notice.refresh_from_db()
        if notice.state != NoticeState.ISSUED:
            issue.issue(notice, by=signer, due=issue.proposed_due(notice))


def addressed_offices(demonstration: Demonstration) -> Iterable[Unit]:
    """The offices of the cities: those called so, else the bureaus of quality."""
    rows = demonstration.notice.addressees.filter(level="city").order_by("order", "pk")
    offices = rows.filter(kind="office")
    return offices if offices.exists() else rows.filter(name__endswith="质监局")


# --- one city, with districts and towns where it is the first -----------------------------------------------------


def city(demonstration: Demonstration, people: People, unit: Unit, number: int) -> None:
    """A city carries the notice out; the first one over districts and towns, the others with two districts each."""
    office = people.office(unit, "city" if number == 0 else f"city-{number:02}")
    place = unit.parent.name if unit.parent else unit.name
    names = DISTRICTS if number == 0 else DISTRICTS[:2]
    lower = [below(unit, f"{place}{name}", "district") for name in names]
    on = demonstration.issued_on + timedelta(days=DAYS_TO_ADOPT)
    campaign = carried_out(demonstration.notice, office, lower, on, number)
    for order, each in enumerate(lower):
        key = f"{number:02}-{order}"
        if number == 0:
            district(campaign, people, each, "district" if order == 0 else f"district-{order}")
        else:
            file(campaign, each, people.person(f"unit-{key}", f"{each.name}联络员", each, Role.LIAISON), number + order)
    if number == 0:
        divided(campaign, office, lower)
    if number % 6 == 5:
        return  # a city that has not come so far: its figures are shown as not released
    put_together(campaign, office)


def below(above: Unit, name: str, level: str) -> Unit:
    """A unit an office looks after, in its group."""
    unit = Unit.objects.create(
        name=name, full_name=f"{name}{'质量工作办公室' if level == 'district' else '办事处'}", kind="district",
        level=level, parent=above.parent, kept_by=above, order=Unit.objects.count(),
    )  # fmt: skip
    group, _made = UnitGroup.objects.get_or_create(owner=above, name="所属单位")
    group.units.add(unit)
    return unit


def carried_out(upper: Notice, office: Office, lower: list[Unit], on: date, number: int) -> Campaign:
    """An office adopts the upper notice and issues its own; what it does not carry out differs a little each time."""
    activities = list(upper.campaign.activities.all())
    chosen = [
        Choice(each, "leave", to="由上级统一组织") if place % 5 == 4 else Choice(each)
        for place, each in enumerate(activities)
    ]
    with clock.as_of(on):
        place = office.unit.parent.name if office.unit.level == "city" and office.unit.parent else office.unit.name
        plan = Plan(f"{upper.year}年{place}“质量月”活动", MARGIN, chosen)
        adoption = adopt(upper, office.unit, plan, by=office.staff)
        for order, row in enumerate(coverage.open_rows(adoption)):
            if (order + number) % 7:
                coverage.decide(adoption, row, f"unit:{office.unit.pk}", "", by=office.staff)
    with clock.as_of(on + timedelta(days=2)):
        notice = adoption.campaign.notices.get()
        Notice.objects.filter(pk=notice.pk).update(org_code=code_of(office.unit), salutation="各所属单位")
        notice.refresh_from_db()
        issue_it(notice, office)
    return Campaign.objects.get(pk=adoption.campaign_id)


def code_of(unit: Unit) -> str:
    """The code under which an office numbers its notices."""
    return f"质月{unit.pk}"


def district(upper: Campaign, people: People, unit: Unit, key: str) -> None:
    """A district carries out the city's notice with its towns, and answers the city."""
    office = people.office(unit, key)
    lower = [below(unit, f"{unit.name}{name}", "town") for name in TOWNS]
    notice = upper.notices.filter(state=NoticeState.ISSUED).get()
    on = clock.last_day(notice.issued_at or clock.now()) + timedelta(days=1)
    campaign = carried_out(notice, office, lower, on, 1)
    for order, town in enumerate(lower):
        person = people.person(f"{key}-town-{order}", f"{town.name}联络员", town, Role.LIAISON)
        if not town.name.endswith(SILENT_TOWN):
            file(campaign, town, person, order)
    put_together(campaign, office)
    with clock.as_of(upper.summary_due_on - timedelta(days=1)):
        owed = Assignment.objects.get(campaign=upper, unit=unit, kind=Kind.SUMMARY)
        owed.accept(by=staff_of(upper.host))


def file(campaign: Campaign, unit: Unit, person: User, number: int) -> None:
    """A unit files its summary with figures; the office of the campaign accepts it."""
    owed = Assignment.objects.get(campaign=campaign, unit=unit, kind=Kind.SUMMARY)
    with clock.as_of(campaign.summary_due_on - timedelta(days=2)):
        draft = Summary.draft(owed)
        for name, words in zip(Summary.SECTIONS, texts(unit, number), strict=True):
            setattr(draft, name, words)
        draft.save_draft(by=person, seen=0)
        Figure.objects.bulk_create(figures(draft, campaign, number))
        draft.submit(by=person)
    with clock.as_of(campaign.summary_due_on - timedelta(days=1)):
        owed.refresh_from_db()
        owed.accept(by=staff_of(campaign.host))


def texts(unit: Unit, number: int) -> Iterator[str]:
    """The sections of a summary: each says something of its own."""
    streets = ("农贸市场", "工业园区", "社区广场", "中小学校", "建筑工地")
    place = streets[number % len(streets)]
    yield f"{unit.name}成立专班，制定方案，主要负责人到场部署。"
    asked = 20 + number * 7
    yield f"在{place}设立质量咨询台，现场解答群众关心的质量问题{asked}件；组织企业开放生产线，请群众走进企业。"
    yield f"{place}一批计量器具得到校准，群众反映的短斤少两问题当场解决。"
    yield "基层专业人员偏少，抽查设备不足。"
    yield "建议上级统一安排专家下基层。"


def figures(draft: Summary, campaign: Campaign, number: int) -> Iterator[Figure]:
    """The figures of a summary; people are counted about right only."""
    checked = 40 + number * 3
    values = {
        "开展活动场次": (3 + number, ""),
        "参加活动人次": (500 + number * 100, f"{500 + number * 100}余"),
        "抽查产品批次": (checked, ""),
        "合格产品批次": (checked - 2, ""),
        "开展质量开放日的单位": (number % 3, ""),
    }
    for row in campaign.indicators.filter(name__in=values):
        value, about = values[row.name]
        yield Figure(summary=draft, indicator=row, value=value, about=about)


def put_together(campaign: Campaign, office: Office) -> None:
    """The head releases; the summary for the level above is put together, opened, and submitted."""
    with clock.as_of(campaign.summary_due_on):
        release(campaign, by=office.head)
        rolled = compose.begin(campaign, by=office.staff)
        RolledSummary.objects.filter(pk=rolled.pk).update(opened=True)
        draft = compose.write(rolled, by=office.staff)
        draft.assignment.refresh_from_db()
        draft.submit(by=office.staff)


def divided(campaign: Campaign, office: Office, lower: list[Unit]) -> None:
    """What the office owes above and can hand down is handed to its districts."""
    rows = own_assignments(office.staff).filter(campaign=campaign.parent, kind__in=(Kind.PLAN, Kind.OTHER))
    for row in rows.for_list()[:1]:
        with clock.as_of(clock.last_day(row.due_at) - timedelta(days=1)):
            if not why_not(row):
                hand_down(row, lower, clock.last_day(row.due_at), by=office.staff)


# --- the province -------------------------------------------------------------------------------------------------


def take_in(province: Campaign) -> None:
    """The province accepts what the cities filed and releases; afterwards a town's summary is returned."""
    with clock.as_of(seen_on(province)):
        for row in Assignment.objects.filter(campaign__in=levels_from(province), kind=Kind.SUMMARY, state="submitted"):
            row.accept(by=staff_of(row.campaign.host))
        for adoption in Adoption.objects.filter(campaign__parent=province).select_related("campaign__host"):
            refresh(adoption.campaign)
        returned = Assignment.objects.filter(unit__name__endswith=WITHDRAWN_TOWN, kind=Kind.SUMMARY).first()
        if returned:
            returned.send_back(by=staff_of(returned.campaign.host), reason="抽查批次有误，请核对。")


def levels_from(province: Campaign) -> list[Campaign]:
    """The province's campaign and those that carry it out directly."""
    return [province, *Campaign.objects.filter(parent=province)]


def refresh(campaign: Campaign) -> None:
    """A city releases once more what was accepted since."""
    head = User.objects.speaking_for([campaign.host], Role.HEAD).order_by("pk").first()
    if LevelRelease.objects.filter(campaign=campaign).exists():
        release(campaign, by=head)


def brief(province: Campaign) -> None:
    """The province begins its briefing and quotes a passage that a town wrote."""
    host = province.host
    with clock.as_of(seen_on(province)):
        composition = begin_briefing(province, BriefingKind.CONSOLIDATED, by=staff_of(host))
        rolled = RolledSummary.objects.filter(campaign__parent=province).select_related("assignment").first()
        piece = rolled.pieces.filter(key="practice").exclude(origin=None).first() if rolled else None
        if rolled and piece:
            text = f"{piece.source.unit.name}：{piece.text}"
            Quote.objects.create(
                composition=composition, assignment=rolled.assignment, order=1, quoted=text, text=piece.text[:600]
            )
