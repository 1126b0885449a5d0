"""Whatever units and office do, tiles, tables, lists and briefing say one number for one thing, and add up.

A leader reads “130 of 136 filed” and counts: each part of it stands beside it, leads to exactly so many rows, and is
the same number on the home page, on the dashboard, in the list and on the paper.
"""

import re
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta

from bs4 import BeautifulSoup
from django.core.cache import caches
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.filing import head_signing, volunteer
from activities.models import Assignment, Plan
from activities.states import Kind
from reports.briefings.book_parts import opening
from reports.briefings.facts import facts, totals
from reports.briefings.moment import stood
from reports.briefings.tables import kind_table, unit_table
from reports.briefings.tests.drafts import book_now
from reports.figures import campaign_figures, unit_figures
from reports.models import Summary
from tests.cast import filed_summary, signed_in, text
from workflow import clock
from workflow.listing.followed import forget_all
from workflow.models import MoveRefused

FIRST = date(2015, 8, 22)
DEEDS = ("submit", "submit", "submit", "accept", "return", "return", "withdraw", "extend", "waive", "ask_again", "send",
         "to_head", "to_head", "pass_on")  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 11), st.integers(0, 9)), max_size=30)
"""What is done, about which of the twelve things owed, and how many days later."""
PARTS = ("on time", "within the extension", "filed late", "to be corrected", "overdue, missing", "not due yet")
FILED, MISSING = PARTS[:4], PARTS[4:]


class Autumn:
    """The city's campaign and its three units, through some weeks."""

    def __init__(self, cast):
        self.cast, self.day = cast, FIRST
        self.rows = list(Assignment.objects.order_by("pk").values_list("pk", flat=True))
        self.speaks = {
            cast.water.pk: cast.liaison, cast.health.pk: cast.neighbour, cast.district.pk: cast.district_liaison
        }  # fmt: skip

    def do(self, deed, which, days):
        self.day += timedelta(days=days)
        row = Assignment.objects.select_related("unit", "campaign").get(pk=self.rows[which])
        with clock.as_of(self.day), suppress(MoveRefused):
            getattr(self, f"_{deed}")(row, self.speaks[row.unit_id], self.cast.staff)

    def _submit(self, row, unit, office):
        if row.kind == Kind.SUMMARY and row.is_owed and not row.is_locked:
            filed_summary(row, unit, 7, 11)
        else:
            row.submit(by=unit)

    def _to_head(self, row, unit, office):
        """The officer submits a plan or a summary to the head: it is still not filed, or still to be corrected."""
        model = {Kind.PLAN: Plan, Kind.SUMMARY: Summary}.get(row.kind)
        if model is None:
            return
        filing = model.draft(row)
        if filing.pk is None:
            filing.save_draft(by=unit, seen=filing.revision)
        head_signing.lay_before_head(filing, by=unit)

    def _pass_on(self, row, unit, office):
        signing = head_signing.waiting(row)
        head_signing.pass_on(row, by=unit, seen=signing.revision)

    def _accept(self, row, unit, office):
        row.accept(by=office)

    def _return(self, row, unit, office):
        row.send_back(by=office, reason="Count again")

    def _withdraw(self, row, unit, office):
        row.withdraw(by=unit)

    def _extend(self, row, unit, office):
        row.extend(clock.end_of(self.day + timedelta(days=4)), by=office)

    def _waive(self, row, unit, office):
        row.waive(by=office, reason="No lifts here")

    def _ask_again(self, row, unit, office):
        row.ask_again(by=office, reason="There are")

    def _send(self, row, unit, office):
        """The unit sends a case nobody asked for; every second one is returned."""
        case = volunteer.begin(row.campaign, row.unit, Kind.CASE)
        case.submit(by=unit)
        if case.pk % 2:
            case.send_back(by=office, reason="Which year?")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_every_number_is_the_sum_of_its_parts_and_leads_to_so_many_rows(autumn, steps):
    with transaction.atomic():
        caches["figures"].clear()
        forget_all()
        story = Autumn(autumn)
        for step in steps:
            story.do(*step)
        with clock.as_of(story.day):
            tiles = the_dashboard_adds_up(autumn)
            the_office_reads_the_same_at_home(autumn, tiles)
            the_paper_says_the_same(autumn, tiles)
            for unit, who in ((autumn.water, autumn.liaison), (autumn.health, autumn.neighbour)):
                a_unit_finds_the_same_at_home(autumn, unit, who)
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, cut=st.integers(0, 30))
def test_how_it_stood_at_a_moment_is_read_off_the_log_whatever_happened_since(autumn, steps, cut):
    """An edition of the deadline says what an edition frozen at the deadline would have said."""
    with transaction.atomic():
        caches["figures"].clear()
        forget_all()
        story = Autumn(autumn)
        for step in steps[:cut]:
            story.do(*step)
        with clock.as_of(story.day):
            moment = clock.now()
        with clock.as_of(moment):
            then = stands(stood(autumn.campaign))
        for deed, which, days in steps[cut:]:
            story.do(deed, which, days + 1)
        with clock.as_of(story.day + timedelta(days=1)):
            assert stands(stood(autumn.campaign, moment)) == then
        transaction.set_rollback(True)


def stands(shows):
    """Everything a briefing says of a moment, to be compared."""
    summaries = [(each.assignment.unit_id, each.standing, each.is_content) for each in shows.summaries]
    return (shows.figures.kinds, [(each.pk, each.tally) for each in shows.units], summaries, figures_of_all(shows))


def figures_of_all(shows):
    return [(each.indicator.name, each.text) for each in totals(shows)]


def slowly(cast):
    """The figures of the accepted summaries, added up one by one."""
    found = {figure.name: 0 for figure in cast.campaign.indicators.all()}
    for owed in Assignment.objects.filter(campaign=cast.campaign, kind=Kind.SUMMARY, state="accepted"):
        newest = Summary.objects.filter(assignment=owed, submitted_at__isnull=False).order_by("version").last()
        for figure in newest.figures.select_related("indicator") if newest else ():
            found[figure.indicator.name] += figure.value
    return [(figure.name, f"{found[figure.name]:,}{figure.measure}") for figure in cast.campaign.indicators.all()]


def page(client, address):
    return BeautifulSoup(client.get(address).content.decode(), "html.parser")


def of(words):
    """“3 / 4” as two numbers."""
    return tuple(int(each) for each in words.replace(" ", "").split("/"))


def entries(client, link):
    """How many entries the list says it has where a link leads."""
    return int(re.search(r"(\d+) entr", text(client.get(link)))[1])


def the_dashboard_adds_up(cast):
    """Tiles, rows and columns; each link leads to as many rows as its number says. Returns: the tiles by words."""
    client = signed_in(cast.leader)
    shown = page(client, reverse("reports:dashboard", args=[cast.campaign.pk]))
    tiles = {each.a.get_text(): each for each in shown.select(".figures > div")}
    filed, expected = of(tiles.pop("filed").span.get_text())
    numbers = {words: int(each.b.get_text()) for words, each in tiles.items()}
    assert tuple(numbers) == PARTS
    assert sum(numbers[part] for part in FILED) == filed
    assert sum(numbers.values()) == expected
    assert {words: entries(client, each.a["href"]) for words, each in tiles.items()} == numbers

    kinds, units = shown.select("table.stack tbody")
    columns = [0] * len(PARTS)
    for row in kinds.select("tr"):
        head, *parts = [cell.get_text() for cell in row.select("td.number")]
        parts = [int(part) for part in parts]
        assert of(head) == (sum(parts[:4]), sum(parts))
        columns = [one + other for one, other in zip(columns, parts, strict=True)]
    assert columns == list(numbers.values())
    for row in units.select("tr"):
        *cells, whole, rate = [cell.get_text() for cell in row.select("td + td")]
        pairs = [of(cell) for cell in cells if cell != "–"]
        in_all = of(whole)
        assert tuple(map(sum, zip((0, 0), *pairs, strict=True))) == in_all
        assert rate == ("–" if not in_all[1] else f"{in_all[0] * 100 // in_all[1]}%")
    totals = [of(row.select("td + td")[-2].get_text()) for row in units.select("tr")]
    assert tuple(map(sum, zip(*totals, strict=True))) == (filed, expected)
    for link in (link for table in (kinds, units) for link in table.select("td + td a")):
        assert entries(client, link["href"]) == int(link.get_text().split("/")[0]), link
    waiting = shown.select_one(".figures + p a")
    assert entries(client, waiting["href"]) == int(waiting.get_text().split()[0])
    return {**numbers, "filed": filed, "expected": expected}


def the_office_reads_the_same_at_home(cast, tiles):
    shown = text(signed_in(cast.staff).get("/"))
    said = re.search(r"filed \((\d+) of (\d+)\)", shown)
    assert said is None or (int(said[1]), int(said[2])) == (tiles["filed"], tiles["expected"])
    found = [int(re.search(rf"<strong>(\d+)</strong> {words}", shown)[1]) for words in ("overdue", "not due yet")]
    assert found == [tiles[part] for part in MISSING]
    assert sum(found) + tiles["filed"] == tiles["expected"]


def the_paper_says_the_same(cast, tiles):
    """Tables 1 and 3, the opening sentences, and the chapters: every summary asked for is in one of three places."""
    figures, units = campaign_figures(cast.campaign), unit_figures(cast.campaign)
    for table, names in ((kind_table(figures), 1), (unit_table(units), 2)):
        rows = [[int(cell) for cell in row[names:-1]] for row in table.rows]
        assert [row for row in rows if row[0] != sum(row[1:])] == []
        assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
        assert rows[-1] == [tiles["expected"], *(tiles[part] for part in PARTS)]
    said = opening(stood(cast.campaign))[1]
    numbers = {
        words: int(number) for words, number in re.findall(r"(应报送材料|已报送|尚未报送|已逾期|未到期)(\d+)", said)
    }
    assert numbers["已报送"] + numbers["尚未报送"] == numbers["应报送材料"] == tiles["expected"]
    assert numbers["已逾期"] + numbers["未到期"] == numbers["尚未报送"]
    summaries = next(each.tally for each in figures.kinds if each.kind == Kind.SUMMARY)
    assert figures_of_all(stood(cast.campaign)) == slowly(cast)
    known = facts(stood(cast.campaign))
    assert (known["应报总结"].text, known["已报总结"].text) == (f"{summaries.expected}份", f"{summaries.filed}份")
    assert (known["应报材料"].text, known["已报材料"].text) == (f"{tiles['expected']}件", f"{tiles['filed']}件")
    book = book_now(cast.campaign, cast.staff)
    told = [each.title for each in book.chapters if each.key.startswith("unit-")]
    listed = {each.key: names_in(each) for each in book.chapters if each.key in ("unread", "to-correct", "missing")}
    unread, corrected, silent = listed.get("unread", []), listed.get("to-correct", []), listed["missing"]
    assert len(told) + len(unread) == summaries.filed - summaries.to_correct
    assert (len(corrected), len(silent)) == (summaries.to_correct, summaries.open)
    never = Assignment.objects.filter(campaign=cast.campaign, kind=Kind.SUMMARY, unit__name__in=silent)
    assert [row.unit for row in never if row.submitted_at] == []


def names_in(chapter):
    """The units named in the table of a chapter."""
    return [row[1] for block in chapter.blocks if hasattr(block, "rows") for row in block.rows]


def a_unit_finds_the_same_at_home(cast, unit, who):
    """What is to be done at home is what the dashboard counts of the unit, and so is the list of what it owes."""
    client = signed_in(who)
    todo = client.get("/").context["todo"]
    tally = next(each.tally for each in unit_figures(cast.campaign) if each.pk == unit.pk)
    asked = [row for row, _reason in todo.to_correct if not row.volunteered]
    waits = Counter(str(row.standing) for row in todo.with_head)
    assert len(asked) + waits["to_correct"] == tally.to_correct
    assert len(todo.late) + waits["overdue"] == tally.overdue
    assert len(todo.soon) + len(todo.coming) + waits["due"] == tally.due
    own = reverse("activities:assignments", args=[cast.campaign.pk]) + "?asked=1"
    assert entries(client, f"{own}&standing=filed") == tally.filed
    assert entries(client, f"{own}&standing=owed") == tally.open
