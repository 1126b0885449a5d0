"""Requests that no page sends, to every address, as every role: no failure of ours, and nothing is written.

A run of CI sends some of them; ``MALFORMED=10000 python -m pytest tests/test_malformed.py`` sends as many of other
seeds (``MALFORMED_SEED=2`` begins another row).
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, WrongTry
from campaigns.models import AssetVersion, Opening
from reports.models import BriefingOpening
from tests.doors import DOORS
from tests.forms_of_site import forms_of_the_site
from tests.malformed import Shot, shots, typed
from tests.pages import forge
from tests.site import Site, rows, whole_site
from tests.test_side_views import asked_for
from workflow.models import Notification

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
NUMBER, SEED = int(os.environ.get("MALFORMED", "4000")), int(os.environ.get("MALFORMED_SEED", "1"))
FORMS = NUMBER // 5
"""How many of them go into the fields of forms."""
LOGS = {model._meta.db_table for model in (AuditEntry, WrongTry, AssetVersion, Opening, BriefingOpening, Notification)}
PUBLIC = [
    "/sign-in/",
    "/sign-in/code/",
    "/sign-in/forgot/",
    "/choose/",
    "/link/",
    "/session/",
    "/livez",
    "/language/",
]


@pytest.fixture
def site(db: None, media: Any) -> Site:
    return whole_site()


def send(client: Client, shot: Shot) -> int:
    """The status of the answer."""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in shot.headers.items()}
    if "Content-Length" in shot.headers:
        headers["CONTENT_LENGTH"] = headers.pop("HTTP_CONTENT_LENGTH")
    response = client.generic(shot.method, shot.address, shot.body, shot.content_type, **headers)
    if response.streaming:
        list(response.streaming_content)
    return int(response.status_code)


def test_what_is_no_request_of_a_page_meets_no_failure_and_writes_nothing(site: Site) -> None:
    """What is broken as a whole is sent as it is. A body that only says nothing presses a button all the same, where
    the person may: that is undone, and has to be no failure."""
    addresses = [site.address(name) for name in DOORS] + PUBLIC
    people = site.clients | {who: Client(raise_request_exception=False) for who in ("nobody", "guest")}
    people["guest"].get(reverse("activities:link", args=[site.secret]))
    who, failed = Random(SEED), []
    before = unlogged()
    for shot in shots(SEED, NUMBER - FORMS, addresses, tuple(sorted(asked_for()))):
        name = who.choice(sorted(people))
        people[name].handler.enforce_csrf_checks = shot.kind == "unsigned"
        mark = transaction.savepoint()
        if (status := send(people[name], shot)) >= 500:
            failed.append((status, name, shot))
        (transaction.savepoint_commit if shot.is_whole else transaction.savepoint_rollback)(mark)
    assert failed == []
    assert changed(before, unlogged()) == {}


def test_nonsense_in_the_fields_of_forms_meets_no_failure(site: Site) -> None:
    at, failed, forms = Random(SEED), [], list(forms_of_the_site(site))
    assert len(forms) > 100
    for _ in range(FORMS):
        found = at.choice(forms)
        mark, data = transaction.savepoint(), typed(at, found.sent)
        if (status := forge(site.clients[found.who], found.target, data).status_code) >= 500:
            wrong = {name: value for name, value in data.items() if value != found.sent.get(name)}
            failed.append((status, found.who, found.door, found.target, wrong))
        transaction.savepoint_rollback(mark)
    assert failed == []


def unlogged() -> dict[str, list[Any]]:
    """Every row but those that note who looked, read, saved, tried."""
    return {table: found for table, found in rows().items() if table not in LOGS}


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """What stands now that did not, by table."""
    return {table: found for table, found in after.items() if found != before[table]}
