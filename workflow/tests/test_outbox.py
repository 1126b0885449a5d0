"""Telling people: a row first, once for each person and key; by mail afterwards, once."""

import smtplib
from datetime import timedelta
from unittest import mock

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from tests.cast import at_once, make_cast, person, postgresql, signed_in, text
from tests.pages import press
from workflow.models import Notification
from workflow.outbox import PATIENCE, deliver_waiting
from workflow.telling import Message, notify, notify_each

WORDS = "New notice: %(title)s. Please sign for it."


def tell(*people, key="issued-1", title="Quality Month"):
    notify(people, WORDS, key=key, url="/notices/1/", title=title)


def told():
    return list(Notification.objects.order_by("pk").values_list("person__username", "key", "url"))


def test_each_person_hears_once_of_one_thing(cast):
    tell(cast.liaison, cast.head)
    tell(cast.liaison, cast.neighbour, title="again")
    tell(cast.liaison, key="issued-2")
    assert told() == [
        ("liaison", "issued-1", "/notices/1/"),
        ("head", "issued-1", "/notices/1/"),
        ("neighbour", "issued-1", "/notices/1/"),
        ("liaison", "issued-2", "/notices/1/"),
    ]


def test_the_reader_s_language_decides_over_the_words(cast):
    tell(cast.liaison, title="质量月")
    with translation.override("en"):
        assert Notification.objects.get().text == "New notice: 质量月. Please sign for it."


def test_mail_goes_once_to_each_address(cast):
    tell(cast.liaison, cast.head)
    assert [deliver_waiting() for _ in range(2)] == [2, 0]
    assert [message.to for message in mail.outbox] == [["liaison@example.com"], ["head@example.com"]]
    assert Notification.objects.filter(delivered_at=None).count() == 0


def test_a_mail_holds_what_stands_below_the_message_each_person_s_own_and_the_address_that_opens_it(cast, settings):
    settings.SITE_URL = "https://quality.example.com"
    notify_each(
        Message(user.pk, "Debts of %(who)s", "debts", "/tasks/", f"1. one\n2. {user}", {"who": user.username})
        for user in (cast.liaison, cast.head)
    )
    deliver_waiting()
    address = reverse("accounts:message", args=[cast.head.notifications.get().pk])
    assert mail.outbox[1].body == (f"Debts of head\n\n1. one\n2. {cast.head}\n\nhttps://quality.example.com{address}")


def test_mail_goes_on_commit_and_not_when_it_is_rolled_back(cast, django_capture_on_commit_callbacks):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(cast.head)
        _ = 1 / 0
    with django_capture_on_commit_callbacks(execute=True):
        tell(cast.liaison)
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [["liaison@example.com"]]
    assert told() == [("liaison", "issued-1", "/notices/1/")]


def test_without_an_address_it_stays_in_the_inbox_undelivered(cast):
    without = person("without", email="")
    tell(without)
    row = without.notifications.get()
    assert (deliver_waiting(), row.deliver()) == (0, False)
    row.refresh_from_db()
    assert (row.delivered_at, row.claimed_at, mail.outbox) == (None, None, [])
    assert list(without.notifications.unread()) == [row]


def test_of_two_who_deliver_the_same_row_one_sends(cast):
    tell(cast.liaison)
    first, second = Notification.objects.get(), Notification.objects.get()
    assert (first.deliver(), second.deliver()) == (True, False)
    assert len(mail.outbox) == 1


def test_what_is_being_sent_is_left_alone_for_ten_minutes_then_tried_again(cast):
    tell(cast.liaison)
    Notification.objects.update(claimed_at=timezone.now() - timedelta(minutes=9))
    assert (deliver_waiting(), mail.outbox) == (0, [])
    Notification.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    assert (deliver_waiting(), len(mail.outbox)) == (1, 1)


def test_an_address_that_fails_keeps_no_other_from_getting_its_mail(cast):
    tell(cast.liaison, cast.head, cast.neighbour)

    def refuse(subject, body, sender, recipients):
        if recipients == ["head@example.com"]:
            raise OSError("mailbox unknown")
        return mail.EmailMessage(subject, body, sender, recipients).send()

    with mock.patch("workflow.outbox.send_mail", refuse):
        deliver_waiting()
    assert [message.to for message in mail.outbox] == [["liaison@example.com"], ["neighbour@example.com"]]
    assert [row.person.username for row in Notification.objects.filter(delivered_at=None)] == ["head"]


@postgresql
@pytest.mark.django_db(transaction=True)
def test_two_deliverers_at_the_same_moment_send_each_mail_once():
    cast = make_cast()
    with mock.patch("workflow.queue.ask"):
        tell(*cast.people().values())

    def deliverer(together):
        together()
        return deliver_waiting()

    at_once(deliverer, threads=3)
    addresses = sorted(address for message in mail.outbox for address in message.to)
    assert addresses == sorted(user.email for user in cast.people().values())


# --- mail that does not go ---------------------------------------------------------------------------------


def refused(code, said="no such user"):
    return smtplib.SMTPRecipientsRefused({"head@example.com": (code, said.encode())})


def sending(wrong):
    return mock.patch("workflow.outbox.send_mail", side_effect=wrong)


def test_a_reason_of_several_lines_becomes_a_subject_of_one(cast):
    tell(cast.head, title="first line\nsecond line\n" + "long " * 40)
    deliver_waiting()
    [message] = mail.outbox
    assert message.subject.startswith("收到新通知《first line second line long")
    assert ("\n" in message.subject, len(message.subject) <= 70) == (False, True)
    assert "second line\nlong long" in message.body


def test_an_address_the_server_refuses_is_given_up_at_once_and_says_why(cast):
    tell(cast.head)
    with sending(refused(550)):
        deliver_waiting()
    assert "no such user" in Notification.objects.given_up().get().trouble
    assert deliver_waiting() == 0


@pytest.mark.parametrize("wrong", [refused(450), ConnectionRefusedError("away"), smtplib.SMTPServerDisconnected("x")])
def test_a_server_that_is_away_is_asked_again_and_after_three_days_no_more(cast, wrong):
    tell(cast.head)
    with sending(wrong):
        deliver_waiting()
        assert not Notification.objects.given_up().exists()
        Notification.objects.update(claimed_at=None, failing_since=timezone.now() - PATIENCE)
        deliver_waiting()
    assert Notification.objects.given_up().count() == 1
    assert deliver_waiting() == 0


def test_what_came_back_is_sent_after_the_address_was_put_right(cast):
    tell(cast.head)
    with sending(refused(550)):
        deliver_waiting()
    page = signed_in(cast.admin).get("/people/")
    assert text(page).count("mail comes back") == 1
    address = reverse("accounts:person", args=[cast.head.pk])
    press(signed_in(cast.admin), address, form="#person", email="right@example.com")
    assert deliver_waiting() == 1
    assert [message.to for message in mail.outbox] == [["right@example.com"]]
    assert "mail comes back" not in text(signed_in(cast.admin).get("/people/"))
