"""Entries of an activity list become activities, in every structure offices give them."""

import pytest

from documents.reading import read

HEAD = "望川县关于开展2022年“质量月”活动的通知\n各有关单位：\n为做好工作，现通知如下：\n一、活动内容\n"


def activities(body):
    return [
        (
            activity.owner.name if activity.owner else "",
            activity.title.value,
            [str(day.start)[5:] for day in activity.dates],
            activity.venue.value if activity.venue else "",
            [unit.name for unit in activity.led_by()],
        )
        for activity in read(HEAD + body).activities
    ]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("（一）召开质量大会。9月2日，在区政府举行大会，由市甲局负责。",
         ("", "召开质量大会", ["09-02"], "区政府", ["市甲局"])),
        ("（一）9月23—25日，在会展中心组织召开“领袖峰会”。", ("", "组织召开“领袖峰会”", ["09-23"], "会展中心", [])),
        ("（一）市甲局、团市委联合举办“质量在我心中”演讲比赛。",
         ("", "联合举办“质量在我心中”演讲比赛", [], "", ["市甲局", "团市委"])),
        ("（一）市甲局牵头，市乙委配合，于9月1日举办启动仪式。", ("", "举办启动仪式", ["09-01"], "", ["市甲局"])),
        ("（一）开展技术帮扶（9月4日-8日，计量处负责）。", ("", "开展技术帮扶", ["09-04"], "", ["计量处"])),
        ("（一）市甲局：开展“质量，你和我”活动，普及知识。", ("市甲局", "开展“质量，你和我”活动", [], "", ["市甲局"])),
        ("（一）市甲局、市乙委：举办论坛。", ("市甲局、市乙委", "举办论坛", [], "", ["市甲局", "市乙委"])),
        ("（一）在《望川日报》开辟“质量专栏”，刊发稿件。", ("", "在《望川日报》开辟“质量专栏”", [], "", [])),
        ("（一）“质量月”启动仪式暨质量强市推进会。", ("", "“质量月”启动仪式暨质量强市推进会", [], "", [])),
        ("（一）质量标杆经验交流会\n时间：9月下旬\n地点：开发区\n主办单位：市甲联",
         ("", "质量标杆经验交流会", ["09-21"], "开发区", ["市甲联"])),
    ],
)  # fmt: skip
def test_an_entry(entry, expected):
    assert activities(entry) == [expected]


def test_one_activity_for_each_sub_item_and_the_umbrella_is_none():
    body = "（一）市甲局：开展服务提升行动。一是组织开展“文明”宣传活动，发放资料。二是举办培训班，9月5日开班。"
    assert [row[:3] for row in activities(body)] == [
        ("市甲局", "组织开展“文明”宣传活动", []),
        ("市甲局", "举办培训班", ["09-05"]),
    ]
    assert [activity.parent.value for activity in read(HEAD + body).activities] == ["开展服务提升行动"] * 2


def test_units_named_behind_the_last_sub_item_belong_to_all():
    body = "（一）进课堂活动。①9月5日举办首场报告会；②9月9日举办第二场报告会。由市甲局负责，市乙会协助。"
    found = read(HEAD + body).activities
    assert [[unit.name for unit in activity.units] for activity in found] == [["市甲局", "市乙会"]] * 2


def test_a_unit_as_heading_owns_the_entries_below_it():
    assert [row[0] for row in activities("1.市甲局\n（1）举办论坛。\n（2）举办展览。\n2.市乙委\n（1）举办讲座。")] == [
        "市甲局", "市甲局", "市乙委",
    ]  # fmt: skip
    assert [row[0] for row in activities("（一）部门活动\n市甲局\n1.举办论坛。\n市乙委\n2.举办讲座。")] == [
        "市甲局",
        "市乙委",
    ]


def test_a_group_that_names_its_units_gives_them_to_its_entries():
    body = "（一）集中宣传活动（责任科室：质量科）\n1.9月1日举行启动仪式。\n2.悬挂横幅。\n（二）其他活动\n1.举办论坛。"
    assert [row[4] for row in activities(body)] == [["质量科"], ["质量科"], []]


def test_phases_are_milestones_and_no_activities():
    draft = read(HEAD + "（一）宣传发动阶段（8月25日—9月5日）。制定方案。\n（二）总结阶段（9月26日—30日）。总结经验。")
    assert draft.activities == ()
    assert [day.what for day in draft.milestones] == ["宣传发动阶段（8月25日—9月5日）", "总结阶段（9月26日—30日）"]


def test_a_table_of_activities_broken_over_lines_and_pages():
    header = "序号\t活动名称\t活动内容\t时间\t地点\t责任单位\n"
    body = (
        header + "1\t启动仪式\t发放资料2000份\t9月1日\t文化广场\t牵头：市甲局\n配合：市乙委、市丙局\n"
        + header + "2\t竞赛\t人数不少于300人\t9月中旬\t线上\t市丁会 团市委\n"
    )  # fmt: skip
    assert activities(body) == [
        ("", "启动仪式", ["09-01"], "文化广场", ["市甲局"]),
        ("", "竞赛", ["09-11"], "线上", ["市丁会", "团市委"]),
    ]
    assert [target.value for activity in read(HEAD + body).activities for target in activity.targets] == [2000, 300]


@pytest.mark.parametrize("lower", ["\t\t牵头单位\t配合单位\t", "序号\t工作任务\t牵头单位\t配合单位\t完成时限"])
def test_a_table_with_a_header_of_two_rows(lower):
    upper = "序号\t工作任务\t责任单位\t\t完成时限"
    draft = read(
        f"2022年工作任务表\n{upper}\n{lower}\n1\t制作短片\t市甲局\t市乙委\t9月20日前\n2\t印制海报\t市丙局\t\t9月底前"
    )
    shown = [(t.title.value, [u.name for u in t.responsible], [u.name for u in t.assisting]) for t in draft.tasks]
    assert shown == [("制作短片", ["市甲局"], ["市乙委"]), ("印制海报", ["市丙局"], [])]
    assert draft.forms == ()


def test_rounds_of_interviews_are_no_activities_of_their_own_and_anchor_relative_terms():
    body = (
        "（一）组织集中采访\n1.第一轮：11月12日，采访市甲局、乙镇。\n2.第二轮：11月26日，采访市丙局。\n"
        "二、要求\n（一）接受采访单位要提前3天与市丁中心对接。"
    )
    draft = read(HEAD + body)
    assert [activity.title.value for activity in draft.activities] == ["组织集中采访"]
    assert [(i.number, [unit.name for unit in i.interviewees]) for i in draft.interviews] == [
        (1, ["市甲局", "乙镇"]),
        (2, ["市丙局"]),
    ]
    assert [[str(day) for day in duty.resolved] for duty in draft.deadlines] == [["2022-11-09", "2022-11-23"]]
