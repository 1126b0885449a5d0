"""Charts: what is drawn is what stands in the table, and whoever sees no colours tells the lines apart."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.charts import Chart, Series, bars, lines, table, top_of

VALUES = st.lists(st.none() | st.integers(0, 10**7) | st.floats(0, 100), min_size=1, max_size=70)


def chart(*values, marks=()):
    labels = tuple(f"{n}日" for n in range(len(values[0])))
    names = ("今年", "去年", "目标", "<前年>")
    series = tuple(Series(names[place], tuple(each)) for place, each in enumerate(values))
    return Chart("报送进度", "日期", labels, series, marks)


@pytest.mark.parametrize("draw", [lines, bars])
@settings(max_examples=30, deadline=None)
@given(values=VALUES)
def test_every_chart_is_well_formed_without_any_style_and_stays_on_its_paper(draw, values):
    found = draw(chart(values, values, marks=((len(values) - 1, "截止"),)))
    tree = ElementTree.fromstring(found)
    assert [each for each in tree.iter() if each.tag in ("style", "script") or "style" in each.attrib] == []
    numbers = [float(each.get(name)) for each in tree.iter() for name in ("x", "y", "cx", "cy") if each.get(name)]
    assert all(-30 <= number <= 441 for number in numbers)
    assert all(value is None or value <= top_of(chart(values)) for value in values)


def test_lines_differ_in_dashes_and_marks_not_only_in_colour():
    found = lines(chart([1, 2], [2, 3], [3, 4], [4, 5]))
    drawn = re.findall(r'stroke="(#\w+)" fill="none" stroke-width="2"(?: stroke-dasharray="([^"]+)")?', found)
    assert len({dash for _colour, dash in drawn}) == 4
    assert "&lt;前年&gt;" in found


def test_the_table_says_the_same_and_where_nothing_is_known():
    head, rows = table(chart([1200, None], [0.5, 3]))
    assert (head, rows) == (["日期", "今年", "去年"], [["0日", "1,200", "0.5"], ["1日", "–", "3"]])


def test_nothing_at_all_is_a_chart_as_well():
    assert "<svg" in lines(Chart("空", "日期", (), ()))
    assert "<svg" in bars(Chart("空", "日期", (), (Series("今年", ()),)))
