"""How a record moves: allowed, refused, overtaken; every move leaves one line."""

import pytest
from django.apps import apps
from django.utils import timezone, translation

from activities.models import Assignment
from activities.states import ASSIGNMENT_MOVES, AssignmentState, Kind
from campaigns.states import CAMPAIGN_MOVES, NOTICE_MOVES, CampaignState, NoticeState
from reports.models import Briefing, BriefingState
from tests.cast import ISSUED_ON, at_once, issued, log, postgresql
from workflow import clock
from workflow.models import JobState, MoveRefused, Stateful
from workflow.stateful import JOB_MOVES

EVERY = [
    (AssignmentState, ASSIGNMENT_MOVES),
    (CampaignState, CAMPAIGN_MOVES),
    (NoticeState, NOTICE_MOVES),
    (JobState, JOB_MOVES),
    (BriefingState, Briefing.MOVES),
]


@pytest.mark.parametrize(("states", "moves"), EVERY)
def test_every_table_names_every_state_and_no_other(states, moves):
    assert set(moves) == set(states)
    assert set().union(*moves.values()) <= set(states)


def test_every_record_says_where_people_act_on_it_so_that_a_deputy_is_marked():
    records = {model for model in apps.get_models() if issubclass(model, Stateful)}
    assert (len(records) > 10, {model for model in records if model.acts_in is Stateful.acts_in}) == (True, set())


def test_a_move_writes_state_fields_and_one_line(autumn):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    plan.move("submitted", by=autumn.liaison, note="at last", submitted_at=clock.now())
    again = autumn.owed(autumn.water, Kind.PLAN)
    assert (plan.state, again.state) == ("submitted", "submitted")
    assert again.submitted_at == plan.submitted_at != None  # noqa: E711 -- all three in one comparison
    assert log(again) == [("open", "submitted", autumn.liaison, "at last")]
    assert timezone.localtime(again.history()[0].at).date() == clock.today()


def test_the_line_carries_the_day_of_the_clock(autumn):
    with clock.as_of(ISSUED_ON):
        autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    assert autumn.owed(autumn.water, Kind.RECEIPT).history()[0].at.astimezone().date() == ISSUED_ON


@pytest.mark.parametrize("to", ["accepted", "returned", "open", "nonsense", ""])
def test_a_move_outside_the_table_is_refused_and_changes_nothing(autumn, to):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    with translation.override("en"), pytest.raises(MoveRefused, match="stands at “To be filed”"):
        plan.move(to, by=autumn.staff, submitted_at=clock.now())
    again = autumn.owed(autumn.water, Kind.PLAN)
    assert (plan.state, again.state, again.submitted_at, log(again)) == ("open", "open", None, [])


def test_of_two_loaded_copies_the_second_is_told_who_was_faster(autumn):
    first, second = (autumn.owed(autumn.water, Kind.RECEIPT) for _ in range(2))
    first.submit(by=autumn.liaison)
    with translation.override("en"), pytest.raises(MoveRefused) as refused:
        second.submit(by=autumn.head)
    assert str(refused.value) == "Somebody was faster: it stands at “Filed” (liaison). Nothing was changed."
    assert second.state == "submitted"
    assert log(second) == [("open", "submitted", autumn.liaison, "")]


def test_a_page_is_told_the_history_with_labels(autumn):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    plan.submit(by=autumn.liaison)
    plan.send_back(by=autumn.staff, reason="No budget")
    with translation.override("en"):
        told = [(str(each["state"]), each["code"], each["line"].note) for each in plan.told()]
    assert told == [("Filed", "submitted", ""), ("Returned", "returned", "No budget")]


def test_the_log_of_one_record_leaves_out_those_of_others(autumn):
    autumn.owed(autumn.health, Kind.RECEIPT).submit(by=autumn.neighbour)
    assert log(autumn.owed(autumn.water, Kind.RECEIPT)) == []
    assert [line[1] for line in log(autumn.notice)] == ["review", "reviewed", "signed", "issued"]


@postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_threads_at_the_same_moment_one_moves():
    cast = issued()
    pk = cast.owed(cast.water, Kind.RECEIPT).pk

    def sign(together):
        row = Assignment.objects.get(pk=pk)
        together()
        row.submit(by=cast.liaison)
        return "signed"

    ends = at_once(sign, threads=6)
    assert sorted("signed" if end == "signed" else type(end).__name__ for end in ends) == (
        ["MoveRefused"] * 5 + ["signed"]
    )
    assert len(log(Assignment.objects.get(pk=pk))) == 1
