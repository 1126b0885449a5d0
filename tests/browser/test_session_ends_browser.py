"""Before a session ends a dialog says so; one signs in again in it, and what was typed on the page is pressed then."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from subprocess import PIPE, Popen
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import LinkedAccount, Session
from activities.models import Assignment
from tests import september
from tests.browser.conftest import Desks
from tests.browser.desk import PASSWORD, said
from tests.cast import log
from tests.oidc_provider import CLIENT, SECRET, SOMEBODY

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


@pytest.fixture
def provider() -> Iterator[str]:
    """The address of an OpenID Connect provider that runs."""
    process = Popen([sys.executable, "-m", "tests.oidc_provider"], stdout=PIPE, text=True)
    assert process.stdout
    yield process.stdout.readline().strip()
    process.kill()
    process.wait()


def test_who_has_no_password_signs_in_again_in_another_tab_and_the_page_goes_on(
    desks: Desks, plan: Assignment, settings: Any, provider: str
) -> None:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = provider, CLIENT, SECRET
    LinkedAccount.objects.create(user=september.person("staff"), issuer=provider, subject=SOMEBODY)
    settings.SESSION_COOKIE_AGE = 301
    desk = desks("staff", narrow=True)
    desk.open(plan.get_absolute_url())
    reason = desk.page.locator(f'form[action="/assignments/{plan.pk}/return/"] [name=reason]')
    if not reason.is_visible():
        desk.page.locator("details:has([name=reason]) > summary").first.click()
    reason.fill(september.REASON)
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    Session.objects.all().delete()
    dialog.get_by_role("button", name=said("Go on working"), exact=True).click()
    expect(dialog).to_contain_text(said("You are not signed in any more"))
    desk.look()
    settings.SESSION_COOKIE_AGE = 7200
    back = dialog.get_by_role("button", name=said("I am back: go on working"))
    back.click()
    expect(dialog).to_contain_text(said("You are not signed in any more"))  # not yet
    with desk.page.expect_popup() as tab:
        dialog.get_by_role("link").click()
    expect(tab.value.locator(".menu summary")).to_be_visible()
    back.click()
    expect(dialog).to_have_count(0)
    reason.locator("xpath=ancestor::form").get_by_role("button").click()
    expect(desk.page.locator("main > .alert-success")).to_be_visible()
    assert [(to, note) for _from, to, _by, note in log(plan)][-1] == ("returned", september.REASON)
