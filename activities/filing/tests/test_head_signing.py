"""审签: the liaison officer submits to the head of the unit, who passes it on to the office or returns it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Membership, Role
from activities.models import Assignment, Plan, Signing
from activities.states import Kind
from campaigns.models import Campaign
from tests.cast import PLAN, at_once, filed_plan, issued, log, postgresql, said, signed_in, text
from tests.pages import NoSuchForm, opened, press
from workflow import clock
from workflow.models import Notification

TO_HEAD = "Submit to the head of the unit"
ASKED = date(2015, 8, 30)
"""The plan is due on 31 August; the tests look at it on 1 September."""


@pytest.fixture
def signed(autumn):
    """The campaign asks that plan and summary pass the head; water has one, health has none."""
    Campaign.objects.filter(pk=autumn.campaign.pk).update(head_signs=True)
    return autumn


def plan_of(cast, unit=None):
    return Assignment.objects.select_related("campaign", "unit").get(pk=cast.owed(unit or cast.water, Kind.PLAN).pk)


def lies_before_the_head(cast, day=ASKED):
    """The liaison officer has written the plan and submitted it to the head."""
    plan = plan_of(cast)
    with clock.as_of(day):
        press(signed_in(cast.liaison), plan.get_absolute_url(), TO_HEAD, **PLAN)
    return plan_of(cast)


def told(user):
    return [row.text for row in Notification.objects.filter(person=user, key__startswith="signing")]


def test_the_officer_submits_to_the_head_who_is_told_and_the_office_sees_it_not_filed(signed):
    plan = lies_before_the_head(signed)
    assert (plan.state, plan.submitted_at, log(plan)) == ("open", None, [])
    assert [len(told(who)) for who in (signed.head, signed.liaison, signed.staff)] == [1, 0, 0]
    for who, words in ((signed.liaison, "With the head of the unit"), (signed.head, "Waits for you")):
        assert words in text(signed_in(who).get(plan.get_absolute_url()))
        assert words in text(signed_in(who).get("/"))
    page = text(signed_in(signed.staff).get(plan.get_absolute_url()))
    assert [words for words in ("head of the unit", PLAN["goal"], "Waits for you") if words in page] == []
    overdue = signed_in(signed.staff).get(
        reverse("activities:assignments", args=[signed.campaign.pk]), {"kind": "plan"}
    )
    assert "the head" not in text(overdue)


@pytest.mark.parametrize(("day", "stands"), [(date(2015, 8, 31), "on_time"), (date(2015, 9, 2), "late")])
def test_one_press_of_the_head_files_it_and_that_is_the_day_of_filing(signed, day, stands):
    plan = lies_before_the_head(signed)
    with clock.as_of(day):
        response = press(signed_in(signed.head), plan.get_absolute_url(), "Pass it on to the office")
        assert said(response) == ["Passed on to the office. It is filed."]
    plan = plan_of(signed)
    assert (plan.state, plan.standing, clock.last_day(plan.submitted_at)) == ("submitted", stands, day)
    assert log(plan) == [("open", "submitted", signed.head, "")]
    assert len(told(signed.liaison)) == 1
    assert PLAN["goal"] in text(signed_in(signed.staff).get(plan.get_absolute_url()))


def test_the_head_returns_it_with_a_reason_and_the_officer_corrects_it(signed):
    plan = lies_before_the_head(signed)
    client = signed_in(signed.head)
    assert (
        "Please give a reason"
        in said(press(client, plan.get_absolute_url(), "Return to the liaison officer", reason=""))[0]
    )
    press(client, plan.get_absolute_url(), "Return to the liaison officer", reason="Who pays?")
    page = text(signed_in(signed.liaison).get(plan.get_absolute_url()))
    assert ("The head of the unit returned it" in page, "Who pays?" in page) == (True, True)
    assert "Who pays?" not in text(signed_in(signed.staff).get(plan.get_absolute_url()))
    press(signed_in(signed.liaison), plan.get_absolute_url(), TO_HEAD, budget="9000")
    press(client, plan.get_absolute_url(), "Pass it on to the office")
    assert (plan_of(signed).state, Plan.objects.get().budget) == ("submitted", 9000)
    assert "Who pays?" not in text(signed_in(signed.liaison).get(plan.get_absolute_url()))


def test_meanwhile_nobody_changes_it_but_the_officer_can_take_it_back(signed):
    plan = lies_before_the_head(signed)
    client = signed_in(signed.liaison)
    with pytest.raises(NoSuchForm):
        press(client, plan.get_absolute_url(), TO_HEAD, goal="Another")
    press(client, plan.get_absolute_url(), "Take it back from the head")
    press(client, plan.get_absolute_url(), "Save the draft", goal="Another")
    assert (Plan.objects.get().goal, Signing.objects.get().state) == ("Another", "taken_back")


def test_the_head_passes_on_only_what_was_on_the_page(signed):
    plan = lies_before_the_head(signed)
    old = opened(signed_in(signed.head), plan.get_absolute_url())
    officer = signed_in(signed.liaison)
    press(officer, plan.get_absolute_url(), "Take it back from the head")
    response = press(signed_in(signed.head), old, "Pass it on to the office")
    assert (said(response), plan_of(signed).state) == (
        ["It does not lie before the head any more. Nothing was changed."], "open",
    )  # fmt: skip
    press(officer, plan.get_absolute_url(), TO_HEAD, goal="Another goal")
    response = press(signed_in(signed.head), old, "Pass it on to the office")
    assert ("read it again" in said(response)[0], plan_of(signed).state) == (True, "open")


def test_sent_twice_it_lies_there_once(signed):
    plan = plan_of(signed)
    page = opened(signed_in(signed.liaison), plan.get_absolute_url())
    with clock.as_of(ASKED):
        press(signed_in(signed.liaison), page, TO_HEAD, **PLAN)
        again = press(signed_in(signed.liaison), page, TO_HEAD, **PLAN)
    assert (said(again), Signing.objects.count()) == (["It came in twice and is kept once."], 1)


def test_a_unit_without_a_head_and_the_head_files_as_ever(signed):
    plan = plan_of(signed, signed.health)
    press(signed_in(signed.neighbour), plan.get_absolute_url(), "Submit to the office", **PLAN)
    own = plan_of(signed)
    press(signed_in(signed.head), own.get_absolute_url(), "Submit to the office", **PLAN)
    assert (plan_of(signed, signed.health).state, plan_of(signed).state) == ("submitted", "submitted")
    assert Signing.objects.count() == 0


def test_where_the_campaign_does_not_ask_for_it_the_officer_files(autumn):
    press(signed_in(autumn.liaison), plan_of(autumn).get_absolute_url(), "Submit to the office", **PLAN)
    assert plan_of(autumn).state == "submitted"


def test_a_head_who_left_while_it_waited_holds_nothing_up(signed):
    plan = lies_before_the_head(signed)
    Membership.objects.filter(role=Role.HEAD).delete()
    officer = signed_in(signed.liaison)
    press(officer, plan.get_absolute_url(), "Take it back from the head")
    press(officer, plan.get_absolute_url(), "Submit to the office")
    assert plan_of(signed).state == "submitted"


def test_a_correction_passes_the_head_too_and_keeps_its_first_day(signed):
    with clock.as_of(ASKED):
        filed_plan(plan_of(signed), signed.head, **PLAN)
    plan = plan_of(signed)
    plan.send_back(by=signed.staff, reason="No budget")
    press(signed_in(signed.liaison), plan.get_absolute_url(), TO_HEAD, budget="8000")
    assert (plan_of(signed).state, plan_of(signed).standing) == ("returned", "to_correct")
    press(signed_in(signed.head), plan.get_absolute_url(), "Pass it on to the office")
    assert (plan_of(signed).state, plan_of(signed).standing) == ("submitted", "on_time")


@pytest.mark.parametrize("deed", ["waive", "submit"])
def test_what_the_office_does_meanwhile_ends_the_waiting(signed, deed):
    """It does not apply after all, or the office filed it from a mail: nothing waits for the head any more."""
    plan = lies_before_the_head(signed)
    more = {"reason": "No works"} if deed == "waive" else {"filed_for": "An Liang", "filed_note": "mail"}
    getattr(plan, deed)(by=signed.staff, **more)
    assert (Signing.objects.get().state, "Waits for you" in text(signed_in(signed.head).get("/"))) == (
        "taken_back",
        False,
    )


def test_closed_for_filing_the_head_cannot_pass_it_on_and_reads_why(signed):
    plan = lies_before_the_head(signed)
    before = opened(signed_in(signed.head), plan.get_absolute_url())
    Assignment.objects.filter(pk=plan.pk).update(locked_at=clock.end_of(date(2015, 8, 31)))
    with pytest.raises(NoSuchForm):
        press(signed_in(signed.head), plan.get_absolute_url(), "Pass it on to the office")
    answer = press(signed_in(signed.head), before, "Pass it on to the office")
    assert ("closed for filing" in said(answer)[0], Signing.objects.get().state) == (True, "waiting")


def test_the_head_finds_at_home_how_the_unit_stands(signed):
    page = opened(signed_in(signed.head), "/").html
    assert "0% filed (0 of 4)" in " ".join(page.main.get_text().split())


def test_the_office_asks_for_it_with_a_box(signed):
    address = reverse("campaigns:edit-campaign", args=[signed.campaign.pk])
    press(signed_in(signed.staff), address, "Save", form="#campaign", head_signs=None)
    assert Campaign.objects.get(pk=signed.campaign.pk).head_signs is False
    press(signed_in(signed.staff), address, "Save", form="#campaign", head_signs="on")
    assert Campaign.objects.get(pk=signed.campaign.pk).head_signs is True


@postgresql
@pytest.mark.django_db(transaction=True)
def test_the_head_presses_and_the_officer_takes_it_back_at_the_same_moment(transactional_db):
    """One of them wins: it is filed, or it is a draft again; never both."""
    cast = issued()
    Campaign.objects.filter(pk=cast.campaign.pk).update(head_signs=True)
    plan = lies_before_the_head(cast)

    def press_pass(wait):
        client = signed_in(cast.head)
        page = opened(client, plan.get_absolute_url())
        wait()
        press(client, page, "Pass it on to the office")

    def press_back(wait):
        client = signed_in(cast.liaison)
        page = opened(client, plan.get_absolute_url())
        wait()
        press(client, page, "Take it back from the head")

    deeds = iter((press_pass, press_back))
    assert at_once(lambda wait: next(deeds)(wait), threads=2) == [None, None]
    ended = Signing.objects.get().state, plan_of(cast).state
    assert ended in {("passed", "submitted"), ("taken_back", "open")}
