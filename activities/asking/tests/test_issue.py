"""Issuing: who then owes what, by when; frozen from that moment."""

from datetime import date
from unittest import mock

import pytest
from django.urls import reverse
from django.utils import translation

from activities.asking import issue
from activities.models import Activity, Assignment, Demand, HandOut, Part, Participation
from campaigns import way
from campaigns.models import DocumentNumber, JointBody, Notice, NoticePaper
from campaigns.way import approve
from reports.figures import campaign_figures
from tests.cast import ISSUED_ON, at_once, hand_out_everything, log, make_cast, postgresql, said, signed_in, text, unit
from tests.pages import forge, opened, page_of, press
from tests.scene import scene, to_reviewed
from workflow import clock
from workflow.models import MoveRefused, Notification

DUE = {"receipt": "2015-09-07", "liaison": "2015-09-08", "plan": "2015-09-08", "summary": "2015-10-15"}


def debts(notice):
    """Who owes what, until when, as people would say it."""
    rows = Assignment.objects.filter(notice=notice).select_related("unit", "activity").order_by("unit__order", "pk")
    return [
        (row.unit.name, row.kind, row.activity and row.activity.title, row.due_at.astimezone().isoformat()[:16])
        for row in rows
    ]


@pytest.fixture
def cast(db):
    """Everybody; both notices are reviewed and wait for their signers."""
    return reviewed(make_cast())


def reviewed(cast):
    approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    approve(cast.district_notice, author=cast.district_staff, reviewer=cast.district_signer)
    return cast


def issued_now(cast, on=ISSUED_ON):
    with clock.as_of(on):
        return issue.issue(cast.notice, by=cast.signer, due=issue.proposed_due(cast.notice))


def test_every_addressed_unit_owes_what_it_must_and_plans_only_who_leads(cast):
    assert issued_now(cast) == 12
    end = {"receipt": "2015-08-25", "liaison": "2015-08-28", "summary": "2015-10-16", "plan": "2015-09-01"}
    expected = []
    leads = {"Water bureau": "Open day of the waterworks", "Health bureau": "Clinic on the square"}
    for name in ("Water bureau", "Health bureau", "District office"):
        expected += [(name, kind, None, f"{end[kind]}T00:00") for kind in ("receipt", "liaison", "summary")]
        expected.append((name, "plan", leads.get(name, "Clinic on the square"), f"{end['plan']}T00:00"))
    assert debts(cast.notice) == expected


def test_the_notice_is_dated_and_the_campaign_under_way(cast):
    issued_now(cast)
    cast.notice.refresh_from_db()
    cast.campaign.refresh_from_db()
    assert (cast.notice.state, cast.notice.issued_by, cast.campaign.state) == ("issued", cast.signer, "under_way")
    assert cast.notice.issued_at.astimezone().date() == ISSUED_ON
    assert log(cast.notice)[-2:] == [
        ("reviewed", "signed", cast.signer, "深质强〔2015〕1号"),
        ("signed", "issued", cast.signer, ""),
    ]
    assert log(cast.campaign) == [("planned", "under_way", cast.signer, "")]


def test_the_people_of_the_addressed_units_are_told_once_and_nobody_else(cast):
    issued_now(cast)
    about = Notification.objects.filter(key=f"issued-{cast.notice.pk}")
    told = list(about.order_by("person__username").values_list("person__username", "url"))
    address = cast.notice.get_absolute_url()
    assert told == [(name, address) for name in ("district_liaison", "head", "liaison", "neighbour")]


def test_the_paper_is_queued_once_it_is_committed(cast, django_capture_on_commit_callbacks):
    with mock.patch("workflow.queue.ask") as asked, django_capture_on_commit_callbacks(execute=True):
        issued_now(cast)
        assert asked.mock_calls == []
    paper, row = NoticePaper.objects.get(), HandOut.objects.get()
    hints = [mock.call("activities.set_paper", paper.pk), mock.call("activities.hand_out", row.pk)]
    told = mock.call("workflow.deliver")
    assert (paper.notice, paper.state) == (cast.notice, "queued")
    assert [call for call in asked.mock_calls if call != told] == hints


def test_what_is_owed_stays_when_addressees_names_and_parts_change_later(cast):
    issued_now(cast)
    before, figures = debts(cast.notice), campaign_figures(cast.campaign).total
    late = unit("Late bureau")
    cast.notice.addressees.add(late)
    Participation.objects.create(activity=Activity.objects.first(), unit=late, part=Part.LEAD)
    Participation.objects.filter(unit=cast.water).delete()
    cast.notice.addressees.remove(cast.health)
    assert debts(cast.notice) == before
    cast.water.name = "Water and sea bureau"
    cast.water.save()
    assert [row[1:] for row in debts(cast.notice)] == [row[1:] for row in before]
    assert campaign_figures(cast.campaign).total == figures


def test_a_second_issue_is_refused_and_adds_nothing(cast):
    issued_now(cast)
    stale = Notice.objects.get(pk=cast.notice.pk)
    with pytest.raises(MoveRefused):
        issue.issue(stale, by=cast.signer, due=issue.proposed_due(stale))
    assert (Assignment.objects.count(), NoticePaper.objects.count(), len(log(cast.notice))) == (12, 1, 4)


def test_of_two_loaded_drafts_one_is_issued(cast):
    second = Notice.objects.get(pk=cast.notice.pk)
    issued_now(cast)
    with translation.override("en"), pytest.raises(MoveRefused, match=r"Somebody was faster.*Issued.*signer"):
        issue.issue(second, by=cast.signer, due=issue.proposed_due(second))
    assert Assignment.objects.count() == 12


def test_what_fails_half_way_ends_complete_and_tells_nobody_twice(cast):
    """The first of three units has its assignments when the worker dies; the next worker does the rest."""
    with (
        mock.patch("activities.asking.handing_out.BATCH", 1),
        mock.patch("activities.asking.handing_out.notify", side_effect=[None, RuntimeError]),
        pytest.raises(RuntimeError),
    ):
        issued_now(cast)
    row = HandOut.objects.get()
    assert (row.state, row.done, Assignment.objects.count()) == ("failed", 1, 4)
    row.retry(by=cast.signer)
    hand_out_everything()
    row.refresh_from_db()
    told = Notification.objects.filter(key=f"issued-{cast.notice.pk}").values_list("person__username", flat=True)
    assert (row.state, Assignment.objects.count()) == ("ready", 12)
    assert sorted(told) == ["district_liaison", "head", "liaison", "neighbour"]


@postgresql
@pytest.mark.django_db(transaction=True)
def test_two_signers_at_the_same_moment_give_one_result():
    cast = reviewed(make_cast())

    def sign(together):
        notice = Notice.objects.select_related("campaign").get(pk=cast.notice.pk)
        together()
        return issue.issue(notice, by=cast.signer, due=issue.proposed_due(notice))

    with mock.patch("workflow.queue.ask"):
        ends = at_once(sign, threads=3)
    assert sorted(str(end) if end == 12 else type(end).__name__ for end in ends) == ["12", "MoveRefused", "MoveRefused"]
    assert (Assignment.objects.count(), NoticePaper.objects.count()) == (12, 1)


def test_the_district_is_host_of_its_own_campaign_and_reports_in_the_city_s(cast):
    """Hosts are relative: the same unit owes the city and is owed by its street."""
    issued_now(cast)
    assert issue.issue(
        cast.district_notice, by=cast.district_signer, due=issue.proposed_due(cast.district_notice)
    ) == 4  # fmt: skip
    assert {row[0] for row in debts(cast.district_notice)} == {"Street"}
    seen = {
        name: sorted({row.campaign.title for row in Assignment.objects.visible_to(cast.people()[name])})
        for name in ("staff", "district_staff", "district_liaison", "street_liaison", "liaison")
    }
    assert seen == {
        "staff": ["City month"],
        "district_staff": ["District month"],
        "district_liaison": ["City month"],
        "street_liaison": ["District month"],
        "liaison": ["City month"],
    }


# --- proposed dates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2015, 8, 20), ("2015-08-24", "2015-08-27", "2015-08-31", "2015-10-15")),
        (date(2015, 8, 30), ("2015-09-02", "2015-09-06", "2015-09-06", "2015-10-15")),
        (date(2015, 10, 20), ("2015-10-23", "2015-10-27", "2015-10-27", "2015-10-20")),
    ],
)
def test_proposed_days_are_never_past_and_working_days(cast, on, expected):
    with clock.as_of(on):
        due = issue.proposed_due(cast.notice)
    assert tuple(str(day) for day in (due.receipt, due.liaison, due.plan, due.summary)) == expected


# --- the page ----------------------------------------------------------------------------------------------


def page_of_issue(cast):
    return reverse("activities:issue", args=[cast.notice.pk])


def issue_on_page(cast, user, **changes):
    """Set the days on the signer's page and press "Issue now"."""
    page = opened(signed_in(cast.signer), page_of_issue(cast))
    response = press(signed_in(user), page, "when=now", **DUE | changes)
    hand_out_everything()
    return response


def test_the_page_shows_what_will_be_owed_before_anything_happens(cast):
    response = signed_in(cast.signer).get(reverse("activities:issue", args=[cast.notice.pk]))
    assert [(field.label, number) for field, _hour, number in response.context["rows"]] == [
        ("Receipt", 3), ("Liaison officers", 3), ("Activity plan", 3), ("Summary of the campaign", 3),
    ]  # fmt: skip
    assert (response.context["units"], response.context["why"], Assignment.objects.count()) == (3, [], 0)


def test_the_signer_issues_with_the_days_of_the_page(cast):
    response = issue_on_page(cast, cast.signer)
    assert said(response) == ["The notice is issued."]
    assert response.redirect_chain == [(cast.notice.get_absolute_url(), 302)]
    days = {row[1]: row[3] for row in debts(cast.notice)}
    assert days == {
        "receipt": "2015-09-08T00:00", "liaison": "2015-09-09T00:00",
        "plan": "2015-09-09T00:00", "summary": "2015-10-16T00:00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "This field is required."),
        ("2015-08-31", "This day is past."),
        ("2015-02-30", "Enter a valid date."),
        ("soon", "Enter a valid date."),
        ("2099-12-31", "This day is more than a year away."),
        ("9999-12-31", "Choose a day from 2000 to 2100."),
    ],
)
def test_a_wrong_day_is_told_beside_its_field_and_the_others_stay(cast, day, words):
    response = issue_on_page(cast, cast.signer, receipt=day, summary="2015-11-30")
    assert (response.status_code, response.context["form"].errors) == (200, {"receipt": [words]})
    assert words in text(response) and 'value="2015-11-30"' in text(response)
    assert (Notice.objects.get(pk=cast.notice.pk).state, Assignment.objects.count()) == ("reviewed", 0)


@pytest.mark.parametrize("name", ["staff", "leader"])
def test_who_is_no_signer_is_told_who_can(cast, name):
    response = issue_on_page(cast, cast.people()[name])
    assert response.status_code == 403
    assert response.context["why"] == ["Only a signer of the office can issue it: signer."]
    assert (Notice.objects.get(pk=cast.notice.pk).state, Assignment.objects.count()) == ("reviewed", 0)


@pytest.mark.parametrize("name", ["liaison", "district_signer", "admin", "stranger"])
def test_others_do_not_find_a_draft_notice(cast, name):
    assert issue_on_page(cast, cast.people()[name]).status_code == 404
    assert Notice.objects.get(pk=cast.notice.pk).state == "reviewed"


def test_an_issued_notice_is_not_issued_again_and_its_page_of_issuing_is_gone(autumn):
    response = forge(signed_in(autumn.signer), page_of_issue(autumn), DUE, follow=True)
    assert (response.redirect_chain, said(response)) == (
        [(autumn.notice.get_absolute_url(), 302)], ["The notice has been issued already."],
    )  # fmt: skip
    assert (forge(signed_in(autumn.liaison), page_of_issue(autumn), DUE).status_code, Assignment.objects.count()) == (
        403,
        12,
    )


def test_a_used_number_is_told_beside_its_field_and_all_that_was_typed_stays(cast):
    DocumentNumber.objects.take("深质强", 2015, 4, by=None, reason="A letter")
    response = issue_on_page(cast, cast.signer, seq="4", summary="2015-10-30")
    assert response.context["form"].errors == {"seq": ["The number 深质强〔2015〕4号 has been used already."]}
    assert ('value="4"' in text(response), 'value="2015-10-30"' in text(response)) == (True, True)


def test_a_press_that_is_refused_leaves_the_page_as_it_was_typed(cast):
    """Somebody took the number between the look and the deed."""
    with mock.patch("campaigns.way.sign", side_effect=MoveRefused("Taken")):
        response = issue_on_page(cast, cast.signer, seq="4", summary="2015-10-30")
    assert (said(response), response.status_code, response.redirect_chain) == (["Taken"], 200, [])
    assert ('value="4"' in text(response), 'value="2015-10-30"' in text(response)) == (True, True)


def test_the_day_set_for_a_demand_is_looked_at_and_can_be_let_pass(cast):
    demand = Demand.objects.create(notice=cast.notice, order=1, title="List of names")
    saturday = {f"demand_{demand.pk}": "2015-09-12"}
    asked = issue_on_page(cast, cast.signer, **saturday)
    assert [row["finding"].text for row in asked.context["findings"]] == [
        "The last day of “List of names”, 12 September 2015, is a day off (Saturday)."
    ]
    (finding,) = (row["finding"] for row in asked.context["findings"])
    remark = {f"remark-{finding.code}": "We work then"}
    done = press(signed_in(cast.signer), page_of(asked), "when=now", **remark)
    assert said(done) == ["The notice is issued."]


FIRST = "Only a signer of the office can issue it: signer."


@pytest.mark.parametrize(
    ("who", "stands", "why"),
    [
        ("signer", "draft", "It has to be reviewed first, then countersigned by Joint bureau, Third bureau."),
        ("signer", "reviewed", "It still has to be countersigned by Third bureau."),
        ("staff", "reviewed", "It still has to be countersigned by Third bureau."),
    ],
)
def test_the_page_says_exactly_what_is_missing(db, who, stands, why):
    of = scene()
    JointBody.objects.create(notice=of.notice, order=2, unit=unit("Third bureau"), name="Third bureau")
    if stands == "reviewed":
        to_reviewed(of)
        way.countersign(of.notice, of.notice.joint_bodies.get(order=1), by=of.people["joint_signer"])
    shown = signed_in(of.people[who]).get(reverse("activities:issue", args=[of.notice.pk]))
    assert shown.context["why"] == ([why] if who == "signer" else [FIRST.replace("signer.", "signer, deputy."), why])
