"""A summary begins with what the unit has filed: plans, reports, cases, counts; nothing is asked a second time."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from activities.behalf import links
from activities.filing import volunteer
from activities.models import Assignment, Case, Coverage, Deliverable, Entry, Progress
from activities.states import EntryState, Kind
from campaigns.models import Campaign, Indicator
from reports.models import Summary
from reports.summaries.prefill import begun_summary, facts, reported_figures
from tests.cast import campaign, filed, filed_plan, filed_summary, issued, notice, signed_in, text
from tests.pages import press
from workflow import clock


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def sent(cast, kind, model, **values):
    what = cast.campaign.activities.first()
    filing = model.draft(volunteer.begin(cast.campaign, cast.water, kind, what))
    for name, value in values.items():
        setattr(filing, name, value)
    return filed(filing, cast.liaison)


@pytest.fixture
def busy(autumn):
    """A unit that has planned, reported, offered a case and been in the paper."""
    day = date(2015, 9, 5)
    plan = {"starts_on": day, "ends_on": day, "place": "Works", "expected_participants": 300, "content": "A tour"}
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison, **plan)
    sent(autumn, Kind.PROGRESS, Progress, percent=40, narrative="Half done")
    sent(autumn, Kind.PROGRESS, Progress, percent=90, narrative="Doors\nopen", problems="Rain")
    sent(autumn, Kind.CASE, Case, title="Labels", effect="Many read them")
    sent(autumn, Kind.COVERAGE, Coverage, outlet="Paper", title="Open", on=day)
    return autumn


def owed(cast):
    return cast.owed(cast.water, Kind.SUMMARY)


def test_what_was_filed_stands_above_the_empty_summary(busy):
    (found,) = facts(owed(busy))
    assert (found.title, found.details) == (
        "Open day of the waterworks",
        ["5 September 2015", "Works", "300 people expected", "90% done", "1 media report"],
    )
    page = text(signed_in(busy.liaison).get(owed(busy).get_absolute_url()))
    assert [each for each in (*found.details[1:4], "Typical case: Labels") if each not in page] == []


def test_the_summary_begins_with_it_and_each_text_says_where_it_was_taken_from(busy):
    with translation.override("en"):
        found = begun_summary(facts(owed(busy)))
    assert sorted(found) == ["cases", "effect", "overview", "practice", "problems"]
    title, words = "Open day of the waterworks", {name: each.text for name, each in found.items()}
    assert title in words["overview"] and "90%" in words["overview"] and "Works" in words["overview"]
    assert ("Doors open" in words["practice"], "Half done" in words["practice"]) == (True, False)
    assert "Many read them" in words["effect"] and "Rain" in words["problems"]
    assert [len(each.sources) for each in found.values()] == [1, 1, 1, 1, 1]
    page = text(signed_in(busy.liaison).get(owed(busy).get_absolute_url()))
    assert ("Doors open</textarea>" in page, f"Taken from: {found['practice'].sources[0]}" in page) == (True, True)


def marked(cast):
    """The sections of the draft that still say where they were taken from."""
    return [each.key for each in Summary.objects.get().passages if each.sources]


def test_the_mark_stays_until_somebody_changes_the_text_or_says_it_is_read(busy):
    client, address = signed_in(busy.liaison), owed(busy).get_absolute_url()
    press(client, address, "action=save", suggestions="More tours")
    assert marked(busy) == ["overview", "practice", "effect", "cases", "problems"]
    press(client, address, "action=save", practice="Doors were open", read_effect="on")
    assert marked(busy) == ["overview", "cases", "problems"]
    press(client, address, "action=submit", **{f"figure_{each.pk}": "1" for each in busy.campaign.indicators.all()})
    page = text(signed_in(busy.staff).get(address))
    assert page.count("Taken over as it was filed, and not looked at since") == 3


def test_at_a_press_it_stands_in_the_empty_sections_only(busy):
    client, address = signed_in(busy.liaison), owed(busy).get_absolute_url()
    press(client, address, "action=save", overview="My own overview", practice="")
    assert Summary.objects.get().practice == ""
    page = text(client.get(f"{address}?take=filed"))
    assert ("My own overview</textarea>" in page, "Doors open</textarea>" in page) == (True, True)


def test_another_units_filings_are_not_ones_own(busy):
    other = busy.owed(busy.health, Kind.SUMMARY)
    assert facts(other) == []
    page = text(signed_in(busy.neighbour).get(f"{other.get_absolute_url()}?take=filed"))
    assert ("What you have filed so far" in page, "Doors open" in page) == (False, False)


def test_figures_follow_from_what_was_sent_and_last_years_stands_beside(autumn):
    old = campaign(autumn.office, "Month of 2014")
    Campaign.objects.filter(pk=old.pk).update(year=2014)
    Indicator.objects.create(campaign=old, order=1, name="Posters", measure="sheets")
    asked = notice(Campaign.objects.get(pk=old.pk), 14, [autumn.water, autumn.health])
    issued(replace(autumn, campaign=old, notice=asked))
    for unit, number in ((autumn.water, 1200), (autumn.health, 77)):
        filed_summary(asked.assignments.get(unit=unit, kind=Kind.SUMMARY), autumn.liaison, number)
    media = Indicator.objects.create(campaign=autumn.campaign, order=3, name="媒体报道", measure="篇")
    for outlet in ("日报", "晚报"):
        sent(autumn, Kind.COVERAGE, Coverage, outlet=outlet)
    page = text(signed_in(autumn.liaison).get(owed(autumn).get_absolute_url()))
    assert (f'name="figure_{media.pk}" value="2"' in page, "2014: 1,200." in page, "2014: 77." in page) == (
        True, True, False,
    )  # fmt: skip


def test_counts_reported_already_stand_in_the_figures(autumn):
    what = autumn.campaign.activities.first()
    asked = Deliverable.objects.create(activity=what, order=1, title="Posters put up", target=100, measure="sheets")
    row = Assignment.objects.create(
        campaign=autumn.campaign, notice=autumn.notice, unit=autumn.water, kind=Kind.DELIVERABLE, activity=what,
        deliverable=asked, due_at=clock.now(),
    )  # fmt: skip
    for place, (count, state) in enumerate(((70, "counted"), (50, "counted"), (900, EntryState.REJECTED))):
        Entry.objects.create(
            assignment=row,
            key=str(place),
            count=count,
            on=date(2015, 8, 30),
            by=autumn.liaison,
            at=clock.now(),
            state=state,
        )
    posters, visitors = Indicator.objects.filter(campaign=autumn.campaign)
    assert reported_figures(owed(autumn), [posters, visitors]) == {posters.pk: 120}
    page = text(signed_in(autumn.liaison).get(owed(autumn).get_absolute_url()))
    assert ('value="120"' in page, page.count("Taken from what you have reported.")) == (True, 1)


def test_what_the_unit_counted_itself_is_not_offered_to_a_visitor_by_link(busy):
    """The link names the summary; how many cases and reports of the press there are, the unit's people know."""
    media = Indicator.objects.create(campaign=busy.campaign, order=3, name="媒体报道", measure="篇")
    row, offered = owed(busy), f'name="figure_{media.pk}" value="1"'
    _link, secret = links.make(
        busy.campaign, busy.water, [row], person="王五", until=date(2015, 12, 1), uses=1, by=busy.staff
    )
    visitor = Client()
    visitor.cookies["django_language"] = "en"
    visitor.get(f"/link/{secret}/")
    pages = [text(client.get(row.get_absolute_url())) for client in (signed_in(busy.liaison), visitor)]
    assert [f'name="figure_{media.pk}"' in page for page in pages] == [True, True]
    assert [offered in page for page in pages] == [True, False]
