"""Reviewing one after another: a verdict is one press, and the next one that waits is there."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from activities.judging.next_waiting import Line
from activities.models import Assignment
from activities.states import Kind
from tests.cast import activity, filed_plan, filed_summary, issued, make_cast, said, signed_in, text
from tests.pages import NoSuchForm, opened, page_of, press
from workflow import clock

REVIEW = "?standing=review"


@pytest.fixture
def desk(db):
    """Water filed six plans, health and the district one each, and health its summary before all of them."""
    cast = make_cast()
    for number in range(5):
        activity(cast.campaign, f"Open day {number}", [cast.water])
    cast = issued(cast)
    with clock.as_of(date(2015, 8, 22)):
        filed_summary(cast.owed(cast.health, Kind.SUMMARY), cast.neighbour, 1, 2)
    plans = Assignment.objects.filter(kind=Kind.PLAN).order_by("pk")
    speaks = {cast.water: cast.liaison, cast.health: cast.neighbour, cast.district: cast.district_liaison}
    for days, plan in enumerate(plans):
        with clock.as_of(date(2015, 8, 23) + timedelta(days=days)):
            filed_plan(plan, speaks[plan.unit])
    return cast


def plans():
    return list(Assignment.objects.filter(kind=Kind.PLAN).order_by("submitted_at"))


def at(response):
    """The assignment whose page is open."""
    return response.context["assignment"].pk


def here(response):
    query = response.request["QUERY_STRING"]
    return page_of(response, response.request["PATH_INFO"] + (f"?{query}" if query else ""))


def strip(response):
    """What the strip above what is reviewed says."""
    return " ".join(here(response).html.select_one(".waiting").get_text().split())


def follow(client, response, words):
    """Follow the link with these words."""
    link = next(each for each in here(response).html.select("main a") if each.get_text().strip() == words)
    return client.get(link["href"], follow=True)


def test_eight_plans_and_a_summary_are_nine_presses_and_then_nothing_waits(desk):
    client = signed_in(desk.staff)
    response, seen = client.get(plans()[0].get_absolute_url()), []
    while "assignment" in response.context:
        seen.append(at(response))
        response = press(client, here(response), "Accept")
    assert seen == [*(plan.pk for plan in plans()), desk.owed(desk.health, Kind.SUMMARY).pk]
    assert said(response)[1:] == ["Nothing else waits for review."]
    assert set(Assignment.objects.filter(pk__in=seen).values_list("state", flat=True)) == {"accepted"}
    assert response.request["QUERY_STRING"] == "standing=review"


def test_after_a_return_the_next_one_is_there_and_the_message_names_what_was_returned(desk):
    client, (first, second, *_rest) = signed_in(desk.staff), plans()
    response = press(client, first.get_absolute_url(), "Return", reason="No budget")
    assert (at(response), said(response)) == (second.pk, [f"Returned with your reason: Water bureau · {first}."])
    assert "No budget" not in text(response)


def test_without_a_reason_the_page_stays(desk):
    client, plan = signed_in(desk.staff), plans()[0]
    response = press(client, plan.get_absolute_url(), "Return", reason=" ")
    assert (at(response), plan.__class__.objects.get(pk=plan.pk).state) == (plan.pk, "submitted")


def test_how_many_are_left_is_said(desk):
    response = signed_in(desk.staff).get(plans()[0].get_absolute_url())
    assert strip(response).startswith("7 more wait for review: Activity plan 8 in all")


def test_what_is_skipped_comes_again_after_the_others_of_its_kind(desk):
    client, response = signed_in(desk.staff), None
    response, seen = client.get(plans()[6].get_absolute_url()), []
    for _step in range(10):
        seen.append(at(response))
        response = follow(client, response, "Skip to the next one")
    numbers = [plan.pk for plan in plans()]
    assert seen == [*numbers[6:], *numbers]
    back = follow(client, follow(client, response, "Previous one"), "Previous one")
    assert at(back) == numbers[6]


def test_whoever_came_from_a_narrowed_list_goes_through_that_list_first(desk):
    client = signed_in(desk.staff)
    address = reverse("activities:assignments", args=[desk.campaign.pk]) + REVIEW + "&q=Health"
    listed = [each["href"] for each in opened(client, address).html.select(".list-of td a")]
    assert len(listed) == 2
    response = client.get(listed[0])
    assert strip(response).startswith("1 more of your list waits for review 8 in all")
    units, seen = [], []
    for _step in range(3):
        units.append(response.context["assignment"].unit)
        seen.append(response.context["assignment"].kind)
        response = press(client, here(response), "Accept")
    assert units == [desk.health, desk.health, desk.water]
    assert sorted(seen[:2]) == ["plan", "summary"]


def test_two_at_one_pile_never_come_to_what_the_other_has_answered(desk):
    one, other = signed_in(desk.staff), signed_in(desk.signer)
    first, second, third, fourth = plans()[:4]
    mine = one.get(first.get_absolute_url())
    press(other, second.get_absolute_url(), "Accept")
    press(other, third.get_absolute_url(), "Return", reason="No place")
    assert at(press(one, here(mine), "Accept")) == fourth.pk


def test_what_the_other_has_answered_already_is_said_and_nothing_is_overwritten(desk):
    one, other = signed_in(desk.staff), signed_in(desk.signer)
    plan = plans()[0]
    mine = one.get(plan.get_absolute_url())
    press(other, plan.get_absolute_url(), "Return", reason="No place")
    response = press(one, here(mine), "Accept")
    assert (at(response), Assignment.objects.get(pk=plan.pk).state) == (plan.pk, "returned")
    assert "Somebody was faster" in said(response)[0]
    assert at(follow(one, response, "Next one")) == plans()[1].pk


def test_opening_again_what_was_accepted_stays_on_its_page(desk):
    client, plan = signed_in(desk.staff), plans()[0]
    plan.accept(by=desk.staff)
    assert at(press(client, plan.get_absolute_url(), "Return", reason="After all")) == plan.pk


def test_what_the_unit_cannot_correct_because_it_is_closed_stays_where_it_can_be_opened(desk):
    client, plan = signed_in(desk.staff), plans()[0]
    Assignment.objects.filter(pk=plan.pk).update(locked_at=clock.end_of(date(2015, 8, 31)))
    response = press(client, plan.get_absolute_url(), "Return", reason="No budget")
    assert (at(response), len(said(response))) == (plan.pk, 2)


@pytest.mark.parametrize("who", ["liaison", "leader"])
def test_others_have_no_pile(desk, who):
    response = signed_in(desk.people()[who]).get(plans()[0].get_absolute_url())
    assert "wait for review" not in text(response)
    with pytest.raises(NoSuchForm):
        press(signed_in(desk.people()[who]), here(response), "Accept")


def test_a_line_keeps_long_words_whole_and_leaves_out_what_would_be_cut():
    words = "水" * 200
    assert Line.of(urlencode({"q": words})).chosen == (("q", words),)
    assert Line.of("q=Wa%00ter").chosen == (("q", "Water"),)
    assert Line.of("kind=plan&" + urlencode({"q": words * 5})).chosen == (("kind", "plan"),)


@pytest.mark.parametrize("sent", ["%00", "kind=nonsense", "unit=99999999999999999999", "x" * 5000, "q=%25%27"])
def test_a_line_that_makes_no_sense_breaks_nothing(desk, sent):
    client, plan = signed_in(desk.staff), plans()[0]
    address = reverse("activities:next-waiting", args=[plan.pk])
    assert client.get(address, {"waiting": sent}, follow=True).status_code == 200
