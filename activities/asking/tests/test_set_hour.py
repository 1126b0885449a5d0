"""A set hour, the progress of handing out, trying again, and a notice that ends meanwhile."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import UnitGroup
from activities import tasks
from activities.asking import handing_out, issue
from activities.models import Activity, Assignment, Deliverable, GroupParticipation, HandOut, Participation
from campaigns import new_notice, way
from campaigns.models import Notice, NoticeKind
from tests.cast import hand_out_everything, person, said, signed_in, text
from tests.pages import opened, press
from workflow import clock
from workflow.models import MoveRefused, Notification

DUE = {"receipt": "2015-09-07", "liaison": "2015-09-08", "plan": "2015-09-08", "summary": "2015-10-15"}


@pytest.fixture
def ready(cast):
    """Reviewed, with only the signer's press to come."""
    way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    return cast


def set_hour(cast, hours=5):
    return issue.order(
        cast.notice, by=cast.signer, due=issue.proposed_due(cast.notice), at=clock.now() + timedelta(hours=hours)
    )


def the_hour_comes(row):
    """What the clock and the rescue do when the hour has come."""
    HandOut.objects.filter(pk=row.pk).update(beat_at=timezone.now() - timedelta(minutes=1))
    with mock.patch("workflow.queue.ask") as asked:
        tasks.rescue()
    for call in asked.mock_calls:
        assert call == mock.call("activities.hand_out", row.pk)
        tasks.hand_out(row.pk)


def state(cast):
    return Notice.objects.get(pk=cast.notice.pk).state


def test_it_is_signed_and_numbered_now_and_goes_out_at_its_hour(ready):
    row = set_hour(ready)
    tasks.rescue()
    assert (state(ready), Assignment.objects.count()) == ("signed", 0)
    the_hour_comes(row)
    assert (state(ready), Assignment.objects.count()) == ("issued", 12)
    assert [line.to_state for line in ready.notice.history()][-2:] == ["signed", "issued"]


def test_what_a_deputy_sets_and_cancels_is_marked_in_the_office_s_language(ready):
    deputy = person("deputy")
    ready.office.memberships.create(user=deputy, role="signer", acting_for=ready.signer, until=date(2015, 9, 30))
    at = clock.now() + timedelta(hours=5)
    with translation.override("en"):
        issue.order(ready.notice, by=deputy, due=issue.proposed_due(ready.notice), at=at)
        issue.cancel_hour(Notice.objects.get(pk=ready.notice.pk), by=deputy)
    lines = list(ready.notice.history())[-2:]
    assert [(line.by, line.acting_for, line.note[:4]) for line in lines] == [
        (deputy, ready.signer, "定于20"), (deputy, ready.signer, "已取消定"),
    ]  # fmt: skip


def test_a_cancelled_hour_issues_nothing_even_when_the_worker_had_it_in_hand(ready):
    row = set_hour(ready)
    issue.cancel_hour(Notice.objects.get(pk=ready.notice.pk), by=ready.signer)
    assert handing_out.begin_at_its_hour(row) is None
    tasks.hand_out(row.pk)
    assert (state(ready), Assignment.objects.count()) == ("signed", 0)


def test_a_withdrawn_notice_does_not_go_out_at_its_hour(ready):
    row = set_hour(ready)
    issue.withdraw(Notice.objects.get(pk=ready.notice.pk), by=ready.signer, reason="The fair is off")
    the_hour_comes(row)
    assert (state(ready), Assignment.objects.count(), HandOut.objects.count()) == ("withdrawn", 0, 0)


def test_issuing_now_takes_the_place_of_the_set_hour(ready):
    set_hour(ready)
    issue.order(ready.notice, by=ready.signer, due=issue.proposed_due(ready.notice))
    hand_out_everything()
    assert (state(ready), HandOut.objects.count(), Assignment.objects.count()) == ("issued", 1, 12)


def test_a_second_hour_and_a_past_one_are_refused(ready):
    set_hour(ready)
    with translation.override("en"):
        with pytest.raises(MoveRefused, match="An hour is set already"):
            set_hour(ready, 6)
        with pytest.raises(MoveRefused, match="lies in the past"):
            set_hour(ready, -1)


def test_the_hour_is_set_shown_and_cancelled_on_the_pages(ready):
    client = signed_in(ready.signer)
    at = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT08:00")
    done = press(client, reverse("activities:issue", args=[ready.notice.pk]), "when=later", **DUE, at=at)
    assert (state(ready), said(done)[0].startswith("It will be issued on 2 September 2015")) == ("signed", True)
    fragment = client.get(reverse("activities:handout", args=[ready.notice.pk]), headers={"HX-Request": "true"})
    assert (fragment.status_code, "Cancel the set hour" in text(fragment)) == (286, True)
    page = opened(client, reverse("activities:handout", args=[ready.notice.pk]))
    cancelled, again = (press(client, page, "Cancel the set hour") for _press in range(2))
    assert said(cancelled) == ["The set hour is cancelled. The notice stays signed."]
    assert said(again) == ["No hour is set, so there is nothing to cancel."]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("", "Please say at which hour it is to go out."),
        ("2015-08-31T10:00", "This hour is past."),
        ("2016-08-31T10:00", "This hour is more than three months away."),
        ("soon", "Enter a valid date/time."),
    ],
)
def test_a_wrong_hour_is_told_beside_its_field(ready, at, words):
    address = reverse("activities:issue", args=[ready.notice.pk])
    response = press(signed_in(ready.signer), address, "when=later", **DUE, at=at)
    assert (response.context["form"].errors, state(ready)) == ({"at": [words]}, "reviewed")


# --- progress ----------------------------------------------------------------------------------------------


def fragment(cast):
    response = signed_in(cast.staff).get(
        reverse("activities:handout", args=[cast.notice.pk]), headers={"HX-Request": "true"}
    )
    return response.status_code, text(response)


def test_the_page_asks_until_everybody_has_it(ready):
    issue.order(ready.notice, by=ready.signer, due=issue.proposed_due(ready.notice))
    status, shown = fragment(ready)
    assert (status, "0 of 3 units have it and were told." in shown, 'hx-trigger="every 1s"' in shown) == (
        200,
        True,
        True,
    )
    hand_out_everything()
    status, shown = fragment(ready)
    assert (status, "hx-trigger" in shown) == (286, False)


def test_what_failed_half_way_goes_on_from_there_and_nobody_is_told_twice(ready):
    row = issue.order(ready.notice, by=ready.signer, due=issue.proposed_due(ready.notice))
    real = handing_out.tell

    def fail_at_the_last(row, units):
        if Assignment.objects.order_by().values("unit").distinct().count() == 3:
            raise RuntimeError
        real(row, units)

    with mock.patch.multiple(handing_out, BATCH=1, tell=fail_at_the_last), pytest.raises(RuntimeError):
        tasks.hand_out(row.pk)
    status, shown = fragment(ready)
    assert (status, Assignment.objects.count(), "2 of 3 units have it." in shown) == (286, 8, True)
    with mock.patch("workflow.queue.ask"):
        answer = press(signed_in(ready.staff), reverse("activities:handout", args=[ready.notice.pk]), "Try again")
    assert said(answer) == ["It is being handed out again."]
    hand_out_everything()
    told = Notification.objects.filter(key=f"issued-{ready.notice.pk}")
    assert (Assignment.objects.count(), told.count(), told.values("person").distinct().count()) == (12, 4, 4)


def withdraw(autumn, notice):
    issue.withdraw(notice, by=autumn.signer, reason="Off")


def replace(autumn, notice):
    """Another notice takes its place and is issued."""
    later = new_notice.begin(notice.campaign, kind=NoticeKind.NOTICE, about=notice)
    way.approve(later, author=autumn.staff, reviewer=autumn.signer)
    issue.order(later, by=autumn.signer, due=issue.proposed_due(later))


@pytest.mark.parametrize("ends", [withdraw, replace])
def test_handing_out_stops_when_the_notice_no_longer_holds(ready, ends):
    row = issue.order(ready.notice, by=ready.signer, due=issue.proposed_due(ready.notice))
    real = handing_out.tell

    def end_after_the_first(row, units):
        real(row, units)
        ends(ready, Notice.objects.get(pk=ready.notice.pk))

    with mock.patch.multiple(handing_out, BATCH=1, tell=end_after_the_first):
        tasks.hand_out(row.pk)
    assert sorted(Assignment.objects.values_list("state", flat=True)) == ["closed"] * 4
    assert "stopped because the notice is no longer in force" in fragment(ready)[1]


# --- what will be owed ---------------------------------------------------------------------------------------


def test_who_leads_through_a_group_is_counted_before_it_is_fixed(ready):
    Participation.objects.filter(activity__campaign=ready.campaign).delete()
    for row in Activity.objects.filter(campaign=ready.campaign):
        GroupParticipation.objects.create(activity=row, group=UnitGroup.objects.get(owner=ready.office), part="lead")
    response = signed_in(ready.signer).get(reverse("activities:issue", args=[ready.notice.pk]))
    announced = {field.name: number for field, _hour, number in response.context["rows"]}
    issue.issue(ready.notice, by=ready.signer, due=issue.proposed_due(ready.notice))
    assert announced == {
        kind: Assignment.objects.filter(kind=kind).count() for kind in ("receipt", "liaison", "plan", "summary")
    }
    assert announced["plan"] == 6


def test_deliverables_are_listed_with_their_own_days(ready):
    first = ready.campaign.activities.first()
    Deliverable.objects.create(activity=first, order=1, title="100 posters", due_on="2015-09-15")
    Deliverable.objects.create(activity=first, order=2, title="10 banners")
    context = signed_in(ready.signer).get(reverse("activities:issue", args=[ready.notice.pk])).context
    assert [(each.what, str(each.day), number) for each, number in context["own"]] == [
        ("Open day of the waterworks：100 posters", "2015-09-15", 1)
    ]
    assert context["undated"] == 1


@pytest.mark.parametrize(("kind", "fields"), [("supplement", ["receipt"]), ("bulletin", [])])
def test_a_day_is_asked_only_for_what_this_kind_of_notice_makes_owed(ready, kind, fields):
    Notice.objects.filter(pk=ready.notice.pk).update(kind=kind)
    client, address = signed_in(ready.signer), reverse("activities:issue", args=[ready.notice.pk])
    assert [field.name for field, _hour, _number in client.get(address).context["rows"]] == fields
    press(client, address, "when=now", **dict.fromkeys(fields, "2015-09-07"))
    hand_out_everything()
    assert sorted({row.kind for row in Assignment.objects.all()}) == fields
