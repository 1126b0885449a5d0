"""What the paper demands is what the system asks: each difference is found, and mended by one press."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from activities.asking import checks, issue
from activities.models import Activity, Demand
from campaigns.models import Campaign, Notice, NoticeAnnex
from tests.cast import said, signed_in, text, unit
from tests.pages import NoSuchForm, forge, opened, press
from workflow import clock

ON = date(2015, 8, 10)
SUMMARY = "各单位要认真总结质量月活动的开展情况，并于10月15日前报送活动总结。"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"), clock.as_of(ON):
        yield


def write(row, *lines):
    """The text of the notice, with the summary's day as the campaign has it."""
    Notice.objects.filter(pk=row.pk).update(body="\n".join([*lines, SUMMARY]))


def found(row, due=None):
    """What the check says of the text's demands, each with what its buttons offer."""
    rows = checks.findings(Notice.objects.get(pk=row.pk), due)
    return [(each.text, [mend.label for mend in each.mends]) for each in rows]


def page(cast):
    return reverse("activities:findings", args=[cast.notice.pk])


def test_a_text_that_says_what_is_asked_is_in_order(cast):
    write(cast.notice, "请各单位认真组织。")
    assert found(cast.notice) == []


@pytest.mark.parametrize("words", ["8月25日前", "八月二十五日前", "2015年8月25日下班前", "二〇一五年八月二十五日前"])
def test_plans_asked_for_on_another_day_than_the_page_proposes(cast, words):
    write(cast.notice, f"各单位要制定活动方案，于{words}报送活动方案。")
    assert found(cast.notice) == [
        (
            f"The text asks for “活动方案” {words}; the system asks for it by 31 August.",
            ["Change to 25 August"],
        )
    ]
    client = signed_in(cast.staff)
    done = press(client, page(cast), "Change to 25 August")
    assert said(done) == ["Mended."]
    assert found(cast.notice) == []
    assert issue.proposed_due(Notice.objects.get(pk=cast.notice.pk)).plan == date(2015, 8, 25)
    with pytest.raises(NoSuchForm):
        press(client, page(cast), "Change to 25 August")


def test_who_leads_nothing_is_asked_for_the_plan_that_the_text_asks_of_every_unit(cast):
    """“各单位于8月31日前报送活动方案”: a plan goes with an activity, and two units lead none."""
    for name in ("Parks bureau", "Sports bureau"):
        cast.notice.addressees.add(unit(name))
    write(cast.notice, "各单位要制定活动方案，于8月31日前报送活动方案。")
    [(words, offers)] = found(cast.notice)
    assert words == (
        "The text asks every unit for “活动方案”; 2 units lead no activity, so the system does not ask them: "
        "Parks bureau、Sports bureau."
    )
    assert offers == ["Ask them too by 31 August"]
    press(signed_in(cast.staff), page(cast), "Ask them too by 31 August")
    row = cast.notice.demands.get()
    asked_of = sorted(each.name for each in row.units.all())
    assert (row.title, row.due_on, asked_of) == ("活动方案", date(2015, 8, 31), ["Parks bureau", "Sports bureau"])
    assert found(cast.notice) == []


def test_a_plan_asked_of_those_who_lead_concerns_nobody_else(cast):
    cast.notice.addressees.add(unit("Parks bureau"))
    write(cast.notice, "各牵头单位要制定活动方案，于8月31日前报送活动方案。")
    assert found(cast.notice) == []


@pytest.mark.parametrize(("words", "day"), [("8月底前", date(2015, 8, 31)), ("9月上旬前", date(2015, 9, 10))])
def test_parts_of_a_month_are_due_on_their_last_day(cast, words, day):
    write(cast.notice, f"请于{words}将活动方案报我办。")
    if day == date(2015, 8, 31):
        assert found(cast.notice) == []
    else:
        [(_words, [offer])] = found(cast.notice)
        assert offer == "Change to 10 September"


def test_the_day_the_signer_types_is_held_against_the_text_too(cast):
    write(cast.notice)
    due = issue.proposed_due(cast.notice)
    assert found(cast.notice, due) == []
    other = issue.DueDates(**vars(due) | {"summary": date(2015, 10, 20)})
    assert found(cast.notice, other)[0][0] == (
        "The text asks for “活动总结” 10月15日前; the system asks for it by 20 October."
    )


def test_a_summary_day_of_the_text_becomes_the_campaigns(cast):
    Campaign.objects.filter(pk=cast.campaign.pk).update(summary_due_on=date(2015, 10, 10))
    write(cast.notice)
    press(signed_in(cast.staff), page(cast), "Change to 15 October")
    cast.campaign.refresh_from_db()
    assert (cast.campaign.summary_due_on, found(cast.notice)) == (date(2015, 10, 15), [])


def test_names_of_liaison_officers_by_a_day_of_the_text(cast):
    write(cast.notice, "请于8月14日前将联络员名单（附件2）报市质强办。")
    NoticeAnnex.objects.create(notice=cast.notice, order=1, title="附件2", content="text", text="见附件2。")
    [(words, offers)] = [each for each in found(cast.notice) if "联络员" in each[0]]
    assert (offers, "17 August" in words) == (["Change to 14 August"], True)
    press(signed_in(cast.staff), page(cast), "Change to 14 August")
    cast.campaign.refresh_from_db()
    assert cast.campaign.registration_due_on == date(2015, 8, 14)


def test_what_the_text_asks_and_nobody_is_asked_becomes_a_demand_by_one_press(cast):
    write(cast.notice, "典型案例请于9月25日前报市质强办。")
    [(words, offers)] = found(cast.notice)
    assert words == "The text asks for “典型案例” 9月25日前; the system asks nobody for it."
    assert offers == ["Ask for it by 25 September"]
    press(signed_in(cast.staff), page(cast), "Ask for it by 25 September")
    assert list(cast.notice.demands.values_list("title", "due_on")) == [("典型案例", date(2015, 9, 25))]
    assert found(cast.notice) == []


def test_two_presses_make_one_demand(cast):
    write(cast.notice, "典型案例请于9月25日前报市质强办。")
    client = signed_in(cast.staff)
    before = opened(client, page(cast))
    first, second = (press(client, before, "Ask for it by 25 September") for _twice in range(2))
    assert said(first) == ["Mended."]
    assert said(second) == ["This is mended already, or the notice was changed meanwhile."]
    assert cast.notice.demands.count() == 1


def test_a_demand_of_another_day_is_moved_to_the_texts(cast):
    Demand.objects.create(notice=cast.notice, order=1, title="典型案例", due_on=date(2015, 9, 30))
    write(cast.notice, "各单位的典型案例请于9月25日前报市质强办。")
    press(signed_in(cast.staff), page(cast), "Change to 25 September")
    assert (Demand.objects.get().due_on, found(cast.notice)) == (date(2015, 9, 25), [])


def test_what_is_to_be_done_by_a_day_is_asked_or_stands_with_an_activity(cast):
    write(cast.notice, "各区于9月18日前完成自查整改。")
    assert found(cast.notice) == [
        (
            "The text says “各区于9月18日前完成自查整改”; nothing in the system is due then.",
            ["Ask for it by 18 September"],
        )
    ]
    Activity.objects.filter(title="Clinic on the square").update(due_on=date(2015, 9, 18))
    assert found(cast.notice) == []


def test_days_on_which_nothing_takes_place_are_one_line(cast):
    write(cast.notice, "9月15日在中心广场举办咨询活动，9月21日至23日开展检查，2014年9月以来成效明显。")
    [(words, offers)] = found(cast.notice)
    assert ("9月15日" in words, "9月21日至23日" in words, "2014年" in words, offers) == (True, True, False, [])
    Activity.objects.filter(title="Clinic on the square").update(starts_on=date(2015, 9, 15), ends_on=date(2015, 9, 23))
    assert found(cast.notice) == []


def test_the_period_of_the_campaign_and_its_month_are_known(cast):
    write(cast.notice, "定于2015年9月1日至30日开展“质量月”活动。9月，全市统一行动。")
    assert found(cast.notice) == []


def test_a_term_that_comes_back_every_month_is_listed(cast):
    write(cast.notice, "各单位每月5日前报送工作动态。")
    assert found(cast.notice) == [
        ("The text asks for “工作动态” 每月5日前; the system asks nobody for it.", []),
    ]


def test_what_is_asked_and_stands_nowhere_in_the_text_is_written_into_it_by_one_press(cast):
    Notice.objects.filter(pk=cast.notice.pk).update(
        body="请各单位高度重视，加强领导，精心组织实施质量月活动。\n特此通知。"
    )
    [(words, offers)] = found(cast.notice)
    assert words == "The system asks for “Summary” by 15 October; the text does not say so."
    assert offers == ["Write it into the text"]
    press(signed_in(cast.staff), page(cast), "Write it into the text")
    assert Notice.objects.get(pk=cast.notice.pk).body.splitlines()[1:] == [
        "请各单位于2015年10月15日前报送活动总结。",
        "特此通知。",
    ]
    assert found(cast.notice) == []


def test_a_demand_the_text_knows_nothing_of_can_be_dropped(cast):
    Demand.objects.create(notice=cast.notice, order=1, title="海报样稿", due_on=date(2015, 9, 8))
    write(cast.notice, "请各单位认真组织实施。")
    [(words, offers)] = found(cast.notice)
    assert ("海报样稿" in words, offers) == (True, ["Write it into the text", "Ask for it no longer"])
    press(signed_in(cast.staff), page(cast), "Ask for it no longer")
    assert (Demand.objects.count(), found(cast.notice)) == (0, [])


def test_nobody_else_mends_and_nothing_is_mended_once_it_went_out(cast):
    write(cast.notice, "典型案例请于9月25日前报市质强办。")
    sent = {"mend": f"{checks.findings(Notice.objects.get(pk=cast.notice.pk))[0].code}:0"}
    assert forge(signed_in(cast.liaison), page(cast), sent).status_code == 404
    odd = {"mend": sent["mend"] + "9" * 5000}
    assert said(forge(signed_in(cast.staff), page(cast), odd, follow=True))[0].startswith("This is mended already")
    Notice.objects.filter(pk=cast.notice.pk).update(state="withdrawn")
    done = forge(signed_in(cast.staff), page(cast), sent, follow=True)
    assert ("went out or was withdrawn" in text(done), Demand.objects.count()) == (True, 0)
