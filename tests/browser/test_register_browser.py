"""The office's units and groups on a telephone and without JavaScript; two people at one campaign."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from accounts.models import UnitGroup
from reports.demonstration.load import load
from tests.browser.conftest import Desks
from tests.browser.desk import WAIT, said, said_of

pytestmark = pytest.mark.browser
PART = ("In the end %(n)s unit takes part.", "In the end %(n)s units take part.")


def names_in(name: str) -> list[str]:
    return [unit.name for unit in UnitGroup.objects.get(name=name).units.all()]


@pytest.mark.parametrize(("narrow", "script"), [(True, False), (True, True), (False, True)])
def test_a_group_is_made_from_a_list_mended_and_deleted(desks: Desks, narrow: bool, script: bool) -> None:
    load()
    desk = desks("staff", narrow=narrow, script=script)
    desk.follow(said("Units"), "nav")
    desk.open("/groups/new/")
    typed = "市水务局\n市交运委\n深圳报业集团"
    desk.write(name="新闻媒体", names=typed)
    desk.press("Make the group")
    desk.sees(said("No unit is called “%(name)s”. Is %(unit)s meant?", name="市交运委", unit="市交通运输委"))
    assert desk.value("names") == typed
    desk.write(names=typed.replace("市交运委", "市交通运输委"))
    desk.press("Make the group")
    assert names_in("新闻媒体") == ["市交通运输委", "市水务局", "深圳报业集团"]
    desk.page.get_by_label("深圳广电集团").check()
    desk.press("Put the ticked units in")
    desk.page.get_by_label("市水务局").check()
    desk.page.get_by_label("市交通运输委").check()
    desk.press("Take the ticked units out")
    assert names_in("新闻媒体") == ["深圳广电集团", "深圳报业集团"]
    desk.follow(said("Delete the group"))
    desk.press("Delete the group")
    desk.sees(said("The group “%(group)s” is deleted; its units stay.", group="新闻媒体"))


def test_a_name_that_is_taken_is_said_beside_the_field(desks: Desks) -> None:
    load()
    desk = desks("staff", narrow=True, script=False)
    desk.open("/units/new/")
    desk.write(name="市政府")
    desk.press("Save")
    desk.sees(said("“%(name)s” is another name of %(unit)s.", name="市政府", unit="深圳市"))
    assert desk.value("name") == "市政府"


def test_who_takes_part_is_counted_while_it_is_typed(desks: Desks) -> None:
    campaign = load().campaign
    desk = desks("staff")
    desk.open(f"/campaigns/{campaign.pk}/edit/")
    desk.sees(said_of(26, *PART))
    desk.write(units="深圳报业集团\n市水务局")
    desk.page.locator("[name='units']").blur()
    expect(desk.page.locator("#taking-part")).to_contain_text(said_of(27, *PART), timeout=WAIT)
    campaign.refresh_from_db()
    assert campaign.taking_part().count() == 26


@pytest.mark.parametrize(("narrow", "script"), [(True, False), (False, True)])
def test_two_people_at_one_campaign_and_the_second_chooses(desks: Desks, narrow: bool, script: bool) -> None:
    campaign = load().campaign
    first, second = desks("signer"), desks("staff", narrow=narrow, script=script)
    for desk in (first, second):
        desk.open(f"/campaigns/{campaign.pk}/edit/")
    first.write(theme="质量第一", logo_note="标识为红色")
    first.press("Save", "main .submit-row")
    second.write(theme="质量强市", slogans=second.value("slogans") + "\n质量提升 人人有责")
    second.press("Save", "main .submit-row")
    second.sees(said("You both changed this"), "质量第一", "质量强市", "标识为红色")
    second.page.locator("[name='take-theme'][value='mine']").check()
    second.press("Save it so")
    campaign.refresh_from_db()
    assert (campaign.theme, campaign.logo_note) == ("质量强市", "标识为红色")
    assert campaign.slogans.last().text == "质量提升 人人有责"
