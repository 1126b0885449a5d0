"""Supervision slips: who gets one, of which grade, naming what; signed, answered, closed; and what goes wrong."""

from datetime import date, datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Role
from activities.asking import issue as notices
from activities.chasing import deeds, dispatch
from activities.models import Assignment, Grade, Slip, SlipReply
from activities.states import Kind, SlipState, Standing
from activities.supervision import slips
from activities.supervision.debts import overdue_of
from activities.supervision.proposals import Measure, draft_all, proposals
from activities.units.merge import merge
from campaigns.models import Campaign, DocumentNumber
from campaigns.states import CampaignState
from reports.figures import campaign_figures
from tests.cast import at_once, filed, filed_plan, issued, log, make_cast, person, postgresql, said, signed_in, text
from tests.pages import NoSuchForm, forge, opened, page_of, press
from workflow import clock
from workflow.models import MoveRefused, Notification

LATER = date(2015, 9, 8)
"""The plans were due on 31 August: five working days are gone (3 and 4 September were free, Sunday 6 was worked)."""


@pytest.fixture
def late(autumn):
    """Everybody, on 8 September: the plans are overdue, and so are receipts and registrations."""
    with clock.as_of(timezone.make_aware(datetime.combine(LATER, time(10)))):  # reminders keep quiet in the evening
        yield autumn


def drafted(cast, unit=None, **more):
    unit = unit or cast.water
    made, left = draft_all(cast.campaign, Measure(days=1, **more), [unit.pk], by=cast.staff)
    assert left == []
    return made[0]


def sent(cast, unit=None):
    return slips.issue(drafted(cast, unit), by=cast.signer)


def answered(cast, slip):
    reply = SlipReply.draft(slip.reply)
    reply.cause, reply.measures, reply.done_by = "Nobody was there", "Somebody is now", LATER
    return filed(reply, cast.liaison).assignment


def again(slip):
    return Slip.objects.for_page().get(pk=slip.pk)


def kinds(slip):
    return set(slip.debts.values_list("kind", flat=True))


# --- who gets one ------------------------------------------------------------------------------------------------


def test_a_slip_names_what_is_overdue_the_worst_first_in_working_days(late):
    debts = overdue_of(late.campaign)[late.water.pk]
    assert [each.row.kind for each in debts] == [Kind.RECEIPT, Kind.LIAISON, Kind.PLAN]
    plan = debts[-1]
    assert (plan.overdue_days, clock.last_day(plan.row.last_at)) == (5, date(2015, 8, 31))
    assert [each.overdue_days for each in debts] == sorted((each.overdue_days for each in debts), reverse=True)


def test_units_are_proposed_by_working_days_and_reminders_and_others_skipped_with_why(late):
    everybody = {late.water, late.health, late.district}
    assert {row.unit for row in proposals(late.campaign, Measure(days=6))} == everybody
    assert proposals(late.campaign, Measure(days=60)) == []
    reminder = deeds.make(late.campaign, by=late.staff, units=3, hold=False, chosen={"kind": "receipt"})
    dispatch.send("by hand", [reminder])
    with translation.override("en"):
        by_unit = {row.unit: row.skipped for row in proposals(late.campaign, Measure(days=1, reminders=2))}
        assert by_unit == dict.fromkeys(everybody, "Reminded 1 time so far.")
        drafted(late)
        sent(late, late.health)
        why = {row.unit: row.skipped for row in proposals(late.campaign, Measure(days=1, reminders=1))}
    assert why == {
        late.water: "A slip to it is drafted already.",
        late.health: f"It has a slip that is not over yet: {Slip.objects.get(unit=late.health)}.",
        late.district: "",
    }


def test_what_was_extended_returned_filed_or_waived_is_in_no_slip(late):
    plan = late.owed(late.water, Kind.PLAN)
    plan.extend(clock.end_of(date(2015, 9, 20)), by=late.staff)
    late.owed(late.water, Kind.LIAISON).waive(by=late.staff, reason="No officers")
    assert kinds(drafted(late)) == {Kind.RECEIPT}


def test_each_unit_ticked_gets_one_slip_in_one_deed_and_a_second_press_drafts_no_second(late):
    client, page = signed_in(late.staff), reverse("activities:propose-slips", args=[late.campaign.pk])
    shown = opened(client, f"{page}?days=1&reminders=0")
    units = [str(late.water.pk), str(late.health.pk)]
    answer = press(client, shown, form="#draft", unit=units)
    assert said(answer) == ["2 slips are drafted. They go out once the signer has signed them."]
    assert set(Slip.objects.values_list("unit", "state", "grade")) == {
        (late.water.pk, "draft", 1), (late.health.pk, "draft", 1)
    }  # fmt: skip
    told = Notification.objects.filter(key__startswith="slips-to-sign")
    assert [row.person for row in told] == [late.signer]
    refused = said(press(client, shown, form="#draft", unit=units))
    assert refused == [f"{unit}: A slip to it is drafted already." for unit in (late.water, late.health)]
    assert Slip.objects.count() == 2
    none = press(client, f"{page}?days=1", form="#draft", unit=[])
    assert said(none) == ["Nobody is ticked, so no slip was drafted."]


def test_in_a_closed_campaign_no_slip_is_drafted_and_the_page_says_why(late):
    client, page = signed_in(late.staff), reverse("activities:propose-slips", args=[late.campaign.pk])
    shown = opened(client, f"{page}?days=1&reminders=0")
    Campaign.objects.filter(pk=late.campaign.pk).update(state=CampaignState.CLOSED)
    why = "The campaign is closed: nothing new is asked in it."
    assert said(press(client, shown, form="#draft", unit=[str(late.water.pk)])) == [why]
    assert Slip.objects.count() == 0
    again = client.get(f"{page}?days=1&reminders=0")
    assert why in text(again)
    with pytest.raises(NoSuchForm):
        press(client, page_of(again), form="#draft")


@pytest.mark.parametrize("query", ["days=-1", "days=x", "days=99999999999999999999", "unit=999999999", "unit=x", ""])
def test_a_senseless_measure_is_said_and_the_usual_one_taken(late, query):
    page = signed_in(late.staff).get(reverse("activities:propose-slips", args=[late.campaign.pk]) + f"?{query}")
    assert page.status_code in (200, 422)
    assert "3 units would get a slip" in text(page)


# --- grade, number, issue -----------------------------------------------------------------------------------------


def test_the_next_slip_about_the_same_is_one_grade_higher_and_red_is_the_highest(late):
    grades = []
    for day in (8, 18, 28, 30):
        with clock.as_of(date(2015, 9, day)):
            slip = sent(late)
            grades.append(slip.grade)
            Slip.objects.filter(pk=slip.pk).update(state=SlipState.CLOSED)
    assert grades == [Grade.BLUE, Grade.YELLOW, Grade.RED, Grade.RED]
    assert sent(late, late.health).grade == Grade.BLUE


def test_a_withdrawn_slip_does_not_count_for_the_next_grade(late):
    slips.withdraw(sent(late), by=late.signer, reason="The wrong unit")
    assert drafted(late).grade == Grade.BLUE


def test_signing_numbers_it_makes_the_unit_owe_a_reply_and_tells_its_people_at_once(late):
    slip = sent(late)
    assert slip.number == "深质强督办〔2015〕1号"
    reply = late.owed(late.water, Kind.SLIP)
    assert (reply.slip, reply.due_at, reply.standing) == (slip, clock.end_of(slip.due_on), Standing.DUE)
    told = Notification.objects.filter(key=f"slip-{slip.pk}-issued")
    assert {row.person for row in told} == {late.liaison, late.head}
    named = slip.named.get(assignment__kind=Kind.PLAN)
    assert (named.overdue_days, named.reminded) == (5, 0)
    assert {each.kind for each in campaign_figures(late.campaign).kinds} >= {Kind.SLIP}
    assert sent(late, late.health).number == "深质强督办〔2015〕2号"
    assert DocumentNumber.objects.get(slip=slip).reason.count(late.water.name) == 1


def test_the_proposed_day_is_counted_in_working_days(late):
    assert drafted(late).due_on == date(2015, 9, 15)  # five working days from Tuesday 8 September
    page = signed_in(late.staff).get(reverse("activities:slip", args=[Slip.objects.get().pk]))
    assert "data-provisional" not in page.content.decode()
    with clock.as_of(date(2027, 9, 28)):
        assert (
            "data-provisional"
            in signed_in(late.staff).get(reverse("activities:propose-slips", args=[late.campaign.pk])).content.decode()
        )


def test_only_the_signer_signs_also_many_at_once(late):
    first, second = drafted(late), drafted(late, late.health)
    page = reverse("activities:slips", args=[late.campaign.pk])
    with pytest.raises(NoSuchForm):
        press(signed_in(late.staff), page, form="#sign", slip=[str(first.pk)])
    assert forge(signed_in(late.staff), page, {"slip": first.pk}).status_code == 403
    answer = press(signed_in(late.signer), page, form="#sign", slip=[str(first.pk), str(second.pk)])
    assert said(answer) == ["2 slips are issued."]
    assert [row.number for row in Slip.objects.order_by("pk")] == ["深质强督办〔2015〕1号", "深质强督办〔2015〕2号"]


def test_what_was_filed_since_the_draft_is_left_out_and_said(late):
    slip = drafted(late)
    filed_plan(late.owed(late.water, Kind.PLAN), late.liaison)
    page = text(signed_in(late.signer).get(slip.get_absolute_url()))
    assert "Some of it is no longer overdue" in page and "It is left out when the slip is issued." in page
    slips.issue(slip, by=late.signer)
    assert kinds(slip) == {Kind.RECEIPT, Kind.LIAISON}


def test_a_slip_whose_debts_were_all_filed_is_not_signed(late):
    slip = drafted(late)
    for row in slip.debts.all():
        row.submit(by=late.liaison)
    page = opened(signed_in(late.signer), slip.get_absolute_url())
    assert "There is nothing left to be supervised: withdraw the draft." in page.html.get_text()
    with pytest.raises(NoSuchForm):
        press(signed_in(late.signer), page, "Sign and issue")
    with translation.override("en"), pytest.raises(MoveRefused, match="Nothing of it is overdue any more"):
        slips.issue(slip, by=late.signer)
    assert DocumentNumber.objects.filter(slip__isnull=False).count() == 0


def test_a_day_that_passed_while_the_draft_lay_is_refused(late):
    slip = drafted(late)
    with clock.as_of(date(2015, 10, 20)), translation.override("en"), pytest.raises(MoveRefused, match="is past"):
        slips.issue(slip, by=late.signer)


@postgresql
@pytest.mark.django_db(transaction=True)
def test_two_people_sign_at_once_and_it_gets_one_number():
    cast = issued(make_cast())
    other = person("other_signer", (cast.office, Role.SIGNER))
    with clock.as_of(LATER):
        slip = drafted(cast)

    def deed(wait):
        by = (cast.signer, other)[deed.turn]
        deed.turn = 1
        wait()
        with clock.as_of(LATER):
            return slips.issue(Slip.objects.get(pk=slip.pk), by=by).number

    deed.turn = 0
    ends = at_once(deed, 2)
    assert {type(end) for end in ends} == {str, MoveRefused}
    assert (DocumentNumber.objects.filter(slip=slip).count(), Assignment.objects.filter(slip=slip).count()) == (1, 1)


# --- the draft ----------------------------------------------------------------------------------------------------


def test_the_office_may_choose_another_grade_and_other_debts(late):
    slip = drafted(late)
    plan = late.owed(late.water, Kind.PLAN)
    address = reverse("activities:edit-slip", args=[slip.pk])
    values = {"grade": "3", "debts": [str(plan.pk)], "due_on": "2015-09-11", "requirement": "At once"}
    answer = press(signed_in(late.staff), address, **values)
    assert said(answer) == ["The draft is saved."]
    slip.refresh_from_db()
    assert (slip.grade, slip.due_on, slip.requirement) == (Grade.RED, date(2015, 9, 11), "At once")
    assert list(slip.debts.all()) == [plan]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("due_on", "2015-09-01", "This day is past."),
        ("due_on", "2099-01-01", "This day is more than a year away."),
        ("debts", [], "This field is required."),
        ("requirement", "", "This field is required."),
    ],
)
def test_what_is_wrong_in_the_draft_is_said_beside_its_field_and_nothing_is_lost(late, field, value, words):
    slip = drafted(late)
    values = {"signature": "Another name", field: value}
    answer = press(signed_in(late.staff), reverse("activities:edit-slip", args=[slip.pk]), **values)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert words in text(answer) and "Another name" in answer.content.decode()
    assert again(slip).signature != "Another name"


def test_somebody_elses_debt_is_not_taken_and_two_writers_are_told(late):
    slip, client = drafted(late), signed_in(late.staff)
    address = reverse("activities:edit-slip", args=[slip.pk])
    theirs = late.owed(late.health, Kind.PLAN)
    forged = press(client, address, forged={"debts": [str(theirs.pk)]})
    assert (forged.status_code, list(forged.context["form"].errors)) == (422, ["debts"])
    page = opened(client, address)
    press(signed_in(late.signer), address, requirement="The signer's words")
    late_one = press(client, page, requirement="The staff's words")
    assert late_one.status_code == 409
    assert "The signer's words" in text(late_one) and "The staff's words" in text(late_one)
    assert again(slip).requirement == "The signer's words"


def test_the_signer_does_not_sign_another_draft_than_the_one_on_the_page(late):
    slip, signer, changed = drafted(late), signed_in(late.signer), "It has been changed meanwhile: read it once more."
    edit, listed = reverse("activities:edit-slip", args=[slip.pk]), reverse("activities:slips", args=[late.campaign.pk])
    one, several = opened(signer, slip.get_absolute_url()), opened(signer, listed)
    press(signed_in(late.staff), edit, debts=[str(late.owed(late.water, Kind.PLAN).pk)])
    assert said(press(signer, one, "Sign and issue")) == [changed]
    assert said(press(signer, several, form="#sign", slip=[str(slip.pk)])) == [f"{late.water}: {changed}"]
    several = opened(signer, listed)
    press(signed_in(late.staff), edit, requirement="Something else")
    assert said(press(signer, several, form="#sign", slip=[str(slip.pk)])) == [f"{late.water}: {changed}"]
    assert again(slip).is_draft
    assert said(press(signer, listed, form="#sign", slip=[str(slip.pk)])) == ["1 slip is issued."]


def test_staff_do_not_withdraw_the_draft_that_was_signed_while_they_pressed(late):
    slip = drafted(late)
    as_read = again(slip)
    slips.issue(slip, by=late.signer)
    with translation.override("en"), pytest.raises(MoveRefused, match="only the signer can withdraw it"):
        slips.withdraw(as_read, by=late.staff, reason="Not needed")
    assert again(slip).state == SlipState.ISSUED


def test_what_is_signed_is_not_written_any_more(late):
    slip = sent(late)
    address = reverse("activities:edit-slip", args=[slip.pk])
    answer = signed_in(late.staff).get(address, follow=True)
    assert said(answer) == ["It was signed: it stays as it is. Withdraw it and draft another if it is wrong."]


# --- reply, end ---------------------------------------------------------------------------------------------------


def test_the_unit_answers_the_office_returns_accepts_and_closes(late):
    slip = sent(late)
    page = opened(signed_in(late.liaison), slip.get_absolute_url())
    assert late.owed(late.water, Kind.PLAN).get_absolute_url() in str(page.html)
    address = slip.reply.get_absolute_url()
    assert address in str(page.html)
    empty = press(signed_in(late.liaison), address, "action=submit")
    assert set(empty.context["form"].errors) == {"cause", "measures", "done_by"}
    values = {"cause": "Moved house", "measures": "Filed today", "done_by": "2015-09-10"}
    press(signed_in(late.liaison), address, "action=submit", **values)
    office = signed_in(late.staff)
    assert "Answered, to be read" in text(office.get(slip.get_absolute_url()))
    press(office, address, "Return", reason="When exactly?")
    assert late.owed(late.water, Kind.SLIP).standing == Standing.RETURNED
    with pytest.raises(NoSuchForm):
        press(office, slip.get_absolute_url(), "Close the slip")
    press(signed_in(late.liaison), address, "action=submit", measures="Filed on 9 September")
    press(office, address, "Accept")
    assert said(press(office, slip.get_absolute_url(), "Close the slip")) == ["The slip is closed."]
    assert (again(slip).state, late.owed(late.water, Kind.SLIP).state) == ("closed", "accepted")
    assert log(slip)[-1][:3] == ("issued", "closed", late.staff)


def test_the_office_takes_a_reply_in_that_came_by_mail(late):
    slip = sent(late)
    words = "一、未按时报送原因\n经办人员调整。\n二、整改措施\n已于9月8日补报。\n三、完成时间：2015年9月10日\n"
    client = signed_in(late.staff)
    page = page_of(press(client, reverse("activities:behalf", args=[slip.reply.pk]), text=words))
    done = press(client, page, "action=submit", filed_for="Ms Li", filed_note="mail")
    assert done.status_code == 200
    reply = SlipReply.objects.get(submitted_at__isnull=False)
    assert (reply.cause, reply.measures, reply.done_by) == ("经办人员调整。", "已于9月8日补报。", date(2015, 9, 10))


def test_a_slip_whose_debts_were_filed_is_closed_without_a_reply(late):
    slip = sent(late)
    with translation.override("en"), pytest.raises(MoveRefused, match="closed once its reply is accepted"):
        slips.close(slip, by=late.staff)
    for row in slip.debts.all():
        row.submit(by=late.liaison)
    slips.close(slip, by=late.staff)
    assert (again(slip).state, late.owed(late.water, Kind.SLIP).standing) == ("closed", Standing.CLOSED)


def test_withdrawing_asks_for_no_reply_and_keeps_the_number_taken(late):
    slip = sent(late)
    assert forge(signed_in(late.staff), reverse("activities:withdraw-slip", args=[slip.pk])).status_code == 403
    press(signed_in(late.signer), slip.get_absolute_url(), form=reverse("activities:withdraw-slip", args=[slip.pk]),
          reason="It had been filed on paper")  # fmt: skip
    assert (again(slip).state, late.owed(late.water, Kind.SLIP).standing) == ("withdrawn", Standing.CLOSED)
    assert "It had been filed on paper" in text(signed_in(late.liaison).get(slip.get_absolute_url()))
    assert Notification.objects.filter(key=f"slip-{slip.pk}-withdrawn").count() == 2
    assert sent(late).number == "深质强督办〔2015〕2号"
    empty = press(signed_in(late.staff), drafted(late, late.health).get_absolute_url(), "Withdraw", reason=" ")
    assert said(empty) == ["Please give a reason of at most 1,000 characters."]


def test_a_withdrawn_notice_ends_the_reply_and_the_slip_can_be_closed(late):
    slip = sent(late)
    notices.withdraw(late.notice, by=late.signer, reason="Off")
    assert late.owed(late.water, Kind.SLIP).standing == Standing.CLOSED
    slips.close(again(slip), by=late.staff)
    assert again(slip).state == SlipState.CLOSED


def test_a_unit_that_was_merged_hands_its_slips_on(late):
    slip, draft = sent(late), drafted(late, late.health)
    merge(late.water, late.district, by=late.staff, on=LATER)
    assert (again(slip).unit, again(slip).reply.unit) == (late.district, late.district)
    merge(late.health, late.district, by=late.staff, on=LATER)
    assert again(draft).unit == late.district
    assert signed_in(late.district_liaison).get(slip.get_absolute_url()).status_code == 200


def test_a_unit_sees_its_own_slips_and_no_draft(late):
    slip, draft = sent(late), drafted(late, late.health)
    own, other = signed_in(late.liaison), signed_in(late.neighbour)
    page = reverse("activities:slips", args=[late.campaign.pk])
    assert slip.number in text(own.get(page)) and slip.number not in text(other.get(page))
    statuses = [client.get(row.get_absolute_url()).status_code for client in (own, other) for row in (slip, draft)]
    assert statuses == [200, 404, 404, 404]


def test_what_is_owed_names_its_slips_on_its_own_page(late):
    slip, draft = sent(late), drafted(late, late.health)
    for owed, who, shown in (
        (late.water, late.liaison, slip), (late.water, late.staff, slip), (late.health, late.staff, draft)
    ):  # fmt: skip
        page = text(signed_in(who).get(late.owed(owed, Kind.PLAN).get_absolute_url()))
        assert shown.get_absolute_url() in page
    unit = text(signed_in(late.neighbour).get(late.owed(late.health, Kind.PLAN).get_absolute_url()))
    assert "/slips/" not in unit.replace(f"/campaigns/{late.campaign.pk}/slips/", "")


def test_pages_cost_a_fixed_number_of_queries(late, django_assert_max_num_queries):
    for unit in (late.water, late.health, late.district):
        sent(late, unit)
    client = signed_in(late.staff)
    for name in ("slips", "propose-slips"):
        with django_assert_max_num_queries(16):
            client.get(reverse(f"activities:{name}", args=[late.campaign.pk]))


def test_a_slip_says_how_often_the_unit_was_reminded_and_the_ledger_leads_to_it(late):
    client = signed_in(late.staff)
    remind = reverse("activities:remind", args=[late.campaign.pk]) + f"?unit={late.water.pk}"
    press(client, remind, form="main form[method=post]")
    slip = drafted(late)
    assert "reminded 1 time · last 8 September" in text(client.get(slip.get_absolute_url()))
    slips.issue(slip, by=late.signer)
    assert set(slip.named.values_list("reminded", flat=True)) == {1}
    ledger = reverse("activities:ledger", args=[late.campaign.pk]) + f"?unit={late.water.pk}"
    way = reverse("activities:propose-slips", args=[late.campaign.pk]) + f"?unit={late.water.pk}"
    assert way in client.get(ledger).content.decode()
