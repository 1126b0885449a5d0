"""The unit's part on a telephone, and without JavaScript."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import expect

from activities.models import Assignment
from activities.states import AssignmentState
from tests import september
from tests.browser import unit
from tests.browser.conftest import Desks
from tests.browser.desk import Desk
from tests.browser.unit import Today
from tests.pages import press
from tests.september import person

pytestmark = pytest.mark.browser


def the_units_september(desk: Desk, today: Today) -> None:
    """All that a unit does, with the office's answer in between; then how it stands in the tables."""
    plan = september.owed("plan")[0]
    today(september.SIGNED)
    unit.signs_for_receipt(desk)
    unit.registers_officers(desk)
    unit.writes_a_plan(desk, plan.activity.title)
    today(september.RETURNED)
    the_office_returns(plan)
    today(september.CORRECTED)
    unit.corrects_the_plan(desk)
    today(september.LATE)
    unit.reports_late(desk)
    filed = Assignment.objects.filter(unit__name=september.UNIT, state=AssignmentState.SUBMITTED)
    assert sorted(filed.values_list("kind", flat=True)) == ["liaison", "plan", "receipt", "summary"]
    assert filed.get(kind="summary").photos.count() == 2


def the_office_returns(plan: Assignment) -> None:
    """What the office does meanwhile at its own desk."""
    office = Client()
    office.force_login(person("staff"))
    press(office, plan.get_absolute_url(), form=f"/assignments/{plan.pk}/return/", reason=september.REASON)
    plan.refresh_from_db()
    assert plan.return_reason == september.REASON


def test_the_unit_does_its_part_on_a_telephone(desks: Desks, today: Today) -> None:
    september.issued()
    the_units_september(desks("liaison-futian", narrow=True), today)


def test_the_unit_does_its_part_without_javascript(desks: Desks, today: Today) -> None:
    september.issued()
    desk = desks("liaison-futian", script=False)
    the_units_september(desk, today)
    desk.page.locator(".menu summary").click()
    desk.press("Sign out", "header")
    expect(desk.page.locator("[name=password]")).to_be_visible()
