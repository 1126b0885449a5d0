"""Where an assignment stands: computed from dates, the same in Python and in SQL; and its deeds."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Assignment
from activities.states import FILED, AssignmentState, Kind, Standing
from reports.figures import campaign_figures, unit_figures
from tests.cast import log
from workflow import clock
from workflow.models import MoveRefused

OPEN, SUBMITTED, ACCEPTED, RETURNED, WAIVED, CLOSED = AssignmentState
PAST, TODAY, FUTURE = date(2015, 8, 31), date(2015, 9, 1), date(2015, 9, 2)


def stands(assignment):
    """The answer in Python and the answer in SQL."""
    row = Assignment.objects.with_standing().get(pk=assignment.pk)
    return row.standing, row.stands


def put(assignment, state, due, filed=None):
    Assignment.objects.filter(pk=assignment.pk).update(
        state=state, due_at=clock.end_of(due), submitted_at=filed and clock.end_of(filed) - timedelta(hours=9)
    )


RULES = [
    # state, due by, filed on, how it stands on 1 September
    (OPEN, FUTURE, None, Standing.DUE),
    (OPEN, TODAY, None, Standing.DUE),
    (OPEN, PAST, None, Standing.OVERDUE),
    (SUBMITTED, TODAY, PAST, Standing.ON_TIME),
    (SUBMITTED, PAST, PAST, Standing.ON_TIME),
    (SUBMITTED, PAST, TODAY, Standing.LATE),
    (ACCEPTED, PAST, PAST, Standing.ON_TIME),
    (ACCEPTED, PAST, TODAY, Standing.LATE),
    (RETURNED, FUTURE, PAST, Standing.RETURNED),
    (RETURNED, PAST, PAST, Standing.RETURNED),
    (RETURNED, PAST, TODAY, Standing.RETURNED),
    (WAIVED, PAST, None, Standing.WAIVED),
    (WAIVED, FUTURE, PAST, Standing.WAIVED),
    (CLOSED, PAST, None, Standing.CLOSED),
]


@pytest.mark.parametrize(("state", "due", "filed", "expected"), RULES)
def test_how_it_stands(autumn, state, due, filed, expected):
    assignment = autumn.owed(autumn.water, Kind.SUMMARY)
    put(assignment, state, due, filed)
    assert stands(assignment) == (expected, expected)
    overdue = Assignment.objects.filter(pk=assignment.pk).overdue().exists()
    assert overdue is (expected == Standing.OVERDUE)


MOMENTS = st.datetimes(datetime(2015, 8, 1), datetime(2015, 11, 1), timezones=st.just(timezone.get_default_timezone()))
DAYS = st.dates(date(2015, 8, 1), date(2015, 11, 1))
ROWS = st.tuples(st.sampled_from(AssignmentState), MOMENTS, st.none() | MOMENTS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=DAYS, rows=st.lists(ROWS, min_size=12, max_size=12))
def test_python_and_sql_agree_and_no_rate_passes_100(autumn, day, rows):
    """Over every state and any dates; the figures count each row exactly once."""
    everything = list(Assignment.objects.order_by("pk"))
    for row, (state, due, filed) in zip(everything, rows, strict=True):
        row.state, row.due_at = state, due
        row.submitted_at = filed or (due if state in FILED else None)
    Assignment.objects.bulk_update(everything, ["state", "due_at", "submitted_at"])
    with clock.as_of(day):
        found = list(Assignment.objects.with_standing())
        assert [row.stands for row in found] == [row.standing for row in found]
        overdue = sorted(row.pk for row in found if row.standing == Standing.OVERDUE)
        assert sorted(Assignment.objects.overdue().values_list("pk", flat=True)) == overdue
        figures, units = campaign_figures(autumn.campaign), unit_figures(autumn.campaign)
    tallies = [figures.total, *(each.tally for each in figures.kinds), *(each.tally for each in units)]
    assert [each for each in tallies if (each.rate is None) != (each.expected == 0)] == []
    assert [each for each in tallies if not 0 <= (each.rate or 0) <= 100] == []
    assert figures.total.expected + figures.total.waived + figures.total.closed == 12
    assert sum((each.tally for each in units[1:]), units[0].tally) == figures.total


# --- deeds -------------------------------------------------------------------------------------------------


def test_filing_on_the_last_day_is_on_time_and_a_day_later_late(autumn):
    on_time, late = autumn.owed(autumn.water, Kind.RECEIPT), autumn.owed(autumn.health, Kind.RECEIPT)
    with clock.as_of(date(2015, 8, 24)):  # a Monday: the third day, a Sunday, is not offered
        on_time.submit(by=autumn.liaison)
    with clock.as_of(date(2015, 8, 25)):
        late.submit(by=autumn.neighbour)
    assert (on_time.standing, late.standing) == (Standing.ON_TIME, Standing.LATE)
    assert (on_time.submitted_by, late.submitted_by) == (autumn.liaison, autumn.neighbour)


def test_correcting_what_was_returned_keeps_the_day_it_first_came(autumn):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    with clock.as_of(date(2015, 8, 30)):
        plan.submit(by=autumn.liaison)
    first = plan.submitted_at
    plan.send_back(by=autumn.staff, reason="No budget")
    assert (plan.standing, plan.return_reason) == (Standing.RETURNED, "No budget")
    plan.submit(by=autumn.head)
    again = autumn.owed(autumn.water, Kind.PLAN)
    assert (again.submitted_at, again.submitted_by, again.standing) == (first, autumn.head, Standing.ON_TIME)
    assert again.return_reason == ""


def test_the_newest_reason_is_shown(autumn):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    for reason in ("No budget", "No place"):
        plan.submit(by=autumn.liaison)
        plan.send_back(by=autumn.staff, reason=reason)
    assert autumn.owed(autumn.water, Kind.PLAN).return_reason == "No place"


def test_withdrawing_makes_it_owed_again_and_its_day_is_forgotten(autumn):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    with clock.as_of(date(2015, 8, 30)):
        plan.submit(by=autumn.liaison)
        plan.withdraw(by=autumn.liaison)
    again = autumn.owed(autumn.water, Kind.PLAN)
    assert (again.state, again.submitted_at, again.submitted_by) == ("open", None, None)
    assert again.standing == Standing.OVERDUE
    again.submit(by=autumn.liaison)
    assert again.standing == Standing.LATE


DEEDS = {
    "submit": lambda row, cast: row.submit(by=cast.liaison),
    "withdraw": lambda row, cast: row.withdraw(by=cast.liaison),
    "accept": lambda row, cast: row.accept(by=cast.staff),
    "send_back": lambda row, cast: row.send_back(by=cast.staff, reason="No budget"),
}
LEADS_TO = {
    (OPEN, "submit"): SUBMITTED,
    (SUBMITTED, "withdraw"): OPEN,
    (SUBMITTED, "accept"): ACCEPTED,
    (SUBMITTED, "send_back"): RETURNED,
    (ACCEPTED, "send_back"): RETURNED,
    (RETURNED, "submit"): SUBMITTED,
}


@pytest.mark.parametrize("state", AssignmentState)
@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_from_every_state(autumn, state, deed):
    """What LEADS_TO does not name is refused and changes nothing."""
    plan = autumn.owed(autumn.water, Kind.PLAN)
    put(plan, state, FUTURE, PAST if state in FILED else None)
    plan.refresh_from_db()
    expected = LEADS_TO.get((state, deed))
    if expected is None:
        with pytest.raises(MoveRefused):
            DEEDS[deed](plan, autumn)
    else:
        DEEDS[deed](plan, autumn)
    again = autumn.owed(autumn.water, Kind.PLAN)
    assert (again.state, len(log(again))) == ((expected, 1) if expected else (state, 0))


def test_what_is_closed_is_refused_with_the_reason(autumn):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    plan.locked_at = clock.end_of(date(2015, 8, 31))
    assert (plan.is_locked, plan.is_owed) == (True, True)
    with translation.override("en"), pytest.raises(MoveRefused, match="closed for filing"):
        plan.submit(by=autumn.liaison)
    assert autumn.owed(autumn.water, Kind.PLAN).state == "open"
    plan.locked_at = clock.end_of(date(2015, 9, 1))
    assert plan.is_locked is False


@pytest.mark.parametrize("state", FILED)
def test_the_database_refuses_filed_without_a_day(autumn, state):
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(unit=autumn.water).update(state=state, submitted_at=None)


@pytest.mark.parametrize("kind", [Kind.RECEIPT, Kind.PLAN])
def test_the_database_refuses_the_same_debt_twice(autumn, kind):
    row = autumn.owed(autumn.water, kind)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
