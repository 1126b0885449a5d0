"""Before a session ends a dialog says so; one signs in again in it, and what was typed on the page is pressed then."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import Session
from activities.models import Assignment
from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import PASSWORD, said
from tests.cast import log

pytestmark = pytest.mark.browser


def test_one_goes_on_or_signs_in_again_in_the_dialog_and_nothing_typed_is_lost(
    desks: Desks, plan: Assignment, settings: Any
) -> None:
    settings.SESSION_COOKIE_AGE = 301  # so that the dialog opens at once
    desk = desks("staff", narrow=True)
    desk.open(plan.get_absolute_url())
    reason = desk.page.locator(f'form[action="/assignments/{plan.pk}/return/"] [name=reason]')
    if not reason.is_visible():
        desk.page.locator("details:has([name=reason]) > summary").first.click()
    reason.fill(september.REASON)
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    desk.look()
    Session.objects.all().delete()
    dialog.get_by_role("button", name=said("Go on working")).click()
    expect(dialog).to_contain_text(said("You are not signed in any more"))
    settings.SESSION_COOKIE_AGE = 7200
    dialog.get_by_label(said("Password")).fill(PASSWORD)
    dialog.get_by_role("button", name=said("Sign in")).click()
    expect(dialog).to_have_count(0)
    reason.locator("xpath=ancestor::form").get_by_role("button").click()
    expect(desk.page.locator("main > .alert-success")).to_be_visible()
    assert [(to, note) for _from, to, _by, note in log(plan)][-1] == ("returned", september.REASON)
