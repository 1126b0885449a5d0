"""What is pointed out to a unit before it files, one kind after another; and what is none of its business."""

from dataclasses import replace

import pytest
from django.utils import translation

from activities.states import Kind
from campaigns.models import Campaign, Indicator
from reports.models import Figure, SectionSet, Summary
from reports.summaries.looks.look import looked_at
from reports.summaries.sections import ask, usual
from tests.cast import campaign, filed_plan, filed_summary, issued, notice, said, signed_in, text
from tests.pages import press
from workflow import clock

OWN = "本局组织水厂开放日活动三场，接待市民代表参观，发放了节水宣传手册"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def written(cast, **texts):
    """The summary of the water bureau with these texts, saved as a draft."""
    row = cast.owed(cast.water, Kind.SUMMARY)
    summary = Summary.draft(row)
    for key, words in texts.items():
        setattr(summary, key, words)
    summary.save_draft(by=cast.liaison, seen=summary.revision)
    return summary


def told(summary):
    """What is pointed out, by section."""
    return [(each.key, each.text) for each in looked_at(summary)]


def test_nothing_is_said_of_a_good_text(autumn):
    assert told(written(autumn, overview=OWN, practice="9月1日在水厂举行开放日，与健康局联合开展义诊。")) == []


def test_its_own_text_of_last_year_with_the_year_changed(autumn):
    old = campaign(autumn.office, "Month of 2014")
    Campaign.objects.filter(pk=old.pk).update(year=2014)
    asked = notice(Campaign.objects.get(pk=old.pk), 14, [autumn.water, autumn.health])
    issued(replace(autumn, campaign=old, notice=asked))
    filed_summary(
        asked.assignments.get(unit=autumn.water, kind=Kind.SUMMARY), autumn.liaison, overview=f"2014年{OWN}。"
    )
    found = told(written(autumn, overview=f"2015年{OWN}。今年新增了线上答题环节，共有三千名职工参加。"))
    assert found == [("overview", f"This stood in your summary of an earlier year: “2015年{OWN}”")]
    other = Summary.draft(autumn.owed(autumn.health, Kind.SUMMARY))
    other.overview = f"2015年{OWN}。"
    other.save_draft(by=autumn.neighbour, seen=0)
    assert told(other) == []  # it is the other unit's own text


def test_sentences_of_the_notice_but_not_its_slogans(autumn):
    body = "各单位要高度重视质量月活动，加强组织领导，精心安排部署，确保取得实效。"
    autumn.notice.body = body
    autumn.notice.save()
    found = told(written(autumn, overview=f"{body}我局由局长牵头，成立了由八个处室组成的工作小组。"))
    assert found == [("overview", f"This is a sentence of the notice: “{body[:-1]}”")]


def test_a_section_that_only_says_the_plan_again(autumn):
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison, content=f"{OWN}。")
    summary = written(autumn, practice=f"{OWN}。", effect=f"{OWN}。参观者提出了十二条意见，已有九条得到落实。")
    assert told(summary) == [
        ("practice", "This section says nothing that the plan did not say. What was done, and what came of it?")
    ]


def test_another_unit_is_named_unless_the_two_did_it_together(autumn):
    for unit in (autumn.water, autumn.health):
        unit.kind, unit.level = "department", autumn.water.level
        unit.save()
    name = autumn.health.name
    found = told(written(autumn, overview=f"{name}高度重视，成立领导小组。", practice=f"会同{name}举办讲座。"))
    assert found == [("overview", f"Another unit or place is named: “{name}”. Is it meant?")]


def test_days_outside_the_campaign_and_another_year(autumn):
    words = "2014年我局开展活动。比2013年增长一成。8月1日召开动员会。9月1日举行开放日。2月30日是误写。"
    assert told(written(autumn, practice=words)) == [
        ("practice", "This day lies outside the campaign: “8月1日”"),
        ("practice", "Another year than that of the campaign: “2014年”. Is it meant?"),
    ]
    summary = Summary.objects.get()
    summary.practice = "9月20日将举行开放日。"
    assert told(summary) == [("practice", "This day lies outside the campaign: “9月20日”")]  # it is the 1st
    with clock.as_of(autumn.campaign.ends_on):
        assert told(summary) == []


def figure(cast, place, value, about=""):
    return Figure.objects.create(
        summary=Summary.objects.get(), indicator=cast.campaign.indicators.all()[place], value=value, about=about
    )


def test_figures_far_from_target_or_from_the_text_are_asked_about(autumn):
    posters, _visitors = autumn.campaign.indicators.all()
    Indicator.objects.filter(pk=posters.pk).update(target=100, name="发放海报")
    summary = written(autumn, practice="全月共发放海报1,200张，参观者踊跃。")
    figure(autumn, 0, 900)
    figure(autumn, 1, 30)
    assert told(summary) == [
        ("figures", "900 is far from the target of 100. Is it right?"),
        ("practice", "The text says 发放海报 1,200张, the figure 900."),
    ]
    Figure.objects.filter(indicator=posters).update(value=150)
    summary.practice = "全月共发放海报140余张。"
    summary.save()
    assert told(summary) == []


def test_a_part_greater_than_its_whole_is_asked_about(autumn):
    posters, visitors = autumn.campaign.indicators.all()
    Indicator.objects.create(
        campaign=autumn.campaign, order=9, name="Share", rollup="ratio", part=posters, whole=visitors
    )
    summary = written(autumn, practice="Text")
    figure(autumn, 0, 900)
    figure(autumn, 1, 300)
    assert told(summary) == [("figures", "Posters 900 is more than Visitors 300, of which it is a part.")]


def test_what_is_wanted_and_not_insisted_on(autumn):
    first, *others = usual()
    ask(autumn.campaign, [replace(first, least=50, evidence="photo"), *others], by=autumn.staff)
    summary = written(autumn, overview="短")
    summary.asked = SectionSet.objects.get()
    assert [words for _key, words in told(summary)] == [
        "“组织领导情况” has 1 words. Asked is: At least 50 words.", "Photos are wanted here, and there are none.",
    ]  # fmt: skip


def test_hostile_lengths_are_looked_at_quickly_enough_and_without_an_error(autumn):
    long = "各单位要高度重视质量月活动加强组织领导精心安排部署。" * 700
    autumn.notice.body = long
    autumn.notice.save()
    assert told(written(autumn, overview=long[:20_000], practice="𠮷㛃" * 9000))


# --- on the page ---------------------------------------------------------------------------------------------------


def submit(cast, page="", **values):
    rest = {"overview": "A", "practice": "2014年我局开展活动。", "effect": "C"}
    figures = {f"figure_{each.pk}": "1" for each in cast.campaign.indicators.all()}
    address = cast.owed(cast.water, Kind.SUMMARY).get_absolute_url()
    return press(signed_in(cast.liaison), page or address, "action=submit", **rest | figures | values)


def test_the_unit_sees_it_first_and_files_with_a_second_press(autumn):
    first = submit(autumn)
    (words,) = said(first)
    assert (
        words.startswith("Saved, not filed yet: 1 place to look at first."),
        autumn.owed(autumn.water, Kind.SUMMARY).state,
    ) == (True, "open")
    assert "Another year than that of the campaign: “2014年”. Is it meant?" in text(first)
    assert said(submit(autumn)) == ["Submitted."]  # the page it was shown on


def test_what_is_new_since_is_shown_once_more(autumn):
    submit(autumn)
    second = submit(autumn, effect="2012年成效显著。")
    assert said(second)[0].startswith("Saved, not filed yet: 1 place")
    assert said(submit(autumn, effect="2012年成效显著。")) == ["Submitted."]


def test_who_judges_it_sees_it_too_and_a_leader_does_not(autumn):
    submit(autumn)
    submit(autumn)
    address = autumn.owed(autumn.water, Kind.SUMMARY).get_absolute_url()
    for user, sees in ((autumn.staff, True), (autumn.liaison, True), (autumn.leader, False)):
        assert ("Worth a second look" in text(signed_in(user).get(address))) == sees, user
