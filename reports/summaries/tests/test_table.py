"""Each activity planned, done, in figures, with its evidence: live while it is written, kept as it was filed."""

from datetime import date

import pytest
from django.utils import translation

from activities.filing import volunteer
from activities.models import Assignment, Coverage, Deliverable, Entry, Progress
from activities.states import Kind
from reports.models import Summary
from reports.summaries.table import activity_table
from tests.cast import filed, filed_plan, signed_in, text
from tests.pages import press
from workflow import clock


@pytest.fixture
def busy(autumn):
    """A unit that has planned, reported, counted and been in the paper."""
    day, what = date(2015, 9, 5), autumn.campaign.activities.first()
    plan = {"starts_on": day, "ends_on": day, "place": "Works", "expected_participants": 300}
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison, **plan)
    for model, kind, values in (
        (Progress, Kind.PROGRESS, {"percent": 90, "narrative": "Doors open " * 30}),
        (Coverage, Kind.COVERAGE, {"outlet": "Paper", "title": "Open", "on": day}),
    ):
        filing = model.draft(volunteer.begin(autumn.campaign, autumn.water, kind, what))
        for name, value in values.items():
            setattr(filing, name, value)
        filed(filing, autumn.liaison)
    asked = Deliverable.objects.create(activity=what, order=1, title="Leaflets", target=100, measure="sheets")
    row = Assignment.objects.create(
        campaign=autumn.campaign, notice=autumn.notice, unit=autumn.water, kind=Kind.DELIVERABLE, activity=what,
        deliverable=asked, due_at=clock.now(),
    )  # fmt: skip
    for place in ("a", "b"):
        Entry.objects.create(assignment=row, key=place, count=600, on=day, by=autumn.liaison, at=clock.now())
    return autumn


def owed(cast):
    return cast.owed(cast.water, Kind.SUMMARY)


def test_a_row_says_what_was_planned_done_counted_and_proved(busy):
    with translation.override("en"):
        ((title, planned, done, figures, evidence),) = activity_table(owed(busy))
    assert title == "Open day of the waterworks"
    assert "Works" in planned and "300" in planned
    assert "90%" in done and done.endswith("…") and len(done) < 140
    assert figures == "Leaflets1,200sheets"
    assert "1" in evidence


def test_a_unit_that_filed_nothing_has_no_rows(busy):
    assert activity_table(busy.owed(busy.health, Kind.SUMMARY)) == []


def test_it_stands_on_the_page_and_stays_as_it_was_filed(busy):
    client, address = signed_in(busy.liaison), owed(busy).get_absolute_url()
    assert "Leaflets1,200sheets" in text(client.get(address))
    figures = {f"figure_{each.pk}": "1" for each in busy.campaign.indicators.all()}
    press(client, address, "action=submit", effect="Many came", **figures)
    press(client, address, "action=submit")  # the second press, where something was pointed out
    assert Summary.objects.get().activities[0][3] == "Leaflets1,200sheets"
    Entry.objects.update(count=1)
    assert "Leaflets1,200sheets" in text(signed_in(busy.staff).get(address))
