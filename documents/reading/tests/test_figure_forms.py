"""The numbers a statistics form asks for."""

import pytest

from documents.outline import Table
from documents.reading import figures_of

HEAD = ("类别", "统计指标", "计量单位", "数量")


def asked(*rows):
    return [(each.name, each.measure) for each in figures_of("情况统计表", (Table(head=(rows[0],), rows=rows[1:]),))]


@pytest.mark.parametrize("again", ["", "宣传"], ids=["merged cells", "the word in each row"])
def test_a_column_that_groups_the_figures_does_not_name_them(again):
    rows = (
        HEAD,
        ("宣传", "举办活动场次", "场", ""),
        (again, "参加人数", "人次", ""),
        ("执法", "检查企业户数", "家", ""),
    )
    assert asked(*rows) == [("举办活动场次", "场"), ("参加人数", "人次"), ("检查企业户数", "家")]


def test_a_group_of_its_own_for_each_row_does_not_name_it_either():
    rows = (HEAD, ("宣传", "举办活动场次", "场", ""), ("执法", "检查企业户数", "家", ""))
    assert asked(*rows) == [("举办活动场次", "场"), ("检查企业户数", "家")]


def test_where_nothing_else_names_them_the_column_does():
    assert asked(("类别", "数量"), ("宣传海报（张）", ""), ("检查企业（家）", "")) == [
        ("宣传海报", "张"),
        ("检查企业", "家"),
    ]


def test_projects_stand_before_what_they_contain():
    rows = (("项目", "内容", "数量"), ("讲座", "质量知识", ""), ("比赛", "质量知识", ""))
    assert asked(*rows) == [("讲座", ""), ("比赛", "")]
