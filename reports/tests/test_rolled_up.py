"""The demonstration over four levels, with one city: what a town wrote is found from the province's briefing."""

import re

import pytest
from django.test import Client

from accounts.models import User
from activities.models import Adoption, CarriedOut, HandedDown
from campaigns.models import Campaign
from reports.demonstration import levels
from reports.demonstration.load import load
from reports.models import LevelRelease, RolledPiece
from reports.rolled import Loss, parts, totals
from tests.cast import signed_in, text
from workflow import clock

LINK = re.compile(r'href="([^"#]+)')


@pytest.mark.django_db
def test_hubei_over_four_levels() -> None:
    demonstration = load("hubei-2020")
    day = levels.build(demonstration, cities=1)
    province = Campaign.objects.get(pk=demonstration.campaign.pk)
    with clock.as_of(day):
        found = parts(province)
        assert [(row.name, total.shown) for row, total in totals(province, found)][:2] == [
            ("开展活动场次", "27"),
            ("参加活动人次", "4,100余"),
        ]
        assert {each.why for each in found.lost} == {Loss.WITHDRAWN}
        assert (Adoption.objects.count(), LevelRelease.objects.count(), HandedDown.objects.count()) == (4, 5, 1)
        assert CarriedOut.objects.filter(adoption__notice=demonstration.notice).exists()
        traced(signed_in(User.objects.get(username="staff")), province)


def traced(browser: Client, province: Campaign) -> None:
    """From the page on which the briefing is composed to the words of the town in three clicks."""
    piece = RolledPiece.objects.filter(rolled__assignment__campaign=province).exclude(origin=None)[0]
    summary = piece.rolled.assignment.get_absolute_url()
    assert summary in links(browser, f"/campaigns/{province.pk}/briefings/consolidated/")
    way = f"/assignments/{piece.rolled.assignment_id}/where-from/"
    assert way in links(browser, summary)
    town = next(each for each in links(browser, way) if each.endswith(f"/rolled-pieces/{piece.pk}/source/?step=2"))
    assert piece.origin is not None
    assert piece.origin.source.unit.name in text(browser.get(town))
    assert piece.origin.source.unit.level == "town"


def links(browser: Client, address: str) -> list[str]:
    return LINK.findall(text(browser.get(address)))
