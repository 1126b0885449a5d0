"""What units report of a deliverable: counted once, asked back, spot-checked; and the tally over all of them."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.asking import issue
from activities.counting.tally import campaign_tally, unit_tallies
from activities.evidence.tests.test_pictures import drawn
from activities.models import Assignment, Comparator, Entry, Share
from activities.models.entry import Report, count_of
from activities.states import AssignmentState, Kind
from campaigns.way import approve
from tests.cast import ISSUED_ON, activity, at_once, log, make_cast, postgresql, said, signed_in, text
from tests.pages import opened, press
from tests.pages import page_of as shown_by
from workflow import clock
from workflow.models import Notification

TODAY = date(2015, 9, 1)


def posters(cast, **asked):
    """A task of water and health that asks for at least 100 posters each, issued on 20 August."""
    task = activity(cast.campaign, "Put up posters", [cast.water, cast.health])
    asked = {"title": "Posters", "target": 100, "measure": "张", "due_on": date(2015, 9, 20)} | asked
    windows = asked.pop("windows", ())
    row = task.deliverables.create(order=1, **asked)
    for first, last in windows:
        row.windows.create(starts_on=first, ends_on=last)
    with clock.as_of(ISSUED_ON):
        approve(cast.notice, author=cast.staff, reviewer=cast.signer)
        issue.issue(cast.notice, by=cast.signer, due=issue.proposed_due(cast.notice))
    return row


def owed(cast, unit=None):
    return Assignment.objects.get(unit=unit or cast.water, kind=Kind.DELIVERABLE)


def page_of(assignment):
    return reverse("activities:deliverable", args=[assignment.pk])


def typed(assignment, **more):
    """What a person types: a count only where something is counted."""
    count = {"count": "40"} if assignment.deliverable.target else {}
    return {**count, "on": "2015-08-30", "note": "Station wall", **more}


def opened_by_unit(cast, assignment):
    """The page as the unit's liaison officer has it open now."""
    officer = cast.neighbour if assignment.unit == cast.health else cast.liaison
    return opened(signed_in(officer), page_of(assignment))


def send(cast, assignment, user=None, page=None, **more):
    """Type a report on the page (of now, or one opened before) and press Report."""
    page = page or opened_by_unit(cast, assignment)
    return press(signed_in(user or cast.liaison), page, **typed(assignment, **more))


def reported(assignment, count, key, by=None, on=TODAY, **more):
    return Entry.report(assignment, Report(key, count, on, **more), by=by)


# --- reporting ---------------------------------------------------------------------------------------------


def test_a_report_counts_and_the_page_says_what_is_left(cast):
    posters(cast)
    answer = send(cast, owed(cast))
    assert said(answer) == ["Counted."]
    assert "Reported so far: <strong>40</strong> of 100 张." in text(answer) and "60 to go." in text(answer)
    entry = Entry.objects.get()
    assert (entry.count, entry.on, entry.note, entry.by) == (40, date(2015, 8, 30), "Station wall", cast.liaison)
    assert owed(cast).state == AssignmentState.OPEN


def test_with_the_report_that_reaches_the_target_it_is_filed_by_itself_and_more_can_follow(cast):
    posters(cast)
    send(cast, owed(cast), count="60")
    answer = send(cast, owed(cast), count="４０ 张")
    assert said(answer) == ["Counted. The target is reached: it is filed, nothing more is needed."]
    row = owed(cast)
    assert (row.state, row.submitted_by, count_of(row).reported) == ("submitted", cast.liaison, 100)
    assert log(row) == [("open", "submitted", cast.liaison, "已达到要求。")]
    send(cast, row, count="5")
    assert (owed(cast).state, count_of(row).reported) == ("submitted", 105)


def test_a_double_click_counts_once(cast):
    posters(cast)
    page = opened_by_unit(cast, owed(cast))
    send(cast, owed(cast), page=page)
    answer = send(cast, owed(cast), page=page)
    assert (said(answer), Entry.objects.count()) == (["It came in twice and is counted once."], 1)


def test_who_goes_back_and_types_the_next_report_over_the_last_is_asked_and_loses_nothing(cast):
    posters(cast)
    page = opened_by_unit(cast, owed(cast))
    send(cast, owed(cast), page=page)
    answer = send(cast, owed(cast), page=page, count="25", note="Town hall")
    assert (answer.status_code, said(answer), Entry.objects.count()) == (
        409, ["This page has reported 40 张 already. If this is a further report, send it once more."], 1,
    )  # fmt: skip
    form = answer.context["form"]
    assert (form["count"].value(), form["note"].value()) == ("25", "Town hall")
    press(signed_in(cast.liaison), shown_by(answer), form=page_of(owed(cast)))
    assert count_of(owed(cast)).reported == 65


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"count": "-5"}, "count", "A count cannot be negative."),
        ({"count": "12.5"}, "count", "Only whole numbers can be counted."),
        ({"count": "a hundred"}, "count", "Please write a number in figures, for example 120."),
        ({"count": "0"}, "count", "Please write a number from 1 to 1,000,000,000."),
        ({"count": "9" * 30}, "count", "Please write a number from 1 to 1,000,000,000."),
        ({"count": ""}, "count", "This field is required."),
        ({"count": "100,000"}, "count", "Really 100,000? The target is 100."),
        ({"on": "2015-09-02"}, "on", "This day is still to come. Report it when it is done."),
        ({"on": "2014-08-30"}, "on", "This day lies long before the notice. Please look at the year."),
        ({"on": "yesterday"}, "on", "Enter a valid date."),
        ({"link": "http://"}, "link", "Enter a valid URL."),
        ({"link": "javascript:alert(1)"}, "link", "Enter a valid URL."),
        ({"key": ""}, "key", "This field is required."),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_everything_typed_stays(cast, wrong, field, words):
    posters(cast)
    forged = {name: value for name, value in wrong.items() if name == "key"}
    answer = send(cast, owed(cast), forged=forged, **{name: wrong[name] for name in wrong.keys() - forged})
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [words]})
    kept = {"count": "40", "on": "2015-08-30", "link": ""} | wrong
    page = text(answer)
    fields = [kept[name] for name in ("count", "on", "link") if kept[name]]
    assert [value for value in fields if f'value="{value}"' not in page] == []
    assert "Station wall" in page
    assert Entry.objects.count() == 0


def test_a_number_asked_back_is_counted_when_somebody_says_it_is_right(cast):
    posters(cast)
    asked = send(cast, owed(cast), count="100000")
    assert "Yes, the number is right" in text(asked)
    press(signed_in(cast.liaison), shown_by(asked), sure="on")
    assert Entry.objects.get().count == 100_000


def test_exactly_ten_slogans_are_asked_back_when_there_would_be_eleven(cast):
    posters(cast, title="Slogans", target=10, comparator=Comparator.EXACTLY)
    send(cast, owed(cast), count="9")
    answer = send(cast, owed(cast), count="2")
    assert answer.context["form"].errors == {"count": ["With this it would be 11; asked for is: exactly 10."]}
    send(cast, owed(cast), count="1")
    assert owed(cast).state == AssignmentState.SUBMITTED


def test_a_photo_is_kept_with_its_report(cast, media):
    posters(cast)
    photo = SimpleUploadedFile("wall.jpg", drawn())
    answer = send(cast, owed(cast), photos=photo)
    entry = Entry.objects.get()
    assert (entry.photos.count(), owed(cast).photos.count()) == (1, 1)
    assert reverse("activities:photo-part", args=[entry.photos.get().pk]) in text(answer)


WINDOWS = [(date(2015, 8, 20), date(2015, 8, 25)), (date(2015, 9, 1), date(2015, 9, 10))]


def test_a_clip_is_done_when_it_ran_in_both_windows(cast):
    row = posters(cast, title="Clip", target=None, windows=WINDOWS)
    first, second = row.windows.all()
    answer = send(cast, owed(cast), window=first.pk, on="2015-08-30")
    assert "on" in answer.context["form"].errors and "count" not in answer.context["form"].fields
    unsaid = send(cast, owed(cast), forged={"window": ""})
    assert unsaid.context["form"].errors == {"window": ["This field is required."]}
    send(cast, owed(cast), window=first.pk, on="2015-08-21")
    assert (owed(cast).state, count_of(owed(cast)).missing) == ("open", (second,))
    send(cast, owed(cast), window=second.pk, on="2015-09-01")
    assert owed(cast).state == AssignmentState.SUBMITTED


def test_without_a_number_it_is_reported_as_done(cast):
    posters(cast, title="A compilation", target=None)
    answer = send(cast, owed(cast), link="news.example.com/1")
    assert (owed(cast).state, Entry.objects.get().link) == ("submitted", "https://news.example.com/1")
    assert "to be done" in text(answer)


def test_below_the_target_the_unit_says_why_it_is_no_more(cast):
    posters(cast)
    send(cast, owed(cast))
    client, address = signed_in(cast.liaison), reverse("activities:finish-deliverable", args=[owed(cast).pk])
    answer = press(client, page_of(owed(cast)), form=address, remark="")
    assert (said(answer), owed(cast).state) == (
        ["Please say in a few words why it is no more; the office will read it."], "open",
    )  # fmt: skip
    press(client, page_of(owed(cast)), form=address, remark="The town has 40 walls")
    assert log(owed(cast)) == [("open", "submitted", cast.liaison, "The town has 40 walls")]
    form = reverse("activities:ask-again", args=[owed(cast).pk])
    again = press(signed_in(cast.staff), page_of(owed(cast)), form=form, reason="Schools too")
    assert (said(again), owed(cast).state) == (["Returned with your reason."], "returned")


def test_a_unit_takes_back_what_it_got_wrong_and_owes_it_again(cast):
    posters(cast)
    send(cast, owed(cast), count="150")
    entry = Entry.objects.get()
    judge(cast.liaison, "take-back", entry)
    row = owed(cast)
    assert (row.state, row.submitted_at, count_of(row).reported) == ("open", None, 0)
    assert log(entry) == [("counted", "taken_back", cast.liaison, "")]


def test_after_the_last_day_a_report_that_made_it_on_time_is_not_taken_back_by_one_press(cast):
    posters(cast)
    send(cast, owed(cast), count="150")
    row, entry = owed(cast), Entry.objects.get()
    page = opened(signed_in(cast.liaison), row.get_absolute_url())
    with clock.as_of(clock.last_day(row.last_moment) + timedelta(days=1)):
        assert "Take back this report" not in text(signed_in(cast.liaison).get(row.get_absolute_url()))
        answer = press(signed_in(cast.liaison), page, "Take back this report")
        assert "late for good" in text(answer)
        assert (owed(cast).state, owed(cast).submitted_at) == ("submitted", row.submitted_at)
        send(cast, owed(cast), count="120")
        press(signed_in(cast.liaison), row.get_absolute_url(), form=f"#entry-{entry.pk} form")
        assert (owed(cast).state, count_of(owed(cast)).reported) == ("submitted", 120)


def test_a_closed_form_says_so_and_counts_nothing(cast):
    posters(cast)
    row = owed(cast)
    page = opened_by_unit(cast, row)
    closed = {"locked_at": clock.end_of(date(2015, 8, 31)), "due_at": clock.end_of(ISSUED_ON)}
    Assignment.objects.filter(pk=row.pk).update(**closed)
    answer = send(cast, row, page=page)
    assert (answer.status_code, Entry.objects.count()) == (409, 0)
    assert said(answer) == ["It has been closed for filing. Please ask the office to open it again."]


def test_a_target_for_all_together_is_reached_by_all_together(cast):
    posters(cast, share=Share.TOGETHER)
    reported(owed(cast), 70, "a", by=cast.liaison)
    assert owed(cast).state == AssignmentState.OPEN
    reported(owed(cast, cast.health), 30, "b", by=cast.neighbour)
    assert [owed(cast, unit).state for unit in (cast.water, cast.health)] == ["submitted", "submitted"]


@postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_reports_at_the_same_moment_one_reaches_the_target():
    cast = make_cast()
    posters(cast)
    pk = owed(cast).pk

    def report(together):
        row = Assignment.objects.select_related("deliverable").get(pk=pk)
        together()
        return reported(row, 50, str(id(row)), by=cast.liaison).pk

    at_once(report, threads=2)
    assert (Entry.objects.count(), owed(cast).state) == (2, "submitted")


def test_the_office_reports_on_behalf_and_both_names_are_kept(cast):
    posters(cast)
    row = owed(cast)
    staff, address = signed_in(cast.staff), f"{page_of(row)}?behalf=1"
    assert [f'href="{address}#report"' in staff.get(each).content.decode() for each in (page_of(row), address)] == [
        True, False,
    ]  # fmt: skip
    answer = press(staff, address, **typed(row, count="100", filed_for="Li Shui"))
    assert answer.context["signing"].errors == {"filed_note": ["Needed before you can submit."]}
    press(staff, shown_by(answer), filed_note="Telephone, 1 September")
    entry, row = Entry.objects.get(), owed(cast)
    assert (entry.by, entry.filed_for, row.submitted_by, row.filed_for, row.filed_note) == (
        cast.staff, "Li Shui", cast.staff, "Li Shui", "Telephone, 1 September",
    )  # fmt: skip
    assert "staff, on behalf of Li Shui (Telephone, 1 September)" in text(signed_in(cast.liaison).get(page_of(row)))
    assert [each.key for each in cast.liaison.notifications.filter(key__startswith="entry-")] == [f"entry-{entry.pk}-0"]
    assert send(cast, row, cast.staff).status_code == 403
    assert send(cast, owed(cast, cast.health), cast.leader).status_code == 403


# --- the spot check ----------------------------------------------------------------------------------------


def judge(user, deed, entry, page=None, **typed):
    """Press a button at an entry, on the page of now or on one opened before."""
    form = reverse(f"activities:{deed}-entry", args=[entry.pk])
    return press(signed_in(user), page or page_of(entry.assignment), form=form, **typed)


def test_what_the_office_does_not_count_goes_back_to_the_unit_with_the_reason(cast):
    posters(cast)
    send(cast, owed(cast), count="60")
    send(cast, owed(cast), count="40")
    entry = Entry.objects.first()
    answer = judge(cast.staff, "reject", entry, reason="These are last year's")
    assert said(answer) == ["It is not counted; the unit is told why."]
    entry.refresh_from_db()
    row = owed(cast)
    assert (entry.state, entry.reason, row.state, row.return_reason) == (
        "rejected", "These are last year's", "returned", "These are last year's",
    )  # fmt: skip
    told = Notification.objects.filter(key__startswith="entry-").values_list("person__username", flat=True)
    assert sorted(told) == ["head", "liaison"]
    assert "Not counted: These are last year's" in text(signed_in(cast.liaison).get(page_of(row)))
    judge(cast.staff, "put-back", entry)
    row = owed(cast)
    assert (row.state, row.submitted_by, count_of(row).reported) == ("submitted", cast.liaison, 100)
    assert len(set(Notification.objects.filter(key__startswith="entry-").values_list("key", flat=True))) == 2


def test_a_reason_is_needed_and_one_rejected_stays_rejected(cast):
    posters(cast)
    send(cast, owed(cast))
    entry = Entry.objects.get()
    judge(cast.staff, "reject", entry, reason=" ")
    assert Entry.objects.get().state == "counted"
    page = opened(signed_in(cast.staff), page_of(owed(cast)))
    judge(cast.staff, "reject", entry, page, reason="No photo")
    answer = judge(cast.staff, "reject", entry, page, reason="Twice")
    assert "Somebody was faster" in said(answer)[0]
    assert Entry.objects.get().reason == "No photo"


# --- the tally ---------------------------------------------------------------------------------------------


def test_the_tally_sums_what_is_counted_over_all_units(cast):
    posters(cast)
    reported(owed(cast), 120, "a", by=cast.liaison)
    rejected = reported(owed(cast, cast.health), 30, "b", by=cast.neighbour)
    reported(owed(cast, cast.health), 20, "c", by=cast.neighbour)
    rejected.reject(by=cast.staff, reason="No photo")
    (task,) = campaign_tally(cast.campaign)
    (row,) = task.deliverables
    assert (row.units, row.reporting, row.done, row.short, row.reported, row.wanted, row.per_cent) == (
        2, 2, 1, 0, 140, 200, 70,
    )  # fmt: skip


def test_who_filed_short_of_the_target_is_counted_apart(cast):
    posters(cast)
    reported(owed(cast), 40, "a", by=cast.liaison)
    form = reverse("activities:finish-deliverable", args=[owed(cast).pk])
    press(signed_in(cast.liaison), page_of(owed(cast)), form=form, remark="all")
    row = campaign_tally(cast.campaign)[0].deliverables[0]
    assert (row.done, row.short, row.missing) == (1, 1, 1)
    units = unit_tallies(cast.campaign.activities.last(), [(cast.water.pk, "Water bureau"), (cast.health.pk, "H")])
    assert [(unit.name, unit.counts[0].reported, unit.counts[0].is_short) for unit in units] == [
        ("Water bureau", 40, True), ("H", 0, False),
    ]  # fmt: skip


def test_what_was_reported_without_evidence_is_where_the_office_looks_first(cast):
    posters(cast)
    reported(owed(cast), 40, "a", by=cast.liaison, link="https://news.example.com/1")
    bare = reported(owed(cast, cast.health), 30, "b", by=cast.neighbour)
    units, task = [(cast.water.pk, "Water"), (cast.health.pk, "Health")], cast.campaign.activities.last()
    assert [unit.counts[0].is_bare for unit in unit_tallies(task, units)] == [False, True]
    page = text(signed_in(cast.staff).get(reverse("activities:task-tally", args=[task.pk])))
    assert page.count("partly without photo or link") == 1
    bare.reject(by=cast.staff, reason="Nothing to see")
    assert [unit.counts[0].is_bare for unit in unit_tallies(task, units)] == [False, False]


def test_what_is_not_applicable_is_in_no_sum(cast):
    posters(cast)
    owed(cast, cast.health).move(AssignmentState.WAIVED, by=cast.staff)
    row = campaign_tally(cast.campaign)[0].deliverables[0]
    assert (row.units, row.wanted) == (1, 100)


@pytest.mark.parametrize("entries", [1, 20])
def test_the_tally_asks_the_database_twice_whatever_the_size(cast, entries, django_assert_num_queries):
    posters(cast)
    row = owed(cast)
    for number in range(entries):
        reported(row, 1, str(number), by=cast.liaison)
    with django_assert_num_queries(2):
        campaign_tally(cast.campaign)


@pytest.mark.parametrize("name", ["deliverable", "tally", "task-tally"])
def test_pages_ask_as_often_for_one_report_as_for_50(cast, name):
    posters(cast)
    row = owed(cast)
    target = {"deliverable": row, "tally": cast.campaign, "task-tally": cast.campaign.activities.last()}[name]
    client, address, asked = signed_in(cast.staff), reverse(f"activities:{name}", args=[target.pk]), []
    for number in range(50):
        reported(row, 1, str(number), by=cast.liaison)
        if number in (0, 49):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked.append(len(queries))
    assert asked[0] == asked[1]
