"""The office's joint meetings and its indicators over years, by the deeds of the pages."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import make_aware

from accounts.models import Role, Unit, User
from accounts.models.memberships import UNIT_ROLES
from activities.meetings import answering, attendance, convening, decisions, minutes
from activities.meetings.convening import Asked
from activities.models import Material, Meeting, Presence
from activities.states import InvitationState
from reports.demonstration.load import Demonstration
from reports.indicators import values
from reports.indicators.values import Reported
from reports.models import Target
from workflow import clock

FIRST = date(2015, 9, 8)
SERIES, CHAIR, PLACE = "深圳市质量工作联席会议", "李主任", "市民中心C区2103会议室"
AGENDA = ("通报“质量月”活动筹备情况", "研究重点行业质量整治安排", "部署下一步工作")
DECIDED = (
    ("汇总各单位活动安排，印发“质量月”活动手册", 15, True),
    ("组织电梯、燃气等民生领域质量安全专项检查，并书面报告结果", 25, True),
    ("牵头做好质量开放日的安全保障方案", 14, False),
)
"""What was decided, on which day of September it is due, and whether it was done."""
TARGETS = (
    ("产品质量监督抽查合格率", "%", "at_least", "90", "95", ("90.6", "91.8", "92.9", "94.1", "95.3")),
    ("主导或参与制定国际、国家标准", "项", "at_least", "1200", "3000", ("1580", "1960", "2290", "2700余", "3120")),
    ("政府质量奖获奖组织", "家", "at_least", "12", "40", ("16", "21", "", "28", "33")),
    ("亿元生产总值生产安全事故死亡率", "", "at_most", "0.08", "0.05", ("0.076", "0.072", "0.07", "0.066", "")),
)
"""Name, measure, comparator, value of 2010, target of 2015, the values of 2011 to 2015 as far as they were reported."""


def held(demonstration: Demonstration, staff: User) -> None:
    """The first meeting is convened, answered, held and minuted; two of three things decided are done by October."""
    units = members(demonstration)[:9]
    with clock.as_of(date(2015, 9, 1)):
        meeting = meeting_of(demonstration, staff, "2015年第一次联席会议", FIRST, units)
        convening.convene(meeting, by=staff)
    with clock.as_of(date(2015, 9, 2)):
        for place, row in enumerate(meeting.invitations.standing().select_related("unit")):
            if place % 4 < 3:
                answered(row, to=InvitationState.EXCUSED if place == 5 else InvitationState.COMING)
    with clock.as_of(FIRST + timedelta(days=1)):
        rows = {
            row.pk: {"presence": Presence.EXCUSED if row.state == InvitationState.EXCUSED else Presence.PRESENT}
            for row in meeting.invitations.standing()
        }
        attendance.keep(meeting, rows, "", by=staff)
        for place, (text, day, _done) in enumerate(DECIDED):
            what = {"text": text, "unit": units[place], "due_on": date(2015, 9, day)}
            decisions.add(meeting, what, by=staff)
        meeting.refresh_from_db()
        draft = minutes.save(meeting, {"issue": "第1期", "body": minutes.proposed(meeting, staff)}, by=staff)
        minutes.circulate(draft, by=staff)
    for decided, (_text, day, done) in zip(meeting.decisions.order_by("order"), DECIDED, strict=True):
        if done:
            with clock.as_of(date(2015, 9, day - 1)):
                carried_out(decided.owed, staff)


def members(demonstration: Demonstration) -> list[Unit]:
    """The units of the campaign, in the order of lists."""
    return list(demonstration.notice.addressees.order_by("order", "pk"))


def meeting_of(demonstration: Demonstration, staff: User, title: str, on: date, units: list[Unit]) -> Meeting:
    """A meeting as its form would write it."""
    starts, ends = (make_aware(datetime(on.year, on.month, on.day, hour)) for hour in (15, 17))
    said = {"series": SERIES, "title": title, "starts_at": starts, "ends_at": ends, "place": PLACE, "chair": CHAIR}
    agenda = [(item, units[place] if place < 2 else None) for place, item in enumerate(AGENDA)]
    meeting = Meeting(campaign=demonstration.campaign)
    return convening.write(meeting, said | {"bring": "请携带书面材料1份。"}, Asked(units, [], agenda), by=staff)


def answered(row: Any, to: str) -> None:
    """A unit says who attends."""
    person = speaker(row.unit)
    said = {"person": person.name, "post": person.position, "more": ""}
    answering.answer(row, to, said if to == InvitationState.COMING else {**said, "person": "", "post": ""}, by=person)


def carried_out(task: Any, staff: User) -> None:
    """The unit reports what it did, and the office accepts it."""
    draft, person = Material.draft(task), speaker(task.unit)
    draft.text = "已按会议要求办理完毕，有关情况已书面报送。"
    draft.save_draft(by=person, seen=0)
    draft.submit(by=person)
    task.refresh_from_db()
    task.accept(by=staff)


def speaker(unit: Unit) -> User:
    """Who files for a unit."""
    return User.objects.speaking_for([unit], Role.LIAISON, *UNIT_ROLES).order_by("pk")[0]


def indicators(demonstration: Demonstration, staff: User) -> None:
    """Four targets of 2010 to 2015 with their values; the newest of the third waits for the office."""
    units = members(demonstration)
    for place, (name, measure, comparator, base, wanted, found) in enumerate(TARGETS, 1):
        target = Target.objects.create(
            host=demonstration.campaign.host, order=place, name=name, measure=measure, comparator=comparator,
            base_year=2010, base_value=Decimal(base), target_year=2015, target_value=Decimal(wanted), source="统计年报",
        )  # fmt: skip
        target.units.set([units[place - 1]])
        for year, text in enumerate(found, 2011):
            if text:
                value, about = Decimal(text.rstrip("余")), text if text.endswith("余") else ""
                row = values.report(
                    target, units[place - 1], Reported(year, value, about), by=speaker(units[place - 1])
                )
                if (place, year) != (3, 2015):
                    values.approve(row, by=staff)
