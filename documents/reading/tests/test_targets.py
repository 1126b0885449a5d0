"""Quantified targets: value, unit, comparator; descriptive numbers are left alone."""

import pytest

from documents.reading.phrases.targets import find_targets
from documents.reading.structure.lines import flow, split


def figures(text, context="activity"):
    return [(t.value, t.value_max, t.unit, t.comparator) for t in find_targets(flow(text, split(text)), context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张贴海报不少于100张", [(100, None, "张", ">=")]),
        ("悬挂标语１０条以上", [(10, None, "条", ">=")]),
        ("认证通过率达到95%", [(95, None, "%", ">=")]),
        ("邀请4000—5000名市民参观", [(4000, 5000, "名", "range")]),
        ("发明专利年授权量超过1.2万件", [(1.2, None, "万件", ">")]),
        ("时长约 30 秒", [(30, None, "秒", "~")]),
        ("名牌企业达2家左右", [(2, None, "家", "~")]),
        ("费用控制在5万元以内", [(5, None, "万元", "<=")]),
        ("参训企业不少于六十家", [(60, None, "家", ">=")]),
        ("组织百名专家深入一线", [(100, None, "名", "=")]),
        ("确定10条标语、5条短信", [(10, None, "条", "="), (5, None, "条", "=")]),
        ("营业收入超1000亿元的企业达2家", [(2, None, "家", ">=")]),
        ("万人专利拥有量达到12件", [(12, None, "件", ">=")]),
        ("发放资料1,000份", [(1000, None, "份", "=")]),
        ("质量竞争力指数达86.5", [(86.5, None, "", ">=")]),
        ("区域品牌1—2个", [(1, 2, "个", "range")]),
        ("家庭医生签约率不低于45%", [(45, None, "%", ">=")]),
        ("每个病区选派2名护士参加", [(2, None, "名", "=")]),
        ("设一等奖1名、二等奖2名", [(1, None, "名", "="), (2, None, "名", "=")]),
        ("每班限报2队", [(2, None, "队", "<=")]),
        ("字数控制在2000字以内", [(2000, None, "字", "<=")]),
        ("字数不超过2500字", [(2500, None, "字", "<=")]),
        ("PM2.5平均浓度下降10%", [(10, None, "%", "=")]),
    ],
)
def test_a_target(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "第26届运动会",
        "各单位选派1名联络员",
        "上午9时30分举行",
        "万人以上乡镇设立监管所",
        "每家奖励2万元",
        "“读一本书、开一次会”",
        "经济特区30周年",
        "开设百家讲坛",
        "获得授牌的甲、乙等6家单位",
        "3.15消费者权益日",
        "GB/T19004标准",
        "完成第1稿",
        "两个重点时段",
        "分享ISO9001经验",
    ],
)
def test_what_is_no_target(text):
    assert figures(text) == []


def test_in_a_requirement_only_a_bound_is_a_target():
    assert figures("指定1名联络员", "requirement") == []
    assert figures("每单位悬挂横幅不少于5条", "requirement") == [(5, None, "条", ">=")]


def test_a_policy_may_promise_one_thing_and_names_the_year():
    assert figures("打造一个国内一流的奖项品牌", "policy") == [(1, None, "个", "=")]
    [target] = find_targets(flow("到2015年，省名牌产品达到260个", split("到2015年，省名牌产品达到260个")), "policy")
    assert (target.year, target.metric) == (2015, "省名牌产品")


def test_the_text_of_a_target_is_the_whole_clause():
    [target] = find_targets(flow("评选“质量标杆”（企业）5家", split("评选“质量标杆”（企业）5家")), "activity")
    assert target.text == "评选“质量标杆”（企业）5家"
