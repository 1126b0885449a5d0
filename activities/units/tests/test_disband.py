"""Deleting a group of units: only when nothing stands on it; what does is named."""

import pytest

from accounts.models import Unit, UnitGroup
from activities.models import GroupParticipation, Part
from activities.units import disband
from tests.cast import Cast, activity, hand_out_everything, issued, make_cast, said, signed_in, text
from tests.pages import opened, press
from workflow.models import MoveRefused


@pytest.fixture
def group(cast: Cast) -> UnitGroup:
    found: UnitGroup = cast.office.groups.get()
    return found


def address(group: UnitGroup) -> str:
    return f"/groups/{group.pk}/delete/"


def test_a_group_named_nowhere_is_deleted_and_its_units_stay(cast: Cast, group: UnitGroup) -> None:
    client = signed_in(cast.staff)
    assert "3 units are in it; the units themselves stay." in text(client.get(address(group)))
    answer = press(client, address(group), "Delete the group")
    assert said(answer) == ["The group “Member units” is deleted; its units stay."]
    assert (UnitGroup.objects.filter(pk=group.pk).exists(), Unit.objects.count()) == (False, 5)


def test_a_group_that_takes_part_in_a_campaign_is_kept_and_the_campaign_is_named(cast: Cast, group: UnitGroup) -> None:
    page = opened(signed_in(cast.staff), address(group))
    cast.campaign.groups.add(group)
    answer = press(signed_in(cast.staff), page, "Delete the group")
    shown = text(answer)
    assert (answer.status_code, UnitGroup.objects.filter(pk=group.pk).exists()) == (409, True)
    assert "It is still named. Take it out there first, then it can be deleted." in shown
    assert f'<a href="/campaigns/{cast.campaign.pk}/edit/">City month</a>' in shown


def test_a_group_asked_in_an_issued_notice_stays_and_the_task_is_named(db: None) -> None:
    cast = make_cast()
    group = cast.office.groups.get()
    task = activity(cast.campaign, "Hang up posters", [])
    GroupParticipation.objects.create(activity=task, group=group, part=Part.LEAD)
    assert "Take it out there first" in disband.uses(group).why_not, "not handed out yet: the task can be changed"
    issued(cast)
    hand_out_everything()
    shown = text(signed_in(cast.staff).get(address(group)))
    assert "What was asked of the group in an issued notice stays as it was asked, so the group stays." in shown
    assert f'<a href="/activities/{task.pk}/">Hang up posters</a>' in shown
    with pytest.raises(MoveRefused, match="so the group stays"):
        disband.delete(group)


def test_a_group_deleted_by_somebody_else_meanwhile_is_gone_and_no_failure(cast: Cast, group: UnitGroup) -> None:
    group_there = UnitGroup.objects.get(pk=group.pk)
    disband.delete(group)
    disband.delete(group_there)
    assert signed_in(cast.staff).get(address(group)).status_code == 404


def test_the_group_of_another_office_is_out_of_reach(cast: Cast) -> None:
    theirs = cast.district.groups.get()
    page = opened(signed_in(cast.district_staff), address(theirs))
    answer = press(signed_in(cast.staff), page, "Delete the group")
    assert [answer.status_code, theirs.units.count()] == [404, 1]
