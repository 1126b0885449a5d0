"""Several people on the way of one notice: joint bodies, later notices about it, and two at the same moment."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Membership, Role, User
from activities.asking import issue
from activities.models import HandOut
from campaigns import way
from campaigns.models import DocumentNumber, JointBody, Notice, NoticeAnnex, WavedFinding
from tests.cast import at_once, notice, person, postgresql, said, signed_in, text, unit
from tests.pages import opened, press
from tests.scene import (
    followed_by,
    scene,
    to_countersigned,
    to_issued,
    to_reviewed,
    to_signed,
    to_withdrawn,
)
from workflow import clock
from workflow.models import MoveRefused, Notification

# --- joint bodies ------------------------------------------------------------------------------------------


def with_two_bodies(in_order):
    of = scene()
    second = unit("Second bureau")
    of.people["second"] = person("second", (second, Role.SIGNER))
    JointBody.objects.create(notice=of.notice, order=2, unit=second, name="Second bureau")
    Notice.objects.filter(pk=of.notice.pk).update(in_order=in_order)
    of.notice.refresh_from_db()
    to_reviewed(of)
    return of


def test_in_order_the_second_body_waits_for_the_first_and_is_told_then(db):
    of = with_two_bodies(in_order=True)
    first, second = of.notice.joint_bodies.all()
    asked = Notification.objects.filter(message__contains="countersign")
    assert [str(row.person) for row in asked] == ["joint_signer"]
    with translation.override("en"), pytest.raises(MoveRefused, match="one after another"):
        way.countersign(of.notice, second, by=of.people["second"])
    way.countersign(of.notice, first, by=of.people["joint_signer"])
    assert sorted(str(row.person) for row in asked.all()) == ["joint_signer", "second"]
    way.countersign(of.notice, second, by=of.people["second"])
    assert of.notice.state == "countersigned"


def test_in_parallel_each_countersigns_when_it_likes_and_all_are_told_at_once(db):
    of = with_two_bodies(in_order=False)
    first, second = of.notice.joint_bodies.all()
    asked = Notification.objects.filter(message__contains="countersign")
    assert sorted(str(row.person) for row in asked) == ["joint_signer", "second"]
    way.countersign(of.notice, second, by=of.people["second"])
    assert of.notice.state == "reviewed"
    way.countersign(of.notice, first, by=of.people["joint_signer"])
    assert (of.notice.state, asked.count()) == ("countersigned", 2)


def test_after_a_refusal_everybody_countersigns_again(db):
    of = with_two_bodies(in_order=False)
    first, second = of.notice.joint_bodies.all()
    way.countersign(of.notice, first, by=of.people["joint_signer"])
    way.refuse(of.notice, second, by=of.people["second"], reason="Our name is wrong")
    assert (of.notice.state, of.notice.history().last().note) == ("returned", "Second bureau：Our name is wrong")
    to_reviewed(of)
    assert [body.state for body in of.notice.joint_bodies.all()] == ["waiting", "waiting"]


def test_one_signer_of_two_bodies_presses_the_button_of_each(db):
    of = with_two_bodies(in_order=False)
    second = of.notice.joint_bodies.get(order=2)
    Membership.objects.create(user=of.people["joint_signer"], unit=second.unit, role=Role.SIGNER)
    address = reverse("campaigns:countersign", args=[of.notice.pk])
    its_own = f'form[action="{address}"]:has(input[name="body"][value="{second.pk}"])'
    press(signed_in(of.people["joint_signer"]), of.notice.get_absolute_url(), form=its_own)
    assert [body.state for body in of.notice.joint_bodies.all()] == ["waiting", "accepted"]


# --- correct, supersede, withdraw --------------------------------------------------------------------------


def test_a_correction_and_its_original_lead_to_each_other(db):
    of = scene()
    followed_by(of, "correction")
    later = of.notice.later.get()
    client = signed_in(of.cast.liaison)
    original, correction = (text(client.get(each.get_absolute_url())) for each in (of.notice, later))
    assert ("This notice was corrected." in original, later.get_absolute_url() in original) == (True, True)
    assert ("Everybody takes part." in original, of.notice.get_absolute_url() in correction) == (True, True)


def test_a_second_correction_is_one_more_line(db):
    of = scene()
    followed_by(of, "correction")
    second = notice(of.cast.campaign, 8, [of.cast.water])
    Notice.objects.filter(pk=second.pk).update(kind="correction", about=of.notice)
    second.refresh_from_db()
    way.approve(second, author=of.cast.staff, reviewer=of.cast.signer)
    issue.issue(second, by=of.cast.signer, due=issue.proposed_due(second))
    of.notice.refresh_from_db()
    assert of.notice.state == "corrected"
    assert [line.note for line in of.notice.history()][-2:] == ["深质强〔2015〕7号", "深质强〔2015〕8号"]


def test_a_withdrawn_notice_stays_readable_with_its_reason(db):
    of = scene()
    to_withdrawn(of)
    shown = text(signed_in(of.cast.liaison).get(of.notice.get_absolute_url()))
    expected_words = ["This notice was withdrawn. It no longer holds.", "Reason: Off", "Everybody takes part."]
    assert [words for words in expected_words if words not in shown] == []


@pytest.mark.parametrize(
    ("kind", "annexes", "asked"),
    [("correction", [], []), ("supplement", [], []), ("notice", ["List"], [("Names of officers", date(2015, 8, 10))])],
)
def test_a_later_notice_begins_with_what_is_known_and_is_begun_once(db, kind, annexes, asked):
    """A double click, or a colleague who presses too, is led to the same draft."""
    of = scene()
    of.notice.copy_to.add(of.cast.street)
    NoticeAnnex.objects.create(notice=of.notice, order=1, title="List", content="text", text="One")
    of.notice.demands.create(order=1, title="Names of officers", due_on="2015-08-10")
    Notice.objects.filter(pk=of.notice.pk).update(in_order=True, body="See the annex.")
    of.notice.refresh_from_db()
    to_issued(of)
    client, address = signed_in(of.cast.staff), reverse("activities:follow-up", args=[of.notice.pk])
    page = opened(client, of.notice.get_absolute_url())
    its_own = f'form[action="{address}"]:has(input[name="kind"][value="{kind}"])'
    response, again = press(client, page, form=its_own, follow=False), press(client, page, form=its_own)
    later = Notice.objects.get(about=of.notice)
    editor = reverse("campaigns:editor", args=[later.pk])
    assert (later.kind, later.state, response.headers["Location"]) == (kind, "draft", editor)
    assert (again.redirect_chain, said(again)) == ([(editor, 302)], ["It is being written already: here it is."])
    assert set(later.addressees.all()) == set(of.notice.addressees.all())
    assert [str(body) for body in later.joint_bodies.all()] == ["Joint bureau"]
    assert (list(later.copy_to.all()), later.in_order) == ([of.cast.street], True)
    assert [each.title for each in later.annexes.all()] == annexes
    assert list(later.demands.values_list("title", "due_on")) == asked


@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_takes_the_same_queries_for_any_number_of_rows(db, rows, django_assert_num_queries):
    of = scene()
    for number in range(1, rows):
        joint = JointBody.objects.create(notice=of.notice, order=number + 1, unit=unit(f"U{number}"), name=f"B{number}")
        person(f"p{number}", (joint.unit, Role.SIGNER))
    to_reviewed(of)
    for number in range(rows):
        WavedFinding.objects.create(
            notice=of.notice, code=str(number), text="x", remark="y", by=of.cast.staff, at=clock.now()
        )
        later = notice(of.cast.campaign, 20 + number, [of.cast.water])
        Notice.objects.filter(pk=later.pk).update(about=of.notice)
    for body in list(of.notice.joint_bodies.all())[: rows - 1]:
        signer = next(iter(User.objects.speaking_for([body.unit_id], Role.SIGNER)))
        way.countersign(of.notice, body, by=signer)
    client = signed_in(of.cast.staff)
    client.get(of.notice.get_absolute_url())
    with django_assert_num_queries(15):
        client.get(of.notice.get_absolute_url())


# --- two at the same moment --------------------------------------------------------------------------------


def ends_of(ends):
    return sorted(type(end).__name__ if isinstance(end, Exception) else "done" for end in ends)


@postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_signers_one_signs_and_the_other_is_told_who_was_faster():
    of = scene()
    to_countersigned(of)
    signers = iter([of.people["signer"], of.people["deputy"]])

    def sign(together):
        row, by = Notice.objects.select_related("campaign").get(pk=of.notice.pk), next(signers)
        together()
        with translation.override("en"):
            issue.sign(row, by=by)

    ends = at_once(sign, threads=2)
    assert ends_of(ends) == ["MoveRefused", "done"]
    of.notice.refresh_from_db()
    [told] = [str(end) for end in ends if end]
    assert told.startswith("Somebody was faster: it stands at “Signed”")
    assert (DocumentNumber.objects.count(), of.notice.number) == (1, "深质强〔2015〕1号")


@postgresql
@pytest.mark.django_db(transaction=True)
def test_two_bodies_at_once_both_countersign_and_the_notice_moves_once():
    of = with_two_bodies(in_order=False)
    bodies = iter([("joint_signer", 1), ("second", 2)])

    def countersign(together):
        who, order = next(bodies)
        row = Notice.objects.get(pk=of.notice.pk)
        together()
        way.countersign(row, row.joint_bodies.get(order=order), by=of.people[who])

    ends = at_once(countersign, threads=2)
    of.notice.refresh_from_db()
    moved = [line.to_state for line in of.notice.history() if line.to_state == "countersigned"]
    assert (ends_of(ends), of.notice.state, len(moved)) == (["done", "done"], "countersigned", 1)


@postgresql
@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_the_set_hour_sets_one():
    of = scene()
    to_signed(of)
    due = issue.proposed_due(of.notice)

    def order(together):
        row = Notice.objects.select_related("campaign").get(pk=of.notice.pk)
        together()
        issue.order(row, by=of.cast.signer, due=due, at=clock.now() + timedelta(hours=3))

    assert (ends_of(at_once(order, threads=2)), HandOut.objects.count()) == (["MoveRefused", "done"], 1)
