"""Two units merged in mid-campaign: nothing is owed twice, nothing filed is lost, no rate passes 100 per cent."""

from datetime import date, timedelta

import pytest

from accounts.models import Role, Unit, UnitGroup, User
from activities.asking import issue
from activities.behalf import links
from activities.models import (
    Activity,
    Assignment,
    GroupParticipation,
    HandOut,
    Part,
    Participation,
    PersonalLink,
    Petition,
    Plan,
)
from activities.models.activity import Scope
from activities.states import Kind
from activities.tasks import hand_out
from activities.units.merge import merge, outlook
from campaigns.models import Campaign
from campaigns.models.number import begin_series
from campaigns.states import CampaignState
from reports.figures import campaign_figures
from tests.cast import Cast, filed_plan, log, said, signed_in, text
from tests.pages import page_of, press
from workflow import clock
from workflow.models import MoveRefused, Notification

ON = date(2015, 9, 1)


def owes(where: Unit) -> dict[str, str]:
    """What a unit owes or owed, by what it is: its state."""
    return {str(row.kind) + (str(row.activity_id or "")): row.state for row in Assignment.objects.filter(unit=where)}


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_what_the_successor_owes_too_is_closed_and_the_rest_is_handed_on(autumn: Cast) -> None:
    plan = autumn.owed(autumn.water, "plan")
    draft = Plan.draft(plan)
    draft.goal = "Begun by the water bureau"
    draft.save_draft(by=autumn.liaison, seen=0)
    done = merge(autumn.water, autumn.health, by=autumn.admin, on=ON)
    assert {row.kind: row.state for row in Assignment.objects.filter(unit=autumn.water)} == {
        "receipt": "closed",
        "liaison": "closed",
        "summary": "closed",
    }
    plan.refresh_from_db()
    assert (plan.unit, plan.state, Plan.draft(plan).goal) == (autumn.health, "open", "Begun by the water bureau")
    assert (len(done.closed), len(done.moved)) == (3, 1)
    for row in Assignment.objects.filter(unit=autumn.water):
        [(_from, to, who, note)] = log(row)
        assert (to, who, "Water bureau" in note, "Health bureau" in note) == ("closed", autumn.admin, True, True)
    [(before, after, who, note)] = log(plan)
    assert (before, after, who, "Health bureau" in note) == ("open", "open", autumn.admin, True)


def test_what_was_filed_stays_with_its_names(autumn: Cast) -> None:
    plan, receipt = autumn.owed(autumn.water, "plan"), autumn.owed(autumn.water, "receipt")
    filed_plan(plan, autumn.liaison)
    receipt.submit(by=autumn.liaison)
    merge(autumn.water, autumn.health, by=autumn.admin, on=ON)
    rows = Assignment.objects.filter(pk__in=[plan.pk, receipt.pk])
    assert {(row.unit, row.state, row.submitted_by) for row in rows} == {(autumn.water, "submitted", autumn.liaison)}
    plan.refresh_from_db()
    plan.send_back(by=autumn.staff, reason="Please add the date")
    page = signed_in(autumn.liaison).get(plan.get_absolute_url())
    assert "Please add the date" in text(page), "whoever filed it can correct it"


def test_people_speak_for_the_successor(autumn: Cast) -> None:
    merge(autumn.water, autumn.health, by=autumn.admin, on=ON)
    assert fresh(autumn.liaison).is_in(autumn.health, Role.LIAISON)
    assert fresh(autumn.head).is_in(autumn.health, Role.HEAD)
    assert autumn.neighbour.memberships.count() == 1
    plan = Assignment.objects.get(kind=Kind.PLAN, activity__title="Open day of the waterworks")
    for who in (autumn.liaison, autumn.neighbour):
        assert signed_in(who).get(plan.get_absolute_url()).status_code == 200


def test_both_units_people_are_told_once(autumn: Cast) -> None:
    merge(autumn.water, autumn.health, by=autumn.admin, on=ON)
    told = Notification.objects.filter(key=f"merged-{autumn.water.pk}").values_list("person__username", flat=True)
    assert sorted(told) == ["head", "liaison", "neighbour"]


def test_the_successor_stands_in_its_place_everywhere(autumn: Cast) -> None:
    merge(autumn.water, autumn.district, by=autumn.admin, on=ON)
    members = UnitGroup.objects.get(owner=autumn.office)
    assert set(members.units.all()) == {autumn.health, autumn.district}
    assert set(autumn.notice.addressees.all()) == {autumn.health, autumn.district}
    open_day = Activity.objects.get(title="Open day of the waterworks")
    assert set(open_day.participations.values_list("unit__name", "part")) == {
        ("District office", "lead"),
        ("Health bureau", "assist"),
    }
    water = Unit.objects.get(pk=autumn.water.pk)
    assert (water.merged_into, water.merged_on) == (autumn.district, ON)
    assert "Water bureau" in Unit.objects.get(pk=autumn.district.pk).aliases


def task_for_everybody(cast: Cast, group: UnitGroup) -> Activity:
    """A task for each unit of a group, not handed out yet."""
    found = Activity.objects.create(campaign=cast.campaign, order=99, scope=Scope.COMMON, title="For everybody")
    GroupParticipation.objects.create(activity=found, group=group, part=Part.LEAD)
    return found


def test_a_fan_out_to_a_group_with_a_merged_unit_goes_to_the_successor_once(autumn: Cast) -> None:
    group = UnitGroup.objects.get(owner=autumn.office)
    merge(autumn.water, autumn.health, by=autumn.admin, on=ON)
    task = task_for_everybody(autumn, group)
    row = issue.fan_out(autumn.notice, task, by=autumn.signer, due=issue.proposed_due(autumn.notice))
    hand_out(row.pk)
    owing = Assignment.objects.filter(activity=task).values_list("unit__name", flat=True)
    assert sorted(owing) == ["District office", "Health bureau"]


def test_handing_everything_out_again_gives_the_old_unit_nothing_new(autumn: Cast) -> None:
    filed_plan(autumn.owed(autumn.water, "plan"), autumn.liaison)
    merge(autumn.water, autumn.health, by=autumn.admin, on=ON)
    before = [owes(each) for each in (autumn.water, autumn.health)]
    due = issue.proposed_due(autumn.notice).as_json()
    hand_out(HandOut.objects.create(notice=autumn.notice, due=due, by=autumn.signer).pk)
    assert [owes(each) for each in (autumn.water, autumn.health)] == before


def test_an_open_request_about_what_is_closed_is_withdrawn(autumn: Cast) -> None:
    summary = autumn.owed(autumn.water, "summary")
    Petition.objects.create(
        assignment=summary, kind="waiver", reason="r", asked_by=autumn.liaison, asked_at=clock.now()
    )
    merge(autumn.water, autumn.health, by=autumn.admin, on=ON)
    assert Petition.objects.get().state == "withdrawn"


def test_links_of_the_old_unit_open_nothing_any_more(autumn: Cast) -> None:
    plan = autumn.owed(autumn.water, "plan")
    links.make(autumn.campaign, autumn.water, [plan], person="Guest", until=date(2015, 9, 9), uses=1, by=autumn.staff)
    assert outlook(autumn.water, autumn.health).links == 1
    merge(autumn.water, autumn.health, by=autumn.admin, on=ON)
    assert PersonalLink.objects.get().is_good is False


def test_what_makes_no_sense_is_refused(autumn: Cast) -> None:
    for one, other in ((autumn.water, autumn.water), (autumn.office, autumn.water), (autumn.district, autumn.water)):
        with pytest.raises(MoveRefused):
            merge(one, other, by=autumn.admin, on=ON)
    merge(autumn.water, autumn.health, by=autumn.admin, on=ON)
    for one, other in ((autumn.water, autumn.street), (autumn.street, autumn.water)):
        with pytest.raises(MoveRefused):
            merge(Unit.objects.get(pk=one.pk), Unit.objects.get(pk=other.pk), by=autumn.admin, on=ON)


def test_a_campaign_that_is_over_stays_as_it_was(autumn: Cast) -> None:
    autumn.campaign.move(CampaignState.CLOSED, by=autumn.signer)
    before = owes(autumn.water)
    merge(autumn.water, autumn.health, by=autumn.admin, on=ON)
    assert owes(autumn.water) == before
    assert autumn.water in autumn.notice.addressees.all()
    assert Participation.objects.filter(unit=autumn.water).exists()


def test_the_page_shows_what_will_happen_before_it_happens(autumn: Cast) -> None:
    admin, data = signed_in(autumn.admin), {"unit": autumn.water.pk, "into": autumn.health.pk, "on": "2015-09-01"}
    shown = press(admin, "/units/merge/", "See what merging does", **data)
    page = text(shown)
    assert "1 thing that is owed goes to Health bureau" in page
    assert "3 are no longer asked, because Health bureau owes the same" in page
    assert Unit.objects.get(pk=autumn.water.pk).merged_into is None
    response = press(admin, page_of(shown), "Merge them")
    assert said(response) == ["Water bureau is merged into Health bureau: 1 handed on, 3 no longer asked."]
    choices = {unit.name for unit in response.context["form"].fields["unit"].queryset}
    assert choices == {"Health bureau", "District office"}
    assert press(admin, page_of(shown), "Merge them").status_code == 422


@pytest.mark.parametrize("who", ["leader", "liaison", "head", "stranger"])
def test_nobody_else_merges(autumn: Cast, who: str) -> None:
    data = {"unit": autumn.water.pk, "into": autumn.health.pk, "on": "2015-09-01"}
    page = page_of(press(signed_in(autumn.admin), "/units/merge/", "See what merging does", **data))
    assert press(signed_in(getattr(autumn, who)), page, "Merge them").status_code == 403
    assert Unit.objects.get(pk=autumn.water.pk).merged_into is None


@pytest.mark.parametrize("seed", range(12))
def test_no_rate_passes_a_hundred(autumn: Cast, seed: int) -> None:
    """Filings before and after a merger, in every mixture: filed and owed always add up, and nothing counts twice."""
    rows = list(Assignment.objects.filter(campaign=autumn.campaign).order_by("pk"))
    for number, row in enumerate(rows):
        if (seed >> (number % 4)) & 1:
            row.submit(by=autumn.staff)
    expected = campaign_figures(autumn.campaign).total.expected
    pair = (autumn.water, autumn.health) if seed % 2 else (autumn.health, autumn.water)
    done = merge(*pair, by=autumn.admin, on=ON)
    between = campaign_figures(autumn.campaign).total
    assert between.expected == expected - len(done.closed)
    assert between.filed <= between.expected
    for row in Assignment.objects.filter(campaign=autumn.campaign, state="open"):
        row.submit(by=autumn.staff)
    with clock.as_of(ON + timedelta(days=60)):
        after = campaign_figures(autumn.campaign).total
    assert (after.rate, after.filed, after.overdue) == (100, after.expected, 0)


def test_the_successor_gets_the_copies_of_the_old_unit_and_keeps_its_register(autumn: Cast) -> None:
    autumn.notice.copy_to.add(autumn.street)
    register = begin_series(autumn.street, "街质强", 2015, 3)
    merge(autumn.street, autumn.health, by=autumn.admin, on=ON)
    register.refresh_from_db()
    assert (list(autumn.notice.copy_to.all()), register.owner) == ([autumn.health], autumn.health)


def test_units_the_old_office_looked_after_are_looked_after_by_its_successor(cast: Cast) -> None:
    merge(cast.health, cast.district, by=cast.admin, on=ON)
    Campaign.objects.filter(host=cast.district).update(state=CampaignState.CLOSED)
    merge(cast.district, cast.water, by=cast.admin, on=ON)
    kept = dict(Unit.objects.filter(kept_by__isnull=False).values_list("name", "kept_by__name"))
    assert kept == {
        "Water bureau": "City office", "Health bureau": "City office", "District office": "City office",
        "Street": "Water bureau",
    }  # fmt: skip
