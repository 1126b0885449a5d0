"""Beside the pages of the table: owners whose time is over, levels above and below, parts, filters, links that ended.

Each time there is something behind the door that could leak: all that was filed says "Secret".
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from accounts.models import User
from activities.models import PersonalLink
from campaigns.models import Notice
from qualitymonth import urls
from tests.cast import signed_in
from tests.doors import DOORS, EVERYBODY, OPEN, SEES_ROW, doors, met
from tests.owners import FROM_ABOVE, LIKE, meets, merged, outsiders, seen_from_above
from tests.pages import forge
from tests.site import Site, everything, whole_site
from workflow import clock

QUOTED = "“Secret”".encode().decode("latin-1")
"""What somebody typed, as a list says it again."""
PARTS = {"HX-Request": "true"}
"""A part of a page, as a script asks for it."""


@pytest.fixture
def site(db: None, media: Any) -> Site:
    return whole_site()


def content(response: Any) -> str:
    return (b"".join(response) if response.streaming else response.content).decode("latin-1")


def walked(site: Site, clients: dict[str, Client], names: Iterable[str]) -> tuple[dict[Any, str], set[str]]:
    """What each meets at each door by looking and by pressing, and who reads a secret anywhere."""
    found, readers = {}, set()
    for name in names:
        for who, client in clients.items():
            for deed, response in (
                ("get", client.get(site.address(name))),
                ("post", forge(client, site.address(name), {"nothing": "here"})),
            ):
                found[name, who, deed] = met(response.status_code)
                if "Secret" in content(response):
                    readers.add(who)
    return found, readers


def odd(found: dict[Any, str], like: dict[str, str]) -> dict[Any, str]:
    """Where somebody meets something else than the table says of the one alike."""
    return {
        (name, who, deed): f"{what}, not {wanted}"
        for (name, who, deed), what in found.items()
        if what != (wanted := meets(name, like[who], deed))
    }


def browsers(people: dict[str, User]) -> dict[str, Client]:
    return {who: signed_in(user, raise_request_exception=False) for who, user in people.items()}


# --- owners ----------------------------------------------------------------------------------------------------------


def test_whose_time_is_over_who_is_of_elsewhere_above_or_below_meets_what_strangers_meet(site: Site) -> None:
    found, readers = walked(site, browsers(outsiders(site.cast)), DOORS)
    assert (odd(found, LIKE), readers) == ({}, set())


def test_the_city_finds_nothing_of_what_is_filed_with_the_district(site: Site) -> None:
    """Who looks after a unit, or stands above it, sees nothing of the campaign it runs itself."""
    below = Site(seen_from_above(site.cast))
    theirs = {who: site.clients[who] for who in FROM_ABOVE}
    before = everything()
    found, readers = walked(below, theirs, [name for name, row in DOORS.items() if row[0]])
    assert (odd(found, FROM_ABOVE), readers, everything() == before) == ({}, set(), True)
    assert "Secret" in content(below.clients["liaison"].get(below.address("activities:plan")))


def test_what_a_merged_unit_filed_stays_with_its_own_people(site: Site) -> None:
    officer, owed = merged(site.cast)
    address = reverse("activities:plan", args=[owed.pk])
    readers = {
        who
        for who, client in (site.clients | browsers({"merged": officer})).items()
        if "Secret fire" in content(client.get(address))
    }
    assert readers == {"merged", "staff", "signer", "leader"}


def test_a_session_whose_account_was_shut_opens_nothing(site: Site) -> None:
    """Whoever is signed in when the account is shut is led to sign in at every door, and nothing is done."""
    before = everything()
    for who in ("admin", "signer", "head"):
        User.objects.filter(username=who).update(is_active=False)
        for name in DOORS:
            address, client = site.address(name), site.clients[who]
            for response in (client.get(address), forge(client, address)):
                assert (name, response.status_code, response.headers.get("Location")) == (
                    name, 302, f"/sign-in/?next={address}",
                )  # fmt: skip
        User.objects.filter(username=who).update(is_active=True)
    assert everything() == before


@pytest.mark.parametrize("end", ["expires_at", "revoked_at", "used"])
def test_a_link_that_ended_opens_nothing_any_more(site: Site, end: str) -> None:
    """Bound to a session while it was good: not even what it named is read or sent."""
    visitor = Client(raise_request_exception=False)
    visitor.get(reverse("activities:link", args=[site.secret]))
    value = 99 if end == "used" else clock.now() - timedelta(days=1)
    PersonalLink.objects.update(**{end: value})
    before, wrong = everything(), []
    for name in DOORS:
        for response in (visitor.get(site.address(name)), forge(visitor, site.address(name))):
            goes = response.headers.get("Location", "").partition("?")[0]
            if response.status_code != 302 or goes not in ("/sign-in/", reverse("activities:link-page")):
                wrong.append((name, response.status_code, goes))
    assert (wrong, everything() == before) == ([], True)


# --- parts of pages, filters, exports --------------------------------------------------------------------------------


def asked_for() -> set[str]:
    """Every name that a view of the site reads out of an address."""
    code = "".join(
        file.read_text()
        for room in ("accounts", "activities", "campaigns", "reports", "workflow")
        for file in Path(settings.BASE_DIR, room).rglob("*.py")
        if "tests" not in file.parts
    )
    named = re.findall(r'request\.GET(?:\.get|\.getlist)?[,(\[]\s*"(\w+)"', code)
    return {*named, "kind", "unit", "group", "standing", "asked", "waiting", "download", "format", "all"}


def test_no_filter_shows_what_the_page_without_it_does_not(site: Site) -> None:
    """All names that views read, with the water bureau's number, with words of its filing, as a part and as a page."""
    names, leaks = asked_for(), []
    assert {"q", "take", "unit", "kind"} <= names
    plain = dict.fromkeys(names, str(site.cast.water.pk)) | {"q": "Secret", "kind": "plan", "page": "1"}
    tries = [(plain, {}), (dict.fromkeys(names, "1") | {"q": ""}, {}), (dict.fromkeys(names, "Secret"), PARTS)]
    for name, row in DOORS.items():
        for who in (EVERYBODY - SEES_ROW) & (row[1] or set()):
            for query, headers in tries:
                found = content(site.clients[who].get(site.address(name), query, headers=headers))
                if "Secret" in re.sub(f"=Secret|value=.Secret.|<title>Secret |{QUOTED}", "", found):
                    leaks.append((name, who, query["q"]))
    assert leaks == []


def test_as_a_part_of_a_page_each_door_says_the_same(site: Site) -> None:
    """What a script asks for passes the same check."""
    different = {}
    for name, row in DOORS.items():
        for who in EVERYBODY - (row[1] or set()):
            response = site.clients[who].get(site.address(name), headers=PARTS)
            plain = "absent" if row[1] is not None and who not in row[3] else "forbidden" if row[1] else "no such deed"
            if row[1] is not None and met(response.status_code) != plain:
                different[name, who] = response.status_code
            assert "Secret" not in content(response), (name, who)
    assert different == {}


def test_a_page_of_a_preview_is_shown_to_those_of_the_notice_only(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("activities.printing.views.page_picture", lambda notice, of, number: b"Secret page")
    address = reverse("activities:preview-page", args=[site.cast.notice.pk]) + "?of=abc&page=1"
    readers = {who for who, client in site.clients.items() if "Secret" in content(client.get(address))}
    assert readers == DOORS["campaigns:notice"][1]


# --- the table -------------------------------------------------------------------------------------------------------


def test_behind_every_door_is_something_that_could_leak(site: Site) -> None:
    """A door that opens nothing proves nothing: whoever passes gets a page or a file that says something of the row."""
    empty = []
    for name, (target, get, _post, *_forbidden) in DOORS.items():
        if not target or not get:
            continue
        response = site.clients[min(get)].get(site.address(name))
        if response.status_code == 200 and not content(response):
            empty.append(name)
    assert empty == []
    assert Notice.objects.filter(pk=site.cast.notice.pk).exists()


def test_a_view_without_a_rule_is_caught(settings: Any) -> None:
    class More:
        urlpatterns = [*urls.urlpatterns, path("more/", lambda request: HttpResponse("Secret"), name="more")]

    settings.ROOT_URLCONF = More
    assert set(doors()) - set(DOORS) - OPEN == {"more"}
