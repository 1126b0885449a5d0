"""A session that ended, then a press: in a real browser the words stand in their field again, also without script."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import expect

from activities.models import Assignment
from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import PASSWORD, Desk, said

pytestmark = pytest.mark.browser

NOTHING = "Nothing was done yet: you were not signed in any more when you pressed the button."


def ends(desk: Desk) -> None:
    """The session is over: its cookie is gone."""
    desk.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def signs_in_again(desk: Desk, username: str) -> None:
    """On the page that asks for it."""
    desk.sees(said("Sign in"))
    desk.write(username=username, password=PASSWORD)
    desk.press("Sign in", "main")


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("script", [True, False])
def test_the_reason_of_a_return_is_there_after_signing_in(
    desks: Desks, plan: Assignment, narrow: bool, script: bool
) -> None:
    desk = desks("staff", narrow=narrow, script=script)
    desk.open(plan.get_absolute_url())
    reason = desk.page.locator(f'form[action="/assignments/{plan.pk}/return/"] [name=reason]')
    if not reason.is_visible():
        desk.page.locator("details:has([name=reason]) > summary").first.click()
    reason.fill(september.REASON)
    ends(desk)
    reason.locator("xpath=ancestor::form").get_by_role("button").click()
    signs_in_again(desk, "staff")
    assert urlsplit(desk.page.url).path == plan.get_absolute_url()
    desk.sees(said(NOTHING))
    expect(reason).to_have_value(september.REASON)
    plan.refresh_from_db()
    assert plan.state == "submitted"
