"""A new year from last year: what is taken along, and how days move."""

from datetime import date

import pytest
from django.urls import reverse

from activities.asking.beginning import begin
from activities.asking.checks import findings
from activities.models import Activity, Deliverable, GroupParticipation
from campaigns.models import Campaign, Point, Slogan
from campaigns.models.campaign import PointKind
from campaigns.new_year import Reworded
from reports.new_year import moved
from tests.cast import said, signed_in, text, unit
from tests.pages import press


@pytest.mark.parametrize(
    ("day", "new", "was_weekend"),
    [
        (date(2015, 9, 1), date(2016, 9, 1), False),  # Tuesday, Thursday
        (date(2015, 9, 10), date(2016, 9, 12), True),  # Thursday, Saturday: the Monday after
        (date(2015, 9, 11), date(2016, 9, 12), True),  # Friday, Sunday: the Monday after
        (date(2015, 9, 12), date(2016, 9, 12), False),  # Saturday, Monday
        (date(2014, 9, 13), date(2015, 9, 13), False),  # was on a weekend already: an open day stays on one
        (date(2016, 2, 29), date(2017, 2, 28), False),
    ],
)
def test_days_move_by_a_year_and_off_the_weekend(day, new, was_weekend):
    found = moved(day, 1)
    assert (found.new, found.was_weekend) == (new, was_weekend)


def last_year(cast):
    """Last year's campaign with something of everything."""
    of = cast.campaign
    of.groups.add(cast.office.groups.get())
    Slogan.objects.create(campaign=of, order=1, text="Old theme", is_theme=True)
    Slogan.objects.create(campaign=of, order=2, text="Better every day")
    Point.objects.create(campaign=of, kind=PointKind.FOCAL, number="一、", heading="Safe lifts")
    first = of.activities.first()
    Activity.objects.filter(pk=first.pk).update(title="Open day 2015", starts_on="2015-09-10", ends_on="2015-09-10")
    Deliverable.objects.create(activity=first, order=1, title="Posters", target=100, due_on="2015-09-11")
    GroupParticipation.objects.create(activity=first, group=cast.office.groups.get(), part="participate")
    return of


def renew(cast, **changes):
    """Choose on the page what is taken along, and make the new campaign."""
    values = {"year": "2016", "theme": "New theme"} | changes
    return press(signed_in(cast.staff), reverse("reports:renew", args=[cast.campaign.pk]), "action=make", **values)


def test_the_page_shows_what_will_be_called_otherwise_before_anything_is_made(autumn):
    old = last_year(autumn)
    page, address = signed_in(autumn.staff), reverse("reports:renew", args=[old.pk])
    assert ("Open day 2015", "Open day 2016") in page.get(address).context["titles"]
    answer = press(page, address, "action=titles", year="2018", theme="New theme")
    assert (answer.status_code, Campaign.objects.filter(year=2018).exists()) == (200, False)
    assert [now for before, now in answer.context["titles"] if before == "Open day 2015"] == ["Open day 2018"]
    assert "<strong>Open day 2018</strong>" in text(answer)
    assert all(before != now for before, now in answer.context["titles"])
    renew(autumn, year="2018")
    made = Campaign.objects.get(year=2018)
    named = {
        made.title,
        *made.notices.values_list("title", flat=True),
        *made.activities.values_list("title", flat=True),
    }
    assert {now for _before, now in answer.context["titles"]} <= named


def test_everything_is_taken_along_and_nothing_is_issued(autumn):
    old = last_year(autumn)
    answer = renew(autumn)
    new = Campaign.objects.get(year=2016)
    assert said(answer) == ["City month was made from City month. Nothing has been issued."]
    assert (new.state, new.theme, new.starts_on, new.summary_due_on) == (
        "planned", "New theme", date(2016, 9, 1), date(2016, 10, 17),
    )  # fmt: skip
    first = new.activities.first()
    assert (first.title, first.starts_on, first.leads) == ("Open day 2016", date(2016, 9, 12), [autumn.water])
    assert [(row.target, row.due_on) for row in first.deliverables.all()] == [(100, date(2016, 9, 12))]
    assert [slogan.text for slogan in new.slogans.all()] == ["Better every day"]
    assert ([point.heading for point in new.focal_points], new.indicators.count()) == (["Safe lifts"], 2)
    draft = new.notices.get()
    assert (draft.state, draft.document_number, draft.year) == ("draft", None, 2016)
    assert set(draft.addressees.all()) == set(autumn.notice.addressees.all())
    assert old.assignments.count() == 12
    assert not new.assignments.exists()


def test_only_what_is_chosen_is_taken(autumn):
    last_year(autumn)
    second = autumn.campaign.activities.last()
    renew(autumn, parts=["activities"], activities=[second.pk])
    new = Campaign.objects.get(year=2016)
    assert [each.title for each in new.activities.all()] == [second.title]
    found = new.slogans.count(), new.points.count(), new.notices.count(), new.indicators.count(), new.groups.count()
    assert found == (0, 0, 0, 0, 0)


def test_single_units_and_groups_go_along_and_the_same_units_take_part(autumn):
    last_year(autumn)
    autumn.campaign.units.set([autumn.street])
    autumn.campaign.groups.set(autumn.office.groups.all())
    renew(autumn, parts=["units"])
    new = Campaign.objects.get(year=2016)
    assert (list(new.units.all()), [group.name for group in new.groups.all()]) == ([autumn.street], ["Member units"])
    assert set(new.taking_part()) == {autumn.street, autumn.water, autumn.health, autumn.district}


def test_a_unit_that_was_merged_is_followed_by_the_one_it_went_into(autumn):
    last_year(autumn)
    autumn.campaign.units.add(autumn.water)
    sea = unit("Water and sea bureau")
    autumn.water.merged_into = sea
    autumn.water.save()
    renew(autumn)
    new = Campaign.objects.get(year=2016)
    assert (new.activities.first().leads, list(new.units.all())) == ([sea], [sea])
    assert autumn.water not in new.notices.get().addressees.all()


def test_pressed_twice_makes_one_campaign(autumn):
    renew(autumn)
    assert said(renew(autumn)) == ["This campaign is there already; nothing was made twice."]
    assert Campaign.objects.filter(year=2016).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("year", "2015", "The new year comes after 2015."), ("theme", "", "This field is required.")],
)
def test_what_is_missing_is_said_and_the_choice_stays(autumn, field, value, words):
    second = autumn.campaign.activities.last()
    answer = renew(autumn, activities=[second.pk], **{field: value})
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [words]})
    assert [row["chosen"] for row in answer.context["rows"]] == [False, True]


def test_the_page_shows_the_days_then_and_now(autumn):
    last_year(autumn)
    shown = text(signed_in(autumn.staff).get(reverse("reports:renew", args=[autumn.campaign.pk])))
    assert [
        words for words in ("10 September 2015", "12 September 2016", "moved off the weekend") if words not in shown
    ] == []


THEME, NEW_THEME = "建设质量强国 共创美好生活", "提升供给质量，建设质量强市"


def notice_of_last_year(cast):
    """Last year's notice and campaign, with year, edition and theme in every name."""
    of = last_year(cast)
    of.title, of.theme = "2015年“质量月”活动", THEME
    of.guiding_ideology = "以“建设质量强国、共创美好生活”为主题"
    of.save()
    cast.notice.title = "关于开展2015年“质量月”活动的通知"
    cast.notice.body = (
        "根据《关于开展2015年全国“质量月”活动的通知》（国质检质〔2015〕395号）和GB/T 19001-2015，"
        "开展第三十八个全国“质量月”。\n"
        "一、活动主题\n建设质量强国，共创美好生活。\n二、时间\n二〇一五年九月，在2014年的基础上。"
    )
    cast.notice.save()
    cast.notice.annexes.create(
        order=1, title="2015年活动统计表", content="text", text="主题：建设质量强国 共创美好生活"
    )
    cast.notice.demands.create(order=1, title="报送2015年活动方案")
    first = of.activities.first()
    Activity.objects.filter(pk=first.pk).update(title="“建设质量强国 共创美好生活”开放日", remark="2015年底前完成")
    Deliverable.objects.filter(activity=first).update(title="2015年海报")
    Slogan.objects.create(campaign=of, order=3, text="建设质量强国，共创美好生活！")
    return of


def test_what_carries_a_year_an_edition_or_the_theme_is_exchanged_everywhere(autumn):
    notice_of_last_year(autumn)
    renew(autumn, theme=NEW_THEME)
    new = Campaign.objects.get(year=2016)
    draft, first = new.notices.get(), new.activities.first()
    assert (new.title, new.guiding_ideology) == ("2016年“质量月”活动", f"以“{NEW_THEME}”为主题")
    assert draft.title == "关于开展2016年“质量月”活动的通知"
    assert draft.body == (
        "根据《关于开展2015年全国“质量月”活动的通知》（国质检质〔2015〕395号）和GB/T 19001-2015，"
        "开展第三十九个全国“质量月”。\n"
        f"一、活动主题\n{NEW_THEME}。\n二、时间\n二〇一六年九月，在2014年的基础上。"
    )
    assert [(row.title, row.text) for row in draft.annexes.all()] == [("2016年活动统计表", f"主题：{NEW_THEME}")]
    assert [row.title for row in draft.demands.all()] == ["报送2016年活动方案"]
    assert (first.title, first.remark) == (f"“{NEW_THEME}”开放日", "2016年底前完成")
    assert [row.title for row in first.deliverables.all()] == ["2016年海报"]
    assert [slogan.text for slogan in new.slogans.all()] == ["Better every day"]


def test_what_was_not_exchanged_is_asked_about_by_the_check(autumn):
    notice_of_last_year(autumn)
    renew(autumn, theme=NEW_THEME)
    draft = Campaign.objects.get(year=2016).notices.get()
    asked = [each.text for each in findings(draft) if each.code.startswith(("year:", "theme:"))]
    assert len(asked) == 1
    assert [
        words for words in ("《关于开展2015年", "质〔2015〕395", "19001-2015", "2014年") if words not in asked[0]
    ] == []


def test_last_years_theme_that_somebody_copied_in_is_told_before_issue(autumn):
    notice_of_last_year(autumn)
    renew(autumn, theme=NEW_THEME, parts=["activities"])
    new = Campaign.objects.get(year=2016)
    draft = begin(new, kind="notice")[0]
    draft.body = "一、活动主题：建设质量强国，共创美好生活。"
    draft.save()
    told = [each for each in findings(draft) if each.code.startswith("theme:")]
    assert [(each.text, each.blocks) for each in told] == [
        (f"“{THEME}” is the theme of 2015; this year's is “{NEW_THEME}”.", False)
    ]
    draft.body = f"一、活动主题：{NEW_THEME}。"
    draft.save()
    assert [each for each in findings(draft) if each.code.startswith(("theme:", "year:"))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2015年", "2016年"), ("２０１５年", "２０１６年"), ("二〇一五年", "二〇一六年"), ("二零一五年", "二零一六年"),
        ("120150台", "120150台"), ("深质强〔2015〕17号", "深质强〔2015〕17号"), ("第38届“质量月”", "第39届“质量月”"),
        ("第十个质量月", "第十一个质量月"), ("第五届市长质量奖", "第五届市长质量奖"), ("2015年修订", "2015年修订"),
    ],
)  # fmt: skip
def test_a_year_is_exchanged_as_it_was_written_and_what_is_cited_stays(old, new):
    assert Reworded(2015, 2016, "", "")(old) == new
