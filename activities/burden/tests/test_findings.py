"""What the burden check finds, and what it lets alone; its mends; letting pass with a reason."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Membership, User
from accounts.models.units import Unit, UnitLevel
from activities.asking import checks, issue
from activities.models import BurdenMeasures, CampaignPhotos, Deliverable, Demand
from activities.states import Kind
from campaigns import way
from campaigns.models import Campaign, Indicator, Notice, NoticeAnnex
from reports.models import Figure, Summary
from tests.cast import Cast, campaign, filed_summary, issued, notice, said, signed_in, text
from tests.pages import opened, page_of, press
from workflow import clock
from workflow.models import MoveRefused

ON = date(2015, 8, 10)
LONG = "各单位要加强领导。"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"), clock.as_of(ON):
        yield


def weighed(cast: Cast, *, on=None):
    """What the burden check finds."""
    return list(checks.asks_much(Notice.objects.get(pk=cast.notice.pk), None, on))


def found(cast: Cast) -> list[tuple[str, list[str]]]:
    """The same in words, each with its presses."""
    return [(each.text, [mend.label for mend in each.mends]) for each in weighed(cast)]


def write(cast: Cast, body: str) -> None:
    Notice.objects.filter(pk=cast.notice.pk).update(body=body)


def ask(cast: Cast, title: str, day: date | None = date(2015, 8, 31), *units: Unit, **more) -> Demand:
    made = cast.notice.demands.create(order=cast.notice.demands.count() + 1, title=title, due_on=day, **more)
    made.units.set(units)
    return made


def page(cast: Cast) -> str:
    return reverse("activities:findings", args=[cast.notice.pk])


def body(cast: Cast) -> str:
    return Notice.objects.get(pk=cast.notice.pk).body


def test_a_notice_that_asks_the_usual_in_time_is_light_enough(cast):
    assert found(cast) == []


# --- words -----------------------------------------------------------------------------------------------------

WORDS = [
    ("请各单位将贯彻落实情况于10月15日前报送市质强办。", "report on how it is carried out"),
    ("各区要及时报告本通知落实情况。", "report on how it is carried out"),
    ("各单位要制定配套文件，抓好落实。", "paper of each unit's own"),
    ("各部门应结合实际制定实施方案。", "paper of each unit's own"),
    ("请各区及时转发所属单位。", "passed on from level to level"),
    ("各镇街要层层部署。", "passed on from level to level"),
    ("总结须附活动照片不少于3张。", "photos or videos"),
    ("群众扫码打卡参与活动。", "presence or points"),
]
HARMLESS = [
    "请各单位于10月15日前报送活动总结。",
    "根据《关于转发国务院质量发展纲要实施方案的通知》，现就有关事项通知如下。",
    "要抓好各项措施的落实。",
    "举办质量主题图片展，播放宣传视频。",
    "市政府将对落实情况进行督查。",
    "各单位要制定活动方案，明确分工。",
]


def test_words_that_make_work_are_named_with_their_rule_and_struck_by_one_press(cast):
    for words, what in WORDS:
        write(cast, f"一、总体要求\n{LONG}{words}\n二、其他事项")
        [each] = weighed(cast)
        assert what in each.text, words
        assert (each.blocks, bool(each.rule)) == (False, True)
        [mend] = each.mends
        mend.deed(cast.staff)
        assert weighed(cast) == [], words
        assert body(cast).startswith(f"一、总体要求\n{LONG[:-1]}"), words
        assert body(cast).endswith("二、其他事项"), words
    for words in HARMLESS:
        write(cast, words)
        assert found(cast) == [], words


def test_a_clause_is_struck_and_its_sentence_ends_as_it_did(cast):
    client = signed_in(cast.staff)
    write(cast, "各单位要精心组织，并将贯彻落实情况报送市质强办。其他事项另行通知。")
    before = opened(client, page(cast))
    assert said(press(client, before, "Strike these words")) == ["Mended."]
    assert body(cast) == "各单位要精心组织。其他事项另行通知。"
    again = press(client, before, "Strike these words")
    assert said(again) == ["This is mended already, or the notice was changed meanwhile."]
    assert body(cast) == "各单位要精心组织。其他事项另行通知。"


def test_words_of_an_annex_are_named_with_it_and_changed_by_hand(cast):
    NoticeAnnex.objects.create(notice=cast.notice, order=1, title="任务", content="text", text="请及时转发所属单位。")
    [(words, presses)] = found(cast)
    assert ("annex “任务”" in words, presses) == (True, [])


# --- length, days, photos, whom --------------------------------------------------------------------------------


def test_a_text_is_held_against_the_length_of_its_kind_or_of_the_province(cast):
    write(cast, "质" * 4000 + "\n ")
    assert found(cast) == []
    write(cast, "质" * 4001)
    [(words, _presses)] = found(cast)
    assert words == "The text has 4,001 characters without its annexes; 4,000 are the most for such a paper."
    Notice.objects.filter(pk=cast.notice.pk).update(kind="plan")
    assert found(cast) == []
    BurdenMeasures.objects.create(office=cast.office, comprehensive=3500, at=clock.now())
    assert "3,500 are the most" in found(cast)[0][0]


def test_too_few_working_days_are_counted_from_the_day_of_issue_and_moved_by_one_press(cast):
    row = ask(cast, "企业名单", date(2015, 8, 13))
    assert found(cast) == []  # 11, 12, 13 August
    Demand.objects.filter(pk=row.pk).update(due_on=date(2015, 8, 12))
    [(words, presses)] = found(cast)
    assert words == "“企业名单”: 2 working days are left until 12 August; this office counts with 3."
    assert presses == ["Move to 13 August"]
    assert said(press(signed_in(cast.staff), page(cast), "Move to 13 August")) == ["Mended."]
    row.refresh_from_db()
    assert (row.due_on, found(cast)) == (date(2015, 8, 13), [])
    later = weighed(cast, on=date(2015, 8, 11))  # the hour set for the issue counts, not today
    assert [each.text[:6] for each in later] == ["“企业名单”"]


def test_a_mend_of_a_demand_that_a_colleague_changed_meanwhile_does_nothing(cast):
    row = ask(cast, "企业名单", date(2015, 8, 11))
    client = signed_in(cast.staff)
    before = opened(client, page(cast))
    Demand.objects.filter(pk=row.pk).update(due_on=date(2015, 8, 12), title="企业名录")
    assert said(press(client, before, "Move to 13 August")) == [
        "This is mended already, or the notice was changed meanwhile."
    ]
    row.refresh_from_db()
    assert (row.due_on, row.title) == (date(2015, 8, 12), "企业名录")


def test_days_counted_in_a_year_not_announced_yet_say_that_they_are_provisional(cast):
    Campaign.objects.filter(pk=cast.campaign.pk).update(
        year=2027, starts_on=date(2027, 9, 1), ends_on=date(2027, 9, 30), summary_due_on=date(2027, 10, 15)
    )
    with clock.as_of(date(2027, 8, 10)):
        ask(cast, "企业名单", date(2027, 8, 11))
        assert "provisional" in text(signed_in(cast.staff).get(page(cast)))


def test_photos_are_named_when_they_are_demanded_and_made_optional_by_one_press(cast):
    client = signed_in(cast.staff)
    row = ask(cast, "现场材料", photos_least=3, photos_why="用于通报")
    CampaignPhotos.objects.create(campaign=cast.campaign, kind=Kind.SUMMARY, least=2, most=5, why="存档")
    CampaignPhotos.objects.create(campaign=cast.campaign, kind=Kind.PLAN, most=4)  # a ceiling demands nothing
    first, second = (words for words, _presses in found(cast))
    assert first == "“现场材料” demands at least 3 photos of each of 3 units, because: 用于通报"
    assert second == "“Summary” demands at least 2 photos of each of 3 units, because: 存档"
    for _press in range(2):
        press(client, page(cast), "Make photos optional")
    row.refresh_from_db()
    assert (row.photos_least, row.photos_why, found(cast)) == (None, "", [])


def test_towns_that_owe_more_than_a_receipt_are_counted(cast):
    Unit.objects.filter(pk=cast.water.pk).update(level=UnitLevel.TOWN)
    [(words, _presses)] = found(cast)
    assert words.startswith("1 unit below the county owes 3 filings beside the receipt: Water bureau")
    Notice.objects.filter(pk=cast.notice.pk).update(kind="letter")
    assert found(cast) == []


# --- asked twice -------------------------------------------------------------------------------------------------


def test_what_is_asked_in_two_places_is_asked_once(cast):
    """Each: what is asked, the words it is named by, the press, what is left. Or what is let alone."""
    here, soon, end, later = [cast.water, cast.health], date(2015, 8, 27), date(2015, 8, 31), date(2015, 9, 25)
    one = "质量标杆名单、质量标杆"
    cases = [
        ([("活动总结", later, ())], "as “Summary”", "Ask for it no longer", []),
        ([("联络员联系方式", later, ())], "as “Liaison officers”", "Ask for it no longer", []),
        ([("活动方案", later, ())], "as “Activity plan”", "Ask for it no longer", []),
        ([("质量标杆名单", soon, ()), ("质量标杆", later, ())], "the same thing", "Make one", [(one, later)]),
        ([("甲表", soon, here), ("乙表", end, here)], "handed in once", "Make one", [("甲表、乙表", end)]),
    ]  # fmt: skip
    for rows, words, button, left in cases:
        cast.notice.demands.all().delete()
        for title, day, units in rows:
            ask(cast, title, day, *units)
        [(said_so, [label])] = found(cast)
        assert (words in said_so, label.startswith(button)) == (True, True), said_so
        press(signed_in(cast.staff), page(cast), label)
        assert [(row.title, row.due_on) for row in cast.notice.demands.all()] == left
        assert found(cast) == []
    parks = Unit.objects.create(name="Parks bureau", order=9)
    cast.notice.addressees.add(parks)
    alone = [
        [("甲表", soon, here), ("乙表", later, here)],  # a month apart
        [("甲表", soon, [cast.water]), ("乙表", soon, [cast.health])],  # of different units
        [("活动方案", soon, [parks])],  # leads nothing, so it owes no plan
    ]
    for rows in alone:
        cast.notice.demands.all().delete()
        for title, day, units in rows:
            ask(cast, title, day, *units)
        assert found(cast) == []


def test_reports_beside_the_summary_may_be_left_to_it(cast):
    ask(cast, "工作动态", date(2015, 9, 25), counts="progress", target=2, measure="篇")
    [(words, presses)] = found(cast)
    assert words == "“工作动态”: 3 units report 2 times and say it all again in their summaries."
    press(signed_in(cast.staff), page(cast), presses[0])
    assert (cast.notice.demands.count(), found(cast)) == (0, [])
    ask(cast, "媒体报道", date(2015, 9, 25), counts="coverage", target=2, measure="篇")  # no summary says that again
    assert found(cast) == []


def test_two_made_one_demand_photos_only_where_both_did(cast):
    """And a third that a colleague added meanwhile stays as it is."""
    first = ask(cast, "甲表", date(2015, 8, 27), photos_least=2, photos_why="存档")
    ask(cast, "乙表", date(2015, 8, 28))
    client = signed_in(cast.staff)
    before = opened(client, page(cast))
    ask(cast, "丙表", date(2015, 9, 25))
    [button] = [mend for _words, mends in found(cast) for mend in mends if mend.startswith("Make one")]
    press(client, before, button)
    first.refresh_from_db()
    assert (first.title, first.photos_least, first.photos_why) == ("甲表、乙表", None, "")
    assert [row.title for row in cast.notice.demands.all()] == ["甲表、乙表", "丙表"]
    again = press(client, before, button)
    assert said(again) == ["This is mended already, or the notice was changed meanwhile."]
    assert cast.notice.demands.count() == 2


def test_a_figure_that_a_task_counts_already_is_dropped_from_the_summary(cast):
    task = cast.campaign.activities.first()
    Deliverable.objects.create(activity=task, order=1, title="Posters put up", measure="sheets", beside_plan=True)
    Deliverable.objects.create(activity=task, order=2, title="Visitors", measure="groups", beside_plan=True)
    [(words, presses)] = found(cast)
    assert words == (
        "The summary asks for “Posters（sheets）”, which “Posters put up” counts already: it is added up by itself."
    )
    press(signed_in(cast.staff), page(cast), presses[0])
    assert ([row.name for row in cast.campaign.indicators.all()], found(cast)) == (["Visitors"], [])


# --- known already -------------------------------------------------------------------------------------------------


def test_whom_the_register_knows_is_not_asked_for_again_and_stands_on_the_contact_sheet(cast):
    assert found(cast) == []  # one of three is known
    for person, where in ((cast.neighbour, cast.health), (cast.district_staff, cast.district)):
        User.objects.filter(pk=person.pk).update(phone="0755-8000 0000")
        Membership.objects.get_or_create(user=person, unit=where, role="liaison")
    [(words, presses)] = found(cast)
    assert words == "Of 3 units asked for their liaison officers, names and telephones of 3 are known already."
    client = signed_in(cast.staff)
    press(client, page(cast), presses[0])
    assert found(cast) == []
    assert "3 units are not asked" in text(client.get(reverse("activities:demands", args=[cast.notice.pk])))
    issued(cast)
    assert not cast.notice.assignments.filter(kind=Kind.LIAISON).exists()
    sheet = text(client.get(reverse("activities:contacts", args=[cast.campaign.pk])))
    assert all(name in sheet for name in ("Health bureau", "neighbour", "0755-8000 0000", "from the register"))


def test_who_was_spared_can_be_asked_all_the_same(cast):
    cast.notice.spared.create(unit=cast.water, kind=Kind.LIAISON)
    client, demands = signed_in(cast.staff), reverse("activities:demands", args=[cast.notice.pk])
    before = opened(client, demands)
    assert said(press(client, before, "Ask them all the same")) == ["Every unit is asked again."]
    assert said(press(client, before, "Ask them all the same")) == ["Every unit is asked already."]
    assert cast.notice.spared.count() == 0


def years_before(cast: Cast, *years: int) -> list[Cast]:
    """Campaigns of earlier years with a notice to the same units, issued."""
    found = []
    for year in years:
        old = campaign(cast.office, f"Month of {year}")
        Campaign.objects.filter(pk=old.pk).update(year=year)
        Indicator.objects.create(campaign=old, order=1, name="Posters", measure="sheets")
        Indicator.objects.create(campaign=old, order=2, name="Visitors", measure="people")
        sent = notice(Campaign.objects.get(pk=old.pk), 10 + year % 10, cast.notice.addressees.all())
        found.append(replace(cast, campaign=old, notice=sent))
    return found


def test_a_list_that_units_filed_last_year_is_asked_of_the_others_only(cast):
    [before] = years_before(cast, 2014)
    ask(before, "获奖企业名单", date(2015, 8, 31))
    issued(before)
    old = before.notice.assignments.get(kind=Kind.OTHER, unit=cast.water)
    old.submit(by=cast.liaison)
    row = ask(cast, "获奖企业名单")
    about = [each for each in found(cast) if "last year" in each[0]]
    assert about == [
        (
            "1 unit filed “获奖企业名单” last year; it is shown to it, and only changes need to be written.",
            ["Ask only the other 2 units"],
        )
    ]
    press(signed_in(cast.staff), page(cast), "Ask only the other 2 units")
    assert {unit.name for unit in row.units.all()} == {"Health bureau", "District office"}
    Demand.objects.filter(pk=row.pk).update(title="活动现场材料")
    row.units.clear()
    assert not [each for each in found(cast) if "last year" in each[0]]


def test_a_figure_that_was_the_same_twice_is_known(cast):
    for each in years_before(cast, 2013, 2014):
        issued(each)
        for number, assignment in enumerate(each.notice.assignments.filter(kind=Kind.SUMMARY)):
            filed_summary(assignment, cast.liaison, 40 + number, number * each.campaign.pk)
    assert Figure.objects.count() == 12 and Summary.objects.count() == 6
    standing = [each for each in found(cast) if "last two years" in each[0]]
    words = "“Posters（sheets）” was the same in the last two years at 3 units: it is known."
    assert standing == [(words, ["Drop it from the summary"])]


def test_one_paper_more_than_last_year_needs_an_explanation(cast):
    [before] = years_before(cast, 2014)
    issued(before)
    assert not [each for each in found(cast) if "paper" in each[0]]
    second = notice(cast.campaign, 2, cast.notice.addressees.all())
    issued(replace(cast, notice=second))
    [(words, _presses)] = [each for each in found(cast) if "paper" in each[0]]
    assert words == "This is paper 2 of this year; 2014 there were 1 in all."


def test_more_filings_of_each_unit_than_last_year_are_said(cast):
    [before] = years_before(cast, 2014)
    issued(before)
    [(words, _presses)] = [each for each in found(cast) if "on average" in each[0]]
    assert words == "Each unit owes 4 filings on average; 2014 it was 3."


# --- letting pass ----------------------------------------------------------------------------------------------------


def test_what_the_author_lets_pass_with_a_reason_the_signer_reads_and_need_not_say_again(cast):
    write(cast, "请各单位将贯彻落实情况报送市质强办。")
    client = signed_in(cast.staff)
    bare = press(client, page(cast), "Let it pass")
    assert (said(bare), cast.notice.waved.count()) == (["Please write why it may pass."], 0)
    [each] = weighed(cast)
    before = opened(client, page(cast))
    done = press(client, before, "Let it pass", **{f"remark-{each.code}": "国家部委来文要求"})
    assert said(done) == ["It is let pass. The reason stands in the history of the notice."]
    press(client, before, "Let it pass", **{f"remark-{each.code}": "再按一次"})
    way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    signer = signed_in(cast.signer)
    shown = signer.get(reverse("activities:issue", args=[cast.notice.pk]))
    assert all(words in text(shown) for words in ("国家部委来文要求", "Let pass by staff", "let pass"))
    assert f"remark-{each.code}" not in shown.content.decode()
    press(signer, page_of(shown), "Issue now", receipt="2015-08-14", liaison="2015-08-20", plan="2015-08-31")
    assert Notice.objects.get(pk=cast.notice.pk).is_sent
    story = text(signer.get(cast.notice.get_absolute_url()))
    assert ("国家部委来文要求" in story, "再按一次" in story) == (True, False)


def test_what_was_let_pass_is_taken_back_and_stands_against_the_issue_again(cast):
    write(cast, "请各单位将贯彻落实情况报送市质强办。")
    client, [each] = signed_in(cast.staff), weighed(cast)
    press(client, page(cast), "Let it pass", **{f"remark-{each.code}": "国家部委来文要求"})
    before = opened(client, page(cast))
    back = press(client, before, "Let it pass no more")
    assert said(back) == ["It is taken back: it stands against the notice again."]
    assert (cast.notice.waved.count(), "Let it pass" in text(back)) == (0, True)
    assert said(press(client, before, "Let it pass no more")) == ["Somebody took this back already."]
    story = text(client.get(cast.notice.get_absolute_url()))
    assert "原放行理由：国家部委来文要求" in story
    way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    with pytest.raises(MoveRefused, match="carried out"):
        issue.order(cast.notice, by=cast.signer, due=issue.proposed_due(cast.notice))


def test_what_nobody_let_pass_stands_against_the_issue(cast):
    write(cast, "请各单位将贯彻落实情况报送市质强办。")
    way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    with pytest.raises(MoveRefused, match="carried out"):
        issue.order(cast.notice, by=cast.signer, due=issue.proposed_due(cast.notice))
