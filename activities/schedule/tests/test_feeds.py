"""Feeds as calendar programs read them: by two parsers that know nothing of what writes them, and beside a third."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import icalendar
import ics
import pytest
import vobject
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as some

from accounts.models import Role, UnitGroup, User
from activities.models import Activity, CalendarFeed, CalendarMark, Round
from activities.models.activity import Scope
from activities.programme import rounds as round_deeds
from activities.programme import task_table
from activities.schedule import ics as write
from activities.schedule.items import ACTIVITY, Entry, Item
from tests.cast import Cast, activity, issued, make_cast, person, said, signed_in, text, unit
from tests.pages import NoSuchForm, press
from workflow import clock

TEXT = some.text('质量月，,;\\ 𬱖a:"^', max_size=120)
"""Without N: behind a backslash the library takes it for the end of a line, wherever it was typed."""
DAYS = some.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return issued(make_cast())


def held(of: Any, title: str, first: date | None, last: date | None = None, **more: Any) -> Activity:
    found = activity(of, title, more.pop("leads", ()))
    days = {"starts_on": first, "ends_on": last or first} if first else {}
    Activity.objects.filter(pk=found.pk).update(**days, **more)
    found.refresh_from_db()
    return found


def made(who: User, of: Any = None) -> str:
    """The path of a new feed of this person."""
    _feed, secret = CalendarFeed.make(who, of, "en")
    return reverse("activities:feed", args=[secret])


def fetched(path: str, **headers: str) -> Any:
    """What a calendar program gets: no session, no cookie."""
    response = Client().get(path, headers=headers)
    assert not response.cookies
    return response


def events(path: str) -> dict[str, Any]:
    """The events of a feed by their title, read by vobject."""
    response = fetched(path)
    assert response.status_code == 200
    found = vobject.readOne(response.content.decode())
    return {each.summary.value: each for each in found.contents.get("vevent", [])}


def days(event: Any) -> tuple[Any, Any]:
    return event.dtstart.value, event.dtend.value if hasattr(event, "dtend") else None


def test_a_feed_is_made_by_a_page_read_by_programs_and_revoked(cast: Cast) -> None:
    """The address is shown once; only its hash is kept; after revoking it is 404; others cannot revoke it."""
    client = signed_in(cast.liaison)
    page = BeautifulSoup(press(client, "/calendar/feeds/", "", unit=str(cast.water.pk)).content, "html.parser")
    address = str(page.select_one("#secret-address")["value"])
    assert re.fullmatch(r"http://testserver/calendar/feeds/[\w-]{43}\.ics", address)
    assert f'href="webcal{address[4:]}"' in str(page)
    assert address not in text(client.get("/calendar/feeds/"))
    path = address.removeprefix("http://testserver")
    assert "Due: Summary" in events(path)
    feed = CalendarFeed.objects.get()
    assert (feed.secret in address, feed.read_at is not None, len(feed.secret)) == (False, True, 64)
    with pytest.raises(NoSuchForm):
        press(signed_in(cast.neighbour), "/calendar/feeds/", form=reverse("activities:revoke-feed", args=[feed.pk]))
    press(signed_in(cast.head), "/calendar/feeds/", form=reverse("activities:revoke-feed", args=[feed.pk]))
    assert fetched(path).status_code == 404


def test_a_feed_shows_nothing_once_its_person_is_gone_or_its_role_has_ended(cast: Cast) -> None:
    path, of_unit = made(cast.liaison), made(cast.liaison, cast.water)
    assert fetched(of_unit).status_code == 200
    membership = cast.liaison.memberships.get()
    membership.until = date(2015, 8, 31)
    membership.save()
    assert [fetched(each).status_code for each in (path, of_unit)] == [404, 404]
    membership.until = None
    membership.save()
    assert fetched(path).status_code == 200
    User.objects.filter(pk=cast.liaison.pk).update(is_active=False)
    assert [fetched(each).status_code for each in (path, of_unit)] == [404, 404]


def test_guesses_are_404_and_many_of_them_are_not_even_answered_by_a_page(cast: Cast) -> None:
    path = made(cast.liaison)
    found = [fetched(reverse("activities:feed", args=[f"guess-{n}"])).status_code for n in range(40)]
    assert (found[0], found[-1], fetched(path).status_code) == (404, 429, 200)


def test_a_person_reads_what_the_person_may_see_and_a_unit_its_own_and_what_is_for_all(cast: Cast) -> None:
    own = held(cast.campaign, "Tour of the pipes", date(2015, 9, 8), scope=Scope.MEMBER, owner=cast.water)
    held(cast.campaign, "Vaccination", date(2015, 9, 8), scope=Scope.MEMBER, owner=cast.health)
    held(cast.campaign, "Opening", date(2015, 9, 8), leaders="Ms Luo")
    held(cast.district_campaign, "Street fair", date(2015, 9, 8))
    both = person("both", (cast.water, Role.LIAISON), (cast.district, Role.STAFF))
    water = {"Tour of the pipes", "Opening"}
    expected = {
        made(cast.liaison): water,
        made(both, cast.water): water,
        made(both, cast.district): {"Street fair"},
        made(both): water | {"Street fair"},
        made(cast.staff): water | {"Vaccination"},
        made(cast.leader, cast.office): water | {"Vaccination"},
        made(cast.street_liaison): set(),
    }
    every = {own.title, "Vaccination", "Opening", "Street fair"}
    for path, titles in expected.items():
        assert set(events(path)) & every == titles
        assert b"Luo" not in fetched(path).content


def test_days_end_exclusive_a_deadline_at_midnight_is_on_its_day_one_with_an_hour_ends_then(cast: Cast) -> None:
    """“15 October 24:00” is on 15 October and not on the 16th; noon of the 14th is 04:00 UTC. Two parsers agree."""
    held(cast.campaign, "Fair", date(2015, 9, 29), date(2015, 10, 2), place="Square; left, right\\middle")
    path = made(cast.liaison)
    found = events(path)
    assert days(found["Due: Summary"]) == (date(2015, 10, 15), date(2015, 10, 16))
    assert days(found["Fair"]) == (date(2015, 9, 29), date(2015, 10, 3))
    assert found["Fair"].location.value == "Square; left, right\\middle"
    by_ics = {each.name: each for each in ics.Calendar(fetched(path).content.decode()).events}
    assert (by_ics["Due: Summary"].all_day, by_ics["Due: Summary"].begin.date()) == (True, date(2015, 10, 15))
    assert (by_ics["Fair"].begin.date(), by_ics["Fair"].duration.days) == (date(2015, 9, 29), 4)
    row = cast.owed(cast.water, "summary")
    type(row).objects.filter(pk=row.pk).update(due_at=clock.end_of(date(2015, 10, 13)).replace(hour=12))
    noon = datetime(2015, 10, 14, 4, tzinfo=UTC)
    assert days(events(path)["Due 12:00: Summary"]) == (noon - timedelta(minutes=30), noon)
    by_ics = {each.name: each for each in ics.Calendar(fetched(path).content.decode()).events}
    assert by_ics["Due 12:00: Summary"].end.datetime == noon


def test_a_moved_deadline_is_the_same_event_with_a_higher_number(cast: Cast) -> None:
    """Moved twice, once unread between: two readings, one number more each time something was read anew."""
    path, of_office = made(cast.liaison), made(cast.staff)
    row, before = cast.owed(cast.water, "summary"), events(path)["Due: Summary"]
    assert events(path)["Due: Summary"].serialize() == before.serialize()
    row.extend(clock.end_of(date(2015, 10, 20)), by=cast.staff)
    moved = events(path)["Due: Summary"]
    assert moved.uid.value == before.uid.value
    assert [int(each.sequence.value) for each in (before, moved)] == [0, 1]
    assert days(moved) == (date(2015, 10, 20), date(2015, 10, 21))
    assert moved.dtstamp.value >= before.dtstamp.value
    whole = events(of_office)["Due: Summary"]
    assert (days(whole)[0], whole.uid.value != before.uid.value) == (date(2015, 10, 15), True)
    type(row).objects.filter(kind="summary").exclude(pk=row.pk).update(due_at=clock.end_of(date(2015, 10, 22)))
    row.submit(by=cast.liaison)  # the log says that something was done
    again = events(of_office)["Due: Summary"]
    assert (again.uid.value, int(again.sequence.value), days(again)[0]) == (whole.uid.value, 1, date(2015, 10, 22))
    assert "Filed: Summary" in events(path)


def test_what_is_no_longer_asked_or_held_is_cancelled_under_its_name(cast: Cast) -> None:
    """Waived; struck out of the table; its day gone; the whole notice withdrawn: cancelled, and never simply absent."""
    struck, undated = held(cast.campaign, "Struck", date(2015, 9, 8)), held(cast.campaign, "Undated", date(2015, 9, 9))
    held(cast.campaign, "Stays", date(2015, 9, 9))
    of_health = held(cast.campaign, "Of health", date(2015, 9, 9), scope=Scope.MEMBER, owner=cast.health)
    path, of_health_too = made(cast.liaison), made(cast.neighbour)
    before = events(path)
    assert "Of health" in events(of_health_too)
    cast.owed(cast.water, "plan").waive(by=cast.staff, reason="Not theirs")
    task_table.strike(struck)
    task_table.strike(of_health)
    Activity.objects.filter(pk=undated.pk).update(starts_on=None, ends_on=None)
    found = events(path)
    status = {title: each.status.value for title, each in found.items()}
    plan = next(title for title in status if "plan" in title)
    wanted = {"Struck": "CANCELLED", "Undated": "CANCELLED", "Stays": "CONFIRMED", plan: "CANCELLED"}
    assert {title: status[title] for title in wanted} == wanted
    assert [found[title].uid.value for title in wanted] == [before[title].uid.value for title in wanted]
    assert [int(found[title].sequence.value) for title in wanted] == [1, 1, 0, 1]
    assert "Of health" not in found
    assert events(path)["Struck"].serialize() == found["Struck"].serialize()
    cast.notice.move("withdrawn", by=cast.signer, note="A mistake")
    assert events(path)["Stays"].status.value == "CANCELLED"
    Activity.objects.filter(pk=undated.pk).update(starts_on=date(2015, 9, 10), ends_on=date(2015, 9, 10))
    assert int(events(path)["Undated"].sequence.value) >= 1


def test_an_activity_stored_without_end_spoils_neither_feed_nor_calendar(cast: Cast) -> None:
    """9999-12-31, from before days had bounds: the feed tells where it begins, the pages stand."""
    for title in ("For ever", "As long"):
        held(cast.campaign, title, date(2015, 9, 8), date.max, place="Square")
    held(cast.campaign, "The last day", date.max)
    found = events(made(cast.liaison))
    assert days(found["For ever"]) == (date(2015, 9, 8), None) and "The last day" in found
    pages = [f"/campaigns/{cast.campaign.pk}/calendar/?look={look}" for look in ("month", "week", "list", "timeline")]
    assert [signed_in(cast.staff).get(page).status_code for page in pages] == [200] * 4


def test_readers_of_two_languages_do_not_move_a_round_that_has_no_title(cast: Cast) -> None:
    series = held(cast.campaign, "Interviews", None)
    row = round_deeds.write(series, {"on": date(2015, 9, 17)}, [cast.water], by=cast.staff)
    paths = [made(cast.liaison), reverse("activities:feed", args=[CalendarFeed.make(cast.liaison, None, "zh-hans")[1]])]

    def sequences() -> list[int]:
        found = [next(each for title, each in events(path).items() if "Interviews" in title) for path in paths * 2]
        assert len({each.summary.value for each in found}) == 2
        return [int(each.sequence.value) for each in found]

    assert sequences() == [0] * 4
    Round.objects.filter(pk=row.pk).update(on=date(2015, 9, 18))
    assert sequences() == [1] * 4


ODD = (
    "质量月" * 60,
    "Commas, semicolons; backslashes \\ and \\n that is none",
    "Two\r\nlines\u2028and\x07 a bell\x00",
    'BEGIN:VEVENT"":;',
    "𬱖𫚉龘靐" * 30,
    "‮turned‬ round",
    "=?utf-8?B?eA==?=",
)  # fmt: skip


def test_odd_titles_are_folded_by_octets_and_read_back_as_they_are(cast: Cast) -> None:
    """No line has over 75 octets, none is cut inside a character, and both parsers read the title as it was."""
    for number, title in enumerate(ODD):
        held(
            cast.campaign,
            title.replace("\x00", "")[:200],
            date(2015, 9, 1 + number),
            place=title[:100].replace("\x00", ""),
        )
    path = made(cast.liaison)
    raw = fetched(path).content
    lines = raw.split(b"\r\n")
    assert (max(map(len, lines)) <= 75, b"\n" in raw.replace(b"\r\n", b""), lines[-1]) == (True, False, b"")
    assert all(line.decode() is not None for line in lines)
    wanted = {
        "质量月" * 60,
        ODD[1],
        "Two lines and a bell",
        ODD[3],
        "𬱖𫚉龘靐" * 30,
        "turned round",
        ODD[6],
    }
    assert wanted <= set(events(path))
    # ics 0.7.3 takes the n behind an escaped backslash for a line end: its own mistake (RFC 5545, 3.3.11)
    assert wanted - {ODD[1]} <= {each.name for each in ics.Calendar(raw.decode()).events}


@example(title="逗号，分号；反斜杠\\\\\\ , ;", place="\\" * 80, text="一行\n二行", hour=12, first=date(2015, 9, 1))
@given(
    title=TEXT, place=TEXT, text=TEXT, hour=some.integers(0, 23), first=some.dates(date(2000, 1, 1), date(2100, 1, 1))
)
@settings(max_examples=25, deadline=None)
def test_an_event_is_written_as_the_library_writes_it(title, place, text, hour, first):
    """Whatever stands in it: the lines before they are folded are those of icalendar; none is longer than the rule."""
    at = timezone.make_aware(datetime.combine(first, time(hour)))
    entry = Entry(title, "/activities/1/", 1, place, text, at=at)
    item = Item(ACTIVITY, 1, first, first + timedelta(days=2), entry=entry)
    mark = CalendarMark(uid=uuid4(), sequence=3, changed_at=at)
    raw = write.event(write.Told(mark, item, False), "https://q.example.com")
    assert max(len(each.encode()) for each in raw.split("\r\n")) <= 75
    assert raw.replace("\r\n ", "") == by_library(write.Told(mark, item, False)).replace("\r\n ", "")


def by_library(told: write.Told) -> str:
    """The same event as icalendar writes it."""
    found, item = icalendar.Event(), told.item
    title, place, text, address = write.lines(item, "https://q.example.com")
    moment = write.hour_of(item)
    begins, ends = (moment - write.SHOWN, moment) if moment else (item.first, item.last + timedelta(days=1))
    utc = [each.astimezone(UTC) if moment else each for each in (begins, ends)]
    values = {
        "uid": str(told.mark.uid), "dtstamp": told.mark.changed_at.astimezone(UTC), "dtstart": utc[0],
        "last-modified": told.mark.changed_at.astimezone(UTC), "sequence": told.mark.sequence, "summary": title,
        "dtend": utc[1], "location": place, "description": text, "url": address, "status": "CONFIRMED",
        "transp": "TRANSPARENT",
    }  # fmt: skip
    for name, value in values.items():
        if value or name == "sequence":
            found.add(name, value)
    return found.to_ical().decode()


def test_what_did_not_change_is_not_sent_again_and_kept_by_nobody_else(cast: Cast) -> None:
    path = made(cast.liaison)
    first = fetched(path)
    assert first["Cache-Control"].startswith("private")
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    again = fetched(path, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["Last-Modified"]) == (304, b"", first["Last-Modified"])
    held(cast.campaign, "One more", date(2015, 9, 8))
    changed = fetched(path, **{"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]})
    assert (changed.status_code, b"One more" in changed.content) == (200, True)
    assert Client().head(path).content == b""
    calendar = vobject.readOne(changed.content.decode())
    assert calendar.contents["x-wr-calname"][0].value == "Quality Month: liaison"


def test_a_feed_speaks_the_language_of_the_page_on_which_it_was_made(cast: Cast) -> None:
    _feed, secret = CalendarFeed.make(cast.liaison, None, "zh-hans")
    assert "到期：" in fetched(reverse("activities:feed", args=[secret])).content.decode()
    uid = {each.uid.value for each in events(made(cast.liaison)).values()}
    assert uid == {each.uid.value for each in events(reverse("activities:feed", args=[secret])).values()}


def test_who_has_no_role_and_who_has_too_many_feeds_is_told_why_there_is_no_more(cast: Cast) -> None:
    assert "You have no role" in " ".join(said(press(signed_in(cast.stranger), "/calendar/feeds/", unit="")))
    for _ in range(20):
        CalendarFeed.make(cast.liaison, None, "en")
    assert "revoke those" in " ".join(said(press(signed_in(cast.liaison), "/calendar/feeds/", unit="")))
    assert CalendarFeed.objects.count() == 20
    other = press(signed_in(cast.neighbour), "/calendar/feeds/", unit="", forged={"unit": str(cast.water.pk)})
    assert (other.status_code, CalendarFeed.objects.count()) == (422, 20)


def test_reading_a_large_calendar_asks_the_database_no_oftener(cast: Cast, django_assert_max_num_queries: Any) -> None:
    group = UnitGroup.objects.create(owner=cast.office, name="Everybody")
    for number in range(60):
        row = held(cast.campaign, f"Stall {number}", date(2015, 9, 1 + number % 30), leads=[unit(f"Unit {number}")])
        row.group_participations.create(group=group, part="lead")
    path = made(cast.staff)
    fetched(path)
    with django_assert_max_num_queries(22):
        assert fetched(path).status_code == 200
