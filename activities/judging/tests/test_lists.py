"""Lists of activities and of what is owed: found by words, the most urgent first, at a fixed number of queries."""

import pytest
from django.urls import reverse

from activities.models import Activity
from activities.models.activity import ActivityKind
from activities.states import Kind
from tests.cast import activity, filed_plan, issued, make_cast, signed_in, text


def listed(response):
    return [f"{row.unit}: {row}" for row in response.context["shown"].page]


def owed(cast, user, **chosen):
    return signed_in(user).get(reverse("activities:assignments", args=[cast.campaign.pk]), chosen)


def test_a_unit_finds_what_it_owes_most_urgent_first(autumn):
    autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    plan = filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison).assignment
    plan.send_back(by=autumn.staff, reason="No budget")
    assert listed(owed(autumn, autumn.liaison)) == [
        "Water bureau: Liaison officers",
        "Water bureau: Activity plan · Open day of the waterworks",
        "Water bureau: Summary",
        "Water bureau: Receipt",
    ]


CLINIC = ("Health bureau", "District office")


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"kind": "summary"}, ["Water bureau: Summary", "Health bureau: Summary", "District office: Summary"]),
        ({"kind": "receipt", "standing": "on_time"}, []),
        ({"standing": "due"}, ["Water bureau: Summary", "Health bureau: Summary", "District office: Summary"]),
        ({"standing": "late"}, ["Water bureau: Activity plan · Open day of the waterworks"]),
        ({"standing": "review"}, ["Water bureau: Activity plan · Open day of the waterworks"]),
        ({"q": "clinic"}, [f"{unit}: Activity plan · Clinic on the square" for unit in CLINIC]),
        ({"q": "WATER", "kind": "receipt"}, ["Water bureau: Receipt"]),
        ({"q": "nobody"}, []),
        ({"q": "wa\0ter", "kind": "receipt"}, ["Water bureau: Receipt"]),
        ({"q": "%"}, []),
    ],
)  # fmt: skip
def test_what_is_owed_is_found_by_kind_standing_and_words(autumn, chosen, expected):
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    assert listed(owed(autumn, autumn.staff, **chosen)) == expected


@pytest.mark.parametrize(
    "chosen", [{"kind": "nonsense"}, {"standing": "nonsense"}, {"page": "nonsense"}, {"page": "0"}]
)
def test_a_choice_that_does_not_exist_is_no_choice(autumn, chosen):
    assert len(listed(owed(autumn, autumn.staff, **chosen))) == 12


def test_the_page_says_what_will_appear_or_that_nothing_fits(cast):
    empty = owed(cast, cast.staff)
    assert "What each unit owes appears here as soon as the notice is issued." in text(empty)
    assert "Nothing fits what you are looking for." in text(owed(cast, cast.staff, q="nobody"))


# --- activities --------------------------------------------------------------------------------------------


def found(cast, **chosen):
    response = signed_in(cast.staff).get(reverse("activities:activities", args=[cast.campaign.pk]), chosen)
    return [str(row) for row in response.context["page"]]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, ["Open day of the waterworks", "Clinic on the square"]),
        ({"q": "OPEN"}, ["Open day of the waterworks"]),
        ({"q": "health"}, ["Open day of the waterworks", "Clinic on the square"]),
        ({"q": "gate 7"}, ["Clinic on the square"]),
        ({"q": "Street fair"}, []),
        ({"kind": "mass"}, ["Clinic on the square"]),
        ({"kind": "nonsense"}, ["Open day of the waterworks", "Clinic on the square"]),
        ({"q": "\0"}, ["Open day of the waterworks", "Clinic on the square"]),
    ],
)
def test_activities_are_found_by_title_place_unit_and_kind(cast, chosen, expected):
    Activity.objects.filter(title__startswith="Clinic").update(place="Gate 7", kind=ActivityKind.MASS)
    assert found(cast, **chosen) == expected


def test_an_activity_shows_its_parts_and_only_the_plans_the_reader_may_see(autumn):
    clinic = Activity.objects.get(title="Clinic on the square")
    address = clinic.get_absolute_url()
    plans = {
        name: [str(row.unit) for row in signed_in(autumn.people()[name]).get(address).context["assignments"]]
        for name in ("staff", "neighbour", "liaison")
    }
    assert plans == {"staff": ["Health bureau", "District office"], "neighbour": ["Health bureau"], "liaison": []}
    open_day = Activity.objects.get(title="Open day of the waterworks")
    parts = [(str(label), [unit.name for unit in units]) for label, units in open_day.parts]
    assert [units for _label, units in parts] == [["Water bureau"], ["Health bureau"]]


# --- queries: the number is literal, so one more row can never cost one more query ---------------------------

PAGES = [
    ("activities:assignments", "staff", 13),
    ("activities:assignments", "liaison", 10),
    ("activities:activities", "staff", 7),
    ("activities:activity", "staff", 15),
    ("activities:receipts", "staff", 13),
]


REREAD = 3
"""A list is looked through again while anybody on the same PostgreSQL writes, as the other half of a test run does."""


def target(cast, name):
    return {"activities:activity": cast.campaign.activities.first(), "activities:receipts": cast.notice}.get(
        name, cast.campaign
    )


@pytest.mark.parametrize(("name", "who", "number"), PAGES)
@pytest.mark.parametrize("units", [1, 3])
def test_queries_do_not_grow_with_the_rows(db, name, who, number, units, django_assert_max_num_queries):
    cast = make_cast()
    keep = [cast.water, cast.health, cast.district][:units]
    cast.notice.addressees.set(keep)
    if units == 3:
        activity(cast.campaign, "Third activity", keep)
    cast = issued(cast)
    client = signed_in(cast.people()[who])
    address = reverse(name, args=[target(cast, name).pk])
    client.get(address)
    with django_assert_max_num_queries(number + REREAD) as asked:
        client.get(address)
    assert len(asked) >= number
