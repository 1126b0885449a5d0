"""A new year from last year: what is taken along, and how days move."""

from datetime import date

import pytest
from django.urls import reverse

from activities.models import Activity, Deliverable, GroupParticipation
from campaigns.models import Campaign, Point, Slogan
from campaigns.models.campaign import PointKind
from reports.renew import PARTS, moved
from tests.cast import said, signed_in, text, unit


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


def press(cast, **changes):
    of = cast.campaign
    chosen = [activity.pk for activity in of.activities.all()]
    values = {"year": "2016", "theme": "New theme", "parts": PARTS, "activities": chosen} | changes
    return signed_in(cast.staff).post(reverse("reports:renew", args=[of.pk]), values, follow=True)


def test_everything_is_taken_along_and_nothing_is_issued(autumn):
    old = last_year(autumn)
    answer = press(autumn)
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
    press(autumn, parts=["activities"], activities=[second.pk])
    new = Campaign.objects.get(year=2016)
    assert [each.title for each in new.activities.all()] == [second.title]
    found = new.slogans.count(), new.points.count(), new.notices.count(), new.indicators.count(), new.groups.count()
    assert found == (0, 0, 0, 0, 0)


def test_single_units_and_groups_go_along_and_the_same_units_take_part(autumn):
    last_year(autumn)
    autumn.campaign.units.set([autumn.street])
    autumn.campaign.groups.set(autumn.office.groups.all())
    press(autumn, parts=["units"])
    new = Campaign.objects.get(year=2016)
    assert (list(new.units.all()), [group.name for group in new.groups.all()]) == ([autumn.street], ["Member units"])
    assert set(new.taking_part()) == {autumn.street, autumn.water, autumn.health, autumn.district}


def test_a_unit_that_was_merged_is_followed_by_the_one_it_went_into(autumn):
    last_year(autumn)
    autumn.campaign.units.add(autumn.water)
    sea = unit("Water and sea bureau")
    autumn.water.merged_into = sea
    autumn.water.save()
    press(autumn)
    new = Campaign.objects.get(year=2016)
    assert (new.activities.first().leads, list(new.units.all())) == ([sea], [sea])
    assert autumn.water not in new.notices.get().addressees.all()


def test_pressed_twice_makes_one_campaign(autumn):
    press(autumn)
    assert said(press(autumn)) == ["This campaign is there already; nothing was made twice."]
    assert Campaign.objects.filter(year=2016).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("year", "2015", "The new year comes after 2015."), ("theme", "", "This field is required.")],
)
def test_what_is_missing_is_said_and_the_choice_stays(autumn, field, value, words):
    second = autumn.campaign.activities.last()
    answer = press(autumn, activities=[second.pk], **{field: value})
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [words]})
    assert [row["chosen"] for row in answer.context["rows"]] == [False, True]


def test_the_page_shows_the_days_then_and_now(autumn):
    last_year(autumn)
    shown = text(signed_in(autumn.staff).get(reverse("reports:renew", args=[autumn.campaign.pk])))
    assert [
        words for words in ("10 September 2015", "12 September 2016", "moved off the weekend") if words not in shown
    ] == []
