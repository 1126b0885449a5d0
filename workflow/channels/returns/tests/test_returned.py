"""Mails that a real server took and sent back: found again, told from holidays, and no more to where nobody is."""

from datetime import timedelta
from email import message_from_bytes
from io import BytesIO, TextIOWrapper

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from tests import returned
from tests.mailbox_server import MailboxServer
from workflow.channels import sending
from workflow.channels.returns import mailbox
from workflow.channels.returns.marks import marked
from workflow.channels.returns.taking import take_in
from workflow.models import Cause, Delivery, Mailbox, StoppedAddress
from workflow.telling import notify

NOBODY = "550 5.1.1 <head@example.com>: Recipient address rejected: User unknown"


def send(*people, about="1"):
    notify(people, "Due: %(about)s", key=about, url="/", about=about)
    sending.hand_on()
    sending.send_waiting(sending.channels()["mail"])


@pytest.fixture
def mail(post_office, cast):
    """A mail to the head of a unit that the server took."""
    send(cast.head)
    return post_office.taken[0]


def of_head():
    return Delivery.objects.get(notification__key="1")


# --- what it says -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [True, False])
def test_a_mail_to_nobody_fails_with_what_the_server_said_and_no_more_goes_there(mail, cast, post_office, whole):
    assert take_in(returned.by_fields(mail, "5.1.1", NOBODY, whole=whole)) == of_head()
    row = of_head()
    assert (row.cause, row.delivered_at) == (Cause.ADDRESS, None)
    assert row.trouble == "550 5.1.1 <…>: Recipient address rejected: User unknown"
    send(cast.head, cast.liaison, about="2")
    assert post_office.to() == ["head@example.com", "liaison@example.com"]
    stopped = Delivery.objects.get(notification__key="2", notification__person=cast.head)
    assert (stopped.cause, stopped.trouble) == (Cause.ADDRESS, row.trouble)


@pytest.mark.parametrize(
    ("status", "said", "cause"),
    [
        ("5.2.2", "552 5.2.2 The email account that you tried to reach is over quota", Cause.RETURNED),
        ("4.4.7", "Delivery expired: host mail.example.com not found", Cause.RETURNED),
        ("5.0.0", "550 Mailbox full", Cause.RETURNED),
        ("5.0.0", "550 User not found: head", Cause.ADDRESS),
        ("5.0.0", "550 5.1.1 no", Cause.ADDRESS),
        ("5.4.4", "Host or domain name not found", Cause.ADDRESS),
        ("5.2.1", "550 account disabled", Cause.ADDRESS),
        ("5.7.1", "550 Mail content denied", Cause.CONTENT),
        ("5.0.0", "554 DT:SPM looks like spam", Cause.CONTENT),
        ("5.3.4", "552 message exceeds the limit", Cause.CONTENT),
        ("5.0.0", "550 something else", Cause.RETURNED),
    ],
)
def test_only_where_nobody_is_an_address_is_shut(mail, cast, post_office, status, said, cause):
    take_in(returned.by_fields(mail, status, said))
    assert (of_head().cause, StoppedAddress.objects.exists()) == (cause, cause == Cause.ADDRESS)
    send(cast.head, about="2")
    assert len(post_office.taken) == (1 if cause == Cause.ADDRESS else 2)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_on_its_way_still_or_arrived_is_no_failure(mail, action):
    assert take_in(returned.by_fields(mail, "4.4.1", "later", action=action)) is None
    assert of_head().delivered_at


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("您的邮件被退回。<br>退信原因：收件人的邮箱地址不存在。<br>建议：邮箱可能已满。", Cause.ADDRESS),
        (
            "无法发送到 head@example.com<br>SMTP error: 550 User not found<br>可能的原因：邮箱已满、被拦截",
            Cause.ADDRESS,
        ),
        ("退信原因：收件人邮箱空间已满，无法接收您的来信", Cause.RETURNED),
        ("对方服务器返回：550 5.7.1 Mail content denied，可能原因：地址不存在", Cause.CONTENT),
        ("您的邮件未能送达，请稍后再试。", Cause.RETURNED),
    ],
)
@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
def test_a_letter_in_chinese_without_fields_for_machines_is_read_as_people_read_it(mail, text, cause, charset):
    assert take_in(returned.by_letter(mail, text, charset=charset)) == of_head()
    assert of_head().cause == cause


def test_a_letter_that_quotes_the_number_alone_is_enough_and_one_without_it_tells_nothing(mail):
    quoted = f"550 User unknown<br>Message-ID: {mail['Message-ID'].replace('<', '&lt;')}"
    bare = returned.by_letter(mail, "550 User unknown", with_mail=False)
    assert take_in(bare) is None
    assert take_in(returned.by_letter(mail, quoted, with_mail=False)) == of_head()


def test_the_return_address_carries_the_mark_where_the_server_knows_addresses_with_plus(post_office, cast, settings):
    settings.MAIL_RETURNS_TO, settings.DEFAULT_FROM_EMAIL = "returns+@example.com", "市质量强市办 <office@example.com>"
    senders = []
    take = post_office.handle_DATA

    async def noted(server, session, envelope):
        senders.append(envelope.mail_from)
        return await take(server, session, envelope)

    post_office.handle_DATA = noted
    send(cast.head)
    [mail] = post_office.taken
    mark = mail["Message-ID"].removeprefix("<").partition("@")[0]
    assert (senders, "office@example.com" in mail["From"]) == ([f"returns+{mark}@example.com"], True)
    answer = message_from_bytes(returned.by_letter(mail, "550 User unknown", with_mail=False))
    answer.replace_header("To", senders[0].upper())
    assert take_in(answer.as_bytes()) == of_head()


# --- what is none -----------------------------------------------------------------------------------------------


def test_who_is_on_holiday_opened_it_or_answers_it_got_it(mail):
    answer = message_from_bytes(returned.on_holiday(mail, "head@example.com"))
    answer.replace_header("Subject", "Re: 退信")
    answer.replace_header("Return-Path", "<head@example.com>")
    forwarded = returned.by_letter(mail, "550 User unknown", sender="someone@example.com", subject="看看这封")
    for each in (
        returned.on_holiday(mail, "head@example.com"), returned.opened(mail, "head@example.com"), answer.as_bytes(),
        forwarded, mail.as_bytes(), b"", b"\xff\xfe no mail",
    ):  # fmt: skip
        assert take_in(each) is None
    assert of_head().delivered_at


def test_a_stranger_cannot_say_of_a_mail_that_it_came_back(mail, cast, post_office):
    send(cast.liaison, about="2")
    guessed = post_office.taken[1]
    name, _dot, signed = mail["Message-ID"].strip("<>").partition("@")[0].rpartition(".")
    other = f"{name.partition('.')[0]}.{Delivery.objects.get(notification__key='2').pk}"
    guessed.replace_header("Message-ID", f"<{other}.{signed}@localhost>")
    assert take_in(returned.by_fields(guessed, "5.1.1", NOBODY)) is None
    assert not Delivery.objects.given_up().exists()
    assert marked(other) != f"{other}.{signed}"


def test_what_was_sent_again_since_did_not_come_back_by_an_older_mail_and_one_read_twice_changes_nothing(
    mail, post_office
):
    came = returned.by_fields(mail, "5.2.2", "552 mailbox full")
    assert [take_in(came), take_in(came)] == [of_head(), None]
    Delivery.objects.all().try_again()
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        sending.send_waiting(sending.channels()["mail"])
        assert len(post_office.taken) == 2
        assert take_in(came) is None
        assert of_head().delivered_at


# --- the ways in ------------------------------------------------------------------------------------------------


def test_an_alias_of_the_mail_server_hands_one_in(mail, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(returned.by_fields(mail, "5.1.1", NOBODY))))
    call_command("returned_mail")
    assert (capsys.readouterr().out, of_head().cause) == ("1 of 1 came back.\n", Cause.ADDRESS)


def test_a_maildir_is_read_once_and_an_mbox_stays_as_it_is(mail, tmp_path, settings, capsys):
    came = returned.by_fields(mail, "5.2.2", "552 full quota")
    for each in ("new", "cur", "tmp"):
        (tmp_path / "box" / each).mkdir(parents=True)
    (tmp_path / "box" / "new" / "1.host").write_bytes(b"From: someone@example.com\n\nnothing of ours")
    (tmp_path / "box" / "new" / "2.host").write_bytes(came)
    settings.RETURNS_URL = f"maildir://{tmp_path / 'box'}"
    assert [mailbox.read_returns(), mailbox.read_returns()] == [1, 0]
    assert sorted(each.name for each in (tmp_path / "box" / "cur").iterdir()) == ["1.host:2,S", "2.host:2,S"]
    file = tmp_path / "file.mbox"
    file.write_bytes(b"From MAILER-DAEMON Mon Sep 21 09:00:00 2015\n" + came + b"\n")
    before = file.read_bytes()
    Delivery.objects.update(given_up_at=None, cause="")
    call_command("returned_mail", "--mbox", str(file))
    assert (capsys.readouterr().out, file.read_bytes()) == ("1 of 1 came back.\n", before)


@pytest.mark.parametrize("strict", [True, False])
def test_a_mailbox_is_asked_by_imap_for_what_is_new_and_nothing_in_it_changes(mail, settings, strict):
    with MailboxServer({3: b"From: a@example.com\n\nhello"}, wants_id=strict) as server:
        settings.RETURNS_URL = server.url
        assert mailbox.read_returns() == 0
        server.mails[8] = returned.by_fields(mail, "5.1.1", NOBODY)
        assert [mailbox.read_returns(), mailbox.read_returns()] == [1, 0]
        fetched = [each for each in server.said if "FETCH" in each]
        assert [each.split()[2] for each in fetched] == ["3", "8"]
        assert not [each for each in server.said if each.startswith(("SELECT", "STORE", "UID STORE"))]
        server.validity = 8  # the mailbox was made anew: its numbers mean other mails
        assert mailbox.read_returns() == 0
        assert len([each for each in server.said if "FETCH" in each]) == 4
    assert of_head().cause == Cause.ADDRESS


def test_a_mailbox_that_cannot_be_read_is_said_until_it_can(mail, settings):
    with MailboxServer(password="another") as server:
        settings.RETURNS_URL = server.url
        assert mailbox.read_returns() == 0
        [row] = Mailbox.objects.all()
        assert ("LOGIN failed" in row.trouble, row.away_since is not None) == (True, True)
        server.password = "p@ss word"
        mailbox.read_returns()
        row.refresh_from_db()
        assert (row.trouble, row.away_since, "p@ss" in row.place) == ("", None, False)
    mailbox.read_returns()
    assert "refused" in Mailbox.objects.get().trouble


def test_a_hostile_mail_holds_no_other_up(mail, tmp_path, settings):
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000))
    for each in ("new", "cur"):
        (tmp_path / each).mkdir()
    (tmp_path / "new" / "1").write_bytes(b"Return-Path: <>\n" + deep)
    (tmp_path / "new" / "2").write_bytes(returned.by_fields(mail, "5.1.1", NOBODY))
    settings.RETURNS_URL = f"maildir://{tmp_path}"
    assert mailbox.read_returns() == 1
