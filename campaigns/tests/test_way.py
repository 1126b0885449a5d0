"""The way of a notice: every state, every person, every step as one table; what the log says; what is frozen."""

from contextlib import suppress
from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import Membership, Role
from activities.asking import issue
from activities.models import HandOut
from campaigns import addressing, annex_editing, available_actions, way
from campaigns.models import DocumentNumber, JointBody, Notice, NoticeAnnex
from campaigns.versions import save_text
from tests.cast import log, said, signed_in, text
from tests.pages import NoSuchForm, forge, opened, page_of, press
from tests.scene import (
    STATES,
    Scene,
    scene,
    to_countersigned,
    to_review,
    to_reviewed,
)
from workflow.models import MoveRefused, Notification, Transition

DUE = {"receipt": "2015-09-07", "liaison": "2015-09-08", "plan": "2015-09-08", "summary": "2015-10-15"}
NOTE = {"note": "The second paragraph is wrong"}

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
    "activities:follow-up": (OFFICE, {state: state for state in ("issued", "corrected", "withdrawn")}),
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


def sent(client, pages, move, address):
    """Press the button where a page has it; else send what it would. Returns: the response."""
    typed = {} if move == "activities:sign" else NOTE
    for page in pages:
        for values in (typed, {}):
            with suppress(NoSuchForm):
                return press(client, page, form=address, **values, follow=False)
    return forge(client, address, {"note": ""} if move == "activities:sign" else NOTE | DUE | {"kind": "correction"})


def pages_of(of, client):
    """The pages that have the buttons: the notice, and before it is issued what will happen then."""
    return [opened(client, address) for address in (of.notice.get_absolute_url(), page_of_issue(of))]


def page_of_issue(of):
    return reverse("activities:issue", args=[of.notice.pk])


def attempt(of, who, client, pages, move, before):
    """Press a button. Returns: the state it led to, or how it was refused."""
    response = sent(client, pages, move, reverse(move, args=[of.notice.pk]))
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
    before, found, wanted, buttons = marks(of), {}, {}, {}
    for who, user in of.people.items():
        client = signed_in(user)
        pages = pages_of(of, client)
        for move in MOVES:
            wanted[who, move] = expected(state, who, move)
            with transaction.atomic():
                found[who, move] = attempt(of, who, client, pages, move, before)
                transaction.set_rollback(True)
        offered = available_actions.deeds(user, Notice.objects.get(pk=of.notice.pk)) if sees(who, state) else []
        buttons[who] = {deed.name for deed in offered if not deed.why}
        buttons[who] -= {"campaigns:editor", "campaigns:discard-notice"}  # a page; and the end of the row: see below
    assert {key: (found[key], met) for key, met in wanted.items() if found[key] != met} == {}
    led = {who: {move for move in MOVES if found[who, move] in Notice.MOVES} for who in of.people}
    assert buttons == led


def test_a_draft_nobody_sent_in_is_thrown_away_and_its_title_stays_in_the_log(db):
    of = scene()
    client, address = signed_in(of.cast.staff), reverse("campaigns:discard-notice", args=[of.notice.pk])
    page = opened(client, of.notice.get_absolute_url())
    done = press(client, page, "Throw the draft away", form=address)
    assert (done.redirect_chain, said(done)) == (
        [(of.cast.campaign.get_absolute_url(), 302)], ["The draft is thrown away."],
    )  # fmt: skip
    assert (Notice.objects.filter(pk=of.notice.pk).exists(), JointBody.objects.count()) == (False, 0)
    assert log(of.cast.campaign)[-1] == ("planned", "planned", of.cast.staff, "草稿已删除：Notice of City month")
    assert press(client, page, "Throw the draft away", form=address).status_code == 404  # a double click


@pytest.mark.parametrize(("state", "by"), [("review", "staff"), ("returned", "staff"), ("issued", "signer")])
def test_what_others_have_read_is_not_thrown_away(db, state, by):
    of = scene()
    client = signed_in(of.people[by])
    page = opened(client, of.notice.get_absolute_url())
    STATES[state](of)
    answer = press(client, page, form=reverse("campaigns:discard-notice", args=[of.notice.pk]))
    assert said(answer) == ["Only a draft that was never in review can be thrown away."]
    assert "Throw the draft away" not in text(client.get(of.notice.get_absolute_url()))


def test_a_draft_that_was_taken_back_from_review_stays(db):
    of = scene()
    to_review(of)
    way.take_back(of.notice, by=of.cast.staff)
    with pytest.raises(MoveRefused):
        way.discard(of.notice, by=of.cast.staff)


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
    page = of.notice.get_absolute_url()
    press(staff, page, form=reverse("campaigns:send-to-review", args=[of.notice.pk]))
    press(signer, page, form=reverse("campaigns:review", args=[of.notice.pk]))
    press(signer, page_of_issue(of), form=page_of_issue(of), **DUE)
    of.notice.refresh_from_db()
    assert (of.notice.state, of.notice.number) == ("issued", "深质强〔2015〕1号")


# --- frozen --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in STATES if state not in ("draft", "returned")])
def test_from_the_review_on_text_annexes_addressees_and_bodies_stay_as_they_were_read(db, state):
    of = scene()
    STATES[state](of)
    of.notice.refresh_from_db()
    units = [of.cast.street.pk]
    deeds_of_writing = [
        lambda: save_text(of.notice, by=of.cast.staff, seen=of.notice.revision, body="Something else"),
        lambda: annex_editing.append(of.notice, NoticeAnnex(title="List", content="apart")),
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
    page = of.notice.get_absolute_url()
    assert said(press(client, page, form=address, note=" ")) == ["Please give a reason of at most 1,000 characters."]
    long = "x" * 1001
    assert long in text(press(client, page, form=address, note=long))
    was_open = opened(client, page)
    way.take_back(Notice.objects.get(pk=of.notice.pk), by=of.cast.staff)
    shown = page_of(press(client, was_open, form=address, note="主送单位有误")).html.select_one("main .unsent")
    assert "主送单位有误" in shown.get_text()  # its form is gone, its words are not
    assert "主送单位有误" not in text(client.get(page))
    to_reviewed(of := Scene(of.cast, Notice.objects.get(pk=of.notice.pk), of.people))
    press(client, page, form=address, note="Wrong date")
    of.notice.refresh_from_db()
    assert (of.notice.state, of.notice.history().last().note) == ("returned", "Wrong date")
    assert "Wrong date" not in text(signed_in(of.people["stranger"]).get("/"))


def test_the_signer_may_type_another_free_number(db):
    of = scene()
    to_countersigned(of)
    client, address = signed_in(of.cast.signer), reverse("activities:sign", args=[of.notice.pk])
    DocumentNumber.objects.take("深质强", 2015, 5, by=None, reason="A letter")
    page = of.notice.get_absolute_url()
    used, odd, done = (said(press(client, page, form=address, note=typed)) for typed in ("5", "five", "9"))
    assert (used, odd, done) == (
        ["The number 深质强〔2015〕5号 has been used already."],
        ["Please type the number only, without code and year."],
        ["Signed as 深质强〔2015〕9号."],
    )
