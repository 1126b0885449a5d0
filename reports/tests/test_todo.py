"""The home page of a unit's person: first things first, one tap to each form."""

from datetime import date, timedelta

import pytest

from activities.filing import volunteer
from activities.models import Appearance, Assignment, Case, Petition, Round
from activities.states import Kind, PetitionKind, PetitionState
from campaigns.states import CampaignState
from reports.todo import todo
from tests.cast import activity, filed, filed_plan, signed_in, text
from workflow import clock


def kinds(rows):
    return [str(row.kind) for row in rows]


def home(cast, who="liaison"):
    return text(signed_in(cast.people()[who]).get("/"))


def test_what_is_owed_is_sorted_by_how_soon_it_is_wanted(autumn):
    found = todo(autumn.liaison)
    assert (kinds(found.late), kinds(found.soon), kinds(found.coming)) == (
        ["receipt", "liaison", "plan"], [], ["summary"],
    )  # fmt: skip
    with clock.as_of(date(2015, 8, 25)):
        found = todo(autumn.liaison)
    assert (kinds(found.late), kinds(found.soon), kinds(found.coming)) == (
        ["receipt"],
        ["liaison", "plan"],
        ["summary"],
    )


def test_what_was_returned_stands_first_with_its_last_reason(autumn):
    plan = filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison).assignment
    plan.send_back(by=autumn.staff, reason="No budget")
    filed_plan(Assignment.objects.get(pk=plan.pk), autumn.liaison)
    plan.refresh_from_db()
    plan.send_back(by=autumn.staff, reason="No <b>wardens</b>")
    assert [(row.pk, why) for row, why in todo(autumn.liaison).to_correct] == [(plan.pk, "No <b>wardens</b>")]
    page = signed_in(autumn.liaison).get("/").content.decode()
    assert "No &lt;b&gt;wardens&lt;/b&gt;" in page and "No budget" not in page
    assert page.index("Returned, please correct") < page.index("Overdue")


def test_with_an_extension_it_is_not_late(autumn):
    owed = autumn.owed(autumn.water, Kind.PLAN)
    Assignment.objects.filter(pk=owed.pk).update(extended_until=clock.end_of(date(2015, 9, 4)))
    found = todo(autumn.liaison)
    assert (kinds(found.late), kinds(found.soon)) == (["receipt", "liaison"], ["plan"])


def test_what_was_asked_of_the_office_stands_there_until_it_is_decided(autumn):
    owed = autumn.owed(autumn.water, Kind.PLAN)
    asked = Petition.objects.create(
        assignment=owed, kind=PetitionKind.EXTENSION, reason="Rain", until=date(2015, 9, 9), asked_at=clock.now()
    )
    assert todo(autumn.liaison).asked == [asked]
    assert "Asked of the office, not decided yet" in home(autumn)
    asked.move(PetitionState.REFUSED, by=autumn.staff)
    assert todo(autumn.liaison).asked == []


def test_drafts_of_ones_own_accord_and_what_is_done(autumn):
    begun = volunteer.begin(autumn.campaign, autumn.water, Kind.CASE)
    done = filed(
        Case.draft(volunteer.begin(autumn.campaign, autumn.water, Kind.CASE, autumn.campaign.activities.first())),
        autumn.liaison,
    )
    found = todo(autumn.liaison)
    assert [[row.pk for row in rows] for rows in (found.begun, found.done)] == [[begun.pk], [done.assignment_id]]
    assert "begun 1 September, not submitted" in home(autumn)


@pytest.mark.parametrize(("days", "shown"), [(-1, 0), (0, 1), (30, 1)])
def test_rounds_from_today_on_are_shown_to_those_invited(autumn, days, shown):
    what = autumn.campaign.activities.first()
    when = clock.today() + timedelta(days=days)
    found = Round.objects.create(activity=what, order=1, on=when, title="First talk", place="Studio 2")
    Appearance.objects.create(round=found, unit=autumn.water, speaker="An Liang")
    assert [len(todo(user).rounds) for user in (autumn.liaison, autumn.neighbour)] == [shown, 0]
    assert ("First talk" in home(autumn)) is bool(shown)


def test_a_round_of_a_notice_that_is_not_sent_is_not_shown(cast):
    found = Round.objects.create(activity=cast.campaign.activities.first(), order=1, on=clock.today())
    Appearance.objects.create(round=found, unit=cast.water)
    assert todo(cast.liaison).rounds == []


def test_everything_is_one_tap_away(autumn):
    page = signed_in(autumn.liaison).get("/").content.decode()
    rows = Assignment.objects.filter(unit=autumn.water)
    assert [row.kind for row in rows if f'href="{row.get_absolute_url()}"' not in page] == []
    assert page.count('name="kind" value=') == 4


def test_in_a_closed_campaign_nothing_is_sent_and_an_archived_one_is_gone(autumn):
    rows = type(autumn.campaign).objects.filter(pk=autumn.campaign.pk)
    rows.update(state=CampaignState.CLOSED)
    assert (todo(autumn.liaison).senders, len(todo(autumn.liaison).late)) == ([], 3)
    rows.update(state=CampaignState.ARCHIVED)
    assert todo(autumn.liaison).late == []


def test_fifty_rows_cost_no_more_queries_than_one(autumn, django_assert_max_num_queries):
    client = signed_in(autumn.liaison)

    def cost():
        with django_assert_max_num_queries(60) as asked:
            assert client.get("/").status_code == 200
        return len(asked)

    def more(number):
        for _each in range(number):
            what = activity(autumn.campaign, "More", [autumn.water])
            for kind in (Kind.PLAN, Kind.DELIVERABLE):
                row = Assignment.objects.create(
                    campaign=autumn.campaign, notice=autumn.notice, unit=autumn.water, kind=kind, activity=what,
                    due_at=clock.now(),
                )  # fmt: skip
            row.submit(by=autumn.liaison)
            row.send_back(by=autumn.staff, reason="Again")
            filed(Case.draft(volunteer.begin(autumn.campaign, autumn.water, Kind.CASE, what)), autumn.liaison)

    more(1)
    client.get("/")
    one = cost()
    more(25)
    assert cost() == one
