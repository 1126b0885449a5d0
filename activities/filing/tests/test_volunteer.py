"""What a unit files of its own accord: begun once, seen by nobody else, discarded, filed, never late."""

from datetime import date

import pytest
from django.urls import reverse

from activities.filing import volunteer
from activities.models import Assignment, Case, Progress
from activities.states import OFFERED, AssignmentState, Kind
from campaigns.states import CampaignState
from tests.cast import at_once, filed, issued, postgresql, said, signed_in
from tests.pages import forge, opened, press
from workflow import clock
from workflow.models import MoveRefused


def begin(cast, user=None, kind="case", activity=None, **forged):
    """Press a button of the row that sends something, on the home page or at an activity the unit takes part in."""
    page = activity.get_absolute_url() if activity else "/"
    form = reverse("activities:begin", args=[cast.campaign.pk])
    page = opened(signed_in(cast.liaison), page)
    return press(signed_in(user or cast.liaison), page, f"kind={kind}", form=form, forged=forged, follow=False)


def volunteered():
    return list(Assignment.objects.filter(volunteered=True).order_by("pk"))


@pytest.mark.parametrize("kind", OFFERED)
def test_one_press_opens_the_form_and_a_double_press_is_one(autumn, kind):
    for _press in range(2):
        response = begin(autumn, kind=kind)
    (row,) = volunteered()
    assert (response.status_code, response["Location"]) == (302, row.get_absolute_url())
    assert (row.unit, row.kind, row.activity, row.state) == (autumn.water, kind, None, "open")
    assert row.due_at == clock.end_of(autumn.campaign.summary_due_on)
    assert signed_in(autumn.liaison).get(row.get_absolute_url()).status_code == 200


def test_about_an_activity_it_is_another_one(autumn):
    what = autumn.campaign.activities.first()
    begin(autumn, kind="case")
    begin(autumn, kind="case", activity=what)
    assert [row.activity for row in volunteered()] == [None, what]


def test_once_something_is_written_the_next_press_begins_anew(autumn):
    begin(autumn, kind="case")
    (first,) = volunteered()
    case = Case.draft(first)
    case.save_draft(by=autumn.liaison, seen=0)
    begin(autumn, kind="case")
    assert len(volunteered()) == 2


def test_a_report_that_is_still_a_draft_is_gone_on_with(autumn):
    what = autumn.campaign.activities.first()
    begin(autumn, kind="progress", activity=what)
    (first,) = volunteered()
    Progress.draft(first).save_draft(by=autumn.liaison, seen=0)
    assert begin(autumn, kind="progress", activity=what)["Location"] == first.get_absolute_url()


@postgresql
@pytest.mark.django_db(transaction=True)
def test_pressed_in_two_windows_at_once_it_is_one(transactional_db):
    cast = issued()

    def begun(wait):
        wait()
        return volunteer.begin(cast.campaign, cast.water, Kind.CASE).pk

    assert len(set(at_once(begun))) == 1


@pytest.mark.parametrize(
    ("who", "status"), [("staff", 403), ("leader", 403), ("street_liaison", 404), ("stranger", 404)]
)
def test_only_people_of_an_addressed_unit_begin(autumn, who, status):
    assert begin(autumn, autumn.people()[who], kind="case").status_code == status
    assert volunteered() == []


def test_for_another_unit_nobody_begins(autumn):
    assert begin(autumn, kind="case", unit=autumn.health.pk).status_code == 403
    assert begin(autumn, kind="case", unit="x" * 40).status_code == 302  # no unit named: one's own
    assert [row.unit for row in volunteered()] == [autumn.water]


@pytest.mark.parametrize("kind", ["plan", "summary", "receipt", "nonsense", ""])
def test_what_is_owed_is_not_begun_of_ones_own_accord(autumn, kind):
    response = forge(signed_in(autumn.liaison), reverse("activities:begin", args=[autumn.campaign.pk]), {"kind": kind})
    assert (response.status_code, volunteered()) == (302, [])


def test_in_a_closed_campaign_nothing_is_begun(autumn):
    type(autumn.campaign).objects.filter(pk=autumn.campaign.pk).update(state=CampaignState.CLOSED)
    autumn.campaign.refresh_from_db()
    with pytest.raises(MoveRefused, match="closed"):
        volunteer.begin(autumn.campaign, autumn.water, Kind.CASE)


# --- whose it is -----------------------------------------------------------------------------------------------


def test_a_draft_is_the_units_own_until_it_is_filed(autumn):
    begin(autumn, kind="progress", activity=autumn.campaign.activities.first())
    (row,) = volunteered()
    see = {who: row in Assignment.objects.visible_to(user) for who, user in autumn.people().items()}
    assert {who for who, sees in see.items() if sees} == {"liaison", "head"}
    filed(Progress.draft(row), autumn.liaison)
    see = {who: row in Assignment.objects.visible_to(user) for who, user in autumn.people().items()}
    assert {who for who, sees in see.items() if sees} == {"liaison", "head", "staff", "signer", "leader"}


def test_it_is_never_late_and_in_no_rate(autumn):
    begin(autumn, kind="case")
    with clock.as_of(date(2016, 1, 1)):
        assert [row.standing for row in volunteered()] == ["due"]
        assert Assignment.objects.overdue().filter(volunteered=True).count() == 0
        row = filed(Case.draft(volunteered()[0]), autumn.liaison).assignment
        assert row.standing == "on_time"
    assert Assignment.objects.required().filter(pk=row.pk).count() == 0


# --- thrown away -----------------------------------------------------------------------------------------------


def discard(cast, row, user=None, page=None):
    """Throw it away on its page (of now, or one opened before)."""
    form = reverse("activities:discard", args=[row.pk])
    return press(signed_in(user or cast.liaison), page or page_of(cast, row), form=form)


def page_of(cast, row):
    """The page of the row as the unit has it open now."""
    return opened(signed_in(cast.liaison), row.get_absolute_url())


def test_a_draft_can_be_thrown_away(autumn):
    begin(autumn, kind="case")
    (row,) = volunteered()
    Case.draft(row).save_draft(by=autumn.liaison, seen=0)
    assert said(discard(autumn, row)) == ["The draft is gone."]
    assert (volunteered(), Case.objects.count()) == ([], 0)


def test_what_was_submitted_once_is_kept_and_closed(autumn):
    begin(autumn, kind="case")
    (row,) = volunteered()
    filed(Case.draft(row), autumn.liaison)
    row.refresh_from_db()
    row.withdraw(by=autumn.liaison)
    discard(autumn, row)
    assert ([each.state for each in volunteered()], Case.objects.count()) == ([AssignmentState.CLOSED], 1)


def test_what_is_filed_or_owed_is_not_thrown_away(autumn):
    begin(autumn, kind="case")
    (row,) = volunteered()
    page = page_of(autumn, row)
    filed(Case.draft(row), autumn.liaison)
    assert said(discard(autumn, row, page=page)) == ["It has been filed."]
    owed = autumn.owed(autumn.water, Kind.PLAN)
    answer = forge(signed_in(autumn.liaison), reverse("activities:discard", args=[owed.pk]), follow=True)
    assert said(answer) == ["It is owed: ask the office if it does not apply to your unit."]
    assert Assignment.objects.filter(pk__in=[row.pk, owed.pk]).count() == 2


@pytest.mark.parametrize(("who", "status"), [("neighbour", 404), ("staff", 404)])
def test_nobody_elses_draft_is_thrown_away(autumn, who, status):
    begin(autumn, kind="case")
    (row,) = volunteered()
    assert discard(autumn, row, autumn.people()[who], page_of(autumn, row)).status_code == status
    assert volunteered() == [row]
