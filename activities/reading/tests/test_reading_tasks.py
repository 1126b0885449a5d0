"""Task tables of a pasted notice: tasks with units and days, deliverables with windows, rounds, one registration."""

from datetime import date
from pathlib import Path

import pytest

from accounts.models import UnitGroup
from activities.models import Appearance, Deliverable, Group, Reading, Round
from activities.reading import confirm, split_and_merge
from activities.reading.propose import propose
from activities.reading.tests.test_readings import NOTICE, field, rows
from activities.reading.tests.test_readings import reading as reading
from tests.cast import signed_in
from tests.pages import page_of, press

DONGGUAN = Path(__file__).resolve().parents[4] / "shared" / "notices" / "dongguan-2013.txt"

TABLE = NOTICE.replace(
    "三、工作要求",
    """三、任务分工
序号\t事项\t完成时限\t责任单位\t协助单位\t备注
1\t制作宣传海报\t9月10日前\t市文化局\t市水务局\t不少于100张
2\t举办质量知识竞赛\t9月20日前\t市教育局\t市质监局\t
四、工作要求""",
)


def test_the_rows_of_a_task_table_are_activities_with_their_units_and_last_days(cast):
    reading = propose(TABLE, host=cast.office, by=cast.staff)
    found = {row.values["title"]: row.values for row in rows(reading, Group.ACTIVITY)}
    poster = found["制作宣传海报"]
    assert (poster["lead"], poster["assist"], poster["due_on"], poster["remark"]) == (
        "市文化局",
        "市水务局",
        "2016-09-10",
        "不少于100张",
    )
    made = confirm.confirm(reading, by=cast.staff)
    contest = made.activities.get(title="举办质量知识竞赛")
    assert [unit.name for unit in contest.leads] == ["市教育局"]
    assert (contest.due_on, contest.ends_on) == (date(2016, 9, 20), None)


def test_what_a_task_asks_for_becomes_deliverables_and_what_is_only_to_be_done_is_reported_as_done(cast):
    made = confirm.confirm(propose(TABLE, host=cast.office, by=cast.staff), by=cast.staff)
    asked = made.activities.get(title="制作宣传海报").deliverables.get()
    assert (asked.target, asked.comparator, asked.measure, asked.due_on) == (100, "at_least", "张", date(2016, 9, 10))
    contest = made.activities.get(title="举办质量知识竞赛").deliverables.get()
    assert (contest.title, contest.target, contest.due_on) == ("举办质量知识竞赛", None, date(2016, 9, 20))


SERIES = TABLE.replace(
    "2\t举办质量知识竞赛\t9月20日前\t市教育局\t市质监局\t",
    """2\t播放质量公益短片\t9月20日前\t市文化局\t\t时长约30秒；集中于9月5日至9日、9月20日至25日两个重点时段播放。
3\t撰写质量报告\t9月25日前\t市教育局\t\t9月15日前完成第1稿，9月25日前完成第2稿。
4\t组织集中采访活动\t9月30日前\t市文化局\t各单位\t共2期""",
).replace(
    "四、工作要求",
    """四、时间安排
第一期：2016年9月12日，采访市教育局、市质监局。
第二期：2016年9月19日，采访市水务局、市文化局。
五、工作要求
（零）各受访单位应做好准备，提前1周与市质量强市办进行联系，明确采访要求，完成采访材料。""",
)


def test_windows_drafts_and_rounds_of_a_table_become_rows(cast):
    made = confirm.confirm(propose(SERIES, host=cast.office, by=cast.staff), by=cast.staff)
    clip = made.activities.get(title="播放质量公益短片").deliverables.get()
    spans = [(each.starts_on.day, each.ends_on.day) for each in clip.windows.all()]
    assert (clip.target, clip.due_on, spans) == (None, date(2016, 9, 25), [(5, 9), (20, 25)])
    drafts = made.activities.get(title="撰写质量报告").deliverables.all()
    assert [(each.title, each.due_on.day) for each in drafts] == [("完成第1稿", 15), ("完成第2稿", 25)]
    interviews = made.activities.get(title="组织集中采访活动")
    assert [(each.title, each.on.day, each.prepare_by.day) for each in interviews.rounds.all()] == [
        ("第一期", 12, 5), ("第二期", 19, 12),
    ]  # fmt: skip
    guests = [[one.unit.name for one in each.appearances.all()] for each in interviews.rounds.all()]
    assert guests == [["市教育局", "市质监局"], ["市水务局", "市文化局"]]


def test_a_task_that_is_dropped_takes_what_it_asks_for_with_it_and_one_that_is_merged_hands_it_over(cast):
    reading = propose(TABLE, host=cast.office, by=cast.staff)
    contest = reading.proposals.get(group=Group.ACTIVITY, values__title="举办质量知识竞赛")
    poster = reading.proposals.get(group=Group.ACTIVITY, values__title="制作宣传海报")
    assert split_and_merge.merge(contest) == poster
    made = confirm.confirm(reading, by=cast.staff)
    assert made.activities.get(title="制作宣传海报").deliverables.count() == 2
    confirm.undo(Reading.objects.get(), by=cast.staff)
    poster.refresh_from_db()
    poster.write(poster.revision, dropped=True)
    assert Deliverable.objects.filter(beside_plan=False).count() == 0
    made = confirm.confirm(Reading.objects.get(), by=cast.staff)
    assert Deliverable.objects.filter(beside_plan=False).count() == 0


def test_a_deliverable_and_a_round_are_corrected_in_place(cast):
    reading = propose(SERIES, host=cast.office, by=cast.staff)
    poster = next(row for row in rows(reading, Group.DELIVERABLE) if row.values["target"] == 100)
    client, address = signed_in(cast.staff), f"/proposals/{poster.pk}/"
    wrong = press(client, address, form=address, target="150", windows="soon")
    assert wrong.context["form"].errors == {"windows": ["This is no window: soon"]}
    press(client, page_of(wrong), form=address, windows="2016-09-01 – 2016-09-05")
    first = f"/proposals/{rows(reading, Group.ROUND)[0].pk}/"
    press(client, first, form=first, units="市教育局")
    made = confirm.confirm(Reading.objects.get(), by=cast.staff)
    asked = made.activities.get(title="制作宣传海报").deliverables.get()
    assert (asked.target, asked.windows.get().ends_on) == (150, date(2016, 9, 5))
    one = made.activities.get(title="组织集中采访活动").rounds.get(title="第一期")
    assert [each.unit.name for each in one.appearances.all()] == ["市教育局"]


def test_a_group_of_the_office_is_responsible_as_a_group(cast):
    group = UnitGroup.objects.create(owner=cast.office, name="各镇街")
    group.units.set([cast.health, cast.district])
    text_of = TABLE.replace("市文化局", "各镇街")
    made = confirm.confirm(propose(text_of, host=cast.office, by=cast.staff), by=cast.staff)
    poster = made.activities.get(title="制作宣传海报")
    assert [str(each) for each in poster.leads] == ["各镇街"]
    addressed = set(made.notices.get().addressees.all())
    assert {cast.health, cast.district} <= addressed
    assert (list(made.groups.all()), set(made.taking_part())) == ([group], addressed)


def test_naming_the_liaison_officers_is_asked_once_in_the_system_s_own_form(cast, reading):
    made = confirm.confirm(reading, by=cast.staff)
    assert (made.registration_due_on, made.notices.get().demands.count()) == (date(2016, 8, 20), 0)


def test_plans_by_a_day_of_the_text_are_due_that_day_and_asked_once(cast):
    text_of = NOTICE.replace(
        "请各单位于8月20日前将联络人员名单", "请各单位于8月25日前报送活动方案，于8月20日前将联络人员名单"
    )
    made = confirm.confirm(propose(text_of, host=cast.office, by=cast.staff), by=cast.staff)
    assert (made.plan_due_on, made.registration_due_on) == (date(2016, 8, 25), date(2016, 8, 20))
    assert made.notices.get().demands.count() == 0


NUMBERS = NOTICE.replace(
    "（二）及时报送。",
    "（二）及时报送。每个单位至少报送2篇工作动态，每区推荐1至2个典型案例，于9月25日前报市质量强市办。",
)


def test_what_is_asked_by_the_piece_is_asked_with_its_number_of_whom_the_text_names(cast):
    districts = UnitGroup.objects.create(owner=cast.office, name="各区")
    districts.units.add(cast.district)
    cast.office.groups.filter(name="Member units").update(name="成员单位")
    made = confirm.confirm(propose(NUMBERS, host=cast.office, by=cast.staff), by=cast.staff)
    found = [
        (row.title, row.target, row.measure, row.counts, row.due_on, list(row.units.all()))
        for row in made.notices.get().demands.all()
    ]
    by = date(2016, 9, 25)
    assert sorted(found, key=str) == sorted(
        [("工作动态", 2, "篇", "progress", by, []), ("典型案例", 1, "个", "case", by, [cast.district])], key=str
    )


FORM = """
附件
“质量月”活动情况统计表
填报单位：
序号	项目	单位	数量
1	举办活动	场次	
2	参加活动人数	人次	
3	查处案件	件	
"""


def test_the_rows_of_the_statistics_form_are_the_figures_of_the_summary(cast):
    text_of = NOTICE.replace(
        "\n望江市质量强市工作领导小组办公室\n2016",
        "\n附件：“质量月”活动情况统计表\n\n望江市质量强市工作领导小组办公室\n2016",
    )
    made = confirm.confirm(propose(text_of + FORM, host=cast.office, by=cast.staff), by=cast.staff)
    found = list(made.indicators.values_list("name", "measure"))
    assert found == [("举办活动", "场次"), ("参加活动人数", "人次"), ("查处案件", "件")]


def test_a_number_of_an_activity_is_reported_beside_its_plan(cast, reading):
    made = confirm.confirm(reading, by=cast.staff)
    asked = made.activities.get(title="开展计量器具检查").deliverables.get()
    assert (asked.title, asked.target, asked.beside_plan) == ("检查集贸市场计量器具", 200, True)


def test_a_notice_that_names_no_theme_is_confirmed_when_somebody_says_so(cast):
    reading = propose(NOTICE.replace("提升供给质量，建设质量强国。", ""), host=cast.office, by=cast.staff)
    theme = field(reading, "theme")
    if not theme.values["text"]:
        assert "Please fill in: theme." in confirm.blockers(reading)
    theme.write(theme.revision, dropped=True)
    assert confirm.confirm(Reading.objects.get(), by=cast.staff).theme == ""


@pytest.mark.skipif(not DONGGUAN.exists(), reason="the notice is not beside the project")
def test_dongguan_read_and_confirmed_has_its_tasks_numbers_windows_and_rounds(cast):
    reading = propose(DONGGUAN.read_text(encoding="utf-8"), host=cast.office, by=cast.staff)
    reading.proposals.filter(field="theme").update(dropped=True)
    made = confirm.confirm(Reading.objects.get(), by=cast.staff)
    numbered = [row for row in made.activities.all() if row.number]
    assert (len(numbered), made.registration_due_on) == (15, date(2013, 11, 11))
    counted = Deliverable.objects.filter(target__isnull=False)
    assert list(counted.values_list("target", "measure", "comparator")) == [
        (2, "份", "exactly"), (10, "条", "exactly"), (5, "条", "exactly"), (10, "期", "exactly"),
        (100, "张", "at_least"), (10, "条", "at_least"),
    ]  # fmt: skip
    assert Deliverable.objects.filter(windows__isnull=False).distinct().count() == 4
    rounds = list(Round.objects.all())
    assert (len(rounds), Appearance.objects.count(), str(rounds[0].prepare_by)) == (10, 20, "2013-11-11")
    assert {row.activity.number for row in rounds} == {"7"}
    assert [(row.on - row.prepare_by).days for row in rounds[1:]] == [7] * 9
