"""The numbering of a line is recognised in every way offices write it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.numbering import join, ordinal, recognise


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("一、总体要求", (1, "一、", "总体要求")),
        ("　　十二、附则", (1, "十二、", "附则")),
        ("三．工作要求", (1, "三．", "工作要求")),
        ("（一）提高认识", (2, "（一）", "提高认识")),
        ("(一) 制作短片", (2, "(一)", "制作短片")),
        ("（ 十 一 ）办法", None),
        ("（ 十一 ）办法", (2, "（十一）", "办法")),
        ("㈢其他", (2, "㈢", "其他")),
        ("1.宣传", (3, "1.", "宣传")),
        ("1．宣传", (3, "1．", "宣传")),
        ("１．宣传", (3, "１．", "宣传")),
        ("1、宣传", (3, "1、", "宣传")),
        ("12. 宣传", (3, "12.", "宣传")),
        ("1. 2015年度", (3, "1.", "2015年度")),
        ("2.2023年统计表", (3, "2.", "2023年统计表")),
        ("1．9月6日启动", (3, "1．", "9月6日启动")),
        ("1.2015 元", None),
        ("（1）培训", (4, "（1）", "培训")),
        ("(2)培训", (4, "(2)", "培训")),
        ("3）培训", (4, "3）", "培训")),
        ("⑵培训", (4, "⑵", "培训")),
        ("①报名", (5, "①", "报名")),
        ("❶报名", (5, "❶", "报名")),
        ("➀报名", (5, "➀", "报名")),
        ("一是加强领导", (6, "一是", "加强领导")),
        ("第一，加强领导", (6, "第一", "，加强领导")),
        ("3.5亿元", None),
        ("9.1 启动", None),
        ("2015年9月", None),
        ("一、二等奖获得者", None),
        ("一、二、三等奖", None),
        ("一是否合格", None),
        ("各有关单位：", None),
        ("", None),
    ],
)
def test_a_line_gives_level_number_and_rest(line, expected):
    assert recognise(line) == expected


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("三、", 3),
        ("（十）", 10),
        ("十二、", 12),
        ("（二十）", 20),
        ("二十三、", 23),
        ("一百零五、", 105),
        ("１２．", 12),
        ("⑳", 20),
        ("㈩", 10),
        ("（9）", 9),
        ("二是", 2),
        ("", 0),
    ],
)
def test_the_value_of_a_number(number, value):
    assert ordinal(number) == value


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="一二十、（）()1２.．①是第， 年5abc", max_size=12))
def test_a_recognised_line_written_again_is_recognised_the_same(line):
    found = recognise(line)
    if found:
        assert recognise(join(found.number, found.text)) == found
