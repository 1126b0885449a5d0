"""Telling people: a row first, once for each person and key; by mail afterwards, once."""

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from tests.cast import person, signed_in, text
from tests.pages import press
from tests.post_office import PostOffice
from workflow.models import Delivery, Notification
from workflow.tasks import deliver
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
    deliver()
    deliver()
    assert [message.to for message in mail.outbox] == [["liaison@example.com"], ["head@example.com"]]
    assert Delivery.objects.open().count() == 0


def test_a_mail_holds_what_stands_below_the_message_each_person_s_own_and_the_address_that_opens_it(cast, settings):
    settings.SITE_URL = "https://quality.example.com"
    notify_each(
        Message(user.pk, "Debts of %(who)s", "debts", "/tasks/", f"1. one\n2. {user}", {"who": user.username})
        for user in (cast.liaison, cast.head)
    )
    deliver()
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


def test_without_an_address_it_stays_in_the_inbox_and_goes_nowhere(cast):
    without = person("without", email="")
    tell(without)
    deliver()
    assert (mail.outbox, Delivery.objects.count()) == ([], 0)
    assert list(without.notifications.unread()) == [without.notifications.get()]


def test_where_no_mail_is_set_up_nothing_waits_for_it(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    tell(cast.liaison)
    deliver()
    assert (Delivery.objects.count(), Notification.objects.not_handed_on().count()) == (0, 0)


def test_what_came_back_is_sent_after_the_address_was_put_right(cast, settings):
    with PostOffice(refuses={"head@example.com": "550 no such user"}) as office:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "workflow.channels.post.EmailBackend", "127.0.0.1"
        settings.EMAIL_PORT = office.port
        tell(cast.head)
        deliver()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    page = signed_in(cast.admin).get("/people/")
    assert text(page).count("mail comes back") == 1
    address = reverse("accounts:person", args=[cast.head.pk])
    press(signed_in(cast.admin), address, form="#person", email="right@example.com")
    deliver()
    assert [message.to for message in mail.outbox] == [["right@example.com"]]
    assert "mail comes back" not in text(signed_in(cast.admin).get("/people/"))
