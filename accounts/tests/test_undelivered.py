"""What did not arrive: the office sees to whom, by which channel and why, and sends it again."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from tests import returned
from tests.cast import person, signed_in, text
from tests.mailbox_server import MailboxServer
from tests.pages import press
from workflow.channels.returns.mailbox import read_returns
from workflow.channels.returns.taking import take_in
from workflow.models import Cause, ChannelState, Delivery
from workflow.tasks import deliver
from workflow.telling import notify

PAGE = reverse("accounts:undelivered")


@pytest.fixture
def failed(cast):
    """Mails to people of the office's units and of another office's that did not arrive."""
    notify([cast.liaison, cast.head, cast.neighbour, cast.people()["street_liaison"]],
           "New notice: %(title)s. Please sign for it.", key="1", url="/", title="Secret")  # fmt: skip
    deliver()
    mail.outbox.clear()
    Delivery.objects.update(delivered_at=None)
    of = Delivery.objects.filter
    of(notification__person__in=[cast.liaison, cast.head]).give_up(Cause.ADDRESS, "550 <138 0000 1234> unknown")
    Delivery.objects.open().give_up(Cause.TOO_LATE, "away")
    return cast


def test_the_office_sees_to_whom_and_why_but_not_what_and_sends_one_heap_again(failed):
    staff = signed_in(failed.staff)
    shown = text(staff.get(PAGE))
    assert "e-mail · the address was refused (2)" in shown and "it could not be delivered for three days (1)" in shown
    assert "New notice: …. Please sign for it." in shown and "Secret" not in shown
    assert "l***@example.com" in shown and "550 <138****1234> unknown" in shown
    done = press(staff, PAGE, "Send all 2 again", form="#again")
    deliver()
    assert "2 messages are being sent again." in text(done)
    assert sorted(each.to[0] for each in mail.outbox) == ["head@example.com", "liaison@example.com"]
    assert "the address was refused" not in text(done)


def test_one_of_a_heap_is_sent_alone_and_none_is_said(failed):
    staff = signed_in(failed.staff)
    assert "Choose what is to be sent again." in text(press(staff, PAGE, "Send the chosen again", form="#again"))
    of_head = Delivery.objects.get(notification__person=failed.head)
    press(staff, PAGE, "Send the chosen again", form="#again", delivery=[str(of_head.pk)])
    deliver()
    assert [each.to for each in mail.outbox] == [["head@example.com"]]


def test_nobody_sees_or_sends_again_what_people_of_another_office_missed(failed):
    district = person("theirs", (failed.district, Role.STAFF))
    theirs = Delivery.objects.get(notification__person=failed.people()["street_liaison"])
    staff, heap = signed_in(failed.staff), f"{PAGE}?heap=mail-too-late"
    press(staff, heap, "Send the chosen again", form="#again", forged={"delivery": theirs.pk})
    assert Delivery.objects.given_up().filter(pk=theirs.pk).exists()
    shown = text(signed_in(district).get(PAGE))
    assert ("the address was refused" in shown, "liaison" in shown) == (False, True)


def test_what_was_read_on_the_site_is_no_failure_any_more(failed):
    failed.liaison.notifications.update(read_at=timezone.now())
    failed.head.notifications.update(read_at=timezone.now())
    assert "the address was refused" not in text(signed_in(failed.staff).get(PAGE))


def test_a_server_that_is_away_is_said_with_how_many_wait(failed):
    Delivery.objects.try_again()
    now = timezone.now()
    ChannelState.objects.update(away_since=now, next_try_at=now, trouble="Connection refused")
    shown = text(signed_in(failed.staff).get(PAGE))
    assert "e-mail: nothing has been taken since" in shown and "4 messages wait in their order" in shown
    assert "Everything that was told in the last two months arrived" in shown


def test_an_address_that_comes_back_is_said_beside_the_person_and_to_the_person(failed):
    administrator, own = signed_in(failed.admin), signed_in(failed.head)
    address = reverse("accounts:person", args=[failed.head.pk])
    assert "Mail to head@example.com comes back." in text(administrator.get(address))
    assert "Mail to your address comes back." in text(own.get(reverse("accounts:inbox")))
    assert "comes back" not in text(signed_in(failed.neighbour).get(reverse("accounts:inbox")))
    press(administrator, address, form="#person", email="right@example.com")
    deliver()
    assert [each.to for each in mail.outbox] == [["right@example.com"]]
    assert "comes back" not in text(own.get(reverse("accounts:inbox")))


# --- what came back later -----------------------------------------------------------------------------------------


@pytest.fixture
def returned_mail(cast):
    """A mail to the head of a unit that the server took, and sent back the next hour: there is nobody."""
    notify([cast.head], "Due", key="1", url="/")
    deliver()
    [sent] = mail.outbox
    assert take_in(returned.by_fields(sent.message(), "5.1.1", "550 5.1.1 no such user"))
    mail.outbox.clear()
    return cast


def tell_again(cast, key):
    notify([cast.head], "Due", key=key, url="/")
    deliver()
    return [each.to for each in mail.outbox]


def test_what_came_back_stands_before_the_office_and_sending_it_again_counts_the_address_as_right(returned_mail):
    staff = signed_in(returned_mail.staff)
    shown = text(staff.get(PAGE))
    assert "e-mail · the address was refused" in shown and "550 5.1.1 no such user" in shown
    assert tell_again(returned_mail, "2") == []
    assert "Messages: 2. People: 1." in text(staff.get(PAGE))
    press(staff, PAGE, "Send all 2 again", form="#again")
    deliver()
    assert [each.to for each in mail.outbox] == [["head@example.com"]] * 2
    assert "arrived, or waits to be sent" in text(staff.get(PAGE))


def test_nobody_is_written_to_until_the_address_is_changed_or_said_to_be_right(returned_mail):
    administrator, own = signed_in(returned_mail.admin), signed_in(returned_mail.head)
    page = reverse("accounts:person", args=[returned_mail.head.pk])
    returned_mail.head.notifications.update(read_at=timezone.now())  # then the page of what failed has it no more
    assert "Mail to head@example.com comes back." in text(administrator.get(page))
    assert "Mail to your address comes back." in text(own.get(reverse("accounts:inbox")))
    assert "no such user" in text(administrator.get(reverse("accounts:people") + "?q=head"))
    assert "Mail goes to head@example.com again." in text(press(administrator, page, form="#mail"))
    assert tell_again(returned_mail, "2") == [["head@example.com"]]
    assert "comes back" not in text(own.get(reverse("accounts:inbox")))


def test_another_address_gets_what_waited_and_an_address_entered_once_more_is_right(returned_mail):
    administrator = signed_in(returned_mail.admin)
    page = reverse("accounts:person", args=[returned_mail.head.pk])
    press(administrator, page, form="#person", email="other@example.com")
    deliver()
    assert [each.to for each in mail.outbox] == [["other@example.com"]]
    press(administrator, page, form="#person", email="Head@example.com")
    assert tell_again(returned_mail, "2")[1:] == [["Head@example.com"]]


def test_while_returned_mail_cannot_be_read_the_office_is_told_that_it_does_not_know(cast, settings):
    with MailboxServer(password="another") as server:
        settings.RETURNS_URL = server.url
        read_returns()
    shown = text(signed_in(cast.staff).get(PAGE))
    assert "Mail that came back has not been read since" in shown and "LOGIN failed" in shown
