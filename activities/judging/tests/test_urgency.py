"""The list of who owes what, read page by page from where it begins: the same rows in the same order as sorting all."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Unit
from activities.judging import urgency
from activities.judging.filed_list import Sought, page_of_filed
from activities.judging.urgency import URGENCY, Choice, page_of_campaign, page_of_few
from activities.models import Assignment, Listed
from activities.standings import count
from activities.states import FILED, REVIEWED, AssignmentState, Kind, Standing
from workflow import clock

DAY = date(2015, 9, 1)
MOMENTS = st.datetimes(datetime(2015, 8, 25), datetime(2015, 9, 8), timezones=st.just(timezone.get_default_timezone()))
LATER = st.none() | st.integers(0, 6).map(lambda days: timedelta(days=days))
ROWS = st.lists(
    st.tuples(st.sampled_from(AssignmentState), MOMENTS, st.none() | MOMENTS, LATER, LATER, st.booleans()),
    min_size=12,
    max_size=12,
)
WAYS = ["", "owed", "filed", "review", *Standing.values]


def put(rows):
    """Any state and any dates for the twelve assignments there are."""
    found = list(Assignment.objects.order_by("pk"))
    for row, (state, due, filed, grace, extended, volunteered) in zip(found, rows, strict=True):
        row.state, row.due_at, row.submitted_at = state, due, filed or (due if state in FILED else None)
        row.grace_until = None if grace is None else due + grace
        row.extended_until = None if extended is None else due + extended
        row.volunteered = volunteered
    names = ["state", "due_at", "submitted_at", "grace_until", "extended_until", "volunteered"]
    Assignment.objects.bulk_update(found, names)
    return Assignment.objects.select_related("unit")


def fits(row, way):
    if way == "owed":
        return row.standing in (Standing.DUE, Standing.OVERDUE)
    if way == "filed":
        return row.standing in ("on_time", "extended", "late", "to_correct")
    if way == "review":
        return row.state == AssignmentState.SUBMITTED and row.kind in REVIEWED
    return not way or row.standing == way


def sorted_all(rows, way):
    """All rows that fit, sorted in Python."""
    key = lambda row: (URGENCY.index(row.standing), row.due_at, row.unit.order, row.pk)  # noqa: E731 -- of this sort only
    return [row.pk for row in sorted((row for row in rows if fits(row, way)), key=key)]


def pages(read, *of, **more):
    """The numbers of the rows of all pages, one behind the other."""
    last = read(*of, "1", **more).paginator.num_pages
    return [row.pk for asked in range(1, last + 1) for row in read(*of, str(asked), **more).object_list]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_every_page_of_every_choice_is_what_sorting_all_would_give(autumn, monkeypatch, rows):
    monkeypatch.setattr(urgency, "PAGE", 5)
    monkeypatch.setattr(urgency, "standings", count)  # bulk_update writes no line of the log
    campaign, own = autumn.campaign.pk, [autumn.water.pk]
    with clock.as_of(DAY):
        every = put(rows)
        shown = [row for row in every if not (row.volunteered and row.state == AssignmentState.OPEN)]
        water = [row for row in every if row.unit_id == autumn.water.pk]
        for way in WAYS:
            choice = Choice(standing=way)
            assert pages(page_of_campaign, campaign, choice) == sorted_all(shown, way)
            assert pages(page_of_few, campaign, choice, (), whole=True) == sorted_all(shown, way)
            assert pages(page_of_few, campaign, choice, own, whole=False) == sorted_all(water, way)
            assert pages(page_of_few, campaign, choice, own, whole=True) == sorted_all({*shown, *water}, way)
            asked, choice = [row for row in every if not row.volunteered], Choice(standing=way, asked=True)
            assert pages(page_of_campaign, campaign, choice) == sorted_all(asked, way)
            assert pages(page_of_few, campaign, choice, (), whole=True) == sorted_all(asked, way)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, day=st.dates(date(2015, 8, 20), date(2015, 9, 20)))
def test_a_plain_row_a_model_and_the_counts_say_the_same_at_any_moment(autumn, rows, day):
    """The columns the database keeps are right in the same statement that changes a row, whatever day is asked for."""
    every = put(rows)
    with clock.as_of(day):
        now, models = clock.now(), {row.pk: row for row in every}
        listed = Assignment.objects.listed()
        assert {row.pk: row.standing_at(now) for row in listed} == {pk: row.standing for pk, row in models.items()}
        assert {row.pk: row.last_at for row in listed} == {pk: row.last_moment for pk, row in models.items()}
        assert {row.pk: (str(row), row.unit, row.falls_due) for row in listed} == {
            pk: (str(row), str(row.unit), row.falls_due) for pk, row in models.items()
        }
        begun = {pk for pk, row in models.items() if row.volunteered and row.state == AssignmentState.OPEN}
        found = count(autumn.campaign.pk)
        for standing in Standing:
            standing_so = [pk for pk, row in models.items() if row.standing == standing and pk not in begun]
            assert found.number(lambda share, s=standing: share.standing == s) == len(standing_so)


@pytest.mark.parametrize("asked", ["9", "99999999999", "0", "-1", "x", None])
def test_a_page_that_does_not_exist_is_the_nearest_that_does(autumn, monkeypatch, asked):
    monkeypatch.setattr(urgency, "PAGE", 5)
    last = 3 if asked in ("9", "99999999999", "0", "-1") else 1
    few = page_of_few(autumn.campaign.pk, Choice(), (), asked, whole=True)
    assert (few.number, len(few.object_list)) == (last, 2 if last == 3 else 5)
    whole = page_of_campaign(autumn.campaign.pk, Choice(), asked)
    assert [row.pk for row in whole] == [row.pk for row in few]


def test_words_find_units_by_any_name_and_activities_by_their_title(autumn):
    autumn.health.aliases = ["Medical board"]
    autumn.health.save()

    def found(words):
        rows = page_of_few(autumn.campaign.pk, Choice(words=words), (), "1", whole=True).object_list
        return sorted({row.unit for row in rows})

    assert found("medical") == found("ＭＥＤＩＣＡＬ") == ["Health bureau"]
    assert found("clinic") == ["District office", "Health bureau"]
    assert (found("%"), found("nobody")) == ([], [])


def test_filings_are_found_by_any_name_of_the_unit(autumn):
    for where, who in ((autumn.water, autumn.liaison), (autumn.health, autumn.neighbour)):
        autumn.owed(where, Kind.RECEIPT).submit(by=who)
    Unit.objects.filter(pk=autumn.health.pk).update(aliases=["卫生局"])

    def found(**sought):
        return [each.row.unit for each in page_of_filed(autumn.campaign.pk, Sought(**sought), "1")]

    assert found() == ["Health bureau", "Water bureau"]
    assert found(name="卫 生") == found(unit=autumn.health.pk) == ["Health bureau"]
    assert (found(own=[autumn.water.pk]), found(own=[]), found(kind="plan")) == (["Water bureau"], [], [])


def test_a_plain_row_names_who_filed_as_the_model_does(autumn):
    receipt = autumn.owed(autumn.water, Kind.RECEIPT)
    receipt.submit(by=autumn.staff, filed_for="An Liang", filed_note="by telephone")
    (row,) = Assignment.objects.filter(pk=receipt.pk).listed()
    assert isinstance(row, Listed)
    with translation.override("zh-hans"):
        assert row.filed_by == autumn.owed(autumn.water, Kind.RECEIPT).filed_by == "staff，代An Liang填报"
