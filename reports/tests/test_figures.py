"""The figures, against what one counts by hand."""

from datetime import date

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from activities.asking import issue
from activities.models import Assignment
from activities.states import Kind
from reports.briefings.book_parts import opening
from reports.briefings.moment import stood
from reports.briefings.tables import kind_table, unit_table
from reports.figures import Tally, campaign_figures, unit_figures
from tests.cast import filed_plan, filed_registration, filed_summary, signed_in, text, totals_if_accepted
from workflow import clock
from workflow.fresh import fresh


@pytest.fixture
def busy(autumn):
    """12 debts on 1 September, worked through by hand.

    Receipt (due 24 August): water on time, health late, district open → overdue.
    Liaison (due 27 August): water late, health and district overdue.
    Plan (due 31 August): water returned, health accepted but late, district waived.
    Summary (due 15 October): water filed on time, health and district not due.
    """
    with clock.as_of(date(2015, 8, 22)):
        autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    with clock.as_of(date(2015, 8, 30)):
        autumn.owed(autumn.health, Kind.RECEIPT).submit(by=autumn.neighbour)
        filed_registration(autumn.owed(autumn.water, Kind.LIAISON), autumn.liaison, "Officer One")
        plan = filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison).assignment
    plan.send_back(by=autumn.staff, reason="No budget")
    late = filed_plan(autumn.owed(autumn.health, Kind.PLAN), autumn.neighbour).assignment
    late.accept(by=autumn.staff)
    autumn.owed(autumn.district, Kind.PLAN).move("waived", by=autumn.staff)
    filed_summary(autumn.owed(autumn.water, Kind.SUMMARY), autumn.liaison, 120, 3000)
    return autumn


def test_the_campaign_as_counted_by_hand(busy):
    figures = campaign_figures(busy.campaign)
    assert {each.kind: each.tally for each in figures.kinds} == {
        Kind.RECEIPT: Tally(on_time=1, late=1, overdue=1),
        Kind.LIAISON: Tally(late=1, overdue=2),
        Kind.PLAN: Tally(late=1, to_correct=1, waived=1),
        Kind.SUMMARY: Tally(on_time=1, due=2),
    }
    total = Tally(on_time=2, late=3, overdue=3, to_correct=1, due=2, waived=1)
    assert figures.total == total
    assert (total.expected, total.filed, total.open, total.rate) == (11, 6, 5, 54)
    assert (figures.units, figures.units_red, figures.to_review) == (3, 2, 1)


def test_the_units_as_counted_by_hand_most_overdue_first(busy):
    found = [(each.name, each.tally, each.tally.light) for each in unit_figures(busy.campaign)]
    assert found == [
        ("District office", Tally(overdue=2, due=1, waived=1), "red"),
        ("Health bureau", Tally(late=2, overdue=1, due=1), "red"),
        ("Water bureau", Tally(on_time=2, late=1, to_correct=1), "yellow"),
    ]
    district = unit_figures(busy.campaign)[0]
    assert [(each.kind, each.tally) for each in district.kinds] == [
        (Kind.RECEIPT, Tally(overdue=1)),
        (Kind.LIAISON, Tally(overdue=1)),
        (Kind.PLAN, Tally(waived=1)),
        (Kind.SUMMARY, Tally(due=1)),
    ]


def test_a_part_of_the_units_is_the_same_rows(busy):
    everybody = unit_figures(busy.campaign)
    assert [unit_figures(busy.campaign, start, start + 2) for start in (0, 1, 2, 3)] == [
        everybody[0:2], everybody[1:3], everybody[2:], [],
    ]  # fmt: skip


def test_another_day_gives_other_figures_from_the_same_rows(busy):
    with clock.as_of(date(2015, 8, 25)):
        assert campaign_figures(busy.campaign).total.overdue == 1
    with clock.as_of(date(2015, 10, 16)):
        assert campaign_figures(busy.campaign).total == Tally(on_time=2, late=3, overdue=5, to_correct=1, waived=1)


def test_figures_of_one_campaign_leave_out_those_of_others(busy):
    assert campaign_figures(busy.district_campaign).total == Tally()
    assert (unit_figures(busy.district_campaign), campaign_figures(busy.district_campaign).units) == ([], 0)


@pytest.mark.parametrize(
    ("tally", "rate", "light"),
    [
        (Tally(), None, "green"),
        (Tally(waived=3), None, "green"),
        (Tally(on_time=199, due=1), 99, "green"),
        (Tally(on_time=199, late=1), 100, "yellow"),
        (Tally(on_time=1, to_correct=1), 100, "yellow"),
        (Tally(on_time=999, overdue=1), 99, "red"),
        (Tally(overdue=7), 0, "red"),
    ],
)
def test_rate_and_light(tally, rate, light):
    assert (tally.rate, tally.light) == (rate, light)


COUNTS = st.builds(Tally, *[st.integers(0, 50)] * 6)


@limits(max_examples=100, deadline=None)
@given(COUNTS, COUNTS)
def test_tallies_add_up_and_the_bar_is_as_long_as_what_is_expected(one, other):
    both = one + other
    assert (both.expected, both.filed) == (one.expected + other.expected, one.filed + other.filed)
    assert (both.rate is None) == (both.expected == 0)
    assert 0 <= (both.rate or 0) <= 100
    assert (both.rate == 100) == (both.open == 0 and both.expected > 0)
    segments = both.segments
    assert sum(length for _style, _start, length in segments) == both.expected
    assert [start for _style, start, _length in segments] == [
        sum(length for *_rest, length in segments[:n]) for n in range(len(segments))
    ]


# --- what the summaries say --------------------------------------------------------------------------------


def totals(cast):
    return [(each.name, each.measure, each.value, each.units) for each in totals_if_accepted(cast)]


def test_indicators_are_summed_over_units(autumn):
    filed_summary(autumn.owed(autumn.water, Kind.SUMMARY), autumn.liaison, 120, 3000)
    filed_summary(autumn.owed(autumn.health, Kind.SUMMARY), autumn.neighbour, 30, 0)
    assert totals(autumn) == [("Posters", "sheets", 150, 2), ("Visitors", "people", 3000, 2)]


def test_of_several_versions_the_newest_submitted_counts(autumn):
    summary = autumn.owed(autumn.water, Kind.SUMMARY)
    filed_summary(summary, autumn.liaison, 120, 3000)
    summary.send_back(by=autumn.staff, reason="Count again")
    assert totals(autumn) == [("Posters", "sheets", 0, 0), ("Visitors", "people", 0, 0)]
    filed_summary(summary, autumn.liaison, 100)
    assert totals(autumn) == [("Posters", "sheets", 100, 1), ("Visitors", "people", 0, 0)]
    autumn.owed(autumn.water, Kind.SUMMARY).withdraw(by=autumn.liaison)
    assert totals(autumn) == [("Posters", "sheets", 0, 0), ("Visitors", "people", 0, 0)]


def test_a_draft_counts_nothing(autumn):
    summary = autumn.owed(autumn.water, Kind.SUMMARY)
    filed = filed_summary(summary, autumn.liaison, 120, 3000)
    draft = filed.successor()
    draft.save_draft(by=autumn.liaison, seen=draft.revision)
    assert totals(autumn) == [("Posters", "sheets", 120, 1), ("Visitors", "people", 3000, 1)]


# --- kept for a moment -------------------------------------------------------------------------------------


def test_figures_are_kept_until_somebody_acts(autumn):
    cache.clear()
    computed = []

    def compute():
        computed.append(1)
        return len(computed)

    assert [fresh("test", compute) for _ in range(3)] == [1, 1, 1]
    autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    assert fresh("test", compute) == 2


def test_a_filing_shows_at_once(autumn):
    before = fresh("campaign", lambda: campaign_figures(autumn.campaign)).total.filed
    autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    after = fresh("campaign", lambda: campaign_figures(autumn.campaign)).total.filed
    assert (before, after) == (0, 1)


@pytest.mark.parametrize("units", [1, 3])
def test_figures_cost_the_same_queries_for_every_size(autumn, units, django_assert_num_queries):
    Assignment.objects.exclude(unit__in=[autumn.water, autumn.health, autumn.district][:units]).delete()
    with django_assert_num_queries(3):
        campaign_figures(autumn.campaign)
    with django_assert_num_queries(2):
        assert len(unit_figures(autumn.campaign)) == units


def test_where_the_notice_was_withdrawn_nothing_is_owed_and_no_rate_is_shown(autumn):
    """Not 100 %: nobody filed anything, and nobody had to."""
    issue.withdraw(autumn.notice, by=autumn.signer, reason="Wrong year")
    page = text(signed_in(autumn.staff).get(reverse("reports:dashboard", args=[autumn.campaign.pk])))
    figures = campaign_figures(autumn.campaign)
    printed = [row[-1] for row in (*kind_table(figures).rows, *unit_table(unit_figures(autumn.campaign)).rows)]
    assert (figures.total.expected, set(printed)) == (0, {"–"})
    assert ("<b>–</b>" in page, 'data-label="Share filed">–<' in page, "100%" in page) == (True, True, False)
    assert "报送率–" in opening(stood(autumn.campaign))[1]
