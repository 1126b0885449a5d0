"""A sentence of a notice that asks for something and became no row is shown as a doubt, and waits until it was seen."""

import pytest
from django.urls import reverse

from activities.models import Group
from activities.reading.propose import propose
from tests.cast import signed_in, text
from tests.pages import press

NOTICE = """望江市质量强市工作领导小组办公室关于开展2016年“质量月”活动的通知
市质量强市工作领导小组各成员单位：
现将有关事项通知如下：
一、其他事项
请各单位填写附表并留存。
请于活动结束后5个工作日内将活动总结报市质量强市办。
二、活动时间
9月5日至9月30日。
望江市质量强市工作领导小组办公室
2016年8月15日
"""


@pytest.fixture
def reading(cast):
    return propose(NOTICE, host=cast.office, by=cast.staff)


def test_what_asks_without_being_a_row_waits_to_be_seen(cast, reading):
    [row] = [row for row in reading.proposals.filter(group=Group.UNPLACED) if row.doubts]
    assert row.values["text"] == "请各单位填写附表并留存。"
    assert row.doubts == ["This asks for something and became no row: is somebody to do it?"]
    assert row.doubts[0] not in reading.doubts
    browser = signed_in(cast.staff)
    page = reverse("activities:reading", args=[reading.pk])
    assert "is somebody to do it?" in text(browser.get(page))
    press(browser, page, "mark=check", form=reverse("activities:mark", args=[row.pk]))
    row.refresh_from_db()
    assert row.checked


def test_a_term_is_counted_in_the_working_days_of_the_office(reading):
    [duty] = reading.proposals.filter(group=Group.DEADLINE)
    assert duty.values["due_on"] == "2016-10-12"
