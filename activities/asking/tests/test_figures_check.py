"""The figures of the notice's own statistics form are what every summary asks."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from activities.asking import checks
from campaigns.models import Indicator, Notice, NoticeAnnex
from tests.cast import filed_summary, issued, said, signed_in, text
from tests.pages import press
from workflow import clock

FORM = "序号\t项目\t单位\t数量\n1\t举办活动\t场次\t\n2\t参加活动人数\t人次\t\n3\t发放宣传资料\t份\t\n"
FORM += "4\t检查企业\t家\t\n5\t查处案件\t件\t\n6\t培训人员\t人次\t\n"
SIX = ["举办活动", "参加活动人数", "发放宣传资料", "检查企业", "查处案件", "培训人员"]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"), clock.as_of(date(2015, 8, 10)):
        yield


@pytest.fixture
def form(cast):
    Notice.objects.filter(pk=cast.notice.pk).update(body="见附件。")
    return NoticeAnnex.objects.create(
        notice=cast.notice, order=1, title="“质量月”活动情况统计表", content="text", text=FORM
    )


def found(cast):
    return checks.findings(Notice.objects.get(pk=cast.notice.pk))


def asked(campaign):
    return list(campaign.indicators.values_list("name", "measure"))


def test_the_six_rows_of_the_form_become_the_figures_of_the_summary_by_one_press(cast, form):
    [finding] = found(cast)
    assert ("、".join(SIX) in finding.text, "Posters、Visitors" in finding.text) == (True, True)
    page = reverse("activities:findings", args=[cast.notice.pk])
    assert said(press(signed_in(cast.staff), page, "Ask the form's 6 figures")) == ["Mended."]
    assert asked(cast.campaign) == list(zip(SIX, ["场次", "人次", "份", "家", "件", "人次"], strict=True))
    assert found(cast) == []
    issued(cast)
    summary = cast.owed(cast.water, "summary")
    shown = text(signed_in(cast.liaison).get(summary.get_absolute_url()))
    assert ("查处案件（件）" in shown, "Posters" in shown) == (True, False)


def test_one_figure_that_differs_is_named(cast, form):
    Indicator.objects.all().delete()
    for order, name in enumerate([*SIX[:5], "媒体报道"], 1):
        measure = dict(zip(SIX, ["场次", "人次", "份", "家", "件", "人次"], strict=True)).get(name, "篇")
        Indicator.objects.create(campaign=cast.campaign, order=order, name=name, measure=measure)
    [finding] = found(cast)
    assert finding.text == (
        "The statistics form asks for figures the summary does not ask: 培训人员. "
        "The summary asks for figures the statistics form has not: 媒体报道."
    )


def test_a_table_that_is_filled_in_already_asks_for_nothing(cast, form):
    NoticeAnnex.objects.update(text=FORM.replace("\t\n", "\t12\n"))
    assert found(cast) == []


def test_a_figure_that_units_have_reported_stays(autumn):
    filed_summary(autumn.owed(autumn.water, "summary"), autumn.liaison, 12, 300)
    client, page = signed_in(autumn.staff), reverse("campaigns:figures", args=[autumn.campaign.pk])
    refused = press(client, page, "Save", figures="Visitors（people）")
    assert "“Posters（sheets）” has been reported by units already, so it stays." in text(refused)
    assert "Visitors（people）" in text(refused)
    press(client, page, "Save", figures="Visitors（people）\nBanners\nPosters（sheets）")
    assert asked(autumn.campaign) == [("Visitors", "people"), ("Banners", ""), ("Posters", "sheets")]
    assert autumn.campaign.indicators.get(name="Posters").figures.get().value == 12
