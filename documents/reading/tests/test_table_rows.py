"""A row of a table is proposed once: as an activity, or as a task."""

import pytest

from documents.reading import draft_json, read

FRAME = (
    "关于开展2024年“质量月”活动的通知\n各单位：\n现将有关事项通知如下。\n{}望川县质量强县办\n2024年8月1日\n附件\n{}\n{}"
)


def rows(name, head, cells, text=""):
    table = "\t".join(head.split()) + "\n" + "\t".join(cells.split())
    found = draft_json(read(FRAME.format(text, name, table)))
    assert found["unplaced"] == []
    return [each["title"] for each in found["activities"]], [each["title"] for each in found["tasks"]]


@pytest.mark.parametrize(
    ("name", "head", "cells"),
    [
        ("活动安排表", "序号 活动名称 时间 地点 主办单位", "1 质量知识讲座 9月5日 县文化馆 县总工会"),
        ("活动一览表", "序号 活动内容 活动时间 责任单位 配合单位", "1 质量知识讲座 9月5日 县总工会 县文化馆"),
        ("主要活动安排", "日期 主要活动 主办单位 协办单位", "9月5日 质量知识讲座 县总工会 县文化馆"),
        ("培训计划表", "序号 培训内容 培训时间 培训地点 承办单位", "1 质量知识讲座 9月5日 县文化馆 县总工会"),
        ("任务分工表", "序号 活动内容 时间 活动地点 责任单位", "1 质量知识讲座 9月5日 县文化馆 县总工会"),
        ("工作安排表", "序号 内容 时间 地点 责任单位", "1 质量知识讲座 9月5日 县文化馆 县总工会"),
    ],
)
def test_what_is_held_is_an_activity(name, head, cells):
    assert rows(name, head, cells) == (["质量知识讲座"], [])


@pytest.mark.parametrize(
    ("name", "head", "cells"),
    [
        ("任务分工表", "序号 工作任务 责任单位 完成时限", "1 建立质量台账 县总工会 9月5日前"),
        ("重点工作安排表", "序号 重点工作 牵头单位 配合单位 时间安排", "1 建立质量台账 县总工会 县文化馆 9月"),
        ("活动任务分解表", "序号 活动内容 责任单位 配合单位 时间", "1 建立质量台账 县总工会 县文化馆 9月5日"),
        ("活动安排表", "序号 活动内容 完成时间 责任单位", "1 建立质量台账 9月5日前 县总工会"),
        ("工作清单", "序号 具体措施 实施地点 完成时限 责任单位", "1 建立质量台账 各车间 9月5日前 县总工会"),
    ],
)
def test_what_is_to_be_done_is_a_task(name, head, cells):
    assert rows(name, head, cells) == ([], ["建立质量台账"])


def test_a_table_that_lists_the_activities_of_the_text_again_adds_what_that_did_not_say():
    text = "一、活动内容\n（一）举办质量知识讲座。组织职工学习质量法规。\n"
    text += "（二）开展质量开放日活动。9月20日，由县文旅局负责。\n"
    head, cells = "序号 活动名称 时间 地点 主办单位", "1 质量知识讲座 9月5日 县文化馆 县总工会"
    table = "\t".join(head.split()) + "\n" + "\t".join(cells.split()) + "\n2\t质量宣传咨询\t9月8日\t县广场\t县教育局"
    found = draft_json(read(FRAME.format(text, "活动安排表", table)))
    said = [(a["title"], [d["start"] for d in a["dates"]], a["venue"], a["lead_units"]) for a in found["activities"]]
    assert said == [
        ("举办质量知识讲座", ["2024-09-05"], "县文化馆", ["县总工会"]),
        ("开展质量开放日活动", ["2024-09-20"], None, ["县文旅局"]),
        ("质量宣传咨询", ["2024-09-08"], "县广场", ["县教育局"]),
    ]
    assert (found["tasks"], found["unplaced"]) == ([], [])


def test_of_a_day_and_an_hour_in_two_columns_the_day_counts():
    text = "日程表\n时间\t日期\t活动内容\t地点\t组织部门\n"
    text += "14:00\t5月23日\t开幕式\t操场\t教导处\n9:00\t5月24日\t航模表演\t体育馆\t科学组"
    found = draft_json(read(f"望川小学2022年科技周\n{text}"))
    assert [[d["start"] for d in a["dates"]] for a in found["activities"]] == [["2022-05-23"], ["2022-05-24"]]
