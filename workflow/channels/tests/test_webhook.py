"""The webhook: signed JSON to a real server, and none to an address inside the network that nobody allowed."""

import base64
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Role
from tests.cast import make_cast, person
from tests.web_hook import WebHook
from workflow.channels import outward, sending, webhook
from workflow.channels.channel import Away
from workflow.channels.hook import Hook
from workflow.models import Cause, ChannelState, Delivery
from workflow.tasks import send_by
from workflow.telling import Message, notify, notify_each

KEY = bytes(range(32))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def hook(settings, db):
    with WebHook() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
        set_up(settings, "webhook", url=f"http://127.0.0.1:{server.port}/letters?key=1")
        settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
        yield server


def set_up(settings, name, **changed):
    """A webhook as the operator sets it up, or changes it."""
    known = settings.WEBHOOKS.get(name) or Hook(name, url="", secret=secret_of(KEY))
    settings.WEBHOOKS = settings.WEBHOOKS | {name: replace(known, **changed)}


def secret_of(key):
    return "whsec_" + base64.b64encode(key).decode()


def tell(number, about="1"):
    people = [person(f"{about}p{place}", mobile="13800000000") for place in range(number)]
    notify_each(Message(user.pk, "Debts <b>of</b>\n%(who)s", about, "/", "1. one", {"who": user.username})
                for user in people)  # fmt: skip


def send(after=timedelta(), by="webhook"):
    with time_machine.travel(timezone.now() + after):
        sending.hand_on()
        return sending.send_waiting(sending.channels()[by])


def outcomes():
    return [each.trouble or bool(each.delivered_at) for each in Delivery.objects.order_by("pk")]


def test_a_letter_is_json_signed_over_name_time_and_body_over_one_connection(hook, settings):
    settings.SITE_URL = "https://quality.example.com"
    tell(2)
    send()
    path, headers, body = hook.posted[0]
    told, row = json.loads(body), Delivery.objects.first()
    assert (path, hook.connections, outcomes()) == ("/letters?key=1", 1, [True, True])
    assert told == {
        "id": headers["webhook-id"],
        "at": row.notification.created_at.isoformat(),
        "to": {"account": "1p0", "name": "1p0", "mobile": "13800000000", "email": "1p0@example.com"},
        "title": "Debts <b>of</b> 1p0",
        "text": f"Debts <b>of</b>\n1p0\n\n1. one\n\nhttps://quality.example.com/inbox/{row.notification_id}/",
        "url": f"https://quality.example.com/inbox/{row.notification_id}/",
    }
    signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    mark = base64.b64encode(hmac.new(KEY, signed, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mark}"
    assert (headers["Idempotency-Key"], headers["webhook-signature-algorithm"]) == (told["id"], "HMAC-SHA256")
    assert headers["Content-Type"] == "application/json; charset=utf-8"


def test_500_is_tried_again_under_the_same_name_and_several_in_a_row_wait_for_the_server(hook):
    hook.answers = [(500, {}, b"<html>trouble"), *[(502, {}, b"")] * 3]
    tell(6)
    send()
    assert outcomes() == ["HTTP 500 <html>trouble", "HTTP 502", False, False, False, False]
    assert len(hook.posted) == 3
    hook.answers = []
    send(after=MINUTE)
    assert outcomes() == [True] * 6
    names = [headers["Idempotency-Key"] for _path, headers, _body in hook.posted]
    assert (len(set(names)), names[0] == names[3]) == (6, True)


def test_4_is_given_up_with_the_reason_a_code_in_the_body_is_heard_and_redirects_are_not_followed(hook):
    hook.answers = [
        (400, {}, "没有这个人".encode()),
        (200, {}, b'{"errcode": 45009, "errmsg": "api freq out of limit"}'),
        (200, {}, b'{"errcode": 0, "errmsg": "ok"}'),
        (307, {"Location": f"http://127.0.0.1:{hook.port}/inside"}, b""),
        (302, {"Location": "http://169.254.169.254/latest"}, b""),
    ]
    tell(5)
    send()
    assert outcomes() == [
        "HTTP 400 没有这个人", 'HTTP 200 {"errcode": 45009, "errmsg": "api freq out of limit"}', True, "HTTP 307",
        "HTTP 302",
    ]  # fmt: skip
    given_up = Delivery.objects.given_up().values_list("notification__person__username", "cause")
    assert sorted(given_up) == [(f"1p{n}", Cause.CONTENT) for n in (0, 3, 4)]
    assert {path for path, _headers, _body in hook.posted} == {"/letters?key=1"}


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("dated", [True, False])
def test_who_asks_to_be_left_alone_is_left_alone_so_long_and_the_letter_keeps_its_place(hook, status, dated):
    wait = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True) if dated else "3600"
    hook.answers = [(status, {"Retry-After": wait}, b"")]
    tell(2)
    send()
    send(after=timedelta(minutes=58))
    assert (len(hook.posted), Delivery.objects.open().filter(claimed_at=None, next_try_at=None).count()) == (1, 2)
    send(after=timedelta(minutes=61))
    assert outcomes() == [True, True]


def test_a_date_or_number_nobody_understands_and_a_year_are_not_taken_at_their_word():
    assert webhook.waited("soon") == MINUTE
    assert webhook.waited("99999999") == timedelta(days=1)
    assert webhook.waited("-5") == MINUTE
    assert webhook.waited("Thu, 01 Jan 1970 00:00:00 GMT") == timedelta(seconds=1)


def test_a_server_that_hangs_is_waited_for_once_or_twice_not_for_each_letter(hook, monkeypatch):
    monkeypatch.setattr(webhook, "TIMEOUT", 0.3)
    hook.answers = [(0, {}, b"")] * 5
    tell(5)
    send()
    assert (len(hook.posted), outcomes()[2:]) == (2, [False] * 3)
    assert "Read timed out" in ChannelState.objects.get(name="webhook").trouble
    hook.answers = []
    send(after=MINUTE)
    assert outcomes() == [True] * 5


def test_a_server_that_is_not_there_is_away_and_everything_keeps_its_place(hook, settings):
    tell(2)
    set_up(settings, "webhook", url="http://127.0.0.1:1/")
    send()
    state = ChannelState.objects.get(name="webhook")
    assert ("refused" in state.trouble, {row.tries for row in Delivery.objects.all()}) == (True, {0, 1})
    assert Delivery.objects.due().count() == 2


def test_what_was_on_its_way_when_its_sender_was_killed_is_sent_again_under_its_name(hook):
    tell(1)
    sending.hand_on()
    Delivery.objects.get().claim("1p0")
    send()
    assert hook.posted == []
    send(after=sending.IN_DOUBT + MINUTE)
    assert outcomes() == [True]


def test_so_many_a_minute(hook, settings):
    set_up(settings, "webhook", a_minute=2)
    tell(3)
    assert (send(), len(hook.posted)) == (MINUTE, 2)


# --- several --------------------------------------------------------------------------------------------------


@pytest.fixture
def sms(hook, settings):
    """A second webhook, with a key of its own."""
    with WebHook() as server:
        set_up(settings, "sms", url=f"http://127.0.0.1:{server.port}/sms", secret=secret_of(KEY[::-1]), label="短信")
        yield server


def test_each_webhook_has_its_own_key_rate_state_and_failures(hook, sms, settings):
    set_up(settings, "sms", a_minute=1)
    hook.answers = [(503, {"Retry-After": "3600"}, b"")]
    sms.answers = [(400, {}, b"no such number")]
    tell(2)
    assert (send(), send(by="sms")) == (None, MINUTE)
    assert (len(hook.posted), len(sms.posted)) == (1, 1)
    [(path, headers, body)] = sms.posted
    signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    mark = base64.b64encode(hmac.new(KEY[::-1], signed, sha256).digest()).decode()
    assert (path, headers["webhook-signature"]) == ("/sms", f"v1,{mark}")
    away = ChannelState.objects.exclude(away_since=None)
    assert [each.name for each in away] == ["webhook"]
    failed = Delivery.objects.given_up().get()
    assert (failed.channel, str(failed)[:3], failed.trouble) == ("sms", "短信:", "HTTP 400 no such number")
    send(after=MINUTE, by="sms")
    assert [each.delivered_at is not None for each in Delivery.objects.filter(channel="sms")] == [False, True]


def test_a_webhook_for_one_office_hears_of_its_people_alone_and_one_for_reminders_of_these_alone(hook, sms, settings):
    cast = make_cast()
    set_up(settings, "webhook", offices=(cast.office.name,))
    set_up(settings, "sms", offices=(cast.district.name,), keys=("reminder",))
    theirs = person("of_the_district", (cast.district, Role.STAFF))
    for key in ("reminder-1", "assignment-1"):
        notify([cast.staff, cast.liaison, theirs], "Due", key=key, url="/")
    send()
    send(by="sms")
    reached = [
        [(json.loads(body)["to"]["account"], json.loads(body)["id"]) for _path, _headers, body in server.posted]
        for server in (hook, sms)
    ]
    assert [[who for who, _id in each] for each in reached] == [["staff", "liaison"] * 2, ["of_the_district"]]
    assert Delivery.objects.filter(channel="sms").get().notification.key == "reminder-1"


def test_a_webhook_that_was_taken_away_holds_nothing_up(hook, sms, settings):
    tell(1)
    sending.hand_on()
    settings.WEBHOOKS = {}
    send_by("sms")
    assert (sms.posted, Delivery.objects.open().count()) == ([], 2)


# --- inward ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::", "::127.0.0.1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)  # fmt: skip
def test_no_address_of_the_house_however_it_is_written(address):
    assert outward.is_inside(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "2606:4700::1111", "64:ff9b::101:101", "2002:101:101::", "::ffff:1.1.1.1"]
)
def test_an_address_outside_is_none(address):
    assert not outward.is_inside(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "inside.example"]
)
def test_nothing_is_sent_to_the_house_unless_the_operator_allowed_it(hook, settings, monkeypatch, host):
    """Also through a name that stands for it, and through numbers that libraries take for it."""
    resolve = outward.socket.getaddrinfo
    monkeypatch.setattr(
        outward.socket,
        "getaddrinfo",
        lambda name, *more, **others: resolve(name.replace("inside.example", "127.0.0.1"), *more, **others),
    )
    set_up(settings, "webhook", url=f"http://{host}:{hook.port}/")
    settings.WEBHOOK_ALLOWED_HOSTS = []
    tell(1)
    send()
    assert (hook.connections, Delivery.objects.due().count()) == (0, 1)
    assert "WEBHOOK_ALLOWED_HOSTS" in ChannelState.objects.get(name="webhook").trouble
    settings.WEBHOOK_ALLOWED_HOSTS = [host.strip("[]")]
    send(after=MINUTE)
    assert outcomes() == [True]


def test_the_address_that_was_judged_is_the_one_connected_to(hook, settings, monkeypatch):
    """A name that is outside when it is looked at and inside when it is used (DNS rebinding)."""
    answers = iter([[(2, 1, 6, "", ("192.0.2.1", hook.port))]])
    asked = []
    real = outward.socket.getaddrinfo

    def resolve(name, *more, **others):
        asked.append(name)
        return (
            next(answers)
            if name == "turns.example" and len(asked) == 1
            else real("127.0.0.1" if name == "turns.example" else name, *more, **others)
        )

    monkeypatch.setattr(outward.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(outward, "is_inside", lambda address: address != "192.0.2.1")
    monkeypatch.setattr(webhook, "TIMEOUT", 0.2)
    set_up(settings, "webhook", url=f"http://turns.example:{hook.port}/")
    settings.WEBHOOK_ALLOWED_HOSTS = []
    tell(1)
    send()
    assert (asked[:2], hook.connections) == (["turns.example", "192.0.2.1"], 0)


def test_a_proxy_of_the_environment_is_no_way_in(hook, settings, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{hook.port}")
    set_up(settings, "webhook", url="http://10.255.255.1/")
    settings.WEBHOOK_ALLOWED_HOSTS = []
    tell(1)
    send()
    assert hook.posted == []


def test_trying_it_out_sends_no_letter_and_says_what_is_wrong(hook, settings):
    hook.answers = [(405, {}, b""), (500, {}, b"")]
    sending.channels()["webhook"].try_out()
    with pytest.raises(Away, match="HTTP 500"):
        sending.channels()["webhook"].try_out()
    assert {body for _path, _headers, body in hook.posted} == {b""}
    settings.WEBHOOK_ALLOWED_HOSTS = []
    with pytest.raises(Away, match="WEBHOOK_ALLOWED_HOSTS"):
        sending.channels()["webhook"].try_out()
