"""Random histories of what a unit owes: state, lateness, rates and the log always tell the same story."""

from datetime import date, timedelta
from itertools import pairwise

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Membership, Role
from activities.filing import head_signing
from activities.filing.head_signing import lay_before_head
from activities.models import Assignment, Plan
from activities.states import FILED, OWED, AssignmentState, Kind, Standing
from reports.figures import campaign_figures, unit_figures
from tests.cast import person
from workflow import clock
from workflow.models import MoveRefused

FIRST = date(2015, 8, 25)
OPEN, SUBMITTED, ACCEPTED, RETURNED, WAIVED, CLOSED = AssignmentState
DEEDS = (
    "submit", "withdraw", "accept", "return", "extend", "lock", "open", "grace", "waive", "ask_again", "hand_over",
    "to_head", "pass_on", "head_returns", "take_back",
)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 6), st.integers(1, 20), st.sampled_from(["water", "health"])),
    max_size=25,
)
"""What is done, how many days after the step before, how many days it gives, and whose plan it is about."""


class Story:
    """The water and the health bureau with their plans, and what should be true of each, kept beside the rows."""

    def __init__(self, cast):
        self.cast, self.day = cast, FIRST
        self.people = {"water": cast.liaison, "health": cast.neighbour}
        self.rows = {name: cast.owed(getattr(cast, name), Kind.PLAN) for name in self.people}
        self.filed_on = dict.fromkeys(self.people)

    def do(self, deed, wait, days, name):
        """One step on its day; what is refused must leave everything as it was."""
        self.day += timedelta(days=wait)
        row = self.rows[name] = Assignment.objects.get(pk=self.rows[name].pk)
        before = self.facts(row)
        with clock.as_of(self.day):
            try:
                getattr(self, f"_{deed}")(row, self.day + timedelta(days=days), name)
            except MoveRefused:
                assert self.facts(Assignment.objects.get(pk=row.pk)) == before

    def facts(self, row):
        return row.state, row.submitted_at, row.extended_until, row.locked_at, row.history().count()

    def _submit(self, row, until, name):
        row.submit(by=self.people[name])
        self.filed_on[name] = self.filed_on[name] or self.day

    def _to_head(self, row, until, name):
        """A version lies before the head: for days, figures and the office's log nothing has happened."""
        plan = Plan.draft(row)
        if plan.pk is None:
            plan.save_draft(by=self.people[name], seen=plan.revision)
        lay_before_head(plan, by=self.people[name])

    def _pass_on(self, row, until, name):
        signing = row.before_head()
        head_signing.pass_on(row, by=self.cast.head, seen=signing.revision if signing else 0)
        self.filed_on[name] = self.filed_on[name] or self.day

    def _head_returns(self, row, until, name):
        head_signing.return_to_officer(row, by=self.cast.head, reason="Who pays?")

    def _take_back(self, row, until, name):
        head_signing.take_back(row, by=self.people[name])

    def _withdraw(self, row, until, name):
        row.withdraw(by=self.people[name])
        self.filed_on[name] = None

    def _accept(self, row, until, name):
        row.accept(by=self.cast.staff)

    def _return(self, row, until, name):
        row.send_back(by=self.cast.staff, reason="No budget")

    def _extend(self, row, until, name):
        row.extend(clock.end_of(until), by=self.cast.staff)

    def _lock(self, row, until, name):
        Assignment.objects.filter(pk=row.pk).set_terms(
            grace_until=row.grace_until, locked_at=clock.end_of(until), by=self.cast.staff, note="Closing"
        )

    def _open(self, row, until, name):
        row.open_until(clock.end_of(until), by=self.cast.staff)

    def _grace(self, row, until, name):
        Assignment.objects.filter(pk=row.pk).set_terms(
            grace_until=clock.end_of(until), locked_at=row.locked_at, by=self.cast.staff, note="Grace"
        )

    def _waive(self, row, until, name):
        row.waive(by=self.cast.staff, reason="No lifts here")

    def _ask_again(self, row, until, name):
        row.ask_again(by=self.cast.staff, reason="There are")
        self.filed_on[name] = None

    def _hand_over(self, row, until, name):
        """A successor takes over; what the one before filed keeps its name."""
        old = self.people[name]
        new = person(f"successor-{Membership.objects.count()}", (row.unit, Role.LIAISON))
        Membership.objects.filter(user=old, unit=row.unit).update(until=self.day - timedelta(days=1))
        self.people[name] = new


def expected(row, filed_on, day):
    """How it stands, said without the code under test: from the days alone."""
    on_time = max(filter(None, (row.due_at, row.grace_until)))
    last = max(filter(None, (on_time, row.extended_until)))
    if row.state in (WAIVED, RETURNED):
        return {WAIVED: Standing.WAIVED, RETURNED: Standing.RETURNED}[row.state]
    if row.state in FILED:
        filed = clock.end_of(filed_on) - timedelta(hours=1)
        return Standing.ON_TIME if filed < on_time else Standing.EXTENDED if filed < last else Standing.LATE
    return Standing.OVERDUE if clock.end_of(day) > last else Standing.DUE


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_days_figures_and_log_agree(autumn, steps):
    with transaction.atomic():
        story = Story(autumn)
        for step in steps:
            story.do(*step)
            check(story)
        transaction.set_rollback(True)


def check(story):
    """The rows, their log, the standing in Python and in SQL, and the figures."""
    for name, row in story.rows.items():
        with clock.as_of(story.day):
            row = Assignment.objects.with_standing().get(pk=row.pk)
            found = row.standing, row.stands, expected(row, story.filed_on[name], story.day)
            assert len(set(found)) == 1, (found, name, story.day, row.due_at)
        lines = list(row.history())
        assert row.state == (lines[-1].to_state if lines else OPEN)
        assert all(one.to_state == two.from_state for one, two in pairwise(lines))
        assert (row.submitted_at is not None) == (story.filed_on[name] is not None)
        waits = row.signings.waiting().count()
        assert waits <= (row.state in OWED), (row.state, waits)  # what is filed or not asked lies before nobody
        assert row.plan_versions.filter(submitted_at=None).count() <= 1
        if row.submitted_at:
            assert timezone.localtime(row.submitted_at).date() == story.filed_on[name]
    with clock.as_of(story.day):
        total, units = campaign_figures(story.cast.campaign).total, unit_figures(story.cast.campaign)
    tallies = [total, *(each.tally for each in units)]
    assert [each for each in tallies if (each.rate is None) != (each.expected == 0)] == []
    assert [each for each in tallies if not 0 <= (each.rate or 0) <= 100] == []
    assert total.expected + total.waived + total.closed == 12
