"""After the closing nothing can be filed: so nothing that was filed is lost by a press, and the office is warned."""

from datetime import date

import pytest

from activities.counting.tests.test_tally import judge, owed, posters, reported
from activities.models import Assignment, Entry
from activities.states import Kind
from tests.cast import filed_plan, log, said, signed_in, text
from tests.pages import forge, press
from workflow import clock

CLOSED = clock.end_of(date(2015, 8, 31))
TRAP = "It is closed for filing: taken back, it could not be filed again. Ask the office to return it."
WARNED = "It is closed for filing. Open it again below, or the unit cannot correct it."


@pytest.fixture
def plan(autumn):
    """The water bureau's plan, filed; the day after, filing was closed."""
    row = autumn.owed(autumn.water, Kind.PLAN)
    filed_plan(row, autumn.liaison)
    Assignment.objects.filter(pk=row.pk).update(locked_at=CLOSED)
    return autumn.owed(autumn.water, Kind.PLAN)


@pytest.fixture
def counted(cast):
    """A report that reached its target; the day after, filing was closed."""
    posters(cast)
    row = owed(cast)
    entry = reported(row, 100, "a", by=cast.liaison)
    Assignment.objects.filter(pk=row.pk).update(locked_at=CLOSED, due_at=CLOSED)
    return Entry.objects.get(pk=entry.pk)


def test_what_could_not_be_filed_again_is_not_withdrawn(autumn, plan):
    client = signed_in(autumn.liaison)
    assert TRAP in text(client.get(plan.get_absolute_url()))
    answer = forge(client, f"/assignments/{plan.pk}/withdraw/", follow=True)
    assert (said(answer), autumn.owed(autumn.water, Kind.PLAN).state) == ([TRAP], "submitted")


def test_nor_is_a_report_taken_back(cast, counted):
    client = signed_in(cast.liaison)
    assert f"/entries/{counted.pk}/take-back/" not in client.get(counted.get_absolute_url()).content.decode()
    answer = forge(client, f"/entries/{counted.pk}/take-back/", follow=True)
    assert (said(answer), owed(cast).state, log(counted)) == ([TRAP], "submitted", [])


def test_the_office_that_returns_it_is_told_to_open_it_and_finds_where(autumn, plan):
    form = f"/assignments/{plan.pk}/return/"
    answer = press(signed_in(autumn.staff), plan.get_absolute_url(), form=form, reason="Say when")
    assert said(answer) == [f"Returned with your reason: {plan.unit} · {plan}.", WARNED]
    assert f"/assignments/{plan.pk}/open-again/" in answer.content.decode()


def test_the_office_that_does_not_count_a_report_is_told_too(cast, counted):
    answer = judge(cast.staff, "reject", counted, reason="No photo")
    assert sorted(said(answer)) == [WARNED, "It is not counted; the unit is told why."]
