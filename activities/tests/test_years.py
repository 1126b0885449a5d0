"""Years nobody means (0001, 9999) are refused beside their field, wherever a day of a campaign is typed."""

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from accounts.models import Membership
from activities.filing import volunteer
from activities.models import Activity, Material
from activities.states import Kind
from campaigns.models import Campaign
from tests.cast import signed_in
from tests.pages import press
from workflow.form_fields import Day

WHY = ["Choose a day from 2000 to 2100."]
NONE_OF_A_CAMPAIGN = {"Reminder.day", "Chasing.looked_on", "Unit.merged_on", "RoleChange.until", "DayCount.day"}
"""Days the program writes, which no form takes."""


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2101-01-01", "9999-12-31"])
def test_the_day_of_a_plan_a_material_and_a_campaign_lies_in_a_year_somebody_may_mean(autumn, day):
    unit, office = signed_in(autumn.liaison), signed_in(autumn.staff)
    plan = autumn.owed(autumn.water, Kind.PLAN)
    material = volunteer.begin(autumn.campaign, autumn.water, Kind.OTHER, Activity.objects.first())
    campaign = reverse("campaigns:edit-campaign", args=[autumn.campaign.pk])
    answers = {
        "starts_on": press(unit, plan.get_absolute_url(), "action=save", starts_on=day),
        "on": press(unit, material.get_absolute_url(), "action=save", on=day),
        "summary_due_on": press(office, campaign, summary_due_on=day),
    }
    found = {name: (answer.status_code, answer.context["form"].errors.get(name)) for name, answer in answers.items()}
    assert found == dict.fromkeys(answers, (422, WHY))
    assert not Material.objects.exists()


def test_every_day_of_a_row_that_a_form_may_take_is_bounded():
    rooms = [apps.get_app_config(name) for name in ("campaigns", "activities", "reports", "accounts")]
    days = {
        f"{model.__name__}.{field.name}": field
        for room in rooms
        for model in room.get_models()
        for field in model._meta.fields
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    }
    unbounded = {name for name, field in days.items() if not isinstance(field.formfield(), Day)}
    assert {Campaign, Membership} <= {field.model for field in days.values()}
    assert unbounded == NONE_OF_A_CAMPAIGN
