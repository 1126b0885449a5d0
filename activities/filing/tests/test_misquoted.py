"""A slogan quoted almost rightly is pointed out on the page of the filing, to the unit and to the office."""

import pytest

from activities.filing.misquoted_slogans import misquoted
from activities.models import Photo, Plan
from activities.states import Kind
from tests.cast import filed_plan, signed_in, text
from tests.pages import autosave, press
from workflow import clock

MEANT = "Quality starts with me"
WRONG = "Quality start with me"
SAID = f"Goal: here stands “{WRONG}”, the notice says “{MEANT}”."


@pytest.fixture
def row(autumn):
    return autumn.owed(autumn.water, Kind.PLAN)


def test_the_unit_is_told_after_saving_and_hindered_in_nothing(autumn, row):
    client = signed_in(autumn.liaison)
    sent = press(client, row.get_absolute_url(), "action=save", goal=f"Our banner: {WRONG}!")
    assert (sent.status_code, SAID in text(sent), Plan.objects.count()) == (200, True, 1)
    right = press(client, row.get_absolute_url(), "action=save", goal=f"Our banner: “{MEANT.upper()}”!")
    assert "the notice says" not in text(right)


def test_the_office_sees_it_beside_what_was_filed(autumn, row):
    filed_plan(row, autumn.liaison, goal=f"Our banner: {WRONG}!")
    assert SAID in text(signed_in(autumn.staff).get(row.get_absolute_url()))


def test_captions_and_slogans_count_as_well(autumn, row):
    autumn.campaign.slogans.create(order=1, text="一份耕耘，一份质量")
    plan = filed_plan(row, autumn.liaison, goal="A good goal")
    Photo.objects.create(
        assignment=row, sha256="0", caption="一份耕耘一分质量", added_by=autumn.liaison, added_at=clock.now()
    )
    found = [(each.quote.found, each.quote.meant) for each in misquoted(plan)]
    assert found == [("一份耕耘一分质量", "一份耕耘，一份质量")]


def test_what_is_wrong_in_a_form_is_not_mixed_with_it(autumn, row):
    shown = press(signed_in(autumn.liaison), row.get_absolute_url(), "action=submit", goal=WRONG)
    assert (shown.status_code, "the notice says" in text(shown)) == (422, False)


def test_saving_by_itself_says_nothing_of_it(autumn, row):
    sent = autosave(signed_in(autumn.liaison), row.get_absolute_url(), goal=WRONG)
    assert sorted(sent.json()) == ["at", "seen", "wrong"]


def test_it_costs_two_queries_and_none_before_something_is_written(autumn, row, django_assert_num_queries):
    autumn.campaign.slogans.create(order=1, text="一份耕耘，一份质量")
    plan = filed_plan(row, autumn.liaison, goal=f"{WRONG}. " * 5, safety=WRONG)
    assert plan.assignment.campaign == autumn.campaign  # a page has read it already
    with django_assert_num_queries(2):
        assert len(misquoted(plan)) == 6
    with django_assert_num_queries(0):
        assert misquoted(Plan(assignment=row)) == []
