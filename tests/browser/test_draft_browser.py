"""What somebody typed is there again: after a closed window, without the server, without a session."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from accounts.models import Membership, Role, User
from activities.models import Assignment, LiaisonOfficer, Plan
from activities.states import Kind
from tests import september
from tests.browser.conftest import Desks, session_of
from tests.browser.desk import PASSWORD, WAIT, Desk, said
from tests.browser.unit import Today

pytestmark = pytest.mark.browser

WHO = "liaison-futian"
GOAL = "让每一个街道都会看标签"
SAVED, SAVED_BEFORE, OFFLINE = "已保存", "上次保存", said("Not saved yet: no connection.")
KEPT = said("It is kept on this device.")


@pytest.fixture
def plan(today: Today) -> Assignment:
    """A plan the unit owes."""
    september.issued()
    today(september.SIGNED)
    return september.owed("plan")[0]


@pytest.fixture
def colleague(plan: Assignment) -> User:
    """Somebody else who files for the same unit."""
    user = User.objects.create_user("colleague-futian", password=PASSWORD, name="同事")
    Membership.objects.create(user=user, unit=plan.unit, role=Role.HEAD)
    return user


def state(page: Page) -> Locator:
    """The line that says whether what is typed is saved."""
    return page.locator("[data-draft-state]")


def bar(page: Page) -> Locator:
    """What is said of text an earlier visit left."""
    return page.locator("[data-draft-offer]")


def types(desk: Desk, name: str, text: str) -> None:
    """Key by key, as a person does."""
    field = desk.page.locator(f"main [name='{name}']")
    field.fill("")
    field.press_sequentially(text)


def kept(page: Page) -> list[str]:
    """What this browser keeps of drafts."""
    found: list[str] = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))")
    return found


def without_server(desk: Desk, gone: bool) -> None:
    """The server stops, or is there again; what the browser says of it is no trouble."""
    desk.page.context.set_offline(gone)
    desk.trouble[:] = [line for line in desk.trouble if "ERR_INTERNET_DISCONNECTED" not in line]


def opens_anew(desk: Desk, path: str) -> None:
    """Close the window and open another one in the same browser; if the server was gone, it is back by then."""
    context = desk.page.context
    desk.page.close()
    without_server(desk, False)
    desk.page = context.new_page()
    desk.page.goto(path)


def test_a_draft_saves_itself_and_is_there_after_the_window_was_closed(desks: Desks, plan: Assignment) -> None:
    desk = desks(WHO)
    desk.open(plan.get_absolute_url())
    types(desk, "goal", GOAL)
    expect(state(desk.page)).to_contain_text(SAVED)
    assert (Plan.objects.get().goal, kept(desk.page)) == (GOAL, [])
    opens_anew(desk, plan.get_absolute_url())
    assert desk.value("goal") == GOAL
    expect(bar(desk.page)).to_be_hidden()


def test_the_last_seconds_are_there_although_the_window_was_closed_at_once(desks: Desks, plan: Assignment) -> None:
    desk = desks(WHO)
    desk.open(plan.get_absolute_url())
    types(desk, "goal", GOAL)
    opens_anew(desk, plan.get_absolute_url())
    expect(desk.page.locator("[name=goal]")).to_have_value(GOAL)
    expect(state(desk.page)).to_have_text(re.compile(rf"^\s*({SAVED}|{SAVED_BEFORE})"))
    desk.press("Save the draft")
    desk.sees(said("The draft is saved. It is not submitted yet."))
    assert (Plan.objects.get().goal, kept(desk.page)) == (GOAL, [])


def test_what_was_typed_without_the_server_is_there_when_it_is_back(desks: Desks, plan: Assignment) -> None:
    desk = desks(WHO, narrow=True)
    desk.open(plan.get_absolute_url())
    without_server(desk, True)
    types(desk, "goal", GOAL)
    expect(state(desk.page)).to_have_text(f"{OFFLINE} {KEPT}")
    opens_anew(desk, plan.get_absolute_url())
    expect(bar(desk.page)).to_contain_text("已恢复到表单中")
    assert desk.value("goal") == GOAL
    desk.look()
    expect(state(desk.page)).to_contain_text(SAVED)
    assert (Plan.objects.get().goal, kept(desk.page)) == (GOAL, [])


def test_the_page_saves_by_itself_once_the_server_is_back(desks: Desks, plan: Assignment) -> None:
    desk = desks(WHO)
    desk.open(plan.get_absolute_url())
    without_server(desk, True)
    types(desk, "goal", GOAL)
    expect(state(desk.page)).to_contain_text(OFFLINE)
    without_server(desk, False)
    expect(state(desk.page)).to_contain_text(SAVED)
    assert Plan.objects.get().goal == GOAL


def test_what_a_colleague_saved_meanwhile_stands_and_the_own_text_is_offered(
    desks: Desks, plan: Assignment, colleague: User
) -> None:
    desk = desks(WHO)
    desk.open(plan.get_absolute_url())
    without_server(desk, True)
    types(desk, "goal", GOAL)
    expect(state(desk.page)).to_contain_text(OFFLINE)
    draft = Plan.draft(plan)
    draft.goal = "同事写的目标"
    draft.save_draft(by=colleague, seen=0)
    opens_anew(desk, plan.get_absolute_url())
    expect(bar(desk.page)).to_contain_text("尚未保存的内容")
    assert desk.value("goal") == "同事写的目标"
    desk.look()
    bar(desk.page).get_by_role("button", name=said("Take it")).click()
    assert desk.value("goal") == GOAL
    bar(desk.page).get_by_role("button", name=said("Discard it")).click()
    assert desk.value("goal") == "同事写的目标"
    expect(bar(desk.page)).to_be_hidden()
    opens_anew(desk, plan.get_absolute_url())
    expect(bar(desk.page)).to_be_hidden()


def test_an_offer_waits_while_something_else_is_typed(desks: Desks, plan: Assignment, colleague: User) -> None:
    desk = desks(WHO)
    desk.open(plan.get_absolute_url())
    without_server(desk, True)
    types(desk, "goal", GOAL)
    expect(state(desk.page)).to_contain_text(OFFLINE)
    draft = Plan.draft(plan)
    draft.save_draft(by=colleague, seen=0)
    opens_anew(desk, plan.get_absolute_url())
    types(desk, "place", "市民中心")
    expect(state(desk.page)).to_contain_text(SAVED)
    opens_anew(desk, plan.get_absolute_url())
    bar(desk.page).get_by_role("button", name=said("Take it")).click()
    assert desk.value("goal") == GOAL


def test_a_lost_session_loses_nothing(desks: Desks, plan: Assignment) -> None:
    desk = desks(WHO)
    desk.open(plan.get_absolute_url())
    desk.page.context.clear_cookies()
    types(desk, "goal", GOAL)
    expect(state(desk.page)).to_contain_text(said("Not saved yet: you are signed out. Please sign in again."))
    desk.page.goto(plan.get_absolute_url())  # leads to the sign-in page and from there back here
    desk.write(username=WHO, password=PASSWORD)
    desk.button("Sign in").click()
    expect(bar(desk.page)).to_contain_text("已恢复到表单中")
    assert desk.value("goal") == GOAL
    expect(state(desk.page)).to_contain_text(SAVED)
    assert Plan.objects.get().goal == GOAL


def test_nobody_sees_what_somebody_else_typed_in_the_same_browser(
    desks: Desks, plan: Assignment, colleague: User, live_server: Any
) -> None:
    desk = desks(WHO)
    desk.open(plan.get_absolute_url())
    desk.page.context.clear_cookies()
    types(desk, "goal", GOAL)
    expect(state(desk.page)).to_contain_text(KEPT)
    desk.page.context.add_cookies([session_of(colleague.username, live_server.url)])
    opens_anew(desk, plan.get_absolute_url())
    assert desk.value("goal") == ""
    expect(bar(desk.page)).to_be_hidden()
    desk.misses(GOAL)
    desk.page.context.add_cookies([session_of(WHO, live_server.url)])
    opens_anew(desk, plan.get_absolute_url())
    assert desk.value("goal") == GOAL


def test_people_of_a_liaison_list_survive_with_their_rows(desks: Desks, plan: Assignment) -> None:
    row = Assignment.objects.get(unit=plan.unit, kind=Kind.LIAISON)
    desk = desks(WHO)
    desk.open(row.get_absolute_url())
    without_server(desk, True)
    for _each in range(2):
        desk.button("Add another person").click()
    for number, name in enumerate(("张一", "李二", "王三", "赵四")):
        types(desk, f"form-{number}-name", name)
    expect(state(desk.page)).to_contain_text(OFFLINE)
    opens_anew(desk, row.get_absolute_url())
    assert [desk.value(f"form-{number}-name") for number in range(4)] == ["张一", "李二", "王三", "赵四"]
    expect(state(desk.page)).to_contain_text(SAVED)
    assert [each.name for each in LiaisonOfficer.objects.all()] == ["张一", "李二", "王三", "赵四"]
    desk.look()


def test_pressing_save_while_the_page_is_saving_is_no_clash(desks: Desks, plan: Assignment) -> None:
    desk = desks(WHO)
    desk.open(plan.get_absolute_url())

    on_its_way: list[Route] = []
    desk.page.route(f"**{plan.get_absolute_url()}", lambda route: on_its_way.append(route), times=1)
    with desk.page.expect_request(lambda asked: "autosave" in (asked.post_data or "")):
        types(desk, "goal", GOAL)
    desk.button("Save the draft").click(no_wait_after=True)
    on_its_way[0].continue_()
    desk.sees(said("The draft is saved. It is not submitted yet."))
    assert (Plan.objects.get().revision, Plan.objects.get().goal) == (2, GOAL)


def test_a_saving_whose_answer_was_lost_is_known_again(desks: Desks, plan: Assignment) -> None:
    desk = desks(WHO)
    desk.open(plan.get_absolute_url())

    def swallow(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    desk.page.route(f"**{plan.get_absolute_url()}", swallow, times=1)
    types(desk, "goal", GOAL)
    expect(state(desk.page)).to_contain_text(OFFLINE)
    types(desk, "goal", GOAL + "和说明书")
    expect(state(desk.page)).to_contain_text(SAVED)
    assert Plan.objects.get().goal == GOAL + "和说明书"
    desk.trouble[:] = [line for line in desk.trouble if "ERR_CONNECTION_RESET" not in line]


def test_of_two_windows_the_second_is_told_and_stops_saving(desks: Desks, plan: Assignment, colleague: User) -> None:
    first, second = desks(WHO), desks(colleague.username)
    for desk in (first, second):
        desk.open(plan.get_absolute_url())
    types(first, "goal", GOAL)
    expect(state(first.page)).to_contain_text(SAVED)
    types(second, "goal", "同事写的目标")
    expect(state(second.page)).to_contain_text(said("It is not saved by itself any more."))
    assert Plan.objects.get().goal == GOAL
    second.press("Save the draft")
    assert second.value("goal") == "同事写的目标"
    second.press("Save the draft")
    second.sees(said("The draft is saved. It is not submitted yet."))
    assert (Plan.objects.get().goal, kept(second.page)) == ("同事写的目标", [])


def test_who_signs_out_leaves_nothing_behind_and_is_asked_first(desks: Desks, plan: Assignment) -> None:
    desk = desks(WHO)
    desk.open(plan.get_absolute_url())
    types(desk, "goal", GOAL)
    desk.page.locator(".menu summary").click()
    desk.button("Sign out", "header").click()  # what was typed a moment ago is saved first, so nothing is asked
    expect(desk.page.locator("[name=password]")).to_be_visible(timeout=WAIT)
    assert (Plan.objects.get().goal, kept(desk.page)) == (GOAL, [])

    desk.sign_in(WHO)
    desk.open(plan.get_absolute_url())
    desk.page.route(f"**{plan.get_absolute_url()}", lambda route: route.abort("connectionrefused"))
    types(desk, "place", "市民中心")
    asked: list[str] = []
    desk.page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    desk.page.locator(".menu summary").click()
    desk.button("Sign out", "header").click()
    expect(state(desk.page)).to_contain_text(OFFLINE)
    assert (len(asked), len(kept(desk.page))) == (1, 1)
    desk.page.once("dialog", lambda dialog: dialog.accept())
    desk.button("Sign out", "header").click()
    expect(desk.page.locator("[name=password]")).to_be_visible(timeout=WAIT)
    assert kept(desk.page) == []
    desk.trouble[:] = [line for line in desk.trouble if "ERR_CONNECTION_REFUSED" not in line]


def test_a_closed_browser_keeps_what_the_server_never_got(
    plan: Assignment, browser_type: Any, browser_type_launch_args: dict[str, Any], tmp_path: Path, live_server: Any
) -> None:
    """The whole browser is closed without a connection and started again."""

    def started() -> BrowserContext:
        context: BrowserContext = browser_type.launch_persistent_context(str(tmp_path), **browser_type_launch_args)
        context.set_default_timeout(WAIT)
        context.add_cookies([session_of(WHO, live_server.url)])
        return context

    context, address = started(), live_server.url + plan.get_absolute_url()
    page = context.new_page()
    page.goto(address)
    context.set_offline(True)
    page.locator("[name=goal]").press_sequentially(GOAL)
    expect(state(page)).to_contain_text(OFFLINE)
    context.clear_cookies()  # a page sends its last words while it goes, even where the browser is called offline
    context.close()
    assert not Plan.objects.exists()
    context = started()
    page = context.new_page()
    page.goto(address)
    expect(page.locator("[name=goal]")).to_have_value(GOAL)
    expect(state(page)).to_contain_text(SAVED)
    context.close()
    assert Plan.objects.get().goal == GOAL
