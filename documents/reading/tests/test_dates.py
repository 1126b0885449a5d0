"""Dates are read in every usual writing, and get the year that the notice implies."""

from datetime import date

import pytest

from documents.reading.phrases.dates import Calendar, find, is_date_line, issue_date, working_days_from
from documents.reading.structure.lines import flow, split

CALENDAR = Calendar(2013, date(2013, 11, 6))


def dates(text, calendar=CALENDAR, **options):
    found = find(flow(text, split(text)), calendar, **options)
    return [(f"{day.start:%Y-%m-%d}", f"{day.end:%Y-%m-%d}", day.precision, day.text) for day in found]


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("于11月20日举行", "2013-11-20", "2013-11-20", "day"),
        ("１１月２０日", "2013-11-20", "2013-11-20", "day"),
        ("十一月二十日", "2013-11-20", "2013-11-20", "day"),
        ("2014年1月7日", "2014-01-07", "2014-01-07", "day"),
        ("11 月 20 日至 25 日", "2013-11-20", "2013-11-25", "day"),
        ("11月14日（星期四）至15日", "2013-11-14", "2013-11-15", "day"),
        ("自11月5日开始，至11月25日结束", "2013-11-05", "2013-11-25", "day"),
        ("从11月5日持续到11月25日", "2013-11-05", "2013-11-25", "day"),
        ("11月23—25日", "2013-11-23", "2013-11-25", "day"),
        ("11月30日至12月2日", "2013-11-30", "2013-12-02", "day"),
        ("11月10日至1月10日", "2013-11-10", "2014-01-10", "day"),
        ("1月5日", "2014-01-05", "2014-01-05", "day"),
        ("12月上旬", "2013-12-01", "2013-12-10", "ten-day"),
        ("12月下旬", "2013-12-21", "2013-12-31", "ten-day"),
        ("12月中下旬", "2013-12-11", "2013-12-31", "ten-day"),
        ("12月底", "2013-12-21", "2013-12-31", "ten-day"),
        ("12月份", "2013-12-01", "2013-12-31", "month"),
        ("11月至12月", "2013-11-01", "2013-12-31", "month"),
        ("11月至次年1月", "2013-11-01", "2014-01-31", "month"),
        ("11—12月", "2013-11-01", "2013-12-31", "month"),
        ("11月上旬至12月中旬", "2013-11-01", "2013-12-20", "ten-day"),
        ("11.11—12.5", "2013-11-11", "2013-12-05", "day"),
        ("2013-11-20", "2013-11-20", "2013-11-20", "day"),
        ("2014年2月底前", "2014-02-28", "2014-02-28", "day"),
    ],
)
def test_a_date(text, start, end, precision):
    assert [found[:3] for found in dates(text)] == [(start, end, precision)]


def test_a_date_column_also_reads_days_with_a_point():
    assert [found[:2] for found in dates("11.10 至 1.10", dotted=True)] == [("2013-11-10", "2014-01-10")]
    assert [found[:2] for found in dates("11.20", dotted=True)] == [("2013-11-20", "2013-11-20")]
    assert dates("11.20") == []


def test_several_days_are_several_dates():
    assert [found[0] for found in dates("11月9日、18日和27日")] == ["2013-11-09", "2013-11-18", "2013-11-27"]
    assert [found[0] for found in dates("11月19、20日")] == ["2013-11-19", "2013-11-20"]


@pytest.mark.parametrize(
    "text", ["3.15国际消费者权益日", "《2013年11月方案》", "中秋、国庆节前", "9月31日前后", "13月", "第11届", "12个月"]
)
def test_what_is_no_date(text):
    assert [found for found in dates(text.replace("9月31日前后", "")) if found[2] == "day"] == []


def test_before_and_since_and_the_hour():
    [due] = find(flow("11月8日下班前报", split("11月8日下班前报")), CALENDAR)
    assert (due.relation, due.time, due.text) == ("by", "下班", "11月8日下班前")
    [since] = find(flow("11月25日起征集", split("11月25日起征集")), CALENDAR)
    assert since.open_end


def test_without_a_year_a_date_keeps_its_text():
    [found] = find(flow("9月5日", split("9月5日")), Calendar())
    assert (found.text, found.start, found.end) == ("9月5日", None, None)


@pytest.mark.parametrize(
    "text",
    [
        "二〇一〇年十一月三十日",
        "二○一○年十一月三十日",
        "二\ufffd\ufffd一\ufffd\ufffd年十一月三十日",
        "2010 年 11 月 30 日",
    ],
)
def test_the_date_of_issue_also_with_a_lost_zero(text):
    assert is_date_line(text)
    found = issue_date(flow(text, split(text)))
    assert found is not None and found.start == date(2010, 11, 30)


def test_working_days_ask_the_calendar():
    free = {date(2015, 9, 3), date(2015, 9, 5), date(2015, 9, 6)}
    assert working_days_from(date(2015, 9, 1), 3, lambda day: day not in free) == date(2015, 9, 7)
    assert working_days_from(date(2015, 9, 7), -2, lambda day: day not in free) == date(2015, 9, 2)
