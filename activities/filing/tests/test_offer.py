"""A fact filed once is offered wherever it is asked again, and says where it was taken from."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from activities.behalf.tests.test_links import link_to, visitor
from activities.filing import volunteer
from activities.filing.prefill import Offer, earlier_plans, lent, offers
from activities.models import Case, Coverage, Material, Plan, Progress
from activities.states import Kind
from campaigns.models import Campaign
from tests.cast import (
    activity,
    campaign,
    filed,
    filed_plan,
    filed_registration,
    issued,
    make_cast,
    notice,
    signed_in,
    text,
)
from tests.pages import opened, press
from workflow import clock


@pytest.fixture(autouse=True)
def in_english():
    """Where a value was taken from is worded in the language of the reader."""
    with translation.override("en"):
        yield


def begun(cast, kind, about=True):
    plan = cast.owed(cast.water, Kind.PLAN)
    return volunteer.begin(cast.campaign, cast.water, kind, plan.activity if about else None)


def values(found):
    return {name: offer.value for name, offer in found.items()}


def plan_of(cast):
    return Plan.draft(cast.owed(cast.water, Kind.PLAN))


def test_dates_place_and_content_stand_in_the_notice(autumn):
    what = autumn.owed(autumn.water, Kind.PLAN).activity
    what.starts_on, what.ends_on, what.place, what.description = date(2015, 9, 5), date(2015, 9, 6), "Works", "A tour"
    what.save()
    assert offers(plan_of(autumn)) == {
        "starts_on": Offer(date(2015, 9, 5), "the notice"),
        "ends_on": Offer(date(2015, 9, 6), "the notice"),
        "place": Offer("Works", "the notice"),
        "content": Offer("A tour", "the notice"),
    }


def test_whom_to_call_stands_in_the_registration_before_it_stands_in_the_account(autumn):
    draft = plan_of(autumn)
    assert offers(draft, autumn.liaison) == {
        "person_in_charge": Offer("liaison", "your account"),
        "person_phone": Offer("138 0000 0001", "your account"),
    }
    filed_registration(autumn.owed(autumn.water, Kind.LIAISON), autumn.liaison, "An Liang", "Bo Wen")
    source = "your registration of liaison officers"
    assert offers(draft, autumn.liaison) == {
        "person_in_charge": Offer("An Liang", source),
        "person_phone": Offer("138 0000 0002", source),
    }


def test_the_office_filing_for_a_unit_does_not_lend_its_own_name(autumn):
    source = "the register"
    assert offers(plan_of(autumn), autumn.staff) == {
        "person_in_charge": Offer("liaison", source),
        "person_phone": Offer("138 0000 0001", source),
    }
    assert offers(Plan.draft(autumn.owed(autumn.health, Kind.PLAN)), autumn.staff) == {}


def last_year(cast):
    """The city's campaign of 2014 with a notice that asked for two things, issued."""
    old = campaign(cast.office, "Month of 2014")
    Campaign.objects.filter(pk=old.pk).update(year=2014)
    sent = notice(Campaign.objects.get(pk=old.pk), 14, [cast.water, cast.health])
    for order, title in enumerate(("获奖企业名单", "活动现场材料")):
        sent.demands.create(order=order, title=title, due_on=date(2015, 8, 31))
    issued(replace(cast, campaign=old, notice=sent))
    return sent


def registration(cast, who, where):
    """The first officer in the page of a registration nobody has written in: name, number, source."""
    page = opened(signed_in(who), cast.owed(where, Kind.LIAISON).get_absolute_url()).html
    name = page.select_one("[name=form-0-name]")
    said = page.select_one("#id_form-0-name_helptext, #hint_id_form-0-name")
    number = page.select_one("[name=form-0-mobile]").get("value", "")
    return name.get("value", ""), number, said.get_text(strip=True) if said else ""


def test_liaison_officers_stand_in_the_registration_before_the_unit_writes(autumn):
    """The register goes first, whoever opens the page; then last year's registration; then the account."""
    assert registration(autumn, autumn.head, autumn.water) == (
        "liaison", "138 0000 0001", "Taken from the register.",
    )  # fmt: skip
    assert registration(autumn, autumn.neighbour, autumn.health) == ("neighbour", "", "Taken from your account.")
    sent = last_year(autumn)
    filed_registration(sent.assignments.get(unit=autumn.health, kind=Kind.LIAISON), autumn.neighbour, "Bo Wen")
    assert registration(autumn, autumn.neighbour, autumn.health) == (
        "Bo Wen", "138 0000 0002", "Taken from your registration of 2014.",
    )  # fmt: skip
    mine = autumn.owed(autumn.water, Kind.LIAISON)
    _link, secret = link_to(autumn, mine, person="王五")
    page = text(visitor(secret).get(mine.get_absolute_url()))
    assert ("王五" in page, "138 0000 0001" in page) == (True, False)  # a visitor reads nothing of the register


def test_a_list_begins_with_last_years_and_other_material_only_points_to_it(db):
    cast = make_cast()
    sent = last_year(cast)
    for row in sent.assignments.filter(unit=cast.water, kind=Kind.OTHER):
        draft = Material.draft(row)
        draft.text = "甲公司、乙公司"
        filed(draft, cast.liaison)
    for order, title in enumerate(("获奖企业名单", "活动现场材料")):
        cast.notice.demands.create(order=order, title=title, due_on=date(2015, 8, 31))
    issued(cast)
    owed = [cast.notice.assignments.get(unit=cast.water, demand__title=row) for row in ("获奖企业名单", "活动现场材料")]
    pages = [text(signed_in(cast.liaison).get(row.get_absolute_url())) for row in owed]
    assert ["甲公司、乙公司" in page for page in pages] == [True, False]
    assert "Taken from your filing of 2014." in pages[0]
    assert all("What your unit filed under this name in 2014" in page for page in pages)
    theirs = cast.notice.assignments.get(unit=cast.health, demand__title="获奖企业名单")
    assert "甲公司" not in text(signed_in(cast.neighbour).get(theirs.get_absolute_url()))


def test_an_offered_value_stands_in_its_field_and_says_where_it_comes_from(autumn):
    page = text(signed_in(autumn.liaison).get(autumn.owed(autumn.water, Kind.PLAN).get_absolute_url()))
    assert ('value="138 0000 0001"' in page, page.count("Taken from your account.")) == (True, 2)


def test_what_was_emptied_on_purpose_is_not_filled_again(autumn):
    owed = autumn.owed(autumn.water, Kind.PLAN)
    client = signed_in(autumn.liaison)
    emptied = {"person_in_charge": "", "person_phone": ""}
    press(client, owed.get_absolute_url(), "action=save", goal="A goal", **emptied)
    page = text(client.get(owed.get_absolute_url()))
    assert ("Taken from your account." in page, 'value="liaison"' in page) == (False, False)


def test_a_source_in_hostile_words_is_shown_as_words(autumn):
    what = autumn.owed(autumn.water, Kind.PLAN).activity
    old = earlier(autumn, "<b>Open</b> day of the waterworks")
    page = signed_in(autumn.liaison).get(f"{autumn.owed(autumn.water, Kind.PLAN).get_absolute_url()}?take={old.pk}")
    assert what.title in text(page)
    assert "Taken from Month of 2014 · &lt;b&gt;Open&lt;/b&gt; day of the waterworks." in page.content.decode()


# --- reports, cases, coverage, material ------------------------------------------------------------------------


def progress(cast, **more):
    report = Progress.draft(begun(cast, Kind.PROGRESS))
    for name, value in ({"stage": "under_way", "percent": 40, "narrative": "Stalls are built"} | more).items():
        setattr(report, name, value)
    return filed(report, cast.liaison)


def test_a_report_begins_where_the_last_one_stood(autumn):
    progress(autumn)
    assert values(offers(Progress.draft(begun(autumn, Kind.PROGRESS)))) == {"stage": "under_way", "percent": 40}
    assert offers(Progress.draft(begun(autumn, Kind.PROGRESS, about=False))) == {}


def test_a_case_begins_with_plan_and_report(autumn):
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison, goal="Labels understood")
    progress(autumn)
    assert offers(Case.draft(begun(autumn, Kind.CASE))) == {
        "title": Offer("Open day of the waterworks", "the notice"),
        "background": Offer("Labels understood", "your plan"),
        "practice": Offer("Stalls are built", "your last report"),
    }


def test_coverage_begins_with_the_link_of_a_material(autumn):
    row = Material.draft(begun(autumn, Kind.OTHER))
    row.text, row.link, row.on = "Seen on site", "https://news.example.com/1", date(2015, 8, 30)
    filed(row, autumn.liaison)
    assert values(offers(Coverage.draft(begun(autumn, Kind.COVERAGE)))) == {
        "link": "https://news.example.com/1",
        "on": date(2015, 8, 30),
    }


@pytest.mark.parametrize(("today", "on"), [(date(2015, 9, 4), None), (date(2015, 9, 5), date(2015, 9, 5))])
def test_material_begins_with_the_place_of_the_plan_and_its_day_once_that_has_come(autumn, today, on):
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison, place="Works", starts_on=date(2015, 9, 5))
    with clock.as_of(today):
        found = values(offers(Material.draft(begun(autumn, Kind.OTHER))))
    assert found == {"place": "Works"} | ({"on": on} if on else {})


def test_what_another_unit_filed_is_never_offered(autumn):
    clinic = autumn.owed(autumn.health, Kind.PLAN)
    filed_plan(clinic, autumn.neighbour, goal="Secret of health")
    assert offers(Case.draft(volunteer.begin(autumn.campaign, autumn.district, Kind.CASE, clinic.activity))) == {
        "title": Offer("Clinic on the square", "the notice")
    }


# --- earlier plans ------------------------------------------------------------------------------------------------


def earlier(cast, title, unit=None, **more):
    """A plan of the year before, of this unit unless another is given."""
    last = campaign(cast.office, "Month of 2014")
    Campaign.objects.filter(pk=last.pk).update(year=2014)
    last.refresh_from_db()
    unit = unit or cast.water
    what = activity(last, title, [unit])
    number = 100 + last.pk
    owed = volunteer.Assignment.objects.create(
        campaign=last, notice=notice(last, number, [unit]), unit=unit, kind=Kind.PLAN, activity=what, due_at=clock.now()
    )
    return filed_plan(owed, cast.liaison, **{"goal": f"Goal of {title}"} | more)


def test_last_years_plan_of_the_likest_activity_comes_first(autumn):
    fair, open_day = earlier(autumn, "A fair"), earlier(autumn, "Open day of the waterworks")
    assert earlier_plans(autumn.owed(autumn.water, Kind.PLAN)) == [open_day, fair]


def test_its_text_is_taken_at_a_press_and_nothing_of_its_year(autumn):
    old = earlier(autumn, "Open day", starts_on=date(2014, 9, 5), place="Old works", safety="Two wardens", budget=900)
    owed = autumn.owed(autumn.water, Kind.PLAN)
    client = signed_in(autumn.liaison)
    assert f'href="?take={old.pk}"' in client.get(owed.get_absolute_url()).content.decode()
    page = text(client.get(f"{owed.get_absolute_url()}?take={old.pk}"))
    assert ("Goal of Open day</textarea>" in page, "Two wardens</textarea>" in page) == (True, True)
    assert ("Old works" in page, "2014-09-05" in page) == (False, False)
    assert Plan.objects.filter(assignment=owed).count() == 0


def test_taking_it_leaves_what_was_typed(autumn):
    old, owed = earlier(autumn, "Open day", safety="Two wardens"), autumn.owed(autumn.water, Kind.PLAN)
    client = signed_in(autumn.liaison)
    press(client, owed.get_absolute_url(), "action=save", goal="My own goal")
    page = text(client.get(f"{owed.get_absolute_url()}?take={old.pk}"))
    assert ("My own goal</textarea>" in page, "Two wardens</textarea>" in page) == (True, True)


def test_a_plan_of_another_unit_or_none_is_not_lent(autumn):
    owed = autumn.owed(autumn.water, Kind.PLAN)
    foreign = earlier(autumn, "Open day", unit=autumn.health)
    assert [lent(owed, str(pk)) for pk in (foreign.pk, 999_999, "x", "", "9" * 40)] == [{}, {}, {}, {}, {}]
    assert earlier_plans(owed) == []


def test_a_unit_merged_into_this_one_lends_its_plans(autumn):
    old = earlier(autumn, "Open day", unit=autumn.street)
    autumn.street.merged_into = autumn.water
    autumn.street.save()
    assert earlier_plans(autumn.owed(autumn.water, Kind.PLAN)) == [old]


def test_of_the_same_year_only_a_similar_activity_lends(db):
    cast = make_cast()
    alike, other = (activity(cast.campaign, title, [cast.water]) for title in ("Open day of the pumping works", "Quiz"))
    cast = issued(cast)
    rows = {row.activity_id: row for row in cast.water.assignments.filter(kind=Kind.PLAN)}
    first = filed_plan(rows[alike.pk], cast.liaison)
    filed_plan(rows[other.pk], cast.liaison)
    owed = next(row for pk, row in rows.items() if pk not in (alike.pk, other.pk))
    assert earlier_plans(owed) == [first]
