"""Rounds: the schedule, what invited units prepare and by when, who speaks, what changes after issue."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.asking import issue
from activities.models import Appearance, Assignment, Round
from activities.states import Kind
from campaigns import way
from tests.cast import log, said, signed_in, text, unit
from tests.pages import opened, page_of, press
from workflow import clock
from workflow.models import Notification

ROUND = {
    "title": "First interview",
    "on": "2015-09-15",
    "time_text": "15:00",
    "place": "Radio house",
    "units": "Water bureau、Health bureau",
    "prepare": "Three figures and a story",
    "prepare_by": "2015-09-08",
}


def task(cast):
    return cast.campaign.activities.get(title="Open day of the waterworks")


def add(cast, **changes):
    address = reverse("activities:new-round", args=[task(cast).pk])
    return press(signed_in(cast.staff), address, "Save the round", **ROUND | changes)


def issue_it(cast):
    with clock.as_of(date(2015, 8, 20)):
        way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
        issue.issue(cast.notice, by=cast.signer, due=issue.proposed_due(cast.notice))


def edit(cast, **changes):
    address = reverse("activities:round", args=[Round.objects.get().pk])
    return press(signed_in(cast.staff), address, "Save the round", **changes)


def strike(cast, row):
    """Press "Take it out of the schedule" on the page of a round."""
    form = reverse("activities:strike-round", args=[row.pk])
    return press(signed_in(cast.staff), reverse("activities:round", args=[row.pk]), form=form)


def material(cast, where):
    return Assignment.objects.get(kind=Kind.ROUND, unit=where)


def schedule(cast, user):
    return text(signed_in(user).get(reverse("activities:rounds", args=[cast.campaign.pk])))


def test_a_round_pressed_twice_stands_once(cast):
    add(cast)
    assert "This round is in the schedule already; nothing was made twice." in text(add(cast))
    assert Round.objects.count() == 1


def test_the_second_of_two_who_change_a_round_sees_what_the_first_wrote_and_chooses(cast):
    add(cast)
    address, client = reverse("activities:round", args=[Round.objects.get().pk]), signed_in(cast.staff)
    page = opened(client, address)
    press(client, page, "Save the round", place="Town hall")
    late = press(client, page, "Save the round", title="An interview")
    assert (late.status_code, Round.objects.get().place, "Town hall" in text(late)) == (409, "Town hall", True)
    press(client, page_of(late), "Save the round", place="Town hall")
    assert (Round.objects.get().title, Round.objects.get().place) == ("An interview", "Town hall")


def test_with_the_notice_each_invited_unit_owes_its_material_by_the_day_it_is_to_be_prepared(cast):
    assert said(add(cast)) == ["The round is saved."]
    issue_it(cast)
    rows = Assignment.objects.filter(kind=Kind.ROUND).order_by("unit__order")
    assert [(row.unit, str(row), row.due_at.astimezone().date()) for row in rows] == [
        (where, "Material for a round · First interview", date(2015, 9, 9)) for where in (cast.water, cast.health)
    ]
    assert rows[0].get_absolute_url() == reverse("activities:material", args=[rows[0].pk])


def test_the_schedule_shows_what_about_when_who_and_what_to_prepare(cast):
    add(cast)
    issue_it(cast)
    for user in (cast.staff, cast.liaison, cast.district_liaison):
        page = schedule(cast, user)
        for words in (
            "First interview",
            "15:00 Radio house",
            "Water bureau",
            "Three figures and a story",
            "not published yet",
        ):
            assert words in page, words


def test_who_speaks_and_whether_the_material_is_there_is_for_the_office_and_the_unit_itself(cast):
    add(cast)
    issue_it(cast)
    row = Appearance.objects.get(unit=cast.water)
    answer = press(signed_in(cast.liaison), row.get_absolute_url(), speaker="Li Shui", position="Director")
    assert said(answer) == ["Saved: the office sees who speaks."]
    seen = {user.username: "Li Shui" in schedule(cast, user) for user in (cast.staff, cast.liaison, cast.neighbour)}
    assert seen == {"staff": True, "liaison": True, "neighbour": False}
    assert schedule(cast, cast.staff).count("Material still to come") == 2
    assert schedule(cast, cast.neighbour).count("Material still to come") == 1
    material(cast, cast.water).submit(by=cast.liaison)
    assert schedule(cast, cast.staff).count("Material received") == 1


def test_who_spoke_at_an_earlier_round_stands_in_the_next(cast):
    add(cast)
    first = Round.objects.get()
    Appearance.objects.filter(unit=cast.water).update(speaker="Li Shui", position="Director")
    later = Round.objects.create(activity=first.activity, order=2, title="<b>2</b>", on=date(2015, 9, 20))
    row, other = (later.appearances.create(unit=unit) for unit in (cast.water, cast.health))
    issue_it(cast)
    page = signed_in(cast.liaison).get(row.get_absolute_url())
    shown = page.context["form"]
    assert [shown[name].value() for name in ("speaker", "position")] == ["Li Shui", "Director"]
    assert f"Taken from {first}." in text(page)
    assert signed_in(cast.neighbour).get(other.get_absolute_url()).context["form"]["speaker"].value() == ""


def test_name_and_position_are_both_needed(cast):
    add(cast)
    issue_it(cast)
    page = Appearance.objects.first().get_absolute_url()
    answer = press(signed_in(cast.liaison), page, speaker="Li", position="")
    assert (answer.status_code, answer.context["form"].errors) == (422, {"position": ["This field is required."]})
    assert Appearance.objects.first().speaker == ""


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        (
            {"prepare_by": "2015-09-16"},
            "prepare_by",
            "What is prepared must be there on the day of the round at the latest.",
        ),
        ({"on": "2015-08-31", "prepare_by": ""}, "on", "This day is past."),
        ({"units": ""}, "units", "Whom does it invite?"),
        ({"units": "Nobody"}, "units", "No unit and no group of the office is called “Nobody”."),
        ({"published_on": "2015-09-02"}, "published_on", "This day is still to come."),
        ({"published_link": "nowhere"}, "published_link", "Enter a valid URL."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(cast, wrong, field, words):
    answer = add(cast, **wrong)
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [words]})
    assert "Three figures and a story" in text(answer)
    assert Round.objects.count() == 0


# --- after issue ---------------------------------------------------------------------------------------------


def test_a_unit_invited_later_owes_its_material_and_is_told_alone(cast):
    add(cast, units="Water bureau")
    issue_it(cast)
    Notification.objects.all().delete()
    edit(cast, units=ROUND["units"])
    assert material(cast, cast.health).due_at == clock.end_of(date(2015, 9, 8))
    assert [(each.person, str(each)) for each in Notification.objects.all()] == [
        (cast.neighbour, "You are invited: First interview.")
    ]


def test_a_unit_invited_no_more_owes_nothing_and_is_told(cast):
    add(cast)
    issue_it(cast)
    Notification.objects.all().delete()
    edit(cast, units="Water bureau")
    row = material(cast, cast.health)
    assert log(row) == [("open", "closed", cast.staff, "不再参加本场。")]
    assert "no longer invited" in schedule(cast, cast.staff)
    assert [each.person for each in Notification.objects.all()] == [cast.neighbour]
    answer = edit(cast, units=ROUND["units"])
    assert answer.context["form"].errors == {
        "units": ["Health bureau was taken out of this round. Please make a new round for it."]
    }


def test_another_day_moves_the_deadline_of_who_still_owes(cast):
    add(cast)
    issue_it(cast)
    material(cast, cast.water).submit(by=cast.liaison)
    edit(cast, on="2015-09-22", prepare_by="2015-09-15")
    days = {where: material(cast, where).due_at.astimezone().date() for where in (cast.water, cast.health)}
    assert days == {cast.water: date(2015, 9, 9), cast.health: date(2015, 9, 16)}


def test_a_unit_that_does_not_get_the_notice_is_not_invited(cast):
    unit("Far bureau")
    add(cast)
    issue_it(cast)
    answer = edit(cast, units="Water bureau、Far bureau")
    assert answer.context["form"].errors == {
        "units": ["Far bureau: the notice does not go there. Add it to the notice first."]
    }
    assert Appearance.objects.count() == 2


def test_coverage_is_noted_and_linked(cast):
    add(cast)
    issue_it(cast)
    edit(cast, published_on="2015-09-01", published_in="Morning paper", published_link="news.example.com/1")
    page = schedule(cast, cast.liaison)
    assert 'href="https://news.example.com/1"' in page and "Morning paper" in page and "not published yet" not in page


def test_a_round_with_invitations_stays_one_without_can_go(cast):
    add(cast)
    strike(cast, Round.objects.get())
    assert Round.objects.count() == 0
    add(cast)
    issue_it(cast)
    answer = strike(cast, Round.objects.get())
    assert said(answer) == ["Units were invited to this round already: take them out one by one, or change its day."]


def test_the_schedule_asks_as_often_for_one_round_as_for_50(cast):
    add(cast)
    issue_it(cast)
    client, address, asked = signed_in(cast.staff), reverse("activities:rounds", args=[cast.campaign.pk]), []
    for number in range(2, 51):
        if number in (2, 50):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked.append(len(queries))
        row = task(cast).rounds.create(order=number, on=date(2015, 9, 20))
        row.appearances.create(unit=cast.district)
    assert asked[0] == asked[1]
