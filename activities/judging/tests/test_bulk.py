"""One deed with many: shown before it is done, done once, row by row, taken back while nothing followed."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from activities.judging import bulk as deed
from activities.models import Assignment, Bulk, BulkDeed, BulkRow, Outcome
from activities.states import AssignmentState, Kind
from activities.tasks import do_bulk
from tests.cast import filed_plan, log, postgresql, signed_in, text
from tests.pages import Page, forge, opened, page_of, press
from workflow import clock
from workflow.models import JobState, Notification


@pytest.fixture
def filed(autumn):
    """Both plans are filed and wait."""
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    filed_plan(autumn.owed(autumn.health, Kind.PLAN), autumn.neighbour)
    return autumn


def desk(cast, query=""):
    return reverse("activities:assignments", args=[cast.campaign.pk]) + query


def before(cast, name, rows=(), *, everything=False, query="", who="staff"):
    """The page before a deed, reached from the list."""
    client = signed_in(cast.people()[who])
    ticked = {"row": [str(row.pk) for row in rows]} if rows else {}
    page = opened(client, desk(cast, query))
    response = press(client, page, f"deed={name}", form="#bulk", forged=ticked | ({"all": "1"} if everything else {}))
    return client, page_of(response, reverse("activities:bulk-deed", args=[cast.campaign.pk]))


def states(cast):
    plans = Assignment.objects.filter(campaign=cast.campaign, kind=Kind.PLAN).order_by("pk")
    return [row.state for row in plans]


def test_a_page_before_it_says_what_is_done_to_whom_and_what_is_left(filed):
    rows = Assignment.objects.filter(campaign=filed.campaign, unit=filed.water)
    client, page = before(filed, "return", rows)
    said = " ".join(page.html.get_text().split())
    assert "It will be done to 1 entry" in said and "3 entries are left as they are" in said
    assert "It is done when it is filed; nobody judges it." in said and "The unit has not filed it yet." in said
    assert "Water bureau" in said and "Health bureau" not in said and Bulk.objects.count() == 0
    done = press(client, page, "sure=1", reason="Figures are missing")
    assert [each.get_text() for each in page_of(done).html.select(".figures b")] == ["1", "0"]
    assert [row.state for row in rows.order_by("kind")] == ["open", "returned", "open", "open"]
    plan = filed.owed(filed.water, Kind.PLAN)
    assert log(plan)[-1][1:] == ("returned", filed.staff, "Figures are missing")
    assert Notification.objects.filter(message__startswith="Returned", person=filed.liaison).count() == 1


def test_without_a_reason_nothing_is_done_and_a_second_press_does_nothing_more(filed):
    client, page = before(filed, "return", [filed.owed(filed.water, Kind.PLAN)])
    refused = press(client, page, "sure=1", forged={"reason": " "})
    assert (refused.status_code, Bulk.objects.count()) == (422, 0)
    pk, key = filed.owed(filed.water, Kind.PLAN).pk, "0b0a3bd5-2a2b-4f0e-9c28-05a0a7d3f3aa"
    seen = page.html.select_one("[name=seen]")["value"]
    form = {"deed": "return", "sure": "1", "reason": "Why", "key": key, "seen": seen, "row": str(pk)}
    address = reverse("activities:bulk-deed", args=[filed.campaign.pk])
    first, second = forge(client, address, form), forge(client, address, form)
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert (Bulk.objects.count(), len(log(filed.owed(filed.water, Kind.PLAN)))) == (1, 2)


def test_what_moved_between_the_page_and_the_press_is_shown_once_more(filed):
    client, page = before(filed, "accept", everything=True, query="?kind=plan")
    filed.owed(filed.water, Kind.PLAN).send_back(by=filed.signer, reason="No budget")
    again = press(client, page, "sure=1")
    assert "Something has changed meanwhile" in text(again) and Bulk.objects.count() == 0
    press(client, page_of(again, page.address), "sure=1")
    assert sorted(states(filed)) == ["accepted", "open", "returned"]


@pytest.mark.parametrize("then", ["another unit's row came instead", "the same row was filed anew"])
def test_what_is_done_is_what_was_shown_and_not_as_many_others(autumn, then):
    water, health = (autumn.owed(unit, Kind.PLAN) for unit in (autumn.water, autumn.health))
    filed_plan(water, autumn.liaison)
    client, page = before(autumn, "accept", everything=True, query="?kind=plan")
    water.send_back(by=autumn.signer, reason="No budget")
    if then.startswith("another"):
        filed_plan(health, autumn.neighbour)
    else:
        filed_plan(water, autumn.liaison)
    again = press(client, page, "sure=1")
    assert "Something has changed meanwhile" in text(again) and Bulk.objects.count() == 0
    press(client, page_of(again, page.address), "sure=1")
    assert states(autumn).count("accepted") == 1


def test_what_was_filed_anew_while_a_worker_was_waited_for_is_not_accepted_unread(filed):
    rows = list(Assignment.objects.filter(campaign=filed.campaign, kind=Kind.PLAN, state="submitted"))
    lines = deed.newest_lines(rows)
    row = deed.ask(filed.campaign, lines, "accept", given={}, key=Bulk().key, by=filed.staff)
    plan = filed.owed(filed.water, Kind.PLAN)
    plan.send_back(by=filed.signer, reason="No budget")
    filed_plan(plan, filed.liaison)
    deed.begin(row)
    assert BulkRow.objects.get(assignment=plan).why == "Something was done with it after you looked."
    assert states(filed).count("accepted") == 1


def handed(cast, rows, taker):
    """The hand-over of these rows to an account: the deed."""
    client, page = before(cast, "hand_over", rows)
    press(client, page, "sure=1", taker=taker)
    return Bulk.objects.order_by("pk").last()


def undone(row):
    """The same deed taken back: what became of its rows."""
    response = forge(signed_in(row.by), reverse("activities:undo-bulk", args=[row.pk]))
    assert response.status_code == 302
    return list(Bulk.objects.get(undoes=row).rows.values_list("outcome", "why"))


def roles(person):
    held = person.memberships.held_now().order_by("role", "pk")
    return [(row.unit.name, row.role, row.until) for row in held.select_related("unit")]


def test_only_the_liaison_officers_place_is_handed_over_and_comes_back_as_it_was(autumn):
    autumn.liaison.memberships.update(until=date(2015, 10, 20))
    Membership.objects.create(user=autumn.liaison, unit=autumn.water, role="head")
    old, neighbours = roles(autumn.liaison), roles(autumn.neighbour)
    row = handed(autumn, [autumn.owed(autumn.water, Kind.SUMMARY)], "neighbour")
    assert roles(autumn.liaison) == [("Water bureau", "head", None)]
    assert roles(autumn.neighbour) == [*neighbours, ("Water bureau", "liaison", None)]
    assert undone(row) == [("done", "")]
    assert (roles(autumn.liaison), roles(autumn.neighbour)) == (old, neighbours)


def test_who_files_for_a_unit_already_keeps_what_they_have(autumn):
    rows = [autumn.owed(unit, Kind.SUMMARY) for unit in (autumn.water, autumn.health)]
    row = handed(autumn, rows, "head")
    assert list(row.rows.order_by("assignment__unit__name").values_list("outcome", "why")) == [
        ("done", ""),
        ("skipped", "head files for this unit already."),
    ]
    undone(row)
    assert roles(autumn.head) == [("Water bureau", "head", None)]


def test_a_hand_over_is_not_taken_back_by_an_office_that_no_longer_looks_after_the_unit(autumn):
    row = handed(autumn, [autumn.owed(autumn.water, Kind.SUMMARY)], "neighbour")
    autumn.water.kept_by = autumn.district
    autumn.water.save()
    ((outcome, why),) = undone(row)
    assert (outcome, why.startswith("The successor does not file")) == ("skipped", True)
    assert ("Water bureau", "liaison", None) in roles(autumn.neighbour)


def test_nobody_learns_from_a_hand_over_which_accounts_there_are(autumn):
    client, page = before(autumn, "hand_over", [autumn.owed(autumn.water, Kind.SUMMARY)])
    answers = [press(client, page, "sure=1", taker=name) for name in ("stranger", "no-such-account")]
    refusal = "Nobody of these units, or of those your office looks after, signs in with this name."
    assert [(each.status_code, refusal in text(each)) for each in answers] == [(422, True)] * 2
    assert Bulk.objects.count() == 0


def test_a_successor_from_a_unit_that_is_not_the_offices_takes_over_no_other_unit(autumn):
    autumn.health.kept_by = autumn.district
    autumn.health.save()
    row = handed(autumn, [autumn.owed(unit, Kind.SUMMARY) for unit in (autumn.water, autumn.health)], "neighbour")
    assert row.rows.get(assignment__unit=autumn.water).why.startswith("The successor is not of this unit")
    assert roles(autumn.neighbour) == [("Health bureau", "liaison", None)]


def test_a_zero_sign_in_the_words_of_the_filter_is_as_if_it_were_not_there(filed):
    address = reverse("activities:bulk-deed", args=[filed.campaign.pk])
    answer = forge(signed_in(filed.staff), address, {"deed": "accept", "all": "1", "filter": "q=Wa%00ter+bureau"})
    assert (answer.status_code, "It will be done to 1 entry" in text(answer)) == (200, True)


@postgresql
def test_nobody_writes_in_a_row_while_it_is_handed_over(autumn):
    plan = autumn.owed(autumn.water, Kind.SUMMARY)
    given = {"taker": str(autumn.neighbour.pk)}
    row = deed.ask(autumn.campaign, [plan.pk], "hand_over", given=given, key=Bulk().key, by=autumn.staff)
    with CaptureQueriesContext(connection) as asked:
        deed.begin(row)
    locks = [each["sql"] for each in asked if each["sql"].endswith("FOR UPDATE")]
    assert any('FROM "activities_assignment"' in each for each in locks)


def test_a_row_that_moves_while_the_work_waits_is_skipped_and_named(filed):
    rows = Assignment.objects.filter(campaign=filed.campaign, kind=Kind.PLAN, state="submitted")
    row = deed.ask(filed.campaign, [each.pk for each in rows], "accept", given={}, key=Bulk().key, by=filed.staff)
    filed.owed(filed.water, Kind.PLAN).send_back(by=filed.signer, reason="No budget")
    deed.begin(row)
    row.refresh_from_db()
    assert (row.state, row.rows.filter(outcome=Outcome.DONE).count()) == (JobState.READY, 1)
    page = text(signed_in(filed.staff).get(row.get_absolute_url()))
    assert "It was returned; the unit has not filed again yet." in page


@pytest.mark.parametrize("name", ["accept", "return", "extend", "waive", "hand_over"])
def test_it_is_taken_back_while_nothing_followed(filed, name):
    kind = Kind.PLAN if name in ("accept", "return") else Kind.SUMMARY
    rows = [filed.owed(unit, kind) for unit in (filed.water, filed.health)]
    old = [(row.state, row.extended_until, row.locked_at) for row in rows]
    Membership.objects.create(user=filed.street_liaison, unit=filed.office, role="staff")  # anybody with an account
    given = {"reason": "Why", "until": "2015-10-20", "taker": "street_liaison"}
    client, page = before(filed, name, rows)
    asked = {field: value for field, value in given.items() if page.html.select_one(f"[name={field}]")}
    done = page_of(press(client, page, "sure=1", **asked), "/")
    row = Bulk.objects.get()
    assert row.rows.filter(outcome=Outcome.DONE).count() >= 1, text(client.get(row.get_absolute_url()))
    if name in ("accept", "return"):  # somebody goes on with one of them
        follow = filed.owed(filed.water, kind)
        follow.send_back(by=filed.staff, reason="x") if name == "accept" else filed_plan(follow, filed.liaison)
    undone = press(
        client, Page(row.get_absolute_url(), done.html), "", form=reverse("activities:undo-bulk", args=[row.pk])
    )
    back = Bulk.objects.get(undoes=row)
    now = [
        (each.state, each.extended_until, each.locked_at)
        for each in (filed.owed(unit, kind) for unit in (filed.water, filed.health))
    ]
    if name in ("accept", "return"):
        assert (back.rows.filter(outcome=Outcome.SKIPPED).count(), now[1]) == (1, old[1])
        assert "Water bureau" in text(undone)
    else:
        assert (now, back.rows.filter(outcome=Outcome.SKIPPED).count()) == (old, 0)
    assert "It was taken back." in text(client.get(row.get_absolute_url()))
    assert forge(client, reverse("activities:undo-bulk", args=[row.pk])).status_code == 302
    assert Bulk.objects.count() == 2


def test_two_hundred_and_one_rows_are_a_job_that_a_successor_ends(filed, monkeypatch):
    monkeypatch.setattr(deed, "AT_ONCE", 1)
    monkeypatch.setattr(deed, "STEP", 1)
    queued = []
    monkeypatch.setattr(Bulk, "hint", lambda row: queued.append(row.pk))
    client, page = before(filed, "accept", everything=True, query="?standing=review")
    assert "So many are done by a worker" in page.html.get_text()
    waiting = press(client, page, "sure=1")
    row = Bulk.objects.get()
    assert (queued, row.state, "0 of 2 entries" in text(waiting)) == ([row.pk], "queued", True)
    ordinary, killed = deed.one, []

    def dying(*of):
        ordinary(*of)
        killed.append(of)
        raise KeyboardInterrupt

    monkeypatch.setattr(deed, "one", dying)
    with pytest.raises(KeyboardInterrupt):
        do_bulk(row.pk)
    monkeypatch.setattr(deed, "one", ordinary)
    row.refresh_from_db()
    assert (row.state, len(killed)) == ("running", 1)
    row.rescue()
    do_bulk(row.pk)
    row.refresh_from_db()
    assert (row.state, states(filed).count("accepted")) == ("ready", 2)
    accepted = Notification.objects.filter(message__startswith="Accepted")
    assert accepted.values("person", "key").distinct().count() == accepted.count()
    assert all(len(log(filed.owed(unit, Kind.PLAN))) == 2 for unit in (filed.water, filed.health))
    assert client.get(reverse("activities:bulk-progress", args=[row.pk])).status_code == 286


def test_nobody_elses_rows_are_touched_and_who_lost_the_role_does_nothing(filed):
    client = signed_in(filed.district_staff)
    address = reverse("activities:bulk-deed", args=[filed.campaign.pk])
    assert forge(client, address, {"deed": "accept", "all": "1"}).status_code in (403, 404)
    own = reverse("activities:bulk-deed", args=[filed.district_campaign.pk])
    pk = filed.owed(filed.water, Kind.PLAN).pk
    forge(client, own, {"deed": "accept", "row": str(pk), "sure": "1", "seen": "1"})
    assert (states(filed).count("accepted"), Bulk.objects.count()) == (0, 0)
    row = deed.ask(filed.campaign, [pk], "accept", given={}, key=Bulk().key, by=filed.staff)
    Membership.objects.filter(user=filed.staff).delete()
    deed.begin(row)
    assert BulkRow.objects.get(bulk=row).why == "It is not yours to decide."
    assert filed.owed(filed.water, Kind.PLAN).state == AssignmentState.SUBMITTED


def test_an_extension_that_would_end_no_later_is_left_and_a_past_day_refused(autumn):
    plan = autumn.owed(autumn.water, Kind.PLAN)
    client, page = before(autumn, "extend", [plan])
    assert press(client, page, "sure=1", until="2015-08-30").status_code == 422
    plan.extend(clock.end_of(date(2015, 9, 20)), by=autumn.staff)
    client, page = before(autumn, "extend", [plan])
    press(client, page, "sure=1", until="2015-09-10")
    assert BulkRow.objects.get().why == "The new day must come after the present one."
    assert BulkDeed(Bulk.objects.get().deed).label == "Extend"
