"""A slip when its notice ends or its campaign is closed; what is filed while it is signed; how many days are meant."""

from datetime import date

import pytest
from django.db.models import QuerySet
from django.utils import translation

from activities.asking import issue as notices
from activities.models import Assignment, SlipReply
from activities.states import AssignmentState, Kind
from activities.supervision import slips
from activities.supervision.debts import overdue_of
from activities.supervision.proposals import Measure, draft_all
from campaigns.models import Notice
from campaigns.way import approve
from tests.cast import ISSUED_ON, filed, filed_plan, notice, signed_in
from tests.pages import NoSuchForm, press
from workflow import clock
from workflow.models import MoveRefused

LATER = date(2015, 9, 8)


@pytest.fixture
def late(autumn):
    """Everybody, on 8 September: plans, receipts and registrations are overdue."""
    with clock.as_of(LATER):
        yield autumn


def drafted(cast):
    made, left = draft_all(cast.campaign, Measure(days=1), [cast.water.pk], by=cast.staff)
    assert left == []
    return made[0]


def another_notice(cast, about=None, on=ISSUED_ON):
    newer = notice(cast.campaign, 9, [cast.water])
    Notice.objects.filter(pk=newer.pk).update(about=about)
    newer.refresh_from_db()
    with clock.as_of(on):
        approve(newer, author=cast.staff, reviewer=cast.signer)
        notices.issue(newer, by=cast.signer, due=notices.proposed_due(newer))
    return newer


def replied(cast):
    draft = SlipReply.draft(cast.owed(cast.water, Kind.SLIP))
    draft.cause, draft.measures, draft.done_by = "Nobody was there", "Somebody is now", LATER
    filed(draft, cast.liaison)


def reply_of(cast):
    reply = cast.owed(cast.water, Kind.SLIP)
    assert reply.slip.notice == reply.notice
    return reply.state, reply.notice


@pytest.mark.parametrize("answered", [False, True])
def test_a_new_version_of_the_notice_leaves_the_reply_to_a_slip_as_it_is(late, answered):
    slips.issue(drafted(late), by=late.signer)
    if answered:
        replied(late)
    newer = another_notice(late, about=late.notice, on=LATER)
    assert reply_of(late) == (AssignmentState.SUBMITTED if answered else AssignmentState.OPEN, newer)


def test_a_withdrawn_notice_keeps_the_reply_that_was_written(late):
    slips.issue(drafted(late), by=late.signer)
    replied(late)
    notices.withdraw(late.notice, by=late.signer, reason="Off")
    assert reply_of(late) == (AssignmentState.SUBMITTED, late.notice)
    late.owed(late.water, Kind.SLIP).accept(by=late.staff)


@pytest.mark.parametrize("signed", ["before", "after"])
def test_a_slip_stands_under_the_notice_of_what_is_overdue_still(late, signed):
    newer = another_notice(late)
    slip = drafted(late)
    assert slip.notice == late.notice
    if signed == "before":
        slips.issue(slip, by=late.signer)
    notices.withdraw(late.notice, by=late.signer, reason="Off")
    if signed == "after":
        slips.issue(slip, by=late.signer)
    assert reply_of(late) == (AssignmentState.OPEN, newer)
    notices.withdraw(newer, by=late.signer, reason="Off as well")
    assert reply_of(late) == (AssignmentState.CLOSED, newer)


def test_no_slip_is_signed_in_a_campaign_that_is_closed(late):
    slip = drafted(late)
    late.campaign.move("closed", by=late.staff)
    with translation.override("en"), pytest.raises(MoveRefused, match="The campaign is closed"):
        slips.issue(slip, by=late.signer)
    with pytest.raises(NoSuchForm):
        press(signed_in(late.signer), slip.get_absolute_url(), "Sign and issue")


def test_what_is_filed_while_the_signer_presses_is_not_printed_as_missing(late, monkeypatch):
    slip, lock, meanwhile = drafted(late), QuerySet.select_for_update, [late.owed(late.water, Kind.PLAN)]

    def waits(rows, **how):
        """Whoever locks what is being filed gets it once it is filed."""
        if rows.model is Assignment and meanwhile:
            filed_plan(meanwhile.pop(), late.liaison)
        return lock(rows, **how)

    monkeypatch.setattr(QuerySet, "select_for_update", waits)
    slips.issue(slip, by=late.signer)
    assert set(slip.debts.values_list("kind", flat=True)) == {Kind.RECEIPT, Kind.LIAISON}


@pytest.mark.parametrize("today", [date(2015, 9, 8), date(2015, 9, 12), date(2015, 9, 13)])
def test_so_many_working_days_at_least_is_meant_on_a_day_off_too(autumn, today):
    for kind, day in ((Kind.RECEIPT, 1), (Kind.PLAN, 5)):  # a Tuesday, and a Saturday
        rows = Assignment.objects.filter(unit=autumn.water, kind=kind)
        rows.update(due_at=clock.end_of(date(2015, 9, day)), extended_until=None)
    with clock.as_of(today):
        everything = {each.row.pk: each.overdue_days for each in overdue_of(autumn.campaign)[autumn.water.pk]}
        for days in range(1, 12):
            found = {each.row.pk for each in overdue_of(autumn.campaign, days=days).get(autumn.water.pk, [])}
            assert found == {pk for pk, long in everything.items() if long >= days}, days
