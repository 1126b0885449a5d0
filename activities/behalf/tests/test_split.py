"""What units send by mail, split into the fields of the form; every text here was written for these tests."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activities.behalf.field_labels import LABELS
from activities.behalf.mail_to_fields import split
from activities.states import Kind

PLAN_AS_LETTER = """发件人：liaison@example.com
主题：报送质量月活动方案
市质强办：
现将我局质量月开放日活动方案报上，请审。
一、活动目标
让市民走进水厂，了解供水质量是怎样得到保证的。
二、活动内容
（一）参观净水车间。
（二）水质检测体验。
三、时间地点：2015年9月5日至6日，市第一水厂
四、预计人数：约300人
五、经费：1.2万元，从部门预算中列支
六、安全措施。入口设专人引导，每车配一名安全员。
控制单场人数不超过50人。
七、负责人：张某某（电话：138 0000 0001）
八、其他事项
请媒体记者提前一天报名。
市水务局
2015年8月28日"""
SUMMARY = """市水务局2015年质量月活动总结
今年9月，我局围绕“质量第一”主题，精心组织，广泛发动，圆满完成了质量月各项任务，现将有关情况总结如下。
一、加强领导，精心部署
成立领导小组。
二、主要做法
（一）开展开放日活动，解决存在问题。接待市民1200人次。
（二）开展隐患排查。
三、取得的成效
市民满意度提高到96%。
四、存在的问题
个别单位宣传不到位。
五、下一步打算
建立长效机制。
市水务局
二〇一五年十月十二日"""


def test_a_plan_sent_as_a_letter() -> None:
    found = split(PLAN_AS_LETTER, Kind.PLAN, 2015)
    assert found.values == {
        "goal": "让市民走进水厂，了解供水质量是怎样得到保证的。",
        "content": "（一）参观净水车间。\n（二）水质检测体验。",
        "starts_on": date(2015, 9, 5),
        "ends_on": date(2015, 9, 6),
        "place": "市第一水厂",
        "expected_participants": 300,
        "budget": Decimal("12000"),
        "budget_source": "从部门预算中列支",
        "safety": "入口设专人引导，每车配一名安全员。\n控制单场人数不超过50人。",
        "person_in_charge": "张某某",
        "person_phone": "138 0000 0001",
    }
    assert found.rest.split("\n") == [
        "发件人：liaison@example.com",
        "主题：报送质量月活动方案",
        "市质强办：",
        "现将我局质量月开放日活动方案报上，请审。",
        "八、其他事项",
        "请媒体记者提前一天报名。",
        "市水务局",
        "2015年8月28日",
    ]


def test_a_summary_with_an_opening_and_a_heading_of_its_own() -> None:
    found = split(SUMMARY, Kind.SUMMARY, 2015)
    assert found.values == {
        "overview": SUMMARY.split("\n")[1],
        "practice": "（一）开展开放日活动，解决存在问题。接待市民1200人次。\n（二）开展隐患排查。",
        "effect": "市民满意度提高到96%。",
        "problems": "个别单位宣传不到位。",
        "suggestions": "建立长效机制。",
    }
    assert found.rest.split("\n") == [
        "市水务局2015年质量月活动总结",
        "一、加强领导，精心部署",
        "成立领导小组。",
        "市水务局",
        "二〇一五年十月十二日",
    ]


def test_a_registration_form_with_labels_in_the_cells_of_a_table() -> None:
    rows = (
        "活动名称\t水厂开放日\t活动时间\t9月5日\n活 动 地 点\t第一水厂\t参加人数\t300\n"
        "活动目标\t了解水质\t联系电话\t0755-8000000"
    )
    found = split(rows, Kind.PLAN, 2015)
    assert found.values == {
        "starts_on": date(2015, 9, 5),
        "ends_on": date(2015, 9, 5),
        "place": "第一水厂",
        "expected_participants": 300,
        "goal": "了解水质",
        "person_phone": "0755-8000000",
    }
    assert found.rest == "活动名称\n水厂开放日"


@pytest.mark.parametrize(
    "heading",
    [
        "一、活动目标",
        "（一）活动目标",
        "1. 活动目标",
        "1、活动目标：",
        "活动目标",
        "【活动目标】",
        "活动目的：",
        "目 标：",
    ],
)
def test_headings_in_the_ways_people_write_them(heading: str) -> None:
    assert split(f"{heading}\n大家都来。", Kind.PLAN, 2015).values == {"goal": "大家都来。"}


def test_a_case_with_its_title_on_the_first_line() -> None:
    text = (
        "一张标签管到底\n一、案例背景\n投诉多。\n二、主要做法\n贴标签。\n三、工作成效\n投诉少了一半。\n"
        "四、经验启示\n贵在坚持。"
    )
    assert split(text, Kind.CASE, 2015).values == {
        "title": "一张标签管到底",
        "background": "投诉多。",
        "practice": "贴标签。",
        "effect": "投诉少了一半。\n贵在坚持。",
    }


def test_progress_with_its_share_and_state() -> None:
    text = "进展状态：正在推进\n完成进度：60%\n工作进展：已培训三场。\n存在问题：场地紧张。\n下一步打算：再办两场。"
    found = split(text, Kind.PROGRESS, 2015)
    assert found.values == {
        "stage": "under_way",
        "percent": 60,
        "narrative": "已培训三场。",
        "problems": "场地紧张。",
        "next_step": "再办两场。",
    }
    assert found.rest == ""


def test_material_keeps_all_of_its_text() -> None:
    found = split("标语十条\n1.质量第一\n地点：人民广场\n链接：https://example.com/a", Kind.OTHER, 2015)
    assert found.values == {"text": "标语十条\n1.质量第一", "place": "人民广场", "link": "https://example.com/a"}


def test_words_that_say_more_than_a_number_are_left_over_too() -> None:
    found = split("预计人数：每场300人，共四场，须凭票入场\n经费：视情况而定", Kind.PLAN, 2015)
    assert found.values == {"expected_participants": 300}
    assert found.rest == "预计人数：每场300人，共四场，须凭票入场\n经费：视情况而定"


def test_two_days_that_differ_are_not_guessed_between() -> None:
    found = split("活动时间：9月5日\n活动时间：9月12日", Kind.PLAN, 2015)
    assert found.values["starts_on"] == date(2015, 9, 5)
    assert "9月12日" in found.rest


def test_what_the_form_has_no_field_for_is_left_over() -> None:
    found = split("活动目标：大家都来\n应急预案：有", Kind.PLAN, 2015, ["goal"])
    assert (found.values, found.rest) == ({"goal": "大家都来"}, "应急预案：有")


def test_a_kind_without_sections_leaves_everything() -> None:
    assert split("谁来联系", Kind.LIAISON, 2015).rest == "谁来联系"


LINES = st.sampled_from(
    ["一、活动目标", "（一）内容", "目标：好", "预计人数：300人", "时间：9月5日", "无标题的一行文字。", "九、其他",
     "a\tb", "【背景】", "成效：显著", "2015年9月5日",
     "市水务局", "经费：三万", "地点：", "完成进度：120%", "\t\t", "存在问题"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14), st.sampled_from(sorted(LABELS)))
@settings(max_examples=300)
def test_nothing_is_lost(lines: list[str], kind: str) -> None:
    """Every character that is no heading of a field stands in a value or in the rest."""
    found = split("\n".join(lines), kind, 2015)
    kept = "".join([*(str(value) for value in found.values.values()), found.rest])
    for word in ("无标题的一行文字", "显著", "120%", "三万", "好"):
        there = sum(word in line for line in lines)
        assert kept.count(word) >= there, (found, lines)
    assert len(re.findall("300", kept)) >= min(1, sum("300" in line for line in lines))
