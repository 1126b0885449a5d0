"""What was filed, as others read it: on the page of an activity, in the lists of filings and of coverage."""

from datetime import date

import pytest
from django.urls import reverse

from activities.filing import volunteer
from activities.models import Assignment, Case, Coverage, Material, Plan, Progress
from activities.states import Kind
from tests.cast import filed, filed_plan, person, signed_in, text, unit


def sent(cast, kind, model, about=True, **values):
    """One thing the water bureau filed of its own accord."""
    row = volunteer.begin(cast.campaign, cast.water, kind, cast.campaign.activities.first() if about else None)
    filing = model.draft(row)
    for name, value in values.items():
        setattr(filing, name, value)
    return filed(filing, cast.liaison)


def everything(cast):
    filed_plan(cast.owed(cast.water, Kind.PLAN), cast.liaison)
    sent(cast, Kind.PROGRESS, Progress, stage="under_way", percent=30, narrative="Early words")
    sent(cast, Kind.PROGRESS, Progress, stage="under_way", percent=70, narrative="Late words")
    sent(cast, Kind.CASE, Case, title="Our case")
    sent(cast, Kind.OTHER, Material, text="Our material")
    sent(cast, Kind.COVERAGE, Coverage, outlet="Evening paper", title="Doors open", on=date(2015, 8, 30))


def page_of(cast, who):
    return signed_in(cast.people()[who]).get(cast.campaign.activities.first().get_absolute_url())


WORDS = ("70%", "Late words", "Our case", "Our material", "Doors open")


def test_the_page_of_an_activity_shows_it_to_those_who_may_see_it(autumn):
    everything(autumn)
    for who in ("liaison", "staff", "leader"):
        assert [each for each in WORDS if each not in text(page_of(autumn, who))] == []
    assert [each for each in WORDS if each in text(page_of(autumn, "neighbour"))] == []


def test_of_progress_only_the_newest_report_of_each_unit_counts(autumn):
    everything(autumn)
    shelf = page_of(autumn, "staff").context["shelf"]
    assert [row.percent for row in shelf.progress] == [70]


def test_a_draft_is_on_no_shelf(autumn):
    row = volunteer.begin(autumn.campaign, autumn.water, Kind.CASE, autumn.campaign.activities.first())
    case = Case.draft(row)
    case.title = "Half a case"
    case.save_draft(by=autumn.liaison, seen=0)
    shelf = page_of(autumn, "liaison").context["shelf"]
    assert (shelf.progress, shelf.cases, shelf.published, shelf.materials, shelf.coverage) == ([], [], [], [], [])


@pytest.mark.parametrize(
    ("who", "buttons"), [("liaison", 4), ("head", 4), ("staff", 0), ("leader", 0), ("neighbour", 4)]
)
def test_a_units_people_send_something_from_there_with_one_press(autumn, who, buttons):
    assert page_of(autumn, who).content.decode().count('name="kind" value=') == buttons


def more(cast, number):
    """So many units more, each with a plan, a report and a clipping of the same activity."""
    what = cast.campaign.activities.first()
    for place in range(number):
        who = unit(f"Unit {place} {Assignment.objects.count()}")
        by = person(f"p{who.pk}", (who, "liaison"))
        cast.notice.addressees.add(who)
        owed = Assignment.objects.create(
            campaign=cast.campaign, notice=cast.notice, unit=who, kind=Kind.PLAN, activity=what,
            due_at=cast.owed(cast.water, Kind.PLAN).due_at,
        )  # fmt: skip
        filed_plan(owed, by)
        for kind, model in ((Kind.PROGRESS, Progress), (Kind.COVERAGE, Coverage), (Kind.CASE, Case)):
            filed(model.draft(volunteer.begin(cast.campaign, who, kind, what)), by)


@pytest.mark.parametrize("name", ["activity", "cases", "coverages", "filings"])
def test_fifty_units_cost_no_more_queries_than_one(autumn, name, django_assert_max_num_queries):
    pk = autumn.campaign.activities.first().pk if name == "activity" else autumn.campaign.pk
    address, client = reverse(f"activities:{name}", args=[pk]), signed_in(autumn.staff)

    def cost():
        with django_assert_max_num_queries(60) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    more(autumn, 1)
    client.get(address)
    one = cost()
    more(autumn, 12)
    client.get(address)  # what is counted is counted once after a deed
    assert cost() <= one + 3  # a list is looked through again while anybody on the same PostgreSQL is writing


# --- lists ----------------------------------------------------------------------------------------------------------


def coverages(cast, **chosen):
    response = signed_in(cast.staff).get(reverse("activities:coverages", args=[cast.campaign.pk]), chosen)
    return [row.title for row in response.context["page"]]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, ["Late", "Early"]),
        ({"outlet": "Radio"}, ["Late"]),
        ({"first": "2015-08-30"}, ["Late"]),
        ({"last": "2015-08-29"}, ["Early"]),
        ({"first": "2015-08-28", "last": "2015-08-28"}, ["Early"]),
        ({"q": "water"}, ["Late", "Early"]),
        ({"q": "ear"}, ["Early"]),
        ({"first": "nonsense", "last": "2015-02-31", "outlet": ""}, ["Late", "Early"]),
        ({"q": "a\0b"}, []),
    ],
)
def test_coverage_is_found_by_medium_days_and_words(autumn, chosen, found):
    sent(autumn, Kind.COVERAGE, Coverage, outlet="Paper", title="Early", on=date(2015, 8, 28))
    sent(autumn, Kind.COVERAGE, Coverage, outlet="Radio", title="Late", on=date(2015, 8, 31))
    assert coverages(autumn, **chosen) == found


def test_a_unit_finds_all_it_has_filed_and_begun(autumn):
    everything(autumn)
    volunteer.begin(autumn.campaign, autumn.water, Kind.CASE)
    address = reverse("activities:filings", args=[autumn.campaign.pk])
    response = signed_in(autumn.liaison).get(address)
    assert [each.row.kind for each in response.context["shown"].page] == [
        "coverage", "other", "case", "progress", "progress", "plan",
    ]  # fmt: skip
    assert [row.kind for row in response.context["begun"]] == ["case"]
    assert list(signed_in(autumn.neighbour).get(address).context["shown"].page) == []
    office = signed_in(autumn.staff)
    assert len(office.get(address).context["shown"].page.object_list) == 6
    assert len(office.get(address, {"unit": autumn.health.pk}).context["shown"].page.object_list) == 0
    assert len(office.get(address, {"unit": "x"}).context["shown"].page.object_list) == 6


def test_the_newest_version_stands_for_a_filing(autumn):
    row = sent(autumn, Kind.CASE, Case, title="First words").assignment
    row.refresh_from_db()
    row.send_back(by=autumn.staff, reason="Shorter")
    second = Case.draft(row)
    second.title = "Second words"
    filed(second, autumn.liaison)
    page = text(signed_in(autumn.staff).get(reverse("activities:cases", args=[autumn.campaign.pk])))
    assert ("Second words" in page, "First words" in page) == (True, False)
    assert Plan.objects.count() == 0
