"""Other systems are told of what happened: signed, once, never inside the house, and only of what they may know."""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from activities.states import Kind
from reports.api import hooks
from reports.models import ApiHook, HookDelivery
from tests.cast import Cast, filed_summary, issued, make_cast, sent_out, signed_in
from tests.pages import press
from tests.web_hook import WebHook

EVERYTHING = ["filed", "accepted", "returned", "issued"]


@pytest.fixture
def server(settings: Any) -> Iterator[WebHook]:
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    with WebHook() as found:
        yield found


def hook(cast: Cast, server: WebHook | None = None, **more: Any) -> ApiHook:
    about = {"unit": cast.water, "name": "OA", "made_by": cast.head, "events": EVERYTHING, "nonce": "n"}
    url = f"http://127.0.0.1:{server.port}/in" if server else "https://10.0.0.1/in"
    return ApiHook.objects.create(**about | {"url": url} | more)


def told(server: WebHook) -> list[dict[str, Any]]:
    return [json.loads(body) for _path, _headers, body in server.posted]


def turn() -> None:
    hooks.follow()
    hooks.send_waiting()


def test_a_unit_is_told_of_its_own_filings_and_an_office_of_all(db: None, server: WebHook) -> None:
    cast = make_cast()
    own = hook(cast, server)
    office = hook(cast, server, unit=cast.office, made_by=cast.admin, office=True, name="office")
    sent_out(cast)
    row = cast.owed(cast.water, Kind.SUMMARY)
    filed_summary(row, cast.liaison, overview="Secret overview")
    row.refresh_from_db()
    row.send_back(by=cast.staff, reason="Secret reason")
    filed_summary(cast.owed(cast.health, Kind.SUMMARY), cast.neighbour)
    turn()
    turn()
    by_hook = {each.pk: [] for each in (own, office)}
    for each in told(server):
        by_hook[int(each["id"].split(".")[1])].append((each["type"], each["data"].get("unit")))
    assert by_hook[own.pk] == [("issued", None), ("filed", cast.water.pk), ("returned", cast.water.pk)]
    assert by_hook[office.pk] == [*by_hook[own.pk], ("filed", cast.health.pk)]
    assert b"Secret" not in b"".join(body for _path, _headers, body in server.posted)


def test_it_is_signed_by_the_key_that_was_shown_and_is_kept_nowhere(db: None, server: WebHook) -> None:
    cast = issued()
    answer = press(
        signed_in(cast.head), "/interface/access/", "Tell this address",
        **{"hook-unit": cast.water.pk, "hook-name": "OA", "hook-url": f"http://127.0.0.1:{server.port}/in",
           "hook-events": ["filed"]},
    )  # fmt: skip
    secret = str(BeautifulSoup(answer.content, "html.parser").select_one("#secret")["value"])
    assert secret not in str(ApiHook.objects.values().get())
    cast.owed(cast.water, Kind.RECEIPT).submit(by=cast.liaison)
    turn()
    (_path, headers, body) = server.posted[0]
    signed = ".".join((headers["webhook-id"], headers["webhook-timestamp"], body.decode()))
    mark = hmac.new(b64decode(secret.removeprefix("whsec_")), signed.encode(), sha256).digest()
    assert headers["webhook-signature"] == f"v1,{b64encode(mark).decode()}"
    assert json.loads(body)["id"] == headers["webhook-id"] == headers["Idempotency-Key"]


def test_what_is_not_taken_comes_again_under_the_same_name_and_is_given_up_in_the_end(
    db: None, server: WebHook
) -> None:
    cast = issued()
    hook(cast, server, since=10**6, events=[])
    made = hook(cast, server, name="second")
    HookDelivery.objects.all().delete()
    ApiHook.objects.filter(pk=made.pk).update(since=hooks.Transition.objects.latest("pk").pk)
    cast.owed(cast.water, Kind.RECEIPT).submit(by=cast.liaison)
    server.answers = [(500, {}, b"")] * 2
    turn()
    row = HookDelivery.objects.get()
    assert (row.tries, row.done_at, row.said, row.next_at > timezone.now()) == (1, None, "HTTP 500", True)
    HookDelivery.objects.update(next_at=timezone.now())
    turn()
    HookDelivery.objects.update(next_at=timezone.now(), tries=hooks.TRIES - 1)
    server.answers = [(500, {}, b"")]
    turn()
    row.refresh_from_db()
    assert (row.given_up_at is not None, len({each["id"] for each in told(server)}), len(server.posted)) == (True, 1, 3)


def test_nothing_goes_inside_the_house_nor_after_revoking(db: None, server: WebHook, settings: Any) -> None:
    settings.WEBHOOK_ALLOWED_HOSTS = []
    cast = issued()
    inside = hook(cast, server)
    cast.owed(cast.water, Kind.RECEIPT).submit(by=cast.liaison)
    turn()
    assert (server.posted, HookDelivery.objects.filter(done_at=None).count() > 0) == ([], True)
    settings.WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    inside.revoke()
    HookDelivery.objects.update(next_at=timezone.now())
    turn()
    assert (server.posted, HookDelivery.objects.filter(given_up_at=None).count()) == ([], 0)


@pytest.mark.parametrize(
    "url", ["http://example.com/", "ftp://example.com/", "https://u@example.com/", "https://[", "x"]
)
def test_an_address_that_is_none_is_refused_beside_its_field(db: None, url: str) -> None:
    cast = issued()
    answer = press(
        signed_in(cast.head), "/interface/access/", "Tell this address",
        **{"hook-unit": cast.water.pk, "hook-name": "OA", "hook-url": url, "hook-events": ["filed"]},
    )  # fmt: skip
    assert (answer.status_code, ApiHook.objects.count()) == (422, 0)
