"""A joint meeting: convened, answered, moved, called off; held, its minutes, what it decided; and what goes wrong."""

from datetime import date, datetime

import pytest
import vobject
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activities.meetings import convening, decisions, minutes
from activities.models import (
    Assignment,
    CalendarFeed,
    Invitation,
    Material,
    Meeting,
    MeetingDecision,
    Minutes,
    Presence,
)
from activities.states import (
    AssignmentState,
    DecisionState,
    InvitationState,
    Kind,
    MeetingState,
    MinutesState,
    Standing,
)
from activities.units.merge import merge
from tests.cast import at_once, filed, issued, log, make_cast, postgresql, said, signed_in, text
from tests.pages import NoSuchForm, opened, press
from workflow import clock
from workflow.models import MoveRefused, Notification

TYPED = {
    "series": "全市质量工作联席会议",
    "title": "第一次联席会议",
    "on": "2015-09-08",
    "begins": "15:00",
    "ends": "17:00",
    "place": "市民中心C区",
    "chair": "王主任",
    "members": "Water bureau、Health bureau",
    "observers": "District office",
    "agenda": "1. 通报筹备情况（Water bureau）\n二、研究下一步工作（书面）",
    "bring": "书面材料3份",
}
HELD_ON = date(2015, 9, 9)


@pytest.fixture
def cast(db):
    cache.clear()
    return issued(make_cast())


def prepared(cast, **typed):
    answer = press(signed_in(cast.staff), reverse("activities:new-meeting", args=[cast.campaign.pk]),
                   "Save the meeting", **{**TYPED, **typed})  # fmt: skip
    assert answer.status_code == 200, text(answer)
    return Meeting.objects.select_related("campaign__host").latest("pk")


def convened(cast, **typed):
    meeting = prepared(cast, **typed)
    convening.convene(meeting, by=cast.staff)
    meeting.refresh_from_db()
    return meeting


def held(cast, **typed):
    """A meeting that water attended and from which health was excused, on the day after it."""
    meeting = convened(cast, **typed)
    with clock.as_of(HELD_ON):
        page = reverse("activities:attendance", args=[meeting.pk])
        water, health, district = [f"u{row.pk}" for row in meeting.invitations.standing()]
        press(
            signed_in(cast.staff), page, "Save who was there",
            **{f"{water}-presence": "present", f"{water}-person": "An Liang", f"{health}-presence": "excused",
               f"{district}-presence": "present", "also_present": "李记者"},
        )  # fmt: skip
    return Meeting.objects.select_related("campaign__host").get(pk=meeting.pk)


def decided(cast, meeting, what="印发活动手册", unit=None, due_on=date(2015, 9, 30)):
    return decisions.add(meeting, {"text": what, "unit": unit or cast.water, "due_on": due_on}, by=cast.staff)


def circulated(cast, meeting, body="会议认为，工作进展顺利。", **more):
    row = minutes.save(meeting, {"issue": "第1期", "body": body, **more}, by=cast.staff)
    return minutes.circulate(row, by=cast.staff)


def told(person, words):
    return [row.text for row in Notification.objects.filter(person=person) if words in row.text]


# --- convened and answered ---------------------------------------------------------------------------------------


def test_the_office_prepares_a_meeting_and_its_agenda_names_who_reports(cast):
    meeting = prepared(cast)
    assert meeting.state == MeetingState.DRAFT
    assert timezone.localtime(meeting.starts_at) == timezone.make_aware(datetime(2015, 9, 8, 15))
    assert [(row.unit.name, row.is_observer) for row in meeting.invitations.standing().select_related("unit")] == [
        ("Water bureau", False), ("Health bureau", False), ("District office", True),
    ]  # fmt: skip
    assert [(item.title, item.unit) for item in meeting.agenda.all()] == [
        ("通报筹备情况", cast.water), ("研究下一步工作（书面）", None),
    ]  # fmt: skip
    assert signed_in(cast.liaison).get(meeting.get_absolute_url()).status_code == 404  # nobody is told yet
    assert told(cast.liaison, "第一次联席会议") == []


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("on", "2015-08-31", "This moment is past."),
        ("on", "2017-08-31", "This day is more than a year away."),
        ("ends", "14:00", "It ends after it begins."),
        ("members", "", "Which units are invited?"),
        ("members", "Ministry of Nothing", "Ministry of Nothing"),
        ("agenda", "x" * 201, "is too long"),
    ],
)
def test_what_cannot_be_meant_is_refused_beside_its_field(cast, field, value, why):
    answer = press(signed_in(cast.staff), reverse("activities:new-meeting", args=[cast.campaign.pk]),
                   "Save the meeting", **{**TYPED, field: value})  # fmt: skip
    assert (answer.status_code, why in text(answer), Meeting.objects.count()) == (422, True, 0)


def test_convening_tells_everybody_invited_and_one_tap_answers(cast):
    meeting = prepared(cast)
    press(signed_in(cast.staff), meeting.get_absolute_url(), "Convene it")
    message = Notification.objects.get(person=cast.liaison, key=f"meeting-{meeting.pk}-convened")
    assert "第一次联席会议" in message.text and "市民中心C区" in message.text
    client = signed_in(cast.liaison)
    press(client, message.url, "We attend", person="An Liang", post="副局长")
    row = meeting.invitations.get(unit=cast.water)
    assert (row.state, row.who) == (InvitationState.COMING, "An Liang（副局长）")
    assert [(to, by) for _from, to, by, _note in log(row)] == [(InvitationState.COMING, cast.liaison)]
    answer = press(client, meeting.get_absolute_url(), "Ask to be excused", person="An Liang", more="出差")
    assert "The office sees that you are excused." in said(answer)
    row.refresh_from_db()
    assert (row.state, row.who, row.more) == (InvitationState.EXCUSED, "", "出差")


def test_who_attends_is_asked_and_the_name_of_last_time_is_there(cast):
    first = convened(cast)
    press(signed_in(cast.liaison), first.get_absolute_url(), "We attend", person="An Liang", post="副局长")
    second = convened(cast, title="第二次联席会议", on="2015-09-15")
    page = opened(signed_in(cast.liaison), second.get_absolute_url())
    assert page.html.select_one("#id_person")["value"] == "An Liang"
    answer = press(signed_in(cast.liaison), second.get_absolute_url(), "We attend", person="")
    assert (answer.status_code, "Who attends?" in text(answer)) == (422, True)


def test_the_office_writes_an_answer_down_and_the_unit_hears_of_it(cast):
    meeting = convened(cast)
    row = meeting.invitations.get(unit=cast.water)
    press(signed_in(cast.staff), reverse("activities:invitation", args=[row.pk]), "We attend", person="An Liang")
    row.refresh_from_db()
    assert (row.state, row.history().last().note) == (InvitationState.COMING, "由质强办代为登记")
    assert len(told(cast.liaison, "An Liang")) == 1
    assert signed_in(cast.neighbour).get(reverse("activities:invitation", args=[row.pk])).status_code == 404


def test_a_moved_meeting_is_told_and_asked_again_and_calendars_get_the_next_number(cast):
    meeting = convened(cast)
    _feed, secret = CalendarFeed.make(cast.liaison, None, "en")
    address = reverse("activities:feed", args=[secret])

    def event():
        found = vobject.readOne(Client().get(address).content.decode())
        return next(each for each in found.contents["vevent"] if each.summary.value == meeting.title)

    before = event()
    assert (int(before.sequence.value), before.status.value, before.location.value) == (0, "CONFIRMED", "市民中心C区")
    assert (before.dtstart.value, before.dtend.value) == (meeting.starts_at, meeting.ends_at)
    press(signed_in(cast.liaison), meeting.get_absolute_url(), "We attend", person="An Liang")
    press(signed_in(cast.staff), reverse("activities:edit-meeting", args=[meeting.pk]), "Save the meeting",
          on="2015-09-10", place="三楼会议室")  # fmt: skip
    assert len(told(cast.liaison, "三楼会议室")) == 1
    row = meeting.invitations.get(unit=cast.water)
    assert (row.state, row.person) == (InvitationState.ASKED, "An Liang")  # asked again; who it was stands there
    after = event()
    assert (int(after.sequence.value), after.uid.value) == (1, before.uid.value)
    assert after.dtstart.value.date() == date(2015, 9, 10)
    press(signed_in(cast.staff), meeting.get_absolute_url(), "Call it off", reason="台风")
    gone = event()
    assert (int(gone.sequence.value), gone.status.value) == (2, "CANCELLED")
    assert len(told(cast.liaison, "台风")) == 1
    assert "台风" in text(signed_in(cast.liaison).get(meeting.get_absolute_url()))


def test_the_calendar_shows_it_to_who_is_invited_and_to_the_office_alone(cast):
    meeting = convened(cast, members="Water bureau", observers="")
    page = reverse("activities:calendar", args=[cast.campaign.pk]) + "?day=2015-09-01"
    shown = {
        name: meeting.title in text(signed_in(getattr(cast, name)).get(page))
        for name in ("staff", "leader", "liaison", "neighbour")
    }
    assert shown == {"staff": True, "leader": True, "liaison": True, "neighbour": False}
    only = text(signed_in(cast.staff).get(f"{page}&kind=meetings"))
    assert (meeting.title in only, "Open day" in only) == (True, False)


def test_another_place_asks_nobody_again_and_who_is_taken_out_hears_it(cast):
    meeting = convened(cast)
    press(signed_in(cast.liaison), meeting.get_absolute_url(), "We attend", person="An Liang")
    press(signed_in(cast.staff), reverse("activities:edit-meeting", args=[meeting.pk]), "Save the meeting",
          place="二楼", members="Water bureau")  # fmt: skip
    assert meeting.invitations.get(unit=cast.water).state == InvitationState.COMING
    assert meeting.invitations.get(unit=cast.health).state == InvitationState.TAKEN_OUT
    assert len(told(cast.neighbour, "第一次联席会议")) == 2  # invited, and no longer
    assert signed_in(cast.neighbour).get(meeting.get_absolute_url()).status_code == 404


def test_the_second_of_two_staff_is_told_and_overwrites_nothing(cast):
    meeting = prepared(cast)
    address = reverse("activities:edit-meeting", args=[meeting.pk])
    client = signed_in(cast.signer)
    opened_before = opened(client, address)
    press(signed_in(cast.staff), address, "Save the meeting", place="二楼")
    answer = press(client, opened_before, "Save the meeting", chair="李主任")
    meeting.refresh_from_db()
    assert (answer.status_code, meeting.place, meeting.chair) == (409, "二楼", "王主任")
    assert "二楼" in text(answer)


@postgresql
@pytest.mark.django_db(transaction=True)
def test_two_presses_convene_once(cast):
    meeting = prepared(cast)

    def deed(together):
        together()
        return convening.convene(Meeting.objects.get(pk=meeting.pk), by=cast.staff)

    done = at_once(deed, threads=2)
    assert sorted(type(each).__name__ for each in done) == ["MoveRefused", "int"]


def test_a_unit_merged_after_it_was_invited_hands_its_seat_on(cast):
    meeting = convened(cast)
    press(signed_in(cast.liaison), meeting.get_absolute_url(), "We attend", person="An Liang")
    row = decided(cast, meeting)
    street = cast.street
    merge(cast.water, street, by=cast.admin, on=date(2015, 9, 1))
    seat = Invitation.objects.get(meeting=meeting, unit=street)
    assert (seat.state, seat.person) == (InvitationState.COMING, "An Liang")
    assert not Invitation.objects.filter(meeting=meeting, unit=cast.water).exists()
    row.refresh_from_db()
    assert (row.unit, meeting.agenda.first().unit) == (street, street)
    assert meeting.title in text(signed_in(cast.street_liaison).get(meeting.get_absolute_url()))


def test_nobody_was_there_before_it_began_and_no_meeting_is_convened_after(cast):
    meeting = convened(cast)
    with pytest.raises(NoSuchForm):
        press(signed_in(cast.staff), reverse("activities:attendance", args=[meeting.pk]), "Save who was there")
    late = prepared(cast, title="迟到的会")
    with clock.as_of(HELD_ON), pytest.raises(MoveRefused):
        convening.convene(late, by=cast.staff)


# --- minutes and decisions ---------------------------------------------------------------------------------------


def test_attendance_holds_the_meeting_and_stands_in_three_lines(cast):
    meeting = held(cast)
    assert meeting.state == MeetingState.HELD
    assert [row.presence for row in meeting.invitations.standing()] == [
        Presence.PRESENT, Presence.EXCUSED, Presence.PRESENT,
    ]  # fmt: skip
    assert minutes.attendance(meeting) == [
        ("出席", "王主任（主持）、Water bureauAn Liang"),
        ("请假", "Health bureau"),
        ("列席", "District office、李记者"),
    ]  # fmt: skip


def test_minutes_begin_from_the_agenda_and_decisions_become_what_the_unit_owes(cast):
    meeting = held(cast)
    client = signed_in(cast.staff)
    with clock.as_of(HELD_ON):
        address = reverse("activities:minutes", args=[meeting.pk])
        body = opened(client, address).html.select_one("#id_body").text
        assert "2015年9月8日下午，王主任在市民中心C区主持召开第一次联席会议。" in body
        assert "一、通报筹备情况\n会议听取了Water bureau的汇报。\n二、研究下一步工作（书面）" in body
        press(client, address, "Save the minutes", issue="第1期")
        press(client, address, "Add the decision", text="印发活动手册", who="Water bureau", due_on="2015-09-30")
        press(client, address, "Circulate the minutes")
        task = Assignment.objects.get(kind=Kind.DECISION)
        assert (task.unit, str(task.about), clock.last_day(task.due_at)) == (
            cast.water,
            "印发活动手册",
            date(2015, 9, 30),
        )
        assert len(told(cast.liaison, "印发活动手册")) == 1
        follow = reverse("activities:decisions", args=[cast.campaign.pk])
        assert "印发活动手册" in text(client.get(follow + "?stands=open"))
        assert "印发活动手册" not in text(client.get(follow + "?stands=done"))
    with clock.as_of(date(2015, 10, 8)):
        assert Standing(task.standing) == Standing.OVERDUE
        owed = reverse("activities:assignments", args=[cast.campaign.pk]) + "?kind=decision&standing=overdue"
        assert "印发活动手册" in text(client.get(owed))
        report = Material.draft(task)
        report.text = "手册已印发500册"
        filed(report, cast.liaison)
        assert "手册已印发500册" in text(client.get(task.get_absolute_url()))
        press(client, task.get_absolute_url(), "Accept")
        assert "印发活动手册" in text(client.get(follow + "?stands=done"))


def test_the_next_meeting_begins_with_what_the_last_decided_and_is_open(cast):
    meeting = held(cast)
    with clock.as_of(HELD_ON):
        decided(cast, meeting)
        circulated(cast, meeting)
        page = opened(signed_in(cast.staff), reverse("activities:new-meeting", args=[cast.campaign.pk]))
        assert "印发活动手册" in page.html.select_one("#left-open").text
        assert page.html.select_one("#id_agenda").text.strip() == "上次会议议定事项落实情况"
        assert page.html.select_one("#id_members")["value"] == "Water bureau、Health bureau"
        second = convened(cast, title="第二次联席会议", on="2015-09-15", agenda="上次会议议定事项落实情况")
        assert "印发活动手册（Water bureau，2015年9月30日前）：尚未完成。" in minutes.proposed(second, cast.staff)
        assert "印发活动手册" in text(signed_in(cast.neighbour).get(second.get_absolute_url()))
        task = Assignment.objects.get(kind=Kind.DECISION)
        report = Material.draft(task)
        report.text = "done"
        filed(report, cast.liaison)
        task.refresh_from_db()
        task.accept(by=cast.staff)
        assert convening.open_before(second, cast.staff) == []


def test_minutes_changed_after_they_went_round_are_a_new_version_that_says_so(cast):
    meeting = held(cast)
    with clock.as_of(HELD_ON):
        first = circulated(cast, meeting)
        client, address = signed_in(cast.staff), reverse("activities:minutes", args=[meeting.pk])
        press(client, address, "Save the minutes", body="会议认为，进度偏慢。")
        second = Minutes.objects.get(version=2)
        assert minutes.why_not_circulated(second) != []  # what is different is not said yet
        press(client, address, "Save the minutes", changes="更正对进度的评价")
        press(client, address, "Circulate the minutes")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.body) == (MinutesState.REPLACED, "会议认为，工作进展顺利。")
    assert second.state == MinutesState.CIRCULATED
    assert len(told(cast.liaison, "更正对进度的评价")) == 1
    shown = text(signed_in(cast.liaison).get(first.get_absolute_url()))
    assert "There is a newer version" in shown and "更正对进度的评价" in shown
    assert signed_in(cast.street_liaison).get(second.get_absolute_url()).status_code == 404


def test_what_was_handed_out_is_dropped_with_a_reason_and_never_rewritten(cast):
    meeting = held(cast)
    with clock.as_of(HELD_ON):
        row = decided(cast, meeting)
        circulated(cast, meeting)
        client = signed_in(cast.staff)
        answer = client.get(reverse("activities:edit-decision", args=[row.pk]), follow=True)
        assert any("It was handed out" in each for each in said(answer))
        press(client, reverse("activities:minutes", args=[meeting.pk]), "Drop it", reason="重复安排")
    row.refresh_from_db()
    task = Assignment.objects.get(decision=row)
    assert (row.state, task.state) == (DecisionState.DROPPED, AssignmentState.CLOSED)
    assert len(told(cast.liaison, "重复安排")) == 1
    assert minutes.said_now(meeting)["decisions"] == []


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [("due_on", "2015-09-01", "This day is past."), ("who", "Water bureau、Health bureau", "One unit carries it out."),
     ("who", "", "Which unit carries it out?"), ("who", "Nobody at all", "Nobody at all")],
)  # fmt: skip
def test_a_decision_that_nobody_can_carry_out_is_refused(cast, field, value, why):
    meeting = held(cast)
    typed = {"text": "印发活动手册", "who": "Water bureau", "due_on": "2015-09-30", field: value}
    with clock.as_of(HELD_ON):
        answer = press(
            signed_in(cast.staff), reverse("activities:minutes", args=[meeting.pk]), "Add the decision", **typed
        )
    assert (any(why in each for each in said(answer)), MeetingDecision.objects.count()) == (True, 0)


def test_a_day_that_passed_while_the_minutes_were_written_is_named_and_nothing_goes_out(cast):
    meeting = held(cast)
    with clock.as_of(HELD_ON):
        decided(cast, meeting, due_on=HELD_ON)
        row = minutes.save(meeting, {"issue": "", "body": "会议。"}, by=cast.staff)
    with clock.as_of(date(2015, 9, 12)), pytest.raises(MoveRefused, match="印发活动手册"):
        minutes.circulate(row, by=cast.staff)
    assert not Assignment.objects.filter(kind=Kind.DECISION).exists()


def test_a_unit_that_was_not_invited_is_named_gets_its_task_and_may_read_the_minutes(cast):
    meeting = held(cast, members="Water bureau、Health bureau")
    with clock.as_of(HELD_ON):
        decided(cast, meeting, unit=cast.street)
        assert minutes.not_invited(meeting) == ["Street"]
        assert signed_in(cast.street_liaison).get(meeting.get_absolute_url()).status_code == 404
        row = circulated(cast, meeting)
        assert "印发活动手册" in text(signed_in(cast.street_liaison).get(row.get_absolute_url()))


def test_minutes_read_before_somebody_added_a_decision_do_not_go_round(cast):
    meeting = held(cast)
    with clock.as_of(HELD_ON):
        row = minutes.save(meeting, {"issue": "", "body": "会议。"}, by=cast.staff)
        client = signed_in(cast.signer)
        page = opened(client, reverse("activities:minutes", args=[meeting.pk]))
        decided(cast, meeting)
        answer = press(client, page, "Circulate the minutes")
    row.refresh_from_db()
    assert (row.state, any("read it once more" in each for each in said(answer))) == (MinutesState.DRAFT, True)


def test_decisions_of_a_meeting_before_the_notice_wait_for_it(db):
    cast = make_cast()
    meeting = held(cast)
    with clock.as_of(HELD_ON):
        row = decided(cast, meeting)
        circulated(cast, meeting)
        row.refresh_from_db()
        assert (row.state, Assignment.objects.count()) == (DecisionState.DRAFT, 0)
        assert "No notice of this campaign is in force yet" in text(
            signed_in(cast.staff).get(meeting.get_absolute_url())
        )
        assert meeting.title in text(signed_in(cast.liaison).get(meeting.get_absolute_url()))
        issued(cast)
        press(signed_in(cast.staff), meeting.get_absolute_url(), "Make tasks of them")
    assert Assignment.objects.get(kind=Kind.DECISION).decision == row


def test_the_pages_ask_as_much_of_the_database_with_three_as_with_one(cast):
    meeting = held(cast)
    with clock.as_of(HELD_ON):
        decided(cast, meeting)
        circulated(cast, meeting)
    client = signed_in(cast.staff)
    pages = [
        reverse("activities:meetings", args=[cast.campaign.pk]), meeting.get_absolute_url(),
        reverse("activities:decisions", args=[cast.campaign.pk]),
    ]  # fmt: skip

    def asked():
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            found.append(len(queries))
        return found

    before = asked()
    with clock.as_of(HELD_ON):
        for unit in (cast.health, cast.district):
            decided(cast, meeting, what=f"Task of {unit}", unit=unit)
        decisions.hand_out(meeting, by=cast.staff)
    prepared(cast, title="第二次联席会议", on="2015-09-15")
    assert asked() == before
