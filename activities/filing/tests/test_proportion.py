"""Precautions in proportion to the gathering: the more people, the more a plan has to say."""

import pytest
from django.urls import reverse

from activities.filing.precautions import asked_for
from activities.states import Kind
from tests.cast import PLAN, said, signed_in
from tests.pages import press

SMALL, LARGE, PERMIT = ["safety"], ["safety", "health", "emergency"], ["safety", "health", "emergency", "permit"]


@pytest.mark.parametrize(
    ("people", "asked"),
    [(None, SMALL), (0, []), (1, SMALL), (499, SMALL), (500, LARGE), (999, LARGE), (1000, PERMIT), (50_000, PERMIT)],
)
def test_what_is_asked_for_grows_with_the_gathering(people, asked):
    assert asked_for(people) == asked


def send(cast, **values):
    address = reverse("activities:plan", args=[cast.owed(cast.water, Kind.PLAN).pk])
    return press(signed_in(cast.liaison), address, "action=submit", **{**PLAN, **values})


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"expected_participants": "0", "safety": ""}, []),
        ({"expected_participants": "499", "safety": ""}, ["safety"]),
        ({"expected_participants": "500"}, ["health", "emergency"]),
        ({"expected_participants": "1000", "health": "Medics", "emergency": "Gate B"}, ["permit"]),
        ({"starts_on": "2015-09-05", "ends_on": "2015-09-05", "schedule": ""}, []),
        ({"schedule": ""}, ["schedule"]),
        ({"budget": "0", "budget_source": ""}, []),
        ({"budget": "1", "budget_source": ""}, ["budget_source"]),
    ],
)
def test_a_plan_is_complete_for_its_own_size(autumn, values, missing):
    response = send(autumn, **values)
    if missing:
        assert sorted(response.context["form"].errors) == sorted(missing)
    else:
        assert said(response) == ["Submitted."]


def test_the_rule_stands_on_the_page_in_words(autumn):
    address = reverse("activities:plan", args=[autumn.owed(autumn.water, Kind.PLAN).pk])
    page = signed_in(autumn.liaison).get(address).content.decode()
    assert "From 500 participants on: health precautions, and what is done in an emergency." in page
    assert [least for least in (1, 500, 1000) if f'data-least="{least}"' not in page] == []
