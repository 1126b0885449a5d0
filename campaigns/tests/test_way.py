"""The way of a notice: every state, every person, every step as one table; and two at the same moment."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import Membership, Role, User
from activities import issue
from activities.models import HandOut
from campaigns import addressing, annexes, deeds, way
from campaigns.models import DocumentNumber, JointBody, Notice, NoticeAnnex, WavedFinding
from campaigns.versions import save_text
from tests.cast import at_once, make_cast, notice, person, postgresql, said, signed_in, text, unit
from workflow import clock
from workflow.models import MoveRefused, Notification, Transition

DUE = {"receipt": "2015-09-07", "liaison": "2015-09-08", "plan": "2015-09-08", "summary": "2015-10-15"}
REASON = {"note": "The second paragraph is wrong", "kind": "correction"} | DUE


@dataclass
class Scene:
    """The cast with a joint issuing body, its signer, and a deputy of the office's signer."""

    cast: object
    notice: Notice
    people: dict


def scene():
    cast = make_cast()
    joint = unit("Joint bureau")
    people = cast.people() | {
        "joint_signer": person("joint_signer", (joint, Role.SIGNER)),
        "deputy": person("deputy"),
    }
    Membership.objects.create(
        user=people["deputy"], unit=cast.office, role=Role.SIGNER, acting_for=cast.signer, until=date(2015, 9, 30)
    )
    JointBody.objects.create(notice=cast.notice, order=1, unit=joint, name="Joint bureau")
    return Scene(cast, Notice.objects.get(pk=cast.notice.pk), people)


# --- bringing a notice to each state by the deeds themselves ------------------------------------------------


def to_review(of):
    way.send_to_review(of.notice, by=of.people["staff"])


def to_returned(of):
    to_review(of)
    way.send_back(of.notice, by=of.people["signer"], reason="No")


def to_reviewed(of):
    to_review(of)
    way.review(of.notice, by=of.people["signer"])


def to_reviewed_alone(of):
    of.notice.joint_bodies.all().delete()
    to_reviewed(of)


def to_countersigned(of):
    to_reviewed(of)
    way.countersign(of.notice, of.notice.joint_bodies.get(), by=of.people["joint_signer"])


def to_signed(of):
    to_countersigned(of)
    issue.sign(of.notice, by=of.people["signer"])


def to_issued(of):
    to_countersigned(of)
    issue.issue(of.notice, by=of.people["signer"], due=issue.proposed_due(of.notice))


def followed_by(of, kind):
    to_issued(of)
    later = notice(of.cast.campaign, 7, [of.cast.water])
    Notice.objects.filter(pk=later.pk).update(kind=kind, about=of.notice)
    later.refresh_from_db()
    way.approve(later, author=of.people["staff"], reviewer=of.people["signer"])
    issue.issue(later, by=of.people["signer"], due=issue.proposed_due(later))


def to_withdrawn(of):
    to_issued(of)
    issue.withdraw(of.notice, by=of.people["signer"], reason="Off")


STATES = {
    "draft": lambda of: None,
    "review": to_review,
    "returned": to_returned,
    "reviewed": to_reviewed,
    "reviewed alone": to_reviewed_alone,
    "countersigned": to_countersigned,
    "signed": to_signed,
    "issued": to_issued,
    "corrected": lambda of: followed_by(of, "correction"),
    "superseded": lambda of: followed_by(of, "notice"),
    "withdrawn": to_withdrawn,
}

# --- the table ---------------------------------------------------------------------------------------------

OFFICE, SIGNS, JOINT = {"staff", "signer", "deputy"}, {"signer", "deputy"}, {"joint_signer"}
MOVES = {
    "campaigns:send-to-review": (OFFICE, {"draft": "review", "returned": "review"}),
    "campaigns:take-back": (OFFICE, {"review": "draft"}),
    "campaigns:review": (OFFICE, {"review": "reviewed"}),
    "campaigns:return-notice": (
        OFFICE,
        dict.fromkeys(("review", "reviewed", "reviewed alone", "countersigned"), "returned"),
    ),
    "campaigns:countersign": (JOINT, {"reviewed": "countersigned"}),
    "campaigns:refuse": (JOINT, {"reviewed": "returned"}),
    "activities:sign": (SIGNS, dict.fromkeys(("reviewed alone", "countersigned"), "signed")),
    "activities:issue": (SIGNS, dict.fromkeys(("reviewed alone", "countersigned", "signed"), "issued")),
    "activities:cancel-hour": (SIGNS, {}),
    "activities:withdraw-notice": (SIGNS, dict.fromkeys(("signed", "issued", "corrected"), "withdrawn")),
    "campaigns:follow-up": (OFFICE, {state: state for state in ("issued", "corrected", "withdrawn")}),
}
"""Each step: who has the right to it, and from which states it leads where. Everything else is refused."""
NOT_THE_AUTHOR = {"campaigns:review", "campaigns:return-notice"}
"""Steps that whoever sent the notice in (staff) does not take at review: four eyes."""
HOST, ADDRESSED = OFFICE | {"leader"}, {"liaison", "head", "neighbour", "district_liaison"}
SENT = {"issued", "corrected", "superseded", "withdrawn"}
HIDDEN_FROM_JOINT = {"draft", "review", "returned", "reviewed alone"}


def sees(who, state):
    joint = who == "joint_signer" and state not in HIDDEN_FROM_JOINT
    return who in HOST or joint or (who in ADDRESSED and state in SENT)


def expected(state, who, move):
    """What happens: 404, 403, refused, or the state it leads to."""
    may, leads = MOVES[move]
    if not sees(who, state):
        return 404
    if who not in may or (state == "reviewed alone" and who == "joint_signer"):
        return 403
    if state == "review" and who == "staff" and move in NOT_THE_AUTHOR:
        return "refused"
    return leads.get(state, "refused")


def marks(of):
    """What a refused step leaves as it was."""
    row = Notice.objects.get(pk=of.notice.pk)
    counts = (Transition, DocumentNumber, HandOut, Notification, Notice)
    bodies = tuple(of.notice.joint_bodies.values_list("state", flat=True))
    return (row.state, row.issued_at, row.document_number_id, bodies, *(model.objects.count() for model in counts))


def press(of, who, client, move):
    """Press a button. Returns: the state it led to, or how it was refused."""
    before = marks(of)
    response = client.post(reverse(move, args=[of.notice.pk]), {"note": ""} if move == "activities:sign" else REASON)
    after = marks(of)
    if after != before:
        return after[0]
    if move == "activities:issue" and who in SIGNS and response.status_code == 403:
        return "refused" if response.context["why"] else 403  # the issue page says on itself why not
    return "refused" if response.status_code == 302 else response.status_code


QUICK = ("review", "countersigned", "issued")


@pytest.mark.parametrize(
    "state", [pytest.param(state, marks=() if state in QUICK else pytest.mark.slow) for state in STATES]
)
def test_who_may_what_results_and_everything_else_is_refused_without_a_change(db, state):
    of = scene()
    STATES[state](of)
    found, wanted, buttons = {}, {}, {}
    for who, user in of.people.items():
        client = signed_in(user)
        for move in MOVES:
            wanted[who, move] = expected(state, who, move)
            with transaction.atomic():
                found[who, move] = press(of, who, client, move)
                transaction.set_rollback(True)
        offered = deeds.deeds(user, Notice.objects.get(pk=of.notice.pk)) if sees(who, state) else []
        buttons[who] = {deed.name for deed in offered if not deed.why} - {"campaigns:editor"}
    assert {key: (found[key], met) for key, met in wanted.items() if found[key] != met} == {}
    led = {who: {move for move in MOVES if found[who, move] in Notice.MOVES} for who in of.people}
    assert buttons == led


def test_the_table_has_every_state_and_every_person(db):
    of = scene()
    assert len(of.people) == 14
    assert {state.removesuffix(" alone") for state in STATES} == set(Notice.MOVES)


# --- what the log says -------------------------------------------------------------------------------------


def lines(of):
    return [(line.to_state, str(line.by), str(line.acting_for or "")) for line in of.notice.history()]


def test_a_deputy_is_marked_in_the_log_and_on_the_page(db):
    of = scene()
    to_countersigned(of)
    issue.sign(of.notice, by=of.people["deputy"])
    assert lines(of)[-1] == ("signed", "deputy", "signer")
    shown = text(signed_in(of.cast.staff).get(of.notice.get_absolute_url()))
    assert "deputy (acting for signer)" in shown


def test_who_holds_the_role_as_well_is_no_deputy(db):
    of = scene()
    Membership.objects.create(user=of.people["deputy"], unit=of.cast.office, role=Role.STAFF)
    to_review(of)
    way.review(of.notice, by=of.people["deputy"])
    assert lines(of)[-1] == ("reviewed", "deputy", "")


def test_a_deputy_whose_time_is_over_finds_nothing(db):
    of = scene()
    Membership.objects.filter(user=of.people["deputy"]).update(until=date(2015, 8, 31))
    to_countersigned(of)
    assert signed_in(of.people["deputy"]).get(of.notice.get_absolute_url()).status_code == 404


def test_addressed_units_read_nothing_of_the_inner_way(db):
    of = scene()
    to_review(of)
    way.send_back(of.notice, by=of.cast.signer, reason="A secret remark")
    way.send_to_review(of.notice, by=of.cast.staff)
    way.review(of.notice, by=of.cast.signer, note="A secret praise")
    body = of.notice.joint_bodies.get()
    way.countersign(of.notice, body, by=of.people["joint_signer"], note="A secret nod")
    joint = text(signed_in(of.people["joint_signer"]).get(of.notice.get_absolute_url()))
    issue.issue(of.notice, by=of.cast.signer, due=issue.proposed_due(of.notice))
    shown = {
        who: [words for words in ("remark", "praise", "nod") if f"secret {words}" in page]
        for who in ("staff", "liaison")
        for page in [text(signed_in(of.people[who]).get(of.notice.get_absolute_url()))]
    }
    assert shown == {"staff": ["remark", "praise", "nod"], "liaison": []}
    assert [words for words in ("remark", "praise", "nod") if f"secret {words}" in joint] == ["nod"]


def test_in_an_office_of_one_the_author_reviews(db):
    of = scene()
    Membership.objects.filter(unit=of.cast.office).exclude(user=of.cast.signer).delete()
    of.notice.joint_bodies.all().delete()
    way.send_to_review(of.notice, by=of.cast.signer)
    way.review(of.notice, by=of.cast.signer)
    assert of.notice.state == "reviewed"


def test_a_small_office_needs_three_presses(db):
    of = scene()
    of.notice.joint_bodies.all().delete()
    staff, signer = signed_in(of.cast.staff), signed_in(of.cast.signer)
    staff.post(reverse("campaigns:send-to-review", args=[of.notice.pk]))
    signer.post(reverse("campaigns:review", args=[of.notice.pk]))
    signer.post(reverse("activities:issue", args=[of.notice.pk]), DUE)
    of.notice.refresh_from_db()
    assert (of.notice.state, of.notice.number) == ("issued", "深质强〔2015〕1号")


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
    signed_in(of.people["joint_signer"]).post(address, {"body": second.pk})
    assert [body.state for body in of.notice.joint_bodies.all()] == ["waiting", "accepted"]


# --- frozen --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in STATES if state not in ("draft", "returned")])
def test_from_the_review_on_text_annexes_addressees_and_bodies_stay_as_they_were_read(db, state):
    of = scene()
    STATES[state](of)
    of.notice.refresh_from_db()
    units = [of.cast.street.pk]
    deeds_of_writing = [
        lambda: save_text(of.notice, by=of.cast.staff, seen=of.notice.revision, body="Something else"),
        lambda: annexes.append(of.notice, NoticeAnnex(title="List", content="apart")),
        lambda: addressing.add(of.notice, "addressees", units),
        lambda: addressing.add(of.notice, "copy_to", units),
        lambda: addressing.add_body(of.notice, of.cast.street),
    ]
    for deed in deeds_of_writing:
        with pytest.raises(MoveRefused):
            deed()
    assert (of.notice.annexes.count(), of.notice.addressees.count(), of.notice.copy_to.count()) == (0, 3, 0)
    assert Notice.objects.get(pk=of.notice.pk).body == "一、Purpose\nEverybody takes part."


# --- who is told -------------------------------------------------------------------------------------------


def test_whoever_acts_next_is_told_and_nobody_else(db):
    of = scene()
    to_review(of)
    way.send_back(of.notice, by=of.cast.signer, reason="No")
    to_countersigned(of)
    issue.sign(of.notice, by=of.people["deputy"])
    rows = Notification.objects.order_by("pk").values_list("message", "person__username")
    told = [(message.partition(":")[0], who) for message, who in rows]
    assert told == [
        ("A notice waits for your review", "signer"),
        ("A notice waits for your review", "deputy"),
        ("A notice was returned to you", "staff"),
        ("A notice waits for your review", "signer"),
        ("A notice waits for your review", "deputy"),
        ("A notice waits for you to countersign it", "joint_signer"),
        ("A notice waits for your signature", "signer"),
        ("A notice waits for your signature", "deputy"),
        ("A notice is signed and waits to be issued", "signer"),
    ]


# --- what is typed stays -----------------------------------------------------------------------------------


def test_a_reason_is_asked_for_and_a_refused_press_keeps_what_was_typed(db):
    of = scene()
    to_review(of)
    client, address = signed_in(of.cast.signer), reverse("campaigns:return-notice", args=[of.notice.pk])
    assert said(client.post(address, {"note": " "}, follow=True)) == [
        "Please give a reason of at most 1,000 characters."
    ]
    long = "x" * 1001
    assert long in text(client.post(address, {"note": long}, follow=True))
    way.take_back(Notice.objects.get(pk=of.notice.pk), by=of.cast.staff)
    to_reviewed(of := Scene(of.cast, Notice.objects.get(pk=of.notice.pk), of.people))
    shown = text(client.get(of.notice.get_absolute_url()))
    assert long in shown
    client.post(address, {"note": "Wrong date"})
    of.notice.refresh_from_db()
    assert (of.notice.state, of.notice.history().last().note) == ("returned", "Wrong date")
    assert "Wrong date" not in text(signed_in(of.people["stranger"]).get("/"))


def test_the_signer_may_type_another_free_number(db):
    of = scene()
    to_countersigned(of)
    client, address = signed_in(of.cast.signer), reverse("activities:sign", args=[of.notice.pk])
    DocumentNumber.objects.take("深质强", 2015, 5, by=None, reason="A letter")
    used = said(client.post(address, {"note": "5"}, follow=True))
    odd = said(client.post(address, {"note": "five"}, follow=True))
    done = said(client.post(address, {"note": "9"}, follow=True))
    assert (used, odd, done) == (
        ["The number 深质强〔2015〕5号 has been used already."],
        ["Please type the number only, without code and year."],
        ["Signed as 深质强〔2015〕9号."],
    )


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


@pytest.mark.parametrize("kind", ["correction", "supplement", "notice"])
def test_a_later_notice_begins_with_what_is_known(db, kind):
    of = scene()
    to_issued(of)
    address = reverse("campaigns:follow-up", args=[of.notice.pk])
    response = signed_in(of.cast.staff).post(address, {"kind": kind})
    later = Notice.objects.get(about=of.notice)
    assert (later.kind, later.state, response.headers["Location"]) == (
        kind,
        "draft",
        reverse("campaigns:editor", args=[later.pk]),
    )
    assert set(later.addressees.all()) == set(of.notice.addressees.all())


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
    with django_assert_num_queries(16):
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
