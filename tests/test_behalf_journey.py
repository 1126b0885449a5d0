"""Three stories of filing in somebody else's name, in the demonstration's September: both names are kept and shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import HandOver, User
from activities.behalf import links
from activities.models import Assignment, Plan
from activities.states import AssignmentState, Kind, Standing
from reports.figures import campaign_figures
from reports.models import Summary
from tests import september
from tests.cast import log
from tests.pages import page_of, press
from tests.september import UNIT, person
from workflow import clock
from workflow.models import Notification
from workflow.pages import may

pytestmark = pytest.mark.journey
IN_TIME, LATER = date(2015, 8, 28), date(2015, 10, 12)
MAIL = """{office}：
现报上我单位质量月活动方案。
一、活动目标
让居民学会看懂标签。
二、活动内容
（一）现场讲解。
（二）发放手册。
三、活动时间：2015年9月10日至11日
四、活动地点：文化广场
五、预计人数：200人
六、经费：8000元，从部门预算列支
七、负责人：陈某（电话 138 0000 0003）
八、安全措施：设安全员两名。
九、日程：第一天讲解，第二天发放。
十、车辆停放
请从北门进。"""


@pytest.fixture(autouse=True)
def issued(db: None) -> Any:
    """The notice of the demonstration is issued."""
    return september.issued()


def at_desk(username: str) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(person(username))
    return client


def page(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def filled(form: Any) -> dict[str, str]:
    """What stands in a form that a page shows."""
    found = {}
    for name in form.fields:
        value = form[name].value()
        if value not in (None, ""):
            found[name] = value.isoformat() if isinstance(value, date) else str(value)
    return found


def test_the_office_files_a_mail_on_behalf_of_a_unit() -> None:
    """A unit sends its plan by mail. The office puts it into the unit's form, corrects, submits, and accepts it."""
    [plan, *_others] = september.owed(Kind.PLAN)
    staff, address = at_desk("staff"), f"{plan.get_absolute_url()}?behalf=1"
    with clock.as_of(IN_TIME):
        opened = press(staff, f"/assignments/{plan.pk}/behalf/", text=MAIL.format(office="市质强办"))
        assert opened.redirect_chain == [(address, 302)]
        form = filled(opened.context["form"])
        assert (form["goal"], form["place"], form["person_in_charge"]) == ("让居民学会看懂标签。", "文化广场", "陈某")
        assert opened.context["remainder"].endswith("十、车辆停放\n请从北门进。")
        corrected = {"content": f"{form['content']}\n请从北门进。", "filed_for": "陈某", "filed_note": "8月28日邮件"}
        press(staff, page_of(opened), "action=submit", **corrected)
        plan.refresh_from_db()
        plan.accept(by=person("staff"))
    assert (plan.state, plan.standing) == (AssignmentState.ACCEPTED, Standing.ON_TIME)
    assert (plan.submitted_by, plan.filed_for, plan.filed_note) == (person("staff"), "陈某", "8月28日邮件")
    assert Plan.objects.get().content.endswith("请从北门进。")
    for reader in ("staff", "leader", "liaison-futian"):
        seen = page(at_desk(reader), plan.get_absolute_url())
        assert [name in seen for name in (str(person("staff")), "陈某", "8月28日邮件")] == [True] * 3
    [told, *_more] = Notification.objects.filter(person=person("liaison-futian"), url=plan.get_absolute_url())
    assert str(plan.activity) in told.text


def test_a_unit_without_an_account_files_its_summary_by_a_personal_link() -> None:
    """The office sends a link; the unit begins in the morning and submits in the evening; the link is then used up."""
    [summary], others = september.owed(Kind.SUMMARY), Assignment.objects.exclude(unit__name=UNIT)
    campaign, unit = summary.campaign, summary.unit
    with clock.as_of(LATER):
        link, secret = links.make(
            campaign, unit, [summary], person="周某", until=date(2015, 10, 15), uses=1, by=person("staff")
        )
        morning, evening = Client(), Client()
        morning.get(f"/link/{secret}/")
        assert [words in page(morning, "/link/") for words in (str(unit), "周某", str(campaign.host))] == [True] * 3
        press(morning, summary.get_absolute_url(), "action=save", overview="活动顺利。")
        evening.get(f"/link/{secret}/")
        opened = evening.get(summary.get_absolute_url())
        assert filled(opened.context["form"]) == {"overview": "活动顺利。"}
        rest = {"practice": "开展讲座。", "effect": "群众满意。", "filed_for": "周某某"}
        figures = dict.fromkeys(opened.context["figures"].fields, "1")
        press(evening, page_of(opened), "action=submit", **rest, **figures)
        assert evening.get("/link/").status_code == 410
        assert evening.get(others.filter(kind=Kind.SUMMARY)[0].get_absolute_url()).status_code == 302
    summary.refresh_from_db()
    link.refresh_from_db()
    assert (summary.state, summary.submitted_by, summary.filed_for, link.used) == ("submitted", None, "周某某", 1)
    assert Summary.objects.get().effect == "群众满意。"
    [(_from, _to, who, note)] = log(summary)
    assert (who, "周某某" in note, str(person("staff")) in note) == (None, True, True)
    seen = page(at_desk("staff"), summary.get_absolute_url())
    assert [name in seen for name in ("周某某", str(person("staff")))] == [True, True]
    with clock.as_of(LATER):
        assert next(row.tally.filed for row in campaign_figures(campaign).kinds if row.kind == Kind.SUMMARY) == 1


def test_a_liaison_officer_hands_over_to_a_successor_in_mid_campaign() -> None:
    """What is to be done and half-done goes on under the successor's name; what was filed keeps the old one."""
    old, unit = person("liaison-futian"), september.owed(Kind.RECEIPT)[0].unit
    [receipt], [plan, *_others] = september.owed(Kind.RECEIPT), september.owed(Kind.PLAN)
    with clock.as_of(IN_TIME):
        receipt.submit(by=old)
        draft = Plan.draft(plan)
        draft.goal = "写了一半"
        draft.save_draft(by=old, seen=0)
        held = old.memberships.get(role="liaison")
        press(at_desk(old.username), f"/hand-overs/{held.pk}/", name="吴某", username="liaison-wu")
    new = User.objects.get(username="liaison-wu")
    new.set_password("chosen at the first sign-in")
    new.save()
    [row] = HandOver.objects.all()
    assert (row.giver, row.taker, row.unit, row.by) == (old, new, unit, old)
    with clock.as_of(IN_TIME):
        assert (may(User.objects.get(pk=old.pk), "file", plan), may(new, "file", plan)) == (False, True)
        owed = Assignment.objects.of_units_of(new).owed()
        assert set(owed) == set(Assignment.objects.filter(unit=unit, state="open"))
        assert "写了一半" in page(at_desk("liaison-wu"), plan.get_absolute_url())
        unread = Notification.objects.filter(person=new).unread()
        assert unread.count() == 2, "the notice, which the predecessor had not read, and the handing over"
        assert str(old) in page(at_desk("staff"), receipt.get_absolute_url())


def test_a_unit_says_that_an_activity_does_not_apply_and_the_office_agrees() -> None:
    """Asked with the reason by the officer, confirmed by the office; both names stay, and no figure counts it."""
    plan, *_others = september.owed(Kind.PLAN)
    officer, staff = person("liaison-futian"), person("staff")
    before = campaign_figures(plan.campaign).total
    with clock.as_of(IN_TIME):
        asked = {"kind": "waiver", "reason": "本区没有相关企业。"}
        press(at_desk("liaison-futian"), f"/assignments/{plan.pk}/ask/", **asked)
        [petition] = plan.petitions.all()
        address = f"/campaigns/{plan.campaign_id}/petitions/"
        office = at_desk("staff")
        answer = press(office, address, "deed=grant", row=petition.pk)
        shown = " ".join(answer.content.decode().split())
        assert [words in shown for words in (UNIT, "本区没有相关企业。")] == [True, True]
        plan.refresh_from_db()
        assert plan.state == AssignmentState.OPEN, "it happens only when the office is sure"
        press(office, page_of(answer), "sure=1", note="同意。")
        plan.refresh_from_db()
        after = campaign_figures(plan.campaign).total
    assert (plan.state, plan.standing) == (AssignmentState.WAIVED, Standing.WAIVED)
    assert (after.expected, after.waived) == (before.expected - 1, 1)
    assert log(plan)[-1] == ("open", "waived", staff, "本区没有相关企业。")
    for reader in ("staff", "leader", "liaison-futian"):
        seen = page(at_desk(reader), plan.get_absolute_url())
        assert [name in seen for name in (str(officer), str(staff), "本区没有相关企业。")] == [True] * 3
