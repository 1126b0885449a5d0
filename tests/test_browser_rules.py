"""What browsers are told of every page: which scripts are ours, that nothing stands inline, that no device is used."""

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.cast import make_cast
from tests.doors import DOORS
from tests.pages import press
from tests.site import Site, whole_site

OPEN = ("/sign-in/", "/sign-in/forgot/", "/choose/", "/link/", "/nowhere/")


@pytest.fixture
def site(db: None, media: Path) -> Site:
    return whole_site()


@pytest.fixture
def cast(db: None) -> Any:
    return make_cast()


def pages(site: Site) -> list[tuple[str, Any]]:
    """Every page of the site by its address, seen by somebody who may; and those for everybody."""
    doors = [(site.address(name), site.clients[min(row[1])]) for name, row in DOORS.items() if row[1]]
    found = [(address, client.get(address)) for address, client in [*doors, *((each, Client()) for each in OPEN)]]
    return [(address, answer) for address, answer in found if answer["Content-Type"].startswith("text/html")]


def directives(answer: Any) -> dict[str, str]:
    """The policy of an answer, word by word."""
    parts = (each.strip().partition(" ") for each in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _blank, value in parts}


def inline(html: BeautifulSoup) -> list[str]:
    """What would run, or would dress the page, from within it."""
    scripts = [str(tag)[:80] for tag in html.select("script:not([src]), style, [style], a[href^='javascript:']")]
    handlers = [f"{tag.name} {name}" for tag in html.find_all(True) for name in tag.attrs if re.match("on|hx-on", name)]
    return scripts + handlers


def test_every_page_names_its_scripts_by_a_number_used_once_and_has_none_inline(site: Site) -> None:
    numbers, wrong = set(), {}
    for address, answer in pages(site):
        html, policy = BeautifulSoup(answer.content.decode(), "html.parser"), directives(answer)
        nonces = {str(tag.get("nonce")) for tag in html.select("script")}
        allowed = {f"'nonce-{each}'" for each in nonces}
        if (allowed and {policy["script-src"]} != allowed) or inline(html) or nonces & numbers:
            wrong[address] = (policy.get("script-src"), nonces, inline(html))
        numbers |= nonces
    assert wrong == {}
    assert len(numbers) > 60


def test_every_cookie_is_kept_from_scripts_and_from_other_sites(cast: Any) -> None:
    """Of the token, the session, a browser that is known, the language, what is said once."""
    cast.staff.set_password("a password of theirs")
    cast.staff.save()
    client = Client()
    press(client, "/sign-in/", username="staff", password="a password of theirs", form="main form")
    press(client, "/", form="/language/")
    names = {re.sub("-.*", "", name) for name in client.cookies}
    open_ = [name for name, each in client.cookies.items() if not each["httponly"] or each["samesite"] != "Lax"]
    assert (names >= {"csrftoken", "sessionid", "known", "django_language"}, open_) == (True, [])


def test_every_page_refuses_frames_foreign_bases_plugins_devices_and_guessing(site: Site) -> None:
    for address, answer in pages(site):
        policy = directives(answer)
        assert policy | {"script-src": ""} == {
            "default-src": "'self'", "script-src": "", "img-src": "'self' data:", "object-src": "'none'",
            "frame-ancestors": "'none'", "base-uri": "'none'", "form-action": "'self'",
        }, address  # fmt: skip
        told = (answer["X-Content-Type-Options"], answer["Referrer-Policy"], answer["Cross-Origin-Opener-Policy"])
        assert told in {("nosniff", each, "same-origin") for each in ("same-origin", "no-referrer")}, address
        assert "camera=()" in answer["Permissions-Policy"], address
