"""A security key in the browser: added, shown at signing in, also at 390 px; and where it cannot be, that is said."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import PASSWORD, Desk, said

pytestmark = pytest.mark.browser


def plugged_in(desk: Desk) -> None:
    """Put a key in that is touched at once."""
    devices = desk.page.context.new_cdp_session(desk.page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def typed_in(desk: Desk) -> None:
    """The page with what a new key needs, filled in and sent."""
    desk.open("/two-factor/")
    form = desk.page.locator("main form:has([name=answer])")
    form.get_by_label(said("Name of the key")).fill("蓝色密钥")
    form.get_by_label(said("Your password")).fill(PASSWORD)
    form.get_by_role("button", name=said("Add the key")).click()


def test_a_key_is_added_and_shown_with_one_press(desks: Desks) -> None:
    september.issued()
    desk = desks("liaison-futian", narrow=True)
    plugged_in(desk)
    typed_in(desk)
    expect(desk.page.locator(".codes code")).to_have_count(10)
    desk.open("/two-factor/")
    desk.sees("蓝色密钥")
    desk.page.context.clear_cookies()
    desk.open("/sign-in/")
    desk.write(username="liaison-futian", password=PASSWORD)
    desk.press("Sign in")
    desk.press("Show my security key")
    expect(desk.page.locator(".menu summary")).to_have_count(1)


def test_where_no_key_answers_the_page_says_what_to_do_and_keeps_what_was_typed(desks: Desks) -> None:
    september.issued()
    desk = desks("liaison-futian")
    refused = "navigator.credentials.create = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    desk.page.add_init_script(refused)
    typed_in(desk)
    desk.sees(said("The key did not answer. Please press once more, and touch it when the browser asks."))
    expect(desk.page.get_by_label(said("Name of the key"))).to_have_value("蓝色密钥")
