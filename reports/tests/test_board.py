"""The dashboard of a past day, what changed since, what a leader remarks, and the screen of the meeting room."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings

from activities.models import Assignment
from activities.states import Kind
from campaigns.models import Campaign
from reports.briefings.facts import facts
from reports.briefings.moment import stood
from reports.changed import changed, longest_overdue, rows_that_stood
from reports.figures import campaign_figures, unit_figures
from reports.models import LeaderRemark
from reports.past import branch, figures_of, worst_units
from reports.scope import Scope
from reports.tests.test_past_days import STEPS, Year
from tests.cast import filed_summary, signed_in, text
from tests.pages import press
from workflow import clock
from workflow.models import Notification


def shown(figures):
    return (figures.kinds, figures.units, figures.units_red, figures.to_review)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_figures_of_every_past_evening_are_those_of_that_evening(autumn, steps):
    """Every figure, the order of the units, the rows behind it and what is overdue longest, of every day."""
    with transaction.atomic():
        evenings = {}

        class Kept(Year):
            def evening(self):
                with clock.as_of(clock.end_of(self.day)):
                    late = (
                        Assignment.objects.required().overdue().order_by("last_at", "pk").values_list("pk", flat=True)
                    )
                    evenings[self.day] = (
                        shown(campaign_figures(autumn.campaign)), unit_figures(autumn.campaign), list(late[:5]),
                        {row.pk for row in rows_that_stood(Scope(autumn.campaign.pk), "filed")},
                    )  # fmt: skip

        story = Kept(autumn)
        for step in steps:
            story.do(*step)
        story.evening()
        with clock.as_of(story.day + timedelta(days=1)):
            before = None
            for day, (figures, units, late, filed) in evenings.items():
                scope = Scope(autumn.campaign.pk, on=day)
                assert shown(figures_of(scope)) == figures
                assert worst_units(scope, 0, 50) == units
                assert [each.row.pk for each in longest_overdue(scope)] == late
                assert {row.pk for row in rows_that_stood(scope, "filed")} == filed
                if before:
                    found = changed(scope, before)
                    assert {row.pk for row in found.came} == filed - evenings[before][3]
                before = day
        transaction.set_rollback(True)


@pytest.fixture
def late(autumn):
    """On 20 September the receipt of water came in on 22 August; everything else is missing."""
    with clock.as_of(date(2015, 8, 22)):
        autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    return autumn


def open_board(cast, query="", who=None, name="reports:dashboard"):
    with clock.as_of(date(2015, 9, 20)):
        return signed_in(who or cast.leader).get(reverse(name, args=[cast.campaign.pk]) + query)


def tiles(response):
    page = BeautifulSoup(text(response), "html.parser")
    return {each.a.get_text(): each.b.get_text() for each in page.select(".figures > div")}


def test_the_same_page_as_of_a_past_evening_and_each_figure_leads_to_its_rows(late):
    before, after = (tiles(open_board(late, f"?on=2015-08-{day}")) for day in (21, 22))
    assert (before["on time"], after["on time"]) == ("0", "1")
    page = BeautifulSoup(text(open_board(late, "?on=2015-08-22")), "html.parser")
    link = next(each.a["href"] for each in page.select(".figures > div") if each.a.get_text() == "on time")
    rows = open_board(late, link[link.index("?") :], name="reports:stood")
    assert "1 entry" in text(rows)
    assert "Water bureau" in text(rows)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?on=2015-08-01", "Nothing had been asked yet on 2015-08-01"),
        ("?on=2031-01-01", "2031-01-01 is still to come"),
        ("?on=yesterday", "“yesterday” is no day"),
        ("?unit=999999999999999999999", "There is no such unit"),
        ("?level=moon", "There is no such level"),
        ("?group=7", "There is no such group"),
        ("?kind=<script>", "There is no such kind"),
        ("?first=2015-09-30&last=2015-09-01", "The period ends before it begins"),
        ("?page=1000000000", "filed"),
        ("?by=tree&page=99", "By unit"),
    ],
)
def test_what_nobody_offers_is_said_and_never_breaks(late, query, said):
    response = open_board(late, query)
    assert response.status_code == 200
    assert said in text(response)


@pytest.mark.parametrize("name", ["reports:dashboard", "reports:changes", "reports:stood", "reports:presentation",
                                  "reports:years", "reports:leader-remarks"])  # fmt: skip
def test_a_campaign_without_units_shows_no_rate(late, name):
    empty = Campaign.objects.create(host=late.office, year=2016, title="Next year", theme="-", starts_on="2016-09-01",
                                    ends_on="2016-09-30", summary_due_on="2016-10-15")  # fmt: skip
    for query in ("", "?on=2015-08-22", "?by=tree"):
        response = signed_in(late.leader).get(reverse(name, args=[empty.pk]) + query)
        assert response.status_code == 200
        assert "100%" not in text(response)


def test_units_stand_below_one_another_and_the_tree_adds_up(late):
    late.street.parent = late.district
    late.street.save()
    with clock.as_of(date(2015, 9, 20)):
        top = branch(Scope(late.campaign.pk), 0, 50)
        whole = campaign_figures(late.campaign).total
        assert sum((each.tally for each in top.rows), start=type(whole)()) == whole
        for each in top.rows:
            below = branch(Scope(late.campaign.pk, unit=each.pk), 0, 50)
            assert sum((row.tally for row in below.rows), start=type(whole)()) == each.tally


def test_what_changed_names_who_came_in_and_what_fell_overdue(late):
    with clock.as_of(date(2015, 9, 20)):
        filed_summary(late.owed(late.water, Kind.SUMMARY), late.liaison, 7, 11)
    page = text(open_board(late, "?since=yesterday", name="reports:changes"))
    assert re.findall(r'/">(\w[^<·]+) · (\w+)</a>', page)[:1] == [("Water bureau", "Summary")]
    week = text(open_board(late, "?on=2015-08-25&since=2015-08-23", name="reports:changes"))
    assert week.count("Health bureau · Receipt") == 1


def test_a_leader_remarks_and_the_office_answers_by_the_day(late):
    leader, office = signed_in(late.leader), signed_in(late.staff)
    address = reverse("reports:leader-remarks", args=[late.campaign.pk])
    press(leader, f"{address}?figure=overdue", "Send it to the office", text="Why so many?")
    remark = LeaderRemark.objects.get()
    assert (remark.state, remark.said.startswith("Overdue ")) == ("open", True)
    assert "has remarked" in text(office.get("/"))
    press(office, remark.get_absolute_url(), "Send the answer", text="Reminded today.")
    assert "has remarked" not in text(office.get("/"))
    told = Notification.objects.filter(person=late.leader, key__startswith=f"remark-{remark.pk}").count()
    press(leader, remark.get_absolute_url(), "Ask once more", text="And the plans?")
    press(office, remark.get_absolute_url(), "Send the answer", text="Those too.")
    press(leader, remark.get_absolute_url(), "This will do", text="")
    remark.refresh_from_db()
    states = [line.to_state for line in remark.history()]
    assert (told, remark.state, states) == (1, "done", ["open", "answered", "open", "answered", "done"])


def test_the_screen_of_the_meeting_room_says_what_a_briefing_of_the_same_moment_says(late):
    with clock.as_of(date(2015, 10, 14)):
        filed_summary(late.owed(late.water, Kind.SUMMARY), late.liaison, 7, 11).assignment.accept(by=late.staff)
        filed_summary(late.owed(late.health, Kind.SUMMARY), late.neighbour, 1, 2)
        moment = clock.now()
    with clock.as_of(moment):
        page = BeautifulSoup(text(signed_in(late.leader).get(reverse("reports:presentation", args=[late.campaign.pk]))),
                             "html.parser")  # fmt: skip
    with clock.as_of(date(2015, 10, 20)):
        late.owed(late.district, Kind.SUMMARY).waive(by=late.staff, reason="None")
        known = facts(stood(late.campaign, moment))
    numbers = {each["data-figure"]: each.get_text() for each in page.select("[data-figure]")}
    names = {"filed": "已报材料", "expected": "应报材料", "units": "参加单位数", "summaries": "已报总结",
             "summaries-asked": "应报总结", "accepted": "已审核总结", "unread": "待审核总结"}  # fmt: skip
    assert numbers == {key: re.sub(r"\D+$", "", known[name].text) for key, name in names.items()}


def test_each_standing_of_the_matrix_has_a_sign_of_its_own_beside_its_colour(late):
    cells = BeautifulSoup(text(open_board(late)), "html.parser").select("tbody .sign")
    assert {each["class"][1] for each in cells} == {"overdue", "due", "done"}
    style = (Path(site.BASE_DIR) / "static" / "theme.css").read_text()
    signs = dict(re.findall(r'\.sign\.(\w+)::before { content: "(.)"', style))
    assert (set(signs), len(set(signs.values()))) == ({"done", "late", "correct", "overdue", "due"}, 5)
