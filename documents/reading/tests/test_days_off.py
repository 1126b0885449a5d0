"""What the State Council arranged, as its texts are shaped, day by day against what the library collected."""

from datetime import date, timedelta

import pytest
from holidays.countries.china import China

from documents.reading import Wrong, read_days_off

TEXTS = {
    2015: """关于2015年部分节假日安排的通知
经批准，现将2015年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日至3日放假调休，共3天。1月4日（星期日）上班。
二、春节：2月18日至24日放假调休，共7天。2月15日（星期日）、2月28日（星期六）上班。
三、清明节：4月5日放假，4月6日（星期一）补休。
四、劳动节：5月1日放假，与周末连休。
五、端午节：6月20日放假，6月22日（星期一）补休。
六、中秋节：9月27日放假。
七、国庆节：10月1日至7日放假调休，共7天。10月10日（星期六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
抗战胜利70周年纪念日：9月3日至5日放假调休，共3天。9月6日（星期日）上班。
2014年12月16日""",
    2020: """2020年部分节假日安排
一、元旦：2020年1月1日放假，共1天。
二、春节：1月24日至30日放假调休，共7天。1月19日（星期日）、2月1日（星期六）上班。
三、清明节：4月4日至6日放假调休，共3天。
四、劳动节：5月1日至5日放假调休，共5天。4月26日（星期日）、5月9日（星期六）上班。
五、端午节：6月25日至27日放假调休，共3天。6月28日（星期日）上班。
六、国庆节、中秋节：10月1日至8日放假调休，共8天。9月27日（星期日）、10月10日（星期六）上班。
延长2020年春节假期至2月2日（农历正月初九，星期日），2月3日（星期一）起正常上班。""",
    2024: """2024年部分节假日安排
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2025: """自2025年1月1日起，全体公民放假的假日增加2天，其中春节、劳动节各增加1天。国庆节自10月1日起放假调休7天或8天。
现将2025年部分节假日安排如下：
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。""",
    2026: """关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
国务院办公厅
2025年11月4日""",
}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", TEXTS)
def test_every_short_date_is_worked_or_free_as_arranged(year: int) -> None:
    found = read_days_off(TEXTS[year], year=1999)
    assert (found.year, found.wrong, found.unread) == (year, [], [])
    read = {day: day in found.worked or (day.weekday() < 5 and day not in found.off) for day in days_of(year)}
    library = China(years=year, expand=False)
    assert read == {day: library.is_working_day(day) for day in days_of(year)}


def test_what_is_only_advised_makes_no_day_off() -> None:
    found = read_days_off(TEXTS[2024], 2024)
    assert [each[:2] for each in found.advised] == ["鼓励"]
    assert date(2024, 2, 9) not in found.off


@pytest.mark.parametrize(
    ("text", "off", "worked"),
    [
        ("元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。", "1230 1231 0101", "1229"),
        ("元旦:12月30日至1月1日放假调休,共3天.12月29日(星期六)上班", "1230 1231 0101", "1229"),
        ("一、元旦： 1 月 1 日 放假 1 天", "0101", ""),
        ("5月1日（周三）至4日放假调休，共4天。4月28日（周日）、5月5日（周日）上班", "0501 0502 0503 0504", "0428 0505"),
        ("清明节４月５日（星期五）放假，与周末连休，共3天。", "0405", ""),
        ("一、元旦：1月1日放假。二、清明节：4月5日放假，共1天。", "0101 0405", ""),
    ],
)
def test_other_shapes(text: str, off: str, worked: str) -> None:
    found = read_days_off(text.replace("共3天.12月", "共3天。12月"), 2019)
    assert [f"{day:%m%d}" for day in sorted(found.off)] == off.split()
    assert [f"{day:%m%d}" for day in sorted(found.worked)] == worked.split()
    assert (found.wrong, found.unread) == ([], [])


def test_the_issue_s_own_words_are_read() -> None:
    found = read_days_off("10月1日（周四）至7日放假调休，共7天。9月20日（周日）、10月10日（周六）上班", 2026)
    assert sorted(found.off) == [date(2026, 10, day) for day in range(1, 8)]
    assert sorted(found.worked) == [date(2026, 9, 20), date(2026, 10, 10)]
    assert (found.wrong, found.unread) == ([], [])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("国庆节：10月1日（周五）放假", Wrong("weekday", "10月1日(周五)", date(2026, 10, 1))),
        ("清明节：4月31日放假", Wrong("no-day", "4月31日")),
        ("国庆节：10月1日至6日放假调休，共7天", Wrong("count", "10月1日至6日放假调休，共7天", count=6)),
        ("国庆节：10月1日至7日放假。10月8日上班", Wrong("weekend", "10月8日", date(2026, 10, 8))),
        ("国庆节：10月1日至4日放假。10月4日上班", Wrong("both", "10月4日", date(2026, 10, 4))),
        ("国庆节：2019年10月1日放假", Wrong("year", "2019年10月1日", date(2019, 10, 1))),
    ],
)
def test_what_cannot_be_is_named(text: str, wrong: Wrong) -> None:
    assert read_days_off(text, 2026).wrong == [wrong]


@pytest.mark.parametrize("text", ["春节：放假安排另行通知", "春节：2月15日前后调整上班时间", "延长春节假期至2月2日"])
def test_what_is_not_understood_is_named(text: str) -> None:
    found = read_days_off(text, 2026)
    assert (found.off, found.worked, len(found.unread)) == ({}, {}, 1)


def test_words_without_days_are_no_arrangement() -> None:
    found = read_days_off("今年质量月的主题是质量第一", 2026)
    assert (found.off, found.worked, found.wrong, found.unread) == ({}, {}, [], [])


@pytest.mark.parametrize(
    "row", ["元旦、", "元旦和", "一年纪念日和", "1日、", "1月1日至", "1月1日(", "和", "元旦1月1日至"]
)
def test_a_long_row_of_the_same_words_is_read_in_steps_that_do_not_multiply(row: str) -> None:
    """It ends at all: a row of names without a colon was once tried in every way to part it."""
    found = read_days_off(row * (10_000 // len(row)) + "纪念日", 2027)
    assert found.year == 2027
