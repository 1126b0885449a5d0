"""The working days of a year: pasted, looked at, entered; replaced; who may, and what the trail keeps."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from accounts.models import AuditEntry, User
from tests.cast import Cast, said, signed_in, text
from tests.pages import NoSuchForm, forge, opened, page_of, press
from workflow.models import YearArranged
from workflow.workdays import working_days

WHOLE = """2027年部分节假日安排
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。"""
"""Nobody has announced 2027 yet: a year as it might be."""
PAGE = "/working-days/?year=2027"


def entered(cast: Cast, words: str = WHOLE, by: User | None = None) -> YearArranged:
    """What the two presses make of a text."""
    browser = signed_in(by or cast.staff)
    looked = press(browser, PAGE, "See the days", text=words)
    press(browser, page_of(looked), "confirm=yes")
    row: YearArranged = YearArranged.objects.first()
    return row


def test_a_text_is_looked_at_and_then_counts(cast: Cast) -> None:
    browser = signed_in(cast.staff)
    assert "provisional" in text(browser.get(PAGE))
    looked = press(browser, PAGE, "See the days", text=WHOLE)
    shown = text(looked)
    assert ("This is how the text is understood" in shown, "not entered yet" in shown) == (True, True)
    assert YearArranged.objects.count() == 0
    answer = press(browser, page_of(looked), "confirm=yes")
    assert said(answer) == ["The working days of 2027 are entered."]
    days = [date(2027, 10, day) for day in range(1, 13)]
    assert [day.day for day in days if working_days().is_working_day(day)] == [8, 9, 11, 12]
    assert not working_days().is_provisional(2027)
    row = YearArranged.objects.get()
    assert (row.year, row.text, row.by) == (2027, WHOLE, cast.staff)
    assert "as announced" in text(answer)
    assert f"Entered by {cast.staff} on" in text(answer)
    trail = AuditEntry.objects.get(act="arranged")
    assert (trail.name, trail.about, trail.detail) == (cast.staff.username, "working days 2027", WHOLE)


def test_the_calendar_marks_what_is_free_and_what_is_worked(cast: Cast) -> None:
    looked = press(signed_in(cast.staff), PAGE, "See the days", text=WHOLE)
    october = BeautifulSoup(looked.content.decode(), "html.parser").select(".year-of table")[9]
    kinds = {cell.contents[0].strip(): cell["class"][0] for cell in october.select("td[class]")}
    assert [day for day, kind in kinds.items() if kind == "off"] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [day for day, kind in kinds.items() if kind == "worked"] == ["9"]
    assert [day for day, kind in kinds.items() if kind == "rest"] == ["10", "16", "17", "23", "24", "30", "31"]


def test_a_day_of_the_week_that_does_not_fit_stands_beside_the_field(cast: Cast) -> None:
    wrong = WHOLE.replace("10月9日（周六）", "10月9日（周日）").replace("共7天。9月", "共8天。9月")
    looked = press(signed_in(cast.staff), PAGE, "See the days", text=wrong)
    assert (looked.status_code, looked.context["form"].errors["text"]) == (
        422,
        [
            "“10月1日(周五)至7日(周四)放假调休，共8天”: the dates come to 7 days, not to the number printed.",
            "“10月9日(周日)”: the day of the week in brackets does not fit the date.",
        ],
    )
    assert wrong in BeautifulSoup(looked.content.decode(), "html.parser").find("textarea").text
    with pytest.raises(NoSuchForm):
        press(signed_in(cast.staff), page_of(looked), "confirm=yes")


def test_what_was_not_understood_and_what_is_only_advised_is_named(cast: Cast) -> None:
    words = WHOLE + "\n鼓励各单位安排职工在2月4日休息。\n2月12日上午放假半天。"
    shown = text(press(signed_in(cast.staff), PAGE, "See the days", text=words))
    assert "Not understood: “2月12日上午放假半天”" in shown
    assert "Only recommended, so no day off: “鼓励各单位安排职工在2月4日休息”" in shown


def test_one_holiday_alone_goes_over_what_is_known_and_the_year_stays_provisional(cast: Cast) -> None:
    row = entered(cast, "10月1日（周五）至7日放假调休，共7天。9月26日（周日）、10月9日（周六）上班")
    assert (row.is_complete, row.off["2027-10-07"], row.off["2027-09-15"]) == (False, "放假", "中秋节")
    known = working_days()
    assert known.is_provisional(2027)
    assert [day for day in range(4, 12) if known.is_working_day(date(2027, 10, day))] == [8, 9, 11]
    shown = text(signed_in(cast.staff).get(PAGE))
    assert "does not speak of every holiday" in shown


def test_the_year_the_text_names_is_the_one_that_is_entered(cast: Cast) -> None:
    row = entered(cast, "关于2026年部分节假日安排的通知\n元旦：1月1日放假")
    assert row.year == 2026


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("", "This field is required."),
        ("质量月从9月1日开始", "No day off was found"),
        ("2077年部分节假日安排\n元旦：1月1日放假", "The text is about 2077; years from 2000 to 2045 can be entered."),
    ],
)
def test_a_text_that_is_none_is_refused(cast: Cast, words: str, refusal: str) -> None:
    answer = press(signed_in(cast.staff), PAGE, "See the days", text=words)
    assert (answer.status_code, refusal in answer.context["form"].errors["text"][0]) == (422, True)


def test_what_was_changed_after_it_was_looked_at_is_looked_at_again(cast: Cast) -> None:
    browser = signed_in(cast.staff)
    looked = page_of(press(browser, PAGE, "See the days", text=WHOLE))
    answer = press(browser, looked, "confirm=yes", text=WHOLE.replace("、10月9日（周六）", ""))
    assert ("This is how the text is understood" in text(answer), YearArranged.objects.count()) == (True, 0)


def test_what_somebody_else_entered_meanwhile_is_seen_before_it_is_replaced(cast: Cast) -> None:
    browser = signed_in(cast.staff)
    looked = page_of(press(browser, PAGE, "See the days", text=WHOLE))
    entered(cast, by=cast.signer)
    answer = press(browser, looked, "confirm=yes")
    assert ("not entered yet" in text(answer), YearArranged.objects.count()) == (True, 1)
    press(browser, page_of(answer), "confirm=yes")
    assert [row.by for row in YearArranged.objects.all()] == [cast.staff, cast.signer]


def test_a_year_entered_earlier_is_replaced_and_its_text_is_there_to_be_mended(cast: Cast) -> None:
    entered(cast)
    field = opened(signed_in(cast.admin), PAGE).html.find("textarea")
    assert field.text.strip() == WHOLE
    row = entered(cast, WHOLE.replace("七、国庆节：", "七、国庆节：10月8日放假。"), by=cast.admin)
    assert (YearArranged.objects.count(), row.by) == (2, cast.admin)
    assert not working_days().is_working_day(date(2027, 10, 8))


def test_a_unit_sees_the_days_but_neither_the_form_nor_who_entered_them(cast: Cast) -> None:
    entered(cast)
    browser = signed_in(cast.liaison)
    page = opened(browser, PAGE)
    assert (page.html.find("textarea"), str(cast.staff) in page.html.find("main").text) == (None, False)
    assert forge(browser, PAGE, text=WHOLE).status_code == 403


def test_without_a_year_the_page_opens_at_the_first_that_is_provisional(cast: Cast, settings) -> None:
    settings.TODAY = date(2026, 11, 29)
    browser = signed_in(cast.staff)
    assert browser.get("/working-days/").context["year"] == 2027
    entered(cast)
    assert browser.get("/working-days/").context["year"] == 2026
    for nonsense in ("1999", "x", "２０２７"):
        assert browser.get(f"/working-days/?year={nonsense}").context["year"] == 2026


def test_the_page_is_reached_from_ones_own_menu(cast: Cast) -> None:
    links = opened(signed_in(cast.staff), "/").html.select(".menu a")
    assert reverse("accounts:working-days") in [link["href"] for link in links]
