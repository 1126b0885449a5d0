"""A title is broken between words, into lines of a good shape."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.layout.fonts import width
from documents.layout.title_shape import balance

ROOM = 442.2


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("", ()),
        ("通知", ("通知",)),
        ("关于开展质量月活动的通知", ("关于开展质量月活动的通知",)),
        (
            "广东省质量强省建设工作领导小组办公室关于深入开展2024年“质量月”活动的通知",
            ("广东省质量强省建设工作领导小组办公室", "关于深入开展2024年“质量月”活动的通知"),
        ),
        (
            "关于印发《创建全国质量强市示范城市 验收宣传工作方案》的通知",
            ("关于印发《创建全国质量强市示范", "城市验收宣传工作方案》的通知"),
        ),
        ("市质量强市办关于开展2015年\n“质量月”活动的通知", ("市质量强市办关于开展2015年", "“质量月”活动的通知")),
    ],
)
def test_the_shape_of_a_title(title, lines):
    assert balance(title, 22, ROOM) == lines


@pytest.mark.parametrize("office", ["临江市人民政府", "临江市市场监督管理局", "临江市质量强市工作领导小组"])
@pytest.mark.parametrize("year", ["二〇二六年度", "二○二六年九月十五日", "2026年9月15日", "二零二六年"])
def test_a_year_stays_whole_however_it_is_written(office, year):
    """rjieba 0.2.2 cuts 二〇二六年 into 二, 〇, 二, 六年."""
    lines = balance(f"{office}关于表彰{year}全市质量工作先进集体和先进个人的决定", 22, ROOM)
    assert len(lines) > 1 and any(year in line for line in lines)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="关于开展质量强市工作的通知《方案》、2024年A ", max_size=120))
def test_no_line_is_too_wide_and_nothing_is_lost(title):
    lines = balance(title, 22, ROOM)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert all(width(line, "title") * 22 <= ROOM + 22 for line in lines)


def test_names_of_offices_stay_apart_and_other_blanks_go():
    assert balance("市教育局 市总工会关于开展 “质量月” 活动的通知", 16, 450) == (
        "市教育局 市总工会关于开展“质量月”活动的通知",
    )
    lines = balance("临江市市场监督管理局 临江市教育局 临江市总工会关于联合举办2024年“质量月”知识竞赛的通知", 22, 442)
    assert (
        "".join(lines).replace(" ", "")
        == "临江市市场监督管理局临江市教育局临江市总工会关于联合举办2024年“质量月”知识竞赛的通知"
    )
    assert lines[0] == "临江市市场监督管理局 临江市教育局"
