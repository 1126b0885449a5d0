"""Every door of the site with every person: closed by default, a stranger's row 404, a missing right 403, never 500.

The table in doors.py says who passes.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Act, AuditEntry
from activities.behalf.visitor_doors import OPEN as VISITORS
from activities.models import Assignment
from campaigns.models import AssetVersion, Opening
from reports.models import BriefingOpening
from tests.cast import signed_in, text
from tests.doors import DOORS, EVERYBODY, NUMBER, OPEN, SEES_ROW, SENDERS, SHOWS_NUMBERS, UNIT, doors, met
from tests.pages import forge
from tests.site import Site, everything, whole_site
from workflow.models import Notification


@pytest.fixture
def site(db: None, media: Any) -> Site:
    return whole_site()


@dataclass(frozen=True)
class Seen:
    """What somebody gets at a door by looking."""

    meets: str
    secret: bool
    number: bool
    kept: bool
    """Whether the browser may keep it."""


LOOKED: dict[tuple[str, str], Seen] = {}
"""What everybody saw at every door when a test looked."""


def look(site: Site) -> dict[tuple[str, str], Seen]:
    """Everybody looks behind every door."""
    for name in DOORS:
        for who, client in site.clients.items():
            response = client.get(site.address(name))
            shown, orders = content(response), set(response["Cache-Control"].split(", "))
            LOOKED[name, who] = Seen(
                meets=met(response.status_code),
                secret="Secret" in shown,
                number=bool(NUMBER.search(shown)),
                kept=not {"no-store", "no-cache"} & orders,
            )
    return LOOKED


def content(response: Any) -> str:
    """What a page says; of a file that is handed out its bytes, one sign each."""
    if response.streaming:
        return b"".join(response).decode("latin-1")
    said = response.headers.get("Content-Type", "text/html").startswith(("text/", "application/json"))
    return text(response) if said else response.content.decode("latin-1")


def expected(deed: str) -> dict[tuple[str, str], str]:
    """What each person meets at each door: passes, forbidden, absent, or no such deed (405)."""
    found = {}
    for name, (_target, get, post, get_forbidden, post_forbidden) in DOORS.items():
        passes, forbidden = (get, get_forbidden) if deed == "get" else (post, post_forbidden)
        for who in EVERYBODY:
            kind = "passes" if who in (passes or ()) else "forbidden" if who in forbidden else "absent"
            found[name, who] = "no such deed" if passes is None else kind
    return found


def differences(found: dict[tuple[str, str], str], wanted: dict[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """Where the site is not as the table says."""
    return {key: f"{found.get(key)}, not {wanted[key]}" for key in wanted if found.get(key) != wanted[key]}


def test_every_door_is_in_the_table() -> None:
    assert set(doors()) == set(DOORS) | OPEN


def test_without_signing_in_every_door_leads_to_the_sign_in_page(site: Site) -> None:
    stranger, before = Client(), everything()
    for name in DOORS:
        address = site.address(name)
        for deed, response in {"get": stranger.get(address), "post": forge(stranger, address)}.items():
            found = (name, deed, response.status_code, response.headers.get("Location"))
            assert found == (name, deed, 302, f"/sign-in/?next={address}")
    assert everything() == before


def test_who_passes_by_reading_and_reading_changes_nothing(site: Site) -> None:
    """What the water bureau filed reaches its own people and the host's, over all doors, and nobody else.

    Its numbers stand whole where the second table says, and nowhere else.
    Opening a message marks it read, a notice and a briefing note who opened them first, a download counts, the audit
    trail holds who saw and saved what; and nothing else.
    """
    before, seen = everything(), look(site)
    callers = {name: {who for door, who in seen if door == name and seen[door, who].number} for name in DOORS}
    assert differences({key: each.meets for key, each in seen.items()}, expected("get")) == {}
    assert {who for (_name, who), each in seen.items() if each.secret} == SEES_ROW
    assert {name: who for name, who in callers.items() if who} == SHOWS_NUMBERS
    Notification.objects.update(read_at=None)
    assert {opening.by.username for opening in Opening.objects.select_related("by")} <= UNIT | SENDERS
    Opening.objects.all().delete()
    assert {opening.by.username for opening in BriefingOpening.objects.select_related("by")} <= UNIT | SENDERS
    BriefingOpening.objects.all().delete()
    AssetVersion.objects.update(downloads=0)
    AuditEntry.objects.filter(act__in=[Act.SAW, Act.SAVED])._raw_delete("default")
    assert everything() == before


def test_no_browser_keeps_what_somebody_saw(site: Site) -> None:
    """At a shared computer the next person finds nothing: neither a page nor a file nor a photo."""
    assert [key for key, each in (LOOKED or look(site)).items() if each.kept] == []


def test_a_form_in_an_old_charset_is_refused_with_a_page(site: Site) -> None:
    """A page of another system that posts GBK, with and without a session: refused, and no failure of ours."""
    for client in (Client(raise_request_exception=False), site.clients["staff"]):
        for name in DOORS:
            kind = "application/x-www-form-urlencoded; charset=gbk"
            response = forge(client, site.address(name), b"name=%B3%C2", content_type=kind)
            assert response.status_code < 500, name


def test_who_passes_by_writing(site: Site) -> None:
    """Those who may not, change nothing; those who may, never meet a 500, even with an empty form."""
    wanted, before = expected("post"), everything()
    outsiders = [key for key, meets in wanted.items() if meets != "passes"]
    found = {(name, who): site.send(name, who) for name, who in outsiders}
    assert everything() == before
    found |= {(name, who): site.send(name, who) for name, who in wanted if (name, who) not in found}
    assert differences(found, wanted) == {}


def behind(site: Site, secret: str) -> tuple[dict[tuple[str, str], tuple[int, str]], bool]:
    """What a visitor by a link meets at every door, and whether anything of the water bureau is read there."""
    found, leaked = {}, False
    visitor = Client(raise_request_exception=False)
    visitor.get(reverse("activities:link", args=[secret]))
    for name in DOORS:
        address = site.address(name)
        for deed, response in {"get": visitor.get(address), "post": forge(visitor, address)}.items():
            goes = response.headers.get("Location", "").partition("?")[0]
            found[name, deed] = (response.status_code, goes)
            leaked = leaked or "Secret" in content(response)
    return found, leaked


def test_a_link_of_one_unit_opens_nothing_of_another(site: Site) -> None:
    """The health bureau's link at the water bureau's doors: absent where visitors pass at all, else to sign in."""
    before = everything()
    found, leaked = behind(site, site.secret_of_another)
    shut, absent = (302, "/sign-in/"), (404, "")
    wanted = {(name, deed): absent if name in VISITORS else shut for name in DOORS for deed in ("get", "post")}
    # a page that takes no POST says so before it looks for the row
    odd = {key: met for key, met in found.items() if met != wanted[key] and met[0] != 405}
    assert (odd, leaked, everything() == before) == ({}, False, True)


def test_a_link_opens_what_it_names_and_nothing_else_of_its_own_unit(site: Site) -> None:
    found, leaked = behind(site, site.secret)
    passed = {name for (name, deed), (status, _goes) in found.items() if deed == "get" and status == 200}
    refused = {status for (name, _deed), (status, _goes) in found.items() if name in VISITORS - {"activities:plan"}}
    assert (passed, refused <= {404, 405}, leaked) == ({"activities:plan"}, True, True)


def test_a_row_that_is_not_there_is_404(site: Site) -> None:
    found = {}
    for name in (name for name, row in DOORS.items() if row[0]):
        client = site.clients["admin" if DOORS[name][0] in ("person", "deputy") else "staff"]
        for number in (0, 999_999_999, 10**30):
            address = reverse(name, args=[number])
            answer = forge(client, address) if DOORS[name][1] is None else client.get(address)
            found[name, number] = answer.status_code
    assert {key: status for key, status in found.items() if status != 404} == {}


def test_rows_of_one_kind_are_not_opened_by_the_page_of_another(site: Site) -> None:
    kinds = {"receipt", "liaison", "plan", "summary", "other"}
    client = signed_in(site.cast.liaison)
    for page in kinds:
        name = {"summary": "reports:summary", "other": "activities:material"}.get(page, f"activities:{page}")
        statuses = {kind: client.get(reverse(name, args=[site.targets[kind].pk])).status_code for kind in kinds}
        assert statuses == {kind: 200 if kind == page else 404 for kind in kinds}


def test_deeds_ask_for_the_token_of_the_page(site: Site) -> None:
    client = signed_in(site.cast.staff, enforce_csrf_checks=True)
    plan = site.targets["plan"]
    response = forge(client, reverse("activities:accept", args=[plan.pk]))
    assert (response.status_code, Assignment.objects.get(pk=plan.pk).state) == (403, "submitted")
    assert "The page was open too long" in text(response)


def test_error_pages_wear_the_same_face_and_show_the_way_on(site: Site) -> None:
    client = signed_in(site.cast.liaison)
    pages = {
        404: (client.get("/nowhere/"), "This page is not there"),
        403: (client.get("/people/"), "Your role does not allow this"),
    }
    for status, (response, words) in pages.items():
        assert (response.status_code, words in text(response), 'href="/"' in text(response)) == (status, True, True)


def test_a_failure_is_a_page_too(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("a secret of the machine room")

    monkeypatch.setattr("reports.views.home.unit_part", fail)
    response = signed_in(site.cast.liaison, raise_request_exception=False).get("/")
    assert (response.status_code, "Something went wrong on our side" in text(response)) == (500, True)
    assert "machine room" not in text(response)


def test_pages_may_not_be_framed_nor_run_foreign_scripts(site: Site) -> None:
    headers = signed_in(site.cast.staff).get("/").headers
    assert headers["X-Frame-Options"] == "DENY"
    policy = headers["Content-Security-Policy"]
    assert ("default-src 'self'" in policy, "unsafe" in policy, "frame-ancestors 'none'" in policy) == (
        True,
        False,
        True,
    )
