"""The office says when and where an activity takes place; who takes part is told; calendars move it."""

from datetime import date

import pytest

from activities.models import Activity
from tests.cast import Cast, activity, issued, make_cast, said, signed_in, text
from tests.pages import opened, press
from workflow.models import Notification


@pytest.fixture
def cast(db: None) -> Cast:
    return issued(make_cast())


def test_another_day_is_saved_told_to_who_takes_part_and_stands_in_the_calendar(cast: Cast) -> None:
    row = activity(cast.campaign, "Fair", [cast.water], [cast.health])
    before, client = Notification.objects.count(), signed_in(cast.staff)
    assert "When and where" in text(client.get(row.get_absolute_url()))
    page = f"/activities/{row.pk}/occasion/"
    answer = press(client, page, starts_on="2015-09-08", place="Square", leaders="Ms Luo")
    assert said(answer) == ["Saved: the units that take part are told."]
    row.refresh_from_db()
    assert (row.starts_on, row.ends_on, row.place) == (date(2015, 9, 8), date(2015, 9, 8), "Square")
    told = [(each.person.username, str(each.values["what"])) for each in Notification.objects.order_by("pk")[before:]]
    assert sorted(told) == [("head", "Fair"), ("liaison", "Fair"), ("neighbour", "Fair")]
    answer = press(client, page, leaders="Ms Luo、Mr Tang")
    assert (said(answer), Notification.objects.count()) == (["Saved."], before + 3)
    assert ("Ms Luo" in text(answer), "Ms Luo" in text(signed_in(cast.liaison).get(row.get_absolute_url()))) == (
        True,
        False,
    )
    assert "Fair" in text(signed_in(cast.liaison).get(f"/campaigns/{cast.campaign.pk}/calendar/?day=2015-09-08"))


def test_days_that_cannot_be_are_refused_beside_the_field_and_a_closed_campaign_stays(cast: Cast) -> None:
    row, client = activity(cast.campaign, "Fair", [cast.water]), signed_in(cast.staff)
    page = f"/activities/{row.pk}/occasion/"
    for typed, why in {
        ("2015-09-08", "2015-09-07"): "The last day is before the first day.",
        ("", "2015-09-07"): "On which day does it begin?",
        ("2015-13-40", ""): "Enter a valid date.",
        ("2015-09-08", "9999-12-31"): "Choose a day from 2000 to 2100.",
        ("1015-09-08", "2015-09-08"): "Choose a day from 2000 to 2100.",
    }.items():
        answer = press(client, page, starts_on=typed[0], ends_on=typed[1], place="Kept place")
        assert (answer.status_code, why in text(answer), "Kept place" in text(answer)) == (422, True, True)
    type(cast.campaign).objects.filter(pk=cast.campaign.pk).update(state="closed")
    assert "The campaign is closed." in text(client.get(page))
    assert Activity.objects.get(pk=row.pk).place == ""


def test_the_second_of_two_sees_what_the_first_one_saved(cast: Cast) -> None:
    row = activity(cast.campaign, "Fair", [cast.water])
    page = f"/activities/{row.pk}/occasion/"
    staff, signer = signed_in(cast.staff), signed_in(cast.signer)
    shown = opened(staff, page)
    press(signer, page, place="Library")
    answer = press(staff, shown, place="Square")
    assert (answer.status_code, "Library" in text(answer), "Square" in text(answer)) == (409, True, True)
    assert Activity.objects.get(pk=row.pk).place == "Library"
