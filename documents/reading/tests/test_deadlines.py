"""What the addressees owe: item, day and recipient; relative terms are counted and say how."""

from datetime import date

import pytest

from documents.reading.notice.activities import Context
from documents.reading.notice.deadlines import find_deadlines
from documents.reading.notice.due_marks import Anchors
from documents.reading.notice.reader import monday_to_friday
from documents.reading.phrases.dates import Calendar
from documents.reading.phrases.units import Register
from documents.reading.structure.lines import flow, split

CONTEXT = Context(Calendar(2015, date(2015, 8, 20)), Register())
ANCHORS = Anchors(date(2015, 8, 20), (date(2015, 9, 10), date(2015, 9, 17)))


def duties(text):
    return find_deadlines(flow(text, split(text)), CONTEXT, ANCHORS, monday_to_friday)


def shown(text):
    return [(str(d.date.end) if d.date else "", d.item, [unit.name for unit in d.to]) for d in duties(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请各单位在10月15日前将“质量月”总结报市甲办。", [("2015-10-15", "“质量月”总结", ["市甲办"])]),
        ("活动的综合情况，请于10月15日前报省甲办公室。", [("2015-10-15", "活动的综合情况", ["省甲办公室"])]),
        ("请于9月11日（星期五）下午下班前将此表报甲办，联系人：孙八",
         [("2015-09-11", "此表", ["甲办"])]),
        ("请于9月3日前将活动方案、10月20日前将活动总结报送至市甲办。",
         [("2015-09-03", "活动方案", ["市甲办"]), ("2015-10-20", "活动总结", ["市甲办"])]),
        ("于9月5日前将计划报甲局，并于10月9日前报送总结及图片。",
         [("2015-09-05", "计划", ["甲局"]), ("2015-10-09", "总结及图片", ["甲局"])]),
        ("各单位联络员名单请于8月25日前报送甲局质量股。", [("2015-08-25", "联络员名单", ["甲局质量股"])]),
        ("于10月11日前向市甲办报送活动总结。", [("2015-10-11", "活动总结", ["市甲办"])]),
        ("于9月5日17:30前将联络员回执（附件）通过办公系统发质量管理部。",
         [("2015-09-05", "联络员回执", ["质量管理部"])]),
        ("于9月5日前将活动情况送党群工作部，由其择优刊登。", [("2015-09-05", "活动情况", ["党群工作部"])]),
        ("9月5日前向参会代表送资料，由各部分发。", []),
        ("于9月5日前将申报材料电子版发送至zl@example.com，同时将纸质材料一式三份（加盖公章）邮寄至协会秘书处。",
         [("2015-09-05", "申报材料电子版", []), ("2015-09-05", "纸质材料一式三份（加盖公章）", ["协会秘书处"])]),
        ("于9月5日前将总结报甲局，同时将电子版发送至zl@example.com。", [("2015-09-05", "总结", ["甲局"])]),
        ("9月5日前报送方案，10月9日前报送总结，以上材料均报集团公司安全部。",
         [("2015-09-05", "方案", ["集团公司安全部"]), ("2015-10-09", "总结", ["集团公司安全部"])]),
        ("9月5日前将方案报甲局；10月9日前报送总结。",
         [("2015-09-05", "方案", ["甲局"]), ("2015-10-09", "总结", ["甲局"])]),
        ("各班于9月5日前将报名表交年级组，年级组汇总后于9月7日前报教务处。",
         [("2015-09-05", "报名表", ["年级组"]), ("2015-09-07", "报名表", ["教务处"])]),
        ("制定实施计划，明确责任人，9月5日前报甲局。", [("2015-09-05", "实施计划", ["甲局"])]),
        ("9月20日前完成整改。", []),
        ("9月2日，在区政府举行启动仪式，邀请领导出席。", []),
    ],
)  # fmt: skip
def test_a_duty(text, expected):
    assert shown(text) == expected


def test_a_term_before_each_dated_event_is_counted():
    [duty] = duties("各单位提前1周与甲办进行联系。")
    assert (duty.relative, duty.resolved) == ("提前1周", (date(2015, 9, 3), date(2015, 9, 10)))
    assert (duty.how, [unit.name for unit in duty.to]) == ("7 day(s) before", ["甲办"])


def test_working_days_from_receipt_are_counted_from_the_date_of_issue():
    [duty] = duties("收到通知后3个工作日内将回执报甲办。")
    assert (duty.resolved, duty.how, duty.item) == ((date(2015, 8, 25),), "3 working day(s) after", "回执")


def test_a_rhythm_has_no_single_day():
    [duty] = duties("各市人民政府每年12月20日前将进展情况报省甲局。")
    assert (duty.recurring, duty.date, duty.item) == ("每年12月20日前", None, "进展情况")


@pytest.mark.parametrize("rhythm", ["每周四下班前", "每月5日17：00前", "每季度末前5日内", "每月28日前"])
def test_other_rhythms(rhythm):
    [duty] = duties(f"各单位{rhythm}报送活动信息。")
    assert (duty.recurring, duty.item) == (rhythm, "活动信息")


def test_a_weekday_that_does_not_fit_is_a_doubt():
    [duty] = duties("请于9月11日（星期一）前将此表报甲办。")
    assert duty.doubt == "The weekday printed does not fit the date."


HOUR = "An hour is printed: please see that it is the right one."


@pytest.mark.parametrize("hour", ["12:00", "12：00", "中午12点", "12时", "十二时", "下午5点半", "17时30分", "上午"])
def test_an_hour_within_the_day_is_to_be_looked_at(hour):
    """Noon is not midnight: whoever files in the evening would be late by the paper and in time by the system."""
    [duty] = duties(f"请各单位于8月25日{hour}前将活动方案报送市甲办。")
    assert (str(duty.date.end), duty.doubt, duty.confidence) == ("2015-08-25", HOUR, 0.7)


@pytest.mark.parametrize("hour", ["0时", "零时", "0:00", "00：00", "零点", "凌晨0点", "0时整"])
def test_before_midnight_of_a_day_is_the_day_before(hour):
    [duty] = duties(f"请各单位于8月25日（星期二）{hour}前将活动方案报送市甲办。")
    assert (str(duty.date.end), duty.doubt, duty.text) == ("2015-08-24", "", f"8月25日（星期二）{hour}前")


def test_the_first_of_a_month_at_nought_is_the_last_of_the_month_before():
    assert [str(each.date.end) for each in duties("活动方案报送市甲办的截止时间为9月1日0时。")] == ["2015-08-31"]


@pytest.mark.parametrize("hour", ["", "24时", "24:00", "下班", "下午下班", "晚上24点", "23:59"])
def test_the_end_of_a_day_is_no_doubt(hour):
    [duty] = duties(f"请各单位于8月25日{hour}前将活动方案报送市甲办。")
    assert (str(duty.date.end), duty.doubt) == ("2015-08-25", "")


def test_of_three_things_with_three_days_each_keeps_its_own_day():
    """What a mark asks for is not asked a second time by the day behind it."""
    text = (
        "请各单位于8月25日前报送活动方案，于8月22日前报送联络员登记表（附件2），"
        "于10月14日前报送活动总结和活动情况统计表（附件3）。"
    )
    assert [(day, item) for day, item, _to in shown(text)] == [
        ("2015-08-25", "活动方案"), ("2015-08-22", "联络员登记表"), ("2015-10-14", "活动总结和活动情况统计表"),
    ]  # fmt: skip
