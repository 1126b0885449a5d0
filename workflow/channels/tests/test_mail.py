"""Mail through a real server: once to each, in order, whatever the server does, and what it will never take is said."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.cast import at_once, make_cast, person, postgresql
from tests.post_office import PostOffice
from workflow.channels import sending
from workflow.channels.delivery import PATIENCE
from workflow.models import Cause, ChannelState, Delivery, Notification
from workflow.telling import Message, notify_each

MAIL = sending.channels()["mail"]
MINUTE = timedelta(minutes=1)


def tell(*people, about="1"):
    notify_each(Message(user.pk, "%(who)s: %(about)s", about, "/", values={"who": user.username, "about": about})
                for user in people)  # fmt: skip


def send(after=timedelta()):
    """One round, as beat has it, so much later; tests do without the queue."""
    with time_machine.travel(timezone.now() + after):
        while sending.hand_on():
            pass
        return sending.send_waiting(MAIL)


def staff(number):
    return [person(f"p{place:03}") for place in range(number)]


def subjects(office):
    return [str(each["Subject"]) for each in office.taken]


def states():
    return list(Delivery.objects.order_by("pk").values_list("notification__person__username", "cause", "tries"))


def test_many_go_over_one_connection_each_once_in_the_order_they_were_told(post_office, db):
    people = staff(5)
    tell(*people)
    tell(people[0], about="2")
    assert (send(), send()) == (None, None)
    assert subjects(post_office) == [f"p{n:03}: 1" for n in range(5)] + ["p000: 2"]
    assert post_office.connections == 1
    [first] = Delivery.objects.filter(notification__person=people[0])[:1]
    assert (first.tries, first.address, first.delivered_at is not None) == (1, "p000@example.com", True)
    assert post_office.taken[0]["Message-ID"].startswith(f"<{first.notification.created_at:%Y%m%d%H%M%S}.{first.pk}.")
    assert post_office.taken[0]["Auto-Submitted"] == "auto-generated"


def test_more_than_a_batch_is_gone_for_in_several(post_office, db, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 2)
    tell(*staff(5))
    assert [send(), send(), send()] == [timedelta(), timedelta(), None]
    assert len(post_office.taken) == 5


def test_what_users_wrote_is_plain_text_and_makes_no_header(post_office, cast):
    words = "first\r\nBcc: victim@example.com\n.\n<script>" + "long " * 40
    notify_each([Message(cast.head.pk, "%(t)s", "1", "/", body=".\n..\n<b>second</b>\r\n.", values={"t": words})])
    send()
    [mail] = post_office.taken
    assert mail.get_content_type() == "text/plain"
    assert mail["Subject"].startswith("first Bcc: victim@example.com . <script>long")
    assert (mail["Bcc"], len(str(mail["Subject"]))) == (None, 70)
    assert mail["To"] == "head@example.com"
    assert "\n.\n..\n<b>second</b>\n.\n\nhttp" in mail.get_content().replace("\r\n", "\n")


# --- what the server will not have -----------------------------------------------------------------------------


def test_a_refused_address_is_given_up_at_once_and_keeps_nobody_else_from_hearing(post_office, cast):
    post_office.refuses = {"head@example.com": "550 5.1.1 <head@example.com>: no such user"}
    tell(cast.liaison, cast.head, cast.neighbour)
    send()
    assert post_office.to() == ["liaison@example.com", "neighbour@example.com"]
    [lost] = Delivery.objects.given_up()
    assert (lost.cause, lost.trouble, lost.tries) == (Cause.ADDRESS, "550 5.1.1 <…>: no such user", 1)
    assert post_office.connections == 1


def test_an_address_no_mail_can_have_is_given_up_and_one_taken_away_meanwhile_too(post_office, cast):
    cast.head.email = "a@b@c\n"
    cast.head.save()
    tell(cast.head, cast.liaison, cast.neighbour)
    sending.hand_on()
    cast.liaison.email = ""
    cast.liaison.save()
    send()
    assert [cause for _who, cause, _tries in states()] == [Cause.ADDRESS, Cause.NO_ADDRESS, ""]
    assert post_office.to() == ["neighbour@example.com"]


@pytest.mark.parametrize(("answer", "cause"), [("554 5.7.1 looks like advertising", Cause.CONTENT), ("451 later", "")])
def test_after_the_content_5_is_for_good_and_4_for_now(post_office, cast, answer, cause):
    post_office.answers = [answer]
    tell(cast.head, cast.liaison)
    send()
    assert [each[1] for each in states()] == [cause, ""]
    assert post_office.to() == ["liaison@example.com"]
    send(after=MINUTE)
    assert len(post_office.taken) == (1 if cause else 2)


def test_a_greylisted_address_is_tried_again_each_time_later_and_after_three_days_no_more(post_office, cast):
    post_office.refuses = {"head@example.com": "450 4.2.0 greylisted"}
    tell(cast.head)
    tell(cast.head, about="2")
    send()
    assert states() == [("head", "", 1), ("head", "", 0)]  # the second was not even tried
    waits = []
    for _ in range(9):
        row = Delivery.objects.get(tries__gt=0)
        waits.append(row.next_try_at - timezone.now())
        Delivery.objects.exclude(pk=row.pk).delete()
        Delivery.objects.update(next_try_at=timezone.now())
        send()
    assert timedelta(seconds=25) < waits[0] <= MINUTE < waits[-1] <= timedelta(hours=2)
    assert waits[-1] > timedelta(minutes=59)
    send(after=PATIENCE)
    assert states()[0][1] == Cause.TOO_LATE
    assert Delivery.objects.get().trouble == "450 4.2.0 greylisted"


# --- a server that goes ------------------------------------------------------------------------------------------


def test_a_server_away_for_a_day_loses_nothing_doubles_nothing_and_the_order_stays(settings, cast):
    people = staff(4)
    with PostOffice() as office:
        port = office.port
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "workflow.channels.post.EmailBackend", "127.0.0.1", port,
    )  # fmt: skip
    for hour in range(24):
        if hour % 6 == 0:
            tell(*people, about=str(hour))
        send(after=timedelta(hours=hour))
    state = ChannelState.objects.get()
    assert (state.tries >= 20, "refused" in state.trouble) == (True, True)
    assert {each[1:] for each in states()} == {("", 0)}
    with PostOffice(port=port) as office:
        assert send(after=timedelta(days=1)) is None
        assert subjects(office) == [f"p{n:03}: {hour}" for hour in (0, 6, 12, 18) for n in range(4)]
    state.refresh_from_db()
    assert (state.away_since, state.trouble) == (None, "")


def test_a_server_that_stays_away_is_asked_less_and_less_and_what_waited_three_days_is_given_up(settings, cast):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "workflow.channels.post.EmailBackend", 1
    tell(cast.head)
    send()
    tries = ChannelState.objects.get().tries
    send()
    assert ChannelState.objects.get().tries == tries == 1
    tell(cast.liaison)
    send(after=PATIENCE - MINUTE)
    assert not Delivery.objects.given_up().exists()
    Delivery.objects.filter(notification__person=cast.liaison).update(waiting_since=timezone.now() + PATIENCE)
    send(after=PATIENCE + timedelta(minutes=11))
    assert states() == [("head", Cause.TOO_LATE, 0), ("liaison", "", 0)]


@pytest.mark.parametrize("answer", ["hang up before", "421 4.7.0 too many over one connection"])
def test_a_connection_that_ends_before_a_mail_was_taken_is_opened_again_and_nothing_is_doubled(post_office, db, answer):
    tell(*staff(3))
    post_office.answers = ["250 OK", answer]
    if answer.startswith("421"):  # after the content, but with an answer: it was not taken
        send()
        send(after=MINUTE)
    else:
        send()
    assert subjects(post_office) == [f"p{n:03}: 1" for n in range(3)]
    assert (post_office.connections, post_office.dropped) == (2, [])


def test_a_mail_in_doubt_is_not_sent_twice_and_the_office_is_told(post_office, db):
    tell(*staff(3))
    post_office.answers = ["250 OK", "hang up after"]
    send()
    send(after=MINUTE)
    assert [each[1] for each in states()] == ["", Cause.DOUBT, ""]
    assert set(post_office.times().values()) == {1}
    assert len(post_office.taken) == 2


def test_a_server_that_takes_mails_and_never_answers_gets_two_of_them_not_all(post_office, db, settings):
    settings.EMAIL_TIMEOUT = 0.3
    tell(*staff(4))
    post_office.answers = ["hang"] * 4
    send()
    assert [each[1] for each in states()] == [Cause.DOUBT, Cause.DOUBT, "", ""]
    assert ChannelState.objects.get().away_since
    post_office.answers = []
    send(after=MINUTE)
    assert post_office.to() == ["p002@example.com", "p003@example.com"]


def test_what_was_on_its_way_when_its_sender_was_killed_is_left_to_the_office_and_sent_when_it_says_so(
    post_office, cast
):
    tell(cast.head, cast.liaison)
    sending.hand_on()
    dead = Delivery.objects.get(notification__person=cast.head)
    dead.claim("head@example.com")
    send()
    assert (post_office.to(), Delivery.objects.given_up().count()) == (["liaison@example.com"], 0)
    send(after=sending.IN_DOUBT + MINUTE)
    assert Delivery.objects.given_up().get().cause == Cause.DOUBT
    assert Delivery.objects.try_again() == 1
    send()
    assert post_office.to() == ["liaison@example.com", "head@example.com"]
    assert f".{dead.pk}." in post_office.taken[1]["Message-ID"]


def test_what_was_read_on_the_site_meanwhile_is_not_sent_again(post_office, cast):
    tell(cast.head)
    sending.hand_on()
    Delivery.objects.give_up(Cause.DOUBT)
    Notification.objects.update(read_at=timezone.now())
    assert (Delivery.objects.try_again(), send(), post_office.taken) == (0, None, [])


# --- one at a time ------------------------------------------------------------------------------------------------


def test_so_many_a_minute_and_the_rest_in_the_next(post_office, db, settings):
    settings.MAIL_A_MINUTE = 3
    tell(*staff(5))
    assert send() == MINUTE
    assert (len(post_office.taken), send(), len(post_office.taken)) == (3, MINUTE, 3)
    assert (send(after=MINUTE), len(post_office.taken)) == (None, 5)


def test_who_holds_the_channel_sends_alone_until_it_gives_no_sign_of_life(post_office, cast):
    tell(cast.head)
    sending.hand_on()
    other, _made = ChannelState.objects.get_or_create(name="mail")
    assert other.take()
    assert (send(), post_office.taken) == (None, [])
    assert other.keep()
    send(after=MINUTE)
    assert (post_office.to(), other.keep() and other.held_until > timezone.now() + MINUTE) == (
        ["head@example.com"], False,
    )  # fmt: skip


@postgresql
@pytest.mark.django_db(transaction=True)
def test_two_deliverers_at_the_same_moment_send_each_mail_once(post_office, monkeypatch):
    """Also where each thinks that it is alone."""
    cast = make_cast()
    monkeypatch.setattr("workflow.queue.ask", lambda *_: None)
    monkeypatch.setattr(ChannelState, "take", lambda _self: True)
    monkeypatch.setattr(ChannelState, "keep", lambda _self: True)
    tell(*cast.people().values())

    def deliverer(together):
        together()
        sending.hand_on()
        together()
        return sending.send_waiting(MAIL)

    at_once(deliverer, threads=3)
    assert post_office.times() == {f"{user.email} {user.username}: 1": 1 for user in cast.people().values()}


def test_who_finds_at_the_last_moment_that_another_one_sends_it_leaves_the_mail_without_its_end(
    post_office, cast, monkeypatch
):
    """Everything but the full stop was sent by then: the server drops it."""
    tell(cast.head, cast.liaison)
    claim = Delivery.claim
    monkeypatch.setattr(Delivery, "claim", lambda row, to: to != "head@example.com" and claim(row, to))
    send()
    assert (post_office.to(), post_office.connections) == (["liaison@example.com"], 2)


def test_a_letter_that_cannot_be_written_holds_nobody_up(post_office, cast):
    notify_each([Message(cast.head.pk, "%(missing)s", "1", "/")])
    tell(cast.liaison)
    send()
    assert (post_office.to(), states()) == (["liaison@example.com"], [("head", "", 1), ("liaison", "", 1)])


def test_rows_of_the_version_before_are_taken_over_unless_it_is_just_sending_them(post_office, cast):
    tell(cast.head, cast.liaison, cast.neighbour)
    of = {user.username: Notification.objects.filter(person=user) for user in (cast.head, cast.liaison)}
    of["head"].update(claimed_at=timezone.now())  # by a worker of the version before
    of["liaison"].update(handed_on_at=timezone.now())  # sent by it
    send()
    assert post_office.to() == ["neighbour@example.com"]
    send(after=timedelta(minutes=11))
    assert post_office.to() == ["neighbour@example.com", "head@example.com"]
