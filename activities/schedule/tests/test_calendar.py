"""The calendar as people read it: what happens on which day, what clashes, what has no day, whose it is."""

import re
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from accounts.models import Role, Unit, UnitGroup
from activities.models import Activity, Participation, Round
from activities.models.activity import Scope
from activities.programme import rounds as round_deeds
from tests.cast import Cast, activity, campaign, issued, make_cast, person, signed_in, unit
from workflow import clock

WHOLE_MONTH = (date(2015, 9, 1), date(2015, 9, 30))


@pytest.fixture
def cast(db: None) -> Cast:
    return issued(make_cast())


def held(of: Any, title: str, first: date | None, last: date | None = None, **more: Any) -> Activity:
    """An activity on its days, for everybody."""
    found = activity(of, title, more.pop("leads", ()))
    days = {"starts_on": first, "ends_on": last or first} if first else {}
    Activity.objects.filter(pk=found.pk).update(**days, **more)
    found.refresh_from_db()
    return found


def opened(who: Any, of: Any = None, query: str = "") -> BeautifulSoup:
    """A page of the calendar: of a campaign, or of the person."""
    address = f"/campaigns/{of.pk}/calendar/" if of else "/calendar/"
    response = signed_in(who).get(address + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def words(page: Any) -> str:
    return " ".join(page.get_text(" ").split())


def on(page: BeautifulSoup, title: str) -> list[tuple[str, int]]:
    """Where a thing stands in the month: its first day of each week, and over how many days it goes there."""
    found = []
    for thing in page.select(".thing"):
        if title in words(thing):
            column, over = (re.search(rf"\b{sign}(\d)\b", " ".join(thing["class"])) for sign in "cs")
            assert column and over
            head = thing.parent.select_one(f"h3.c{column[1]} .long") if thing.parent else None
            assert head
            found.append((words(head), int(over[1])))
    return found


def test_an_activity_lies_on_its_days_also_over_the_end_of_a_month_and_lasting_all_of_it(cast: Cast) -> None:
    """One that runs from 29 September to 2 October is in both months; free days and worked weekends are marked."""
    held(cast.campaign, "Over the end", date(2015, 9, 29), date(2015, 10, 2))
    held(cast.campaign, "All month", *WHOLE_MONTH)
    september = opened(cast.liaison, cast.campaign, "?day=2015-09-10")
    assert on(september, "Over the end") == [("29 September Tuesday", 4)]
    assert [over for _day, over in on(september, "All month")] == [6, 7, 7, 7, 3]
    assert on(opened(cast.liaison, cast.campaign, "?day=2015-10-01"), "Over the end") == [("29 September Tuesday", 4)]
    heads = {
        words(head.select_one(".long")): words(head.select_one("small") or head) for head in september.select(".day")
    }
    assert heads["6 September Sunday"] == "work"
    assert heads["3 September Thursday"].startswith("off 70th Anniversary")
    assert "off" not in heads["7 September Monday"]


def test_what_has_no_day_stands_beside_the_month_with_what_the_notice_prints(cast: Cast) -> None:
    """“9月上旬”, and nothing at all: both stand beside every month, and at the end of the list; nothing is lost."""
    held(cast.campaign, "Early in the month", None, date_text="9月上旬")
    for number in range(30):
        held(cast.campaign, f"Some time {number}", None)
    page = opened(cast.staff, cast.campaign)
    beside = words(page.select_one(".without"))
    assert "Early in the month 9月上旬" in beside and "Open day of the waterworks" in beside
    assert "and 21 more" in beside
    everything = words(opened(cast.staff, cast.campaign, "?look=list"))
    assert all(f"Some time {number}" in everything for number in range(30)) and "Without a day" in everything


def test_a_full_day_shows_the_first_and_leads_to_all_of_them(cast: Cast) -> None:
    """200 activities on one day: five stand in the month, “195 more” leads to the list that has them all."""
    rows = [Activity(campaign=cast.campaign, order=100 + n, scope=Scope.COMMON, title=f"Stall {n}",
                     starts_on=date(2015, 9, 16), ends_on=date(2015, 9, 16)) for n in range(200)]  # fmt: skip
    Activity.objects.bulk_create(rows)
    page = opened(cast.staff, cast.campaign)
    more = page.select_one(".more")
    assert (len(on(page, "Stall")), words(more)) == (5, "+195 195 more on this day")
    seen = [words(opened(cast.staff, cast.campaign, f"{more['href']}&page={n}")) for n in (1, 2)]
    assert all(f"Stall {n} " in f"{seen[0]} {seen[1]} " for n in range(200))


def test_a_deadline_at_midnight_stands_on_the_day_it_ends_one_with_an_hour_says_it(cast: Cast) -> None:
    """The summary is due “by 15 October”: it stands on the 15th, not on the 16th. Noon of the 14th says 12:00."""
    assert on(opened(cast.liaison, cast.campaign, "?day=2015-10-01"), "Summary") == [("15 October Thursday", 1)]
    row = cast.owed(cast.water, "summary")
    type(row).objects.filter(pk=row.pk).update(due_at=clock.end_of(date(2015, 10, 13)).replace(hour=12))
    page = opened(cast.liaison, cast.campaign, "?day=2015-10-01")
    assert on(page, "Summary 12:00") == [("14 October Wednesday", 1)]


def test_an_office_reads_how_many_have_filed_and_a_unit_what_it_owes_itself(cast: Cast) -> None:
    office = opened(cast.staff, cast.campaign, "?day=2015-10-01")
    assert [words(each) for each in office.select(".thing.asked")] == ["Deadline Summary 0/3"]
    assert "Deadline Summary" in [words(each) for each in opened(cast.head, None, "?day=2015-10-01").select(".thing")]
    of_water = words(opened(cast.staff, cast.campaign, f"?look=list&unit={cast.water.pk}"))
    assert "Only Water bureau." in of_water and of_water.count("Summary") == 1


def test_a_unit_sees_its_own_and_what_is_for_all_and_nothing_of_other_campaigns(cast: Cast) -> None:
    """What another unit arranges for itself comes with “What other units do as well”; its deadlines never."""
    own = held(cast.campaign, "Tour of the pipes", date(2015, 9, 8), scope=Scope.MEMBER, owner=cast.water)
    held(cast.campaign, "Vaccination", date(2015, 9, 8), scope=Scope.MEMBER, owner=cast.health)
    held(cast.campaign, "Opening", date(2015, 9, 8))
    held(cast.district_campaign, "Street fair on the square", date(2015, 9, 8))
    hidden = held(campaign(unit("Elsewhere"), "Elsewhere month"), "Secret meeting", date(2015, 9, 8))
    page = words(opened(cast.liaison, cast.campaign))
    assert (own.title in page, "Opening" in page, "Vaccination" in page) == (True, True, False)
    assert "Vaccination" in words(opened(cast.liaison, cast.campaign, "?whose=all"))
    for who in cast.people().values():
        mine = words(opened(who, None, "?whose=all&look=list"))
        assert (hidden.title in mine, who is cast.stranger and own.title in mine) == (False, False)
        others = (cast.district_staff, cast.district_signer)  # the district has not issued its notice yet
        assert ("Street fair on the square" in mine) == (who in others)
    assert signed_in(cast.stranger).get(f"/campaigns/{cast.campaign.pk}/calendar/").status_code == 404


def test_clashes_of_place_leader_and_medium_are_said_in_words(cast: Cast) -> None:
    """One square, one leader, one radio: each clash names what else is there; “the whole city” is no place."""
    held(cast.campaign, "Quiz", date(2015, 9, 8), date(2015, 9, 10), place="Citizens' square", leaders="Mr Tang")
    held(cast.campaign, "Concert", date(2015, 9, 10), place="citizens' Square", leaders="Ms Luo")
    held(cast.campaign, "Fair", date(2015, 9, 10), place="Citizens'  square、Library", leaders="Ms Luo、Mr Tang")
    held(cast.campaign, "Talk", date(2015, 9, 11), place="Citizens' square")
    for title in ("One", "Two"):
        held(cast.campaign, title, date(2015, 9, 15), place="全市各镇街")
    radio = unit("City radio", kind="media")
    series = held(cast.campaign, "Interviews", None)
    Participation.objects.create(activity=series, unit=radio, part="undertake")
    for order in (1, 2):
        Round.objects.create(activity=series, order=order, on=date(2015, 9, 17), title=f"Talk {order}")
    said = words(opened(cast.staff, cast.campaign).select_one(".clashes"))
    assert "10 September The same place: Citizens' square — “Quiz”、“Concert”、“Fair”" in said
    assert "10 September The same leader: Ms Luo — “Concert”、“Fair”" in said
    assert "10 September The same leader: Mr Tang — “Quiz”、“Fair”" in said
    assert "17 September The same medium: City radio — “Talk 1 · Interviews”、“Talk 2 · Interviews”" in said
    assert "全市" not in said and "11 September" not in said
    row = words(
        opened(cast.staff, cast.campaign, "?look=week&day=2015-09-10").find("li", string=None, class_="activity")
    )
    assert "At the same place (Citizens' square): “Concert”、“Fair”" in row
    unit_reads = words(opened(cast.liaison, cast.campaign))
    assert ("The same place" in unit_reads, "Ms Luo" in unit_reads) == (True, False)


def test_rounds_at_one_place_clash_unless_their_hours_are_read_and_lie_apart(cast: Cast) -> None:
    """However the hours are written; what cannot be read may be at any hour."""
    series = held(cast.campaign, "Interviews", None)
    cases = [
        ("上午9时", "9:00", True), ("9–11", "10–12", True), ("9:00-11:00", "上午10时半", True),
        ("下午2时30分", "14：00至15：00", True), ("after the opening", "9:00", True), ("上午9时", "上午9时", True),
        ("9–11", "11–12", False), ("上午9时", "下午2时", False), ("上午", "下午", False),
    ]  # fmt: skip
    for day, (one, other, _meets) in enumerate(cases, 1):
        for order, hours in enumerate((one, other), day * 2):
            Round.objects.create(activity=series, order=order, on=date(2015, 9, day), time_text=hours, place="Square",
                                 title=f"Round {order}")  # fmt: skip
    page = opened(cast.staff, cast.campaign)
    said = words(page.select_one(".clashes"))
    assert [f"“Round {day * 2} · Interviews”" in said for day, _case in enumerate(cases, 1)] == [
        meets for _one, _other, meets in cases
    ]


def test_a_group_of_another_office_chooses_nothing(cast: Cast) -> None:
    held(cast.campaign, "Street fair", date(2015, 9, 8), leads=[cast.water])
    theirs = UnitGroup.objects.create(owner=cast.district, name="Theirs")
    query = f"?day=2015-09-08&group={theirs.pk}"
    for page in (opened(cast.staff, cast.campaign, query), opened(cast.staff, None, query)):
        assert "Street fair" in words(page) and f"group={theirs.pk}" not in str(page.select_one("main"))


def test_who_speaks_at_a_round_clashes_only_before_those_who_know_who_speaks(cast: Cast) -> None:
    series = held(cast.campaign, "Interviews", None)
    for order in (1, 2):
        row = round_deeds.write(series, {"on": date(2015, 9, 17), "title": f"Round {order}"}, [cast.health],
                                by=cast.staff)  # fmt: skip
        row.appearances.update(speaker="Dr Bai")
    assert "The same leader: Dr Bai" in words(opened(cast.staff, cast.campaign))
    assert "The same leader: Dr Bai" in words(opened(cast.neighbour, cast.campaign))
    assert "Dr Bai" not in words(opened(cast.liaison, cast.campaign, "?whose=all"))


def test_filters_stand_in_the_address_and_senseless_ones_choose_nothing(cast: Cast) -> None:
    """By unit, group, kind and words, also in the looks of week and timeline."""
    group = cast.office.groups.create(name="Waters")
    group.units.add(cast.water)
    held(cast.campaign, "Pipes", date(2015, 9, 8), leads=[cast.water], kind="publicity")
    held(cast.campaign, "Clinic day", date(2015, 9, 8), leads=[cast.health], kind="service")
    for query, found in {
        f"unit={cast.water.pk}": "Pipes", f"group={group.pk}": "Pipes", "kind=service": "Clinic day",
        "q=health": "Clinic day", "kind=activities": "Pipes Clinic day", "kind=rounds": "", "unit=x&group=-1&kind=no"
        "&look=no&day=2015-13-45&by=no&whose=no": "Pipes Clinic day", "q=" + "x" * 5000: "",
    }.items():  # fmt: skip
        for look in ("", "&look=week&day=2015-09-08", "&look=timeline"):
            page = words(opened(cast.staff, cast.campaign, f"?{query}{look}").select_one("main"))
            shown = " ".join(title for title in ("Pipes", "Clinic day") if title in page)
            assert shown == found or "no&look" in query + look, (query, look)


def test_a_timeline_stands_by_unit_in_the_order_of_the_office_or_by_day(cast: Cast) -> None:
    held(cast.campaign, "Later", date(2015, 9, 20), date(2015, 9, 22), leads=[cast.water, cast.health])
    held(cast.campaign, "Sooner", date(2015, 9, 3), leads=[cast.health])
    by_unit = opened(cast.staff, cast.campaign, "?look=timeline&kind=activities")
    assert [words(each) for each in by_unit.select("h3")] == ["Water bureau", "Health bureau"]
    assert [words(each) for each in by_unit.select(".timeline a")] == ["Later", "Sooner", "Later"]
    bar = by_unit.select("rect.bar-of")[0]
    assert (bar["x"], bar["width"]) == ("19", "3")
    by_day = opened(cast.staff, cast.campaign, "?look=timeline&by=day&kind=activities")
    assert [words(each) for each in by_day.select(".timeline a")] == ["Sooner", "Later"]


def test_a_year_whose_days_off_are_not_known_says_so_on_every_look(cast: Cast) -> None:
    held(cast.campaign, "Next time", date(2027, 10, 6))
    for look in ("month", "week", "timeline", "list"):
        page = opened(cast.staff, cast.campaign, f"?look={look}&day=2027-10-06")
        assert [each["data-provisional"] for each in page.select("[data-provisional]")] == ["2027"], look
    assert not opened(cast.staff, cast.campaign, "?day=2015-10-06").select("[data-provisional]")


def test_nothing_of_a_withdrawn_notice_takes_place(cast: Cast) -> None:
    held(cast.campaign, "Opening", date(2015, 9, 8))
    assert "Opening" in words(opened(cast.liaison))
    cast.notice.move("withdrawn", by=cast.signer, note="A mistake")
    page = words(opened(cast.liaison, cast.campaign))
    assert ("The notice was withdrawn: none of it takes place" in page, "Opening" in page) == (True, False)
    assert "Opening" not in words(opened(cast.liaison))


def test_a_month_asks_the_database_as_often_for_many_activities_as_for_few(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        held(cast.campaign, f"Stall {number}", date(2015, 9, 1 + number % 30), place="Square")
    client = signed_in(cast.staff)
    client.get(f"/campaigns/{cast.campaign.pk}/calendar/")
    with django_assert_max_num_queries(18):
        client.get(f"/campaigns/{cast.campaign.pk}/calendar/")


def test_titles_are_text_everywhere(cast: Cast) -> None:
    held(cast.campaign, "<script>alert(1)</script>", date(2015, 9, 8), place='"><b>', leads=[cast.water])
    held(cast.campaign, "<i>x</i>", date(2015, 9, 8), place='"><b>')
    for look in ("month", "week", "list", "timeline"):
        page = opened(cast.staff, cast.campaign, f"?look={look}&day=2015-09-08")
        assert "<i>x</i>" in words(page)
        assert not page.select("main script, main i:not(.bi), main td b")


def test_a_person_of_two_units_reads_both_once(cast: Cast) -> None:
    both = person("both", (cast.water, Role.LIAISON), (cast.health, Role.LIAISON))
    held(cast.campaign, "Common day", date(2015, 9, 8))
    page = opened(both, None, "?day=2015-10-01")
    assert len(page.select(".thing.owed")) == 2
    assert len(on(opened(both), "Common day")) == 1
    assert Unit.objects.count() > 2


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_for_one_reader_is_shown_to_no_other(cast: Cast) -> None:
    """On PostgreSQL a page is made once while nothing is written: for whoever reads the same by the same address."""
    held(cast.campaign, "Health bureau's own day", date(2015, 9, 9), leads=(cast.health,))
    Activity.objects.filter(title="Health bureau's own day").update(scope=Scope.MEMBER, owner=cast.health)
    office, water = signed_in(cast.staff), signed_in(cast.liaison)
    address = f"/campaigns/{cast.campaign.pk}/calendar/?day=2015-09-01"
    read = {
        (name, more): client.get(address + more).content.decode()
        for more in ("", "&q=bureau", "&note=of-mine", "")
        for name, client in (("office", office), ("water", water))
    }
    assert {key: "own day" in page for key, page in read.items()} == {
        ("office", ""): True, ("water", ""): False, ("office", "&q=bureau"): True, ("water", "&q=bureau"): False,
        ("office", "&note=of-mine"): True, ("water", "&note=of-mine"): False,
    }  # fmt: skip
    assert {key for key, page in read.items() if "of-mine" in page} <= {
        ("office", "&note=of-mine"),
        ("water", "&note=of-mine"),
    }
