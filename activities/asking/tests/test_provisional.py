"""Every page that counts working days says so for a year nobody has entered; afterwards it does not."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activities.asking import issue
from activities.models import Group
from activities.reading.propose import propose
from campaigns.models import Campaign, Notice
from campaigns.way import approve
from tests.cast import Cast, hand_out_everything, signed_in
from tests.pages import page_of
from workflow import clock
from workflow.models import YearArranged

ON = date(2027, 8, 20)
TEXT = """关于开展2027年质量月活动的通知
各区人民政府，市各成员单位：
为做好2027年质量月活动，现将有关事项通知如下。
请各单位于收到本通知之日起5个工作日内报送本单位联络员名单。
市质量办
2027年8月20日
"""


@pytest.fixture
def in_2027(cast: Cast) -> Iterator[Cast]:
    """The campaign of the cast, twelve years later."""
    Campaign.objects.filter(pk=cast.campaign.pk).update(
        year=2027, starts_on="2027-09-01", ends_on="2027-09-30", summary_due_on="2027-10-15"
    )
    with clock.as_of(ON):
        yield cast


def enter(cast: Cast, *years: int) -> None:
    for year in years:
        YearArranged.objects.create(year=year, text="…", is_complete=True, by=cast.staff, at=timezone.now())


def remarks(browser: Client, address: str) -> list[str]:
    """The years a page calls provisional, each with where its remark leads."""
    answer = browser.get(address)
    assert answer.status_code == 200
    found = page_of(answer).html.select("[data-provisional]")
    return [f"{row['data-provisional']} {row.find('a')['href']}" for row in found]


def issue_page(cast: Cast) -> tuple[Any, str]:
    approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    return cast.signer, reverse("activities:issue", args=[cast.notice.pk])


def check_page(cast: Cast) -> tuple[Any, str]:
    return cast.staff, reverse("activities:findings", args=[cast.notice.pk])


def late_unit_page(cast: Cast) -> tuple[Any, str]:
    approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    notice = Notice.objects.get(pk=cast.notice.pk)
    issue.issue(notice, by=cast.signer, due=issue.proposed_due(notice))
    hand_out_everything()
    return cast.signer, reverse("activities:late-unit", args=[notice.pk])


def reading_page(cast: Cast) -> tuple[Any, str]:
    reading = propose(TEXT, host=cast.office, by=cast.staff)
    return cast.staff, reverse("activities:reading", args=[reading.pk])


def row_page(cast: Cast) -> tuple[Any, str]:
    reading = propose(TEXT, host=cast.office, by=cast.staff)
    [row] = reading.proposals.filter(group=Group.DEADLINE)
    return cast.staff, reverse("activities:proposal", args=[row.pk])


PAGES = [issue_page, check_page, late_unit_page, reading_page, row_page]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_counts_days_says_so_until_the_year_is_entered(in_2027: Cast, page: Any) -> None:
    who, address = page(in_2027)
    browser = signed_in(who)
    assert remarks(browser, address) == ["2027 /working-days/?year=2027"]
    enter(in_2027, 2027)
    assert remarks(browser, address) == []


@pytest.mark.parametrize("page", PAGES[:3])
def test_nothing_is_said_of_a_year_that_was_announced(cast: Cast, page: Any) -> None:
    with clock.as_of(date(2015, 8, 20)):
        who, address = page(cast)
        assert remarks(signed_in(who), address) == []


def test_days_are_proposed_by_what_was_entered(in_2027: Cast) -> None:
    assert issue.proposed_due(in_2027.notice).receipt == date(2027, 8, 23)
    YearArranged.objects.create(
        year=2027, text="…", off={"2027-08-23": "放假"}, is_complete=True, by=in_2027.staff, at=timezone.now()
    )
    assert issue.proposed_due(in_2027.notice).receipt == date(2027, 8, 24)


def test_a_day_counted_before_the_year_was_entered_is_named_as_it_is_now(in_2027: Cast) -> None:
    who, address = reading_page(in_2027)
    browser = signed_in(who)
    [row] = page_of(browser.get(address)).html.select("article:has([data-provisional])")
    assert ("2027-08-27" in row.text, row.select("[data-now]")) == (True, [])
    YearArranged.objects.create(
        year=2027, text="…", off={"2027-08-23": "放假"}, is_complete=True, by=in_2027.staff, at=timezone.now()
    )
    [now] = page_of(browser.get(address)).html.select("[data-now]")
    assert (now["data-now"], now.text.strip()) == (
        "2027-08-30",
        "By the working days as they are entered now it is 30 August.",
    )


def test_a_term_is_counted_over_what_was_entered(in_2027: Cast) -> None:
    YearArranged.objects.create(
        year=2027, text="…", off={"2027-08-23": "放假"}, worked=["2027-08-28"],
        is_complete=True, by=in_2027.staff, at=timezone.now(),
    )  # fmt: skip
    reading = propose(TEXT, host=in_2027.office, by=in_2027.staff)
    [row] = reading.proposals.filter(group=Group.DEADLINE)
    assert row.values["due_on"] == "2027-08-28"
