"""A district carries out the city's notice: one press, every sentence answered, changes above decided row by row."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Role, UnitGroup
from activities.adopting import changes, coverage
from activities.adopting.adopt import Plan, adopt
from activities.adopting.choice import LEAVE, REPEAT, Choice
from activities.adopting.received import received, why_not
from activities.adopting.sentences import sentences_of
from activities.asking import checks, issue
from activities.asking.beginning import begin
from activities.models import Adoption, CarriedOut, Demand, UpperChange
from campaigns.models import Campaign, Indicator, Notice, NoticeKind, Slogan
from campaigns.models.campaign import Point, PointKind
from campaigns.way import approve
from tests.cast import Cast, campaign, issued, make_cast, person, said, signed_in, text, unit
from tests.pages import forge, press
from workflow import clock
from workflow.models import MoveRefused, Notification


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Refusals are read as message ids."""
    with translation.override("en"):
        yield


BODY = """现就开展“质量月”活动通知如下：
一、活动内容
（一）开展质量开放日活动。组织企业开放生产线，请群众走进企业。
（二）开展质量义诊活动。组织专家在广场义诊。
二、有关要求
（一）高度重视，精心组织。各区要把“质量月”活动作为大事来抓，制定实施方案。
（二）总结经验，宣传典型。各区开展“质量月”活动的综合情况，请于10月15日前报市质强办。
"""


def upper() -> Cast:
    """The city's notice with sentences that ask, issued on 20 August 2015."""
    cast = make_cast()
    Notice.objects.filter(pk=cast.notice.pk).update(body=BODY, title="关于开展2015年全市“质量月”活动的通知")
    for title, old in (("开展质量开放日活动", 0), ("开展质量义诊活动", 1)):
        cast.campaign.activities.filter(order=old).update(title=title, due_on=date(2015, 9, 30))
    Slogan.objects.create(campaign=cast.campaign, order=1, text="质量在我手中")
    Point.objects.create(campaign=cast.campaign, kind=PointKind.REQUIREMENT, number="（一）", heading="高度重视")
    Demand.objects.create(notice=cast.notice, order=1, title="质量标杆名单", due_on=date(2015, 9, 18))
    cast.office.level = "city"
    cast.office.save()
    return issued(replace(cast, notice=Notice.objects.get(pk=cast.notice.pk)))


@pytest.fixture
def above(db: None) -> Cast:
    return upper()


def taken(cast: Cast, **more: Any) -> Adoption:
    """The district adopts: the open day repeated, the clinic left to others."""
    first, second = cast.campaign.activities.order_by("order")[:2]
    chosen = [Choice(first, REPEAT, group=cast.district.groups.get()), Choice(second, LEAVE, to="由市卫健局统一组织")]
    plan = Plan("2015年区“质量月”活动", 4, chosen, **more)
    return adopt(cast.notice, cast.district, plan, by=cast.district_staff)


def test_one_press_makes_the_districts_campaign_of_the_citys_notice(above: Cast) -> None:
    browser = signed_in(above.district_staff)
    assert "Carry out this notice" in text(browser.get("/received/"))
    first, second = above.campaign.activities.order_by("order")[:2]
    chosen = {f"how-{second.pk}": "leave", f"to-{second.pk}": "由市卫健局统一组织"}
    page = press(
        browser, f"/notices/{above.notice.pk}/carry-out/", "action=adopt", title="2015年区“质量月”活动", **chosen
    )
    made = Campaign.objects.get(title="2015年区“质量月”活动")
    assert said(page) == ["2015年区“质量月”活动 was made, with a draft notice. Nothing has been issued."]
    assert (made.parent, made.host, made.theme) == (above.campaign, above.district, above.campaign.theme)
    assert (made.summary_due_on, [row.due_on for row in made.activities.all()]) == (
        date(2015, 10, 10),  # worked in exchange for a day of the National Day week
        [date(2015, 9, 24)],
    )
    assert [(row.text, row.level) for row in made.slogans.all()] == [("质量在我手中", "city")]
    assert [(row.heading, row.kind) for row in made.points.all()] == [("高度重视", "requirement")]
    assert [(row.title, row.carries) for row in made.activities.all()] == [("开展质量开放日活动", first)]
    assert [(row.name, row.carries.name) for row in made.indicators.all()] == [
        ("Posters", "Posters"),
        ("Visitors", "Visitors"),
    ]
    draft = made.notices.get()
    assert draft.body.startswith(
        "根据《关于开展2015年全市“质量月”活动的通知》（深质强〔2015〕1号）要求，结合实际，现就开展2015年区“质量月”活动有关事项通知如下："
    )
    assert "请各单位于10月10日前将活动总结报送District office。" in draft.body
    assert [(row.title, row.due_on) for row in draft.demands.all()] == [("质量标杆名单", date(2015, 9, 14))]


def test_a_second_press_finds_the_first(above: Cast) -> None:
    browser = signed_in(above.district_staff)
    press(browser, f"/notices/{above.notice.pk}/carry-out/", "action=adopt")
    again = forge(browser, f"/notices/{above.notice.pk}/carry-out/", {"title": "Once more", "margin": "1"}, follow=True)
    assert said(again) == ["It is carried out already; nothing was made twice."]
    assert Campaign.objects.filter(parent=above.campaign).count() == 1


def test_the_days_are_shown_beside_those_above_before_anything_is_made(above: Cast) -> None:
    browser = signed_in(above.district_staff)
    shown = press(browser, f"/notices/{above.notice.pk}/carry-out/", "action=days", margin="0")
    assert [(day.above, day.own) for day in shown.context["days"]] == [
        (date(2015, 10, 15), date(2015, 10, 15)),
        (date(2015, 9, 18), date(2015, 9, 18)),
    ]
    assert not Campaign.objects.filter(parent=above.campaign).exists()


def test_people_of_the_addressed_office_are_told_and_nobody_else_finds_it(above: Cast) -> None:
    told = Notification.objects.filter(key=f"received-{above.notice.pk}")
    assert {row.person for row in told} == {above.district_staff, above.district_signer}
    assert list(received(above.district_staff)) == [above.notice]
    assert list(received(above.liaison)) == []
    assert signed_in(above.staff).get(f"/notices/{above.notice.pk}/carry-out/").status_code == 404


# --- what is refused -------------------------------------------------------------------------------------------


def test_two_parents_are_refused(above: Cast) -> None:
    other = campaign(unit("Other city", kind="office"), "Other month")
    Campaign.objects.filter(pk=above.district_campaign.pk).update(parent=other)
    above.district_campaign.refresh_from_db()
    with pytest.raises(MoveRefused, match="a campaign has one upper campaign"):
        taken(above, into=above.district_campaign)
    assert not Adoption.objects.exists()


def test_a_campaign_that_is_there_already_becomes_the_lower_one(above: Cast) -> None:
    made = taken(above, into=above.district_campaign).campaign
    made.refresh_from_db()
    assert (made, made.parent, made.summary_due_on) == (above.district_campaign, above.campaign, date(2015, 10, 10))
    assert made.activities.count() == 2


def test_a_circle_is_refused(above: Cast) -> None:
    Campaign.objects.filter(pk=above.campaign.pk).update(parent=above.district_campaign)
    above.notice.campaign.refresh_from_db()
    with pytest.raises(MoveRefused, match="in a circle"):
        taken(above)


@pytest.mark.parametrize("state", ["withdrawn", "superseded"])
def test_a_notice_that_no_longer_holds_is_not_carried_out(above: Cast, state: str) -> None:
    Notice.objects.filter(pk=above.notice.pk).update(state=state)
    above.notice.refresh_from_db()
    assert why_not(above.notice, above.district)
    page = signed_in(above.district_staff).get(f"/notices/{above.notice.pk}/carry-out/")
    assert why_not(above.notice, above.district) in text(page)


def test_a_margin_that_leaves_no_time_is_refused(above: Cast) -> None:
    with clock.as_of(date(2015, 10, 13)), pytest.raises(MoveRefused, match="Take a smaller margin"):
        taken(above)
    assert not Campaign.objects.filter(parent=above.campaign).exists()


def test_an_adapted_activity_needs_its_title(above: Cast) -> None:
    first = above.campaign.activities.first()
    assert first
    address = f"/notices/{above.notice.pk}/carry-out/"
    page = press(signed_in(above.district_staff), address, "action=adopt", **{f"how-{first.pk}": "adapt"})
    assert (page.status_code, "Please give the title" in text(page)) == (422, True)


# --- sentence by sentence --------------------------------------------------------------------------------------


def test_the_sentences_that_ask_are_the_readers(above: Cast) -> None:
    assert [(row.number, row.heading) for row in sentences_of(above.notice)] == [
        ("（一）", "开展质量开放日活动"),
        ("（二）", "开展质量义诊活动"),
        ("（一）", "高度重视，精心组织"),
        ("（二）", "总结经验，宣传典型"),
        ("（二）", "各区开展“质量月”活动的综合情况"),
    ]


def test_what_was_taken_along_is_carried_out_and_the_rest_by_nobody_yet(above: Cast) -> None:
    rows = coverage.rows_of(taken(above))
    assert [str(row.carried or "") for row in rows] == ["开展质量开放日活动", "由市卫健局统一组织", "", "", ""]


def test_who_carries_out_a_sentence_is_said_on_the_page(above: Cast) -> None:
    adoption = taken(above)
    browser, rows = signed_in(above.district_staff), coverage.rows_of(adoption)
    third, fourth = rows[2].sentence.pk, rows[3].sentence.pk
    address = f"/campaigns/{adoption.campaign_id}/coverage-of-upper/"
    choice = {f"by-{third}": f"unit:{above.district.pk}", f"by-{fourth}": "not", f"reason-{fourth}": "无此类典型"}
    assert said(press(browser, address, "Save", **choice)) == ["Saved."]
    assert [str(row.carried or "") for row in coverage.rows_of(adoption)][2:] == ["District office", "无此类典型", ""]
    wrong = press(browser, address, "Save", **{f"by-{rows[4].sentence.pk}": "not"})
    assert "Please say why it is not for you." in said(wrong)[0]
    foreign = f"activity:{above.campaign.activities.first().pk}"  # type: ignore[union-attr]
    forged = press(browser, address, "Save", forged={f"by-{rows[4].sentence.pk}": foreign})
    assert "That is not of this campaign" in said(forged)[0]


def test_of_two_people_at_one_sentence_the_second_is_told(above: Cast) -> None:
    adoption = taken(above)
    browser, row = signed_in(above.district_staff), coverage.rows_of(adoption)[2].sentence
    address = f"/campaigns/{adoption.campaign_id}/coverage-of-upper/"
    coverage.decide(adoption, row, "not", "First", by=above.district_signer)
    page = press(browser, address, "Save", forged={f"was-{row.pk}": "", f"by-{row.pk}": f"unit:{above.district.pk}"})
    assert "Somebody has changed" in said(page)[0]
    assert CarriedOut.objects.get(sentence=row).reason == "First"


def test_sentences_of_nobody_are_in_the_check_before_issue(above: Cast) -> None:
    adoption = taken(above)
    draft = adoption.campaign.notices.get()
    found = {each.code.split(":")[0]: each.text for each in checks.findings(draft)}
    assert found["uncovered"].startswith("3 sentences of the upper notice are carried out by nobody: （一）高度重视")
    for row in coverage.open_rows(adoption):
        coverage.decide(adoption, row, f"unit:{above.district.pk}", "", by=above.district_staff)
    assert "uncovered" not in {each.code.split(":")[0] for each in checks.findings(draft)}


def test_sentences_of_nobody_stand_on_the_dashboard_until_somebody_carries_them_out(above: Cast) -> None:
    adoption = taken(above)
    dashboard, browser = reverse("reports:dashboard", args=[adoption.campaign_id]), signed_in(above.district_staff)
    words = "sentences of the upper notice are carried out by nobody"
    assert f"3 {words}" in text(browser.get(dashboard))
    first, *rest = coverage.open_rows(adoption)
    coverage.decide(adoption, first, f"unit:{above.district.pk}", "", by=above.district_staff)
    assert f"2 {words}" in text(browser.get(dashboard))
    for row in rest:
        coverage.decide(adoption, row, "not", "It is the city's", by=above.district_staff)
    assert "carried out by nobody" not in text(browser.get(dashboard))


def test_a_last_day_after_the_one_above_is_found(above: Cast) -> None:
    adoption = taken(above)
    Campaign.objects.filter(pk=adoption.campaign_id).update(summary_due_on=date(2015, 10, 20))
    draft = Notice.objects.get(campaign=adoption.campaign)
    found = {each.code.split(":")[0]: each.text for each in checks.findings(draft)}
    assert found["above"].startswith("The upper office wants it by")


def test_the_city_sees_how_many_carry_out_each_sentence_down_to_the_town(above: Cast) -> None:
    adoption = taken(above)
    table = coverage.table_above(above.campaign)
    assert [(row.number, len(row.refused), len(row.silent), row.units) for row in table] == [
        (1, 0, 0, 1),
        (0, 1, 0, 1),
        (0, 0, 1, 1),
        (0, 0, 1, 1),
        (0, 0, 1, 1),
    ]
    mine = adoption.campaign.activities.get()
    town = campaign(above.street, "Town month")
    Campaign.objects.filter(pk=town.pk).update(parent=adoption.campaign)
    lower = town.activities.create(order=0, scope="common", title="开放日在街道", carries=mine)
    lower.participations.create(unit=above.street, part="lead")
    page = text(signed_in(above.leader).get(f"/asking-sentences/{table[0].sentence.pk}/"))
    assert "Carried out by 1 of 1 offices" in page
    assert "Street</strong>: 开放日在街道" in page
    assert signed_in(above.district_staff).get(f"/asking-sentences/{table[0].sentence.pk}/").status_code == 404


# --- what changes above ----------------------------------------------------------------------------------------


def later(above: Cast, kind: str, body: str) -> Notice:
    """A later notice about the city's, issued."""
    draft, _before = begin(above.campaign, kind=kind, about=above.notice)
    Notice.objects.filter(pk=draft.pk).update(body=body, number_wanted=8)
    draft.refresh_from_db()
    approve(draft, author=above.staff, reviewer=above.signer)
    issue.issue(draft, by=above.signer, due=issue.proposed_due(draft))
    return draft


def test_a_superseding_notice_is_laid_beside_what_was_made_of_the_old_one(above: Cast) -> None:
    adoption = taken(above)
    new = later(
        above,
        NoticeKind.NOTICE,
        BODY.replace("请群众走进企业", "请学生走进企业").replace(
            "二、有关要求", "（三）开展质量讲座。每区举办讲座。\n二、有关要求"
        ),
    )
    adoption.refresh_from_db()
    found = [(row.kind, str(row.new or row.old), str(changes.made_of(row) or "")) for row in UpperChange.objects.all()]
    assert found == [
        ("changed", "（一）开展质量开放日活动", "开展质量开放日活动"),
        ("added", "（三）开展质量讲座", ""),
    ]
    assert (adoption.notice, coverage.rows_of(adoption)[1].carried is not None) == (new, True)
    browser = signed_in(above.district_staff)
    address = f"/campaigns/{adoption.campaign_id}/upper-changes/"
    assert said(press(browser, address, "decision=kept")) == ["Please say why yours stays as it is."]
    assert said(press(browser, address, "decision=followed")) == ["Kept."]
    assert next(str(row.carried or "") for row in coverage.rows_of(adoption)) == "开展质量开放日活动"
    assert changes.open_changes(adoption) == 1


def test_a_supplement_adds_sentences_that_nobody_carries_out_yet(above: Cast) -> None:
    adoption = taken(above)
    later(above, NoticeKind.SUPPLEMENT, "补充通知如下：\n（一）开展质量知识竞赛。请各区于9月20日前报送参赛名单。")
    assert [row.kind for row in adoption.changes.all()] == ["added", "added"][: adoption.changes.count()]
    assert coverage.rows_of(adoption)[5].carried is None
    told = Notification.objects.filter(person=above.district_staff, message__startswith="The upper notice has changed")
    assert told.count() == 1


def test_an_upper_notice_withdrawn_after_the_lower_was_issued_is_decided_row_by_row(above: Cast) -> None:
    adoption = taken(above)
    issue.withdraw(above.notice, by=above.signer, reason="Put off")
    adoption.refresh_from_db()
    assert {row.kind for row in adoption.changes.all()} == {"withdrawn"}
    assert "upper-withdrawn" in {
        each.code.split(":")[0] for each in checks.findings(Notice.objects.get(campaign=adoption.campaign))
    }
    first = adoption.changes.first()
    assert first
    changes.decide(first, "followed", "", by=above.district_staff)
    assert coverage.rows_of(adoption)[0].carried is None
    with pytest.raises(MoveRefused, match="meanwhile"):
        changes.decide(first, "kept", "No", by=above.district_staff)


def test_another_definition_of_a_figure_is_not_carried(above: Cast) -> None:
    """An own figure of the same name that counts otherwise is not rolled up until somebody maps it."""
    Indicator.objects.create(campaign=above.district_campaign, order=1, name="Posters", measure="万张")
    taken(above, into=above.district_campaign)
    found = {row.name: row.carries for row in above.district_campaign.indicators.all()}
    assert found["Posters"] is None
    assert found["Visitors"] is not None


def test_somebody_who_is_staff_below_and_files_above_sees_both_at_home(above: Cast) -> None:
    both = person("both", (above.district, Role.STAFF), (above.district, Role.LIAISON))
    adoption = taken(above)
    UnitGroup.objects.filter(owner=above.district).exists()
    page = text(signed_in(both).get("/"))
    assert "To review now" in page
    assert "Summary" in page
    assert adoption.campaign.title in text(signed_in(both).get("/campaigns/"))
