"""The home page of each role, and the dashboard, at a fixed number of queries."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from activities.states import Kind
from tests.cast import filed_plan, issued, make_cast, person, signed_in, text, unit
from workflow import clock


def home(user):
    return signed_in(user).get(reverse("reports:home"))


def names(rows):
    return [f"{row.unit}: {row}" for row in rows]


def test_a_unit_sees_what_to_do_now_what_is_coming_what_is_late_what_is_done(autumn):
    with clock.as_of(date(2015, 8, 22)):
        autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison).assignment.send_back(by=autumn.staff, reason="No")
    with clock.as_of(date(2015, 8, 25)):
        early = home(autumn.liaison).context
    late = home(autumn.liaison).context
    with clock.as_of(date(2015, 10, 10)):
        soon = home(autumn.liaison).context
    parts = ("late", "soon", "coming", "done")
    plan = "Water bureau: Activity plan · Open day of the waterworks"
    liaison, receipt, summary = (f"Water bureau: {what}" for what in ("Liaison officers", "Receipt", "Summary"))
    for moment, expected in (
        (early, [[], [liaison], [summary], [receipt]]),
        (late, [[liaison], [], [summary], [receipt]]),
        (soon, [[liaison], [summary], [], [receipt]]),
    ):
        assert names(row for row, _reason in moment["todo"].to_correct) == [plan]
        assert [names(getattr(moment["todo"], part)) for part in parts] == expected


def test_a_person_who_speaks_for_two_units_sees_both(autumn):
    both = person("both", (autumn.water, Role.LIAISON), (autumn.health, Role.HEAD))
    response = home(both)
    assert response.context["several_units"] is True
    assert {row.unit for row in response.context["todo"].late} == {"Water bureau", "Health bureau"}


def test_the_office_sees_what_waits_for_it(autumn):
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    context = home(autumn.staff).context
    assert names(context["to_review"]) == ["Water bureau: Activity plan · Open day of the waterworks"]
    assert len(context["overdue"]) == 8
    assert [(campaign.title, tally.filed) for campaign, tally in context["standings"]] == [("City month", 1)]


def test_a_leader_goes_straight_to_the_dashboard(autumn):
    assert home(autumn.leader).headers["Location"] == f"/campaigns/{autumn.campaign.pk}/dashboard/"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("stranger", "You have no role in any unit yet. Please ask your administrator to give you one."),
        ("admin", "People and their roles"),
    ],
)
def test_others_are_told_the_way_on(cast, name, words):
    assert words in text(home(cast.people()[name]))


# --- dashboard ---------------------------------------------------------------------------------------------


def dashboard(cast, user, **chosen):
    return signed_in(user).get(reverse("reports:dashboard", args=[cast.campaign.pk]), chosen)


@pytest.mark.parametrize(
    ("name", "status"),
    [("staff", 200), ("signer", 200), ("leader", 200), ("liaison", 403), ("district_liaison", 403),
     ("district_staff", 404), ("admin", 404), ("stranger", 404)],
)  # fmt: skip
def test_the_dashboard_is_for_the_host_s_people(autumn, name, status):
    assert dashboard(autumn, autumn.people()[name]).status_code == status


def test_the_dashboard_shows_what_was_counted(autumn):
    autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    response = dashboard(autumn, autumn.leader)
    shown = text(response)
    expected = ["8<small>%", "1 / 12", "Health bureau", "3 of 3 units have something overdue"]
    assert [words for words in expected if words not in shown] == []
    units = [(each.name, each.tally.overdue) for each in response.context["units"]]
    assert units == [("Health bureau", 3), ("District office", 3), ("Water bureau", 2)]


def test_before_the_notice_is_issued_the_dashboard_says_what_will_appear(cast):
    shown = text(dashboard(cast, cast.leader))
    assert "Nothing is owed yet. Figures appear here as soon as the notice is issued." in shown


NO_NUMBER = ["", "-1", "x", "999999999999999999999", "9" * 5000]
NO_PAGE = ["0", "٣"]


@pytest.mark.parametrize(
    ("page", "units"),
    [
        *((page, ["Water bureau", "Health bureau"]) for page in ["1", *NO_NUMBER]),
        *((page, ["District office"]) for page in ["2", *NO_PAGE]),
    ],
)
def test_what_is_no_number_is_the_first_page_and_a_number_without_a_page_the_last(autumn, monkeypatch, page, units):
    monkeypatch.setattr("reports.views.dashboard.PAGE", 2)
    response = dashboard(autumn, autumn.leader, page=page)
    assert [each.name for each in response.context["units"]] == units


# --- queries -----------------------------------------------------------------------------------------------


def with_units(number):
    """The campaign issued to this many units."""
    cast = make_cast()
    cast.notice.addressees.set([cast.water, *(unit(f"Unit {n}") for n in range(number - 1))])
    return issued(cast)


@pytest.mark.parametrize("units", [1, 3, 60])
def test_the_dashboard_takes_the_same_queries_for_any_number_of_units(db, units, django_assert_num_queries):
    cast = with_units(units)
    client, address = signed_in(cast.leader), reverse("reports:dashboard", args=[cast.campaign.pk])
    with django_assert_num_queries(25):
        cold = client.get(address)
    with django_assert_num_queries(5):
        client.get(address)
    assert (cold.context["figures"].units, len(cold.context["units"])) == (units, min(units, 50))


@pytest.mark.parametrize(("name", "number"), [("staff", 11), ("liaison", 10), ("head", 12)])
@pytest.mark.parametrize("units", [1, 3])
def test_home_takes_the_same_queries_for_any_number_of_rows(db, units, name, number, django_assert_num_queries):
    cast = with_units(units)
    client = signed_in(cast.people()[name])
    client.get("/")
    with django_assert_num_queries(number):
        client.get("/")
