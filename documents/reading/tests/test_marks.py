"""Items behind marks of every kind: each is one activity, and what stands below it is no sister of it."""

import pytest

from documents.reading import draft_json, read
from documents.reading.structure.lines import split
from documents.reading.structure.marks import in_order

PAPER = (
    "关于开展2024年质量月活动的通知\n各单位：\n现将有关事项通知如下。\n一、活动内容\n{}\n"
    "二、工作要求\n各单位要高度重视，认真组织实施。\n望川县质量强县办\n2024年8月1日"
)
FIRST = "举办启动仪式。9月1日在县广场举行，由县总工会负责。"
SECOND = "开展质量开放日活动。9月20日前完成，由县文旅局负责。"
TITLES = ["举办启动仪式", "开展质量开放日活动"]


def titles(content):
    found = draft_json(read(PAPER.format(content)))
    assert found["unplaced"] == []
    leads = [unit for activity in found["activities"] for unit in activity["lead_units"]]
    assert leads == ["县总工会", "县文旅局"]
    return [activity["title"] for activity in found["activities"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("【1】", "【2】"), ("【一】", "【二】"), ("活动一：", "活动二："), ("活动之一：", "活动之二："),
        ("活动1：", "活动2："),
        ("专题一　", "专题二　"), ("之一：", "之二："), ("第一项：", "第二项："),
        ("第一项　", "第二项　"), ("专栏1　", "专栏2　"),
        ("Ⅰ.", "Ⅱ."), ("Ⅰ、", "Ⅱ、"), ("A.", "B."), ("A、", "B、"), ("(a)", "(b)"), ("（A）", "（B）"), ("a) ", "b) "),
        ("1)", "2)"), ("1）", "2）"), ("1、", "2、"), ("1．", "2．"), ("⒈", "⒉"), ("⑴", "⑵"), ("①", "②"), ("㈠", "㈡"),
        ("㊀", "㊁"), ("（一）", "（二）"), ("1.1 ", "1.2 "), ("1.1", "1.2"),
        ("● ", "● "), ("●", "●"), ("☆", "☆"), ("◆", "◆"), ("→", "→"), ("■ ", "■ "), ("- ", "- "), ("➢ ", "➢ "),
        ("一是", "二是"), ("一要", "二要"), ("第一，", "第二，"), ("首先，", "其次，"), ("首先", "其次"),
    ],
)  # fmt: skip
def test_items_behind_any_mark_are_activities(first, second):
    assert titles(f"{first}{FIRST}\n{second}{SECOND}") == TITLES


@pytest.mark.parametrize(
    ("first", "second"), [("一要", "二要"), ("第一，", "第二，"), ("首先，", "其次，"), ("①", "②")]
)
def test_marks_within_a_paragraph_divide_it(first, second):
    assert titles(f"全县组织以下活动：{first}{FIRST}{second}{SECOND}") == TITLES


@pytest.mark.parametrize("mark", ["活动一：", "专题一　", "第一项：", "【1】", "A.", "Ⅰ."])
def test_what_is_numbered_below_such_an_item_gives_its_details(mark):
    content = f"{mark}启动仪式\n1.时间：9月1日。\n2.地点：县广场。\n3.主办单位：县总工会。\n"
    other = mark.translate(str.maketrans("一1AⅠ", "二2BⅡ"))
    content += f"{other}质量开放日\n1.时间：9月20日。\n2.地点：县检测中心。\n3.主办单位：县文旅局。"
    assert titles(content) == ["启动仪式", "质量开放日"]


def test_chapters_that_are_called_parts():
    text = PAPER.replace("一、", "第一部分　").replace("二、", "第二部分　").format(f"一、{FIRST}\n二、{SECOND}")
    assert [activity["title"] for activity in draft_json(read(text))["activities"]] == TITLES


@pytest.mark.parametrize(
    "line", ["A.", "Ⅰ.甲", "1.5万元用于奖励。", "3.15消费者权益日活动", "-5度以下停工。", "第一次全会精神"]
)
def test_a_line_that_only_looks_numbered_is_not(line):
    assert [found.numbering for found in split(f"{line}\n请各单位遵照执行。")] == [None, None]


@pytest.mark.parametrize(
    ("number", "order"), [("A.", 1), ("（c）", 3), ("Ⅱ、", 2), ("活动之三", 3), ("1.2", 1), ("●", 0), ("㈢", 3)]
)
def test_which_of_its_list_an_item_is(number, order):
    assert in_order(number) == order
